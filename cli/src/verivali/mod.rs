//! `bansos verivali`: the correction of the register by the people who know the families.

mod plan;

use crate::args::Common;
use crate::failure::Failure;
use bansos::Lang;
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Verifikasi dan validasi: who visits whom
#[derive(Args)]
pub(crate) struct VerivaliArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    Plan(plan::PlanArgs),
}

pub(crate) fn run(args: &VerivaliArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    match &args.step {
        Step::Plan(args) => plan::run(args, common, lang),
    }
}
