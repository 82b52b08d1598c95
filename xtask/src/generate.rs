//! `cargo xtask generate [what…]` writes what is checked in; `cargo xtask check [what…]` makes it again and compares.
//!
//! Three hands make it: `bansos-tables` (what comes from data/), `bansos-surfaces` (what comes from interop), and this
//! program (what comes from cargo itself). They are apart so that `cargo xtask` is built in seconds.

use crate::shell::Outcome;
use crate::{attributes, build, faults, manners, picture, rings, words};
use xtask::Mode;

/// `generate`.
pub(crate) fn generate(only: &[String]) -> Outcome {
    all(only, Mode::Write)
}

/// `check`.
pub(crate) fn check(only: &[String]) -> Outcome {
    all(only, Mode::Compare)
}

fn all(only: &[String], mode: Mode) -> Outcome {
    let (ours, tables): (Vec<&str>, Vec<&str>) = only
        .iter()
        .map(String::as_str)
        .partition(|name| ["bindings", "picture", "attributes", "faults", "manners", "rings", "words"].contains(name));
    let wanted = |name| only.is_empty() || ours.contains(&name);
    if only.is_empty() || !tables.is_empty() {
        let task = if mode == Mode::Write { "generate" } else { "check" };
        build::run("bansos-tables", &[&[task], tables.as_slice()].concat())?;
    }
    if wanted("bindings") {
        build::run("bansos-surfaces", if mode == Mode::Write { &[] } else { &["--check"] })?;
    }
    if wanted("picture") {
        picture::run(mode)?;
    }
    if mode == Mode::Write {
        return Ok(());
    }
    if wanted("attributes") {
        attributes::check()?;
    }
    if wanted("faults") {
        faults::check()?;
    }
    if wanted("manners") {
        manners::check()?;
    }
    if wanted("rings") {
        rings::check()?;
    }
    if wanted("words") {
        words::check()?;
    }
    Ok(())
}
