//! From a score to one of a few thousand cells, never against the order of the scores.
//!
//! Exactness does not depend on this map: whatever it is, a lower score never gets a higher cell, and cells that hold a cut
//! are looked at score by score. A good map only keeps such cells small, so it may be drawn from a sample.

pub(super) use super::linear::{FINE, NONE};

use super::linear::cells_of;
use bansos::ranking::Score;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Rows handled at a time; their cells and weights stay in the first cache.
pub(super) const BLOCK: usize = 2048;

/// An order key: 64 or 128 bits.
pub trait Wide:
    Ord + Copy + Default + Send + Sync + std::fmt::Debug + From<u64> + Into<u128> + Serialize + DeserializeOwned
{
    /// All ones.
    const MAX: Self;
    /// The key of a 128-bit number, which must fit.
    fn narrow(n: u128) -> Self;
}

impl Wide for u64 {
    const MAX: Self = Self::MAX;
    fn narrow(n: u128) -> Self {
        n as Self
    }
}

impl Wide for u128 {
    const MAX: Self = Self::MAX;
    fn narrow(n: u128) -> Self {
        n
    }
}

/// Cuts a range of keys into equal cells; keys outside go to the first or last one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Ramp<K> {
    pub(super) lo: K,
    pub(super) hi: K,
    shift: u32,
    /// `cells · 2^64 / range`, or 0 where each key has a cell of its own.
    factor: u64,
}

impl<K: Wide> Ramp<K> {
    pub(super) fn new(lo: K, hi: K, cells: usize) -> Self {
        let range: u128 = hi.into().saturating_sub(lo.into());
        let shift = (128 - range.leading_zeros()).saturating_sub(63);
        let range = (range >> shift) as u64;
        // below `cells` each key has its own; else the quotient is below 2^64
        let factor = if range < cells as u64 { 0 } else { (((cells as u128) << 64) / (u128::from(range) + 1)) as u64 };
        Self { lo, hi, shift, factor }
    }

    /// How many cells there are at most.
    pub(super) fn cells(&self) -> usize {
        self.cell(self.hi) as usize + 1
    }

    /// Whether keys can be looked up at all, and give no more cells than this.
    pub(super) fn is_sound(&self, cells: usize) -> bool {
        self.shift < u64::BITS && self.lo <= self.hi && self.cells() <= cells
    }

    #[inline(always)]
    pub(super) fn cell(&self, key: K) -> u32 {
        let key: u128 = key.clamp(self.lo, self.hi).into();
        let at = ((key - self.lo.into()) >> self.shift) as u64;
        if self.factor == 0 { at as u32 } else { ((u128::from(at) * u128::from(self.factor)) >> 64) as u32 }
    }
}

/// From scores to cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Map<K> {
    /// Equal steps of the value, floats only: the fastest.
    Linear { lo: f64, scale: f64 },
    /// Equal steps of the order key.
    Ramp(Ramp<K>),
}

/// The order key in the direction asked for.
#[inline(always)]
pub(super) fn key_of<S: Score>(score: S, flip: bool) -> Option<S::Key> {
    let key = score.key()?;
    Some(if flip { S::reverse(key) } else { key })
}

/// How a type of score finds its cells.
pub trait Cells: Score<Key: Wide> {
    /// Stands for the type in what is written down.
    #[doc(hidden)]
    const TAG: u8;

    /// Cells of a block of scores; [`NONE`] for scores that are no numbers.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn cells(map: &Map<Self::Key>, flip: bool, scores: &[Self], out: &mut [u16]) {
        if let Map::Ramp(ramp) = map {
            by_key(ramp, flip, scores, out);
        }
    }

    /// A map for a sample of order keys, sorted.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn map(sample: &[Self::Key], _flip: bool) -> Map<Self::Key> {
        let (lo, hi) = middle(sample);
        Map::Ramp(Ramp::new(lo, hi, FINE))
    }
}

/// The sample's range without the outermost half-thousandth on either side, so that a few stray scores do not coarsen the
/// cells of all others. What lies outside shares the first and last cell.
fn middle<K: Wide>(sample: &[K]) -> (K, K) {
    let skip = sample.len() / 2000;
    let lo = sample.get(skip).copied().unwrap_or_default();
    (lo, sample.iter().rev().nth(skip).copied().unwrap_or(lo))
}

fn by_key<S: Score<Key: Wide>>(ramp: &Ramp<S::Key>, flip: bool, scores: &[S], out: &mut [u16]) {
    for (out, &score) in out.iter_mut().zip(scores) {
        *out = key_of(score, flip).map_or(NONE, |key| ramp.cell(key) as u16);
    }
}

impl Cells for i64 {
    const TAG: u8 = 2;
}

impl Cells for i128 {
    const TAG: u8 = 3;
}

impl Cells for f64 {
    const TAG: u8 = 1;

    #[allow(private_interfaces)]
    fn cells(map: &Map<u64>, flip: bool, scores: &[f64], out: &mut [u16]) {
        match *map {
            Map::Ramp(ref ramp) => by_key(ramp, flip, scores, out),
            Map::Linear { lo, scale } => cells_of(lo, scale, scores, out),
        }
    }

    #[allow(private_interfaces)]
    fn map(sample: &[u64], flip: bool) -> Map<u64> {
        let (lo, hi) = middle(sample);
        let ramp = Ramp::new(lo, hi, FINE);
        let value = |key: u64| f64::from_key(if flip { f64::reverse(key) } else { key });
        let scale = (FINE - 1) as f64 / (value(hi) - value(lo));
        // also refuses a range of zero or one that overflows
        if !scale.is_normal() {
            return Map::Ramp(ramp);
        }
        // a negative scale turns the order round, as `flip` asks
        let linear = Map::Linear { lo: value(lo), scale };
        let used = |map: &Map<u64>| {
            let mut cells = vec![0; 1];
            let count = |&key: &u64| {
                Self::cells(map, flip, &[value(key)], &mut cells);
                cells.first().copied()
            };
            let mut used: Vec<_> = sample.iter().map(count).collect();
            used.dedup();
            used.len()
        };
        // spread over many decades, equal steps of the value would put nearly all families in one cell
        let ramp = Map::Ramp(ramp);
        if 2 * used(&linear) >= used(&ramp) { linear } else { ramp }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn in_order<S: Cells>(scores: &[S], flip: bool) {
        let mut keys: Vec<_> = scores.iter().filter_map(|&s| key_of(s, flip)).collect();
        keys.sort_unstable();
        for sample in [keys.clone(), keys.iter().copied().take(3).collect(), vec![]] {
            let map = S::map(&sample, flip);
            let mut cells = vec![7; scores.len()];
            S::cells(&map, flip, scores, &mut cells);
            let mut pairs: Vec<_> = scores.iter().zip(&cells).map(|(&s, &c)| (key_of(s, flip), c)).collect();
            pairs.sort_unstable();
            for ((key, cell), next) in pairs.iter().zip(pairs.iter().skip(1)) {
                assert!(key.is_none() == (*cell == NONE) && *cell <= NONE);
                assert!(key.is_none() || cell <= &next.1, "{pairs:?}");
                assert!(key != &next.0 || cell == &next.1);
            }
        }
    }

    proptest! {
        #[test]
        fn cells_never_go_against_the_order(
            narrow in prop::collection::vec(-5.0..5.0_f64, 0..40),
            wide: Vec<f64>, whole: Vec<i64>, decimal: Vec<i128>, flip: bool
        ) {
            let both: Vec<f64> = narrow.iter().chain(&wide).copied().chain([f64::MAX, f64::MIN, f64::NAN, -0.0, 0.0]).collect();
            in_order(&narrow, flip);
            in_order(&both, flip);
            in_order(&whole, flip);
            in_order(&decimal, flip);
        }

        #[test]
        fn a_ramp_uses_its_cells_and_no_more(a: u64, b: u64, cells in 1..5000_usize) {
            let ramp = Ramp::new(a.min(b), a.max(b), cells);
            prop_assert_eq!(ramp.cell(a.min(b)), 0);
            prop_assert!((ramp.cell(a.max(b)) as usize) < cells);
            let wide = Ramp::new(u128::from(a.min(b)) << 60, u128::from(a.max(b)) << 60, cells);
            prop_assert!((wide.cell(u128::MAX) as usize) < cells);
        }
    }
}
