//! A ledger as a SQLite database: any number of processes append at once, each in its own immediate transaction.
//!
//! The rows are the same that a portal keeps in PostgreSQL or MySQL: see [`tables`].

mod found;
mod row;
mod tables;

pub(super) use found::read;

use super::{Appended, LedgerError, not_yet};
use bansos::verivali::{Event, EventEntry, Fault, Mark, Names, PlainName, Workflows, admit};
use row::Rows;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a writer waits for others.
const PATIENCE: Duration = Duration::from_secs(60);

/// Bytes of one value (16 MiB): no event is longer than a megabyte.
const LONGEST: i32 = 16 << 20;

/// A database that somebody else may have made: what its schema says is done by no function that could do harm, and no value fills memory.
fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, LedgerError> {
    let refuse = LedgerError::database(path);
    let connection = Connection::open_with_flags(path, flags).map_err(&refuse)?;
    connection.busy_timeout(PATIENCE).map_err(&refuse)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map_err(&refuse)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(&refuse)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST).map_err(&refuse)?;
    Ok(connection)
}

/// Tries again while others are at it: a change of the journal does not wait by itself.
fn patiently<T>(mut act: impl FnMut() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        match act() {
            Err(why) if why.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && Instant::now() < end => {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

/// A ledger open for writing.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    connection: Connection,
    origin: PlainName,
    names: Names,
}

impl Database {
    pub(super) fn open(path: &Path, origin: &PlainName) -> Result<Self, LedgerError> {
        let refuse = LedgerError::database(path);
        let new = !path.exists();
        let connection = connect(path, OpenFlags::default())?;
        if new {
            // by name: closing another handle to the file would end the locks of this process
            crate::write::for_owner_alone(path);
        }
        // before anything is written: what is somebody's stays as it is
        if tables::begun(&connection, path)? == tables::Begun::WithoutMarks {
            return Err(LedgerError::damaged(path, &Fault::MarkUnreadable));
        }
        // a commit is on the disk when it returns, and readers do not wait for writers
        patiently(|| connection.pragma_update(None, "journal_mode", "wal")).map_err(&refuse)?;
        connection.pragma_update(None, "synchronous", "full").map_err(&refuse)?;
        connection.execute_batch(tables::SCHEMA).map_err(&refuse)?;
        Ok(Self { path: path.to_owned(), connection, origin: origin.clone(), names: Names::default() })
    }

    pub(super) fn append(
        &mut self,
        entries: Vec<EventEntry>,
        workflows: &Workflows,
    ) -> Result<Vec<Appended>, LedgerError> {
        let refuse = LedgerError::database(&self.path);
        // immediate: who reads the end of the chain is the one who writes behind it
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&refuse)?;
        let mut rows = Rows::of(&transaction, &self.path, &mut self.names);
        let mut head = rows.head(&self.origin)?;
        let (mut appended, mut new) = (Vec::with_capacity(entries.len()), Vec::new());
        for entry in entries {
            if let Some(refusal) = not_yet(&entry) {
                appended.push(Err(vec![refusal]));
                continue;
            }
            let story = rows.story(&entry.subject)?;
            let story: Vec<&Event> = story.iter().collect();
            appended.push(match admit(entry, &self.origin, head.as_ref(), &story, workflows) {
                Err(against) => Err(against),
                Ok((event, warnings)) => {
                    rows.insert(&event)?;
                    let hash = event.hash();
                    head = Some(Mark { origin: self.origin.clone(), number: event.link.number, hash });
                    new.push(event);
                    Ok((hash, warnings))
                }
            });
        }
        if let (Some(head), false) = (&head, new.is_empty()) {
            rows.set_mark(head)?;
        }
        rows.hold(&new)?;
        transaction.commit().map_err(&refuse)?;
        Ok(appended)
    }

    pub(super) fn take_in(&mut self, events: &[Event]) -> Result<u64, LedgerError> {
        let refuse = LedgerError::database(&self.path);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&refuse)?;
        let mut rows = Rows::of(&transaction, &self.path, &mut self.names);
        let mut ordered: Vec<&Event> = events.iter().collect();
        ordered.sort_by_key(|e| e.link.number);
        let mut new = Vec::new();
        for event in ordered {
            if !rows.has(event)? {
                rows.insert(event)?;
                rows.note_end(event)?;
                new.push(event);
            }
        }
        rows.hold(new.iter().copied())?;
        transaction.commit().map_err(&refuse)?;
        Ok(new.len() as u64)
    }
}
