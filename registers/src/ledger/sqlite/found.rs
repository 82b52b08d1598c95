//! Reading a database through, damaged or not.

use super::super::{LedgerError, LedgerFile, Marks};
use super::row::{Copies, mark_of};
use super::tables::{Begun, begun, columns_of};
use bansos::verivali::{Fault, Names};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

pub(in super::super) fn read(path: &Path) -> Result<LedgerFile, LedgerError> {
    let refuse = LedgerError::database(path);
    // not read-only: what a killed writer left in the write-ahead log has to be taken in first
    let connection = super::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let begun = begun(&connection, path)?;
    if begun == Begun::Empty {
        return Ok(LedgerFile::of(Vec::new(), Vec::new(), false, &Marks::default()));
    }
    let (mut events, mut unreadable, mut names) = (Vec::new(), Vec::new(), Names::default());
    let mut differing = Vec::new();
    let mut all = connection
        .prepare("select hash, origin, number, kind, subject, event from event order by place")
        .map_err(&refuse)?;
    let mut rows = all.query([]).map_err(&refuse)?;
    let mut number = 0;
    while let Some(row) = rows.next().map_err(&refuse)? {
        number += 1;
        let text = row.get_ref(5).map_err(&refuse)?;
        match text.as_bytes().ok().and_then(|t| super::super::parse_line(t, &mut names)) {
            Some(event) => {
                let columns = Copies::of(&event).differing(row).map_err(&refuse)?;
                events.push(event);
                if !columns.is_empty() {
                    differing.push(Fault::RowDiffers { place: events.len() as u64, columns: columns.join(", ") });
                }
            }
            None => unreadable.push(number),
        }
    }
    let marks = match begun {
        Begun::WithoutMarks => Marks { unreadable: true, ..Marks::default() },
        _ => marks(&connection).map_err(&refuse)?,
    };
    let mut found = LedgerFile::of(events, unreadable, false, &marks);
    found.soundness.faults.extend(differing);
    Ok(found)
}

fn marks(connection: &Connection) -> rusqlite::Result<Marks> {
    let mut found = Marks::default();
    // a ledger that no merge ever forked, or of a portal, may lack the table of branches
    let tables = ["mark", "branch"].map(|table| columns_of(connection, table).map(|c| (table, !c.is_empty())));
    for table in tables {
        let (table, true) = table? else { continue };
        let mut all = connection.prepare(&format!("select origin, number, hash from {table}"))?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            match mark_of(row) {
                Ok(mark) => found.all.extend(mark),
                Err(_) => found.unreadable = true,
            }
        }
    }
    Ok(found)
}
