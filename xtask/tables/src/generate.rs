//! `generate [what…]` writes the checked-in tables; `check [what…]` makes them again and compares.

use crate::policy;
use crate::region;
use crate::{Outcome, root};
use std::path::Path;

/// Whether a generator writes its files or compares them with what is checked in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Compare,
}

impl Mode {
    /// Writes `content` at `path` (from the repository's root), or fails where what stands there differs.
    pub(crate) fn put(self, path: &str, content: &str) -> Outcome {
        let full = root().join(path);
        match self {
            Self::Write => {
                std::fs::create_dir_all(full.parent().unwrap_or(Path::new(".")))?;
                std::fs::write(full, content)?;
                eprintln!("wrote {path}");
                Ok(())
            }
            Self::Compare => match std::fs::read_to_string(full) {
                Ok(there) if there == content => Ok(()),
                Ok(_) => Err(format!("{path} is not what its generator makes; run `cargo xtask generate`").into()),
                Err(why) => Err(format!("{path}: {why}; run `cargo xtask generate`").into()),
            },
        }
    }
}

/// A generator: its name, and what it does. It also lints its input in both modes.
type Generator = (&'static str, fn(Mode) -> Outcome);

const GENERATORS: &[Generator] = &[
    ("licences", crate::licences::run),
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
