//! `generate [what…]` writes the checked-in tables; `check [what…]` makes them again and compares.

use crate::Outcome;
use crate::policy;
use crate::region;
use xtask::Mode;

/// A generator: its name, and what it does. It also lints its input in both modes.
type Generator = (&'static str, fn(Mode) -> Outcome);

const GENERATORS: &[Generator] = &[
    ("supply", crate::supply::run),
    ("names", crate::names::run),
    ("region", region::run),
    ("policy", policy::run),
    ("verivali", crate::verivali::run),
];

/// `generate`.
pub(crate) fn generate(only: &[String]) -> Outcome {
    all(only, Mode::Write)
}

/// `check`.
pub(crate) fn check(only: &[String]) -> Outcome {
    all(only, Mode::Compare)
}

fn all(only: &[String], mode: Mode) -> Outcome {
    if let Some(unknown) = only.iter().find(|o| !GENERATORS.iter().any(|(name, _)| name == *o)) {
        let names: Vec<&str> = GENERATORS.iter().map(|(name, _)| *name).collect();
        return Err(format!("nothing is called {unknown}; there are: {}", names.join(", ")).into());
    }
    for (name, run) in GENERATORS.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|o| o == name)) {
        run(mode).map_err(|why| format!("{name}: {why}"))?;
        eprintln!("{name}: ok");
    }
    Ok(())
}
