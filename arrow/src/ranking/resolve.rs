//! The families in a cell with a cut, one by one.

use super::cutter::Cutter;
use bansos::ranking::Ties;
use std::cmp::Ordering;

/// A family that has to be looked at itself.
pub(super) trait Candidate {
    fn weight(&self) -> u64;
    /// The same score as another of the same node.
    fn same_score(&self, other: &Self) -> bool;
}

/// Walks candidates of one node, sorted by score and key, and says the part of each.
pub(super) fn resolve<C: Candidate>(
    sorted: &mut [C],
    mut before: u128,
    cutter: &Cutter,
    ties: Ties,
    mut place: impl FnMut(&mut C, u8),
) {
    let mut part = 1;
    match ties {
        Ties::Split => {
            for one in sorted {
                let own = u128::from(one.weight());
                part = cutter.part_from(part, before, own);
                place(one, part);
                before += own;
            }
        }
        Ties::Together => {
            for run in sorted.chunk_by_mut(C::same_score) {
                let own = run.iter().map(|c| u128::from(c.weight())).sum();
                part = cutter.part_from(part, before, own);
                run.iter_mut().for_each(|one| place(one, part));
                before += own;
            }
        }
    }
}

/// Places the members of a stretch without sorting it whole: halves it about its middle member and follows only halves
/// that a cut runs through, so the work is a small multiple of its length. For [`Ties::Split`].
pub(super) fn select<T>(
    line: &mut [T],
    before: u128,
    weight: u128,
    cutter: &Cutter,
    order: &impl Fn(&T, &T) -> Ordering,
    weigh: &impl Fn(&T) -> u128,
    place: &impl Fn(&mut T, u8),
) {
    const FEW: usize = 24;
    let (first, last) = cutter.parts_within(1, before, weight);
    if first == last {
        line.iter_mut().for_each(|one| place(one, first));
    } else if line.len() <= FEW {
        line.sort_unstable_by(order);
        let (mut before, mut part) = (before, first);
        for one in line {
            let own = weigh(one);
            part = cutter.part_from(part, before, own);
            place(one, part);
            before += own;
        }
    } else {
        let middle = line.len() / 2;
        line.select_nth_unstable_by(middle, order);
        let (poorer, richer) = line.split_at_mut(middle);
        let half = poorer.iter().map(weigh).sum::<u128>();
        select(poorer, before, half, cutter, order, weigh, place);
        select(richer, before + half, weight - half, cutter, order, weigh, place);
    }
}
