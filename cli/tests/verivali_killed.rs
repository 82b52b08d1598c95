//! kill −9 while a ledger is being appended to: what was acknowledged is there, and at most one event more.

#![cfg(unix)]

mod common;

use common::bansos;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// Entries that list rutas `from` to `to`.
fn entries(path: &Path, from: usize, to: usize) {
    let mut text = String::new();
    for i in from..to {
        writeln!(
            text,
            r#"{{"subject":{{"kind":"household","id":"R{i}"}},"on":"2022-08-01","role":"dinsos","actor":"D-01","workflow":"kukar-2022","stage":"daftar-awal","act":"listed"}}"#
        )
        .unwrap();
    }
    fs::write(path, text).unwrap();
}

fn survives(ledger: &str) {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let (mut there, mut killed) = (0usize, 0);
    for round in 0..12u64 {
        entries(&dir.join("e.jsonl"), there, there + 20_000);
        let mut append = bansos().arg("verivali").0;
        append.current_dir(dir).args(["append", ledger, "--origin", "desa", "--entries", "e.jsonl"]);
        let acks = File::create(dir.join("acks")).unwrap();
        let mut child = append.stdout(acks).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(30 + 23 * round));
        child.kill().unwrap(); // SIGKILL
        killed += usize::from(!child.wait().unwrap().success());
        let acks = fs::read_to_string(dir.join("acks")).unwrap();
        // an acknowledgement that was itself cut short was not given
        let acknowledged: Vec<&str> = acks.split_inclusive('\n').filter_map(|l| l.strip_suffix('\n')).collect();

        let path = dir.join(ledger);
        if !path.exists() {
            assert!(acknowledged.is_empty());
            continue;
        }
        let found = bansos_registers::ledger::read(&path).unwrap();
        assert!(found.is_whole(), "{:?}", found.soundness.faults);
        let now = found.events.len();
        assert!(now >= there + acknowledged.len(), "{} acknowledged, {} there", acknowledged.len(), now - there);
        assert!(now <= there + acknowledged.len() + 1, "{} acknowledged, {} there", acknowledged.len(), now - there);
        for (event, hash) in found.events[there..].iter().zip(&acknowledged) {
            assert_eq!(&event.hash().hex(), hash);
        }
        there = now;
    }
    assert!(killed == 12 && there > 12, "{killed} killed, {there} events: too slow or too fast to tell");
}

#[test]
fn a_file_of_lines_survives() {
    survives("l.jsonl");
}

#[test]
fn a_database_survives() {
    survives("l.db");
}
