//! `bansos run`, the main job: a folder of registers in; one register, a list of problems and the decisions out.

use crate::answer::{answer, answer_part};
use crate::args::Common;
use crate::failure::Failure;
use crate::input::{InputArgs, intake_text, read_settings, say};
use crate::paths::OutPath;
use crate::progress::{Bars, Progress};
use bansos::policy::Overlay;
use bansos::ranking::By;
use bansos::{Coded, Lang};
use bansos_pipeline::{Job, Recipients, Results, Stage};
use bansos_registers::shown_path;
use bansos_registers::write::OutFolder;
use bansos_report::ReportOptions;
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// The whole job: registers in a folder → one register, findings, duplicates, deciles, decisions, report
#[derive(Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Folder for the result; replaced whole if it is an earlier result
    #[arg(long, short)]
    out: OutPath,
    /// A named change of policy parameters (TOML); may be repeated; its name shows in every decision
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// What each decile holds an equal share of
    #[arg(long, value_enum, default_value = "families")]
    by: ByArg,
    /// A verivali ledger (.jsonl or .db) over the ids of an earlier run on the same files: its decisions in force on the day
    /// are what the determinations see
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// In the report, counts from 1 to this minus one are not shown
    #[arg(long, default_value_t = 5)]
    small_cell: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum ByArg {
    /// Families
    Families,
    /// Persons
    Persons,
}

impl From<ByArg> for By {
    fn from(by: ByArg) -> Self {
        match by {
            ByArg::Families => Self::Families,
            ByArg::Persons => Self::Persons,
        }
    }
}

pub(crate) fn run(args: &RunArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let progress = Progress::new(common.quiet, common.json);
    // before the work, so that an hour is not spent on a result that cannot be put anywhere
    let out = OutFolder::begin(&args.out)?;
    let bars = Bars::new(progress, lang);
    let report = |p| bars.show(p);
    let mut job = Job::from_folder(&args.input.folder, args.input.as_of()?).rank_by(args.by.into()).progress(&report);
    for layout in args.input.layouts()? {
        job = job.layout(layout);
    }
    if let Some(path) = &args.ledger {
        job = job.ledger(path);
    }
    for path in &args.overlays {
        let overlay: Overlay = read_settings(path)?;
        job = job.overlay(overlay);
    }
    let results = job.run()?;
    bars.finish();
    let options = ReportOptions { small_cell: args.small_cell };
    progress.during(Stage::Write.label(lang), |_| results.write_to(out, &options))?;
    print(&results, args, common.json, lang);
    Ok(ExitCode::SUCCESS)
}

/// The counts, closing, on standard output.
fn print(results: &Results, args: &RunArgs, json: bool, lang: Lang) {
    let intake = results.intake();
    if json {
        answer!("{}", results.summary());
        return;
    }
    answer_part!("{}", intake_text(intake, lang));
    answer!(
        "{} {} → {} {}, {} {}",
        intake.persons.len(),
        say(lang, "baris orang", "person rows"),
        results.linkage().person_count,
        say(lang, "orang", "persons"),
        results.linkage().family_count,
        say(lang, "keluarga", "families"),
    );
    answer_part!("{}", recipients_text(results.recipients(), lang));
    if let Some(c) = results.people().rulings() {
        answer!(
            "{}: {} {}, {} {}, {} {}, {} {}, {} {}",
            say(lang, "buku verivali", "verivali ledger"),
            c.persons,
            say(lang, "orang dikeluarkan", "persons taken off"),
            c.families,
            say(lang, "keluarga dikeluarkan", "families taken off"),
            c.eligible,
            say(lang, "tetap layak", "still eligible"),
            c.undecided,
            say(lang, "belum diputuskan", "undecided"),
            c.elsewhere,
            say(lang, "tidak ada di register ini", "not in this register"),
        );
    }
    if let Err(why) = results.ranking().model() {
        answer!("{}: {}", say(lang, "tanpa desil", "no deciles"), why.message(lang));
    }
    answer!("{}: {}", say(lang, "laporan", "report"), shown_path(&args.out.join("report.html")));
}

/// The lists of recipients, a programme a line, and how many families are in several.
fn recipients_text(recipients: &Recipients, lang: Lang) -> String {
    let mut text = String::new();
    for (programme, n) in recipients.by_programme() {
        let programme = if programme.is_empty() { "?" } else { programme };
        let _ = write!(text, "{} {programme}: ", say(lang, "penerima", "recipients of"));
        let counted = [
            (n.rows, say(lang, "baris", "rows")),
            (n.families, say(lang, "keluarga", "families")),
            (n.unregistered, say(lang, "tidak di register", "in no register")),
            (n.dead, say(lang, "meninggal", "dead")),
            (n.twice, say(lang, "dua dalam satu keluarga", "two in one family")),
            (n.excluded, say(lang, "di daftar yang tidak boleh bersamaan", "in a list that excludes it")),
        ];
        let counted: Vec<String> = counted.into_iter().map(|(n, what)| format!("{n} {what}")).collect();
        let _ = writeln!(text, "{}", counted.join(", "));
    }
    let several: Vec<String> = recipients
        .together()
        .into_iter()
        .filter(|(programmes, _)| programmes.len() > 1)
        .map(|(programmes, families)| format!("{} {families}", programmes.join("+")))
        .collect();
    if !several.is_empty() {
        let _ = writeln!(
            text,
            "{}: {}",
            say(lang, "keluarga di beberapa daftar", "families in several lists"),
            several.join(", ")
        );
    }
    text
}
