//! Running other programs, in the repository's root, with a clear word when one fails.

use std::path::PathBuf;
use std::process::Command;

/// What a task returns: nothing, or why it failed.
pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

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
