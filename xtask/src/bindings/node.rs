//! Node: npm's packages, the native module, then `node --test` and the types.

use super::{Tool, npm_ci, target};
use crate::shell::Outcome;

const FOLDER: &str = "bindings-node";
const EXAMPLE: &str = "examples/node-portal";

pub(super) fn run() -> Outcome {
    npm_ci(FOLDER)?;
    build(&[])?;
    Tool::new("npm", FOLDER).args(["test", "--silent"]).run()?;
    npm_ci(EXAMPLE)?;
    Tool::new("npm", EXAMPLE).args(["test", "--silent"]).run()?;
    Ok(())
}

/// Builds the native module beside `index.js`, the dev profile unless told otherwise.
pub(super) fn build(more: &[&str]) -> Outcome {
    Tool::new("npx", FOLDER)
        .args(["napi", "build", "--platform", "--js", "native.js", "--dts", "native.d.ts"])
        .args(more)
        .env("CARGO_TARGET_DIR", target())
        .run()
}
