//! A ledger of six events, and what must hold of it whatever was changed.

use super::file;
use arbitrary::{Arbitrary, Unstructured};
use bansos::Date;
use bansos::verivali::*;
use bansos_registers::ledger::{self, Store};
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

fn name(text: &str) -> PlainName {
    PlainName::new(text).unwrap()
}

fn listed(id: &str) -> EventEntry {
    let day = Date::constant(2022, 8, 1);
    EventEntry {
        subject: Subject::new(SubjectKind::Household, id).unwrap(),
        place: None,
        parent: None,
        twin: None,
        on: day,
        recorded: day,
        actor: Actor { role: name("dinsos"), id: name("D-01") },
        workflow: name("kukar-2022"),
        stage: name("daftar-awal"),
        act: Act::Listed,
        evidence: vec![],
        code: None,
    }
}

static HASHES: OnceLock<BTreeSet<String>> = OnceLock::new();

fn hashes(events: &[Event]) -> BTreeSet<String> {
    events.iter().map(|e| e.hash().hex()).collect()
}

fn made(file_name: &str) -> PathBuf {
    let path = file(file_name);
    let entries = (0..6).map(|i| listed(&format!("R{i}"))).collect();
    let appended = Store::open(&path, &name("desa-1")).unwrap().append(entries, Workflows::builtin()).unwrap();
    assert!(appended.iter().all(Result::is_ok));
    let _ = HASHES.set(hashes(&ledger::read(&path).unwrap().events));
    path
}

/// Whole means: the six events, no more and no less. A file without any line is a ledger that was never begun, if nothing says
/// otherwise; here the mark does.
fn unchanged(path: &Path) {
    if let Ok(found) = ledger::read(path)
        && found.is_whole()
    {
        assert_eq!(Some(&hashes(&found.events)), HASHES.get());
    }
}

/// What an append acknowledges is there afterwards.
fn append_holds(path: &Path) {
    let appended =
        Store::open(path, &name("desa-1")).and_then(|mut s| s.append(vec![listed("R9")], Workflows::builtin()));
    if let Ok(appended) = appended {
        let events = ledger::read(path).unwrap().events;
        for (hash, _) in appended.into_iter().flatten() {
            assert!(events.iter().any(|e| e.hash() == hash));
        }
    }
}

static LINES: LazyLock<(Vec<u8>, Vec<u8>)> = LazyLock::new(|| {
    let path = made("base.jsonl");
    (fs::read(&path).unwrap(), fs::read(path.with_extension("jsonl.mark")).unwrap())
});

/// Changes of four bytes: what (write, cut out, double, swap, end here), where, how much.
fn changed(edits: &[u8]) -> Vec<u8> {
    let mut bytes = LINES.0.clone();
    for edit in edits.chunks_exact(4).take(12) {
        let at = usize::from(u16::from_le_bytes([edit[1], edit[2]])) % (bytes.len() + 1);
        let to = (at + usize::from(edit[3])).min(bytes.len());
        // whole lines are taken out, doubled and moved as well as pieces
        let line = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
        match edit[0] % 7 {
            0 if at < bytes.len() => bytes[at] = edit[3],
            1 => drop(bytes.drain(at..to)),
            2 if bytes.len() < 1 << 16 => bytes.extend_from_within(at..line),
            3 => bytes.insert(at, edit[3]),
            4 => bytes.truncate(at),
            5 => bytes.rotate_left(line),
            _ => drop(bytes.drain(at..line)),
        }
    }
    bytes
}

/// A ledger of lines: the bytes as they are, or the ledger of six with changes; the mark is that of the ledger.
pub fn lines(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let path = file("x.jsonl");
    fs::write(&path, if *kind == 0 { rest.to_vec() } else { changed(rest) }).unwrap();
    fs::write(file("x.jsonl.mark"), &LINES.1).unwrap();
    unchanged(&path);
    append_holds(&path);
}

static DATABASE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = made("base.db");
    Connection::open(&path).unwrap().pragma_update(None, "journal_mode", "delete").unwrap();
    fs::read(path).unwrap()
});

#[derive(Arbitrary, Debug)]
enum Input {
    Statements(Vec<Statement>),
    Bytes(Vec<(u16, u8)>),
}

#[derive(Arbitrary, Debug)]
enum Statement {
    Set {
        column: u8,
        row: u8,
        to: To,
    },
    /// In the text of the event itself.
    Replace {
        row: u8,
        what: String,
        with: String,
    },
    Move {
        row: u8,
        to: i8,
    },
    Remove {
        row: u8,
    },
    Copy {
        row: u8,
        hash: String,
    },
    Insert {
        values: [To; 6],
    },
    Trigger {
        row: u8,
    },
}

#[derive(Arbitrary, Debug)]
enum To {
    Null,
    Whole(i64),
    Number(f64),
    Text(String),
    Blob(Vec<u8>),
    /// What stands in another row.
    Of(u8),
}

const COLUMNS: [&str; 6] = ["hash", "origin", "number", "kind", "subject", "event"];

fn value(to: &To, column: &str, db: &Connection) -> Value {
    match to {
        To::Null => Value::Null,
        To::Whole(n) => Value::Integer(*n),
        To::Number(n) => Value::Real(*n),
        To::Text(text) => Value::Text(text.clone()),
        To::Blob(bytes) => Value::Blob(bytes.clone()),
        To::Of(row) => {
            let query = format!("select {column} from event where number = ?1");
            db.query_row(&query, [row % 6 + 1], |r| r.get(0)).unwrap_or(Value::Null)
        }
    }
}

/// What the database refuses is not done.
fn run(db: &Connection, statement: &Statement) {
    let _ = match statement {
        Statement::Set { column, row, to } => {
            let column = COLUMNS[usize::from(*column) % 6];
            let to = value(to, column, db);
            db.execute(&format!("update event set {column} = ?1 where number = ?2"), params![to, row % 6 + 1])
        }
        Statement::Replace { row, what, with } => db.execute(
            "update event set event = replace(event, ?1, ?2) where number = ?3",
            params![what, with, row % 6 + 1],
        ),
        Statement::Move { row, to } => db.execute("update event set place = ?1 where number = ?2", params![to, row % 6 + 1]),
        Statement::Remove { row } => db.execute("delete from event where number = ?1", [row % 6 + 1]),
        Statement::Copy { row, hash } => db.execute(
            "insert into event (hash, origin, number, kind, subject, event)
             select ?1, origin, number, kind, subject, event from event where number = ?2",
            params![hash, row % 6 + 1],
        ),
        Statement::Insert { values } => {
            let values: Vec<Value> = values.iter().zip(COLUMNS).map(|(to, column)| value(to, column, db)).collect();
            let query = "insert into event (hash, origin, number, kind, subject, event) values (?1, ?2, ?3, ?4, ?5, ?6)";
            db.execute(query, rusqlite::params_from_iter(values))
        }
        Statement::Trigger { row } => db.execute_batch([
            "create trigger a before insert on event begin select raise(ignore); end",
            "create trigger b after insert on event begin delete from event where number = new.number; end",
            "create trigger c after insert on event begin update event set subject = 'R0' where hash = new.hash; end",
            "create trigger d after insert on mark begin update mark set number = number + 1; end",
        ][usize::from(*row % 4)]).map(|()| 0),
    };
}

/// A ledger in a database, changed by statements or in its bytes.
pub fn database(data: &[u8]) {
    let Ok(input) = Input::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let path = file("x.db");
    for rest in ["x.db-wal", "x.db-shm", "x.db-journal"] {
        let _ = fs::remove_file(file(rest));
    }
    let mut bytes = DATABASE.clone();
    match &input {
        Input::Statements(statements) => {
            fs::write(&path, bytes).unwrap();
            let db = Connection::open(&path).unwrap();
            db.pragma_update(None, "synchronous", "off").unwrap();
            statements.iter().take(8).for_each(|s| run(&db, s));
            drop(db);
            unchanged(&path);
            append_holds(&path);
        }
        Input::Bytes(edits) => {
            for (at, to) in edits {
                let at = usize::from(*at) * 8 % bytes.len();
                bytes[at + usize::from(*to) % 8] = *to;
            }
            fs::write(&path, bytes).unwrap();
            // who changes the file itself may take the mark away with the events: there is no promise but an answer
            let _ = bansos_registers::ledger::read(&path);
        }
    }
}
