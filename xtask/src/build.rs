//! One build for everything. Tests, generators and bindings take what one cargo command has compiled: every crate but the
//! browser's, one set of features, one profile. `--package` alone would choose other features and compile the core, and
//! much below it, once more for each of them.

use crate::bindings::{install, target};
use crate::shell::{self, Outcome};
use std::path::PathBuf;
use std::sync::OnceLock;

/// What `cargo <command>` is given, so that it works on the one set of crates. `bansos-wasm` is built for another machine;
/// the PHP extension needs PHP's headers, which `cargo xtask test php` installs.
pub(crate) fn everything(command: &str) -> Vec<&str> {
    let mut args = vec![command, "--quiet", "--workspace", "--exclude", "bansos-wasm"];
    if !install::has_php() {
        args.extend(["--exclude", "bansos-php"]);
    }
    args
}

/// Runs `cargo <command>` on the one set of crates.
pub(crate) fn cargo(command: &str, more: &[&str]) -> Outcome {
    shell::run("cargo", &[everything(command).as_slice(), more].concat())
}

/// Set once everything has been built by this process: what asks for a part of it has it already.
static BUILT: OnceLock<()> = OnceLock::new();

/// Libraries, programs, tests and examples, in one go.
pub(crate) fn all() -> Outcome {
    cargo("build", &["--lib", "--bins", "--tests", "--examples"])?;
    let _ = BUILT.set(());
    Ok(())
}

/// The library of a binding, as the system names it.
pub(crate) fn library(name: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    if BUILT.get().is_none() {
        cargo("build", &["--lib"])?;
    }
    Ok(library_in("debug", name))
}

/// Where a profile's build has put the library of a binding.
pub(crate) fn library_in(profile: &str, name: &str) -> PathBuf {
    let (before, after) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    target().join(profile).join(format!("{before}{name}{after}"))
}

/// A program of ours.
pub(crate) fn program(name: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    if BUILT.get().is_none() {
        cargo("build", &["--bin", name])?;
    }
    Ok(target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs a program of ours.
pub(crate) fn run(name: &str, args: &[&str]) -> Outcome {
    shell::run(&program(name)?.to_string_lossy(), args)
}
