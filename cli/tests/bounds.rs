//! What is named on the command line may be without end, and what it counts may be more than anybody has.
#![allow(clippy::unwrap_used, reason = "a test")]
#![cfg(unix)]

mod common;

use common::{Run, bansos};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn words(words: &str, at: &Path) -> Run {
    let word = |word: &str| word.strip_prefix('@').map_or_else(|| PathBuf::from(word), |name| at.join(name));
    bansos().args(words.split_whitespace().map(word))
}

const APPEND: &str = "verivali append @buku.jsonl --origin desa --subject household:R1 --act listed --stage daftar-awal \
    --workflow kukar-2022 --role dinsos --actor K1 --on 2022-08-01";

#[test]
fn small_files_and_lines_have_a_limit() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("panjang"), " ".repeat((16 << 20) + 1)).unwrap();
    fs::write(at("skor.csv"), "id,skor\nA,1\n").unwrap();
    bansos().arg("synth").arg(at("reg")).args(["-n", "5"]).succeeds();
    for command in [
        "dedupe @skor.csv --settings @panjang --out @hasil",
        "link @reg --settings @panjang --count",
        "read @reg --layout @panjang",
        "policy lint @panjang",
        "decide @panjang --own @panjang",
        "decide @panjang --programme pkh --on 2025-07-01",
        "run @reg --overlay @panjang --out @hasil",
        "verivali merge @buku.jsonl --into @lain.jsonl --rules @panjang",
        "verivali append @buku.jsonl --origin desa --entries @panjang",
        "decide /dev/zero --programme pkh --on 2025-07-01",
        "verivali append @buku.jsonl --origin desa --entries /dev/zero",
        &format!("{APPEND} --evidence minutes=/dev/zero"),
    ] {
        let said = words(command, dir.path()).fails(3);
        assert!(said.contains("cli.too_long"), "{command}: {said}");
    }
}

#[test]
fn a_pipe_or_a_device_is_no_ledger_and_no_register() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    bansos().arg("synth").arg(at("reg")).args(["-n", "5"]).succeeds();
    for name in ["pipa.csv", "pipa", "pipa.xlsx"] {
        assert!(Command::new("mkfifo").arg(at("reg").join(name)).status().unwrap().success());
    }
    let said = words("read @reg --lang en", dir.path()).succeeds();
    assert_eq!(said.matches("this is no file").count(), 3, "{said}");
    for ledger in ["/dev/zero", "@reg/pipa"] {
        let said = words(&format!("verivali verify {ledger}"), dir.path()).fails(3);
        assert!(said.contains("ledger.no_ledger"), "{said}");
        let said = words(&APPEND.replace("@buku.jsonl", ledger), dir.path()).fails(4);
        assert!(said.contains("ledger.no_ledger"), "{said}");
    }
    // nor what holds line after line of something else
    fs::write(at("log.jsonl"), "baris\n".repeat(100_000)).unwrap();
    assert!(words("verivali verify @log.jsonl", dir.path()).fails(3).contains("ledger.no_ledger"));
}

#[test]
fn a_number_of_targets_has_a_limit() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("petugas.csv"), "petugas,desa\nP1,6402012001\n").unwrap();
    for targets in ["6402012001,4000000000\n", "6402012001,4000000000\n6402012001,4000000000\n", "6402012001,5000001\n"]
    {
        fs::write(dir.path().join("sasaran.csv"), format!("desa,jumlah\n{targets}")).unwrap();
        let plan = "verivali plan --targets @sasaran.csv --officers @petugas.csv --start 2026-01-05 --out @rencana";
        assert!(words(plan, dir.path()).fails(3).contains("plan.too_many"), "{targets}");
    }
}

#[test]
fn noise_is_a_number_from_nothing_on() {
    let dir = tempfile::tempdir().unwrap();
    for noise in ["NaN", "inf", "-1", "1e999"] {
        let said = words(&format!("synth @reg -n 5 --noise={noise}"), dir.path()).fails(2);
        assert!(said.contains("synth.unknown_rate"), "{noise}: {said}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}
