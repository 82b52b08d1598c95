//! `bansos verivali import` and `export`: result files of other systems, in and out, by their codes.

use super::book::{Told, VerivaliError, WriterArgs, append_all, open, whole};
use crate::args::Common;
use crate::failure::{Exit, Failure};
use crate::input::{say, unreadable};
use crate::policy::say_out;
use bansos::region::{RegionCode, Scheme};
use bansos::verivali::{
    Act, ActKind, CodedField, Digest, Entry, Event, Evidence, EvidenceKind, Kind, Ledger, Name, Payment, State,
    Subject, Verdict, code_map, code_maps,
};
use bansos::{Lang, verivali::Workflows};
use bansos_registers::read_columns;
use bansos_registers::write::SafeCsv;
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Import a result file (CSV, XLSX, Parquet) by the codes of its source
///
/// Code maps: siks-droid, siks-droid-kertas (its code 5 is another), bdt-2015, regsosek-2022, siks-ng. Every row is told:
/// imported, refused by the workflow, or passed over with the reason.
#[derive(Args)]
pub(crate) struct ImportArgs {
    /// The result file
    file: PathBuf,
    /// The ledger: .jsonl, or .db (SQLite)
    #[arg(long)]
    ledger: PathBuf,
    /// The code map of the source; not needed for a list (--act listed)
    #[arg(long, required_unless_present = "list")]
    map: Option<String>,
    /// The coded column
    #[arg(long, required_unless_present = "list")]
    column: Option<String>,
    /// The column with the subjects' ids
    #[arg(long, value_name = "COLUMN")]
    id: String,
    /// The column with the code of the desa
    #[arg(long, value_name = "COLUMN")]
    place: Option<String>,
    /// Whose codes these are
    #[arg(long, default_value = "kemendagri", value_name = "SCHEME")]
    scheme: String,
    /// The column with the id of the ruta or family of a person
    #[arg(long, value_name = "COLUMN")]
    parent: Option<String>,
    /// The column with the id of the one it is double with
    #[arg(long, value_name = "COLUMN")]
    twin: Option<String>,
    /// What the rows are: visited, decided, proposed, objected
    #[arg(long, default_value = "visited")]
    act: String,
    /// The file is the list the round begins with: every row is listed, no code is read
    #[arg(long, conflicts_with_all = ["map", "column"])]
    list: bool,
    /// household, family or person (default: as the code map says; of a list, household)
    #[arg(long)]
    kind: Option<String>,
    /// What proves all rows: minutes=FILE …; may be repeated
    #[arg(long, value_name = "KIND=FILE")]
    evidence: Vec<String>,
    #[command(flatten)]
    writer: WriterArgs,
}

/// Why rows were passed over.
#[derive(Default)]
struct Passed {
    no_id: u64,
    unknown_code: BTreeMap<String, u64>,
    says_nothing: u64,
    first: Option<u32>,
    payment: BTreeMap<&'static str, u64>,
}

impl Passed {
    fn total(&self) -> u64 {
        self.no_id + self.says_nothing + self.unknown_code.values().sum::<u64>()
    }
}

fn bad(name: &'static str, text: &str) -> Failure {
    Failure::usage(VerivaliError::BadOption { name, text: text.to_owned() })
}

fn field<'a>(map: &str, column: &str) -> Result<&'a CodedField, Failure> {
    let known = || code_maps().iter().map(|m| m.id.as_str()).collect::<Vec<_>>().join(", ");
    let map = code_map(map)
        .ok_or_else(|| Failure::usage(VerivaliError::NoCodeMap { name: map.to_owned(), known: known() }))?;
    map.field(column).ok_or_else(|| {
        let known = map.fields.iter().map(|f| f.column.as_str()).collect::<Vec<_>>().join(", ");
        Failure::usage(VerivaliError::NoCodeMap { name: format!("{}/{column}", map.id), known })
    })
}

fn kind_of(text: Option<&str>, default: Kind) -> Result<Kind, Failure> {
    text.map_or(Ok(default), |t| Kind::from_word(t).ok_or_else(|| bad("kind", t)))
}

pub(crate) fn import(args: &ImportArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let rules = args.writer.rules.read()?;
    let origin = args.writer.origin()?;
    let (entries, passed, rows) = entries(args)?;
    let mut store = open(&args.ledger, &origin)?;
    let told = append_all(&mut store, entries, &rules, lang)?;
    tell(&told, &passed, rows, common.json, lang);
    Ok(if told.refused + passed.total() == 0 { ExitCode::SUCCESS } else { Exit::NotRight.code() })
}

fn entries(args: &ImportArgs) -> Result<(Vec<Entry>, Passed, u64), Failure> {
    let who = args.writer.writer()?;
    let field = match args.list {
        true => None,
        false => Some(field(args.map.as_deref().unwrap_or_default(), args.column.as_deref().unwrap_or_default())?),
    };
    let act = match args.list {
        true => ActKind::Listed,
        false => ActKind::from_word(&args.act).ok_or_else(|| bad("act", &args.act))?,
    };
    let kind = kind_of(args.kind.as_deref(), field.map_or(Kind::Household, |f| f.kind))?;
    let scheme = Scheme::from_word(&args.scheme).ok_or_else(|| bad("scheme", &args.scheme))?;
    let evidence = evidence(&args.evidence)?;
    let code = args.column.as_deref().unwrap_or(&args.id);
    let optional = [&args.place, &args.parent, &args.twin];
    let mut columns = vec![args.id.as_str(), code];
    columns.extend(optional.iter().filter_map(|c| c.as_deref()));
    let (mut all, mut passed, mut rows) = (Vec::new(), Passed::default(), 0u64);
    let mut read = |row: u32, cells: &[String]| {
        rows += 1;
        let mut rest = cells.iter().skip(2);
        let [place, parent, twin] = optional.map(|c| c.as_ref().and_then(|_| rest.next()).map(String::as_str));
        let [id, code] = [0, 1].map(|i| cells.get(i).map_or("", String::as_str));
        let mut pass = |count: &mut dyn FnMut(&mut Passed)| {
            passed.first.get_or_insert(row);
            count(&mut passed);
        };
        let Ok(subject) = Subject::new(kind, id) else { return pass(&mut |p| p.no_id += 1) };
        let mut written = None;
        let act = match field {
            None => Act::Listed,
            Some(field) => {
                let Some(known) = field.read(code) else {
                    // a code is no person's value, but a cell of a wrong column may be one
                    let shown = if code.len() <= 12 && code.parse::<u32>().is_ok() { code } else { "?" };
                    return pass(&mut |p| *p.unknown_code.entry(shown.to_owned()).or_default() += 1);
                };
                if let Some(payment) = known.payment {
                    *passed.payment.entry(Payment::word(payment)).or_default() += 1;
                }
                let Some(verdict) = known.verdict else {
                    passed.first.get_or_insert(row);
                    passed.says_nothing += 1;
                    return;
                };
                written = Name::new(&format!(
                    "{}/{}/{}",
                    args.map.as_deref().unwrap_or_default(),
                    field.column,
                    known.code.replace(' ', "_")
                ))
                .ok();
                // somebody who was not on the list is proposed, whatever the others are
                act_of(if known.new { ActKind::Proposed } else { act }, verdict)
            }
        };
        let parent_kind = if kind == Kind::Person { Kind::Household } else { kind };
        all.push(Entry {
            subject,
            place: place.and_then(|p| RegionCode::parse(scheme, p).ok()),
            parent: parent.and_then(|p| Subject::new(parent_kind, p).ok()),
            twin: twin.and_then(|t| Subject::new(kind, t).ok()),
            on: who.on,
            recorded: who.recorded,
            actor: who.actor.clone(),
            workflow: who.workflow.clone(),
            stage: who.stage.clone(),
            act,
            evidence: evidence.clone(),
            code: written,
        });
    };
    read_columns(&args.file, &columns, &mut read).map_err(Failure::input)?;
    Ok((all, passed, rows))
}

const fn act_of(kind: ActKind, verdict: Verdict) -> Act {
    match kind {
        ActKind::Proposed => Act::Proposed(verdict),
        ActKind::Decided => Act::Decided(verdict),
        ActKind::Objected => Act::Objected(verdict),
        _ => Act::Visited(verdict),
    }
}

fn evidence(given: &[String]) -> Result<Vec<Evidence>, Failure> {
    let one = |text: &String| {
        let (kind, path) = text.split_once('=').ok_or_else(|| bad("evidence", text))?;
        let kind = EvidenceKind::from_word(kind).ok_or_else(|| bad("evidence", kind))?;
        let bytes = std::fs::read(path).map_err(|e| unreadable(Path::new(path), &e.to_string()))?;
        Ok(Evidence { kind, digest: Digest::of(&bytes) })
    };
    given.iter().map(one).collect()
}

fn tell(told: &Told, passed: &Passed, rows: u64, json: bool, lang: Lang) {
    let closes = rows == told.appended + told.refused + passed.total();
    if json {
        let why: BTreeMap<&str, u64> = told.why.iter().map(|(code, _, n)| (*code, *n)).collect();
        say_out(
            &serde_json::json!({ "rows": rows, "appended": told.appended, "refused": told.refused, "why": why,
                "no_id": passed.no_id, "unknown_codes": passed.unknown_code, "says_nothing": passed.says_nothing,
                "payment": passed.payment, "closes": closes })
            .to_string(),
        );
        return;
    }
    say_out(&format!(
        "{rows} {} = {} {} + {} {} + {} {}",
        say(lang, "baris", "rows"),
        told.appended,
        say(lang, "dicatat", "recorded"),
        told.refused,
        say(lang, "ditolak alur", "refused by the workflow"),
        passed.total(),
        say(lang, "dilewati", "passed over"),
    ));
    for (code, sentence, n) in &told.why {
        say_out(&format!("  {n} × {sentence} [{code}]"));
    }
    if passed.no_id > 0 {
        say_out(&format!(
            "  {} × {}",
            passed.no_id,
            say(lang, "ID kosong atau tidak dapat dipakai (misalnya NIK)", "id empty or unusable (a NIK, for example)")
        ));
    }
    for (code, n) in &passed.unknown_code {
        say_out(&format!("  {n} × {} {code}", say(lang, "kode tidak dikenal:", "unknown code:")));
    }
    if passed.says_nothing > 0 {
        say_out(&format!(
            "  {} × {}",
            passed.says_nothing,
            say(lang, "tidak mengatakan apa pun tentang daftar", "says nothing about the list")
        ));
    }
    for (word, n) in &passed.payment {
        let label = Payment::from_word(word).map_or(*word, |p| p.label(lang));
        say_out(&format!("  {n} × {} {label}", say(lang, "status bayar:", "payment:")));
    }
    if let Some(row) = passed.first {
        say_out(&format!("  {} {row}", say(lang, "yang pertama dilewati: baris data", "first passed over: data row")));
    }
}

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
    out: PathBuf,
    /// household, family or person (default: as the code map says)
    #[arg(long)]
    kind: Option<String>,
}

pub(crate) fn export(args: &ExportArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let field = field(&args.map, &args.column)?;
    let kind = kind_of(args.kind.as_deref(), field.kind)?;
    let ledger = whole(&args.ledger, false)?;
    let state = State::replay(ledger.events(), None, Workflows::builtin());
    let failed = |e| Failure::new(Exit::Output, e);
    let mut csv = SafeCsv::begin(&args.out, &["id", &field.column, "keterangan", "label"]).map_err(failed)?;
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
                csv.row([standing.subject.id.as_str(), &c.code, &c.label.id, &c.label.en]).map_err(failed)?;
            }
            None => {
                wordless += 1;
                csv.row([standing.subject.id.as_str(), "", verdict.label(Lang::Id), verdict.label(Lang::En)])
                    .map_err(failed)?;
            }
        }
    }
    csv.finish().map_err(failed)?;
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
    ruling: Option<Verdict>,
    subject: &Subject,
    prefix: &str,
) -> Option<(Verdict, Option<String>)> {
    let mut story: Vec<&Event> = ledger.story(subject);
    story.sort_by_key(|e| (e.link.sequence, e.hash()));
    let visited = |e: &&&Event| matches!(e.entry.act, Act::Visited(_) | Act::Proposed(_));
    let verdict = ruling.or_else(|| story.iter().rev().find(visited).and_then(|e| e.entry.act.verdict()))?;
    let same = |e: &&&Event| e.entry.act.verdict() == Some(verdict) && e.entry.code.is_some();
    let code = story.iter().rev().filter(same).find_map(|e| e.entry.code.as_ref()?.as_str().strip_prefix(prefix));
    Some((verdict, code.map(str::to_owned)))
}
