//! Which event of a subject's story knew which: the partial order that `after` draws.

use super::super::{Digest, Event};
use rustc_hash::FxHashMap;

/// For the events of one subject, sorted by sequence: who came before whom.
pub(super) enum Ancestry {
    /// Each knew the one before it: the usual story, told in one place.
    Line,
    /// For each event, a set of the events it knew, as bits.
    Sets(Vec<Vec<u64>>),
}

impl Ancestry {
    pub(super) fn of(events: &[&Event]) -> Self {
        let mut before: Option<Digest> = None;
        let in_line = events.iter().all(|e| {
            let expected = before.replace(e.hash());
            e.link.after.len() == usize::from(expected.is_some()) && e.link.after.first().copied() == expected
        });
        if in_line {
            return Self::Line;
        }
        let at: FxHashMap<Digest, usize> = events.iter().enumerate().map(|(i, e)| (e.hash(), i)).collect();
        let words = events.len().div_ceil(64);
        let mut sets: Vec<Vec<u64>> = Vec::with_capacity(events.len());
        for event in events {
            let mut own = vec![0u64; words];
            // sorted by sequence, so what an event knew has its set already; what is not in the ledger is not known
            for known in event.link.after.iter().filter_map(|a| at.get(a)) {
                if let Some(theirs) = sets.get(*known) {
                    own.iter_mut().zip(theirs).for_each(|(o, t)| *o |= t);
                }
                if let Some(word) = own.get_mut(known / 64) {
                    *word |= 1 << (known % 64);
                }
            }
            sets.push(own);
        }
        Self::Sets(sets)
    }

    /// Whether event `later` knew event `earlier`.
    pub(super) fn knew(&self, later: usize, earlier: usize) -> bool {
        match self {
            Self::Line => earlier < later,
            Self::Sets(sets) => {
                let word = sets.get(later).and_then(|s| s.get(earlier / 64)).copied().unwrap_or(0);
                word >> (earlier % 64) & 1 == 1
            }
        }
    }
}
