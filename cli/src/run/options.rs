//! Options of `bansos run`.

use crate::failure::{CliError, Failure};
use bansos::date;
use bansos::policy::{Overlay, Policy};
use bansos::ranking::By;
use bansos::{Coded, Date};
use bansos_registers::{Intake, ReadOptions, layout::Layout};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// The whole job: registers in a folder → one register, findings, duplicates, deciles, decisions, report
#[derive(Args)]
pub(crate) struct RunArgs {
    /// Folder with the register files as they come (CSV, XLSX, Parquet); recognised by their headers
    pub(crate) folder: PathBuf,
    /// Folder for the result; replaced whole if it is an earlier result
    #[arg(long, short)]
    pub(crate) out: PathBuf,
    /// Day to which ages and rules refer, YYYY-MM-DD (default: today in Jakarta)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A layout of your own (TOML) for files that no built-in layout fits; may be repeated
    #[arg(long = "layout", value_name = "FILE")]
    layouts: Vec<PathBuf>,
    /// A named change of policy parameters (TOML); may be repeated; its name shows in every decision
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// What each decile holds an equal share of
    #[arg(long, value_enum, default_value = "families")]
    by: ByArg,
    /// In the report, counts from 1 to this minus one are not shown
    #[arg(long, default_value_t = 5)]
    pub(crate) small_cell: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum ByArg {
    /// Families
    Families,
    /// Persons
    Persons,
}

bansos::codes! {
    /// Failures of the main job's own.
    pub enum RunError {
        /// The folder has no register that a layout fits.
        NothingRecognised { files: usize, first: String } = "run.nothing_recognised", Error,
            id: "tidak ada register yang dikenali di antara {files} berkas dalam folder ini. {first}",
            en: "no register was recognised among the {files} files of this folder. {first}";
    }
}

impl RunArgs {
    pub(crate) fn as_of(&self) -> Result<Date, Failure> {
        match &self.as_of {
            None => Ok(today()),
            Some(text) => {
                date::read(text).date.ok_or_else(|| Failure::usage(CliError::BadDate { text: text.clone() }))
            }
        }
    }

    pub(crate) fn by(&self) -> By {
        match self.by {
            ByArg::Families => By::Families,
            ByArg::Persons => By::Persons,
        }
    }

    pub(crate) fn add_layouts(&self, options: &mut ReadOptions<'_>) -> Result<(), Failure> {
        for path in &self.layouts {
            options.layouts.push(Layout::from_toml(&path.display().to_string(), &read(path)?).map_err(Failure::usage)?);
        }
        Ok(())
    }

    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        let mut policy = Policy::builtin();
        for path in &self.overlays {
            let overlay: Overlay = toml::from_str(&read(path)?).map_err(|e| unreadable(path, e.message()))?;
            policy = policy.with_overlay(overlay).map_err(Failure::usage)?;
        }
        Ok(policy)
    }

    /// Why a folder gave nothing, with the first refused file's own reason.
    pub(crate) fn nothing_recognised(&self, intake: &Intake) -> Failure {
        let first = intake.refused.first().map(|r| format!("{}: {}", r.file, r.error.messages().id)).unwrap_or_default();
        Failure::input(RunError::NothingRecognised { files: intake.refused.len(), first })
    }
}

fn read(path: &PathBuf) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| unreadable(path, &e.to_string()))
}

fn unreadable(path: &std::path::Path, cause: &str) -> Failure {
    Failure::input(CliError::CannotRead { path: path.display().to_string(), cause: cause.to_owned() })
}

/// Today in Jakarta (UTC+7, no summer time). The only place where the program looks at a clock for a date.
fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()) + 7 * 3600;
    let days = i32::try_from(seconds / 86_400).unwrap_or(0);
    date::from_epoch_days(days).unwrap_or(Date::constant(1970, 1, 1))
}
