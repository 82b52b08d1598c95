//! Rows and events: what is written is read back, what is read is verified before anything follows from it.

use super::super::LedgerError;
use bansos::verivali::{Digest, Event, Fault, Mark, Names, PlainEvent, PlainName, Subject};
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use std::path::Path;

/// The columns beside an event, as they have to be.
pub(super) struct Copies<'a> {
    hash: String,
    origin: &'a str,
    number: i64,
    kind: &'static str,
    subject: &'a str,
}

impl<'a> Copies<'a> {
    pub(super) fn of(event: &'a Event) -> Self {
        Self {
            hash: event.hash().hex(),
            origin: event.link.origin.as_str(),
            number: i64::try_from(event.link.number).unwrap_or(i64::MAX),
            kind: event.entry.subject.kind.word(),
            subject: event.entry.subject.id.as_str(),
        }
    }

    /// The columns of a row (hash, origin, number, kind, subject first) that say something else.
    pub(super) fn differing(&self, row: &Row<'_>) -> rusqlite::Result<Vec<&'static str>> {
        let text = |t: &'a str| ValueRef::Text(t.as_bytes());
        let due = [
            ("hash", ValueRef::Text(self.hash.as_bytes())),
            ("origin", text(self.origin)),
            ("number", ValueRef::Integer(self.number)),
            ("kind", text(self.kind)),
            ("subject", text(self.subject)),
        ];
        let mut differing = Vec::new();
        for (i, (column, due)) in due.into_iter().enumerate() {
            if row.get_ref(i)? != due {
                differing.push(column);
            }
        }
        Ok(differing)
    }
}

/// The mark of a row (origin, number, hash); `None` where a portal keeps a place for a chain that has not begun.
pub(super) fn mark_of(row: &Row<'_>) -> Result<Option<Mark>, Fault> {
    let read = || {
        let (origin, hash) = (row.get_ref(0).ok()?.as_str().ok()?, row.get_ref(2).ok()?.as_str().ok()?);
        let (origin, number) = (PlainName::new(origin).ok()?, row.get_ref(1).ok()?.as_i64().ok()?);
        if number == 0 && hash.is_empty() {
            return Some(None);
        }
        Some(Some(Mark { origin, number: u64::try_from(number).ok()?, hash: Digest::parse(hash)? }))
    };
    read().ok_or(Fault::MarkUnreadable)
}

/// The rows of a ledger within a transaction.
pub(super) struct Rows<'a> {
    transaction: &'a Transaction<'a>,
    path: &'a Path,
    names: &'a mut Names,
}

const BY_HASH: &str = "select hash, origin, number, kind, subject, event from event where hash = ?1";
const LAST: &str = "select hash, origin, number, kind, subject, event from event
  where case when json_valid(event) then json_extract(event, '$.origin') end = ?1
  order by case when json_valid(event) then json_extract(event, '$.number') end desc, hash desc limit 1";
const STORY: &str = "select hash, origin, number, kind, subject, event from event
  where case when json_valid(event) then json_extract(event, '$.subject.id') end = ?1";

impl<'a> Rows<'a> {
    pub(super) fn of(transaction: &'a Transaction<'a>, path: &'a Path, names: &'a mut Names) -> Self {
        Self { transaction, path, names }
    }

    /// The events that a query finds, each whole and with columns that say the same.
    fn verified(&mut self, query: &str, of: &str) -> Result<Vec<Event>, LedgerError> {
        let refuse = LedgerError::database(self.path);
        let damaged = |fault: &Fault| LedgerError::damaged(self.path, fault);
        let mut all = self.transaction.prepare_cached(query).map_err(&refuse)?;
        let mut rows = all.query([of]).map_err(&refuse)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next().map_err(&refuse)? {
            let text = row.get_ref(5).map_err(&refuse)?.as_bytes().unwrap_or_default();
            let event = super::super::parse_line(text, self.names).filter(Event::is_intact);
            let event = event.ok_or_else(|| damaged(&Fault::Altered { place: 0 }))?;
            let columns = Copies::of(&event).differing(row).map_err(&refuse)?;
            if !columns.is_empty() {
                return Err(damaged(&Fault::RowDiffers { place: 0, columns: columns.join(", ") }));
            }
            events.push(event);
        }
        Ok(events)
    }

    /// The events of a subject.
    pub(super) fn story(&mut self, subject: &Subject) -> Result<Vec<Event>, LedgerError> {
        let mut events = self.verified(STORY, subject.id.as_str())?;
        events.retain(|e| e.entry.subject == *subject);
        Ok(events)
    }

    /// Where an origin goes on: behind its last event, which its mark does not outrun.
    pub(super) fn head(&mut self, origin: &PlainName) -> Result<Option<Mark>, LedgerError> {
        let last = self.verified(LAST, origin.as_str())?.pop();
        if let Some(mark) = self.mark(origin)? {
            let there = self.verified(BY_HASH, &mark.hash.hex())?.pop();
            if !there.is_some_and(|e| e.link.origin == mark.origin && e.link.number == mark.number) {
                let found = last.map_or(0, |e| e.link.number);
                let origin = origin.as_str().to_owned();
                let fault = match found < mark.number {
                    true => Fault::Truncated { origin, expected: mark.number, found },
                    false => Fault::MarkDiffers { origin, number: mark.number },
                };
                return Err(LedgerError::damaged(self.path, &fault));
            }
        }
        Ok(last.map(|e| Mark { origin: origin.clone(), number: e.link.number, hash: e.hash() }))
    }

    fn mark(&self, origin: &PlainName) -> Result<Option<Mark>, LedgerError> {
        let refuse = LedgerError::database(self.path);
        let query = "select origin, number, hash from mark where origin = ?1";
        let mut one = self.transaction.prepare_cached(query).map_err(&refuse)?;
        let read = one.query_row([origin.as_str()], |r| Ok(mark_of(r))).optional().map_err(&refuse)?;
        read.unwrap_or(Ok(None)).map_err(|fault| LedgerError::damaged(self.path, &fault))
    }

    pub(super) fn set_mark(&self, mark: &Mark) -> Result<(), LedgerError> {
        self.put("insert or replace into mark (origin, number, hash) values (?1, ?2, ?3)", mark)?;
        match self.mark(&mark.origin)?.as_ref() == Some(mark) {
            true => Ok(()),
            false => Err(self.not_kept()),
        }
    }

    fn put(&self, query: &str, mark: &Mark) -> Result<(), LedgerError> {
        let refuse = LedgerError::database(self.path);
        let number = i64::try_from(mark.number).unwrap_or(i64::MAX);
        let mut put = self.transaction.prepare_cached(query).map_err(&refuse)?;
        put.execute(params![mark.origin.as_str(), number, mark.hash.hex()]).map(drop).map_err(&refuse)
    }

    /// Notes what the chain of an event that was taken in now ends with; its branches too.
    pub(super) fn note_end(&self, event: &Event) -> Result<(), LedgerError> {
        const BRANCH: &str = "insert or replace into branch (origin, number, hash) values (?1, ?2, ?3)";
        let refuse = LedgerError::database(self.path);
        let (origin, previous) = (event.link.origin.clone(), event.link.previous);
        let end = Mark { origin, number: event.link.number, hash: event.hash() };
        if let Some(previous) = previous {
            let mut gone = self.transaction.prepare_cached("delete from branch where hash = ?1").map_err(&refuse)?;
            gone.execute([previous.hex()]).map_err(&refuse)?;
        }
        match self.mark(&end.origin)? {
            Some(mark) if Some(mark.hash) != previous => {
                let (less, more) =
                    if (mark.number, mark.hash) < (end.number, end.hash) { (mark, end) } else { (end, mark) };
                self.put(BRANCH, &less)?;
                self.set_mark(&more)
            }
            _ => self.set_mark(&end),
        }
    }

    /// Whether an event is there. A row that has its hash and is another is damage.
    pub(super) fn has(&mut self, event: &Event) -> Result<bool, LedgerError> {
        Ok(!self.verified(BY_HASH, &event.hash().hex())?.is_empty())
    }

    pub(super) fn insert(&self, event: &Event) -> Result<(), LedgerError> {
        let refuse = LedgerError::database(self.path);
        let mut put = self
            .transaction
            .prepare_cached(
                "insert into event (hash, origin, number, kind, subject, event) values (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .map_err(&refuse)?;
        let plain = serde_json::to_string(&PlainEvent::from(event))
            .map_err(|e| refuse(rusqlite::Error::ToSqlConversionFailure(Box::new(e))))?;
        let Copies { hash, origin, number, kind, subject } = Copies::of(event);
        match put.execute(params![hash, origin, number, kind, subject, plain]) {
            Ok(1) => Ok(()),
            Ok(_) => Err(self.not_kept()),
            // a row of somebody has the hash that this event will have
            Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => Err(self.not_kept()),
            Err(e) => Err(refuse(e)),
        }
    }

    /// Looks whether what was written is there, each event in a row that says the same. A trigger may have changed it after
    /// it was written.
    pub(super) fn hold<'e>(&mut self, events: impl IntoIterator<Item = &'e Event>) -> Result<(), LedgerError> {
        for event in events {
            if self.verified(BY_HASH, &event.hash().hex()).ok().and_then(|mut all| all.pop()).as_ref() != Some(event) {
                return Err(self.not_kept());
            }
        }
        Ok(())
    }

    fn not_kept(&self) -> LedgerError {
        LedgerError::NotKept { file: crate::table::file_name(self.path) }
    }
}
