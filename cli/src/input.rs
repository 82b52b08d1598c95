//! Options that every command reading registers shares, and the reading itself.

use crate::failure::{CliError, Failure};
use crate::progress::Progress;
use bansos::date;
use bansos::message::{Cause, CauseKind};
use bansos::verivali::Digest;
use bansos::{Coded, Date, Lang, Severity};
use bansos_pipeline::{Stage, check};
use bansos_registers::settings;
use bansos_registers::table::{Row, Table};
use bansos_registers::{
    Intake, Progress as ReadProgress, ReadError, ReadOptions, layout::Layout, read_folder, shown_path,
};
use clap::Args;
use std::io::{BufRead, BufReader, Read};
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

impl InputArgs {
    pub(crate) fn as_of(&self) -> Result<Date, Failure> {
        match &self.as_of {
            None => Ok(today()),
            Some(text) => date::read(text).date.ok_or_else(|| Failure::usage(CliError::BadDate { text: text.clone() })),
        }
    }

    /// The user's own layouts.
    pub(crate) fn layouts(&self) -> Result<Vec<Layout>, Failure> {
        let read = |path: &PathBuf| Layout::from_toml(&shown_path(path), &read_text(path)?).map_err(Failure::usage);
        self.layouts.iter().map(read).collect()
    }

    /// Reads the folder and holds the facts of each row against each other.
    pub(crate) fn read(&self, progress: Progress, lang: Lang) -> Result<Intake, Failure> {
        let as_of = self.as_of()?;
        let bar = progress.stage(Stage::Read.label(lang), Some(1));
        let report = |p: ReadProgress<'_>| {
            bar.set_length(p.of.max(1));
            bar.set_position(p.bytes);
        };
        let mut options = ReadOptions::new(as_of).with_progress(&report);
        options.layouts = self.layouts()?;
        let mut intake = read_folder(&self.folder, &options).map_err(Failure::input)?;
        bar.finish_and_clear();
        check(&mut intake, as_of);
        Ok(intake)
    }
}

/// Bytes of a small file, and of a line of JSON (16 MiB), as of a row of a table: what stands there may be without end.
const LONGEST: u64 = 16 << 20;
/// Bytes of a file that proves something (256 MiB), a film at most.
const LONGEST_PROOF: u64 = 256 << 20;

/// A small text file named on the command line.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    let text = read_bytes(path, LONGEST)?;
    String::from_utf8(text).map_err(|_| unreadable(path, CauseKind::NotText))
}

/// The digest of a file that proves something.
pub(crate) fn digest(path: &Path) -> Result<Digest, Failure> {
    read_bytes(path, LONGEST_PROOF).map(|bytes| Digest::compute(&bytes))
}

fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    read.map_err(|e| unreadable(path, e))?;
    if bytes.len() as u64 > most { Err(too_long(path, most)) } else { Ok(bytes) }
}

fn too_long(path: &Path, most: u64) -> Failure {
    Failure::input(CliError::TooLong { path: shown_path(path), most: most >> 20 })
}

/// The lines of a file of JSON lines, none longer than 16 MiB; `-` is standard input.
pub(crate) fn read_lines(path: &Path) -> Result<impl Iterator<Item = Result<String, Failure>> + use<>, Failure> {
    let mut reader: Box<dyn BufRead> = match path == Path::new("-") {
        true => Box::new(BufReader::new(std::io::stdin())),
        false => Box::new(BufReader::new(std::fs::File::open(path).map_err(|e| unreadable(path, e))?)),
    };
    let path = path.to_owned();
    Ok(std::iter::from_fn(move || {
        let mut line = Vec::new();
        match reader.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) if line.len() as u64 >= LONGEST => Some(Err(too_long(&path, LONGEST))),
            Ok(_) => Some(String::from_utf8(line).map_err(|_| unreadable(&path, CauseKind::NotText))),
            Err(e) => Some(Err(unreadable(&path, e))),
        }
    }))
}

/// A small TOML file (or JSON, where its name ends so) named on the command line.
pub(crate) fn read_settings<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    settings::from_named(path, &read_text(path)?).map_err(|e| unreadable(path, e))
}

/// A secret key, wiped when it is dropped. Not more is read than a key can have: what stands there may be without end.
pub(crate) fn read_key(path: &Path) -> Result<zeroize::Zeroizing<Vec<u8>>, Failure> {
    let most = u64::from(bansos::nik::pseudonym::LONGEST_KEY) + 1;
    let mut key = zeroize::Zeroizing::new(Vec::new());
    let read = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut key));
    read.map(|_| key).map_err(|e| unreadable(path, e))
}

/// A file named on the command line that is not what it should be.
pub(crate) fn unreadable(path: &Path, cause: impl Into<Cause>) -> Failure {
    Failure::input(CliError::CannotRead { path: shown_path(path), cause: cause.into() })
}

/// Opens a table in which these columns will be asked for; `-` is standard input.
pub(crate) fn open_table<S: AsRef<str>>(path: &Path, names: impl IntoIterator<Item = S>) -> Result<Table, Failure> {
    let options = Table::options().looking_for(names);
    let table = match path == Path::new("-") {
        true => options.from_reader("stdin", std::io::stdin()),
        false => options.open(path),
    };
    table.map_err(Failure::input)
}

/// A table that does not answer: a column named on the command line is the caller's to mend, the rest is the file's.
pub(crate) fn refused(error: ReadError) -> Failure {
    match error {
        ReadError::NoColumn { .. } | ReadError::DoubledColumn { .. } => Failure::usage(error),
        other => Failure::input(other),
    }
}

/// Hands on the cells of some columns, row by row, each row with its number.
pub(crate) fn read_columns(path: &Path, names: &[&str], mut take: impl FnMut(u32, &[String])) -> Result<(), Failure> {
    let table = open_table(path, names)?;
    let columns = names.iter().map(|name| table.column(name)).collect::<Result<Vec<_>, _>>().map_err(refused)?;
    let mut rows = table.rows().map_err(Failure::input)?;
    let mut row = Row::new();
    while rows.read(&mut row).map_err(Failure::input)? {
        let cells: Vec<String> = columns.iter().map(|column| row.text(*column).into_owned()).collect();
        take(row.number(), &cells);
    }
    Ok(())
}

/// One of two words.
pub(crate) fn say(lang: Lang, id: &'static str, en: &'static str) -> &'static str {
    lang.choose(id, en)
}

/// What was read of each file, closing, for a terminal.
pub(crate) fn intake_text(intake: &Intake, lang: Lang) -> String {
    let mut text = String::new();
    for f in &intake.files {
        text += &format!(
            "{:<28} {:<20} {} {} = {} {} + {} {}\n",
            f.name(),
            f.layout,
            f.rows_read,
            say(lang, "dibaca", "read"),
            f.accepted,
            say(lang, "diterima", "accepted"),
            f.quarantined,
            say(lang, "ditahan", "quarantined"),
        );
        for note in f.notes.iter().filter(|n| n.severity() > Severity::Info) {
            text += &format!("  {}: {}\n", f.name(), note.message(lang));
        }
    }
    for sheet in &intake.unread {
        text += &format!("{:<28} {}\n", sheet.name(), sheet.reason.message(lang));
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
