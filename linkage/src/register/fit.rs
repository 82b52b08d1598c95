//! Estimating the model from the data: u from pairs that are surely different, m by EM on the histogram of comparison
//! vectors, both drawn towards the given model so that a small register or a rare level cannot run away.

use super::{Comparison, Model, Regime};
use bansos::dedup::{BirthLevel, CardLevel, ComparedField, FIELDS, LEVELS, NameLevel, NikLevel, Vector};
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

    /// With some fields treated as missing.
    pub fn blinded(&self, fields: &[ComparedField]) -> Self {
        let mut out = Self::default();
        for (v, n) in &self.counts {
            let mut v = *v;
            for f in fields {
                if let Some(slot) = v.get_mut(*f as usize) {
                    *slot = f.level_count() as u8 - 1;
                }
            }
            *out.counts.entry(v).or_default() += n;
        }
        out
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
fn at_least(v: &Vector, field: ComparedField, level: u8) -> bool {
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
        self.open
            .set(&open, Side::U, |f| !matches!(f, ComparedField::Nik | ComparedField::Household | ComparedField::Card));
        if siblings.total() >= 500 {
            // members entered twice agree on date and name both: each is estimated where the other differs
            let by_name = siblings.only(|v| {
                at_least(v, ComparedField::Birth, BirthLevel::Year as u8)
                    && v.get(ComparedField::Birth as usize) != Some(&(BirthLevel::Implied as u8))
            });
            let by_birth = siblings.only(|v| at_least(v, ComparedField::Name, NameLevel::Some as u8));
            let names = by_name.shares(&self.family.comparisons, 500.0, Side::U);
            let births = by_birth.shares(&self.family.comparisons, 500.0, Side::U);
            for regime in [&mut self.family, &mut self.listing] {
                regime.set(&names, Side::U, |f| f == ComparedField::Name);
                regime.set(&births, Side::U, |f| matches!(f, ComparedField::Birth | ComparedField::Sex));
            }
        }
        let rows = (known.rows as f64).max(1.0);
        let open = &mut self.open;
        open.put(ComparedField::Nik, NikLevel::Equal as usize, Side::U, SHARED_NIK / rows);
        open.put(ComparedField::Card, CardLevel::Equal as usize, Side::U, (known.card_rows.max(1.0) / rows).min(0.5));
        open.put(ComparedField::Birth, BirthLevel::Equal as usize, Side::U, known.birth_equal.max(1e-6));
        open.put(ComparedField::Name, 0, Side::U, known.name.0.max(1e-7));
        open.put(ComparedField::Name, 1, Side::U, known.name.1.max(1e-7));
        open.put(ComparedField::Mother, 0, Side::U, known.mother.0.max(1e-7));
        open.put(ComparedField::Mother, 1, Side::U, known.mother.1.max(1e-7));
    }
}

impl Model {
    /// The model for a register of so many rows that are too few, or too far away, to learn from: the NIK that one person
    /// in 250 shares with another, and a family card of four, are the likelier to meet by chance the fewer rows there are.
    ///
    /// ```
    /// use bansos::dedup::ComparedField;
    /// use bansos_linkage::register::Model;
    /// let nik = |rows| Model::default().for_rows(rows).open.weights().of(ComparedField::Nik, 0);
    /// assert!(nik(1_000_000) > nik(1_000));
    /// ```
    #[must_use]
    pub fn for_rows(mut self, rows: u64) -> Self {
        let rows = (rows as f64).max(2.0);
        self.open.put(ComparedField::Nik, NikLevel::Equal as usize, Side::U, SHARED_NIK / rows);
        self.open.put(ComparedField::Card, CardLevel::Equal as usize, Side::U, (4.0 / rows).min(0.5));
        self
    }
}

/// One row in 250 bears another person's NIK.
const SHARED_NIK: f64 = 0.004;

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

impl Model {
    /// Takes m of some fields from an estimate. NIK, birth date, name and sex differ between a person's own rows in the
    /// same way whether or not the families are known to be one, so every situation takes them; the rest is the open
    /// situation's.
    pub fn take_m(&mut self, estimate: &Estimate, fields: &[ComparedField]) {
        for c in estimate.regime.comparisons.iter().filter(|c| fields.contains(&c.field)) {
            let personal =
                matches!(c.field, ComparedField::Nik | ComparedField::Birth | ComparedField::Name | ComparedField::Sex);
            let (family, listing) = (&mut self.family, &mut self.listing);
            let others = if personal { [Some(family), Some(listing)] } else { [None, None] };
            for regime in [Some(&mut self.open)].into_iter().chain(others).flatten() {
                for mine in regime.comparisons.iter_mut().filter(|x| x.field == c.field) {
                    for (m, found) in mine.m.iter_mut().zip(&c.m) {
                        // what this register has not shown is rare, not impossible
                        *m = found.max(*m / 4.0);
                    }
                }
            }
        }
    }
}

impl Regime {
    fn set(&mut self, values: &[Vec<f64>], side: Side, which: impl Fn(ComparedField) -> bool) {
        for (c, v) in self.comparisons.iter_mut().zip(values) {
            if which(c.field) {
                match side {
                    Side::M => c.m.clone_from(v),
                    Side::U => c.u.clone_from(v),
                }
            }
        }
    }

    fn put(&mut self, field: ComparedField, level: usize, side: Side, value: f64) {
        for c in self.comparisons.iter_mut().filter(|c| c.field == field) {
            let list = if side == Side::M { &mut c.m } else { &mut c.u };
            if let Some(slot) = list.get_mut(level) {
                *slot = value;
            }
        }
    }

    /// m by EM with u held fixed, over the vectors of the pairs of one blocking rule. `share` is where to start, `blind`
    /// the fields that the rule itself uses: its pairs agree on them by construction, so they neither vote nor are
    /// estimated. Deterministic: the histogram is read in sorted order.
    ///
    /// Candidates are no random sample of pairs (blocking chose them), so the share found is that among candidates; the
    /// prior of a pair comes from the register's size.
    pub fn estimate_m(&self, candidates: &Histogram, share: f64, strength: f64, blind: &[ComparedField]) -> Estimate {
        let vectors: Vec<(Vector, u64)> = candidates.blinded(blind).sorted();
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
            regime.set(&m, Side::M, |f| f != ComparedField::Household && !blind.contains(&f));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of pairs drawn from a known mixture by a fixed sequence.
    fn mixture(model: &Regime, share: f64, pairs: u64) -> Histogram {
        let mut state = 7u64;
        let mut uniform = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        let mut h = Histogram::default();
        for _ in 0..pairs {
            let matched = uniform() < share;
            let mut v: Vector = [0; FIELDS];
            for (slot, c) in v.iter_mut().zip(&model.comparisons) {
                let mut x = uniform() * if matched { &c.m } else { &c.u }.iter().sum::<f64>();
                let list = if matched { &c.m } else { &c.u };
                *slot = list
                    .iter()
                    .position(|p| {
                        x -= p;
                        x < 0.0
                    })
                    .unwrap_or(0) as u8;
            }
            h.add(v);
        }
        h
    }

    #[test]
    fn em_finds_the_share_and_m_it_was_drawn_from() {
        let truth = Model::default().open;
        let h = mixture(&truth, 0.3, 20_000);
        // start from a model that expects far more typing errors
        let mut start = truth.clone();
        for c in start.comparisons.iter_mut().filter(|c| c.field == ComparedField::Name) {
            c.m = vec![0.3, 0.2, 0.2, 0.1, 0.1, 0.1];
        }
        let found = start.estimate_m(&h, 0.5, 10.0, &[]);
        assert!((found.share - 0.3).abs() < 0.01, "{}", found.share);
        let name = found.regime.comparisons.iter().find(|c| c.field == ComparedField::Name).unwrap();
        assert!((name.m[0] - 0.80).abs() < 0.02, "{:?}", name.m);
        assert!(found.rounds < 50);
    }

    #[test]
    fn few_pairs_leave_the_model_as_it_was() {
        let model = Model::default().open;
        let found = model.estimate_m(&Histogram::default(), 0.5, 100.0, &[]);
        for (x, y) in found.regime.comparisons.iter().zip(&model.comparisons) {
            for (a, b) in x.m.iter().zip(&y.m) {
                assert!((a - b).abs() < 1e-9);
            }
        }
    }
}
