//! `bansos-tables generate|check [what…]` and `bansos-tables score`: what `cargo xtask` hands on, because it needs the core.

use std::process::ExitCode;
pub(crate) use xtask::{Outcome, root};

mod generate;
mod names;
mod policy;
mod region;
mod score;
mod supply;
mod verivali;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.split_first().map(|(task, rest)| (task.as_str(), rest)) {
        Some(("generate", only)) => generate::generate(only),
        Some(("check", only)) => generate::check(only),
        Some(("score", args)) => score::run(args),
        _ => Err("usage: bansos-tables generate|check [what…], or score <crosswalk.csv> <truth folder>".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
