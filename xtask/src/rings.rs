//! `cargo xtask check rings`: whether files of a crate import each other in a ring. Such files can only be read together.
//!
//! A file leads to the file that *defines* what it names, in a `use` or in a path, however often it is handed on on the
//! way. What is only handed on (`pub use`, and not named again) leads nowhere: a `mod.rs` may show what its children have.
//! Tests do not count.

mod crates;
mod files;
mod paths;
mod tokens;

use crate::picture::graph::Graph;
use crate::shell::Outcome;
use crates::Crate;

/// Names every ring.
pub(crate) fn check() -> Outcome {
    let mut rings = Vec::new();
    for node in Graph::read()?.nodes {
        let krate = Crate::read(&node.folder)?;
        rings.extend(krate.rings().into_iter().map(|ring| format!("{}: {}", node.folder, ring.join(" ↔ "))));
    }
    if rings.is_empty() {
        eprintln!("rings: ok");
        return Ok(());
    }
    Err(format!("files that import each other in a ring:\n{}", rings.join("\n")).into())
}

#[cfg(test)]
mod tests;
