//! Every code with both its sentences, as a page that a reviewer of either language can read, checked against the code.
//! After a change: `BANSOS_UPDATE=1 cargo test -p bansos-cli codes`.

use bansos::message::CodeInfo;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Each heading with its tables.
fn tables() -> Vec<(&'static str, Vec<&'static CodeInfo>)> {
    let all = |tables: &[&'static [CodeInfo]]| tables.iter().flat_map(|t| t.iter()).collect();
    vec![
        ("Findings · Temuan", bansos::Finding::table().collect()),
        (
            "Errors of the core · Kesalahan inti",
            all(&[
                bansos::nik::NikError::TABLE,
                bansos::nik::column::ColumnFinding::TABLE,
                bansos::nik::pseudonym::KeyError::TABLE,
                bansos::family_card::FamilyCardError::TABLE,
                bansos::household::HouseholdError::TABLE,
                bansos::kpm::KpmError::TABLE,
                bansos::region::RegionError::TABLE,
                bansos::policy::PolicyError::TABLE,
                bansos::policy::Lint::TABLE,
                bansos::source::CodeListError::TABLE,
                bansos::eligibility::RulesError::TABLE,
                bansos::ranking::RankError::TABLE,
                bansos::ranking::pmt::PmtError::TABLE,
                bansos::allocation::AllocationError::TABLE,
                bansos::targeting::TargetingError::TABLE,
                bansos::verivali::NameError::TABLE,
                bansos::verivali::PlainError::TABLE,
                bansos::verivali::Refusal::TABLE,
                bansos::verivali::Fault::TABLE,
                bansos::verivali::plan::PlanError::TABLE,
            ]),
        ),
        ("Reasons of a determination · Alasan penetapan", bansos::eligibility::reason_table().iter().collect()),
        (
            "Reading, linking, writing · Membaca, menautkan, menulis",
            all(&[
                bansos_registers::ReadError::TABLE,
                bansos_registers::RowFault::TABLE,
                bansos_registers::FileNote::TABLE,
                bansos_registers::SheetFault::TABLE,
                bansos_registers::layout::LayoutFault::TABLE,
                bansos_registers::layout::GuessReason::TABLE,
                bansos_registers::ledger::LedgerError::TABLE,
                bansos_registers::write::WriteError::TABLE,
                bansos_registers::synth::SynthError::TABLE,
                bansos_pipeline::JobError::TABLE,
                bansos_report::ReportError::TABLE,
                bansos_arrow::nik::NikColumnError::TABLE,
                bansos_arrow::eligibility::ColumnsError::TABLE,
                bansos_linkage::register::LinkError::TABLE,
                bansos_linkage::table::TableError::TABLE,
            ]),
        ),
        (
            "Requests of other languages · Permintaan dari bahasa lain",
            all(&[bansos_interop::InputError::TABLE, bansos_interop::InternalError::TABLE]),
        ),
        (
            "The command line · Baris perintah",
            all(&[
                crate::failure::CliError::TABLE,
                crate::nik::StreamError::TABLE,
                crate::plan::AllocateError::TABLE,
                crate::plan::QuotaError::TABLE,
                crate::plan::SimulateError::TABLE,
                crate::policy::PolicyArgsError::TABLE,
                crate::rank::TableError::TABLE,
                crate::verivali::VerivaliError::TABLE,
                crate::verivali::RowFinding::TABLE,
                crate::verivali::PlanInputError::TABLE,
                crate::verivali::PlaceError::TABLE,
                crate::verivali::NotUsed::TABLE,
            ]),
        ),
    ]
}

/// The `{names}` in a sentence.
fn open(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_code_is_sound_and_says_the_same_in_both_languages() {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for info in tables().into_iter().flat_map(|(_, codes)| codes) {
        let plain =
            |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let (area, what) = info.code.split_once('.').unwrap_or_else(|| panic!("{} has no area", info.code));
        assert!(plain(area) && plain(what), "{} is not area.what", info.code);
        assert!(seen.insert(info.code, info.en).is_none(), "{} stands for two things", info.code);
        assert!(
            !info.id.is_empty() && !info.en.is_empty() && (info.id != info.en || info.id.starts_with("{")),
            "{}: a sentence is missing",
            info.code
        );
        assert_eq!(open(info.id), open(info.en), "{}: the sentences have different parameters", info.code);
        for name in open(info.en) {
            assert!(info.params.contains(&name), "{}: {{{name}}} is no parameter", info.code);
        }
    }
    assert!(seen.len() > 100, "{} codes", seen.len());
}

#[test]
fn the_page_of_codes_is_fresh() {
    let mut page =
        String::from("# Codes · Kode\n\nStable codes and what they say. Made from the code: see cli/src/codes.rs.\n");
    for (heading, codes) in tables() {
        write!(page, "\n## {heading}\n\n| code | | Bahasa Indonesia | English |\n|---|---|---|---|\n").unwrap();
        for c in codes {
            let cell = |s: &str| s.replace('|', "\\|");
            writeln!(page, "| `{}` | {} | {} | {} |", c.code, c.severity.word(), cell(c.id), cell(c.en)).unwrap();
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/CODES.md");
    if std::env::var_os("BANSOS_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap(); // a test of the repository
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == page, "docs/CODES.md is stale; see the head of this test for how to renew it");
}

/// The codes that stand in the sources of a folder: `= "area.what", Severity,`.
fn declared(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            declared(&entry, into);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&entry).unwrap();
            let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("//"));
            let parts = lines.filter_map(|line| line.split_once(" = \"")?.1.split_once("\", "));
            let coded = parts.filter(|(_, rest)| matches!(rest.trim_end_matches(','), "Error" | "Warning" | "Info"));
            into.extend(coded.map(|(code, _)| code.to_owned()));
        }
    }
}

#[test]
fn no_code_is_left_out_of_the_page() {
    let mut all = BTreeSet::new();
    for krate in ["core", "arrow", "registers", "report", "pipeline", "interop", "cli"] {
        declared(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(krate).join("src"), &mut all);
    }
    let listed: BTreeSet<String> =
        tables().into_iter().flat_map(|(_, codes)| codes).map(|c| c.code.to_owned()).collect();
    let left_out: Vec<&String> = all.difference(&listed).collect();
    assert!(left_out.is_empty(), "in no table: {left_out:?}");
    assert!(all.len() > 250, "{} codes", all.len());
}
