//! Ledgers that somebody worked on: words beside events, copied and changed rows, triggers, marks that say too much, nothing
//! or cannot be read, branches cut off, databases and texts of others.

use bansos::Coded;
use bansos::verivali::*;
use bansos_registers::ledger::{self, Appended, LedgerError, Store};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

fn name(text: &str) -> PlainName {
    PlainName::new(text).unwrap()
}

fn listed(id: &str) -> EventEntry {
    let day = bansos::Date::constant(2022, 8, 1);
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

fn append(path: &Path, ids: &[&str]) -> Result<Vec<Appended>, LedgerError> {
    let entries = ids.iter().map(|id| listed(id)).collect();
    Store::open(path, &name("desa-1"))?.append(entries, Workflows::builtin())
}

fn codes(path: &Path) -> Vec<&'static str> {
    ledger::read(path).unwrap().soundness.faults.iter().map(Coded::code).collect()
}

fn whole(path: &Path) -> bool {
    ledger::read(path).unwrap().is_whole()
}

fn code<T: std::fmt::Debug>(told: Result<T, LedgerError>) -> &'static str {
    told.unwrap_err().code()
}

/// A ledger of six.
fn six(folder: &Path, file: &str) -> PathBuf {
    let path = folder.join(file);
    append(&path, &["R0", "R1", "R2", "R3", "R4", "R5"]).unwrap();
    assert!(whole(&path));
    path
}

#[test]
fn words_beside_an_event_are_damage() {
    let dir = tempfile::tempdir().unwrap();
    let path = six(dir.path(), "a.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    let beside = [
        (r#""act":"listed""#, r#""act":"listed","note":"SITI""#),
        (r#""act":"listed""#, r#""act":"listed","verdict":"MENINGGAL""#),
        (r#""act":"listed""#, r#""act":"listed","system":"siks-ng""#),
        (r#""act":"listed""#, r#""act":"listed","act":"listed""#),
        (r#"{"kind":"household","#, r#"{"kind":"household","name":"SITI","#),
        (r#"{"origin""#, r#"{"":"","origin""#),
    ];
    for (from, to) in beside {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        fs::write(&path, changed).unwrap();
        assert_eq!(ledger::read(&path).unwrap().unreadable, [1], "{to}");
        assert_eq!(code(append(&path, &["R6"])), "ledger.damaged");
    }
}

#[test]
fn every_column_of_a_row_is_compared_with_its_event() {
    let dir = tempfile::tempdir().unwrap();
    for (i, change) in [
        "update event set subject = 'ZZ' where number = 2",
        "update event set origin = 'lain' where number = 2",
        "update event set number = 20 where number = 2",
        "update event set kind = 'person' where number = 2",
        "update event set hash = 'ab' where number = 2",
        "insert into event (hash, origin, number, kind, subject, event)
            select 'ab', origin, number, kind, subject, event from event where number = 2",
        "insert into event (hash, origin, number, kind, subject, event)
            select 'ab', origin, number, kind, 'ZZ', event from event where number = 2",
        "update event set subject = cast(subject as blob) where number = 2",
    ]
    .into_iter()
    .enumerate()
    {
        let path = six(dir.path(), &format!("{i}.db"));
        Connection::open(&path).unwrap().execute(change, []).unwrap();
        assert!(codes(&path).contains(&"ledger.row_differs"), "{change}");
        assert!(!whole(&path));
        // who looks up what happened to this subject is not led by the copy
        assert_eq!(code(append(&path, &["R1"])), "ledger.damaged", "{change}");
    }
}

#[test]
fn what_a_database_does_not_keep_is_not_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    for (i, trigger) in [
        "create trigger t before insert on event begin select raise(ignore); end",
        "create trigger t after insert on event begin delete from event where place = new.place; end",
        "create trigger t after insert on event begin update event set subject = 'ZZ' where place = new.place; end",
        "create trigger t after insert on event begin update event set event = '{}' where place = new.place; end",
        "create trigger t before insert on mark begin select raise(ignore); end",
        "create trigger t after insert on mark begin update mark set number = 1; end",
        "create trigger t after insert on mark begin delete from event where number > 6; end",
    ]
    .into_iter()
    .enumerate()
    {
        let path = six(dir.path(), &format!("{i}.db"));
        Connection::open(&path).unwrap().execute_batch(trigger).unwrap();
        assert_eq!(code(append(&path, &["R6"])), "ledger.not_kept", "{trigger}");
        let other = dir.path().join(format!("{i}.jsonl"));
        Store::open(&other, &name("desa-2")).unwrap().append(vec![listed("X1")], Workflows::builtin()).unwrap();
        let events = ledger::read(&other).unwrap().events;
        // the last two spare the first event of another ledger
        if i < 5 {
            assert_eq!(
                code(Store::open(&path, &name("desa-1")).unwrap().take_in(&events)),
                "ledger.not_kept",
                "{trigger}"
            );
        }
        Connection::open(&path).unwrap().execute_batch("drop trigger t").unwrap();
        assert!(whole(&path), "nothing was recorded: {trigger}");
        assert_eq!(ledger::read(&path).unwrap().events.len(), 6);
    }
    // the hash that the next event will have is taken by a foreign row
    let (path, twin) = (six(dir.path(), "a.db"), six(dir.path(), "b.db"));
    let next = append(&twin, &["R6"]).unwrap().pop().unwrap().unwrap().0.hex();
    let foreign = "insert into event (hash, origin, number, kind, subject, event) values (?1, 'x', 1, 'x', 'x', '{}')";
    Connection::open(&path).unwrap().execute(foreign, [&next]).unwrap();
    assert_eq!(code(append(&path, &["R6"])), "ledger.not_kept");
    let events = ledger::read(&twin).unwrap().events;
    assert_eq!(code(Store::open(&path, &name("desa-1")).unwrap().take_in(&events)), "ledger.damaged");
}

#[test]
fn a_mark_is_held_to_its_number_and_said_when_it_cannot_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = six(dir.path(), "a.jsonl");
    let beside = dir.path().join("a.jsonl.mark");
    let mark = fs::read_to_string(&beside).unwrap();
    let fourth = ledger::read(&path).unwrap().events[3].hash().hex();
    for (wrong, told) in [
        (String::new(), "ledger.mark_unreadable"),
        ("[{".to_owned(), "ledger.mark_unreadable"),
        ("\u{0}\u{0}".to_owned(), "ledger.mark_unreadable"),
        (mark.replace(r#""hash":""#, r#""hash":"x"#), "ledger.mark_unreadable"),
        (mark.replace(r#""number":6"#, r#""number":100"#), "ledger.truncated"),
        (mark.replace(r#""number":6"#, r#""number":5"#), "ledger.mark_differs"),
        (mark.replace("desa-1", "desa-2"), "ledger.truncated"),
        (format!(r#"[{{"origin":"desa-1","number":100,"hash":"{fourth}"}}]"#), "ledger.truncated"),
    ] {
        fs::write(&beside, &wrong).unwrap();
        assert_eq!(codes(&path)[0], told, "{wrong}");
        assert!(!whole(&path));
        assert_eq!(code(append(&path, &["R6"])), "ledger.damaged");
    }
    // none at all: worth saying, and no damage
    for none in [Some("[]"), None] {
        none.map_or_else(|| fs::remove_file(&beside), |text| fs::write(&beside, text)).unwrap();
        assert_eq!((codes(&path), whole(&path)), (vec!["ledger.no_mark"], true));
    }
    append(&path, &["R6"]).unwrap();
    assert_eq!(codes(&path), [""; 0]);
}

#[test]
fn nothing_is_written_behind_the_mark_of_a_database_that_cannot_be() {
    let dir = tempfile::tempdir().unwrap();
    for (i, (change, told)) in [
        ("update mark set number = 100", "ledger.truncated"),
        ("update mark set number = 3", "ledger.mark_differs"),
        ("update mark set hash = 'ab'", "ledger.mark_unreadable"),
        ("update mark set hash = x'00'", "ledger.mark_unreadable"),
        ("delete from event where number = 6", "ledger.truncated"),
    ]
    .into_iter()
    .enumerate()
    {
        let path = six(dir.path(), &format!("{i}.db"));
        Connection::open(&path).unwrap().execute(change, []).unwrap();
        assert_eq!(codes(&path)[0], told, "{change}");
        assert_eq!(code(append(&path, &["R6"])), "ledger.damaged", "{change}");
    }
    let path = six(dir.path(), "dropped.db");
    Connection::open(&path).unwrap().execute_batch("drop table mark").unwrap();
    assert_eq!(codes(&path), ["ledger.mark_unreadable"]);
    // or else an end that was cut off with them would be whole again
    assert_eq!(code(append(&path, &["R6"])), "ledger.damaged");
    assert_eq!(codes(&path), ["ledger.mark_unreadable"]);
    // a mark that lags behind misleads nobody: the chain goes on behind its last event
    let path = six(dir.path(), "lags.db");
    let third = ledger::read(&path).unwrap().events[2].hash().hex();
    Connection::open(&path).unwrap().execute("update mark set number = 3, hash = ?1", [third]).unwrap();
    append(&path, &["R6"]).unwrap();
    let found = ledger::read(&path).unwrap();
    assert!(found.soundness.faults.is_empty() && found.soundness.marks[0].number == 7);
}

#[test]
fn a_branch_of_a_copied_ledger_cannot_be_cut_off_unnoticed() {
    let dir = tempfile::tempdir().unwrap();
    let at = |file: &str| dir.path().join(file);
    for kind in ["jsonl", "db"] {
        let (a, b) = (six(dir.path(), &format!("a.{kind}")), at(&format!("b.{kind}")));
        fs::copy(&a, &b).unwrap();
        append(&a, &["A1", "A2"]).unwrap();
        append(&b, &["B1", "B2", "B3"]).unwrap();
        for (into, from) in [(&a, &b), (&b, &a)] {
            let events = ledger::read(from).unwrap().events;
            Store::open(into, &name("desa-1")).unwrap().take_in(&events).unwrap();
            assert_eq!((codes(into).as_slice(), whole(into)), (&["ledger.forked"; 2][..], true));
            assert_eq!(ledger::read(into).unwrap().soundness.marks.len(), 2);
            append(into, &["C1"]).unwrap();
        }
        assert_eq!(ledger::read(&a).unwrap().soundness.marks.len(), 2, "the longer branch went on");
        for branch in ["A", "B"] {
            let cut = at(&format!("cut-{branch}.{kind}"));
            fs::copy(&a, &cut).unwrap();
            if kind == "db" {
                let gone = "delete from event where subject like ?1 || '%' or (?1 = 'B' and subject = 'C1')";
                Connection::open(&cut).unwrap().execute(gone, [branch]).unwrap();
            } else {
                fs::copy(at("a.jsonl.mark"), at(&format!("cut-{branch}.jsonl.mark"))).unwrap();
                let text = fs::read_to_string(&cut).unwrap();
                let gone =
                    |l: &&str| !l.contains(&format!(r#""id":"{branch}"#)) && (branch == "A" || !l.contains("C1"));
                fs::write(&cut, text.lines().filter(gone).map(|l| l.to_owned() + "\n").collect::<String>()).unwrap();
            }
            assert!(!whole(&cut), "{kind} {branch}: {:?}", codes(&cut));
        }
    }
}

#[test]
fn what_is_somebodys_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    for (i, theirs) in [
        "create table kunjungan (id integer primary key, nama text)",
        "create table event (id integer primary key, title text); create table mark (x)",
        "create view v as select 1",
        // rows without an end
        "create view event as with recursive r(n) as (select 1 union all select n + 1 from r)
           select n as place, n as hash, n as origin, n as number, n as kind, n as subject, n as event from r;
         create table mark (origin, number, hash)",
    ]
    .into_iter()
    .enumerate()
    {
        let path = dir.path().join(format!("{i}.db"));
        Connection::open(&path).unwrap().execute_batch(theirs).unwrap();
        let before = fs::read(&path).unwrap();
        assert_eq!(code(append(&path, &["R0"])), "ledger.no_ledger", "{theirs}");
        assert_eq!(code(ledger::read(&path)), "ledger.no_ledger");
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), i + 1, "no journal either");
    }
    for (i, theirs) in ["catatan tanpa akhir baris", "{\"catatan\": 1}", "{", "baris\nbaris"].into_iter().enumerate() {
        let path = dir.path().join(format!("{i}.jsonl"));
        fs::write(&path, theirs).unwrap();
        let refused = append(&path, &["R0"]);
        // one brace may be the first byte of an event that was cut short
        assert_eq!(refused.is_err(), theirs != "{", "{theirs}");
        assert!(theirs == "{" || fs::read_to_string(&path).unwrap() == theirs);
    }
    // a portal's own tables beside ours are no matter
    let path = six(dir.path(), "portal.db");
    Connection::open(&path).unwrap().execute_batch("create table kunjungan (id)").unwrap();
    append(&path, &["R6"]).unwrap();
}

#[test]
fn a_value_of_a_database_fills_no_memory() {
    let dir = tempfile::tempdir().unwrap();
    let path = six(dir.path(), "a.db");
    let long = "update event set event = zeroblob(17000000) where number = 2";
    Connection::open(&path).unwrap().execute_batch(long).unwrap();
    assert_eq!(code(ledger::read(&path)), "ledger.database");
    // computed when it is read, of nothing that lies in the file
    let path = six(dir.path(), "b.db");
    let computed = "drop table mark; create table mark (origin, number integer, hash as (zeroblob(900000000)));
      insert into mark values ('desa-1', 6)";
    Connection::open(&path).unwrap().execute_batch(computed).unwrap();
    assert_eq!(codes(&path), ["ledger.mark_unreadable"]);
}

#[test]
fn days_that_have_not_come_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    for file in ["a.jsonl", "a.db"] {
        let mut store = Store::open(&dir.path().join(file), &name("desa-1")).unwrap();
        let mut refused = |change: fn(&mut EventEntry)| {
            let mut entry = listed("R1");
            entry.workflow = name("dtsen-2025");
            entry.stage = name("usulan");
            change(&mut entry);
            let told = store.append(vec![entry], Workflows::builtin()).unwrap().pop().unwrap();
            told.unwrap_err().iter().any(|r| r.code() == "workflow.impossible_day")
        };
        assert!(refused(|e| e.recorded = bansos::Date::constant(9999, 12, 31)));
        assert!(refused(|e| (e.on, e.recorded) = [bansos::Date::constant(9999, 12, 31); 2].into()));
        assert!(refused(|e| e.recorded = bansos::Date::constant(2090, 1, 1)));
        assert!(!refused(|e| e.recorded = bansos::Date::constant(1900, 1, 1)), "that is told otherwise");
    }
}

#[test]
fn merged_in_any_order_the_events_are_the_same_and_merged_at_once_the_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let at = |file: &str| dir.path().join(file);
    for (file, origin) in [("1.jsonl", "a"), ("2.jsonl", "b"), ("3.jsonl", "c")] {
        let mut store = Store::open(&at(file), &name(origin)).unwrap();
        store.append(vec![listed("R1"), listed("R2")], Workflows::builtin()).unwrap();
    }
    let orders =
        [["1.jsonl", "2.jsonl", "3.jsonl"], ["3.jsonl", "1.jsonl", "2.jsonl"], ["2.jsonl", "3.jsonl", "1.jsonl"]];
    let events = |path: &Path| {
        let found = ledger::read(path).unwrap();
        assert!(found.is_whole());
        found.into_ledger().in_order().into_iter().map(Event::hash).collect::<Vec<_>>()
    };
    let (mut sets, mut bytes) = (Vec::new(), Vec::new());
    for (i, order) in orders.iter().enumerate() {
        let (one, all) = (at(&format!("one-{i}.jsonl")), at(&format!("all-{i}.jsonl")));
        let mut together = Ledger::default();
        for file in order {
            let read = ledger::read(&at(file)).unwrap();
            Store::open(&one, &name("-")).unwrap().take_in(&read.events).unwrap();
            together.merge(&read.into_ledger());
        }
        let ordered: Vec<Event> = together.in_order().into_iter().cloned().collect();
        Store::open(&all, &name("-")).unwrap().take_in(&ordered).unwrap();
        sets.extend([events(&one), events(&all)]);
        bytes.push(fs::read(&all).unwrap());
    }
    assert!(sets.iter().all(|s| *s == sets[0]) && sets[0].len() == 6);
    assert!(bytes.iter().all(|b| *b == bytes[0]));
}
