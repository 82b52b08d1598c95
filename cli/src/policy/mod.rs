//! `bansos policy …`: the parameters with their dates, sources and confidence; what a change changes; what is disputed.

mod lint;
mod options;
mod show;

pub(crate) use options::{PolicyArgs as PolicyOptions, programmes};

// for the page of codes
#[cfg(test)]
pub(crate) use options::PolicyArgsError;

use crate::args::Common;
use crate::failure::Failure;
use bansos::Lang;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Amounts, ages, caps, ceilings and flags of the programmes: in force when, on what basis
#[derive(Args)]
pub(crate) struct PolicyArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// What is in force on a day; a parameter's id shows its whole history
    Show {
        /// A parameter (pkh.max_decile) or the beginning of ids (pkh); nothing: all
        id: Option<String>,
        #[command(flatten)]
        policy: PolicyOptions,
    },
    /// What differs between two days, or between the built-in policy and the one with alternatives and overlays
    Diff {
        /// The earlier day (default: compare with the built-in policy on the same day)
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        #[command(flatten)]
        policy: PolicyOptions,
    },
    /// Figures on which public sources disagree: the preferred value, the alternatives, the reasons
    Conflicts,
    /// Checks policy files and overlays: basis, dates, units, sources
    Lint {
        /// Files (TOML): a region's own programme, or an overlay
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// `bansos policy`.
pub(crate) fn run(args: &PolicyArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::Show { id, policy } => show::show(id.as_deref(), policy, common.json, lang),
        Command::Diff { from, policy } => show::diff(from.as_deref(), policy, common.json, lang),
        Command::Conflicts => Ok(show::conflicts(common.json, lang)),
        Command::Lint { files } => lint::run(files, common.json, lang),
    }
}
