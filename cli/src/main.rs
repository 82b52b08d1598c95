//! `bansos`: registers in, decisions out.
//!
//! One room per command; `run` is the main job, the others are its steps standing alone.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod answer;
mod args;
mod clk;
#[cfg(test)]
mod codes;
mod command;
mod decide;
mod dedupe;
mod failure;
mod input;
mod layout;
mod link;
mod nik;
mod paths;
mod plan;
mod policy;
mod progress;
mod rank;
mod read;
mod region;
mod report;
mod review;
mod run;
mod synth;
mod usage;
mod verivali;

use clap::{CommandFactory, FromArgMatches};
use std::process::ExitCode;

fn main() -> ExitCode {
    let given = command::Cli::command().try_get_matches();
    let line = given.and_then(|given| command::Cli::from_arg_matches(&given).map(|line| (given, line)));
    let (given, line) = match line {
        Ok(both) => both,
        Err(refusal) => return usage::refuse(&refusal),
    };
    line.common.start_log();
    let lang = line.common.lang();
    let done = paths::keep_outputs_apart(&given).and_then(|()| line.command.run(&line.common, lang));
    match done.and_then(|code| answer::taken().map(|()| code)) {
        Ok(code) => code,
        Err(failure) => failure.print(lang, line.common.json),
    }
}
