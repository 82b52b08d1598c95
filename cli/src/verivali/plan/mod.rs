//! `bansos verivali plan`: which officer visits whom on which day.

mod page;
mod scene;
mod sheet;
mod write;

#[cfg(test)]
pub(crate) use scene::{NotUsed, PlaceError};

use super::book::day;
use crate::answer::answer;
use crate::args::Common;
use crate::failure::{Exit, Failure};
use crate::input::{read_text, say};
use crate::paths::{OutPath, PriorResult};
use crate::progress::Progress;
use bansos::verivali::plan::{Calendar, PlanError, Settings, Travel, plan};
use bansos::{Lang, date};
use bansos_registers::shown_path;
use bansos_registers::write::OutFolder;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Plan the ground check: fewest days, then least travel, the most urgent families first
///
/// Targets: a table (CSV, XLSX, ODS) with `desa` (Kemendagri code, or any name that the other files use too) and `id`, or `jumlah` for that
/// many targets; optional `kecamatan`, `desil`, `keraguan` (0 to 1), `tanggal_data`. Officers: `petugas`, `desa`
/// (residence); optional `per_hari`, `absen` (2025-03-10..2025-03-14; 2025-03-20). Places, optional: `desa`, `nama`, `kecamatan`,
/// `lintang`, `bujur`. English column names (target, place, district, decile, doubt, recorded; officer, per_day, away; name,
/// latitude, longitude) work too.
///
/// Written: visits.csv, calendar.csv, officers.csv, unserved.csv, quarantine.csv, summary.json, plan.html.
#[derive(Args)]
pub(crate) struct PlanArgs {
    /// Whom to visit (CSV, XLSX, ODS)
    #[arg(long, value_name = "FILE")]
    targets: PathBuf,
    /// Who visits (CSV, XLSX, ODS)
    #[arg(long, value_name = "FILE")]
    officers: PathBuf,
    /// Names, kecamatan and coordinates of the desa (CSV, XLSX, ODS)
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// Folder for the plan; replaced whole if it is an earlier result
    #[arg(long, short)]
    out: OutPath,
    /// First day that may be used, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    start: String,
    /// Deadline, YYYY-MM-DD: what does not fit is listed, the least urgent first to go
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Worked weekdays, Monday is 1: 1-5, 1-6, 1,3,5
    #[arg(long, default_value = "1-5", value_name = "DAYS")]
    weekdays: String,
    /// Days off (one date per line; the rest of a line is a remark)
    #[arg(long, value_name = "FILE")]
    holidays: Option<PathBuf>,
    /// Visits a day of an officer whose row does not say
    #[arg(long, default_value_t = 12, value_name = "N")]
    per_day: u16,
    /// What travel is counted in
    #[arg(long, value_enum, default_value_t = TravelArg::Shared)]
    travel: TravelArg,
    /// How far officers may go: `desa`, `kecamatan`, or kilometres with --travel km
    #[arg(long, value_name = "LIMIT")]
    within: Option<String>,
    /// An even load before little travel: nobody rests while another works
    #[arg(long)]
    even: bool,
    /// An earlier plan's folder: visits before --start are done, the others stay with their officer where they can
    #[arg(long, value_name = "DIR")]
    previous: Option<PriorResult>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TravelArg {
    /// Own desa, own kecamatan, elsewhere
    Shared,
    /// Kilometres in a straight line, from the coordinates of the desa
    Km,
}

bansos::codes! {
    /// Why the planning files cannot be used.
    pub enum PlanInputError {
        /// The option has another form.
        BadOption { name: &'static str, text: String } = "plan.bad_option", Error,
            id: "nilai \"{text}\" untuk --{name} tidak dikenal; lihat --help",
            en: "the value \"{text}\" for --{name} is not known; see --help";
        /// A cell has another form.
        BadCell { path: String, line: u64, name: &'static str } = "plan.bad_cell", Error,
            id: "{path} baris {line}: isi kolom {name} tidak dapat dibaca",
            en: "{path} line {line}: the cell of column {name} cannot be read";
        /// Targets by number, more than anybody visits.
        TooMany { path: String, line: u64, most: u32 } = "plan.too_many", Error,
            id: "{path} baris {line}: sampai baris ini sasarannya lebih dari {most}; bagi rencananya per kabupaten/kota",
            en: "{path} line {line}: there are more than {most} targets up to this line; divide the plan by regency";
    }
}

pub(crate) fn run(args: &PlanArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let progress = Progress::new(common.quiet, common.json);
    let settings = settings(args)?;
    let out = OutFolder::begin(&args.out)?;
    let mut scene = scene::Scene::read(&args.targets, &args.officers, args.places.as_deref(), args.per_day)?;
    if let Some(folder) = &args.previous {
        scene.go_on_from(&folder.join("visits.csv"), settings.calendar.start)?;
    }
    let work = |_: &_| plan(&scene.places, &scene.officers, &scene.targets, &settings);
    let done = progress.during(say(lang, "menyusun rencana", "planning"), work).map_err(|e| scene.explain(e))?;
    let summary = write::PlanSummary::new(&scene, &done, &settings);
    write::tables(&scene, &done, &summary, &out, lang)
        .and_then(|()| page::write(&scene, &done, &summary, &out, lang))
        .and_then(|()| out.finish())?;
    if common.json {
        answer!("{}", summary.json());
    } else {
        answer!("{}", summary.sentences(lang).join("\n"));
    }
    Ok(if done.unserved.is_empty() { ExitCode::SUCCESS } else { Exit::NotRight.code() })
}

fn settings(args: &PlanArgs) -> Result<Settings, Failure> {
    let mut calendar = Calendar::from(day(&args.start)?);
    calendar.until = args.until.as_deref().map(day).transpose()?;
    calendar.weekdays = weekdays(&args.weekdays).ok_or_else(|| bad("weekdays", &args.weekdays))?;
    if let Some(path) = &args.holidays {
        for (line, text) in (1..).zip(read_text(path)?.lines()) {
            let text = text.trim_start_matches('\u{feff}').trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let read = text.split([' ', '\t', ',', ';']).next().and_then(|text| date::read(text).date);
            let bad = || PlanInputError::BadCell { path: shown_path(path), line, name: "date" };
            calendar.holidays.push(read.ok_or_else(|| Failure::input(bad()))?);
        }
    }
    let mut settings = Settings::new(calendar);
    settings.travel = if args.travel == TravelArg::Km { Travel::Distance } else { Travel::Shared };
    settings.even = args.even;
    settings.reach = args.within.as_deref().map(|text| reach(text, args.travel)).transpose()?;
    Ok(settings)
}

fn bad(name: &'static str, text: &str) -> Failure {
    Failure::usage(PlanInputError::BadOption { name, text: text.to_owned() })
}

/// `1-5` or `1,3,5` as seven switches.
fn weekdays(text: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for part in text.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        days.get_mut(from.checked_sub(1)?..to)?.fill(true);
    }
    Some(days)
}

fn reach(text: &str, travel: TravelArg) -> Result<u32, Failure> {
    match (travel, text) {
        (_, "desa") => Ok(0),
        (TravelArg::Shared, "kecamatan") => Ok(1),
        (TravelArg::Km, km) => match km.replace(',', ".").parse::<f64>() {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 20,000 km")]
            Ok(km) if (0.0..=20_000.0).contains(&km) => Ok((km * 10.0).round() as u32),
            _ => Err(bad("within", text)),
        },
        _ => Err(bad("within", text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_and_reaches_as_people_write_them() {
        assert_eq!(weekdays("1-5"), Some([true, true, true, true, true, false, false]));
        assert_eq!(weekdays("1, 3,7"), Some([true, false, true, false, false, false, true]));
        for wrong in ["", "0-5", "5-1", "1-8", "senin"] {
            assert_eq!(weekdays(wrong), None, "{wrong}");
        }
        assert_eq!(reach("kecamatan", TravelArg::Shared).ok(), Some(1));
        assert_eq!(reach("7,5", TravelArg::Km).ok(), Some(75));
        assert!(reach("7,5", TravelArg::Shared).is_err());
    }
}
