//! The browser: the module, its glue for web and Node, then tests in Node and in Chromium.

use super::javascript::{link, npm, npm_ci};
use super::{browser, target, wasm_std};
use crate::build;
use crate::shell::Outcome;

const FOLDER: &str = "bindings-wasm";
const EXAMPLE: &str = "examples/browser-form";

pub(super) fn run() -> Outcome {
    npm_ci(FOLDER)?;
    build()?;
    let chromium = browser::chromium(FOLDER)?;
    npm(FOLDER, ["test", "--silent"])?.env("CHROMIUM", &chromium).run()?;
    npm_ci(EXAMPLE)?;
    link(EXAMPLE, "bansos-wasm", FOLDER)?;
    npm(EXAMPLE, ["test", "--silent"])?.env("CHROMIUM", chromium).run()?;
    Ok(())
}

/// Compiles the module and writes `dist/`.
pub(super) fn build() -> Outcome {
    let compiler = wasm_std::compiler()?;
    // a target folder of its own: another compiler than the rest of the build
    let folder = target().join("wasm");
    for (bundle, features) in [("form", ""), ("full", "full")] {
        compiler
            .cargo()
            .args(["build", "--profile", "wasm", "--target", "wasm32-unknown-unknown"])
            .args(["--package", "bansos-wasm", "--features", features])
            .env("CARGO_TARGET_DIR", &folder)
            .env("RUSTFLAGS", "")
            .run()?;
        let module = folder.join("wasm32-unknown-unknown/wasm/bansos_wasm.wasm");
        let out = crate::shell::root().join(FOLDER).join("dist").join(bundle);
        build::run("xtask-wasm", &[&module.to_string_lossy(), &out.to_string_lossy()])?;
    }
    npm(FOLDER, ["run", "--silent", "finish"])?.run()
}
