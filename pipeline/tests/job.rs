//! The main job as a caller sees it: the same from a folder, from bytes and from rows; it reports, and it stops.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::policy::Overlay;
use bansos::{Coded, Date};
use bansos_pipeline::{Job, Results, Stage, check, choices};
use bansos_registers::synth::{SynthOptions, generate};
use bansos_registers::{ReadOptions, read_folder};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

const DAY: Date = Date::constant(2026, 11, 1);

fn registers(families: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let regency = bansos::RegionCode::kemendagri(35_08).unwrap();
    generate(folder.path(), &SynthOptions::new(families, regency, 3), &|_| {}).unwrap();
    folder
}

fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file());
    files.map(|p| (p.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&p).unwrap())).collect()
}

/// The counts without the time they took.
fn counts(results: &Results) -> serde_json::Value {
    let mut counts: serde_json::Value = serde_json::from_str(&results.summary()).unwrap();
    counts.as_object_mut().unwrap().remove("elapsed_ms").unwrap();
    counts
}

#[test]
fn a_folder_its_bytes_and_its_rows_give_one_result() {
    let folder = registers(150);
    let first = Job::from_folder(folder.path(), DAY).run().unwrap();
    let second = Job::from_files(bytes(folder.path()), DAY).run().unwrap();
    let mut intake = read_folder(folder.path(), &ReadOptions::new(DAY)).unwrap();
    check(&mut intake, DAY);
    let third = Job::from_intake(intake, DAY).run().unwrap();
    assert_eq!(counts(&first), counts(&second));
    assert_eq!(counts(&first), counts(&third));
    assert!(first.crosswalk().eq(second.crosswalk()));
    assert_eq!(first.crosswalk().count(), first.intake().persons.len());
}

#[test]
fn every_sum_closes() {
    let folder = registers(150);
    let results = Job::from_folder(folder.path(), DAY).run().unwrap();
    let counts = counts(&results);
    for part in ["rows", "persons", "families"] {
        assert_eq!(counts[part]["closes"], true, "{part}");
    }
    let families = results.people().families().len();
    assert_eq!(results.ranking().deciles().len(), families);
    assert!(results.decisions().programmes.iter().all(|p| p.families.len() == families));
    let last = u32::try_from(families).unwrap();
    assert!(results.facts(last - 1).is_some() && results.facts(last).is_none());
    let left_out = |code: &str| choices().leave_out.iter().any(|l| l.code == code);
    assert!(results.findings().count() > 0 && !results.findings().any(|(_, n)| left_out(n.finding.code())));
}

#[test]
fn the_folder_of_a_result_is_whole() {
    let (folder, out) = (registers(60), tempfile::tempdir().unwrap());
    let into = out.path().join("hasil");
    Job::from_folder(folder.path(), DAY).run().unwrap().write(&into).unwrap();
    for name in ["persons.parquet", "crosswalk.csv", "decisions.parquet", "summary.json", "report.html"] {
        assert!(into.join(name).is_file(), "{name}");
    }
    // a folder of somebody else's is left alone
    let refused = Job::from_folder(folder.path(), DAY).run().unwrap().write(folder.path()).unwrap_err();
    assert_eq!(refused.code(), "write.exists");
}

#[test]
fn stages_are_reported_in_order() {
    let folder = registers(60);
    let seen = Mutex::new(Vec::new());
    let report = |p: bansos_pipeline::Progress| seen.lock().unwrap().push(p.stage);
    Job::from_folder(folder.path(), DAY).progress(&report).run().unwrap();
    let mut seen = seen.into_inner().unwrap();
    assert!(seen.is_sorted());
    seen.dedup();
    assert_eq!(seen, [Stage::Read, Stage::Link, Stage::Consolidate, Stage::Rank, Stage::Decide]);
}

#[test]
fn a_job_stops_at_whatever_stage_it_is() {
    let folder = registers(60);
    for stop in [Stage::Read, Stage::Link, Stage::Consolidate, Stage::Rank, Stage::Decide] {
        let switch = AtomicBool::new(false);
        let report = |p: bansos_pipeline::Progress| {
            switch.fetch_or(p.stage == stop, Ordering::Relaxed);
        };
        let Err(stopped) = Job::from_folder(folder.path(), DAY).progress(&report).cancel(&switch).run() else {
            panic!("{stop:?} went on")
        };
        assert!(stopped.is_cancelled() && stopped.code() == "pipeline.cancelled", "{stop:?}: {}", stopped.code());
    }
}

#[test]
fn what_cannot_be_decided_is_refused_before_the_work() {
    let no_policy: Overlay =
        toml::from_str("name = \"x\"\n[[set]]\nparameter = \"pkh.no_such\"\nfrom = \"2026-01-01\"\n").unwrap();
    let Err(refused) = Job::from_folder("/no/such/folder", DAY).overlay(no_policy).run() else { panic!("it ran") };
    assert!(refused.code().starts_with("policy."), "{}", refused.code());
    let Err(refused) = Job::from_folder("/no/such/folder", DAY).run() else { panic!("it ran") };
    assert_eq!(refused.code(), "read.no_folder");
    let Err(refused) = Job::from_files([("x.csv", b"a,b\n1,2\n".to_vec())], DAY).run() else { panic!("it ran") };
    assert!(refused.code().starts_with("read."), "{}", refused.code());
}
