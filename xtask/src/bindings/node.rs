//! Node: the native module beside `native.js`, then `node --test`, the types, and the example.

use super::javascript::{self, link, npm, npm_ci};
use super::{Tool, target};
use crate::shell::{self, Outcome};

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
pub(super) fn build() -> Outcome {
    Tool::new("cargo", ".")
        .args(["build", "--quiet", "--package", "bansos-node"])
        .env("CARGO_TARGET_DIR", target())
        .run()?;
    place("debug")
}

/// Copies the library built to where `native.js` looks, by Node's names for this platform.
pub(super) fn place(profile: &str) -> Outcome {
    let (before, after) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let built = target().join(profile).join(format!("{before}bansos_node{after}"));
    let platform = javascript::tool("node", ".")?.args(["-p", "process.platform + '-' + process.arch"]).output();
    let name = format!("bansos.{}.node", platform.ok_or("node cannot be run")?);
    std::fs::copy(built, shell::root().join(FOLDER).join(name))?;
    Ok(())
}
