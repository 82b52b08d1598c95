//! Killed at any moment, there is the old result or the new one, never half of either.

#![cfg(unix)]

mod common;

use common::{bansos, json};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

const FILES: [&str; 10] = [
    "crosswalk.csv",
    "persons.parquet",
    "families.parquet",
    "findings.parquet",
    "findings.csv",
    "quarantine.csv",
    "duplicates.csv",
    "deciles.csv",
    "decisions.parquet",
    "report.html",
];

/// A DTKS file of so many persons.
fn dtks(path: &Path, persons: usize) {
    let mut text = String::from(
        "IDDTKS;PROVINSI;KABUPATEN;KECAMATAN;KELURAHAN;ALAMAT;NOKK;NIK;NAMA;TEMPAT_LAHIR;TGL_LAHIR;JENIS_KELAMIN;NAMA_IBU_KANDUNG;HUB_KELUARGA;PEKERJAAN;PKH;BPNT;BST\n",
    );
    for i in 0..persons {
        let (day, month, serial) = (i % 28 + 1, i / 28 % 12 + 1, 9001 + i / 336);
        writeln!(
            text,
            "3508{i:07};JAWA TIMUR;KABUPATEN LUMAJANG;TEMPEH;TEMPEH LOR;Dusun Krajan;350810120115{serial};350810{day:02}{month:02}80{serial};NAMA ORANG{i};LUMAJANG;{day:02}/{month:02}/1980;LAKI-LAKI;IBU{i};KEPALA KELUARGA;PETANI;TIDAK;TIDAK;TIDAK"
        )
        .unwrap();
    }
    fs::write(path, text).unwrap();
}

#[test]
fn a_killed_run_leaves_the_old_result_or_the_new() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir(&folder).unwrap();
    let rows = |out: &Path| json(&out.join("summary.json"))["rows"]["accepted"].as_u64().unwrap();
    let mut killed = 0;
    let mut expected = 0;
    for round in 0..14usize {
        let persons = 2_000 + round;
        dtks(&folder.join("dtks.csv"), persons);
        let mut run = bansos().arg("run").arg(&folder).arg("--out").arg(&out).0;
        let mut child = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if round > 0 {
            // from before the reading to after the end
            std::thread::sleep(Duration::from_millis(40 * round as u64));
            child.kill().unwrap(); // SIGKILL
        }
        let finished = child.wait().unwrap().success();
        killed += usize::from(!finished);
        let there = rows(&out);
        assert!(there == expected || there == persons as u64, "neither the old result nor the new");
        assert!(!finished || there == persons as u64);
        for name in FILES {
            assert!(fs::metadata(out.join(name)).unwrap().len() > 0, "{name} is missing after a kill");
        }
        expected = there;
    }
    assert!(killed > 0, "no run was killed in time; make the register larger");
    // what killed runs left beside the result is swept away by the next one
    bansos().arg("run").arg(&folder).arg("--out").arg(&out).succeeds();
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
}
