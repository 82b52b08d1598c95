//! The tables of a ledger, and how its database is told from somebody's.

use super::super::LedgerError;
use rusqlite::Connection;
use std::path::Path;

/// `event` is the event's plain form; the columns beside it are copies, for people and for portals. They are compared with
/// the event and never believed: what leads an append is found by what stands in the event itself. `mark` has the end of
/// each origin's longest branch, `branch` the ends of the others, where a chain forks.
pub(super) const SCHEMA: &str = "
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
create index if not exists event_of_subject on event (
  case when json_valid(event) then json_extract(event, '$.subject.id') end
);
create index if not exists event_of_origin on event (
  case when json_valid(event) then json_extract(event, '$.origin') end,
  case when json_valid(event) then json_extract(event, '$.number') end
);
create table if not exists mark (origin text primary key, number integer not null, hash text not null);
create table if not exists branch (hash text primary key, origin text not null, number integer not null);
commit;
";

/// What stands in a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begun {
    /// Nothing: whoever began it was stopped before its tables were there, and nothing was acknowledged.
    Empty,
    /// Events and marks.
    Whole,
    /// Events, and the table of marks is gone.
    WithoutMarks,
}

/// What stands in a database, where it is ours or nobody's.
pub(super) fn begun(connection: &Connection, path: &Path) -> Result<Begun, LedgerError> {
    let refuse = LedgerError::database(path);
    let all =
        connection.query_row("select count(*) from sqlite_master", [], |r| r.get::<_, i64>(0)).map_err(&refuse)?;
    let has = |table: &str, columns: &[&str]| -> Result<bool, LedgerError> {
        let there = columns_of(connection, table).map_err(&refuse)?;
        Ok(columns.iter().all(|c| there.iter().any(|t| t == c)))
    };
    let events = has("event", &["place", "hash", "origin", "number", "kind", "subject", "event"])?;
    match (events, has("mark", &["origin", "number", "hash"])?) {
        (true, true) => Ok(Begun::Whole),
        (true, false) => Ok(Begun::WithoutMarks),
        (false, _) if all == 0 => Ok(Begun::Empty),
        (false, _) => Err(LedgerError::NoLedger { file: crate::table::file_name(path) }),
    }
}

/// The names of a table's columns; none where there is no such table. A view or a virtual table is none: its rows may never end.
pub(super) fn columns_of(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut all = connection.prepare(
        "select c.name from sqlite_master t join pragma_table_info(t.name) c
          where t.type = 'table' and t.rootpage > 0 and t.name = ?1 collate nocase",
    )?;
    all.query_map([table], |r| r.get(0))?.collect()
}
