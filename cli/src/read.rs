//! `bansos read`: only looks. Which files are recognised, as what, and what is wrong in them, counted.

use crate::answer::{answer, answer_part};
use crate::args::Common;
use crate::failure::Failure;
use crate::input::{InputArgs, intake_text};
use crate::progress::Progress;
use bansos::{Coded, Lang, Severity};
use bansos_registers::Intake;
use clap::Args;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Look at the registers of a folder: what is recognised, what is wrong; writes nothing
#[derive(Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    input: InputArgs,
}

pub(crate) fn run(args: &ReadArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let intake = args.input.read(Progress::new(common.quiet, common.json), lang)?;
    let counts = counts(&intake);
    if common.json {
        let files: Vec<serde_json::Value> = intake
            .files
            .iter()
            .map(|f| {
                let notes: Vec<_> = f.notes.iter().map(|n| n.messages()).collect();
                serde_json::json!({
                    "file": f.path, "sheet": f.sheet, "source": f.source.word(), "layout": f.layout, "read": f.rows_read,
                    "accepted": f.accepted, "quarantined": f.quarantined, "notes": notes,
                })
            })
            .collect();
        let unread: Vec<serde_json::Value> = intake
            .unread
            .iter()
            .map(|u| {
                let (code, message) = (u.reason.code(), u.reason.messages());
                serde_json::json!({ "file": u.file, "sheet": u.sheet, "rows": u.rows, "code": code, "message": message })
            })
            .collect();
        let findings: BTreeMap<&str, u64> = counts.iter().map(|((_, code), (_, n))| (*code, *n)).collect();
        answer!(
            "{}",
            serde_json::json!({ "files": files, "sheets_not_read": unread, "closes": intake.closes(),
            "findings": findings })
        );
        return Ok(ExitCode::SUCCESS);
    }
    answer_part!("{}", intake_text(&intake, lang));
    for f in &intake.files {
        // the others stand above, where the counts close
        for note in f.notes.iter().filter(|n| n.severity() == Severity::Info) {
            answer!("  {}: {}", f.name(), note.message(lang));
        }
    }
    for ((_, code), (sentence, n)) in &counts {
        answer!("{n:>9}  {}  [{code}]", if lang == Lang::Id { &sentence.id } else { &sentence.en });
    }
    Ok(ExitCode::SUCCESS)
}

/// Findings by gravity (worst first) and code.
fn counts(intake: &Intake) -> BTreeMap<(std::cmp::Reverse<Severity>, &'static str), (bansos::Bilingual, u64)> {
    let mut counts = BTreeMap::new();
    let persons = intake.persons.iter().flat_map(|p| &p.findings);
    for n in persons.chain(intake.families.iter().flat_map(|f| &f.findings)) {
        let key = (std::cmp::Reverse(n.finding.severity()), n.finding.code());
        counts.entry(key).or_insert_with(|| (n.finding.messages(), 0)).1 += 1;
    }
    counts
}
