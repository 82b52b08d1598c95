//! `bansos verivali merge --into` and `verify --sound`: killed, on a full disk, two at once, and into what they read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]
#![cfg(unix)]

mod common;

use bansos_registers::ledger::{self, LedgerFile};
use common::{Run, bansos, text};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::Duration;

const EACH: usize = 4000;

/// Two ledgers of two origins.
static LEDGERS: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    for origin in ["timur", "barat"] {
        let mut entries = String::new();
        for i in 0..EACH {
            writeln!(
                entries,
                r#"{{"subject":{{"kind":"household","id":"{origin}-{i}"}},"on":"2022-08-01","role":"dinsos","actor":"D-01","workflow":"kukar-2022","stage":"daftar-awal","act":"listed"}}"#
            )
            .unwrap();
        }
        let (ledger, list) = (dir.path().join(format!("{origin}.jsonl")), dir.path().join("entri.jsonl"));
        fs::write(&list, entries).unwrap();
        let append = bansos().args(["verivali", "append"]).arg(ledger).args(["--origin", origin, "--batch", "4000"]);
        append.arg("--entries").arg(list).succeeds();
    }
    dir
});

fn one(origin: &str) -> PathBuf {
    LEDGERS.path().join(format!("{origin}.jsonl"))
}

fn merge(from: &Path, into: &Path) -> Run {
    bansos().args(["verivali", "merge"]).arg(from).arg("--into").arg(into)
}

/// A ledger that nothing is wrong with, its marks neither.
fn sound(path: &Path, events: usize) -> LedgerFile {
    let found = ledger::read(path).unwrap();
    assert!(found.soundness.faults.is_empty(), "{:?}", found.soundness.faults);
    assert_eq!((found.events.len(), found.torn), (events, false));
    found
}

#[test]
fn a_killed_merge_leaves_a_whole_ledger_and_the_next_one_ends_it() {
    for form in ["jsonl", "db"] {
        for round in 1..9u64 {
            let dir = tempfile::tempdir().unwrap();
            let into = dir.path().join("buku").with_extension(form);
            merge(&one("barat"), &into).succeeds();
            let mut child = merge(&one("timur"), &into).0.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(round * round * 4));
            child.kill().unwrap(); // SIGKILL
            child.wait().unwrap();
            let found = ledger::read(&into).unwrap();
            assert!(found.is_whole() && found.events.len() >= EACH, "{:?}", found.soundness.faults);
            merge(&one("timur"), &into).succeeds();
            sound(&into, 2 * EACH);
        }
    }
}

#[test]
fn the_marks_that_a_killed_merge_did_not_come_to_are_written_by_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let (into, mark) = (dir.path().join("buku.jsonl"), dir.path().join("buku.jsonl.mark"));
    merge(&one("barat"), &into).succeeds();
    let whole = fs::read(&mark).unwrap();
    fs::remove_file(&mark).unwrap();
    merge(&one("barat"), &into).succeeds();
    assert!(fs::read(&mark).unwrap() == whole);
}

#[test]
fn a_merge_on_a_full_disk_loses_nothing() {
    for form in ["jsonl", "db"] {
        let dir = tempfile::tempdir().unwrap();
        let into = dir.path().join("buku").with_extension(form);
        merge(&one("barat"), &into).succeeds();
        let blocks = fs::metadata(&into).unwrap().len() / 1024 + 40;
        let full = merge(&one("timur"), &into).0;
        let mut shell = std::process::Command::new("bash");
        shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
        let said = shell.arg(full.get_program()).args(full.get_args()).output().unwrap();
        assert_eq!(said.status.code(), Some(4), "{}", text(&said.stderr));
        let found = ledger::read(&into).unwrap();
        assert!(found.is_whole() && found.events.len() >= EACH, "{:?}", found.soundness.faults);
        merge(&one("timur"), &into).succeeds();
        sound(&into, 2 * EACH);
    }
}

#[test]
fn two_merges_at_once_both_arrive() {
    for form in ["jsonl", "db"] {
        for _ in 0..3 {
            let dir = tempfile::tempdir().unwrap();
            let into = dir.path().join("buku").with_extension(form);
            let begin = |from: &str| merge(&one(from), &into).0.stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
            let both = ["timur", "barat"].map(|from| begin(from).unwrap());
            for said in both.map(|child| child.wait_with_output().unwrap()) {
                assert!(said.status.success(), "{}", text(&said.stderr));
            }
            sound(&into, 2 * EACH);
        }
    }
}

#[test]
fn merged_into_what_it_reads_a_ledger_stays_and_what_is_none_is_left() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let ledger = at("buku.jsonl");
    merge(&one("barat"), &ledger).succeeds();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&ledger), mode(&at("buku.jsonl.mark"))), (0o600, 0o600));
    let before = fs::read(&ledger).unwrap();
    symlink(&ledger, at("tautan.jsonl")).unwrap();
    fs::hard_link(&ledger, at("keras.jsonl")).unwrap();
    for into in ["buku.jsonl", "tautan.jsonl", "keras.jsonl"] {
        merge(&ledger, &at(into)).succeeds();
        assert!(fs::read(&ledger).unwrap() == before, "{into}");
    }
    // marks stand beside the file, not beside a link to it
    merge(&one("timur"), &at("tautan.jsonl")).succeeds();
    assert!(!at("tautan.jsonl.mark").exists());
    sound(&ledger, 2 * EACH);
    let rules = at("alur.toml");
    fs::write(&rules, "id = 'x'").unwrap();
    for into in [rules, dir.path().to_owned(), ledger.join("dalam"), at("buku.jsonl.mark")] {
        assert!(matches!(merge(&one("barat"), &into).output().status.code(), Some(3 | 4)), "{}", into.display());
    }
    assert_eq!(fs::read_to_string(at("alur.toml")).unwrap(), "id = 'x'");
    sound(&ledger, 2 * EACH);
    // the sound part of a damaged one
    let text = fs::read_to_string(&ledger).unwrap().replacen("barat-7\"", "barat-8\"", 1);
    fs::write(at("rusak.jsonl"), text).unwrap();
    let verify = || bansos().args(["verivali", "verify"]).arg(at("rusak.jsonl")).arg("--sound");
    verify().arg(at("utuh.jsonl")).fails(5);
    assert!(ledger::read(&at("utuh.jsonl")).unwrap().events.len() < 2 * EACH);
    verify().arg(at("rusak.jsonl")).fails(4);
}
