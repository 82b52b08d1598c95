//! The recap of a round: initial = still eligible + each reason + undecided, for every desa, kecamatan and kabupaten.

use super::{RemovalReason, Standing, State, SubjectKind, SubjectVerdict};
use crate::region::{Level, RegionCode};
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Counts of one kind of subject. The initial list closes: see [`RecapTally::closes`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RecapTally {
    /// On the list the round began with.
    pub initial: u64,
    /// Of them, still eligible.
    pub eligible: u64,
    /// Of them, not eligible, by reason in the order of [`RemovalReason::ALL`].
    pub reasons: [u64; RemovalReason::ALL.len()],
    /// Of them, without a decision.
    pub undecided: u64,
    /// Of the undecided, those about whom decisions contradict each other.
    pub in_conflict: u64,
    /// Not on the initial list, decided to be eligible.
    pub new: u64,
    /// Not on the initial list, decided not to be eligible.
    pub new_refused: u64,
    /// Not on the initial list, proposed and not decided.
    pub new_undecided: u64,
    /// Decided, typed into another system, and not to be seen there.
    pub without_effect: u64,
    /// Proposals and objections that still wait.
    pub open_proposals: u64,
}

impl RecapTally {
    /// How many left the list for this reason.
    pub fn reason(&self, reason: RemovalReason) -> u64 {
        self.reasons.get(reason as usize).copied().unwrap_or(0)
    }

    /// How many left the list.
    pub fn left(&self) -> u64 {
        self.reasons.iter().sum()
    }

    /// The list the round ends with: still eligible and new.
    pub const fn now(&self) -> u64 {
        self.eligible + self.new
    }

    /// Whether initial = still eligible + every reason + undecided.
    pub fn closes(&self) -> bool {
        self.initial == self.eligible + self.left() + self.undecided
    }

    fn count(&mut self, standing: &Standing) {
        let verdict = standing.verdict();
        let one = |yes: bool| u64::from(yes);
        self.without_effect += one(standing.is_entered_without_effect());
        self.open_proposals += standing.proposals.iter().filter(|p| p.is_open()).count() as u64;
        if standing.listed.is_none() {
            match verdict {
                Some(SubjectVerdict::Eligible) => self.new += 1,
                Some(SubjectVerdict::NotEligible(_)) => self.new_refused += 1,
                None => self.new_undecided += 1,
            }
            return;
        }
        self.initial += 1;
        match verdict {
            Some(SubjectVerdict::Eligible) => self.eligible += 1,
            Some(SubjectVerdict::NotEligible(reason)) => {
                if let Some(n) = self.reasons.get_mut(reason as usize) {
                    *n += 1;
                }
            }
            None => {
                self.undecided += 1;
                self.in_conflict += one(standing.conflict().is_some());
            }
        }
    }
}

impl AddAssign<&RecapTally> for RecapTally {
    fn add_assign(&mut self, other: &RecapTally) {
        self.initial += other.initial;
        self.eligible += other.eligible;
        self.reasons.iter_mut().zip(&other.reasons).for_each(|(a, b)| *a += b);
        self.undecided += other.undecided;
        self.in_conflict += other.in_conflict;
        self.new += other.new;
        self.new_refused += other.new_refused;
        self.new_undecided += other.new_undecided;
        self.without_effect += other.without_effect;
        self.open_proposals += other.open_proposals;
    }
}

/// The tallies of one place, by kind of subject in the order of [`SubjectKind::ALL`].
pub type Tallies = [RecapTally; SubjectKind::ALL.len()];

/// The recap of a state.
///
/// A person without a place of their own is counted where their ruta or family lives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recap {
    /// By the places of a level; those whose place is not known, or not that deep, under none.
    pub places: BTreeMap<Option<RegionCode>, Tallies>,
    /// Of all places.
    pub total: Tallies,
}

impl Recap {
    /// Counts a state by the places of a level.
    pub fn from_state(state: &State, level: Level) -> Self {
        let mut recap = Self::default();
        for standing in state.standings() {
            let place = standing.place.or_else(|| standing.parent.as_ref().and_then(|p| state.get(p)?.place));
            let tallies = recap.places.entry(place.and_then(|p| p.at(level))).or_default();
            if let Some(tally) = tallies.get_mut(standing.subject.kind as usize) {
                tally.count(standing);
            }
        }
        for tallies in recap.places.values() {
            recap.total.iter_mut().zip(tallies).for_each(|(sum, t)| *sum += t);
        }
        recap
    }

    /// Whether every tally of every place closes, and the places add up to the whole.
    pub fn closes(&self) -> bool {
        let mut sum = Tallies::default();
        for tallies in self.places.values() {
            sum.iter_mut().zip(tallies).for_each(|(s, t)| *s += t);
        }
        sum == self.total && self.places.values().chain([&self.total]).flatten().all(RecapTally::closes)
    }

    /// The whole of one kind.
    pub fn of_kind(&self, kind: SubjectKind) -> &RecapTally {
        let [household, family, person] = &self.total;
        match kind {
            SubjectKind::Household => household,
            SubjectKind::Family => family,
            SubjectKind::Person => person,
        }
    }
}
