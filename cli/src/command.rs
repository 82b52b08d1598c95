//! The command line: the commands, and the way to each.

use crate::answer::answer_part;
use crate::args::Common;
use crate::failure::Failure;
use bansos::Lang;
use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// Registers in, decisions out: clean, link, rank and decide Indonesia's social-assistance registers.
#[derive(Parser)]
#[command(name = "bansos", version, about, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes / Kode keluar:
  0  done / selesai
  1  a fault of the program itself / kesalahan program
  2  wrong usage / cara pakai salah
  3  the input cannot be read / masukan tidak dapat dibaca
  4  the output cannot be written / keluaran tidak dapat ditulis
  5  done, but something asked for was not found right (nik check, policy lint) / selesai, tetapi ada yang tidak sah";

#[derive(Subcommand)]
pub(crate) enum Command {
    Run(crate::run::RunArgs),
    Read(crate::read::ReadArgs),
    Layout(crate::layout::LayoutArgs),
    Link(crate::link::LinkArgs),
    Review(crate::review::ReviewArgs),
    Dedupe(crate::dedupe::DedupeArgs),
    Clk(crate::clk::ClkArgs),
    Rank(crate::rank::RankArgs),
    Report(crate::report::ReportArgs),
    Synth(crate::synth::SynthArgs),
    Nik(crate::nik::NikArgs),
    Region(crate::region::RegionArgs),
    Policy(crate::policy::PolicyArgs),
    Decide(crate::decide::DecideArgs),
    Simulate(crate::plan::SimulateArgs),
    Allocate(crate::plan::AllocateArgs),
    Targeting(crate::plan::TargetingArgs),
    Verivali(Box<crate::verivali::VerivaliArgs>),
    /// Shell completions for bash, zsh, fish, elvish or powershell, on standard output
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

impl Command {
    pub(crate) fn run(&self, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
        match self {
            Self::Run(args) => crate::run::run(args, common, lang),
            Self::Read(args) => crate::read::run(args, common, lang),
            Self::Layout(args) => crate::layout::run(args, common, lang),
            Self::Link(args) => crate::link::run(args, common, lang),
            Self::Review(args) => crate::review::run(args, common, lang),
            Self::Dedupe(args) => crate::dedupe::run(args, common, lang),
            Self::Clk(args) => crate::clk::run(args, common, lang),
            Self::Rank(args) => crate::rank::run(args, common, lang),
            Self::Report(args) => crate::report::run(args, common, lang),
            Self::Synth(args) => crate::synth::run(args, common, lang),
            Self::Nik(args) => crate::nik::run(args, common, lang),
            Self::Region(args) => crate::region::run(args, common, lang),
            Self::Policy(args) => crate::policy::run(args, common, lang),
            Self::Decide(args) => crate::decide::run(args, common, lang),
            Self::Simulate(args) => crate::plan::run_simulate(args, common, lang),
            Self::Allocate(args) => crate::plan::run_allocate(args, common, lang),
            Self::Targeting(args) => crate::plan::run_targeting(args, common, lang),
            Self::Verivali(args) => crate::verivali::run(args, common, lang),
            Self::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut Cli::command(), "bansos", &mut script);
                answer_part!("{}", String::from_utf8_lossy(&script));
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
