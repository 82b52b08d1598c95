//! The families in a cell with a cut, one by one.

use super::cutter::Cutter;
use bansos::ranking::Ties;

/// A family that has to be looked at itself.
pub(super) trait Candidate {
    fn weight(&self) -> u64;
    /// The same score as another of the same node.
    fn same_score(&self, other: &Self) -> bool;
}

/// Walks candidates of one node, sorted by score and key, and says the part of each.
pub(super) fn resolve<C: Candidate>(
    sorted: &[C],
    mut before: u128,
    cutter: &Cutter,
    ties: Ties,
    mut place: impl FnMut(&C, u8),
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
            for run in sorted.chunk_by(C::same_score) {
                let own = run.iter().map(|c| u128::from(c.weight())).sum();
                part = cutter.part_from(part, before, own);
                run.iter().for_each(|one| place(one, part));
                before += own;
            }
        }
    }
}
