//! Clusters of components that are too large for a square of all their pairs: what is strongest joins first, and only what
//! is joined, or might be, is looked at as a whole. Memory grows with rows and pairs found, and nothing is dissolved.

use super::agglomerate::{Bond, Clusters};
use crate::watch::Work;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// From so many pairs of rows between two clusters on, workers share them.
const SHARED: u64 = 1 << 12;

/// What was seen between two clusters when they last might have joined.
#[derive(Clone, Copy)]
struct Tried {
    /// Pairs of rows then.
    pairs: u64,
    /// Whether weight would have joined them and a constraint did not let it.
    apart: bool,
}

/// Joins the rows of a component as [`super::agglomerate`] does, but for the order: pairs that were found speak one after
/// another, the strongest first, and two clusters join where the mean weight between all their rows is at least `least` and no
/// two of their rows may not link. `edges` are pairs of places below `n`, places in order of content. Two clusters that did not
/// join are looked at again when twice as many pairs lie between them, and once more at the end.
pub(super) fn by_strongest(
    n: usize,
    mut edges: Vec<(u32, u32, f32)>,
    least: f32,
    bond: impl Fn(usize, usize) -> Bond + Sync,
    work: &Work<'_>,
) -> Clusters {
    edges.par_sort_unstable_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut label: Vec<u32> = (0..n as u32).collect();
    let mut members: Vec<Vec<u32>> = (0..n as u32).map(|row| vec![row]).collect();
    let mut tried: FxHashMap<(u32, u32), Tried> = FxHashMap::default();
    for again in [2, 1] {
        for (a, b, _) in &edges {
            let (x, y) = (label[*a as usize], label[*b as usize]);
            let (low, high) = (x.min(y), x.max(y));
            let pairs = members[low as usize].len() as u64 * members[high as usize].len() as u64;
            let seen = tried.get(&(low, high));
            if low == high || seen.is_some_and(|t| pairs < t.pairs * again || pairs == t.pairs) {
                continue;
            }
            if !work.advance(0) {
                break;
            }
            let between = match bond(*a as usize, *b as usize) {
                Bond::MustLink => Between { mean: f64::INFINITY, apart: false },
                _ => Between::of(&members[low as usize], &members[high as usize], &bond),
            };
            let would = between.mean >= f64::from(least);
            if would && !between.apart {
                let moved = std::mem::take(&mut members[high as usize]);
                moved.iter().for_each(|row| label[*row as usize] = low);
                members[low as usize].extend(moved);
            } else {
                tried.insert((low, high), Tried { pairs, apart: would });
            }
        }
    }
    let alive = |l: u32| !members[l as usize].is_empty();
    let held_apart = tried.iter().filter(|((a, b), t)| t.apart && alive(*a) && alive(*b)).count() as u64;
    Clusters { labels: label.into_iter().map(|l| l as usize).collect(), held_apart }
}

/// What lies between two clusters.
struct Between {
    mean: f64,
    apart: bool,
}

impl Between {
    fn of(x: &[u32], y: &[u32], bond: &(impl Fn(usize, usize) -> Bond + Sync)) -> Self {
        // a sum of each row, and their sum in order: the same whoever worked on it
        let row = |a: &u32| {
            let (mut sum, mut doubts, mut barred) = (0f64, 0u32, false);
            for b in y {
                match bond((*a).min(*b) as usize, (*a).max(*b) as usize) {
                    Bond::Weight(w) => sum += f64::from(w),
                    Bond::Doubtful => doubts += 1,
                    Bond::CannotLink => barred = true,
                    Bond::MustLink => {}
                }
            }
            (sum, doubts, barred)
        };
        let rows: Vec<(f64, u32, bool)> = match x.len() as u64 * y.len() as u64 > SHARED {
            true => x.par_iter().map(row).collect(),
            false => x.iter().map(row).collect(),
        };
        let pairs = (x.len() * y.len()).max(1) as f64;
        let doubts: u32 = rows.iter().map(|r| r.1).sum();
        Self { mean: rows.iter().map(|r| r.0).sum::<f64>() / pairs, apart: doubts > 1 || rows.iter().any(|r| r.2) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::agglomerate;
    use crate::watch::Stage;

    fn all_pairs(n: u32, weight: impl Fn(u32, u32) -> f32) -> Vec<(u32, u32, f32)> {
        (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).map(|(a, b)| (a, b, weight(a, b))).collect()
    }

    fn labels(n: u32, edges: Vec<(u32, u32, f32)>, bond: impl Fn(usize, usize) -> Bond + Sync) -> Vec<usize> {
        let work = Work::begin(&crate::watch::unwatched, Stage::Cluster, 0).unwrap();
        by_strongest(n as usize, edges, 3.0, bond, &work).labels
    }

    #[test]
    fn one_person_in_many_rows_is_one_and_two_stay_two() {
        let weight = |a: u32, b: u32| if a % 2 == b % 2 { 20.0 } else { 4.0 };
        let bond = |a: usize, b: usize| match weight(a as u32, b as u32) {
            // one register says that they are two
            4.0 if (a, b) == (0, 1) => Bond::CannotLink,
            w => Bond::Weight(w),
        };
        let found = labels(200, all_pairs(200, weight), bond);
        assert!(found.iter().enumerate().all(|(row, l)| *l == row % 2));
        let one = labels(200, all_pairs(200, weight), |a, b| Bond::Weight(weight(a as u32, b as u32)));
        assert!(one.iter().all(|l| *l == 0));
    }

    #[test]
    fn a_chain_of_weak_pairs_is_no_person_and_the_strong_ones_stay() {
        // heaps of ten, each tied to the next by one pair
        let heap = |row: usize| row / 10;
        let weight = |a: usize, b: usize| match (heap(a) == heap(b), b - a) {
            (true, _) => 15.0,
            (false, 1) => 5.0,
            _ => -20.0,
        };
        let edges = all_pairs(300, |a, b| weight(a as usize, b as usize)).into_iter().filter(|e| e.2 > 0.0).collect();
        let bond = |a: usize, b: usize| Bond::Weight(weight(a, b));
        let found = labels(300, edges, bond);
        assert!(found.iter().enumerate().all(|(row, l)| *l == heap(row) * 10));
        assert_eq!(found, agglomerate(300, 3.0, bond).labels);
    }

    #[test]
    fn decisions_bind_and_doubts_do_not_join() {
        let bond = |a: usize, b: usize| match (a, b) {
            (0, 3) => Bond::MustLink,
            (1, 2) => Bond::CannotLink,
            _ => Bond::Doubtful,
        };
        let edges = vec![(0, 3, f32::INFINITY), (0, 1, 9.0), (1, 2, 9.0), (0, 2, 9.0)];
        assert_eq!(labels(4, edges, bond), [0, 1, 2, 0]);
    }
}
