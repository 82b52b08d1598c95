//! Tests as they are run, and what they need of a column.

use super::super::columns::Wants;
use crate::table::{KeyPart, Test};
use bansos::text::metric::Pattern;
use bansos::text::name::Likeness;

#[derive(Debug)]
pub(super) enum Op {
    Exact(usize),
    /// Similarity from so much up; what no level of the comparison reaches need not be known exactly.
    Alike(Metric, usize, f64, f64),
    /// So many edits at most.
    Edits(Metric, usize, u32),
    Days(usize, f64),
    Number(usize, f64),
    Name(usize, Likeness),
    Exchanged(usize, usize),
    All(Vec<Op>),
    Any(Vec<Op>),
    Else,
}

impl Op {
    /// The least similarity that any level asks for.
    pub(super) fn least(&self, metric: Metric) -> f64 {
        match self {
            Self::Alike(m, _, least, _) if *m == metric => *least,
            Self::All(of) | Self::Any(of) => of.iter().map(|o| o.least(metric)).fold(1.0, f64::min),
            _ => 1.0,
        }
    }

    pub(super) fn not_below(&mut self, metric: Metric, lowest: f64) {
        match self {
            Self::Alike(m, _, _, slot) if *m == metric => *slot = lowest,
            Self::All(of) | Self::Any(of) => of.iter_mut().for_each(|o| o.not_below(metric, lowest)),
            _ => {}
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Metric {
    JaroWinkler,
    Jaro,
    Levenshtein,
    Osa,
}

impl Metric {
    /// The metric of two texts; a similarity below `lowest` may come out as any such number.
    #[inline]
    pub(super) fn of(self, pattern: &Pattern, other: &[u8], lowest: f64) -> f64 {
        match self {
            Self::JaroWinkler => pattern.jaro_winkler_from(other, lowest),
            Self::Jaro => pattern.jaro(other),
            Self::Levenshtein => f64::from(pattern.levenshtein(other)),
            Self::Osa => f64::from(pattern.osa(other)),
        }
    }
}

pub(super) fn cost(op: &Op) -> u32 {
    match op {
        Op::Exact(_) | Op::Else => 1,
        Op::Days(..) | Op::Number(..) | Op::Exchanged(..) => 2,
        Op::Alike(..) | Op::Edits(..) => 20,
        Op::Name(..) => 60,
        Op::All(of) | Op::Any(of) => of.iter().map(cost).sum(),
    }
}

pub(super) fn note(part: &KeyPart, wants: Wants, found: &mut Vec<(KeyPart, Wants)>) {
    match found.iter_mut().find(|(p, _)| p == part) {
        Some((_, w)) => {
            w.days |= wants.days;
            w.numbers |= wants.numbers;
            w.names |= wants.names;
        }
        None => found.push((part.clone(), wants)),
    }
}

pub(super) fn want(test: &Test, found: &mut Vec<(KeyPart, Wants)>) {
    let none = Wants::default();
    match test {
        Test::DaysApart { of, .. } => note(of, Wants { days: true, ..none }, found),
        Test::NumberApart { of, .. } => note(of, Wants { numbers: true, ..none }, found),
        Test::Name { of, .. } => note(of, Wants { names: true, ..none }, found),
        Test::All { of } | Test::Any { of } => of.iter().for_each(|t| want(t, found)),
        other => {
            let mut parts = Vec::new();
            other.parts(&mut parts);
            parts.iter().for_each(|p| note(p, none, found));
        }
    }
}
