//! The registers of two kabupaten, where they are at hand: every row accounted for, every planted damage met, every village
//! found. The truth is only held against what was read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::person::PersonRecord;
use bansos::source::Source;
use bansos::{Coded, Date};
use bansos_registers::{Intake, ReadOptions, read_folder};
use std::collections::HashMap;
use std::path::PathBuf;

fn folder(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/registers").join(name);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

fn truth(name: &str, file: &str) -> Vec<Vec<String>> {
    let path = folder(name).unwrap().join("truth").join(file);
    let mut csv = csv::Reader::from_path(path).unwrap();
    csv.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn check(name: &str, sheet: Option<&str>) {
    let Some(folder) = folder(name) else { return };
    let intake = read_folder(&folder, &ReadOptions::new(Date::constant(2025, 12, 31))).unwrap();
    assert!(intake.closes() && intake.refused.is_empty());
    let found: Vec<_> = intake.files.iter().map(|f| (f.layout.as_str(), f.quarantined)).collect();
    assert_eq!(found, [("dtks-bnba", 0), ("p3ke-keluarga", 0), ("regsosek-anggota", 0), ("regsosek-keluarga", 0)]);
    assert_eq!(intake.files[0].sheet.as_deref(), sheet);
    rows(name, &intake);
    codes(&intake);
}

/// Every row of the truth was read under its number, with its damage noticed and its village known.
fn rows(name: &str, intake: &Intake) {
    let file = |source: &str| match source {
        "dtks" => (0, Source::Dtks),
        "p3ke" => (1, Source::P3ke),
        _ => (2, Source::Regsosek),
    };
    let read: HashMap<(u16, u32), &PersonRecord> =
        intake.persons.iter().map(|p| ((p.origin.file, p.origin.row), p)).collect();
    let villages: HashMap<String, String> =
        truth(name, "families.csv").into_iter().map(|f| (f[0].clone(), f[5].clone())).collect();
    let (mut seen, mut elsewhere) = (0, 0);
    for t in truth(name, "rows.csv").iter().filter(|t| t[0] != "regsosek_keluarga") {
        let (file, source) = file(&t[0]);
        let person = read[&(file, t[1].parse().unwrap())];
        assert_eq!(person.origin.source, source);
        seen += 1;
        let said = |code: &str| person.findings.iter().any(|n| n.finding.code() == code);
        // another person's number stands over whatever else was done to the NIK
        let shared = t[8].contains("nik:shared");
        for fault in t[8].split('|').filter(|f| !(shared && f.starts_with("nik:"))) {
            let met = match fault {
                "nik:scientific" => said("nik.scientific") && person.nik.value().is_none(),
                "nik:short" => said("nik.digit_count") && person.nik.value().is_none(),
                "nik:apostrophe" | "nik:spaced" => said("nik.cleaned") && person.nik.value().is_some(),
                "nik:letter_o" => said("nik.letters_for_digits") && person.nik.raw().is_some(),
                "nik:missing" | "nik:zeros" => person.nik.is_missing(),
                "dob:missing" => person.birth_date.is_none(),
                _ => true,
            };
            assert!(met, "{name} {} row {}: {fault}", t[0], t[1]);
        }
        let here = person.residence.region.unwrap().to_string();
        elsewhere += u32::from(here != villages[&t[3]] && t[5] == "0" && t[7].is_empty());
    }
    assert_eq!(seen, intake.persons.len());
    // two villages of one name in one district cannot be told apart by name
    assert!(elsewhere * 1000 <= seen as u32, "{elsewhere} of {seen} rows have another village than the truth");
}

/// The lists know every code of these files.
fn codes(intake: &Intake) {
    let persons = intake.persons.iter().flat_map(|p| &p.findings);
    for noticed in persons.chain(intake.families.iter().flat_map(|f| &f.findings)) {
        let code = noticed.finding.code();
        assert!(!["source.code_unknown", "person.sex_unreadable"].contains(&code), "{}", noticed.field.word());
    }
}

#[test]
fn lumajang() {
    check("lumajang", Some("BNBA"));
}

#[test]
fn kutai_kartanegara() {
    check("kutai-kartanegara", None);
}
