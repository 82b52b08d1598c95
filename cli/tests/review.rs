//! `bansos review`: one person at a file of answers, and every answer is on the disk before the next question.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]
#![cfg(unix)]

mod common;

use common::{Run, bansos, csv_rows, text};
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::LazyLock;

static REGISTERS: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    bansos().arg("synth").arg(dir.path().join("reg")).args(["-n", "250", "--seed", "4", "--noise", "3"]).succeeds();
    dir
});

fn registers() -> PathBuf {
    REGISTERS.path().join("reg")
}

fn review(answers: &Path) -> Run {
    bansos().arg("review").arg(registers()).arg("--decisions").arg(answers)
}

/// The answers of a file, as `link` reads them too.
fn answered(answers: &Path) -> Vec<String> {
    bansos().arg("link").arg(registers()).arg("--count").arg("--decisions").arg(answers).succeeds();
    let rows = csv_rows(answers);
    let same = rows[0].iter().position(|name| name == "same").unwrap();
    rows[1..].iter().map(|row| row[same].clone()).collect()
}

/// Somebody at the questions, who has been asked the first.
fn begin(answers: &Path) -> Child {
    let mut child = review(answers).0.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    asked(&mut child);
    child
}

/// Waits for the end of a question.
fn asked(child: &mut Child) {
    let (mut said, mut byte) = (Vec::new(), [0u8]);
    while !said.ends_with("[s]elesai:".as_bytes()) {
        child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
        said.push(byte[0]);
    }
}

#[test]
fn a_second_one_at_the_same_answers_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let answers = dir.path().join("putusan.csv");
    let mut first = begin(&answers);
    assert!(review(&answers).fails(4).contains("cli.in_use"));
    first.stdin.as_mut().unwrap().write_all(b"y\ns\n").unwrap();
    assert!(first.wait().unwrap().success());
    assert_eq!(answered(&answers), ["ya"]);
    assert_eq!(fs::metadata(&answers).unwrap().permissions().mode() & 0o777, 0o600);
    review(&answers).answers("t\ns\n");
    assert_eq!(answered(&answers), ["ya", "tidak"]);
}

#[test]
fn a_killed_one_has_lost_no_answer() {
    let dir = tempfile::tempdir().unwrap();
    let answers = dir.path().join("putusan.csv");
    for round in 0..6 {
        let mut child = begin(&answers);
        child.stdin.as_mut().unwrap().write_all(b"t\n").unwrap();
        asked(&mut child);
        child.kill().unwrap(); // SIGKILL
        child.wait().unwrap();
        assert_eq!(answered(&answers).len(), round + 1);
    }
    // stopped between beginning the file and its header
    fs::write(&answers, "").unwrap();
    review(&answers).answers("t\ns\n");
    assert_eq!(answered(&answers), ["tidak"]);
}

#[test]
fn a_full_disk_leaves_whole_answers() {
    for blocks in [0, 1, 2] {
        let dir = tempfile::tempdir().unwrap();
        let answers = dir.path().join("putusan.csv");
        review(&answers).answers("t\ns\n");
        let before = fs::read_to_string(&answers).unwrap();
        let full = review(&answers).0;
        let mut shell = std::process::Command::new("bash");
        shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
        shell.arg(full.get_program()).args(full.get_args());
        let mut child = shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all("t\n".repeat(30).as_bytes()).unwrap();
        let said = child.wait_with_output().unwrap();
        assert_eq!(said.status.code(), Some(4), "{}", text(&said.stderr));
        let after = fs::read_to_string(&answers).unwrap();
        assert!(after.starts_with(&before) && after.ends_with('\n'), "{after}");
        let there = answered(&answers).len();
        assert!(there < 30, "some did not fit");
        review(&answers).answers("y\ns\n");
        assert_eq!(answered(&answers).len(), there + 1);
    }
}

#[test]
fn answers_take_the_form_of_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let answers = dir.path().join("putusan.csv");
    review(&answers).answers("t\nt\ns\n");
    // as Excel with Indonesian settings saves it, and as an editor that ends no line
    let semicolons = |row: &Vec<String>| row[..8].join(";");
    let saved: Vec<String> = csv_rows(&answers).iter().map(semicolons).collect();
    fs::write(&answers, format!("\u{feff}{}", saved.join("\r\n"))).unwrap();
    review(&answers).answers("y\ns\n");
    assert_eq!(answered(&answers), ["tidak", "tidak", "ya"]);
    // another order, and a column of the office's own
    let mine = "catatan,same,source_b,file_b,row_b,source_a,file_a,row_a\n";
    fs::write(&answers, mine).unwrap();
    review(&answers).answers("y\ns\n");
    assert_eq!(answered(&answers), ["ya"]);
    for foreign in ["a,b\n1,2\n", "catatan tanpa akhir baris", "source_a;file_a,row_a\n"] {
        fs::write(&answers, foreign).unwrap();
        assert!(!review(&answers).output().status.success());
        assert_eq!(fs::read_to_string(&answers).unwrap(), foreign);
    }
}
