//! `bansos verivali export`: what a ledger says, in the codes of a source.

use super::{field, kind_of};
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::paths::OutPath;
use crate::verivali::book::whole;
use bansos::Lang;
use bansos::verivali::{Act, Event, Ledger, State, Subject, SubjectVerdict, Workflows};
use bansos_registers::write::SafeCsv;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Export what a ledger says in the codes of a source: id, code, label (CSV)
#[derive(Args)]
pub(crate) struct ExportArgs {
    /// The ledger: .jsonl, or .db (SQLite)
    ledger: PathBuf,
    /// The code map
    #[arg(long)]
    map: String,
    /// The coded column
    #[arg(long)]
    column: String,
    /// The file to write
    #[arg(long, short)]
    out: OutPath,
    /// household, family or person (default: as the code map says)
    #[arg(long)]
    kind: Option<String>,
}

pub(crate) fn export(args: &ExportArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let field = field(&args.map, &args.column)?;
    let kind = kind_of(args.kind.as_deref(), field.kind)?;
    let ledger = whole(&args.ledger, false)?;
    let state = State::replay(ledger.events(), None, Workflows::builtin());
    let mut csv = SafeCsv::begin(&args.out, &["id", &field.column, "keterangan", "label"])?;
    let prefix = format!("{}/{}/", args.map, field.column);
    let (mut written, mut wordless) = (0u64, 0u64);
    for standing in state.standings().iter().filter(|s| s.subject.kind == kind) {
        let Some((verdict, code)) = said(&ledger, standing.verdict(), &standing.subject, &prefix) else { continue };
        let back = match &code {
            // as it came in
            Some(code) => field.read(&code.replace('_', " ")).or_else(|| field.read(code)),
            None => field.write(verdict, standing.listed.is_none()),
        };
        match back {
            Some(c) => {
                written += 1;
                csv.row([standing.subject.id.as_str(), &c.code, &c.label.id, &c.label.en])?;
            }
            None => {
                wordless += 1;
                csv.row([standing.subject.id.as_str(), "", verdict.label(Lang::Id), verdict.label(Lang::En)])?;
            }
        }
    }
    csv.finish()?;
    if common.json {
        say_out(&serde_json::json!({ "written": written, "without_code": wordless }).to_string());
    } else {
        say_out(&format!(
            "{written} {}, {wordless} {}",
            say(lang, "ditulis dengan kode", "written with their code"),
            say(lang, "tidak mempunyai kode di sumber ini", "have no code in this source"),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is said of a subject: the ruling, else the last visit; and the code it came in with from that very column.
fn said(
    ledger: &Ledger,
    ruling: Option<SubjectVerdict>,
    subject: &Subject,
    prefix: &str,
) -> Option<(SubjectVerdict, Option<String>)> {
    let mut story: Vec<&Event> = ledger.story(subject);
    story.sort_by_key(|e| (e.link.sequence, e.hash()));
    let visited = |e: &&&Event| matches!(e.entry.act, Act::Visited(_) | Act::Proposed(_));
    let verdict = ruling.or_else(|| story.iter().rev().find(visited).and_then(|e| e.entry.act.verdict()))?;
    let same = |e: &&&Event| e.entry.act.verdict() == Some(verdict) && e.entry.code.is_some();
    let code = story.iter().rev().filter(same).find_map(|e| e.entry.code.as_ref()?.as_str().strip_prefix(prefix));
    Some((verdict, code.map(str::to_owned)))
}
