//! How often each vector was seen, and what shares of levels follow from it. Its size is the number of distinct vectors, not
//! of pairs.

use super::{MISSING, Shares, Vector};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// How often each vector was seen.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    counts: FxHashMap<Vector, u64>,
}

/// The order in which sums are taken over vectors. It depends on their content alone, and decides nothing but the last
/// digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first comparison counts most.
    FirstHighest,
    /// The last comparison counts most.
    LastHighest,
}

/// Which share of a level is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Pairs of one person.
    M,
    /// Pairs of two.
    U,
}

/// What keeps a level that was hardly seen from being impossible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unseen {
    /// Every level counts as seen in so many pairs at least.
    AtLeast(f64),
    /// The shares given before count as so many pairs.
    Given(f64),
}

impl Patterns {
    /// Counts pairs in parallel: `count` adds those of one item, with a scratch of its worker's own.
    pub fn gather<I, S>(items: I, count: impl Fn(&mut Self, &mut S, I::Item) + Sync + Send) -> Self
    where
        I: ParallelIterator,
        S: Default + Send,
    {
        items
            .fold(
                || (Self::default(), S::default()),
                |(mut patterns, mut scratch), item| {
                    count(&mut patterns, &mut scratch, item);
                    (patterns, scratch)
                },
            )
            .map(|(patterns, _)| patterns)
            .reduce(Self::default, |mut all, more| {
                all.merge(more);
                all
            })
    }

    /// Counts a pair that stands for so many.
    #[inline]
    pub fn add(&mut self, vector: Vector, pairs: u64) {
        *self.counts.entry(vector).or_default() += pairs;
    }

    fn merge(&mut self, other: Self) {
        other.counts.into_iter().for_each(|(v, n)| self.add(v, n));
    }

    /// Counts every pair so many times: a sample stands for the whole.
    pub fn scale(&mut self, by: u64) {
        self.counts.values_mut().for_each(|n| *n *= by);
    }

    /// Pairs counted.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The pairs whose vector passes.
    #[must_use]
    pub fn only(&self, which: impl Fn(Vector) -> bool) -> Self {
        Self { counts: self.counts.iter().filter(|(v, _)| which(**v)).map(|(v, n)| (*v, *n)).collect() }
    }

    /// With some comparisons made missing.
    #[must_use]
    pub fn blinded(&self, comparisons: &[usize]) -> Self {
        let mut out = Self::default();
        for (v, n) in &self.counts {
            out.add(comparisons.iter().fold(*v, |v, i| v.blind(*i)), *n);
        }
        out
    }

    /// Vectors and how often they were seen.
    pub fn sorted(&self, order: Order) -> Vec<(Vector, u64)> {
        let mut all: Vec<(Vector, u64)> = self.counts.iter().map(|(v, n)| (*v, *n)).collect();
        match order {
            Order::FirstHighest => all.sort_unstable_by_key(|(v, _)| v.first_highest()),
            Order::LastHighest => all.sort_unstable(),
        }
        all
    }

    /// Share of each level per comparison, among pairs where it says something.
    pub fn shares(&self, given: &[Shares], side: Side, unseen: Unseen, order: Order) -> Vec<Vec<f64>> {
        let weighted: Vec<(Vector, f64)> = self.sorted(order).into_iter().map(|(v, n)| (v, n as f64)).collect();
        shares(&weighted, given, side, unseen)
    }
}

/// Shares of levels among pairs that count in part.
pub(super) fn shares(weighted: &[(Vector, f64)], given: &[Shares], side: Side, unseen: Unseen) -> Vec<Vec<f64>> {
    given.iter().enumerate().map(|(i, c)| share(sums(weighted, i, c.m.len()), c, side, unseen)).collect()
}

fn sums(weighted: &[(Vector, f64)], comparison: usize, levels: usize) -> Vec<f64> {
    let mut sums = vec![0f64; levels];
    for (v, n) in weighted.iter().filter(|(v, _)| v.level(comparison) != MISSING) {
        if let Some(cell) = sums.get_mut(usize::from(v.level(comparison))) {
            *cell += n;
        }
    }
    sums
}

fn share(sums: Vec<f64>, given: &Shares, side: Side, unseen: Unseen) -> Vec<f64> {
    match unseen {
        Unseen::AtLeast(least) => {
            let total: f64 = sums.iter().map(|x| x.max(least)).sum();
            sums.iter().map(|x| x.max(least) / total).collect()
        }
        Unseen::Given(strength) => {
            let total: f64 = sums.iter().sum();
            let base = if side == Side::M { &given.m } else { &given.u };
            let of = |(i, (x, p)): (usize, (&f64, &f64))| {
                if given.is_neutral(i) { 0.0 } else { (x + strength * p) / (total + strength) }
            };
            sums.iter().zip(base).enumerate().map(of).collect()
        }
    }
}
