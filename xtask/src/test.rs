//! `cargo xtask test`: everything, step by step, with the time each took. Every step installs what it needs.

use crate::shell::{self, Outcome};
use std::time::Instant;

type Step = (&'static str, &'static [&'static [&'static str]]);

const STEPS: &[Step] = &[
    ("format", &[&["cargo", "fmt", "--all", "--check"]]),
    ("lint", &[&["cargo", "clippy", "--quiet", "--", "-D", "warnings"], LINT_TESTS]),
    ("rust", &[&["cargo", "test", "--quiet"]]),
    ("tables", &[&["cargo", "xtask", "check"]]),
    ("python", &[&["cargo", "xtask", "bindings", "python"]]),
    ("node", &[&["cargo", "xtask", "bindings", "node"]]),
    ("wasm", &[&["cargo", "xtask", "bindings", "wasm"]]),
    ("php", &[&["cargo", "xtask", "bindings", "php"]]),
    ("together", &[&["cargo", "xtask", "bindings", "together"]]),
];

/// Tests may unwrap, panic and print, in their helpers too.
const LINT_TESTS: &[&str] = &[
    "cargo",
    "clippy",
    "--all-targets",
    "--quiet",
    "--",
    "-D",
    "warnings",
    "-A",
    "clippy::unwrap_used",
    "-A",
    "clippy::expect_used",
    "-A",
    "clippy::panic",
    "-A",
    "clippy::print_stdout",
    "-A",
    "clippy::print_stderr",
];

/// Runs all steps, or those named.
pub(crate) fn run(only: &[String]) -> Outcome {
    if let Some(unknown) = only.iter().find(|o| !STEPS.iter().any(|(name, _)| name == *o)) {
        let names: Vec<&str> = STEPS.iter().map(|(n, _)| *n).collect();
        return Err(format!("no step {unknown}; there are: {}", names.join(", ")).into());
    }
    let mut done = Vec::new();
    for (name, commands) in STEPS.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|o| o == name)) {
        let start = Instant::now();
        for command in *commands {
            let (program, args) = command.split_first().ok_or("an empty command")?;
            shell::run(program, args)?;
        }
        done.push((*name, start.elapsed()));
    }
    eprintln!();
    for (name, took) in &done {
        eprintln!("  {name:<16} {:>6.1} s", took.as_secs_f64());
    }
    println!("{} passed, 0 failed", done.len());
    Ok(())
}
