//! Facts as columns of numbers that least squares can work on.

use super::features::{Column, Feature, Features};
use bansos::ranking::pmt::Transform;
use std::collections::BTreeMap;

/// A code or a gap with fewer families than this in the sample has no coefficient of its own.
pub(super) const LEAST: usize = 5;

/// What a column of the design stands for; `feature` counts in the order of [`Features::iter`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// 1 where the family has the code.
    Code { feature: usize, code: i64 },
    /// A transformed number; the sample's mean where it is missing.
    Number { feature: usize, transform: Transform },
    /// 1 where the fact is missing.
    Gap { feature: usize },
}

impl Meaning {
    pub(super) const fn feature(&self) -> usize {
        match self {
            Self::Code { feature, .. } | Self::Number { feature, .. } | Self::Gap { feature } => *feature,
        }
    }
}

/// The sample as a matrix, column by column.
pub(super) struct Design {
    pub(super) meanings: Vec<Meaning>,
    pub(super) columns: Vec<Vec<f64>>,
    /// Bounds of each number in the sample.
    pub(super) bounds: BTreeMap<usize, (f64, f64)>,
}

impl Design {
    pub(super) fn new(features: &Features, sample: &[usize]) -> Self {
        let mut design = Self { meanings: Vec::new(), columns: Vec::new(), bounds: BTreeMap::new() };
        for (at, feature) in features.iter().enumerate() {
            let known = sample.iter().filter(|&&row| feature.column.is_known(row)).count();
            if known < LEAST {
                continue;
            }
            if sample.len() - known >= LEAST {
                let gap = |&row: &usize| f64::from(u8::from(!feature.column.is_known(row)));
                design.add(Meaning::Gap { feature: at }, sample.iter().map(gap).collect());
            }
            match &feature.column {
                Column::Code(values) => design.codes(at, values, sample),
                Column::Number(_) => design.numbers(at, feature, sample),
            }
        }
        design
    }

    fn add(&mut self, meaning: Meaning, column: Vec<f64>) {
        let first = column.first().copied();
        if column.iter().any(|x| Some(*x) != first) {
            self.meanings.push(meaning);
            self.columns.push(column);
        }
    }

    fn codes(&mut self, feature: usize, values: &[Option<i64>], sample: &[usize]) {
        let value = |row: &usize| values.get(*row).copied().flatten();
        let mut counts = BTreeMap::new();
        for code in sample.iter().filter_map(value) {
            *counts.entry(code).or_insert(0_usize) += 1;
        }
        for (code, _) in counts.into_iter().filter(|(_, n)| *n >= LEAST) {
            let has = |row: &usize| f64::from(u8::from(value(row) == Some(code)));
            self.add(Meaning::Code { feature, code }, sample.iter().map(has).collect());
        }
    }

    fn numbers(&mut self, at: usize, feature: &Feature, sample: &[usize]) {
        let mut known: Vec<f64> = sample.iter().filter_map(|&row| number(&feature.column, row)).collect();
        known.sort_unstable_by(f64::total_cmp);
        // a mistyped 36,000 m2 must not bend the line: beyond the outermost hundredth a number counts as that hundredth
        let skip = known.len() / 100;
        let (Some(&low), Some(&high)) = (known.get(skip), known.iter().rev().nth(skip)) else { return };
        self.bounds.insert(at, (low, high));
        for transform in transforms(low) {
            let value = |row: usize| transform.apply(number(&feature.column, row)?.clamp(low, high));
            let values: Vec<f64> = sample.iter().filter_map(|&row| value(row)).collect();
            let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
            let column = sample.iter().map(|&row| value(row).unwrap_or(mean)).collect();
            self.add(Meaning::Number { feature: at, transform }, column);
        }
    }
}

/// What a number may enter as.
pub(super) fn transforms(low: f64) -> Vec<Transform> {
    let all = [Transform::Identity, Transform::Sqrt, Transform::Log];
    all.into_iter().filter(|t| t.apply(low).is_some()).collect()
}

pub(super) fn number(column: &Column, row: usize) -> Option<f64> {
    match column {
        Column::Number(values) => values.get(row).copied().flatten().filter(|x| x.is_finite()),
        Column::Code(_) => None,
    }
}
