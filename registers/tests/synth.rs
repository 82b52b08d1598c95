//! Made registers: read back whole, identifiers synthetic and unique, the truth beside every row.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::region::{RegionCode, Scheme};
use bansos::source::Source;
use bansos::{Date, Nik};
use bansos_registers::synth::{DtksForm, Rates, Summary, SynthOptions, generate};
use bansos_registers::{Intake, ReadOptions, read_folder};
use std::collections::{HashMap, HashSet};
use std::path::Path;

fn options(families: u64, code: &str, seed: u64) -> SynthOptions {
    SynthOptions::new(families, RegionCode::parse(Scheme::Kemendagri, code).unwrap(), seed)
}

fn read(dir: &Path) -> Intake {
    let intake = read_folder(dir, &ReadOptions::new(Date::constant(2025, 12, 31))).unwrap();
    assert!(intake.refused.is_empty() && intake.closes());
    intake
}

fn check(intake: &Intake, made: &Summary) {
    let rows = |layout: &str| intake.files.iter().find(|f| f.layout == layout).unwrap().rows_read;
    for (layout, file) in [
        ("dtks-bnba", "dtks"),
        ("p3ke-keluarga", "p3ke"),
        ("regsosek-anggota", "regsosek_anggota"),
        ("regsosek-keluarga", "regsosek_keluarga"),
    ] {
        assert_eq!(rows(layout), made.rows[file], "{layout}");
    }
    assert_eq!(intake.quarantined(), 0);
    assert!(
        !intake
            .families
            .iter()
            .flat_map(|f| &f.findings)
            .any(|n| { n.finding == bansos::source::SourceFinding::CodeUnknown.into() })
    );
}

#[test]
fn what_is_made_is_read_back_in_every_form() {
    for (form, sheet) in [(DtksForm::Semicolon, None), (DtksForm::Comma, None), (DtksForm::Xlsx, Some("BNBA"))] {
        let dir = tempfile::tempdir().unwrap();
        let made = generate(dir.path(), &SynthOptions { dtks: form, ..options(120, "64.02", 3) }, &|_| {}).unwrap();
        let intake = read(dir.path());
        check(&intake, &made);
        let dtks = &intake.files[0];
        assert_eq!(dtks.sheet.as_deref(), sheet);
        assert_eq!(dtks.header_row, if sheet.is_some() { 3 } else { 1 });
    }
}

#[test]
fn every_row_has_its_truth_and_spotless_rows_say_it() {
    let dir = tempfile::tempdir().unwrap();
    let made =
        generate(dir.path(), &SynthOptions { rates: Rates::none(), ..options(300, "35.08", 5) }, &|_| {}).unwrap();
    assert!(made.faults.is_empty());
    let intake = read(dir.path());
    check(&intake, &made);
    let text = std::fs::read_to_string(dir.path().join("truth/people.csv")).unwrap();
    let niks: HashMap<&str, &str> =
        text.lines().skip(1).map(|l| (l.split(',').next().unwrap(), l.split(',').nth(2).unwrap())).collect();
    assert_eq!(niks.len() as u64, made.people);
    assert_eq!(niks.values().collect::<HashSet<_>>().len(), niks.len(), "no NIK twice");
    assert!(niks.values().all(|n| Nik::parse(n).unwrap().is_synthetic()));
    let rows = std::fs::read_to_string(dir.path().join("truth/rows.csv")).unwrap();
    let truth: HashMap<(&str, u32), &str> = rows
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect::<Vec<_>>())
        .map(|c| ((c[0], c[1].parse().unwrap()), niks[c[2]]))
        .collect();
    assert_eq!(truth.len() as u64, made.rows.values().sum::<u64>());
    for p in &intake.persons {
        let name = match p.origin.source {
            Source::Dtks => "dtks",
            Source::P3ke => "p3ke",
            _ => "regsosek_anggota",
        };
        assert_eq!(p.nik.value().unwrap().to_digits(), truth[&(name, p.origin.row)]);
        assert!(p.findings.is_empty(), "{:?}", p.findings);
    }
}

#[test]
fn a_seed_gives_the_same_files() {
    let make = |seed| {
        let dir = tempfile::tempdir().unwrap();
        generate(dir.path(), &options(60, "51.08", seed), &|_| {}).unwrap();
        ["dtks.csv", "p3ke.csv", "regsosek_keluarga.csv", "regsosek_anggota.csv", "truth/rows.csv", "truth/people.csv"]
            .map(|f| std::fs::read(dir.path().join(f)).unwrap())
    };
    assert_eq!(make(9), make(9));
    assert_ne!(make(9), make(10));
}

#[test]
fn damages_come_at_their_rates() {
    let dir = tempfile::tempdir().unwrap();
    let made = generate(dir.path(), &options(6000, "32.01", 11), &|_| {}).unwrap();
    let dtks = made.rows["dtks"] as f64;
    for (fault, rate) in [
        ("dtks:nik:missing", 0.042),
        ("dtks:name:typo", 0.080),
        ("dtks:mother:missing", 0.255),
        ("dtks:nik:shared", 0.004),
    ] {
        let got = made.faults[fault] as f64 / dtks;
        assert!((got / rate - 1.0).abs() < 0.25, "{fault}: {got} instead of {rate}");
    }
    assert!(made.planted["twin_pairs"] > 20 && made.planted["families_moved_away"] > 100);
    check(&read(dir.path()), &made);
}

#[test]
fn what_cannot_be_made_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let err = generate(dir.path(), &options(10, "35.99", 1), &|_| {}).unwrap_err();
    assert_eq!(bansos::Coded::code(&err), "synth.unknown_regency");
    let err = generate(dir.path(), &options(u64::MAX, "35.08", 1), &|_| {}).unwrap_err();
    assert_eq!(bansos::Coded::code(&err), "synth.too_many");
}
