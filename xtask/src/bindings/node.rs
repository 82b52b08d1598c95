//! Node: the native module beside `native.js`, then `node --test`, the types, and the example.

use super::javascript::{self, link, npm, npm_ci};
use super::replace;
use crate::build;
use crate::shell::{self, Outcome};
use std::path::Path;

const FOLDER: &str = "bindings-node";
const EXAMPLE: &str = "examples/node-portal";

pub(super) fn run() -> Outcome {
    npm_ci(FOLDER)?;
    build()?;
    npm(FOLDER, ["test", "--silent"])?.run()?;
    npm_ci(EXAMPLE)?;
    link(EXAMPLE, "bansos", FOLDER)?;
    npm(EXAMPLE, ["test", "--silent"])?.run()
}

/// The native module, where `native.js` looks.
pub(crate) fn build() -> Outcome {
    place(&build::library("bansos_node")?)
}

/// Copies the library built to where `native.js` looks, by Node's names for this platform.
pub(super) fn place(library: &Path) -> Outcome {
    let platform = javascript::tool("node", ".")?.args(["-p", "process.platform + '-' + process.arch"]).output();
    let name = format!("bansos.{}.node", platform.ok_or("node cannot be run")?);
    replace(library, &shell::root().join(FOLDER).join(name))
}
