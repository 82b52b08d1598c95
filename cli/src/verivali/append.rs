//! `bansos verivali append`: one event from options, or many from a file of JSON lines.

use super::book::{VerivaliError, WriterArgs, name, open};
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::{Exit, Failure, LineFault};
use crate::input::{digest, read_lines, say};
use bansos::region::{RegionCode, Scheme};
use bansos::verivali::{
    Act, ActKind, Attachment, Digest, EventEntry, EvidenceKind, Names, PlainEntry, Subject, SubjectKind, SubjectVerdict,
};
use bansos::{Coded, Lang};
use bansos_registers::ledger::Appended;
use bansos_registers::settings;
use bansos_registers::shown_path;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Append events to a ledger; an event is acknowledged (its hash is printed) when it is on the disk
///
/// The workflow says whether the act may be done; a refusal says why and what is needed.
#[derive(Args)]
pub(crate) struct AppendArgs {
    /// The ledger: .jsonl, or .db (SQLite)
    ledger: PathBuf,
    #[command(flatten)]
    writer: WriterArgs,
    /// Many entries, one JSON object a line; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["subject", "act"])]
    entries: Option<PathBuf>,
    /// How many entries of a file are acknowledged together
    #[arg(long, default_value_t = 1, value_name = "N")]
    batch: usize,
    /// About whom: household:ID, family:ID or person:ID
    #[arg(long, value_name = "KIND:ID", required_unless_present = "entries")]
    subject: Option<String>,
    /// What: listed, proposed, visited, decided, objected, corrected, withdrawn, resolved, entered, effective
    #[arg(long, required_unless_present = "entries")]
    act: Option<String>,
    /// LAYAK, or a reason: MAMPU, PINDAH, MENINGGAL …
    #[arg(long)]
    verdict: Option<String>,
    /// Hash of the event that is corrected, withdrawn or kept
    #[arg(long, value_name = "HASH")]
    names: Option<String>,
    /// The other system, where it was entered or became effective
    #[arg(long)]
    system: Option<String>,
    /// Where the subject lives: a Kemendagri code, or bps:CODE
    #[arg(long, value_name = "CODE")]
    place: Option<String>,
    /// The ruta or family of a person
    #[arg(long, value_name = "KIND:ID")]
    parent: Option<String>,
    /// With whom it is double
    #[arg(long, value_name = "KIND:ID")]
    twin: Option<String>,
    /// What proves it: minutes=FILE, photo=FILE …; the ledger keeps the digest, not the file; may be repeated
    #[arg(long, value_name = "KIND=FILE")]
    evidence: Vec<String>,
}

pub(crate) fn run(args: &AppendArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let rules = args.writer.rules.read()?;
    let origin = args.writer.origin()?;
    // what the options say is wrong is said before a ledger is begun
    let one = if args.entries.is_none() { Some(entry(args)?) } else { None };
    let mut store = open(&args.ledger, &origin)?;
    let mut refused = false;
    let mut print_all = |all: Vec<Appended>| {
        for appended in all {
            refused |= appended.is_err();
            say_out(&if common.json { json(&appended) } else { sentence(&appended, lang) });
        }
    };
    let failed = |e| Failure::new(Exit::Output, e);
    if let Some(one) = one {
        print_all(store.append(vec![one], &rules).map_err(failed)?);
    }
    if let Some(path) = &args.entries {
        let mut batch = Vec::new();
        for entry in entries(path)? {
            batch.push(entry?);
            if batch.len() >= args.batch.max(1) {
                print_all(store.append(std::mem::take(&mut batch), &rules).map_err(failed)?);
            }
        }
        print_all(store.append(batch, &rules).map_err(failed)?);
    }
    Ok(if refused { Exit::NotRight.code() } else { ExitCode::SUCCESS })
}

fn sentence(appended: &Appended, lang: Lang) -> String {
    let said = |all: &[bansos::verivali::Refusal]| {
        all.iter().map(|r| format!("{} [{}]", r.message(lang), r.code())).collect::<Vec<_>>().join("; ")
    };
    match appended {
        Ok((hash, warnings)) if warnings.is_empty() => hash.to_string(),
        Ok((hash, warnings)) => format!("{hash} {}: {}", say(lang, "perhatian", "note"), said(warnings)),
        Err(against) => format!("{}: {}", say(lang, "ditolak", "refused"), said(against)),
    }
}

fn json(appended: &Appended) -> String {
    let said = |all: &[bansos::verivali::Refusal]| -> Vec<serde_json::Value> {
        let one = |r: &bansos::verivali::Refusal| serde_json::json!({ "code": r.code(), "severity": r.severity().word(), "message": r.messages() });
        all.iter().map(one).collect()
    };
    match appended {
        Ok((hash, warnings)) => serde_json::json!({ "hash": hash.hex(), "warnings": said(warnings) }),
        Err(against) => serde_json::json!({ "refused": said(against) }),
    }
    .to_string()
}

/// Entries of a file of JSON lines, in order.
fn entries(path: &Path) -> Result<impl Iterator<Item = Result<EventEntry, Failure>>, Failure> {
    let mut names = Names::default();
    let filled = |(_, line): &(u64, Result<String, Failure>)| !line.as_ref().is_ok_and(|l| l.trim().is_empty());
    Ok((1u64..).zip(read_lines(path)?).filter(filled).map(move |(number, line)| {
        let bad =
            |why: LineFault| Failure::input(VerivaliError::BadEntry { path: shown_path(path), line: number, why });
        // where in the line, never what stands there
        let line = line?;
        let plain: PlainEntry<'_> = settings::from_json(&line).map_err(|e| bad(LineFault::cause(&e)))?;
        plain.read(&mut names).map_err(|e| bad(LineFault::coded(&e)))
    }))
}

fn bad(name: &'static str, text: &str) -> Failure {
    Failure::usage(VerivaliError::BadOption { name, text: text.to_owned() })
}

/// `household:R1`.
fn subject(option: &'static str, text: &str) -> Result<Subject, Failure> {
    let (kind, id) = text.split_once(':').ok_or_else(|| bad(option, "–"))?;
    let kind = SubjectKind::from_word(kind).ok_or_else(|| bad(option, kind))?;
    Subject::new(kind, id).map_err(Failure::usage)
}

/// A Kemendagri code, or `bps:CODE`.
fn place(text: &str) -> Result<RegionCode, Failure> {
    let (scheme, code) = text.split_once(':').unwrap_or(("kemendagri", text));
    let scheme = Scheme::from_word(scheme).ok_or_else(|| bad("place", text))?;
    RegionCode::parse(scheme, code).map_err(Failure::usage)
}

fn entry(args: &AppendArgs) -> Result<EventEntry, Failure> {
    let who = args.writer.writer()?;
    let word = args.act.as_deref().unwrap_or_default();
    let kind = ActKind::from_word(word).ok_or_else(|| bad("act", word))?;
    let verdict = || {
        let text = args.verdict.as_deref().unwrap_or("–");
        SubjectVerdict::from_word(text).ok_or_else(|| bad("verdict", text))
    };
    let named = || args.names.as_deref().and_then(Digest::parse).ok_or_else(|| bad("names", "–"));
    let system = || name("system", args.system.as_deref().unwrap_or_default());
    let act = Act::from_parts(kind, verdict, named, system)?;
    let mut evidence = Vec::new();
    for text in &args.evidence {
        let (kind, path) = text.split_once('=').ok_or_else(|| bad("evidence", text))?;
        let kind = EvidenceKind::from_word(kind).ok_or_else(|| bad("evidence", kind))?;
        evidence.push(Attachment { kind, digest: digest(Path::new(path))? });
    }
    Ok(EventEntry {
        subject: subject("subject", args.subject.as_deref().unwrap_or_default())?,
        place: args.place.as_deref().map(place).transpose()?,
        parent: args.parent.as_deref().map(|t| subject("parent", t)).transpose()?,
        twin: args.twin.as_deref().map(|t| subject("twin", t)).transpose()?,
        on: who.on,
        recorded: who.recorded,
        actor: who.actor,
        workflow: who.workflow,
        stage: who.stage,
        act,
        evidence,
        code: None,
    })
}
