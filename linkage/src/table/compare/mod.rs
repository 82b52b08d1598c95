//! The settings' comparisons over numbered columns.

mod general;
mod ladder;
mod op;
mod scratch;
mod values;

pub(super) use scratch::Scratch;
pub(super) use values::Values;

use super::columns::{Table, Wants};
use crate::model::{MISSING, MOST_COMPARISONS, Vector, Weights};
use crate::table::{KeyPart, TableError, TableSettings, Test};
use ladder::{Ladder, Letters};
use op::{Metric, Op, cost, note, want};

#[derive(Debug)]
struct Compiled {
    needs: Vec<Vec<usize>>,
    ops: Vec<Op>,
    /// The same where all levels look at one part.
    ladder: Option<Ladder>,
    /// Per level the most that it and those behind it can add.
    behind: Vec<f32>,
    /// Per level the column whose frequency counts, and log2 of u there.
    frequency: Vec<Option<(usize, f32)>>,
}

/// A comparison whose first level is equality of one column, which is all it needs: where the column stands, what the first
/// level can add at most, and what the levels behind it. Whether two numbers are equal is known before any text is looked at.
#[derive(Clone, Copy, Debug)]
struct Equality {
    comparison: usize,
    part: usize,
    place: usize,
    best: f32,
    behind: f32,
}

/// All comparisons of a model.
#[derive(Debug)]
pub(super) struct Comparer {
    pub(super) values: Values,
    comparisons: Vec<Compiled>,
    weights: Weights,
    equalities: Vec<Equality>,
    /// How many of them have levels behind equality that look at letters; those stand first.
    laddered: usize,
    /// What the other comparisons can add at most.
    others: [f32; MOST_COMPARISONS],
    /// Comparisons, cheapest first.
    order: Vec<usize>,
}

impl Comparer {
    pub(super) fn new(table: &Table, settings: &TableSettings) -> Result<Self, TableError> {
        let mut found: Vec<(KeyPart, Wants)> = Vec::new();
        for c in &settings.comparisons {
            c.levels.iter().for_each(|l| {
                want(&l.when, &mut found);
                l.frequency.iter().for_each(|f| note(&KeyPart::whole(f), Wants::default(), &mut found));
            });
            c.needs.iter().flatten().for_each(|n| note(&KeyPart::whole(n), Wants::default(), &mut found));
        }
        for rule in settings.blocking.iter().chain(&settings.training).flatten() {
            note(rule, Wants::default(), &mut found);
        }
        let mut new = Self {
            values: Values::new(table, &found)?,
            comparisons: Vec::new(),
            weights: settings.weights(),
            equalities: Vec::new(),
            laddered: 0,
            others: [0.0; MOST_COMPARISONS],
            order: Vec::new(),
        };
        new.comparisons = settings
            .comparisons
            .iter()
            .map(|c| {
                let mut ops: Vec<Op> = c.levels.iter().map(|l| new.op(&l.when)).collect();
                for metric in [Metric::JaroWinkler, Metric::Jaro] {
                    let least = ops.iter().map(|o| o.least(metric)).fold(1.0, f64::min);
                    ops.iter_mut().for_each(|o| o.not_below(metric, least));
                }
                let needs = if c.needs.is_empty() {
                    let mut first = Vec::new();
                    if let Some(l) = c.levels.first() {
                        l.when.parts(&mut first);
                    }
                    vec![first.iter().map(|p| new.values.part(p)).collect()]
                } else {
                    c.needs
                        .iter()
                        .map(|set| set.iter().map(|n| new.values.part(&KeyPart::whole(n))).collect())
                        .collect()
                };
                Compiled { ladder: Ladder::of(&ops, &needs), needs, ops, behind: Vec::new(), frequency: Vec::new() }
            })
            .collect();
        new.weigh(settings);
        Ok(new)
    }

    /// Takes the settings' m and u.
    pub(super) fn weigh(&mut self, settings: &TableSettings) {
        self.weights = settings.weights();
        self.equalities.clear();
        self.others = [0.0; MOST_COMPARISONS];
        for (i, c) in settings.comparisons.iter().enumerate() {
            let mut most_of: Vec<f32> = Vec::with_capacity(c.levels.len());
            let frequency = c
                .levels
                .iter()
                .enumerate()
                .map(|(l, level)| {
                    let plain = self.weights.of(i, l as u8);
                    let adjusted = level.frequency.as_ref().map(|of| {
                        let part = self.values.part(&KeyPart::whole(of));
                        let common = self.values.parts[part].collision().max(1e-12).log2() as f32;
                        let rarest = self.values.parts[part].rarity.iter().copied().fold(0f32, f32::min);
                        (part, common, plain + common - rarest)
                    });
                    let most = adjusted.map_or(plain, |a| plain.max(a.2));
                    most_of.push(most);
                    adjusted.map(|(part, common, _)| (part, common))
                })
                .collect();
            for l in (1..most_of.len()).rev() {
                most_of[l - 1] = most_of[l - 1].max(most_of[l]);
            }
            if let Some(compiled) = self.comparisons.get_mut(i) {
                // a comparison of which a value is missing adds nothing
                let best = most_of.first().map_or(0.0, |b| b.max(0.0));
                let behind = most_of.get(1).copied().unwrap_or(0.0);
                compiled.behind = most_of;
                compiled.frequency = frequency;
                match (compiled.ops.first(), compiled.needs.as_slice()) {
                    (Some(Op::Exact(p)), [needs]) if needs.as_slice() == [*p] && self.values.parts[*p].is_whole() => {
                        self.equalities.push(Equality {
                            comparison: i,
                            part: *p,
                            place: self.values.place[*p],
                            best,
                            behind,
                        });
                    }
                    _ => self.others[i] = best,
                }
            }
        }
        // short lists of values lie nearer than long ones; sex and the like have no levels to look at
        let parts = &self.values.parts;
        let compared = |e: &Equality| self.comparisons[e.comparison].ladder.as_ref().is_some_and(|l| !l.is_short());
        let mut equalities = std::mem::take(&mut self.equalities);
        equalities.sort_by_key(|e| (!compared(e), parts[e.part].len()));
        self.laddered = equalities.iter().filter(|e| compared(e)).count();
        self.equalities = equalities;
        let mut order: Vec<usize> = (0..self.comparisons.len()).collect();
        order.sort_by_key(|i| self.comparisons[*i].ops.iter().map(cost).sum::<u32>());
        self.order = order;
    }

    fn op(&self, test: &Test) -> Op {
        match test {
            Test::Exact { of } => Op::Exact(self.values.part(of)),
            Test::JaroWinkler { of, at_least } => Op::Alike(Metric::JaroWinkler, self.values.part(of), *at_least, 0.0),
            Test::Jaro { of, at_least } => Op::Alike(Metric::Jaro, self.values.part(of), *at_least, 0.0),
            Test::Levenshtein { of, at_most } => Op::Edits(Metric::Levenshtein, self.values.part(of), *at_most),
            Test::DamerauLevenshtein { of, at_most } => Op::Edits(Metric::Osa, self.values.part(of), *at_most),
            Test::DaysApart { of, at_most } => Op::Days(self.values.part(of), *at_most),
            Test::NumberApart { of, at_most } => Op::Number(self.values.part(of), *at_most),
            Test::Name { of, at_least } => Op::Name(self.values.part(of), *at_least),
            Test::Exchanged { a, b } => {
                Op::Exchanged(self.values.part(&KeyPart::whole(a)), self.values.part(&KeyPart::whole(b)))
            }
            Test::All { of } => Op::All(of.iter().map(|t| self.op(t)).collect()),
            Test::Any { of } => Op::Any(of.iter().map(|t| self.op(t)).collect()),
            Test::Else => Op::Else,
        }
    }

    /// The levels of a pair, all of them.
    pub(super) fn vector(&self, a: u32, b: u32, s: &mut Scratch) -> Vector {
        (0..self.comparisons.len()).fold(Vector::default(), |v, i| v.with(i, self.level(i, a, b, None, s)))
    }

    /// What each comparison can add at most, its equality known and nothing else; and which are equal, a bit each.
    #[inline(always)]
    fn at_most(&self, a: u32, b: u32) -> ([f32; MOST_COMPARISONS], u32) {
        let mut most = self.others;
        let mut equal = 0u32;
        let (x, y) = (self.values.rows.of(a), self.values.rows.of(b));
        for e in &self.equalities {
            let (x, y) = (x.get(e.place), y.get(e.place));
            let same = x == y;
            let there = x != 0 && y != 0;
            equal |= u32::from(same && there) << e.comparison;
            most[e.comparison] = if !there {
                0.0
            } else if same {
                e.best
            } else {
                e.behind
            };
        }
        (most, equal)
    }

    /// Weight and levels of a pair, if the weight can reach `least`. `skip` is asked before any text is looked at, once the
    /// equalities have left the pair in question.
    #[inline]
    pub(super) fn score(
        &self,
        a: u32,
        b: u32,
        (prior, least): (f32, f32),
        skip: impl FnOnce() -> bool,
        s: &mut Scratch,
    ) -> Option<(f32, Vector)> {
        let (mut most, equal) = self.at_most(a, b);
        let mut rest: f32 = most.iter().sum();
        // the sums are taken in different orders: a hundredth of a bit covers what rounding may do
        let enough = |weight: f32, rest: f32| weight + rest >= least - 0.01;
        if !enough(prior, rest) || skip() {
            return None;
        }
        // then the letters of the values, two columns at a time: each is a step into memory, and two that do not wait for one
        // another are taken together
        let (x, y) = (self.values.rows.of(a), self.values.rows.of(b));
        let mut letters: [Option<Letters>; MOST_COMPARISONS] = [None; MOST_COMPARISONS];
        for two in self.equalities[..self.laddered].chunks(2) {
            for e in two.iter().filter(|e| equal >> e.comparison & 1 == 0) {
                let (x, y) = (x.get(e.place), y.get(e.place));
                if x != 0 && y != 0 {
                    letters[e.comparison] = Some(self.values.parts[e.part].common(x, y));
                }
            }
            for e in two {
                let c = &self.comparisons[e.comparison];
                if let (Some(letters), Some(ladder)) = (letters[e.comparison], &c.ladder) {
                    let less = c.behind[ladder.reach(letters)];
                    rest += less - most[e.comparison];
                    most[e.comparison] = less;
                }
            }
            if !enough(prior, rest) {
                return None;
            }
        }
        let (mut weight, mut vector) = (prior, Vector::default());
        for i in &self.order {
            rest -= most[*i];
            let level = if equal >> i & 1 == 1 { 0 } else { self.level(*i, a, b, letters[*i], s) };
            vector = vector.with(*i, level);
            if level != MISSING {
                weight += self.weights.of(*i, level) + self.frequency(*i, level, a, b);
            }
            if !enough(weight, rest) {
                return None;
            }
        }
        (weight >= least).then_some((weight, vector))
    }

    /// Bits that the value's frequency adds to one level: agreement on a rare value says more.
    #[inline]
    pub(super) fn frequency(&self, comparison: usize, level: u8, a: u32, b: u32) -> f32 {
        let c = &self.comparisons[comparison];
        let Some(Some((part, common))) = c.frequency.get(usize::from(level)) else { return 0.0 };
        let (x, y) = self.values.ids(*part, a, b);
        if x == 0 || y == 0 {
            return 0.0;
        }
        let rarity = &self.values.parts[*part].rarity;
        common - rarity[x as usize - 1].max(rarity[y as usize - 1])
    }

    #[inline]
    fn level(&self, comparison: usize, a: u32, b: u32, letters: Option<Letters>, s: &mut Scratch) -> u8 {
        let c = &self.comparisons[comparison];
        if let Some(ladder) = &c.ladder {
            let (x, y) = self.values.ids(ladder.part, a, b);
            return ladder.level(&self.values.parts[ladder.part], x, y, letters, s);
        }
        let there = |part: &usize| {
            let (x, y) = self.values.ids(*part, a, b);
            x != 0 && y != 0
        };
        if !c.needs.iter().any(|set| set.iter().all(there)) {
            return MISSING;
        }
        s.memo.clear();
        for (l, op) in c.ops.iter().enumerate() {
            if self.values.holds(op, a, b, s) {
                return l as u8;
            }
        }
        MISSING
    }
}
