//! The ledger: a set of chained events that only grows.
//!
//! Every event belongs to the chain of the ledger it was written in (its *origin*): it names the hash of the event before
//! it there. Two ledgers that grew apart merge by union: chains of different origins stand side by side, nothing is
//! rewritten, nothing vanishes, and it does not matter who merges what in which order, or twice.

mod verify;

pub use verify::{Fault, Soundness, verify, verify_hashed};

use super::{Digest, Event, EventEntry, Link, PlainName, Refusal, State, Subject, Workflows};
use crate::Severity;
use crate::message::Coded;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// The end of a chain: how far a ledger has got. Printed under the minutes of a meeting, it proves later that nothing was
/// cut off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// The ledger.
    pub origin: PlainName,
    /// How many events it has written.
    pub number: u64,
    /// The hash of the last.
    pub hash: Digest,
}

/// What a merge did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Events that were not there before.
    pub added: u64,
    /// Events that were.
    pub known: u64,
}

/// An event that may be appended, with the warnings that come with it; or everything that stands against it.
pub type Admitted = Result<(Event, Vec<Refusal>), Vec<Refusal>>;

/// Gives an entry its place behind `head`, the end of its ledger's chain, and behind the subject's `story`, if its workflow
/// lets it be done. This is all that an append needs: a database looks up the head and the story of one subject.
///
/// # Errors
/// Everything that stands against it.
pub fn admit(
    entry: EventEntry,
    origin: &PlainName,
    head: Option<&Mark>,
    story: &[&Event],
    workflows: &Workflows,
) -> Admitted {
    let standing = State::standing_of(&entry.subject, story.iter().copied(), workflows);
    let Some(workflow) = workflows.get(&entry.workflow) else {
        return Err(vec![Refusal::UnknownWorkflow { workflow: entry.workflow.as_str().to_owned() }]);
    };
    let against = workflow.check(&entry, &standing, story);
    if against.iter().any(|r| r.severity() == Severity::Error) {
        return Err(against);
    }
    let link = Link {
        origin: origin.clone(),
        number: head.map_or(0, |h| h.number).saturating_add(1),
        previous: head.map(|h| h.hash),
        sequence: standing.sequence.saturating_add(1),
        after: standing.heads,
    };
    Ok((Event::seal(link, entry), against))
}

/// Events of one or several origins, in memory.
///
/// ```
/// use bansos::{Date, verivali::*};
/// let name = |t: &str| PlainName::new(t).unwrap();
/// let day = Date::constant(2022, 8, 1);
/// let entry = |subject: &str, stage: &str, role: &str, act: Act| EventEntry {
///     subject: Subject::new(SubjectKind::Household, subject).unwrap(),
///     place: None, parent: None, twin: None, on: day, recorded: day,
///     actor: Actor { role: name(role), id: name("K-01") },
///     workflow: name("kukar-2022"), stage: name(stage), act, evidence: vec![], code: None,
/// };
/// let mut ledger = Ledger::default();
/// let rules = Workflows::builtin();
/// ledger.append(&name("desa-1"), entry("R1", "daftar-awal", "dinsos", Act::Listed), rules)?;
/// ledger.append(&name("desa-1"), entry("R1", "kunjungan", "puskesos", Act::Visited(SubjectVerdict::NotEligible(RemovalReason::Moved))), rules)?;
/// // a visit decides nothing, and a meeting needs its minutes
/// let refused = ledger.append(&name("desa-1"), entry("R1", "musyawarah", "desa", Act::Decided(SubjectVerdict::NotEligible(RemovalReason::Moved))), rules);
/// assert_eq!(refused.unwrap_err()[0].to_string(), "this decision needs minutes");
/// assert_eq!(verify(ledger.events(), &ledger.marks()).faults, []);
/// # Ok::<(), Vec<Refusal>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    events: Vec<Event>,
    at: FxHashMap<Digest, u32>,
    stories: FxHashMap<Subject, Vec<u32>>,
    /// Number and hash of the events of each origin that no other follows.
    ends: BTreeMap<PlainName, BTreeSet<(u64, Digest)>>,
    /// Events that others follow and that are not here (yet).
    awaited: FxHashSet<Digest>,
}

impl Ledger {
    /// Events in the order they came in.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Events by origin and number: the same for the same set, whatever the order they came in.
    pub fn in_order(&self) -> Vec<&Event> {
        let mut all: Vec<&Event> = self.events.iter().collect();
        all.sort_unstable_by(|a, b| {
            (&a.link.origin, a.link.number, a.hash()).cmp(&(&b.link.origin, b.link.number, b.hash()))
        });
        all
    }

    /// An event by its hash.
    pub fn get(&self, hash: Digest) -> Option<&Event> {
        self.at.get(&hash).and_then(|i| self.events.get(*i as usize))
    }

    /// The events of one subject, in the order they came in.
    pub fn story(&self, subject: &Subject) -> Vec<&Event> {
        let places = self.stories.get(subject).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|i| self.events.get(*i as usize)).collect()
    }

    /// The end of each origin's chain, by origin and number. Where a chain forks (one ledger was copied and both copies went
    /// on), the end of every branch, so that none can be cut off unnoticed.
    pub fn marks(&self) -> Vec<Mark> {
        let of = |(origin, ends): (&PlainName, &BTreeSet<_>)| {
            let mark = |(number, hash)| Mark { origin: origin.clone(), number, hash };
            ends.iter().copied().map(mark).collect::<Vec<_>>()
        };
        self.ends.iter().flat_map(of).collect()
    }

    /// Where an origin goes on: the end of its longest branch, and of equals the one with the greater hash.
    pub fn head(&self, origin: &PlainName) -> Option<Mark> {
        let (number, hash) = self.ends.get(origin)?.last().copied()?;
        Some(Mark { origin: origin.clone(), number, hash })
    }

    /// Takes an event in as it is; false where it is there already. Whether it is sound, [`verify`] says.
    pub fn insert(&mut self, event: Event) -> bool {
        let Ok(place) = u32::try_from(self.events.len()) else { return false };
        if self.at.contains_key(&event.hash()) {
            return false;
        }
        self.at.insert(event.hash(), place);
        self.stories.entry(event.entry.subject.clone()).or_default().push(place);
        self.note_end(&event);
        self.events.push(event);
        true
    }

    /// Notes what the chain of a new event now ends with, in whatever order events come in.
    fn note_end(&mut self, event: &Event) {
        let before = event.link.previous.map(|hash| (self.get(hash).map(|e| e.link.number), hash));
        let ends = self.ends.entry(event.link.origin.clone()).or_default();
        match before {
            Some((Some(number), hash)) => {
                ends.remove(&(number, hash));
            }
            Some((None, hash)) => {
                self.awaited.insert(hash);
            }
            None => {}
        }
        if !self.awaited.remove(&event.hash()) {
            ends.insert((event.link.number, event.hash()));
        }
    }

    /// Writes an entry at the end of an origin's chain, if its workflow lets it be done. The warnings come with it.
    ///
    /// # Errors
    /// Everything that stands against it.
    pub fn append(
        &mut self,
        origin: &PlainName,
        entry: EventEntry,
        workflows: &Workflows,
    ) -> Result<(Digest, Vec<Refusal>), Vec<Refusal>> {
        let story = self.story(&entry.subject);
        let (event, warnings) = admit(entry, origin, self.head(origin).as_ref(), &story, workflows)?;
        let hash = event.hash();
        self.insert(event);
        Ok((hash, warnings))
    }

    /// Takes in every event of another ledger.
    pub fn merge(&mut self, other: &Self) -> Merged {
        let mut merged = Merged::default();
        for event in &other.events {
            match self.insert(event.clone()) {
                true => merged.added += 1,
                false => merged.known += 1,
            }
        }
        merged
    }
}
