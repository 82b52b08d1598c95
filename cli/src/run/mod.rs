//! The main job: a folder of registers in; one register, a list of problems and the decisions out.
//!
//! Stages, each a file here: read → link → consolidate ([`people`]) → rank ([`rank`]) → decide ([`decide`]) → write.

mod decide;
mod ledger;
mod options;
mod people;
mod places;
mod rank;
mod report;
pub(crate) mod write;

pub(crate) use options::RunArgs;

use crate::args::Common;
use crate::failure::{Exit, Failure};
use crate::input::{say, told};
use crate::progress::Progress;
use bansos::{Date, Lang};
use bansos_linkage::register::{Linkage, Settings, link};
use bansos_registers::Intake;
use bansos_registers::write::OutFolder;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::Instant;

/// Everything known when all stages are through; what the writers write.
pub(crate) struct Settled {
    pub(crate) as_of: Date,
    pub(crate) intake: Intake,
    pub(crate) linkage: Linkage,
    pub(crate) people: people::People,
    pub(crate) ranking: rank::Ranked,
    pub(crate) decisions: decide::Decisions,
    pub(crate) elapsed_ms: u64,
}

pub(crate) fn run(args: &RunArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let progress = Progress::new(common.quiet, common.json);
    // before the work, so that an hour is not spent on a result that cannot be put anywhere
    let out = OutFolder::begin(&args.out).map_err(|e| Failure::new(Exit::Output, e))?;
    let mut settled = settle(args, progress, lang)?;
    settled.elapsed_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    progress
        .during(say(lang, "menulis hasil", "writing"), |_| {
            let data = report::data(&settled, args);
            write::all(&settled, &data, &out, args)
        })
        .and_then(|()| out.finish())
        .map_err(|e| Failure::new(Exit::Output, e))?;
    tell(&settled, args, common.json, lang);
    Ok(ExitCode::SUCCESS)
}

fn settle(args: &RunArgs, progress: Progress, lang: Lang) -> Result<Settled, Failure> {
    let as_of = args.input.as_of()?;
    let intake = args.input.read(progress, lang)?;

    let linkage = progress
        .during(say(lang, "menautkan orang", "linking persons"), |bar| {
            let watch = |step: bansos_linkage::watch::Progress| {
                bar.set_length(step.total.max(1));
                bar.set_position(step.done);
                ControlFlow::Continue(())
            };
            link(&intake.persons, &intake.families, &Settings::default(), &watch)
        })
        .map_err(Failure::input)?;
    let mut people = progress
        .during(say(lang, "menyatukan catatan", "consolidating"), |_| people::People::of(&intake, &linkage))
        .map_err(Failure::input)?;
    if let Some(path) = &args.ledger {
        people.rulings = ledger::Rulings::read(path, as_of, &linkage)?;
    }
    let ranking = progress.during(say(lang, "memeringkat keluarga", "ranking families"), |_| {
        rank::rank(&people, &linkage, args.by(), as_of)
    })?;
    let policy = args.policy()?;
    let decisions = progress.during(say(lang, "menentukan kelayakan", "determining"), |_| {
        decide::decide(&people, &ranking, as_of, &policy)
    })?;
    Ok(Settled { as_of, intake, linkage, people, ranking, decisions, elapsed_ms: 0 })
}

/// The counts, closing, on standard output.
#[allow(clippy::print_stdout, reason = "the command's own answer")]
fn tell(settled: &Settled, args: &RunArgs, json: bool, lang: Lang) {
    let intake = &settled.intake;
    if json {
        println!("{}", write::summary(settled));
        return;
    }
    print!("{}", told(intake, lang));
    println!(
        "{} {} → {} {}, {} {}",
        intake.persons.len(),
        say(lang, "baris orang", "person rows"),
        settled.linkage.person_count,
        say(lang, "orang", "persons"),
        settled.linkage.family_count,
        say(lang, "keluarga", "families"),
    );
    if let Some(c) = settled.people.rulings.counts {
        println!(
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
    if let Some(why) = settled.ranking.why_not(lang) {
        println!("{}: {why}", say(lang, "tanpa desil", "no deciles"));
    }
    println!("{}: {}", say(lang, "laporan", "report"), args.out.join("report.html").display());
}
