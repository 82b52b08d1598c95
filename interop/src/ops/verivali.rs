//! `verivali.*`: a ledger for portals. Storage is the caller's: events go in and come out as they stand in its rows or lines.

use crate::Error;
use crate::value::{Day, Finding, Level};
use bansos::verivali::{
    self, Digest, Event, Fate, Ledger, Mark, Names, PlainEntry, PlainError, PlainEvent, PlainName, Recap, RecapTally,
    RemovalReason, Standing, State, Workflows,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

macro_rules! wire {
    ($( $(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    )*};
}

wire! {
    /// Whom an event is about: an id of the register, never a NIK.
    LedgerSubject {
        /// `household`, `family` or `person`.
        kind: String,
        /// Its id.
        id: String,
    }
    /// A place.
    LedgerPlace {
        /// `kemendagri` or `bps`.
        scheme: String,
        /// Its digits.
        code: String,
    }
    /// An attachment: its digest, never the thing itself.
    LedgerEvidence {
        /// `minutes`, `photo`, `coordinates`, `responsibility`, `form` or `document`.
        kind: String,
        /// SHA-256 of the file, 64 hexadecimal digits.
        digest: String,
    }
    /// What a caller writes.
    LedgerEntry {
        /// About whom.
        subject: LedgerSubject,
        /// Where they live.
        place: Option<LedgerPlace>,
        /// The ruta or family of a person.
        parent: Option<LedgerSubject>,
        /// With whom it is double.
        twin: Option<LedgerSubject>,
        /// The day it was done.
        on: String,
        /// The day it was written down. Default: the day it was done.
        recorded: Option<String>,
        /// In which role.
        role: String,
        /// Who, by an id of the office.
        actor: String,
        /// Under which rules, such as `dtsen-2025`.
        workflow: String,
        /// At which stage of them.
        stage: String,
        /// `listed`, `proposed`, `visited`, `decided`, `objected`, `corrected`, `withdrawn`, `resolved`, `entered`, `effective`.
        act: String,
        /// `LAYAK` or a reason such as `PINDAH`, where the act says something of the subject.
        verdict: Option<String>,
        /// Hash of the event that is corrected, withdrawn or kept.
        names: Option<String>,
        /// The other system, where it was entered or became effective.
        system: Option<String>,
        /// What proves it.
        evidence: Option<Vec<LedgerEvidence>>,
        /// The code as its source had it.
        code: Option<String>,
    }
    /// The end of a ledger's chain.
    LedgerMark {
        /// The ledger.
        origin: String,
        /// How many events it has written.
        number: u64,
        /// Hash of the last.
        hash: String,
    }
}

/// An event as a row or a line holds it: keep it whole, as it is. It has the members of an entry and its place in the chain.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct LedgerEvent(pub BTreeMap<String, Value>);

/// An entry, and what the ledger knows: the end of its chain and the story of the subject.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerivaliAppend {
    /// The name of the ledger.
    pub origin: String,
    /// The end of its chain; none while it is empty. Read it and write the answer in one transaction.
    pub head: Option<LedgerMark>,
    /// Every event of the subject.
    pub story: Vec<LedgerEvent>,
    /// What is to be written.
    pub entry: LedgerEntry,
}

/// The end of a chain as it is answered: give its members back as they are.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliMark {
    /// The ledger.
    pub origin: String,
    /// How many events it has written.
    pub number: u64,
    /// Hash of the last.
    pub hash: String,
}

/// The event to keep, or why it may not be.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliAppended {
    /// The event; null where it is refused.
    pub event: Option<LedgerEvent>,
    /// The new end of the chain; the old one where it is refused.
    pub head: Option<VerivaliMark>,
    /// Why it is refused (errors), or what to note (warnings).
    pub told: Vec<Finding>,
}

/// Events in the order of their rows, and marks that were noted down.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerivaliVerify {
    /// The events.
    pub events: Vec<LedgerEvent>,
    /// How far the chains should reach.
    pub marks: Option<Vec<LedgerMark>>,
}

/// Whether a ledger is whole.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliVerified {
    /// Whether nothing is damaged.
    pub whole: bool,
    /// For each event, whether it and all before it in its chain are whole.
    pub sound: Vec<bool>,
    /// What is wrong.
    pub faults: Vec<Finding>,
    /// The end of each chain's sound part.
    pub marks: Vec<VerivaliMark>,
}

/// Events, and the day to look at.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerivaliReplay {
    /// The events, in any order.
    pub events: Vec<LedgerEvent>,
    /// Count events up to the end of this day. Default: all events.
    pub until: Option<Day>,
}

/// The state that the events give.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliState {
    /// Of each subject, by kind and id.
    pub standings: Vec<VerivaliStanding>,
}

/// Whom a standing is about.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliSubject {
    /// `household`, `family` or `person`.
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// The standing of one subject.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliStanding {
    /// Of whom.
    pub subject: VerivaliSubject,
    /// `LAYAK` or a reason; null before a decision and while decisions contradict each other.
    pub verdict: Option<String>,
    /// The stage of that decision.
    pub stage: Option<String>,
    /// Whether the decision is final.
    pub settled: bool,
    /// Hashes of decisions that contradict each other now.
    pub conflict: Vec<String>,
    /// Every proposal and objection.
    pub proposals: Vec<VerivaliProposal>,
    /// Whether it was entered into another system that does not show it.
    pub without_effect: bool,
}

/// A proposal or objection and what became of it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliProposal {
    /// Its hash.
    pub event: String,
    /// Whether it is an objection.
    pub objection: bool,
    /// What it asks for.
    pub verdict: String,
    /// When it was made.
    pub on: Day,
    /// `open`, `decided` or `superseded`.
    pub fate: String,
    /// While open: the stage where it lies.
    pub stage: Option<String>,
    /// Since when it lies there, or when its fate came.
    pub since: Day,
    /// The event that decided or superseded it.
    pub by: Option<String>,
}

/// Ledgers that grew apart.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerivaliMerge {
    /// The events of each.
    pub ledgers: Vec<Vec<LedgerEvent>>,
}

/// One ledger of them all.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliMerged {
    /// Every event once, by origin and number: the same whatever the order of the ledgers.
    pub events: Vec<LedgerEvent>,
    /// Subjects whose decisions contradict each other.
    pub conflicts: Vec<VerivaliStanding>,
}

/// A recap is by kecamatan.
const LEVEL: bansos::region::Level = bansos::region::Level::District;

/// Events, the day, and the level of places.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerivaliRecap {
    /// The events, in any order.
    pub events: Vec<LedgerEvent>,
    /// Count events up to the end of this day. Default: all events.
    pub until: Option<Day>,
    /// The level of places.
    #[cfg_attr(feature = "schema", schemars(extend("default" = LEVEL.word())))]
    pub level: Option<Level>,
}

/// The recap: initial = eligible + each reason + undecided.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliRecapped {
    /// Whether the sums agree in every place.
    pub closes: bool,
    /// One line for each place and kind of subject.
    pub places: Vec<VerivaliTally>,
    /// One line for each kind.
    pub total: Vec<VerivaliTally>,
}

/// Counts of one kind of subject.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerivaliTally {
    /// The place's digits; null in the total and where the place is not known.
    pub code: Option<String>,
    /// `household`, `family` or `person`.
    pub kind: String,
    /// On the list the round began with.
    pub initial: u64,
    /// Of them, still eligible.
    pub eligible: u64,
    /// Of them, not eligible, by reason.
    pub reasons: BTreeMap<String, u64>,
    /// Of them, without a decision.
    pub undecided: u64,
    /// New and eligible.
    pub new: u64,
    /// Proposals and objections that still wait.
    pub open_proposals: u64,
    /// Entered into another system and not to be seen there.
    pub without_effect: u64,
}

fn field() -> PlainError {
    PlainError::Field { field: "event" }
}

fn digest(path: &str, text: &str) -> Result<Digest, Error> {
    Digest::parse(text).ok_or_else(|| Error::at(path, &PlainError::Field { field: "hash" }))
}

fn name(path: &str, text: &str) -> Result<PlainName, Error> {
    PlainName::new(text).map_err(|e| Error::at(path, &e))
}

fn mark(path: &str, mark: &LedgerMark) -> Result<Mark, Error> {
    let origin = name(&format!("{path}/origin"), &mark.origin)?;
    Ok(Mark { origin, number: mark.number, hash: digest(&format!("{path}/hash"), &mark.hash)? })
}

fn mark_answer(mark: &Mark) -> VerivaliMark {
    VerivaliMark { origin: mark.origin.as_str().to_owned(), number: mark.number, hash: mark.hash.hex() }
}

fn events(path: &str, all: &[LedgerEvent], names: &mut Names) -> Result<Vec<Event>, Error> {
    let one = |(i, event): (usize, &LedgerEvent)| {
        let path = format!("{path}/{i}");
        let value = Value::Object(event.0.clone().into_iter().collect());
        let plain = PlainEvent::deserialize(&value).map_err(|_| Error::at(&path, &field()))?;
        plain.read(names).map_err(|e| Error::at(&path, &e))
    };
    all.iter().enumerate().map(one).collect()
}

fn event_answer(event: &Event) -> LedgerEvent {
    match serde_json::to_value(PlainEvent::from(event)) {
        Ok(Value::Object(members)) => LedgerEvent(members.into_iter().collect()),
        _ => LedgerEvent(BTreeMap::new()),
    }
}

fn ledger(path: &str, all: &[LedgerEvent]) -> Result<Ledger, Error> {
    let mut ledger = Ledger::default();
    for event in events(path, all, &mut Names::default())? {
        ledger.insert(event);
    }
    Ok(ledger)
}

/// Gives an entry its place, if its workflow lets it be done.
pub fn append(request: VerivaliAppend) -> Result<VerivaliAppended, Error> {
    let mut names = Names::default();
    let origin = name("/origin", &request.origin)?;
    let head = request.head.as_ref().map(|m| mark("/head", m)).transpose()?;
    let story = events("/story", &request.story, &mut names)?;
    let value = serde_json::to_value(&request.entry).map_err(|_| Error::at("/entry", &field()))?;
    // what is not given is left out, as in a row
    let given: serde_json::Map<String, Value> = match value {
        Value::Object(all) => all.into_iter().filter(|(_, v)| !v.is_null()).collect(),
        _ => serde_json::Map::new(),
    };
    let value = Value::Object(given);
    let plain = PlainEntry::deserialize(&value).map_err(|_| Error::at("/entry", &field()))?;
    let entry = plain.read(&mut names).map_err(|e| Error::at("/entry", &e))?;
    let findings = |all: &[verivali::Refusal]| all.iter().map(|r| Finding::from_coded(r)).collect();
    let story: Vec<&Event> = story.iter().filter(|e| e.entry.subject == entry.subject).collect();
    Ok(match verivali::admit(entry, &origin, head.as_ref(), &story, Workflows::builtin()) {
        Err(against) => {
            VerivaliAppended { event: None, head: head.as_ref().map(mark_answer), told: findings(&against) }
        }
        Ok((event, warnings)) => {
            let head = Mark { origin, number: event.link.number, hash: event.hash() };
            VerivaliAppended {
                event: Some(event_answer(&event)),
                head: Some(mark_answer(&head)),
                told: findings(&warnings),
            }
        }
    })
}

/// Checks every hash, every chain, every mark.
pub fn verify(request: VerivaliVerify) -> Result<VerivaliVerified, Error> {
    let events = events("/events", &request.events, &mut Names::default())?;
    let marks = request.marks.unwrap_or_default();
    let marks: Vec<Mark> =
        marks.iter().enumerate().map(|(i, m)| mark(&format!("/marks/{i}"), m)).collect::<Result<_, _>>()?;
    let found = verivali::verify(&events, &marks);
    Ok(VerivaliVerified {
        whole: found.is_whole(),
        faults: found.faults.iter().map(|f| Finding::from_coded(f)).collect(),
        marks: found.marks.iter().map(mark_answer).collect(),
        sound: found.sound,
    })
}

/// The state of every subject on a day, by the events.
pub fn replay(request: VerivaliReplay) -> Result<VerivaliState, Error> {
    let ledger = ledger("/events", &request.events)?;
    let state = State::replay(ledger.events(), request.until.map(|d| d.0), Workflows::builtin());
    Ok(VerivaliState { standings: state.standings().iter().map(standing).collect() })
}

fn standing(of: &Standing) -> VerivaliStanding {
    let hex = |all: &[Digest]| all.iter().map(Digest::hex).collect();
    VerivaliStanding {
        subject: VerivaliSubject { kind: of.subject.kind.word().to_owned(), id: of.subject.id.as_str().to_owned() },
        verdict: of.verdict().map(|v| v.word().to_owned()),
        stage: of.ruling.as_ref().map(|r| r.stage.as_str().to_owned()),
        settled: of.ruling.as_ref().is_some_and(|r| r.settles),
        conflict: of.conflict().map(|c| hex(&c.of)).unwrap_or_default(),
        proposals: of.proposals.iter().map(proposal).collect(),
        without_effect: of.is_entered_without_effect(),
    }
}

fn proposal(of: &verivali::Proposal) -> VerivaliProposal {
    let (fate, stage, since, by) = match &of.fate {
        Fate::Open { stage, since } => ("open", Some(stage.as_str().to_owned()), *since, None),
        Fate::Decided { by, on, .. } => ("decided", None, *on, Some(by.hex())),
        Fate::Superseded { by, on } => ("superseded", None, *on, Some(by.hex())),
    };
    VerivaliProposal {
        event: of.event.hex(),
        objection: of.objection,
        verdict: of.verdict.word().to_owned(),
        on: Day(of.on),
        fate: fate.to_owned(),
        stage,
        since: Day(since),
        by,
    }
}

/// Makes one ledger of several; in any order, any number of times, the result is the same.
pub fn merge(request: VerivaliMerge) -> Result<VerivaliMerged, Error> {
    let mut all = Ledger::default();
    for (i, events) in request.ledgers.iter().enumerate() {
        all.merge(&ledger(&format!("/ledgers/{i}"), events)?);
    }
    let state = State::replay(all.events(), None, Workflows::builtin());
    let conflicts = state.standings().iter().filter(|s| s.conflict().is_some()).map(standing).collect();
    Ok(VerivaliMerged { events: all.in_order().into_iter().map(event_answer).collect(), conflicts })
}

/// Counts the outcome of a round, for every place.
pub fn recap(request: VerivaliRecap) -> Result<VerivaliRecapped, Error> {
    let ledger = ledger("/events", &request.events)?;
    let state = State::replay(ledger.events(), request.until.map(|d| d.0), Workflows::builtin());
    let recap = Recap::from_state(&state, request.level.map_or(LEVEL, |l| l.0));
    let lines = |code: Option<String>, tallies: &[RecapTally]| -> Vec<VerivaliTally> {
        let kinds = verivali::SubjectKind::ALL.iter().zip(tallies).filter(|(_, t)| **t != RecapTally::default());
        kinds.map(|(kind, t)| tally(code.clone(), *kind, t)).collect()
    };
    Ok(VerivaliRecapped {
        closes: recap.closes(),
        places: recap.places.iter().flat_map(|(place, t)| lines(place.map(|p| p.digits()), t)).collect(),
        total: lines(None, &recap.total),
    })
}

fn tally(code: Option<String>, kind: verivali::SubjectKind, t: &RecapTally) -> VerivaliTally {
    let reasons =
        RemovalReason::ALL.iter().filter(|r| t.reason(**r) > 0).map(|r| (r.word().to_owned(), t.reason(*r))).collect();
    VerivaliTally {
        code,
        kind: kind.word().to_owned(),
        initial: t.initial,
        eligible: t.eligible,
        reasons,
        undecided: t.undecided,
        new: t.new,
        open_proposals: t.open_proposals,
        without_effect: t.without_effect,
    }
}
