//! Options that every command reading registers shares, and the reading itself.

use crate::failure::{CliError, Failure};
use crate::progress::Progress;
use bansos::date;
use bansos::nik::NikFinding;
use bansos::source::Noticed;
use bansos::{Coded, Date, Finding, Lang};
use bansos_registers::{Intake, Progress as ReadProgress, ReadOptions, layout::Layout, read_folder};
use clap::Args;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the registers are, and the day they are looked at.
#[derive(Args)]
pub(crate) struct InputArgs {
    /// Folder with the register files as they come (CSV, XLSX, Parquet); recognised by their headers
    pub(crate) folder: PathBuf,
    /// Day to which ages and rules refer, YYYY-MM-DD (default: today in Jakarta)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A layout of your own (TOML) for files that no built-in layout fits; may be repeated
    #[arg(long = "layout", value_name = "FILE")]
    layouts: Vec<PathBuf>,
}

bansos::codes! {
    /// Why a folder cannot be worked on.
    pub enum InputError {
        /// The folder has no register that a layout fits.
        NothingRecognised { files: usize, first: String } = "input.nothing_recognised", Error,
            id: "tidak ada register yang dikenali di antara {files} berkas dalam folder ini. {first}",
            en: "no register was recognised among the {files} files of this folder. {first}";
    }
}

impl InputArgs {
    pub(crate) fn as_of(&self) -> Result<Date, Failure> {
        match &self.as_of {
            None => Ok(today()),
            Some(text) => date::read(text).date.ok_or_else(|| Failure::usage(CliError::BadDate { text: text.clone() })),
        }
    }

    /// Reads the folder and holds the facts of each row against each other.
    pub(crate) fn read(&self, progress: Progress, lang: Lang) -> Result<Intake, Failure> {
        let as_of = self.as_of()?;
        let bar = progress.stage(say(lang, "membaca register", "reading registers"), Some(1));
        let report = |p: ReadProgress<'_>| {
            bar.set_length(p.of.max(1));
            bar.set_position(p.bytes);
        };
        let mut options = ReadOptions::new(as_of).with_progress(&report);
        for path in &self.layouts {
            let layout = Layout::from_toml(&path.display().to_string(), &read_text(path)?).map_err(Failure::usage)?;
            options.layouts.push(layout);
        }
        let mut intake = read_folder(&self.folder, &options).map_err(Failure::input)?;
        bar.finish_and_clear();
        if intake.files.is_empty() {
            let first = intake.refused.first().map(|r| r.error.message(lang)).unwrap_or_default();
            return Err(Failure::input(InputError::NothingRecognised { files: intake.refused.len(), first }));
        }
        check(&mut intake, as_of);
        Ok(intake)
    }
}

/// Holds the facts of each row against each other. That a NIK names another place than today's address is normal after a
/// move and would be said of every second row, so it is left out here.
fn check(intake: &mut Intake, as_of: Date) {
    intake.persons.par_iter_mut().for_each(|row| {
        let noticed = bansos::person::check(row, as_of);
        let moved = |n: &Noticed| matches!(n.finding, Finding::Nik(NikFinding::RegionDiffers { .. }));
        row.findings.extend(noticed.into_iter().filter(|n| !moved(n)));
    });
}

/// A small text file named on the command line.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| unreadable(path, &e.to_string()))
}

/// A file named on the command line that is not what it should be.
pub(crate) fn unreadable(path: &Path, cause: &str) -> Failure {
    Failure::input(CliError::CannotRead { path: path.display().to_string(), cause: cause.to_owned() })
}

/// One of two words.
pub(crate) fn say(lang: Lang, id: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Id => id,
        Lang::En => en,
    }
}

/// What was read of each file, closing, for a terminal.
pub(crate) fn told(intake: &Intake, lang: Lang) -> String {
    let mut text = String::new();
    for f in &intake.files {
        text += &format!(
            "{:<28} {:<20} {} {} = {} {} + {} {}\n",
            f.path,
            f.layout,
            f.rows_read,
            say(lang, "dibaca", "read"),
            f.accepted,
            say(lang, "diterima", "accepted"),
            f.quarantined,
            say(lang, "dikarantina", "quarantined"),
        );
    }
    for refused in &intake.refused {
        text += &format!("{:<28} {}\n", refused.file, refused.error.message(lang));
    }
    text
}

/// Today in Jakarta (UTC+7, no summer time). The only place where the program looks at a clock for a date.
pub(crate) fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()) + 7 * 3600;
    let days = i32::try_from(seconds / 86_400).unwrap_or(0);
    date::from_epoch_days(days).unwrap_or(Date::constant(1970, 1, 1))
}
