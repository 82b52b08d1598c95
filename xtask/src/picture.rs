//! The picture of docs/ARCHITECTURE.md: `docs/architecture.svg`, drawn from the crates as cargo sees them.
//!
//! A crate stands one row above the highest crate it builds on. Of the arrows only those are drawn that no longer way
//! makes superfluous. What only builds, proves or measures stands apart, without arrows.

mod draw;
pub(crate) mod graph;

use crate::shell::Outcome;
use xtask::Mode;

const PAGE: &str = "docs/architecture.svg";

/// Draws it, or compares it with the one that stands there.
pub(crate) fn run(mode: Mode) -> Outcome {
    mode.put(PAGE, &draw::svg(&graph::Graph::read()?))?;
    eprintln!("picture: ok");
    Ok(())
}
