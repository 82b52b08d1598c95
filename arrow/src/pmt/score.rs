//! A model applied to columns: for every family the score that the core gives for its row.

use super::features::{Column, Features};
use bansos::ranking::pmt::{Equation, Factor, IfMissing, PmtError, PmtModel, Term, Transform, Variable};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// The score of each family, `None` where the model gives it none: an unknown fact that no rule covers, an unknown code, or
/// too little known. `regions` has each family's region code, for models with regional equations. Same numbers, to the last
/// bit, as [`PmtModel::score`] row by row.
///
/// # Errors
/// Faults of the model itself, as [`PmtModel::check`] finds them. A variable that `features` lacks, or has as the wrong kind,
/// is an error too: no family could be scored rightly.
pub fn score(
    model: &PmtModel,
    features: &Features,
    regions: Option<&[Option<&str>]>,
) -> Result<Vec<Option<f64>>, PmtError> {
    model.check()?;
    let national = compile(model, &model.national, features)?;
    let mut regional = FxHashMap::default();
    if !model.regions.is_empty() {
        for region in &model.regions {
            regional.insert(region.region.as_str(), compile(model, &region.equation, features)?);
        }
    }
    let equation = |row: usize| {
        let region = regions.and_then(|r| r.get(row).copied().flatten());
        let region = if regional.is_empty() { None } else { model.equation_for(region).1 };
        region.and_then(|r| regional.get(r)).unwrap_or(&national)
    };
    let rows = 0..features.families();
    Ok(rows.into_par_iter().with_min_len(4096).map(|row| equation(row).score(model, row)).collect())
}

/// An equation with its terms bound to columns.
struct Compiled<'a> {
    intercept: f64,
    terms: Vec<Bound<'a>>,
}

struct Bound<'a> {
    what: What<'a>,
    coefficient: f64,
    if_missing: Option<f64>,
}

enum What<'a> {
    Number(Number<'a>),
    Category { values: &'a [Option<i64>], levels: FxHashMap<i64, f64>, if_other: Option<f64> },
    Product(Vec<Side<'a>>),
}

enum Side<'a> {
    Is { values: &'a [Option<i64>], is: i64 },
    Number(Number<'a>),
}

struct Number<'a> {
    values: &'a [Option<f64>],
    variable: &'a Variable,
    transform: Transform,
}

/// What one fact adds: known, missing, or not to be computed.
enum Added {
    Known(f64),
    Missing,
    Never,
}

impl Number<'_> {
    fn get(&self, row: usize) -> Added {
        match self.values.get(row).copied().flatten() {
            Some(x) if !x.is_nan() => self.transform.apply(self.variable.bounded(x)).map_or(Added::Never, Added::Known),
            _ => Added::Missing,
        }
    }
}

impl Compiled<'_> {
    fn score(&self, model: &PmtModel, row: usize) -> Option<f64> {
        let mut sum = self.intercept;
        let mut known = 0;
        for term in &self.terms {
            let added = match &term.what {
                What::Number(number) => number.get(row),
                What::Category { values, levels, if_other } => match values.get(row).copied().flatten() {
                    Some(code) => levels.get(&code).copied().or(*if_other).map_or(Added::Never, Added::Known),
                    None => Added::Missing,
                },
                What::Product(sides) => product(sides, row),
            };
            match (added, term.if_missing, model.missing) {
                (Added::Known(x), ..) => {
                    known += 1;
                    sum += if matches!(term.what, What::Category { .. }) { x } else { term.coefficient * x };
                }
                (Added::Missing, Some(x), _) => sum += x,
                (Added::Missing, None, IfMissing::Reference) => sum += 0.0,
                (Added::Missing, None, IfMissing::Refuse) | (Added::Never, ..) => return None,
            }
        }
        model.enough(known, self.terms.len()).ok()?;
        Some(model.round(sum))
    }
}

fn product(sides: &[Side<'_>], row: usize) -> Added {
    let mut product = Some(1.0);
    for side in sides {
        let side = match side {
            Side::Is { values, is } => match values.get(row).copied().flatten() {
                Some(code) => Added::Known(f64::from(u8::from(code == *is))),
                None => Added::Missing,
            },
            Side::Number(number) => number.get(row),
        };
        match side {
            Added::Known(x) => product = product.map(|p| p * x),
            Added::Missing => product = None,
            Added::Never => return Added::Never,
        }
    }
    product.map_or(Added::Missing, Added::Known)
}

fn compile<'a>(model: &'a PmtModel, equation: &'a Equation, features: &'a Features) -> Result<Compiled<'a>, PmtError> {
    let codes = |name: &str| match features.get(name).map(|f| &f.column) {
        Some(Column::Code(values)) => Ok(values.as_slice()),
        Some(Column::Number(_)) => Err(PmtError::Kind { variable: name.to_owned() }),
        None => Err(PmtError::Missing { variable: name.to_owned() }),
    };
    let number = |name: &str, transform| match features.get(name).map(|f| &f.column) {
        Some(Column::Number(values)) => Ok(Number { values, variable: model.variable(name)?, transform }),
        Some(Column::Code(_)) => Err(PmtError::Kind { variable: name.to_owned() }),
        None => Err(PmtError::Missing { variable: name.to_owned() }),
    };
    let bind = |term: &'a Term| {
        Ok(match term {
            Term::Number { variable, transform, coefficient, if_missing } => Bound {
                what: What::Number(number(variable, *transform)?),
                coefficient: *coefficient,
                if_missing: *if_missing,
            },
            Term::Category { variable, levels, if_other, if_missing } => {
                let levels = levels.iter().map(|l| (l.code, l.coefficient)).collect();
                let what = What::Category { values: codes(variable)?, levels, if_other: *if_other };
                Bound { what, coefficient: 1.0, if_missing: *if_missing }
            }
            Term::Product { of, coefficient, if_missing } => {
                let side = |factor: &'a Factor| match factor {
                    Factor::Is { variable, is } => Ok(Side::Is { values: codes(variable)?, is: *is }),
                    Factor::Number { variable, transform } => Ok(Side::Number(number(variable, *transform)?)),
                };
                let sides: Result<_, PmtError> = of.iter().map(side).collect();
                Bound { what: What::Product(sides?), coefficient: *coefficient, if_missing: *if_missing }
            }
        })
    };
    let terms: Result<_, PmtError> = equation.terms.iter().map(bind).collect();
    Ok(Compiled { intercept: equation.intercept, terms: terms? })
}
