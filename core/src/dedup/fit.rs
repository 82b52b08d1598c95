//! Estimating the model from the data: u from pairs that are surely different, m by EM on the histogram of comparison
//! vectors, both drawn towards the given model so that a small register or a rare level cannot run away.

use super::level::{BirthLevel, CardLevel, Field, NameLevel, NikLevel};
use super::model::{Comparison, FIELDS, LEVELS, Model, Regime, Vector};
use rustc_hash::FxHashMap;

/// How often each comparison vector was seen. Its size is the number of distinct vectors, not of pairs.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    counts: FxHashMap<Vector, u64>,
}

impl Histogram {
    /// Counts one pair.
    pub fn add(&mut self, vector: Vector) {
        *self.counts.entry(vector).or_default() += 1;
    }

    /// Takes another histogram's counts.
    pub fn merge(&mut self, other: Self) {
        for (v, n) in other.counts {
            *self.counts.entry(v).or_default() += n;
        }
    }

    /// Pairs counted.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Distinct vectors.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The pairs whose vector passes.
    pub fn only(&self, which: impl Fn(&Vector) -> bool) -> Self {
        Self { counts: self.counts.iter().filter(|(v, _)| which(v)).map(|(v, n)| (*v, *n)).collect() }
    }

    /// In an order that depends on the content alone, so that sums are the same in every run.
    pub fn sorted(&self) -> Vec<(Vector, u64)> {
        let mut all: Vec<(Vector, u64)> = self.counts.iter().map(|(v, n)| (*v, *n)).collect();
        all.sort_unstable();
        all
    }

    /// Share of each level per field among pairs where the field is present, drawn towards `prior` with the strength of
    /// so many pairs.
    pub fn shares(&self, prior: &[Comparison], strength: f64, side: Side) -> Vec<Vec<f64>> {
        let weighted: Vec<(Vector, f64)> = self.sorted().into_iter().map(|(v, n)| (v, n as f64)).collect();
        shares(&weighted, prior, strength, side)
    }
}

/// Which share of a comparison is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Pairs of one person.
    M,
    /// Pairs of two.
    U,
}

fn shares(weighted: &[(Vector, f64)], prior: &[Comparison], strength: f64, side: Side) -> Vec<Vec<f64>> {
    let mut sums = [[0f64; LEVELS]; FIELDS];
    for (v, n) in weighted {
        for (row, level) in sums.iter_mut().zip(v) {
            if let Some(cell) = row.get_mut(usize::from(*level)) {
                *cell += n;
            }
        }
    }
    prior
        .iter()
        .map(|c| {
            let base = if side == Side::M { &c.m } else { &c.u };
            let seen = sums.get(c.field as usize);
            let of = |i: usize| seen.and_then(|row| row.get(i)).copied().unwrap_or(0.0);
            let total: f64 = (0..base.len()).map(of).sum();
            let neutral = |i: usize| c.m.get(i) == Some(&0.0) && c.u.get(i) == Some(&0.0);
            base.iter()
                .enumerate()
                .map(|(i, p)| if neutral(i) { 0.0 } else { (of(i) + strength * p) / (total + strength) })
                .collect()
        })
        .collect()
}

/// The field is present and agrees no better than `level`.
fn at_least(v: &Vector, field: Field, level: u8) -> bool {
    let l = v.get(field as usize).copied().unwrap_or(0);
    l >= level && usize::from(l) + 1 < field.level_count()
}

/// What the register itself says exactly, without sampling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Rows compared with one another.
    pub rows: u64,
    /// How often two rows drawn at random have equal birth dates.
    pub birth_equal: f64,
    /// How often they have equal names, and names equal in another spelling.
    pub name: (f64, f64),
    /// The same for mothers' names.
    pub mother: (f64, f64),
    /// Rows per family card.
    pub card_rows: f64,
}

impl Model {
    /// u of the open situation from pairs of rows drawn at random, and of the family situation from pairs of members
    /// listed side by side, who are different persons but for a few entered twice.
    ///
    /// A NIK is one person's: how often a stranger bears it is not a matter of chance but of error (about 1 row in 250
    /// carries somebody else's), so its u falls with the size of the register. The levels of a damaged NIK stay as given:
    /// they are conditional on the birth date that the NIK repeats, and too rare to be sampled.
    pub fn estimate_u(&mut self, random: &Histogram, siblings: &Histogram, known: &Known) {
        let open = random.shares(&self.open.comparisons, 2_000.0, Side::U);
        self.open.set(&open, Side::U, |f| !matches!(f, Field::Nik | Field::Household | Field::Card));
        if siblings.total() >= 500 {
            // members entered twice agree on date and name both: each is estimated where the other differs
            let by_name = siblings.only(|v| {
                at_least(v, Field::Birth, BirthLevel::Year as u8)
                    && v.get(Field::Birth as usize) != Some(&(BirthLevel::Implied as u8))
            });
            let by_birth = siblings.only(|v| at_least(v, Field::Name, NameLevel::Some as u8));
            let names = by_name.shares(&self.family.comparisons, 500.0, Side::U);
            let births = by_birth.shares(&self.family.comparisons, 500.0, Side::U);
            for regime in [&mut self.family, &mut self.listing] {
                regime.set(&names, Side::U, |f| f == Field::Name);
                regime.set(&births, Side::U, |f| matches!(f, Field::Birth | Field::Sex));
            }
        }
        let rows = (known.rows as f64).max(1.0);
        let open = &mut self.open;
        open.put(Field::Nik, NikLevel::Equal as usize, Side::U, 0.004 / rows);
        open.put(Field::Card, CardLevel::Equal as usize, Side::U, (known.card_rows.max(1.0) / rows).min(0.5));
        open.put(Field::Birth, BirthLevel::Equal as usize, Side::U, known.birth_equal.max(1e-6));
        open.put(Field::Name, 0, Side::U, known.name.0.max(1e-7));
        open.put(Field::Name, 1, Side::U, known.name.1.max(1e-7));
        open.put(Field::Mother, 0, Side::U, known.mother.0.max(1e-7));
        open.put(Field::Mother, 1, Side::U, known.mother.1.max(1e-7));
    }
}

/// What EM found.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The regime with m estimated.
    pub regime: Regime,
    /// Share of the pairs that are one person.
    pub share: f64,
    /// Rounds until the share moved less than a millionth.
    pub rounds: u32,
}

impl Regime {
    fn set(&mut self, values: &[Vec<f64>], side: Side, which: impl Fn(Field) -> bool) {
        for (c, v) in self.comparisons.iter_mut().zip(values) {
            if which(c.field) {
                match side {
                    Side::M => c.m.clone_from(v),
                    Side::U => c.u.clone_from(v),
                }
            }
        }
    }

    fn put(&mut self, field: Field, level: usize, side: Side, value: f64) {
        for c in self.comparisons.iter_mut().filter(|c| c.field == field) {
            let list = if side == Side::M { &mut c.m } else { &mut c.u };
            if let Some(slot) = list.get_mut(level) {
                *slot = value;
            }
        }
    }

    /// m by EM with u held fixed, over the vectors of candidate pairs. `share` is where to start. Deterministic: the
    /// histogram is read in sorted order.
    ///
    /// Candidates are no random sample of pairs (blocking chose them), so the share found is that among candidates; the
    /// prior of a pair comes from the register's size.
    pub fn estimate_m(&self, candidates: &Histogram, share: f64, strength: f64) -> Estimate {
        let vectors = candidates.sorted();
        let mut regime = self.clone();
        let mut share = share.clamp(1e-6, 1.0 - 1e-6);
        let mut rounds = 0;
        for _ in 0..50 {
            rounds += 1;
            let weights = regime.weights();
            let prior = (share / (1.0 - share)).log2();
            let mut matched = 0.0;
            let mut total = 0.0;
            let weighted: Vec<(Vector, f64)> = vectors
                .iter()
                .map(|(v, n)| {
                    let odds = prior + f64::from(weights.sum(v));
                    let p = 1.0 / (1.0 + (-odds).exp2());
                    matched += p * *n as f64;
                    total += *n as f64;
                    (*v, p * *n as f64)
                })
                .collect();
            let m = shares(&weighted, &self.comparisons, strength, Side::M);
            regime.set(&m, Side::M, |f| f != Field::Household);
            let next = (matched / f64::max(total, 1.0)).clamp(1e-6, 1.0 - 1e-6);
            let moved = (next - share).abs();
            share = next;
            if moved < 1e-6 {
                break;
            }
        }
        Estimate { regime, share, rounds }
    }
}
