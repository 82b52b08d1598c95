//! `bansos verivali`: the correction of the register by the people who know the families.

mod append;
mod book;
mod codes;
mod merge;
mod plan;
mod propose;
mod recap;
mod verify;

// for the page of codes
#[cfg(test)]
pub(crate) use {
    book::VerivaliError,
    codes::RowFinding,
    plan::{NotUsed, PlaceError, PlanInputError},
};

use crate::args::Common;
use crate::failure::Failure;
use bansos::Lang;
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Verifikasi dan validasi: a ledger that loses no correction, its recap, and who visits whom
#[derive(Args)]
pub(crate) struct VerivaliArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    Append(append::AppendArgs),
    Verify(verify::VerifyArgs),
    Merge(merge::MergeArgs),
    Recap(recap::RecapArgs),
    Import(codes::ImportArgs),
    Export(codes::ExportArgs),
    Propose(propose::ProposeArgs),
    Plan(plan::PlanArgs),
}

pub(crate) fn run(args: &VerivaliArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    match &args.step {
        Step::Append(args) => append::run(args, common, lang),
        Step::Verify(args) => verify::run(args, common, lang),
        Step::Merge(args) => merge::run(args, common, lang),
        Step::Recap(args) => recap::run(args, common, lang),
        Step::Import(args) => codes::import(args, common, lang),
        Step::Export(args) => codes::export(args, common, lang),
        Step::Propose(args) => propose::run(args, common, lang),
        Step::Plan(args) => plan::run(args, common, lang),
    }
}
