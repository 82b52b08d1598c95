//! Estimating the model from the data: u from pairs that are surely different, m by EM on the vectors of candidates, both
//! drawn towards the given model so that a small register or a rare level cannot run away.

use super::{Model, Regime};
use crate::model::{Em, Order, Patterns, Rule, Session, Side, Unseen, Vector, maximise_alone};
use bansos::dedup::{BirthLevel, CardLevel, ComparedField, NameLevel, NikLevel};

/// Sums over vectors are taken as the fields stand.
const ORDER: Order = Order::FirstHighest;

/// The field is present and agrees no better than `level`.
fn at_least(v: Vector, field: ComparedField, level: u8) -> bool {
    let l = v.level(field as usize);
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
    pub fn estimate_u(&mut self, random: &Patterns, siblings: &Patterns, known: &Known) {
        let open = self.open.seen(random, 2_000.0);
        self.open.set_u(&open, |f| !matches!(f, ComparedField::Nik | ComparedField::Household | ComparedField::Card));
        if siblings.total() >= 500 {
            // members entered twice agree on date and name both: each is estimated where the other differs
            let by_name = siblings.only(|v| {
                at_least(v, ComparedField::Birth, BirthLevel::Year as u8)
                    && v.level(ComparedField::Birth as usize) != BirthLevel::Implied as u8
            });
            let by_birth = siblings.only(|v| at_least(v, ComparedField::Name, NameLevel::Some as u8));
            let names = self.family.seen(&by_name, 500.0);
            let births = self.family.seen(&by_birth, 500.0);
            for regime in [&mut self.family, &mut self.listing] {
                regime.set_u(&names, |f| f == ComparedField::Name);
                regime.set_u(&births, |f| matches!(f, ComparedField::Birth | ComparedField::Sex));
            }
        }
        let rows = (known.rows as f64).max(1.0);
        let open = &mut self.open;
        open.put_u(ComparedField::Nik, NikLevel::Equal as usize, SHARED_NIK / rows);
        open.put_u(ComparedField::Card, CardLevel::Equal as usize, (known.card_rows.max(1.0) / rows).min(0.5));
        open.put_u(ComparedField::Birth, BirthLevel::Equal as usize, known.birth_equal.max(1e-6));
        open.put_u(ComparedField::Name, 0, known.name.0.max(1e-7));
        open.put_u(ComparedField::Name, 1, known.name.1.max(1e-7));
        open.put_u(ComparedField::Mother, 0, known.mother.0.max(1e-7));
        open.put_u(ComparedField::Mother, 1, known.mother.1.max(1e-7));
    }
}

impl Model {
    /// The model for a register of so many rows that are too few, or too far away, to learn from: the NIK that one person
    /// in 250 shares with another, and a family card of four, are the likelier to meet by chance the fewer rows there are.
    ///
    /// ```
    /// use bansos::dedup::ComparedField;
    /// use bansos_linkage::register::Model;
    /// let nik = |rows| Model::default().for_rows(rows).open.weights().of(ComparedField::Nik as usize, 0);
    /// assert!(nik(1_000_000) > nik(1_000));
    /// ```
    #[must_use]
    pub fn for_rows(mut self, rows: u64) -> Self {
        let rows = (rows as f64).max(2.0);
        self.open.put_u(ComparedField::Nik, NikLevel::Equal as usize, SHARED_NIK / rows);
        self.open.put_u(ComparedField::Card, CardLevel::Equal as usize, (4.0 / rows).min(0.5));
        self
    }
}

/// One row in 250 bears another person's NIK.
const SHARED_NIK: f64 = 0.004;

impl Model {
    /// Takes m of some fields from an estimate. NIK, birth date, name and sex differ between a person's own rows in the
    /// same way whether or not the families are known to be one, so every situation takes them; the rest is the open
    /// situation's.
    pub fn take_m(&mut self, found: &Session, fields: &[ComparedField]) {
        for field in fields {
            let Some(found) = found.m.get(*field as usize) else { continue };
            let personal =
                matches!(field, ComparedField::Nik | ComparedField::Birth | ComparedField::Name | ComparedField::Sex);
            let (family, listing) = (&mut self.family, &mut self.listing);
            let others = if personal { [Some(family), Some(listing)] } else { [None, None] };
            for regime in [Some(&mut self.open)].into_iter().chain(others).flatten() {
                for mine in regime.comparisons.iter_mut().filter(|c| c.field == *field) {
                    for (m, found) in mine.m.iter_mut().zip(found) {
                        // what this register has not shown is rare, not impossible
                        *m = found.max(*m / 4.0);
                    }
                }
            }
        }
    }
}

impl Regime {
    /// u as seen among pairs of two persons, the given u counting as `strength` pairs.
    fn seen(&self, pairs: &Patterns, strength: f64) -> Vec<Vec<f64>> {
        pairs.shares(&self.shares(), Side::U, Unseen::Given(strength), ORDER)
    }

    fn set_u(&mut self, values: &[Vec<f64>], which: impl Fn(ComparedField) -> bool) {
        for c in self.comparisons.iter_mut().filter(|c| which(c.field)) {
            if let Some(u) = values.get(c.field as usize) {
                c.u.clone_from(u);
            }
        }
    }

    fn put_u(&mut self, field: ComparedField, level: usize, value: f64) {
        for c in self.comparisons.iter_mut().filter(|c| c.field == field) {
            if let Some(slot) = c.u.get_mut(level) {
                *slot = value;
            }
        }
    }

    /// m by EM over the pairs of one blocking rule that agree on the fields in `blind`, the given m counting as `strength`
    /// pairs.
    pub fn estimate_m(&self, candidates: &Patterns, strength: f64, blind: &[ComparedField]) -> Session {
        let em = Em {
            share: 0.5,
            margin: 1e-6,
            rounds: 50,
            still: 1e-6,
            still_levels: false,
            unseen: Unseen::Given(strength),
            order: ORDER,
        };
        let blind: Vec<usize> = blind.iter().map(|f| *f as usize).collect();
        maximise_alone(Rule { pairs: candidates, blind: &blind }, &self.shares(), &em)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of pairs drawn from a known mixture by a fixed sequence.
    fn mixture(model: &Regime, share: f64, pairs: u64) -> Patterns {
        let mut state = 7u64;
        let mut uniform = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        let mut patterns = Patterns::default();
        for _ in 0..pairs {
            let matched = uniform() < share;
            let mut v = Vector::default();
            for (field, c) in model.comparisons.iter().enumerate() {
                let list = if matched { &c.m } else { &c.u };
                let mut x = uniform() * list.iter().sum::<f64>();
                let level = list.iter().position(|p| {
                    x -= p;
                    x < 0.0
                });
                v = v.with(field, level.unwrap_or(0) as u8);
            }
            patterns.add(v, 1);
        }
        patterns
    }

    #[test]
    fn em_finds_the_share_and_m_it_was_drawn_from() {
        let truth = Model::default().open;
        let pairs = mixture(&truth, 0.3, 20_000);
        // start from a model that expects far more typing errors
        let mut start = truth.clone();
        for c in start.comparisons.iter_mut().filter(|c| c.field == ComparedField::Name) {
            c.m = vec![0.3, 0.2, 0.2, 0.1, 0.1, 0.1];
        }
        let found = start.estimate_m(&pairs, 10.0, &[]);
        let share = found.matched / found.pairs as f64;
        assert!((share - 0.3).abs() < 0.01, "{share}");
        let name = &found.m[ComparedField::Name as usize];
        assert!((name[0] - 0.80).abs() < 0.02, "{name:?}");
        assert!(found.rounds < 50);
    }

    #[test]
    fn few_pairs_leave_the_model_as_it_was() {
        let model = Model::default().open;
        let found = model.estimate_m(&Patterns::default(), 100.0, &[]);
        for (m, c) in found.m.iter().zip(&model.comparisons) {
            assert_eq!(m.len(), c.m.len());
            assert!(m.iter().zip(&c.m).all(|(a, b)| (a - b).abs() < 1e-9));
        }
    }
}
