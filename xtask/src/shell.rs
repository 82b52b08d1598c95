//! Running other programs, in the repository's root, with a clear word when one fails.

use std::process::Command;
pub(crate) use xtask::{Outcome, root};

/// Runs a program in the root and fails unless it succeeds.
pub(crate) fn run(program: &str, args: &[&str]) -> Outcome {
    run_with(program, args, &[])
}

/// The same with more in its environment.
pub(crate) fn run_with(program: &str, args: &[&str], env: &[(&str, &std::ffi::OsStr)]) -> Outcome {
    eprintln!("$ {program} {}", args.join(" "));
    let status = Command::new(program).args(args).envs(env.iter().copied()).current_dir(root()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{program} ended with {status}").into()) }
}
