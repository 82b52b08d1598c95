//! `bansos`: registers in, decisions out.
//!
//! One room per command; `run` is the main job, the others are its steps standing alone.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod args;
mod clk;
#[cfg(test)]
mod codes;
mod command;
mod decide;
mod dedupe;
mod failure;
mod input;
mod link;
mod nik;
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
mod verivali;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let line = command::Cli::parse();
    line.common.start_log();
    let lang = line.common.lang();
    match line.command.run(&line.common, lang) {
        Ok(code) => code,
        Err(failure) => failure.print(lang, line.common.json),
    }
}
