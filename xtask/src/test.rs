//! `cargo xtask test`: everything, step by step, with what each took. Every step installs what it needs.

use crate::bindings::{self, php};
use crate::build;
use crate::shell::{self, Outcome};
use crate::spent::{Spent, Start};

type Step = (&'static str, fn() -> Outcome);

const STEPS: &[Step] = &[
    ("format", || shell::run("cargo", &["fmt", "--all", "--check"])),
    ("lint", lint),
    ("build", build::all),
    // the tests have been built, but for those in the documentation
    ("rust", || build::cargo("test", &[])),
    ("tables", || crate::generate::check(&[])),
    ("python", || bindings::one("python")),
    ("node", || bindings::one("node")),
    ("wasm", || bindings::one("wasm")),
    ("php", || bindings::one("php")),
    ("together", || bindings::one("together")),
];

/// Code, then documentation: a link that leads nowhere is a fault as well.
fn lint() -> Outcome {
    // not `--all-targets`: it would make a test of a binding's library, which the macros of its host leave empty
    let targets = ["--lib", "--bins", "--tests", "--examples", "--bench", "*"];
    build::cargo("clippy", &[targets.as_slice(), &["--", "-D", "warnings"]].concat())?;
    let doc = [build::everything("doc").as_slice(), &["--no-deps", "--lib"]].concat();
    shell::run_with("cargo", &doc, &[("RUSTDOCFLAGS", "-D warnings".as_ref())])
}

/// Runs all steps, or those named.
pub(crate) fn run(only: &[String]) -> Outcome {
    if let Some(unknown) = only.iter().find(|o| !STEPS.iter().any(|(name, _)| name == *o)) {
        let names: Vec<&str> = STEPS.iter().map(|(n, _)| *n).collect();
        return Err(format!("no step {unknown}; there are: {}", names.join(", ")).into());
    }
    let wanted = |step: &str| only.is_empty() || only.iter().any(|o| o == step);
    // first, because whether the extension can be built decides what all later steps build
    if ["php", "together"].into_iter().any(wanted) {
        php::install()?;
    }
    let mut done: Vec<(&str, Spent)> = Vec::new();
    for (name, step) in STEPS.iter().filter(|(name, _)| wanted(name)) {
        let start = Start::now();
        step()?;
        done.push((*name, start.spent()));
    }
    eprintln!();
    for (name, spent) in &done {
        eprintln!("  {name:<10} {spent}");
    }
    eprintln!("  {:<10} {}", "in all", done.iter().map(|(_, spent)| *spent).sum::<Spent>());
    println!("{} passed, 0 failed", done.len());
    Ok(())
}
