//! Levels packed into one number, and their match weights.

use super::{Comparison, MOST_COMPARISONS};

/// The level reached on each comparison, four bits each, the first comparison lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Packed(pub u64);

/// The level of a comparison that says nothing, one of its values being missing.
pub const MISSING: u8 = 15;

impl Packed {
    /// With the level of one comparison set; each may be set once.
    #[inline]
    #[must_use]
    pub const fn with(self, comparison: usize, level: u8) -> Self {
        Self(self.0 | (level as u64) << (4 * comparison))
    }

    /// The level of one comparison.
    #[inline]
    pub const fn level(self, comparison: usize) -> u8 {
        (self.0 >> (4 * comparison) & 15) as u8
    }

    /// With one comparison made missing.
    #[must_use]
    pub const fn blind(self, comparison: usize) -> Self {
        Self(self.0 | 15 << (4 * comparison))
    }
}

/// log2(m/u) of every level of every comparison.
#[derive(Clone, Debug)]
pub struct TableWeights {
    table: [[f32; 16]; MOST_COMPARISONS],
    count: usize,
}

impl TableWeights {
    /// Of comparisons whose m and u are known; a level without either weighs nothing.
    pub fn new(comparisons: &[Comparison]) -> Self {
        let mut table = [[0f32; 16]; MOST_COMPARISONS];
        for (row, c) in table.iter_mut().zip(comparisons) {
            for (cell, level) in row.iter_mut().zip(&c.levels) {
                if let (Some(m), Some(u)) = (level.m, level.u) {
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

    /// The most that one comparison can give; 0 where it can only speak against.
    pub fn best(&self, comparison: usize) -> f32 {
        self.table.get(comparison).map_or(0.0, |r| r.iter().copied().fold(0.0, f32::max))
    }

    /// The sum over a vector, without prior and frequency.
    #[inline]
    pub fn sum(&self, vector: Packed) -> f32 {
        let mut bits = vector.0;
        let mut sum = 0.0;
        for row in self.table.iter().take(self.count) {
            sum += row.get((bits & 15) as usize).copied().unwrap_or(0.0);
            bits >>= 4;
        }
        sum
    }
}
