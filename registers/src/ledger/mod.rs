//! Verivali ledgers in files: JSON Lines (`.jsonl`) and SQLite (`.db`, `.sqlite`).
//!
//! Both hold the same events in the same plain form ([`bansos::verivali::PlainEvent`]), one a line or one a row, and both
//! acknowledge an event only when it is on the disk: a process killed at any moment loses at most what was not yet
//! acknowledged. Next to the events stands the *mark* of each chain, how far it has got, so that an end that was cut off is
//! noticed: in `<file>.mark`, or in the table `mark`.
//!
//! ```
//! use bansos::{Date, verivali::*};
//! use bansos_registers::ledger::{self, Store};
//! let dir = tempfile::tempdir()?;
//! let path = dir.path().join("desa.jsonl");
//! let name = |t: &str| PlainName::new(t).unwrap();
//! let day = Date::constant(2022, 8, 1);
//! let listed = EventEntry {
//!     subject: Subject::new(SubjectKind::Household, "R1").unwrap(), place: None, parent: None, twin: None, on: day, recorded: day,
//!     actor: Actor { role: name("dinsos"), id: name("K-01") }, workflow: name("kukar-2022"), stage: name("daftar-awal"),
//!     act: Act::Listed, evidence: vec![], code: None,
//! };
//! let mut store = Store::open(&path, &name("desa-1"))?;
//! assert!(store.append(vec![listed.clone(), listed], Workflows::builtin())?[1].is_err()); // on the list already
//! drop(store);
//! assert_eq!(ledger::read(&path)?.events.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod lines;
mod sqlite;

pub use error::LedgerError;
pub use lines::parse_line;

use bansos::date::from_epoch_days;
use bansos::verivali::{
    Digest, Event, EventEntry, Fault, Ledger, Mark, PlainName, Refusal, Soundness, Workflows, verify_hashed,
};
use rayon::prelude::*;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// What came of one entry: the hash and number of the new event with the warnings it came with, or all that stands against
/// it.
pub type Appended = Result<(Digest, Vec<Refusal>), Vec<Refusal>>;

/// A ledger file as it was found.
#[derive(Debug)]
pub struct LedgerFile {
    /// Every event that can be read, in file order.
    pub events: Vec<Event>,
    /// Lines or rows, from 1, that are no event.
    pub unreadable: Vec<u64>,
    /// Whether the file ends in the middle of a line: an append was cut short. What it would have said was never
    /// acknowledged.
    pub torn: bool,
    /// What is sound, what is wrong.
    pub soundness: Soundness,
}

/// The marks that stand beside a ledger.
#[derive(Debug, Default)]
struct Marks {
    all: Vec<Mark>,
    /// Something stands there that is no mark.
    unreadable: bool,
}

impl Marks {
    /// Whether these say how far each chain has got; errors first.
    fn faults(&self, soundness: &Soundness) -> Vec<Fault> {
        if self.unreadable {
            return vec![Fault::MarkUnreadable];
        }
        let mut without: Vec<&PlainName> = soundness.marks.iter().map(|m| &m.origin).collect();
        without.dedup();
        without.retain(|origin| !self.all.iter().any(|m| m.origin == **origin));
        without.into_iter().map(|o| Fault::NoMark { origin: o.as_str().to_owned() }).collect()
    }
}

impl LedgerFile {
    fn of(events: Vec<Event>, unreadable: Vec<u64>, torn: bool, marks: &Marks) -> Self {
        let intact: Vec<bool> = events.par_iter().map(Event::is_intact).collect();
        let mut soundness = verify_hashed(&events, &intact, &marks.all);
        soundness.faults.extend(marks.faults(&soundness));
        Self { events, unreadable, torn, soundness }
    }

    /// Whether nothing is damaged. A torn end damages nothing.
    pub fn is_whole(&self) -> bool {
        self.unreadable.is_empty() && self.soundness.is_whole()
    }

    /// The sound part.
    pub fn into_ledger(self) -> Ledger {
        let mut ledger = Ledger::default();
        for (event, sound) in self.events.into_iter().zip(self.soundness.sound) {
            if sound {
                ledger.insert(event);
            }
        }
        ledger
    }
}

/// Reads and verifies a ledger, damaged or not.
///
/// # Errors
/// [`LedgerError`] where there is no such file, or it is no ledger.
pub fn read(path: &Path) -> Result<LedgerFile, LedgerError> {
    if is_database(path) { sqlite::read(path) } else { lines::read(path) }
}

/// Whether a file is a database by its name.
pub fn is_database(path: &Path) -> bool {
    path.extension().is_some_and(|e| ["db", "sqlite", "sqlite3"].iter().any(|d| e.eq_ignore_ascii_case(d)))
}

/// An entry of a day that has not come yet. A day more is let pass: it is tomorrow already in Jayapura.
fn not_yet(entry: &EventEntry) -> Option<Refusal> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let last = from_epoch_days(i32::try_from(seconds / 86_400 + 1).ok()?)?;
    let day = [entry.on, entry.recorded].into_iter().find(|day| *day > last)?;
    Some(Refusal::ImpossibleDay { day, last })
}

/// A ledger that is open for writing.
#[derive(Debug)]
pub enum Store {
    /// JSON Lines: one process at a time; others wait.
    Lines(Box<lines::Lines>),
    /// SQLite: any number of processes.
    Database(sqlite::Database),
}

impl Store {
    /// Opens or begins a ledger; what is something else already, a database of others or a text, is left as it is.
    /// `origin` is the name under which this place writes; each device has its own.
    ///
    /// # Errors
    /// [`LedgerError`], also where a file of lines is damaged: nothing is written behind damage. A database of millions is
    /// not read through for every append; [`read`] does that.
    pub fn open(path: &Path, origin: &PlainName) -> Result<Self, LedgerError> {
        match is_database(path) {
            true => sqlite::Database::open(path, origin).map(Self::Database),
            false => lines::Lines::open(path, origin).map(|l| Self::Lines(Box::new(l))),
        }
    }

    /// Appends entries one after the other. On return all that are told `Ok` are on the disk. Beyond what the workflow
    /// refuses, days that have not come yet are (by this machine's clock).
    ///
    /// # Errors
    /// [`LedgerError`] where the system refuses; then none of these entries is acknowledged.
    pub fn append(&mut self, entries: Vec<EventEntry>, workflows: &Workflows) -> Result<Vec<Appended>, LedgerError> {
        match self {
            Self::Lines(lines) => lines.append(entries, workflows),
            Self::Database(database) => database.append(entries, workflows),
        }
    }

    /// Takes events of other ledgers in as they are; those that are there already are passed over. How many were new.
    ///
    /// # Errors
    /// [`LedgerError`] where the system refuses; then none of them is taken in.
    pub fn take_in(&mut self, events: &[Event]) -> Result<u64, LedgerError> {
        match self {
            Self::Lines(lines) => lines.take_in(events),
            Self::Database(database) => database.take_in(events),
        }
    }
}
