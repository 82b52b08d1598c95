//! Options of `bansos run`.

use crate::failure::Failure;
use crate::input::{InputArgs, read_text, unreadable};
use bansos::policy::{Overlay, Policy};
use bansos::ranking::By;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The whole job: registers in a folder → one register, findings, duplicates, deciles, decisions, report
#[derive(Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Folder for the result; replaced whole if it is an earlier result
    #[arg(long, short)]
    pub(crate) out: PathBuf,
    /// A named change of policy parameters (TOML); may be repeated; its name shows in every decision
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// What each decile holds an equal share of
    #[arg(long, value_enum, default_value = "families")]
    by: ByArg,
    /// A verivali ledger (.jsonl or .db) over the ids of an earlier run on the same files: its decisions in force on the day
    /// are what the determinations see
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
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

impl RunArgs {
    pub(crate) fn by(&self) -> By {
        match self.by {
            ByArg::Families => By::Families,
            ByArg::Persons => By::Persons,
        }
    }

    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        let mut policy = Policy::builtin();
        for path in &self.overlays {
            let overlay: Overlay = toml::from_str(&read_text(path)?).map_err(|e| unreadable(path, e.message()))?;
            policy = policy.with_overlay(overlay).map_err(Failure::usage)?;
        }
        Ok(policy)
    }
}
