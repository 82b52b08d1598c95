//! `bansos synth`: invented registers of any regency, with the truth beside them.

use crate::answer::answer;
use crate::args::Common;
use crate::failure::{CliError, Exit, Failure};
use crate::paths::OutPath;
use crate::progress::Progress;
use bansos::region::{RegionCode, Scheme};
use bansos::{Date, Lang};
use bansos_registers::shown_path;
use bansos_registers::synth::{DtksForm, Rates, SynthError, SynthOptions, generate};
use bansos_registers::write::{FolderKind, OutFolder, WriteError};
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// Make registers of invented people (DTKS, P3KE, Regsosek) with damage as in the field, and the truth beside them
///
/// The same seed gives the same files. Every identifier has a serial from 9000 on, which no office issues.
#[derive(Args)]
pub(crate) struct SynthArgs {
    /// Folder to make
    folder: OutPath,
    /// Number of true families
    #[arg(long, short = 'n', default_value_t = 1000)]
    families: u64,
    /// Kabupaten or kota, Kemendagri code
    #[arg(long, default_value = "35.08")]
    regency: String,
    /// The same seed gives the same files
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day the registers are of
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "2025-12-31")]
    as_of: String,
    /// All damage times this: 0 for spotless registers, 2 for twice as bad
    #[arg(long, default_value_t = 1.0, value_name = "FACTOR")]
    noise: f64,
    /// One damage rate per row, such as dtks:nik:scientific=0.05 (all registers without the first word); repeatable
    #[arg(long = "rate", value_name = "[SOURCE:]DAMAGE=RATE")]
    rates: Vec<String>,
    /// Form of the DTKS file
    #[arg(long, value_enum, default_value_t = DtksArg::Semicolon)]
    dtks: DtksArg,
    /// Replace an earlier result in the folder
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum DtksArg {
    /// CSV with ; and a byte-order mark, as Excel writes it
    Semicolon,
    /// CSV with ,
    Comma,
    /// A workbook with two title rows
    Xlsx,
}

pub(crate) fn run(args: &SynthArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let options = args.options()?;
    let filled = std::fs::read_dir(&args.folder).is_ok_and(|mut entries| entries.next().is_some());
    if filled && !args.force {
        return Err(Failure::new(Exit::Output, WriteError::Exists { path: shown_path(&args.folder) }));
    }
    let folder = OutFolder::begin_as(&args.folder, FolderKind::Data)?;
    let what = match lang {
        Lang::Id => "membuat keluarga",
        Lang::En => "making families",
    };
    let bar = Progress::new(common.quiet, common.json).stage(what, Some(args.families));
    let made = generate(&folder.path("."), &options, &|done| bar.set_position(done)).map_err(|e| match e {
        e @ SynthError::Io { .. } => Failure::new(Exit::Output, e),
        e => Failure::usage(e),
    })?;
    bar.finish_and_clear();
    folder.finish()?;
    if common.json {
        answer!("{}", serde_json::to_string(&made).unwrap_or_default());
        return Ok(ExitCode::SUCCESS);
    }
    let damaged: u64 = made.faults.values().sum();
    match lang {
        Lang::Id => answer!(
            "{}: {} keluarga, {} orang rekaan; {damaged} kerusakan ditanam",
            shown_path(&args.folder),
            made.families,
            made.people
        ),
        Lang::En => answer!(
            "{}: {} families, {} people, all invented; {damaged} damages planted",
            shown_path(&args.folder),
            made.families,
            made.people
        ),
    }
    for (file, rows) in &made.rows {
        answer!("{rows:>12}  {file}");
    }
    Ok(ExitCode::SUCCESS)
}

impl SynthArgs {
    fn options(&self) -> Result<SynthOptions, Failure> {
        let regency = RegionCode::parse(Scheme::Kemendagri, &self.regency)
            .map_err(|_| Failure::usage(SynthError::UnknownRegency { code: self.regency.clone() }))?;
        let as_of: Date =
            self.as_of.parse().map_err(|_| Failure::usage(CliError::BadDate { text: self.as_of.clone() }))?;
        // times NaN every rate is none, and times less than nothing as well
        if !self.noise.is_finite() || self.noise < 0.0 {
            return Err(Failure::usage(SynthError::UnknownRate { text: format!("noise={}", self.noise) }));
        }
        let mut rates = Rates::default().times(self.noise);
        for text in &self.rates {
            rates.set(text).map_err(Failure::usage)?;
        }
        let dtks = match self.dtks {
            DtksArg::Semicolon => DtksForm::Semicolon,
            DtksArg::Comma => DtksForm::Comma,
            DtksArg::Xlsx => DtksForm::Xlsx,
        };
        Ok(SynthOptions { as_of, rates, dtks, ..SynthOptions::new(self.families, regency, self.seed) })
    }
}
