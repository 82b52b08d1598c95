//! Replay: what a ledger says, on a day, of everybody; and what changed between two days.

mod ancestry;
mod fold;
mod standing;

pub use standing::{DecisionConflict, Fate, Proposal, Ruling, Standing};

use super::{Event, Subject, SubjectVerdict, Workflows};
use crate::Date;
use rustc_hash::FxHashMap;

/// What a ledger says of each subject on a day. It depends on the set of events alone, never on their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    standings: Vec<Standing>,
}

/// A subject of whom something else is said than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingChange {
    /// Whom it is about.
    pub subject: Subject,
    /// What was said; none: nothing, or contradictory things.
    pub from: Option<SubjectVerdict>,
    /// What is said.
    pub to: Option<SubjectVerdict>,
}

impl State {
    /// Tells every story to its end, or to the end of a day: an event counts by the day it was *done*.
    ///
    /// To see what was *known* on a day, leave out the events that were `recorded` later.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>, until: Option<Date>, workflows: &Workflows) -> Self {
        let mut stories: FxHashMap<&Subject, Vec<&Event>> = FxHashMap::default();
        for event in events {
            stories.entry(&event.entry.subject).or_default().push(event);
        }
        let mut standings: Vec<Standing> =
            stories.into_iter().map(|(subject, mut story)| fold::fold(subject, &mut story, until, workflows)).collect();
        // one of whom nothing had happened yet is not there yet
        standings.retain(|s| s.events > 0);
        standings.sort_unstable_by(|a, b| a.subject.cmp(&b.subject));
        Self { standings }
    }

    /// The story of one subject; `events` hold only that subject's.
    pub fn standing_of<'a>(
        subject: &Subject,
        events: impl IntoIterator<Item = &'a Event>,
        workflows: &Workflows,
    ) -> Standing {
        fold::fold(subject, &mut events.into_iter().collect(), None, workflows)
    }

    /// Everybody, by kind and id.
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// One subject.
    pub fn get(&self, subject: &Subject) -> Option<&Standing> {
        self.standings.binary_search_by(|s| s.subject.cmp(subject)).ok().and_then(|i| self.standings.get(i))
    }

    /// Of whom something else is said in `later`, by kind and id.
    pub fn changes(&self, later: &Self) -> Vec<StandingChange> {
        let mut all = Vec::new();
        for now in &later.standings {
            let from = self.get(&now.subject).and_then(Standing::verdict);
            if from != now.verdict() {
                all.push(StandingChange { subject: now.subject.clone(), from, to: now.verdict() });
            }
        }
        let gone = self.standings.iter().filter(|s| s.verdict().is_some() && later.get(&s.subject).is_none());
        all.extend(gone.map(|s| StandingChange { subject: s.subject.clone(), from: s.verdict(), to: None }));
        all.sort_unstable_by(|a, b| a.subject.cmp(&b.subject));
        all
    }
}
