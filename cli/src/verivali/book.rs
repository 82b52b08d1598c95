//! What the steps around a ledger share: opening it, its rules, who writes.

use crate::failure::{CliError, Exit, Failure, LineFault};
use crate::input::{read_settings, today};
use bansos::verivali::{Actor, Digest, EventEntry, Ledger, Mark, PlainName, Workflow, Workflows};
use bansos::{Coded, Date, Lang, Severity, date};
use bansos_registers::ledger::{self, Appended, LedgerFile, Store};
use bansos_registers::shown_path;
use clap::Args;
use std::path::{Path, PathBuf};

bansos::codes! {
    /// Why a step of verivali cannot be done.
    pub enum VerivaliError {
        /// An option has another form.
        BadOption { name: &'static str, text: String } = "verivali.bad_option", Error,
            id: "nilai \"{text}\" untuk --{name} tidak dikenal; lihat --help",
            en: "the value \"{text}\" for --{name} is not known; see --help";
        /// A line of a file of entries is none.
        BadEntry { path: String, line: u64, why: LineFault } = "verivali.bad_entry", Error,
            id: "{path} baris {line}: {why}",
            en: "{path} line {line}: {why}";
        /// A workflow file is no good.
        BadWorkflow { path: String, why: String } = "verivali.bad_workflow", Error,
            id: "{path}: alur ini tidak dapat dipakai: {why}",
            en: "{path}: this workflow cannot be used: {why}";
        /// A workflow takes the name of one that is built in, or of an earlier file's.
        WorkflowTwice { path: String, id: String } = "verivali.workflow_twice", Error,
            id: "{path}: alur bernama {id} sudah ada; beri nama lain",
            en: "{path}: there is a workflow called {id} already; give it another name";
        /// A ledger to be read is damaged.
        Damaged { path: String } = "verivali.damaged", Error,
            id: "{path} rusak; periksa dengan `bansos verivali verify`, atau pakai bagian yang utuh dengan --sound",
            en: "{path} is damaged; look with `bansos verivali verify`, or use its sound part with --sound";
        /// There is no such code map.
        NoCodeMap { name: String, known: String } = "verivali.no_code_map", Error,
            id: "peta kode {name} tidak ada; yang ada: {known}",
            en: "there is no code map {name}; there are {known}";
    }
}

/// Rules beyond the built-in ones.
#[derive(Args)]
pub(super) struct RulesArgs {
    /// A workflow of your own (TOML, like data/verivali/workflows/); may be repeated
    #[arg(long = "rules", value_name = "FILE")]
    rules: Vec<PathBuf>,
}

impl RulesArgs {
    pub(super) fn read(&self) -> Result<Workflows, Failure> {
        let mut all = Workflows::default();
        for path in &self.rules {
            let workflow: Workflow = read_settings(path)?;
            let wrong = workflow.lint();
            if !wrong.is_empty() {
                let (path, why) = (shown_path(path), wrong.join("; "));
                return Err(Failure::input(VerivaliError::BadWorkflow { path, why }));
            }
            // an act is judged by the workflow that it names: nobody may take the name of another's
            if all.all().iter().any(|known| known.id.eq_ignore_ascii_case(&workflow.id)) {
                let (path, id) = (shown_path(path), workflow.id);
                return Err(Failure::input(VerivaliError::WorkflowTwice { path, id }));
            }
            all.add(workflow);
        }
        Ok(all)
    }
}

/// Where to write, and who writes.
#[derive(Args)]
pub(super) struct WriterArgs {
    /// The name of this ledger; every device has its own
    #[arg(long, value_name = "NAME")]
    origin: String,
    /// Under which rules: kukar-2022, siks-droid-2020, permensos-3-2021, dtsen-2025, or one of --rules
    #[arg(long, value_name = "NAME", default_value = "dtsen-2025")]
    workflow: String,
    /// At which stage of them
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// In which role
    #[arg(long, value_name = "NAME")]
    role: Option<String>,
    /// Who, by an id of the office, never a NIK
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// The day it was done, YYYY-MM-DD (default: today in Jakarta)
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    #[command(flatten)]
    pub(super) rules: RulesArgs,
}

/// Who writes, read.
pub(super) struct Writer {
    pub(super) workflow: PlainName,
    pub(super) stage: PlainName,
    pub(super) actor: Actor,
    pub(super) on: Date,
    pub(super) recorded: Date,
}

impl WriterArgs {
    pub(super) fn origin(&self) -> Result<PlainName, Failure> {
        name("origin", &self.origin)
    }

    pub(super) fn writer(&self) -> Result<Writer, Failure> {
        let given = |option: &'static str, value: &Option<String>| {
            let missing = || Failure::usage(VerivaliError::BadOption { name: option, text: "–".to_owned() });
            name(option, value.as_deref().ok_or_else(missing)?)
        };
        let recorded = today();
        let on = self.on.as_deref().map_or(Ok(recorded), day)?;
        Ok(Writer {
            workflow: name("workflow", &self.workflow)?,
            stage: given("stage", &self.stage)?,
            actor: Actor { role: given("role", &self.role)?, id: given("actor", &self.actor)? },
            on,
            recorded: recorded.max(on),
        })
    }
}

/// A name given as an option.
pub(super) fn name(_option: &'static str, text: &str) -> Result<PlainName, Failure> {
    PlainName::new(text).map_err(Failure::usage)
}

/// A day given as an option.
pub(super) fn day(text: &str) -> Result<Date, Failure> {
    date::read(text).date.ok_or_else(|| Failure::usage(CliError::BadDate { text: text.to_owned() }))
}

/// `ORIGIN:NUMBER:HASH`, as verify prints it.
pub(super) fn mark(text: &str) -> Result<Mark, Failure> {
    let read = || {
        let (rest, hash) = text.rsplit_once(':')?;
        let (origin, number) = rest.rsplit_once(':')?;
        Some(Mark { origin: PlainName::new(origin).ok()?, number: number.parse().ok()?, hash: Digest::parse(hash)? })
    };
    read().ok_or_else(|| Failure::usage(VerivaliError::BadOption { name: "mark", text: text.to_owned() }))
}

/// Reads a ledger that has to be whole, or its sound part where that was asked for.
pub(super) fn whole(path: &Path, sound: bool) -> Result<Ledger, Failure> {
    let found = found(path)?;
    if !found.is_whole() && !sound {
        return Err(Failure::new(Exit::Input, VerivaliError::Damaged { path: shown_path(path) }));
    }
    Ok(found.into_ledger())
}

/// Reads a ledger as it is.
pub(super) fn found(path: &Path) -> Result<LedgerFile, Failure> {
    ledger::read(path).map_err(Failure::input)
}

/// Opens a ledger for writing.
pub(super) fn open(path: &Path, origin: &PlainName) -> Result<Store, Failure> {
    Store::open(path, origin).map_err(|e| Failure::new(Exit::Output, e))
}

/// What a batch of entries came to.
#[derive(Default)]
pub(super) struct AppendCount {
    pub(super) appended: u64,
    pub(super) warned: u64,
    pub(super) refused: u64,
    /// Why entries were refused, each sentence once.
    pub(super) why: Vec<Why>,
}

/// A sentence, and how often it was the reason.
pub(super) struct Why {
    pub(super) code: &'static str,
    pub(super) sentence: String,
    pub(super) count: u64,
}

impl AppendCount {
    pub(super) fn count(&mut self, appended: &Appended, lang: Lang) {
        match appended {
            Ok((_, warnings)) => {
                self.appended += 1;
                self.warned += u64::from(!warnings.is_empty());
                warnings.iter().for_each(|r| self.reason(r, lang));
            }
            Err(against) => {
                self.refused += 1;
                against.iter().filter(|r| r.severity() == Severity::Error).for_each(|r| self.reason(r, lang));
            }
        }
    }

    /// Counts a reason. Refusals of one code are one line, worded as the first: their parameters are days and ids.
    pub(super) fn reason(&mut self, why: &dyn Coded, lang: Lang) {
        let sentence = why.message(lang);
        let same = |w: &&mut Why| w.code == why.code() && (w.sentence == sentence || w.code.starts_with("workflow."));
        match self.why.iter_mut().find(same) {
            Some(known) => known.count += 1,
            None => self.why.push(Why { code: why.code(), sentence, count: 1 }),
        }
    }
}

/// Appends entries in batches.
pub(super) fn append_all(
    store: &mut Store,
    entries: Vec<EventEntry>,
    rules: &Workflows,
    lang: Lang,
    count: &mut AppendCount,
    mut each: impl FnMut(&Appended),
) -> Result<(), Failure> {
    let mut entries = entries.into_iter().peekable();
    while entries.peek().is_some() {
        let batch: Vec<EventEntry> = entries.by_ref().take(50_000).collect();
        for one in store.append(batch, rules).map_err(|e| Failure::new(Exit::Output, e))? {
            count.count(&one, lang);
            each(&one);
        }
    }
    Ok(())
}
