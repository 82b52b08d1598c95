//! `bansos verivali recap`: what a round came to, for every place; what still waits; what was entered and has no effect.

mod page;
mod tables;

use super::book::{RulesArgs, day, whole};
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::{say, today};
use crate::paths::OutPath;
use bansos::region::{self, Level, RegionCode};
use bansos::verivali::{Recap, RecapTally, RemovalReason, Standing, State, SubjectKind, SubjectVerdict, Workflows};
use bansos::{Date, Lang};
use bansos_registers::write::OutFolder;
use bansos_report::words::grouped;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// The recap that closes: initial = still eligible + each reason + undecided
///
/// With --out: recap.csv and recap.xlsx (desa, kecamatan, kabupaten), berita-acara.html to print and sign, proposals.csv
/// (where each stands, how long it has waited), without-effect.csv (entered, and not seen in the system), conflicts.csv,
/// changes.csv (with --since), summary.json.
#[derive(Args)]
pub(crate) struct RecapArgs {
    /// The ledger: .jsonl, or .db (SQLite)
    ledger: PathBuf,
    /// As things stood at the end of this day, YYYY-MM-DD (default: today in Jakarta)
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
    /// Tell also what changed since the end of this day
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Places on the screen and on the page
    #[arg(long, value_enum, default_value_t = By::Kecamatan)]
    by: By,
    /// Folder for the tables and the page; replaced whole if it is an earlier result
    #[arg(long, short)]
    out: Option<OutPath>,
    /// Of a damaged ledger, use the sound part
    #[arg(long)]
    sound: bool,
    #[command(flatten)]
    rules: RulesArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Desa or kelurahan
    Desa,
    /// Kecamatan
    Kecamatan,
    /// Kabupaten or kota
    Kabupaten,
}

impl By {
    const fn level(self) -> Level {
        match self {
            Self::Desa => Level::Village,
            Self::Kecamatan => Level::District,
            Self::Kabupaten => Level::Regency,
        }
    }
}

/// Everything the tables and the page are made of.
struct Round {
    state: State,
    earlier: Option<(Date, State)>,
    rules: Workflows,
    at: Date,
    level: Level,
    events: usize,
    lang: Lang,
}

pub(crate) fn run(args: &RecapArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let rules = args.rules.read()?;
    let at = args.at.as_deref().map_or(Ok(today()), day)?;
    let since = args.since.as_deref().map(day).transpose()?;
    let out = args.out.as_deref().map(OutFolder::begin).transpose()?;
    let ledger = whole(&args.ledger, args.sound)?;
    let state = State::replay(ledger.events(), Some(at), &rules);
    let earlier = since.map(|day| (day, State::replay(ledger.events(), Some(day), &rules)));
    let round = Round { state, earlier, rules, at, level: args.by.level(), events: ledger.events().len(), lang };
    let recap = Recap::from_state(&round.state, round.level);
    if let Some(out) = out {
        tables::write(&round, &ledger, &out)
            .and_then(|()| page::write(&round, &recap, &ledger, &out))
            .and_then(|()| out.finish())?;
    }
    if common.json {
        say_out(&tables::summary(&round, &recap).to_string());
    } else {
        print(&round, &recap);
    }
    Ok(ExitCode::SUCCESS)
}

/// The kinds of subject that a recap has anything to say about.
fn kinds(recap: &Recap) -> impl Iterator<Item = SubjectKind> {
    SubjectKind::ALL.iter().copied().filter(|k| recap.of_kind(*k) != &RecapTally::default())
}

/// A place as people call it.
fn place_name(place: Option<RegionCode>, lang: Lang) -> String {
    let Some(code) = place else { return say(lang, "wilayah tidak diketahui", "place not known").to_owned() };
    if let Some(name) = region::name(code) {
        return format!("{name} ({code})");
    }
    // names of villages are not in the table: theirs is the kecamatan's, with the code that tells them apart
    match code.at(Level::District).and_then(region::name) {
        Some(name) => format!("{} {name}, {code}", say(lang, "Kec.", "District")),
        None => code.to_string(),
    }
}

/// Persons of the list without a decision of their own whose ruta or family has one: still eligible, and off the list.
fn undecided_in_decided(state: &State) -> [u64; 2] {
    let mut count = [0; 2];
    for person in state.standings().iter().filter(|x| x.subject.kind == SubjectKind::Person && x.listed.is_some()) {
        let ruling = person.parent.as_ref().and_then(|p| state.get(p)).and_then(Standing::verdict);
        match ruling.filter(|_| person.verdict().is_none()) {
            Some(SubjectVerdict::Eligible) => count[0] += 1,
            Some(SubjectVerdict::NotEligible(_)) => count[1] += 1,
            None => {}
        }
    }
    count
}

/// What the undecided persons' ruta came to, where there are any.
fn undecided_note(state: &State, lang: Lang) -> Option<String> {
    let [eligible, left] = undecided_in_decided(state);
    let [eligible, left] = [eligible, left].map(|n| grouped(n, if lang == Lang::Id { '.' } else { ',' }));
    (eligible != "0" || left != "0").then(|| match lang {
        Lang::Id => format!(
            "Dari orang yang belum diputuskan sendiri, rumah tangga atau keluarganya sudah: {eligible} masih layak, {left} keluar dari daftar."
        ),
        Lang::En => format!(
            "Of the persons without a decision of their own, the household or family has one: {eligible} still eligible, {left} off the list."
        ),
    })
}

fn print(round: &Round, recap: &Recap) {
    let lang = round.lang;
    say_out(&format!(
        "{} {} · {} {}",
        say(lang, "keadaan per", "as of"),
        round.at,
        round.events,
        say(lang, "peristiwa", "events"),
    ));
    for kind in kinds(recap) {
        let t = recap.of_kind(kind);
        let line = |label: &str, n: u64| say_out(&format!("  {label:<34}{n:>12}"));
        say_out(&format!("{}:", kind.label(lang)));
        line(say(lang, "daftar awal", "initial list"), t.initial);
        line(say(lang, "masih layak", "still eligible"), t.eligible);
        for reason in RemovalReason::ALL.iter().filter(|r| t.reason(**r) > 0) {
            line(reason.label(lang), t.reason(*reason));
        }
        line(say(lang, "belum diputuskan", "undecided"), t.undecided);
        if t.in_conflict > 0 {
            line(say(lang, "  di antaranya bertentangan", "  of them contradictory"), t.in_conflict);
        }
        line(say(lang, "baru, layak", "new, eligible"), t.new);
        if t.new_refused + t.new_undecided > 0 {
            line(say(lang, "baru, ditolak", "new, refused"), t.new_refused);
            line(say(lang, "baru, belum diputuskan", "new, undecided"), t.new_undecided);
        }
        line(say(lang, "usulan/sanggahan masih terbuka", "proposals and objections open"), t.open_proposals);
        line(say(lang, "dientri, belum berlaku", "entered without effect"), t.without_effect);
    }
    if let Some(note) = undecided_note(&round.state, lang) {
        say_out(&note);
    }
    if recap.places.len() > 1 {
        say_out(&format!(
            "{:<40}{:>10}{:>10}{:>10}{:>10}",
            say(lang, "wilayah", "place"),
            say(lang, "awal", "initial"),
            say(lang, "layak", "eligible"),
            say(lang, "keluar", "left"),
            say(lang, "belum", "undecided")
        ));
        for (place, tallies) in &recap.places {
            for (kind, t) in SubjectKind::ALL.iter().zip(tallies).filter(|(_, t)| t.initial > 0) {
                let name = format!("{}, {}", place_name(*place, lang), kind.label(lang));
                say_out(&format!("{name:<40}{:>10}{:>10}{:>10}{:>10}", t.initial, t.eligible, t.left(), t.undecided));
            }
        }
    }
    say_out(match recap.closes() {
        true => say(
            lang,
            "rekap sudah klop: awal = layak + setiap alasan + belum diputuskan",
            "the totals of the recap agree",
        ),
        false => say(lang, "REKAP TIDAK KLOP", "THE TOTALS OF THE RECAP DO NOT AGREE"),
    });
}
