//! The main job on real-shaped registers, where they stand beside the project.

mod common;

use common::{bansos, csv_rows, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of registers, or a visible word that it is not there.
fn registers(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/registers").join(name);
    if folder.is_dir() {
        Some(folder)
    } else {
        eprintln!("SKIPPED: no registers of {name} beside the project");
        None
    }
}

fn closes_on(name: &str, expected: &[(&str, u64)]) {
    let Some(folder) = registers(name) else { return };
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    bansos().arg("run").arg(&folder).arg("--out").arg(&out).args(["--as-of", "2026-11-22"]).succeeds();

    let summary = json(&out.join("summary.json"));
    for part in ["rows", "persons", "families"] {
        assert_eq!(summary[part]["closes"], true, "{part} of {name}");
    }
    let read: BTreeMap<&str, u64> = summary["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            assert_eq!(f["read"], f["accepted"].as_u64().unwrap() + f["quarantined"].as_u64().unwrap());
            (f["file"].as_str().unwrap(), f["read"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(read, expected.iter().copied().collect());

    // one line for every row that stands for a person
    let crosswalk = csv_rows(&out.join("crosswalk.csv"));
    assert_eq!(crosswalk[0], ["source", "row", "person_id", "family_id", "file", "sheet"]);
    let lines = |source: &str| crosswalk.iter().filter(|r| r[0] == source).count() as u64;
    let members: u64 = expected.iter().filter(|(f, _)| !f.contains("keluarga")).map(|(_, n)| n).sum();
    assert_eq!(lines("dtks") + lines("p3ke") + lines("regsosek"), members);

    let report = std::fs::read_to_string(out.join("report.html")).unwrap();
    for person in csv_rows(&folder.join("truth/people.csv")).iter().skip(1).take(300) {
        let (nik, name) = (&person[2], &person[3]);
        assert!(!report.contains(nik.as_str()), "a NIK stands in the report");
        assert!(!(name.contains(' ') && report.contains(name.as_str())), "a name stands in the report");
    }
}

#[test]
fn lumajang_closes() {
    closes_on(
        "lumajang",
        &[
            ("dtks.xlsx", 5_999),
            ("p3ke.csv", 2_980),
            ("regsosek_anggota.csv", 12_805),
            ("regsosek_keluarga.csv", 3_799),
        ],
    );
}

#[test]
fn kutai_kartanegara_closes() {
    let Some(folder) = registers("kutai-kartanegara") else { return };
    let count = |name: &str| csv_rows(&folder.join(name)).len() as u64 - 1;
    let files = ["dtks.csv", "p3ke.csv", "regsosek_anggota.csv", "regsosek_keluarga.csv"];
    closes_on("kutai-kartanegara", &files.map(|f| (f, count(f))));
}
