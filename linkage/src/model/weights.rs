//! A model as match weights, ready for the kernels.

use super::{MOST_COMPARISONS, Shares, Vector};

/// log2(m/u) of every level of every comparison.
#[derive(Clone, Debug)]
pub struct Weights {
    table: [[f32; 16]; MOST_COMPARISONS],
    count: usize,
}

impl Weights {
    /// Of comparisons whose m and u are known.
    pub fn new(comparisons: &[Shares]) -> Self {
        let mut table = [[0f32; 16]; MOST_COMPARISONS];
        for (row, shares) in table.iter_mut().zip(comparisons) {
            for (level, (cell, (m, u))) in row.iter_mut().zip(shares.m.iter().zip(&shares.u)).enumerate() {
                if !shares.is_neutral(level) {
                    *cell = (m.max(1e-9) / u.max(1e-12)).log2() as f32;
                }
            }
        }
        Self { table, count: comparisons.len() }
    }

    /// The weight of one level.
    #[inline]
    pub fn of(&self, comparison: usize, level: u8) -> f32 {
        self.table.get(comparison).and_then(|r| r.get(usize::from(level))).copied().unwrap_or(0.0)
    }

    /// The most that one comparison can give; 0 where it can only be evidence against.
    pub fn best(&self, comparison: usize) -> f32 {
        self.table.get(comparison).map_or(0.0, |r| r.iter().copied().fold(0.0, f32::max))
    }

    /// The sum over a vector, without prior and frequency.
    #[inline]
    pub fn sum(&self, vector: Vector) -> f32 {
        let mut bits = vector.0;
        let mut sum = 0.0;
        for row in self.table.iter().take(self.count) {
            sum += row.get((bits & 15) as usize).copied().unwrap_or(0.0);
            bits >>= 4;
        }
        sum
    }

    /// The sum over levels that are not packed yet.
    #[inline]
    pub fn sum_levels<const N: usize>(&self, levels: &[u8; N]) -> f32 {
        self.table.iter().zip(levels).map(|(row, l)| row.get(usize::from(*l)).copied().unwrap_or(0.0)).sum()
    }

    /// Probability that a pair is of one person, the log2 odds before any comparison being `prior`.
    pub(super) fn posterior(&self, prior: f64, vector: Vector) -> f64 {
        1.0 / (1.0 + (-(prior + f64::from(self.sum(vector)))).exp2())
    }
}
