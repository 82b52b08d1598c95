//! Ridge least squares with cross-validation.

use super::design::{Design, Meaning};
use super::features::Features;
use bansos::ranking::pmt::{
    CodeTerm, Equation, Fit, IfMissing, ModelStatus, ModelTarget, PmtError, PmtModel, Term, Transform, Variable,
    VariableKind,
};
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// How to fit.
#[derive(Clone, Debug, PartialEq)]
pub struct FitOptions {
    /// Name of the model.
    pub name: String,
    /// What the sample is: register, place, year.
    pub note: String,
    /// Fewer families with measured spending than this are too few. Below some fifty the out-of-sample figures are noise.
    pub least_sample: usize,
    /// Of a family's facts, the percentage that must be known for a score.
    pub least_known: u8,
}

impl Default for FitOptions {
    fn default() -> Self {
        Self { name: "fitted on this register".to_owned(), note: String::new(), least_sample: 50, least_known: 50 }
    }
}

const FOLDS: usize = 5;
/// Penalties tried, per family of the sample and for columns of unit variance.
const PENALTIES: [f64; 9] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6];

/// Fits a model of the logarithm of spending per head (rupiah a month, `None` where not measured) on the families that have
/// it. Spending of zero or less is no measurement.
///
/// # Errors
/// [`PmtError::SampleTooSmall`], [`PmtError::NothingVaries`], or [`PmtError::NoBetterThanMean`] where families left out of
/// the fit are predicted no better than by the plain average: then there is no model, and there must be no ranking.
pub fn fit(features: &Features, spending: &[Option<f64>], options: &FitOptions) -> Result<PmtModel, PmtError> {
    let measured = |row: &usize| spending.get(*row).copied().flatten().is_some_and(|s| s.is_finite() && s > 0.0);
    let mut sample: Vec<usize> = (0..features.families()).filter(measured).collect();
    if sample.len() < options.least_sample.max(2 * FOLDS) {
        let needed = options.least_sample.max(2 * FOLDS) as u64;
        return Err(PmtError::SampleTooSmall { sample: sample.len() as u64, needed });
    }
    let target = |row: usize| spending.get(row).copied().flatten().map_or(0.0, f64::ln);
    sort_by_content(features, &mut sample, &target);
    let y: Vec<f64> = sample.iter().map(|&row| target(row)).collect();
    let design = Design::new(features, &sample);
    let sums = Sums::new(&design, &y);
    if design.columns.is_empty() || sums.all.spread(sums.y()) <= 0.0 {
        return Err(PmtError::NothingVaries);
    }
    let (columns, penalty, unexplained) = choose(&design, &sums);
    let total = sums.all.spread(sums.y());
    let r2_out_of_sample = 1.0 - unexplained / total;
    if r2_out_of_sample <= 0.0 {
        return Err(PmtError::NoBetterThanMean { percent: (100.0 * r2_out_of_sample).round() as i64 });
    }
    let mut solution = sums.all.solve(&columns, sums.y(), penalty).ok_or(PmtError::NothingVaries)?;
    let explained = 1.0 - sums.all.residual(&solution, sums.y()) / total;
    solution.intercept = round(sums.all.intercept(&solution));
    let n = sample.len();
    let quality = Fit {
        sample: n as u64,
        r2: round(explained),
        r2_out_of_sample: round(r2_out_of_sample),
        error: round((unexplained / n as f64).sqrt()),
    };
    Ok(model(features, &design, &solution, quality, options))
}

/// Puts the sample in an order that depends on what its families are, not on where they stood: equal sums, equal folds.
/// Sorted by spending, every fifth family makes folds that are alike.
fn sort_by_content(features: &Features, sample: &mut [usize], target: &impl Fn(usize) -> f64) {
    use super::features::Column;
    sample.sort_by(|&a, &b| {
        let facts = features.iter().map(|f| match &f.column {
            Column::Code(v) => v.get(a).cmp(&v.get(b)),
            Column::Number(_) => {
                let number = |row| super::design::number(&f.column, row);
                let key = |x: Option<f64>| x.map(|x| x.to_bits());
                key(number(a)).cmp(&key(number(b)))
            }
        });
        let facts = facts.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then);
        target(a).total_cmp(&target(b)).then(facts)
    });
}

/// Sums of products of all columns, of the whole sample and of each fold: all that fitting any choice of columns needs.
struct Sums {
    all: Gram,
    folds: Vec<Gram>,
}

/// Count, sums and sums of products of the columns and, last, the target; shifted by the overall means for accuracy.
#[derive(Clone)]
struct Gram {
    n: f64,
    means: DVector<f64>,
    sum: DVector<f64>,
    products: DMatrix<f64>,
}

/// Coefficients of the chosen columns.
struct Solution {
    columns: Vec<usize>,
    coefficients: Vec<f64>,
    intercept: f64,
}

impl Sums {
    fn new(design: &Design, y: &[f64]) -> Self {
        let columns: Vec<&[f64]> = design.columns.iter().map(Vec::as_slice).chain([y]).collect();
        let n = y.len() as f64;
        let means = DVector::from_iterator(columns.len(), columns.iter().map(|c| c.iter().sum::<f64>() / n));
        let fold = |k: usize| {
            let rows = (k..y.len()).step_by(FOLDS);
            let cell = |row: usize, column: usize| columns.get(column).and_then(|c| c.get(k + row * FOLDS));
            let shifted = DMatrix::from_fn(rows.len(), columns.len(), |row, column| {
                cell(row, column).copied().unwrap_or(0.0) - means.get(column).copied().unwrap_or(0.0)
            });
            let sum = shifted.row_sum_tr();
            Gram { n: rows.len() as f64, means: means.clone(), sum, products: shifted.tr_mul(&shifted) }
        };
        let folds: Vec<Gram> = (0..FOLDS).map(fold).collect();
        let empty = Gram { n: 0.0, sum: means.map(|_| 0.0), products: DMatrix::zeros(means.len(), means.len()), means };
        let all = folds.iter().fold(empty, |all, fold| all.plus(fold, 1.0));
        Self { all, folds }
    }

    /// Position of the target.
    fn y(&self) -> usize {
        self.all.sum.len() - 1
    }

    /// Sum of squared errors on families left out, over all folds.
    fn left_out(&self, columns: &[usize], penalty: f64) -> Option<f64> {
        let error =
            |fold: &Gram| Some(fold.residual(&self.all.plus(fold, -1.0).solve(columns, self.y(), penalty)?, self.y()));
        self.folds.iter().map(error).sum()
    }
}

impl Gram {
    fn plus(&self, other: &Self, sign: f64) -> Self {
        Self {
            n: self.n + sign * other.n,
            means: self.means.clone(),
            sum: &self.sum + sign * &other.sum,
            products: &self.products + sign * &other.products,
        }
    }

    /// Sum of products of two columns about their means here.
    fn product(&self, a: usize, b: usize) -> f64 {
        self.raw(a, b) - self.total(a) * self.total(b) / self.n
    }

    fn raw(&self, a: usize, b: usize) -> f64 {
        self.products.get((a, b)).copied().unwrap_or(0.0)
    }

    fn total(&self, a: usize) -> f64 {
        self.sum.get(a).copied().unwrap_or(0.0)
    }

    fn mean(&self, a: usize) -> f64 {
        self.total(a) / self.n
    }

    /// Squared deviations of a column.
    fn spread(&self, column: usize) -> f64 {
        self.product(column, column)
    }

    /// Ridge coefficients: every column scaled to unit variance, the intercept not penalised. With a penalty above zero
    /// the system always has one solution.
    fn solve(&self, columns: &[usize], y: usize, penalty: f64) -> Option<Solution> {
        let scales: Vec<f64> = columns.iter().map(|&c| (self.spread(c) / self.n).sqrt()).collect();
        let scale = |i: usize| scales.get(i).copied().filter(|s| *s > 1e-12);
        let column = |i: usize| columns.get(i).copied().unwrap_or(y);
        let system = DMatrix::from_fn(columns.len(), columns.len(), |i, j| {
            let scaled = scale(i).zip(scale(j)).map_or(0.0, |(a, b)| self.product(column(i), column(j)) / (a * b));
            if i == j { scaled + penalty * self.n } else { scaled }
        });
        let right = DVector::from_fn(columns.len(), |i, _| scale(i).map_or(0.0, |s| self.product(column(i), y) / s));
        let solved = system.cholesky()?.solve(&right);
        let coefficients: Vec<f64> =
            solved.iter().zip(&scales).map(|(b, s)| if *s > 1e-12 { b / s } else { 0.0 }).collect();
        let shift = |(c, b): (&usize, &f64)| b * self.mean(*c);
        // in shifted columns; the true intercept follows from the overall means
        let intercept = self.mean(y) - columns.iter().zip(&coefficients).map(shift).sum::<f64>();
        Some(Solution { columns: columns.to_vec(), coefficients, intercept })
    }

    /// Sum of squared errors of a solution on these families.
    fn residual(&self, solution: &Solution, y: usize) -> f64 {
        let terms = || solution.columns.iter().copied().zip(solution.coefficients.iter().copied());
        // |y - a - Xb|^2 from sums of products alone
        let a = solution.intercept;
        let mut sum = self.raw(y, y) - 2.0 * a * self.total(y) + self.n * a * a;
        for (i, b) in terms() {
            sum += 2.0 * b * (a * self.total(i) - self.raw(i, y));
            sum += terms().map(|(j, c)| b * c * self.raw(i, j)).sum::<f64>();
        }
        sum.max(0.0)
    }

    /// The intercept for columns as they are, not shifted.
    fn intercept(&self, solution: &Solution) -> f64 {
        let y = self.sum.len() - 1;
        let mean = |c: usize| self.means.get(c).copied().unwrap_or(0.0);
        let shift: f64 = solution.columns.iter().zip(&solution.coefficients).map(|(&c, b)| b * mean(c)).sum();
        mean(y) + solution.intercept - shift
    }
}

/// The transform of each number and the penalty that predict families left out best, with their squared error. One number
/// after the other, twice round, each time trying all penalties.
fn choose(design: &Design, sums: &Sums) -> (Vec<usize>, f64, f64) {
    let mut transforms: BTreeMap<usize, Vec<Transform>> = BTreeMap::new();
    for meaning in &design.meanings {
        if let Meaning::Number { feature, transform } = meaning {
            transforms.entry(*feature).or_default().push(*transform);
        }
    }
    let mut chosen: BTreeMap<usize, Transform> =
        transforms.iter().filter_map(|(f, t)| Some((*f, *t.last()?))).collect();
    let columns = |chosen: &BTreeMap<usize, Transform>| -> Vec<usize> {
        let used = |m: &Meaning| !matches!(m, Meaning::Number { feature, transform } if chosen.get(feature) != Some(transform));
        design.meanings.iter().enumerate().filter(|(_, m)| used(m)).map(|(at, _)| at).collect()
    };
    let best = |columns: &[usize]| {
        let tried = PENALTIES.iter().filter_map(|&p| Some((sums.left_out(columns, p)?, p)));
        tried.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f64::INFINITY, 1.0))
    };
    let mut now = best(&columns(&chosen));
    for _ in 0..2 {
        for (feature, options) in transforms.iter().filter(|(_, t)| t.len() > 1) {
            for transform in options {
                let mut other = chosen.clone();
                other.insert(*feature, *transform);
                let then = best(&columns(&other));
                if then.0 < now.0 {
                    (now, chosen) = (then, other);
                }
            }
        }
    }
    (columns(&chosen), now.1, now.0)
}

/// Rounds what a model file holds: enough digits that no family's score moves, few enough to read.
fn round(x: f64) -> f64 {
    (x * 1e9).round() / 1e9
}

fn model(features: &Features, design: &Design, solution: &Solution, fit: Fit, options: &FitOptions) -> PmtModel {
    let intercept = solution.intercept;
    let mut model = PmtModel {
        schema: 1,
        name: options.name.clone(),
        status: ModelStatus::OwnFit,
        note: options.note.clone(),
        target: ModelTarget::Log,
        unit: "rupiah per head and month".to_owned(),
        missing: IfMissing::Refuse,
        least_known: options.least_known,
        digits: 9,
        variables: Vec::new(),
        national: Equation { intercept, terms: Vec::new(), fit: Some(fit) },
        regions: Vec::new(),
    };
    for (at, feature) in features.iter().enumerate() {
        let mine = || {
            let of = solution.columns.iter().zip(&solution.coefficients);
            of.filter_map(|(&c, &b)| Some((design.meanings.get(c)?, design.columns.get(c)?, b)))
                .filter(move |(m, ..)| m.feature() == at)
        };
        if mine().next().is_none() {
            continue;
        }
        let mean = |column: &[f64]| column.iter().sum::<f64>() / column.len().max(1) as f64;
        // what a family of unknown fact is given: its own coefficient, or the average of all
        let gap = mine().find(|(m, ..)| matches!(m, Meaning::Gap { .. })).map(|(_, _, b)| b);
        let mut number = None;
        let (mut levels, mut average, mut share) = (Vec::new(), 0.0, 0.0);
        for (meaning, column, b) in mine() {
            match meaning {
                Meaning::Number { transform, .. } => number = Some((*transform, b, b * mean(column))),
                Meaning::Code { code, .. } => {
                    levels.push(CodeTerm::new(*code, round(b)));
                    average += b * mean(column);
                    share += mean(column);
                }
                Meaning::Gap { .. } => {}
            }
        }
        let variable = feature.name.clone();
        if let Some((transform, b, at_mean)) = number {
            let bounds = design.bounds.get(&at);
            model.variables.push(Variable {
                name: variable.clone(),
                kind: VariableKind::Number,
                unit: feature.unit.clone(),
                min: bounds.map(|b| b.0),
                max: bounds.map(|b| b.1),
            });
            let if_missing = Some(round(at_mean + gap.unwrap_or(0.0)));
            model.national.terms.push(Term::Number { variable, transform, coefficient: round(b), if_missing });
        } else {
            let average = if share > 0.0 { average / share } else { 0.0 };
            // codes too rare for a coefficient stood at zero in the fit; where there were none, an unknown code is average
            let rare = matches!(&feature.column, super::Column::Code(_)) && share + gap_share(design, at) < 1.0 - 1e-9;
            let if_other = Some(round(if rare { 0.0 } else { average }));
            let if_missing = Some(round(gap.unwrap_or(average)));
            model.variables.push(Variable {
                name: variable.clone(),
                kind: VariableKind::Category,
                unit: None,
                min: None,
                max: None,
            });
            model.national.terms.push(Term::Category { variable, levels, if_other, if_missing });
        }
    }
    model
}

fn gap_share(design: &Design, feature: usize) -> f64 {
    let gap = design.meanings.iter().position(|m| *m == Meaning::Gap { feature });
    let column = gap.and_then(|at| design.columns.get(at)).map_or(&[][..], Vec::as_slice);
    column.iter().sum::<f64>() / column.len().max(1) as f64
}
