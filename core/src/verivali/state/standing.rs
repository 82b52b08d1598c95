//! What a ledger says of one subject.

use super::super::{Digest, PlainName, Subject, SubjectVerdict};
use crate::{Date, RegionCode};

/// What became of a proposal or an objection. There is no fourth: nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Nobody with the last word has spoken.
    Open {
        /// The stage where it lies.
        stage: PlainName,
        /// Since when.
        since: Date,
    },
    /// A decision that settles has been taken by those who knew of it.
    Decided {
        /// The decision.
        by: Digest,
        /// When.
        on: Date,
        /// What it says.
        verdict: SubjectVerdict,
    },
    /// A named event took it back or put something else in its place.
    Superseded {
        /// That event.
        by: Digest,
        /// When.
        on: Date,
    },
}

/// A proposal or an objection, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Proposal {
    /// The event.
    pub event: Digest,
    /// Whether it is an objection.
    pub objection: bool,
    /// What it asks for.
    pub verdict: SubjectVerdict,
    /// When it was made.
    pub on: Date,
    /// What became of it.
    pub fate: Fate,
}

impl Proposal {
    /// Whether it still waits.
    pub const fn is_open(&self) -> bool {
        matches!(self.fate, Fate::Open { .. })
    }
}

/// Decisions that were taken apart from each other and disagree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DecisionConflict {
    /// The decisions, rising.
    pub of: Vec<Digest>,
    /// The event that ended it; none while it lasts.
    pub ended_by: Option<Digest>,
}

/// The decision in force.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ruling {
    /// The event.
    pub event: Digest,
    /// What it says.
    pub verdict: SubjectVerdict,
    /// The stage it was taken at.
    pub stage: PlainName,
    /// Whether the workflow gives that stage the last word.
    pub settles: bool,
    /// When.
    pub on: Date,
}

/// What a ledger says of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Of whom.
    pub subject: Subject,
    /// Where they live, by the last event that says it.
    pub place: Option<RegionCode>,
    /// The ruta or family they belong to, by the last event that says it.
    pub parent: Option<Subject>,
    /// With whom they are double, by the last event that says it.
    pub twin: Option<Subject>,
    /// When they were put on the list the round begins with; none: they are new.
    pub listed: Option<Date>,
    /// The decision in force; none before the first, and while decisions contradict each other.
    pub ruling: Option<Ruling>,
    /// Every contradiction, ended or not.
    pub conflicts: Vec<DecisionConflict>,
    /// Every proposal and objection.
    pub proposals: Vec<Proposal>,
    /// When the ruling in force was typed into another system, and which.
    pub entered: Option<(PlainName, Date)>,
    /// When that system showed it.
    pub effective: Option<Date>,
    /// Stages that anything was done at, in the order they were first reached.
    pub passed: Vec<PlainName>,
    /// The last event's stage and day.
    pub last: Option<(PlainName, Date)>,
    /// The workflow of the last event.
    pub workflow: Option<PlainName>,
    /// The last events, those that no other event knew: what the next event comes after. Rising.
    pub heads: Vec<Digest>,
    /// The greatest sequence.
    pub sequence: u32,
    /// How many events.
    pub events: u32,
}

impl Standing {
    /// One of whom nothing is known.
    pub const fn unknown(subject: Subject) -> Self {
        Self {
            subject,
            place: None,
            parent: None,
            twin: None,
            listed: None,
            ruling: None,
            conflicts: Vec::new(),
            proposals: Vec::new(),
            entered: None,
            effective: None,
            passed: Vec::new(),
            last: None,
            workflow: None,
            heads: Vec::new(),
            sequence: 0,
            events: 0,
        }
    }

    /// The decisions that contradict each other now.
    pub fn conflict(&self) -> Option<&DecisionConflict> {
        self.conflicts.iter().find(|c| c.ended_by.is_none())
    }

    /// What the decision in force says.
    pub fn verdict(&self) -> Option<SubjectVerdict> {
        self.ruling.as_ref().map(|r| r.verdict)
    }

    /// Whether the ruling has the last word and was typed into another system that does not show it.
    pub const fn is_entered_without_effect(&self) -> bool {
        self.entered.is_some() && self.effective.is_none()
    }
}
