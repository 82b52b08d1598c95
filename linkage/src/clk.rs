//! Comparing encoded records of two offices: the third party's part, which sees codes alone.

use crate::watch::LinkError;
use bansos::dedup::clk::Clk;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// Pairs above the threshold that are held at once: some half a gigabyte.
const MOST_PAIRS: u64 = 20_000_000;

/// Two encoded records that are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClkPair {
    /// Place in the first list.
    pub a: u32,
    /// Place in the second.
    pub b: u32,
    /// Dice similarity.
    pub dice: f32,
}

/// The pairs of at least `least` in which each is the other's best, each record once. Every code is compared with every
/// code that has about as many bits: 10⁵ against 10⁵ take minutes, so larger registers are best compared district by
/// district.
///
/// # Errors
/// [`LinkError::TooManyPairs`] where so many codes are alike that the pairs would fill memory: one office's file may hold one
/// code again and again.
pub fn link_codes(first: &[Clk], second: &[Clk], least: f32) -> Result<Vec<ClkPair>, LinkError> {
    let mut by_ones: Vec<(u32, u32)> = second.iter().enumerate().map(|(i, c)| (c.ones(), i as u32)).collect();
    by_ones.sort_unstable();
    // dice >= least is out of reach where one has far fewer bits than the other
    let reach = least / (2.0 - least).max(f32::EPSILON);
    let found = AtomicU64::new(0);
    let mut pairs: Vec<ClkPair> = first
        .par_iter()
        .enumerate()
        .flat_map_iter(|(i, code)| {
            if found.load(Ordering::Relaxed) > MOST_PAIRS {
                return Vec::new();
            }
            let ones = code.ones() as f32;
            let from = by_ones.partition_point(|(n, _)| (*n as f32) < ones * reach);
            let to = by_ones.partition_point(|(n, _)| *n as f32 * reach <= ones);
            let alike = by_ones[from.min(to)..to].iter().filter_map(|(_, j)| {
                let dice = code.dice(&second[*j as usize]);
                (dice >= least).then_some(ClkPair { a: i as u32, b: *j, dice })
            });
            let alike: Vec<ClkPair> = alike.collect();
            found.fetch_add(alike.len() as u64, Ordering::Relaxed);
            alike
        })
        .collect();
    if found.into_inner() > MOST_PAIRS {
        return Err(LinkError::TooManyPairs { most: MOST_PAIRS });
    }
    // best first; equal ones by the codes themselves, so that the order of the lists does not matter
    pairs.par_sort_unstable_by(|x, y| {
        let code = |p: &ClkPair| (first[p.a as usize], second[p.b as usize], p.a, p.b);
        y.dice.total_cmp(&x.dice).then_with(|| code(x).cmp(&code(y)))
    });
    let (mut left, mut right) = (vec![false; first.len()], vec![false; second.len()]);
    pairs.retain(|p| {
        let free = !left[p.a as usize] && !right[p.b as usize];
        left[p.a as usize] |= free;
        right[p.b as usize] |= free;
        free
    });
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_again_and_again_fills_no_memory() {
        let code = Clk::parse(&"0123456789abcdef".repeat(8)).unwrap();
        let refused = link_codes(&[code; 5000], &[code; 5000], 0.8);
        assert_eq!(refused, Err(LinkError::TooManyPairs { most: MOST_PAIRS }));
        let each = link_codes(&[code; 300], &[code; 300], 0.8).unwrap();
        assert_eq!(each.len(), 300, "each record once");
    }
}
