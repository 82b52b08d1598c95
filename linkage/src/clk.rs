//! Comparing encoded records of two offices: the third party's part, which sees codes alone.

use bansos::dedup::clk::Clk;
use rayon::prelude::*;

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
pub fn link_codes(first: &[Clk], second: &[Clk], least: f32) -> Vec<ClkPair> {
    let mut by_ones: Vec<(u32, u32)> = second.iter().enumerate().map(|(i, c)| (c.ones(), i as u32)).collect();
    by_ones.sort_unstable();
    // dice >= least is out of reach where one has far fewer bits than the other
    let reach = least / (2.0 - least).max(f32::EPSILON);
    let mut pairs: Vec<ClkPair> = first
        .par_iter()
        .enumerate()
        .flat_map_iter(|(i, code)| {
            let ones = code.ones() as f32;
            let from = by_ones.partition_point(|(n, _)| (*n as f32) < ones * reach);
            let to = by_ones.partition_point(|(n, _)| *n as f32 * reach <= ones);
            by_ones[from.min(to)..to].iter().filter_map(move |(_, j)| {
                let dice = code.dice(&second[*j as usize]);
                (dice >= least).then_some(ClkPair { a: i as u32, b: *j, dice })
            })
        })
        .collect();
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
    pairs
}
