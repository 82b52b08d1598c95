//! The registers of two kabupaten, where they are at hand: every row accounted for, every planted damage met.

use bansos::source::Source;
use bansos::{Coded, Date};
use bansos_registers::{Intake, ReadOptions, read_folder};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn folder(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/registers").join(name);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

fn read(name: &str) -> Option<Intake> {
    let intake = read_folder(&folder(name)?, &ReadOptions::new(Date::constant(2025, 12, 31))).unwrap();
    assert!(intake.closes() && intake.refused.is_empty());
    Some(intake)
}

fn expect(name: &str, rows: [u64; 4], sheet: Option<&str>) {
    let Some(intake) = read(name) else { return };
    let found: Vec<_> = intake.files.iter().map(|f| (f.layout.as_str(), f.rows_read, f.quarantined)).collect();
    let layouts = ["dtks-bnba", "p3ke-keluarga", "regsosek-anggota", "regsosek-keluarga"];
    assert_eq!(found, layouts.into_iter().zip(rows).map(|(l, n)| (l, n, 0)).collect::<Vec<_>>());
    assert_eq!(intake.files[0].sheet.as_deref(), sheet);
    // every row that stands for a person is there under its number
    for (file, source) in [(0, Source::Dtks), (1, Source::P3ke), (2, Source::Regsosek)] {
        let numbers =
            intake.persons.iter().filter(|p| p.origin.file == file).map(|p| (p.origin.source, u64::from(p.origin.row)));
        assert!(numbers.eq((1..=rows[usize::from(file)]).map(|n| (source, n))));
    }
    let mut seen = BTreeMap::new();
    for noticed in
        intake.persons.iter().flat_map(|p| &p.findings).chain(intake.families.iter().flat_map(|f| &f.findings))
    {
        *seen.entry((noticed.field.word(), noticed.finding.code())).or_insert(0u32) += 1;
    }
    println!("{name}: {seen:#?}");
    assert!(!seen.contains_key(&("welfare", "source.code_unknown")));
    assert!(!seen.contains_key(&("relation", "source.code_unknown")));
    // everybody lives somewhere: DTKS learns its villages from P3KE, members get their family's
    let placed = intake.persons.iter().filter(|p| p.residence.region.is_some()).count();
    println!("{name}: placed {placed} of {}", intake.persons.len());
    assert!(placed * 1000 >= intake.persons.len() * 999);
}

#[test]
fn lumajang() {
    let files = folder("lumajang");
    if files.is_some() {
        expect("lumajang", counts("lumajang"), Some("BNBA"));
    }
}

#[test]
fn kutai_kartanegara() {
    if folder("kutai-kartanegara").is_some() {
        expect("kutai-kartanegara", counts("kutai-kartanegara"), None);
    }
}

/// The rows that the makers of the files count.
fn counts(name: &str) -> [u64; 4] {
    let text = std::fs::read_to_string(folder(name).unwrap().join("truth/summary.json")).unwrap();
    ["dtks", "p3ke", "regsosek_anggota", "regsosek_keluarga"].map(|source| {
        let after = text.split_once("\"rows\"").unwrap().1.split_once(&format!("\"{source}\":")).unwrap().1;
        after.trim_start().chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
    })
}
