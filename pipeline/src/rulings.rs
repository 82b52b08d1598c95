//! What a verivali ledger decided, as the determinations see it on their day.

use crate::{JobError, PipelineError};
use bansos::Date;
use bansos::person::{PersonFacts, Presence};
use bansos::verivali::{Event, RemovalReason, State, SubjectKind, SubjectVerdict, Workflows};
use bansos_linkage::register::Linkage;
use bansos_registers::{ledger, shown_path};
use rustc_hash::FxHashMap;
use std::path::Path;

/// Decisions in force that take persons or whole families off the list. Subjects are the ids of this register: those that a
/// run over the same files gives.
#[derive(Default)]
pub(crate) struct Rulings {
    persons: FxHashMap<u32, RemovalReason>,
    families: FxHashMap<u32, RemovalReason>,
    pub(crate) counts: Option<RulingCounts>,
}

/// What became of the ledger's subjects; they add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RulingCounts {
    /// Persons taken off.
    pub persons: u64,
    /// Families taken off.
    pub families: u64,
    /// Decided to be eligible: nothing to change.
    pub eligible: u64,
    /// Without a decision, or with decisions that contradict each other.
    pub undecided: u64,
    /// Not in this register: households, rows, ids of other registers.
    pub elsewhere: u64,
}

/// The events of a ledger file that is whole.
pub(crate) fn read(path: &Path) -> Result<Vec<Event>, PipelineError> {
    let found = ledger::read(path)?;
    match found.is_whole() {
        true => Ok(found.events),
        false => Err(JobError::DamagedLedger { path: shown_path(path) }.into()),
    }
}

impl Rulings {
    /// As the ledger stands at the end of a day.
    pub(crate) fn in_force(events: &[Event], as_of: Date, linkage: &Linkage) -> Self {
        let state = State::replay(events, Some(as_of), Workflows::builtin());
        let (mut all, mut counts) = (Self::default(), RulingCounts::default());
        for standing in state.standings() {
            let id = standing.subject.id.as_str();
            let at = ordinal(id).filter(|i| match standing.subject.kind {
                SubjectKind::Person => *i < linkage.person_count && linkage.person_id(*i) == id,
                SubjectKind::Family => *i < linkage.family_count && linkage.family_id(*i) == id,
                SubjectKind::Household => false,
            });
            match (at, standing.verdict()) {
                (None, _) => counts.elsewhere += 1,
                (_, None) => counts.undecided += 1,
                (_, Some(SubjectVerdict::Eligible)) => counts.eligible += 1,
                (Some(at), Some(SubjectVerdict::NotEligible(reason))) => {
                    let person = standing.subject.kind == SubjectKind::Person;
                    counts.persons += u64::from(person);
                    counts.families += u64::from(!person);
                    if person {
                        all.persons.insert(at, reason)
                    } else {
                        all.families.insert(at, reason)
                    };
                }
            }
        }
        all.counts = Some(counts);
        all
    }

    /// The facts of a person as the ledger leaves them. One who died, moved or was not found is not there; one taken off for
    /// another reason is no longer registered; and so with all members of a family that was taken off.
    pub(crate) fn apply(&self, person: u32, family: u32, mut facts: PersonFacts) -> PersonFacts {
        for reason in [self.persons.get(&person), self.families.get(&family)].into_iter().flatten() {
            match reason {
                RemovalReason::Dead => facts.presence = Some(Presence::Dead),
                RemovalReason::Moved | RemovalReason::MovedAbroad => facts.presence = Some(Presence::Moved),
                RemovalReason::NotFound | RemovalReason::NoSuchAddress => facts.presence = Some(Presence::NotFound),
                _ => facts.registered = Some(false),
            }
        }
        facts
    }
}

/// `P000012` → 11.
fn ordinal(id: &str) -> Option<u32> {
    id.get(1..)?.parse::<u32>().ok()?.checked_sub(1)
}
