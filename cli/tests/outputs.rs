//! Every command that writes: whole or not at all, never on, in or around what it reads, for the owner alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]
#![cfg(unix)]

mod common;

use common::{Run, bansos, text};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::Duration;

/// What commands read, made once: registers, a result, a linked table, tables, codes, a ledger, a key.
static INPUTS: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    bansos().arg("synth").arg(at("reg")).args(["-n", "60"]).succeeds();
    bansos().arg("run").arg(at("reg")).arg("--out").arg(at("hasil")).args(["--as-of", "2026-01-01"]).succeeds();
    let nik: String = (0..60).map(|i| format!("350810{:02}0180{},ORANG\n", i % 28 + 1, 9001 + i)).collect();
    fs::write(at("nik.csv"), format!("nik,nama\n{nik}")).unwrap();
    let settings = serde_json::json!({
        "unique_id": "nik", "blocking": [[{ "column": "nama" }]], "prior": 0.01,
        "comparisons": [{ "name": "nik", "levels": [
            { "label": "equal", "when": { "exact": { "column": "nik" } }, "m": 0.9, "u": 0.01 },
            { "label": "else", "when": "else", "m": 0.1, "u": 0.99 }] }],
    });
    fs::write(at("settings.json"), settings.to_string()).unwrap();
    fs::write(at("key"), (7..47).collect::<Vec<u8>>()).unwrap();
    let score: String = (0..40).map(|i| format!("K{i},{}\n", i * 37 % 101)).collect();
    fs::write(at("skor.csv"), format!("id,skor\n{score}")).unwrap();
    let code = |n: u8| format!("{n},{}\n", "0123456789abcdef".repeat(8));
    fs::write(at("codes.csv"), format!("row,clk\n{}", code(1))).unwrap();
    let listed = "id,desa\nR1,6402012001\nR2,6402012001\n";
    fs::write(at("daftar.csv"), listed).unwrap();
    fs::write(at("kunjungan.csv"), "desa,jumlah\n6402012001,4\n").unwrap();
    fs::write(at("petugas.csv"), "petugas,desa\nP1,6402012001\n").unwrap();
    let import = bansos().args(["verivali", "import"]).arg(at("daftar.csv")).arg("--ledger").arg(at("buku.jsonl"));
    import.args(IMPORT).succeeds();
    dir
});

const IMPORT: &[&str] = &[
    "--origin",
    "dinsos",
    "--id",
    "id",
    "--on",
    "2022-08-01",
    "--list",
    "--stage",
    "daftar-awal",
    "--place",
    "desa",
    "--workflow",
    "kukar-2022",
    "--role",
    "dinsos",
    "--actor",
    "K-01",
];

/// The same once more.
const RELIST: &str = "verivali import @daftar.csv --ledger @buku.jsonl --origin dinsos --id id --on 2022-08-01 --list \
     --stage daftar-awal --place desa --workflow kukar-2022 --role dinsos --actor K-01";

fn input(name: &str) -> PathBuf {
    INPUTS.path().join(name)
}

/// A command that writes: what it reads, and how its output is named.
struct Writer {
    name: &'static str,
    args: Vec<PathBuf>,
    reads: Vec<&'static str>,
    out: &'static str,
    /// How it ends: rows that a ledger refuses are no success.
    ends: i32,
}

impl Writer {
    fn run(&self, out: &Path) -> Run {
        let run = bansos().args(&self.args);
        if self.out.is_empty() { run.arg(out) } else { run.arg(self.out).arg(out) }
    }

    /// Runs it to its end.
    fn ends(&self, out: &Path) {
        self.run(out).fails(self.ends);
    }
}

fn writer(words: &'static str, reads: &[&'static str], out: &'static str) -> Writer {
    let word = |word: &'static str| match word.strip_prefix('@') {
        Some(name) => input(name),
        None => PathBuf::from(word),
    };
    let name = words.split(" @").next().unwrap();
    Writer { name, args: words.split_whitespace().map(word).collect(), reads: reads.to_vec(), out, ends: 0 }
}

/// All of them.
fn writers() -> Vec<Writer> {
    vec![
        writer("run @reg --as-of 2026-01-01", &["reg"], "--out"),
        writer("link @reg --as-of 2026-01-01", &["reg"], "--out"),
        writer("dedupe @nik.csv --settings @settings.json", &["nik.csv", "settings.json"], "--out"),
        writer("rank @skor.csv --score skor --key id", &["skor.csv"], "--out"),
        writer("report @hasil", &["hasil", "hasil/report.json"], "--out"),
        writer("report @hasil", &["hasil"], "--annex"),
        writer("nik check @nik.csv", &["nik.csv"], "--out"),
        writer("nik decode @nik.csv", &["nik.csv"], "--out"),
        writer("nik repair @nik.csv", &["nik.csv"], "--out"),
        writer("nik mask @nik.csv", &["nik.csv"], "--out"),
        writer("nik pseudonymise @nik.csv --key-file @key", &["nik.csv", "key"], "--out"),
        writer("region name @nik.csv --column nama", &["nik.csv"], "--out"),
        writer("region code @nik.csv --regency nama", &["nik.csv"], "--out"),
        writer("clk encode @reg --key-file @key", &["reg", "key"], "--out"),
        writer("clk link @codes.csv @codes.csv", &["codes.csv"], "--out"),
        writer("allocate @hasil --place pkh", &["hasil"], "--out"),
        writer("verivali recap @buku.jsonl --by desa", &["buku.jsonl"], "--out"),
        writer("verivali export @buku.jsonl --map siks-droid --column hasil_verivali", &["buku.jsonl"], "--out"),
        writer(
            "verivali plan --targets @kunjungan.csv --officers @petugas.csv --start 2026-01-05",
            &["kunjungan.csv", "petugas.csv"],
            "--out",
        ),
        // everybody of the list is on it already: the rest is all rows
        Writer { ends: 5, ..writer(RELIST, &["daftar.csv", "buku.jsonl", "buku.jsonl.mark"], "--rest") },
        writer("synth -n 5", &[], ""),
    ]
}

/// All files below a path and what they hold.
fn content(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    if path.is_file() {
        return BTreeMap::from([(path.to_owned(), fs::read(path).unwrap())]);
    }
    fs::read_dir(path).unwrap().flat_map(|entry| content(&entry.unwrap().path())).collect()
}

/// The files of an output, and whether there is something in each.
fn names(path: &Path) -> Vec<(PathBuf, bool)> {
    content(path).into_iter().map(|(path, content)| (path, !content.is_empty())).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn an_output_never_touches_an_input() {
    let before = content(INPUTS.path());
    let aside = tempfile::tempdir().unwrap();
    for command in writers() {
        for read in &command.reads {
            let read = input(read);
            let link = aside.path().join(format!(
                "{}-{}",
                command.name.replace(' ', "-"),
                read.file_name().unwrap().display()
            ));
            let _ = symlink(&read, &link);
            for out in [read.clone(), link, read.join("dalam"), INPUTS.path().to_owned()] {
                let said = command.run(&out).fails(4);
                assert!(said.contains("write.over_input"), "{} --out {}: {said}", command.name, out.display());
            }
        }
        assert!(content(INPUTS.path()) == before, "{} changed what it reads", command.name);
    }
}

#[test]
fn what_is_written_is_for_the_owner_alone_and_replaces_whole() {
    for command in writers() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("keluaran.csv");
        command.ends(&out);
        let first = content(&out);
        assert!(!first.is_empty(), "{}", command.name);
        assert_eq!(mode(&out), if out.is_dir() { 0o700 } else { 0o600 }, "{}", command.name);
        first.keys().for_each(|file| assert_eq!(mode(file), 0o600, "{} {}", command.name, file.display()));
        if !command.out.is_empty() {
            command.ends(&out);
        }
        let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left.len(), 1, "{} leaves {left:?}", command.name);
    }
}

#[test]
fn a_full_disk_leaves_the_old_output() {
    // a size that no file may pass stands for a disk that is full: the system refuses the same call
    for command in writers().into_iter().filter(|c| !c.out.is_empty()) {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("keluaran.csv");
        command.ends(&out);
        let before = content(&out);
        let full = command.run(&out).0;
        let mut shell = std::process::Command::new("sh");
        shell
            .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""])
            .arg(full.get_program())
            .args(full.get_args());
        let said = shell.output().unwrap();
        assert_eq!(said.status.code(), Some(4), "{}: {}", command.name, text(&said.stderr));
        assert!(content(&out) == before, "{}", command.name);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "{} leaves something beside", command.name);
    }
}

#[test]
fn a_killed_command_leaves_the_old_output_or_the_new() {
    for command in writers().into_iter().filter(|c| !c.out.is_empty()) {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("keluaran.csv");
        command.ends(&out);
        let whole = names(&out);
        for round in 0..6u64 {
            let mut child = command.run(&out).0.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(round * round));
            child.kill().unwrap(); // SIGKILL
            child.wait().unwrap();
            assert_eq!(names(&out), whole, "{}", command.name);
        }
    }
}

#[test]
fn two_at_once_leave_one_whole_output() {
    for command in writers().into_iter().filter(|c| !c.out.is_empty()) {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("keluaran.csv");
        command.ends(&out);
        let whole = names(&out);
        for _ in 0..3 {
            let begin = || command.run(&out).0.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
            let both = [begin(), begin()].map(|child| child.wait_with_output().unwrap());
            let codes = both.each_ref().map(|said| said.status.code());
            let said = both.iter().map(|said| text(&said.stderr)).collect::<String>();
            // whoever comes second may be refused, and says so
            let done = Some(command.ends);
            assert!(codes.contains(&done) && codes.iter().all(|c| *c == done || *c == Some(4)), "{codes:?} {said}");
            assert_eq!(names(&out), whole, "{}", command.name);
            assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "{} leaves something beside", command.name);
        }
    }
}

#[test]
fn files_of_the_office_in_a_result_stay() {
    for command in writers().into_iter().filter(|c| !c.out.is_empty()) {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("keluaran.csv");
        command.ends(&out);
        if !out.is_dir() {
            continue;
        }
        fs::write(out.join("catatan-kepala-dinas.docx"), "penting").unwrap();
        assert!(command.run(&out).fails(4).contains("write.yours"), "{}", command.name);
        assert!(out.join("catatan-kepala-dinas.docx").exists());
    }
}

#[test]
fn what_is_not_there_yet_is_an_input_by_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let import = |ledger: &str, rest: &str| {
        let run = bansos().args(["verivali", "import"]).arg(input("daftar.csv")).args(IMPORT);
        run.arg("--ledger").arg(at(ledger)).arg("--rest").arg(at(rest))
    };
    // a ledger that is begun, what lies beside it, what the library of a database keeps beside that
    for (ledger, rest) in [
        ("baru.jsonl", "baru.jsonl"),
        ("baru.jsonl", "baru.jsonl.mark"),
        ("b.db", "b.db-wal"),
        ("b.db", "b.db-journal"),
    ] {
        assert!(import(ledger, rest).fails(4).contains("write.over_input"), "{ledger} {rest}");
    }
    let recap = bansos().args(["verivali", "recap"]).arg(input("buku.jsonl")).arg("--out");
    assert!(recap.arg(input("buku.jsonl.mark")).fails(4).contains("write.over_input"));
    let sound = bansos().args(["verivali", "verify"]).arg(input("buku.jsonl")).arg("--sound");
    assert!(sound.arg(input("buku.jsonl")).fails(4).contains("write.over_input"));
    // two outputs at one place
    let report = || bansos().arg("report").arg(input("hasil"));
    for (page, annex) in [("r", "r"), ("r/halaman.html", "r"), ("r", "r/tabel")] {
        let both = report().arg("--out").arg(at(page)).arg("--annex").arg(at(annex));
        assert!(both.fails(4).contains("write.over_input"), "{page} {annex}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    import("baru.jsonl", "sisa.csv").succeeds();
}

#[test]
fn registers_that_were_made_up_are_no_result() {
    let dir = tempfile::tempdir().unwrap();
    let (reg, out) = (dir.path().join("reg"), dir.path().join("out"));
    bansos().arg("synth").arg(&reg).args(["-n", "5"]).succeeds();
    assert!(bansos().arg("run").arg(input("reg")).arg("--out").arg(&reg).fails(4).contains("write.exists"));
    assert!(bansos().arg("synth").arg(&reg).args(["-n", "6"]).fails(4).contains("write.exists"));
    bansos().arg("synth").arg(&reg).args(["-n", "6", "--force"]).succeeds();
    bansos().arg("run").arg(&reg).arg("--out").arg(&out).succeeds();
    assert!(bansos().arg("synth").arg(&out).args(["-n", "6", "--force"]).fails(4).contains("write.exists"));
}

/// Runs with the answer going to a file of the system.
fn into(mut run: Run, to: Stdio) -> (Option<i32>, String) {
    let said = run.0.stdout(to).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    (said.status.code(), text(&said.stderr))
}

/// A pipe that nobody reads.
fn closed() -> Stdio {
    let mut gone = std::process::Command::new("true").stdin(Stdio::piped()).spawn().unwrap();
    let pipe = gone.stdin.take().unwrap();
    gone.wait().unwrap();
    pipe.into()
}

#[test]
fn a_reader_that_stops_is_quiet_and_a_full_answer_is_a_failure() {
    let answers = |words: &str| {
        let word = |word: &str| word.strip_prefix('@').map_or_else(|| PathBuf::from(word), input);
        bansos().args(words.split_whitespace().map(word).collect::<Vec<_>>())
    };
    let out = tempfile::tempdir().unwrap();
    let commands = [
        "read @reg",
        "read @reg --json",
        "link @reg --count",
        "dedupe @nik.csv --settings @settings.json --count",
        "rank @skor.csv --score skor",
        "report @hasil",
        "nik check @nik.csv --quiet",
        "nik mask @nik.csv",
        "nik decode @nik.csv --json",
        "region search lumajang",
        "region name @nik.csv --column nama",
        "policy show",
        "policy conflicts",
        "simulate @hasil --as-of 2026-01-01",
        "allocate @hasil --place pkh",
        "targeting @hasil --programme pkh --budget 1000000000",
        "verivali verify @buku.jsonl",
        "verivali recap @buku.jsonl",
        "verivali merge @buku.jsonl --into @buku.jsonl",
        "completions bash",
        "--help",
        "--version",
    ];
    for words in commands {
        let whole = answers(words).output();
        let (code, said) = into(answers(words), closed());
        assert!(!said.contains("panicked"), "{words}: {said}");
        // of rows that stream by, nobody knows what the rest would have been
        let streams = words.starts_with("nik check").then_some(Some(0));
        assert_eq!(code, streams.unwrap_or(whole.status.code()), "{words}: {said}");
        assert!(!whole.stdout.contains(&0x1b), "{words} colours what no terminal reads");
        if whole.status.success() && !whole.stdout.is_empty() {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let (code, said) = into(answers(words), full.into());
            assert_eq!(code, Some(4), "{words}: {said}");
        }
    }
    // a run whose summary nobody reads is done all the same
    let run =
        |to: Stdio, name: &str| into(bansos().arg("run").arg(input("reg")).arg("--out").arg(out.path().join(name)), to);
    assert_eq!(run(closed(), "a").0, Some(0));
    assert_eq!(run(fs::OpenOptions::new().write(true).open("/dev/full").unwrap().into(), "b").0, Some(4));
    assert!(out.path().join("a/report.html").exists() && out.path().join("b/report.html").exists());
}

#[test]
fn an_identifier_that_was_typed_is_not_repeated() {
    for args in [
        vec!["3508105203809001"],
        vec!["run", "x", "--3508105203809001"],
        vec!["rank", "x", "--by", "3508105203809001"],
    ] {
        let said = bansos().args(args).fails(2);
        assert!(!said.contains("35081052") && said.contains("****"), "{said}");
    }
}
