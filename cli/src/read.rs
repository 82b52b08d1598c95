//! `bansos read`: only looks. Which files are recognised, as what, how each column is understood, and what is wrong in them,
//! counted.

use crate::answer::{answer, answer_part};
use crate::args::Common;
use crate::failure::Failure;
use crate::input::{InputArgs, intake_text, say};
use crate::progress::Progress;
use bansos::source::Field;
use bansos::{Coded, Lang, Severity};
use bansos_registers::{ColumnMeaning, ColumnUse, FileReport, Intake, shown_name};
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Look at the registers of a folder: what is recognised, how each column is understood, what is wrong; writes nothing
#[derive(Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    input: InputArgs,
}

pub(crate) fn run(args: &ReadArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let intake = args.input.read(Progress::new(common.quiet, common.json), lang)?;
    let counts = counts(&intake);
    if common.json {
        let findings: BTreeMap<&str, u64> = counts.iter().map(|((_, code), (_, n))| (*code, *n)).collect();
        answer!(
            "{}",
            json!({
                "files": intake.files.iter().map(file_json).collect::<Vec<_>>(),
                "refused": intake.refused.iter().map(|r| said(json!({ "file": r.file }), &r.error)).collect::<Vec<_>>(),
                "sheets_not_read": intake.unread.iter().map(|u| {
                    said(json!({ "file": u.file, "sheet": u.sheet, "rows": u.rows }), &u.reason)
                }).collect::<Vec<_>>(),
                "closes": intake.closes(),
                "findings": findings,
            })
        );
        return Ok(ExitCode::SUCCESS);
    }
    answer_part!("{}", intake_text(&intake, lang));
    for f in &intake.files {
        answer_part!("\n{}", columns_text(f, lang));
        // the others stand above, where the counts close
        for note in f.notes.iter().filter(|n| n.severity() == Severity::Info) {
            answer!("  {}", note.message(lang));
        }
    }
    if !counts.is_empty() {
        answer!("");
    }
    for ((_, code), (sentence, n)) in &counts {
        answer!("{n:>9}  {}  [{code}]", if lang == Lang::Id { &sentence.id } else { &sentence.en });
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds a code with both sentences.
fn said(mut to: Value, what: &impl Coded) -> Value {
    to["code"] = what.code().into();
    to["severity"] = what.severity().word().into();
    to["message"] = json!(what.messages());
    to
}

fn file_json(f: &FileReport) -> Value {
    let column = |column: &ColumnUse| {
        let mut of = json!({ "column": shown_name(&column.name), "use": column.meaning.word() });
        match &column.meaning {
            ColumnMeaning::Fields(fields) => of["fields"] = fields.iter().map(|field| field.word()).collect(),
            ColumnMeaning::Welfare(name) => of["variable"] = (&**name).into(),
            ColumnMeaning::Receipt | ColumnMeaning::PassedOver | ColumnMeaning::Unknown => {}
        }
        of
    };
    json!({
        "file": f.path, "sheet": f.sheet, "source": f.source.word(), "layout": f.layout, "kind": f.kind.word(),
        "encoding": f.encoding, "delimiter": f.delimiter, "header_row": f.header_row, "read": f.rows_read,
        "accepted": f.accepted, "quarantined": f.quarantined,
        "columns": f.columns.iter().map(column).collect::<Vec<_>>(),
        "notes": f.notes.iter().map(|note| said(json!({}), note)).collect::<Vec<_>>(),
    })
}

/// How the columns of a file are understood, one a line; those of which nothing is read, together.
fn columns_text(f: &FileReport, lang: Lang) -> String {
    let mut text = f.path.clone();
    if let Some(sheet) = &f.sheet {
        let _ = write!(text, " [{sheet}]");
    }
    let _ = writeln!(text, ": {} {}", f.layout, say(lang, "membaca", "reads"));
    let mut passed_over = Vec::new();
    for column in &f.columns {
        let name = shown_name(&column.name);
        match &column.meaning {
            ColumnMeaning::Fields(fields) => {
                let fields: Vec<&str> = fields.iter().map(|field| field.label(lang)).collect();
                let _ = writeln!(text, "  {name:<28} → {}", fields.join(", "));
            }
            ColumnMeaning::Welfare(variable) => {
                let _ = writeln!(text, "  {name:<28} → {} ({variable})", Field::Welfare.label(lang));
            }
            ColumnMeaning::Receipt => {
                let _ = writeln!(text, "  {name:<28} → {}", say(lang, "yang diterima", "what is received"));
            }
            ColumnMeaning::PassedOver if !name.is_empty() => passed_over.push(name),
            // said by a note
            ColumnMeaning::PassedOver | ColumnMeaning::Unknown => {}
        }
    }
    if !passed_over.is_empty() {
        let what = say(lang, "dikenal, tetapi tidak dibaca", "known, and not read");
        let _ = writeln!(text, "  {what}: {}", passed_over.join(", "));
    }
    text
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
