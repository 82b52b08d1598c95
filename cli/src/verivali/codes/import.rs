//! `bansos verivali import`: a result file becomes events. Rows in = recorded + refused + passed over.

use super::{bad, field, kind_of};
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::{Exit, Failure};
use crate::input::{digest, read_columns, say};
use crate::paths::OutPath;
use crate::verivali::book::{AppendCount, Why, Writer, WriterArgs, append_all, open};
use bansos::region::{RegionCode, Scheme, never_was};
use bansos::verivali::{
    Act, ActKind, Attachment, CodedField, EventEntry, EvidenceKind, Payment, PlainName, SourceCode, Subject,
    SubjectKind, SubjectVerdict,
};
use bansos::{Coded, Lang};
use bansos_registers::write::SafeCsv;
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Import a result file (CSV, XLSX, Parquet) by the codes of its source
///
/// Code maps: siks-droid, siks-droid-kertas (its code 5 is another), bdt-2015, regsosek-2022, siks-ng. Every row is counted:
/// recorded, refused by the workflow, or passed over, with the reason.
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
    /// Write every row that was not recorded, or not whole, to this file: row, code, why (CSV)
    #[arg(long, value_name = "FILE")]
    rest: Option<OutPath>,
    #[command(flatten)]
    writer: WriterArgs,
}

bansos::codes! {
    /// Why a row of a result file is passed over, or read in part.
    pub enum RowFinding {
        /// Nobody to write about.
        NoId = "import.no_id", Error,
            id: "ID kosong atau tidak dapat dipakai (misalnya NIK)",
            en: "id empty or unusable (a NIK, for example)";
        /// A code that the map does not have.
        UnknownCode { code: String } = "import.unknown_code", Error,
            id: "kode tidak dikenal: {code}",
            en: "unknown code: {code}";
        /// A code about something else than the list.
        SaysNothing = "import.says_nothing", Error,
            id: "tidak mengatakan apa pun tentang daftar",
            en: "says nothing about the list";
        /// Recorded without its place.
        Place = "import.place", Warning,
            id: "kode wilayahnya tidak terbaca; dicatat tanpa wilayah",
            en: "its region code cannot be read; recorded without a place";
        /// Recorded without its ruta or family.
        Parent = "import.parent", Warning,
            id: "ID ruta atau keluarganya tidak terbaca; dicatat tanpa itu",
            en: "the id of its ruta or family cannot be read; recorded without it";
        /// Recorded without the one it is double with.
        Twin = "import.twin", Warning,
            id: "ID gandanya tidak terbaca; dicatat tanpa itu",
            en: "the id of its double cannot be read; recorded without it";
    }
}

/// The rows as they were read.
#[derive(Default)]
struct Rows {
    read: u64,
    passed: u64,
    /// What becomes an event, with its row.
    entries: Vec<(u32, EventEntry)>,
    payment: BTreeMap<&'static str, u64>,
    count: AppendCount,
    /// Every row that is not recorded, or not whole: row, code, why.
    rest: Vec<(u32, &'static str, String)>,
}

impl Rows {
    fn refuse(&mut self, row: u32, why: &dyn Coded, lang: Lang) {
        self.count.reason(why, lang);
        self.rest.push((row, why.code(), why.message(lang)));
    }
}

pub(crate) fn import(args: &ImportArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let rules = args.writer.rules.read()?;
    let origin = args.writer.origin()?;
    let mut rows = read(args, lang)?;
    let mut store = open(&args.ledger, &origin)?;
    let (of, entries): (Vec<u32>, Vec<EventEntry>) = std::mem::take(&mut rows.entries).into_iter().unzip();
    let mut rest = std::mem::take(&mut rows.rest);
    let mut of = of.into_iter();
    append_all(&mut store, entries, &rules, lang, &mut rows.count, |appended| {
        let Some(row) = of.next() else { return };
        let against = appended.as_ref().err().into_iter().flatten();
        rest.extend(against.map(|why| (row, why.code(), why.message(lang))));
    })?;
    rest.sort_by_key(|(row, ..)| *row);
    if let Some(path) = &args.rest {
        write_rest(path, &rest)?;
    }
    print(&rows, rest.first().map(|(row, ..)| *row), common.json, lang);
    Ok(if rows.count.refused + rows.passed == 0 { ExitCode::SUCCESS } else { Exit::NotRight.code() })
}

fn write_rest(path: &Path, rest: &[(u32, &'static str, String)]) -> Result<(), Failure> {
    let mut csv = SafeCsv::begin(path, &["baris", "kode", "sebab"])?;
    for (row, code, why) in rest {
        csv.row([row.to_string().as_str(), code, why])?;
    }
    Ok(csv.finish()?)
}

/// What every row of the file has in common.
struct Frame<'a> {
    who: Writer,
    field: Option<&'a CodedField>,
    act: ActKind,
    kind: SubjectKind,
    scheme: Scheme,
    evidence: Vec<Attachment>,
}

fn read(args: &ImportArgs, lang: Lang) -> Result<Rows, Failure> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let field = if args.list { None } else { Some(field(&text(&args.map), &text(&args.column))?) };
    let act = match args.list {
        true => ActKind::Listed,
        false => ActKind::from_word(&args.act).ok_or_else(|| bad("act", &args.act))?,
    };
    let frame = Frame {
        who: args.writer.writer()?,
        field,
        act,
        kind: kind_of(args.kind.as_deref(), field.map_or(SubjectKind::Household, |f| f.kind))?,
        scheme: Scheme::from_word(&args.scheme).ok_or_else(|| bad("scheme", &args.scheme))?,
        evidence: evidence(&args.evidence)?,
    };
    let optional = [&args.place, &args.parent, &args.twin];
    let mut columns = vec![args.id.as_str(), args.column.as_deref().unwrap_or(&args.id)];
    columns.extend(optional.iter().filter_map(|c| c.as_deref()));
    let mut rows = Rows::default();
    let take = |row: u32, cells: &[String]| {
        rows.read += 1;
        let mut rest = cells.iter().skip(2);
        let more = optional.map(|c| c.as_ref().and_then(|_| rest.next()).map_or("", String::as_str));
        let [id, code] = [0, 1].map(|i| cells.get(i).map_or("", String::as_str));
        match frame.entry(args, id, code, &mut rows.payment) {
            Err(why) => {
                rows.passed += 1;
                rows.refuse(row, &why, lang);
            }
            Ok(entry) => {
                let entry = frame.with(entry, more, |why| rows.refuse(row, &why, lang));
                rows.entries.push((row, entry));
            }
        }
    };
    read_columns(&args.file, &columns, take)?;
    Ok(rows)
}

impl Frame<'_> {
    fn entry(
        &self,
        args: &ImportArgs,
        id: &str,
        code: &str,
        payment: &mut BTreeMap<&'static str, u64>,
    ) -> Result<EventEntry, RowFinding> {
        let subject = Subject::new(self.kind, id).map_err(|_| RowFinding::NoId)?;
        let (act, code) = match self.field {
            None => (Act::Listed, None),
            Some(field) => {
                let known = known(field, code)?;
                if let Some(paid) = known.payment {
                    *payment.entry(Payment::word(paid)).or_default() += 1;
                }
                let verdict = known.verdict.ok_or(RowFinding::SaysNothing)?;
                let map = args.map.as_deref().unwrap_or_default();
                let written = PlainName::new(&format!("{map}/{}/{}", field.column, known.code.replace(' ', "_"))).ok();
                // somebody who was not on the list is proposed, whatever the others are
                (act_of(if known.new { ActKind::Proposed } else { self.act }, verdict), written)
            }
        };
        let who = &self.who;
        Ok(EventEntry {
            subject,
            place: None,
            parent: None,
            twin: None,
            on: who.on,
            recorded: who.recorded,
            actor: who.actor.clone(),
            workflow: who.workflow.clone(),
            stage: who.stage.clone(),
            act,
            evidence: self.evidence.clone(),
            code,
        })
    }

    /// With place, parent and twin. A cell that cannot be read is noted; an empty one is not.
    fn with(
        &self,
        entry: EventEntry,
        [place, parent, twin]: [&str; 3],
        mut note: impl FnMut(RowFinding),
    ) -> EventEntry {
        let parent_kind = if self.kind == SubjectKind::Person { SubjectKind::Household } else { self.kind };
        let mut check = |cell: &str, read: bool, why: RowFinding| {
            if !read && !cell.trim().is_empty() {
                note(why);
            }
        };
        let place_read = RegionCode::parse(self.scheme, place).ok().filter(|p| !never_was(*p));
        check(place, place_read.is_some(), RowFinding::Place);
        let parent_read = Subject::new(parent_kind, parent).ok().filter(|s| *s != entry.subject);
        check(parent, parent_read.is_some(), RowFinding::Parent);
        let twin_read = Subject::new(self.kind, twin).ok().filter(|s| *s != entry.subject);
        check(twin, twin_read.is_some(), RowFinding::Twin);
        EventEntry { place: place_read, parent: parent_read, twin: twin_read, ..entry }
    }
}

fn known<'a>(field: &'a CodedField, code: &str) -> Result<&'a SourceCode, RowFinding> {
    // a code is no person's value, but a cell of a wrong column may be one
    let shown = || if code.len() <= 12 && code.parse::<u32>().is_ok() { code } else { "?" };
    field.read(code).ok_or_else(|| RowFinding::UnknownCode { code: shown().to_owned() })
}

const fn act_of(kind: ActKind, verdict: SubjectVerdict) -> Act {
    match kind {
        ActKind::Proposed => Act::Proposed(verdict),
        ActKind::Decided => Act::Decided(verdict),
        ActKind::Objected => Act::Objected(verdict),
        _ => Act::Visited(verdict),
    }
}

fn evidence(given: &[String]) -> Result<Vec<Attachment>, Failure> {
    let one = |text: &String| {
        let (kind, path) = text.split_once('=').ok_or_else(|| bad("evidence", text))?;
        let kind = EvidenceKind::from_word(kind).ok_or_else(|| bad("evidence", kind))?;
        Ok(Attachment { kind, digest: digest(Path::new(path))? })
    };
    given.iter().map(one).collect()
}

fn print(rows: &Rows, first: Option<u32>, json: bool, lang: Lang) {
    let Rows { read, passed, count, payment, .. } = rows;
    if json {
        let one = |w: &Why| serde_json::json!({ "code": w.code, "sentence": w.sentence, "count": w.count });
        let why: Vec<_> = count.why.iter().map(one).collect();
        say_out(
            &serde_json::json!({ "rows": read, "appended": count.appended, "refused": count.refused, "passed": passed,
                "why": why, "payment": payment,
                "closes": *read == count.appended + count.refused + passed })
            .to_string(),
        );
        return;
    }
    say_out(&format!(
        "{read} {} = {} {} + {} {} + {passed} {}",
        say(lang, "baris", "rows"),
        count.appended,
        say(lang, "dicatat", "recorded"),
        count.refused,
        say(lang, "ditolak alur", "refused by the workflow"),
        say(lang, "dilewati", "passed over"),
    ));
    for why in &count.why {
        say_out(&format!("  {} × {} [{}]", why.count, why.sentence, why.code));
    }
    for (word, n) in payment {
        let label = Payment::from_word(word).map_or(*word, |p| p.label(lang));
        say_out(&format!("  {n} × {} {label}", say(lang, "status bayar:", "payment:")));
    }
    if let Some(row) = first {
        say_out(&format!("  {} {row}", say(lang, "yang pertama: baris data", "the first: data row")));
    }
}
