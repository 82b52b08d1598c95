//! The command line: options that every command has, and the commands.

use crate::failure::Failure;
use bansos::Lang;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::io::{IsTerminal, stderr};
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

/// Options of every command.
#[derive(Args)]
pub(crate) struct Common {
    /// Language of sentences (default: from BANSOS_LANG, LC_ALL or LANG; else Indonesian)
    #[arg(long, global = true, value_enum, env = "BANSOS_LANG", hide_env_values = true)]
    lang: Option<LangArg>,
    /// Answer as JSON, for programs
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// No progress bars
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// More of what happens on standard error (-v, -vv); never a person's value
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArg {
    /// Bahasa Indonesia
    Id,
    /// English
    En,
}

impl Cli {
    pub(crate) fn lang(&self) -> Lang {
        match self.common.lang {
            Some(LangArg::Id) => Lang::Id,
            Some(LangArg::En) => Lang::En,
            None => lang_of_environment(|name| std::env::var(name).ok()),
        }
    }

    pub(crate) fn start_log(&self) {
        let level = match self.common.verbose {
            0 => "warn",
            1 => "info",
            _ => "debug",
        };
        tracing_subscriber::fmt()
            .with_writer(stderr)
            .with_ansi(stderr().is_terminal())
            .with_target(false)
            .without_time()
            .with_env_filter(tracing_subscriber::EnvFilter::new(level))
            .init();
    }
}

/// The first of LC_ALL, LC_MESSAGES and LANG that is set decides; only `en…` is English.
fn lang_of_environment(var: impl Fn(&str) -> Option<String>) -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| var(name).filter(|v| !v.is_empty()));
    match set {
        Some(v) if v.to_ascii_lowercase().starts_with("en") => Lang::En,
        _ => Lang::Id,
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Run(crate::run::RunArgs),
    Read(crate::read::ReadArgs),
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
                clap_complete::generate(*shell, &mut Cli::command(), "bansos", &mut std::io::stdout());
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

    #[test]
    fn language_comes_from_the_first_variable_that_is_set() {
        let with = |pairs: &'static [(&str, &str)]| {
            lang_of_environment(|n| pairs.iter().find(|(k, _)| *k == n).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(with(&[]), Lang::Id);
        assert_eq!(with(&[("LANG", "C.UTF-8")]), Lang::Id);
        assert_eq!(with(&[("LANG", "en_GB.UTF-8")]), Lang::En);
        assert_eq!(with(&[("LC_ALL", "id_ID.UTF-8"), ("LANG", "en_US.UTF-8")]), Lang::Id);
        assert_eq!(with(&[("LC_ALL", ""), ("LANG", "en_US.UTF-8")]), Lang::En);
    }
}
