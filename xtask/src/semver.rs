//! `cargo xtask semver [commit]`: whether the public API still allows the version that stands in Cargo.toml, compared with an earlier
//! commit (by default the one before). For whoever is about to name a version; it compiles every crate twice.

use crate::shell::{self, Outcome};
use std::process::Command;

/// The library crates that others build on.
const CRATES: &[&str] = &[
    "bansos",
    "bansos-linkage",
    "bansos-arrow",
    "bansos-interop",
    "bansos-registers",
    "bansos-villages",
    "bansos-report",
    "bansos-pipeline",
];

pub(crate) fn run(args: &[String]) -> Outcome {
    let before = args.first().map_or("HEAD~1", String::as_str);
    if !Command::new("cargo").args(["semver-checks", "--version"]).output().is_ok_and(|out| out.status.success()) {
        return Err("cargo-semver-checks is absent; `cargo install --locked cargo-semver-checks`".into());
    }
    let mut command = vec!["semver-checks", "check-release", "--baseline-rev", before];
    for name in CRATES {
        command.extend(["--package", name]);
    }
    shell::run("cargo", &command)
}
