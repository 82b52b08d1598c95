//! Ledger files that were cut, changed, reordered or half written, and databases that many write to.

use bansos::Coded;
use bansos::verivali::*;
use bansos_registers::ledger::{self, LedgerError, Store};
use std::fs;
use std::path::Path;

fn name(text: &str) -> PlainName {
    PlainName::new(text).unwrap()
}

fn entry(id: &str, act: Act) -> EventEntry {
    let (stage, role) = if act == Act::Listed { ("daftar-awal", "dinsos") } else { ("kunjungan", "puskesos") };
    let day = bansos::Date::constant(2022, 8, 1);
    EventEntry {
        subject: Subject::new(SubjectKind::Household, id).unwrap(),
        place: None,
        parent: None,
        twin: None,
        on: day,
        recorded: day,
        actor: Actor { role: name(role), id: name("K-01") },
        workflow: name("kukar-2022"),
        stage: name(stage),
        act,
        evidence: vec![],
        code: None,
    }
}

/// A ledger of `n` rutas, listed and visited.
fn write(path: &Path, origin: &str, from: usize, n: usize) {
    let mut store = Store::open(path, &name(origin)).unwrap();
    let moved = Act::Visited(SubjectVerdict::NotEligible(RemovalReason::Moved));
    let both = |i: usize| [entry(&format!("R{i}"), Act::Listed), entry(&format!("R{i}"), moved.clone())];
    for appended in store.append((from..from + n).flat_map(both).collect(), Workflows::builtin()).unwrap() {
        appended.unwrap();
    }
}

fn codes(found: &ledger::LedgerFile) -> Vec<&'static str> {
    found.soundness.faults.iter().map(Coded::code).collect()
}

#[test]
fn cut_anywhere_the_whole_lines_are_kept_and_the_cut_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("desa.jsonl");
    write(&path, "desa-1", 0, 3);
    let text = fs::read(&path).unwrap();
    let ends: Vec<usize> = text.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1).collect();
    for cut in (0..text.len()).step_by(7).chain(ends.iter().copied()) {
        fs::write(&path, &text[..cut]).unwrap();
        let found = ledger::read(&path).unwrap();
        // a line that lacks its line feed alone is whole
        let whole = ends.iter().filter(|end| **end <= cut + 1).count();
        assert_eq!(found.events.len(), whole, "cut at {cut}");
        assert_eq!(found.torn, !(cut == 0 || ends.contains(&cut) || ends.contains(&(cut + 1))));
        assert!(found.soundness.sound.iter().all(|s| *s));
        // the mark beside the file says how far it went
        assert_eq!(codes(&found).contains(&"ledger.truncated"), whole < ends.len());
        assert_eq!(Store::open(&path, &name("desa-1")).is_err(), whole < ends.len());
    }
    // a torn line that was never acknowledged is not damage: the mark lags behind the events, never ahead
    let mut torn = text.clone();
    torn.extend_from_slice(&text[..100]);
    fs::write(&path, torn).unwrap();
    let found = ledger::read(&path).unwrap();
    assert!(found.torn && found.is_whole());
    write(&path, "desa-1", 3, 1);
    let found = ledger::read(&path).unwrap();
    assert!(!found.torn && found.is_whole());
    assert_eq!(found.events.len(), 8);
}

#[test]
fn what_was_changed_reordered_or_removed_is_found_and_the_sound_part_kept() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("desa.jsonl");
    write(&path, "desa-1", 0, 5);
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let tried = |lines: &[&str]| {
        fs::write(&path, lines.join("\n") + "\n").unwrap();
        let found = ledger::read(&path).unwrap();
        let sound = found.soundness.sound.iter().filter(|s| **s).count();
        let refused = Store::open(&path, &name("desa-1")).err();
        assert!(matches!(refused, Some(LedgerError::Damaged { .. })));
        (codes(&found), found.unreadable.clone(), sound)
    };
    let changed = lines[3].replace("PINDAH", "MAMPU");
    let mut with = lines.clone();
    with[3] = &changed;
    let (found, _, sound) = tried(&with);
    assert!(found.contains(&"ledger.altered") && found.contains(&"ledger.truncated"), "{found:?}");
    assert_eq!(sound, 3);

    let mut swapped = lines.clone();
    swapped.swap(4, 5);
    assert_eq!(tried(&swapped), (vec!["ledger.reordered"], vec![], 10));

    let removed: Vec<&str> = lines.iter().enumerate().filter(|(i, _)| *i != 6).map(|(_, l)| *l).collect();
    let (found, _, sound) = tried(&removed);
    assert!(found.contains(&"ledger.previous_missing") && found.contains(&"ledger.truncated"));
    assert_eq!(sound, 6);

    let mut garbage = lines.clone();
    garbage[8] = "{\"origin\":";
    let (_, unreadable, sound) = tried(&garbage);
    assert_eq!((unreadable, sound), (vec![9], 8));

    // rewritten from some place on with sound hashes: only the mark knows
    fs::remove_file(&path).unwrap();
    let beside = dir.path().join("desa.jsonl.mark");
    let mark = fs::read(&beside).unwrap();
    fs::remove_file(&beside).unwrap();
    write(&path, "desa-1", 100, 5);
    fs::write(&beside, mark).unwrap();
    assert_eq!(codes(&ledger::read(&path).unwrap()), ["ledger.mark_differs"]);
}

#[test]
fn a_file_that_is_no_ledger_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.jsonl");
    fs::write(&path, "nama;alamat\nA;B\n").unwrap();
    assert!(matches!(ledger::read(&path), Err(LedgerError::NoLedger { .. })));
    assert!(matches!(ledger::read(&dir.path().join("none.db")), Err(LedgerError::Database { .. })));
}

#[test]
fn both_forms_hold_the_same_events_and_take_each_other_in() {
    let dir = tempfile::tempdir().unwrap();
    let (lines, db) = (dir.path().join("a.jsonl"), dir.path().join("b.db"));
    write(&lines, "desa-1", 0, 20);
    write(&db, "desa-2", 10, 20);
    let other = ledger::read(&db).unwrap();
    assert!(other.is_whole());
    let mut store = Store::open(&lines, &name("desa-1")).unwrap();
    assert_eq!(store.take_in(&other.events).unwrap(), 40);
    assert_eq!(store.take_in(&other.events).unwrap(), 0);
    drop(store);
    let mine = ledger::read(&lines).unwrap();
    assert_eq!(Store::open(&db, &name("desa-2")).unwrap().take_in(&mine.events).unwrap(), 40);
    let ordered = |path: &Path| {
        let found = ledger::read(path).unwrap();
        assert!(found.is_whole());
        let ledger = found.into_ledger();
        ledger.in_order().into_iter().map(Event::hash).collect::<Vec<_>>()
    };
    assert_eq!(ordered(&lines), ordered(&db));
}

#[test]
fn a_row_that_was_removed_from_the_database_is_missed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    write(&path, "desa-1", 0, 5);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute("delete from event where number = 10", []).unwrap();
    assert_eq!(codes(&ledger::read(&path).unwrap()), ["ledger.truncated"]);
    connection.execute("update event set event = replace(event, 'PINDAH', 'MAMPU') where number = 2", []).unwrap();
    assert!(codes(&ledger::read(&path).unwrap()).contains(&"ledger.altered"));
}

#[test]
fn many_append_to_one_database_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kabupaten.db");
    drop(Store::open(&path, &name("kabupaten")).unwrap());
    std::thread::scope(|scope| {
        for worker in 0..4usize {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path, &name("kabupaten")).unwrap();
                for i in 0..50 {
                    // every second subject is everybody's: who comes first lists it, the others are refused
                    let id = if i % 2 == 0 { format!("R{i}") } else { format!("W{worker}-{i}") };
                    let appended = store.append(vec![entry(&id, Act::Listed)], Workflows::builtin()).unwrap();
                    assert!(appended[0].is_ok() || i % 2 == 0);
                }
            });
        }
    });
    let found = ledger::read(&path).unwrap();
    assert!(found.is_whole() && found.soundness.faults.is_empty());
    assert_eq!(found.events.len(), 25 + 4 * 25);
    assert_eq!(found.soundness.marks[0].number, 125);
}
