//! A ledger as a SQLite database: any number of processes append at once, each in its own immediate transaction.
//!
//! The rows are the same that a portal keeps in PostgreSQL or MySQL: see `SCHEMA`.

use super::{Appended, LedgerError, LedgerFile};
use bansos::verivali::{Digest, Event, EventEntry, Mark, Names, PlainEvent, PlainName, Subject, Workflows, admit};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The tables. `event` is the event's plain form; the columns beside it are copies to look things up by.
const SCHEMA: &str = "
begin immediate;
create table if not exists event (
  place integer primary key,
  hash text not null unique,
  origin text not null,
  number integer not null,
  kind text not null,
  subject text not null,
  event text not null
);
create index if not exists event_subject on event (subject, kind);
create table if not exists mark (origin text primary key, number integer not null, hash text not null);
commit;
";

/// A ledger open for writing.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    connection: Connection,
    origin: PlainName,
    names: Names,
}

pub(super) fn read(path: &Path) -> Result<LedgerFile, LedgerError> {
    let refuse = LedgerError::database(path);
    // not read-only: what a killed writer left in the write-ahead log has to be taken in first
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(&refuse)?;
    connection.busy_timeout(PATIENCE).map_err(&refuse)?;
    let tables = |name: &str| -> rusqlite::Result<i64> {
        connection.query_row("select count(*) from sqlite_master where name like ?1", [name], |r| r.get(0))
    };
    if tables("event").map_err(&refuse)? == 0 {
        // whoever began it was stopped before its tables were there: nothing was acknowledged
        return match tables("%").map_err(&refuse)? {
            0 => Ok(LedgerFile::of(Vec::new(), Vec::new(), false, &[])),
            _ => Err(LedgerError::NoLedger { file: crate::table::file_name(path) }),
        };
    }
    let (mut events, mut unreadable, mut names) = (Vec::new(), Vec::new(), Names::default());
    let mut all = connection.prepare("select event from event order by place").map_err(&refuse)?;
    let mut rows = all.query([]).map_err(&refuse)?;
    let mut number = 0;
    while let Some(row) = rows.next().map_err(&refuse)? {
        number += 1;
        let text = row.get_ref(0).map_err(&refuse)?;
        match text.as_bytes().ok().and_then(|t| super::parse_line(t, &mut names)) {
            Some(event) => events.push(event),
            None => unreadable.push(number),
        }
    }
    let marks = marks(&connection).map_err(&refuse)?;
    Ok(LedgerFile::of(events, unreadable, false, &marks))
}

const PATIENCE: Duration = Duration::from_secs(60);

fn marks(connection: &Connection) -> rusqlite::Result<Vec<Mark>> {
    let mut all = connection.prepare("select origin, number, hash from mark")?;
    let rows = all.query_map([], |r| Ok(mark(&r.get::<_, String>(0)?, r.get(1)?, &r.get::<_, String>(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn mark(origin: &str, number: i64, hash: &str) -> Option<Mark> {
    Some(Mark { origin: PlainName::new(origin).ok()?, number: u64::try_from(number).ok()?, hash: Digest::parse(hash)? })
}

impl Database {
    pub(super) fn open(path: &Path, origin: &PlainName) -> Result<Self, LedgerError> {
        let refuse = LedgerError::database(path);
        let connection = Connection::open(path).map_err(&refuse)?;
        connection.busy_timeout(PATIENCE).map_err(&refuse)?;
        // a commit is on the disk when it returns, and readers do not wait for writers
        connection.pragma_update(None, "journal_mode", "wal").map_err(&refuse)?;
        connection.pragma_update(None, "synchronous", "full").map_err(&refuse)?;
        connection.execute_batch(SCHEMA).map_err(&refuse)?;
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
        let mut head = head(&transaction, &self.origin).map_err(&refuse)?;
        let mut appended = Vec::with_capacity(entries.len());
        for entry in entries {
            let story = story(&transaction, &entry.subject, &mut self.names).map_err(&refuse)?;
            let story: Vec<&Event> = story.iter().collect();
            appended.push(match admit(entry, &self.origin, head.as_ref(), &story, workflows) {
                Err(against) => Err(against),
                Ok((event, warnings)) => {
                    insert(&transaction, &event).map_err(&refuse)?;
                    head = Some(Mark { origin: self.origin.clone(), number: event.link.number, hash: event.hash() });
                    Ok((event.hash(), warnings))
                }
            });
        }
        if let Some(head) = head {
            set_mark(&transaction, &head).map_err(&refuse)?;
        }
        transaction.commit().map_err(&refuse)?;
        Ok(appended)
    }

    pub(super) fn take_in(&mut self, events: &[Event]) -> Result<u64, LedgerError> {
        let refuse = LedgerError::database(&self.path);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&refuse)?;
        let mut ordered: Vec<&Event> = events.iter().collect();
        ordered.sort_by_key(|e| e.link.number);
        let mut new = 0;
        for event in ordered {
            if insert(&transaction, event).map_err(&refuse)? {
                new += 1;
                let reached = Mark { origin: event.link.origin.clone(), number: event.link.number, hash: event.hash() };
                let there = head(&transaction, &reached.origin).map_err(&refuse)?;
                if there.is_none_or(|m| (m.number, m.hash) < (reached.number, reached.hash)) {
                    set_mark(&transaction, &reached).map_err(&refuse)?;
                }
            }
        }
        transaction.commit().map_err(&refuse)?;
        Ok(new)
    }
}

fn head(transaction: &Transaction<'_>, origin: &PlainName) -> rusqlite::Result<Option<Mark>> {
    let mut one = transaction.prepare_cached("select number, hash from mark where origin = ?1")?;
    let row = one.query_row([origin.as_str()], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?))).optional()?;
    Ok(row.and_then(|(number, hash)| mark(origin.as_str(), number, &hash)))
}

fn set_mark(transaction: &Transaction<'_>, mark: &Mark) -> rusqlite::Result<()> {
    let mut set =
        transaction.prepare_cached("insert or replace into mark (origin, number, hash) values (?1, ?2, ?3)")?;
    set.execute(params![mark.origin.as_str(), i64::try_from(mark.number).unwrap_or(i64::MAX), mark.hash.hex()])?;
    Ok(())
}

fn story(transaction: &Transaction<'_>, subject: &Subject, names: &mut Names) -> rusqlite::Result<Vec<Event>> {
    let mut all = transaction.prepare_cached("select event from event where subject = ?1 and kind = ?2")?;
    let mut rows = all.query([subject.id.as_str(), subject.kind.word()])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.extend(super::parse_line(row.get_ref(0)?.as_bytes()?, names));
    }
    Ok(events)
}

/// Whether it was new.
fn insert(transaction: &Transaction<'_>, event: &Event) -> rusqlite::Result<bool> {
    let mut put = transaction.prepare_cached(
        "insert or ignore into event (hash, origin, number, kind, subject, event) values (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let plain = serde_json::to_string(&PlainEvent::from(event))
        .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    let number = i64::try_from(event.link.number).unwrap_or(i64::MAX);
    let subject = &event.entry.subject;
    let rows = put.execute(params![
        event.hash().hex(),
        event.link.origin.as_str(),
        number,
        subject.kind.word(),
        subject.id.as_str(),
        plain
    ])?;
    Ok(rows > 0)
}
