//! What crossing a language's border costs: optimised builds, and each language's own clock.

use super::javascript::{npm_ci, tool};
use super::{Tool, browser, node, python, target};
use crate::shell;
use std::fmt::Write as _;

type Figures = Result<String, Box<dyn std::error::Error>>;

/// The figures of all surfaces, as the rest of docs/PARITY.md.
pub(crate) fn figures() -> Figures {
    Tool::new("cargo", ".")
        .args(["build", "--release", "--quiet"])
        .args(["--package", "bansos-python", "--package", "bansos-node", "--package", "bansos-php"])
        .env("CARGO_TARGET_DIR", target())
        .run()?;
    let mut text = "\n\nMeasured by `cargo xtask parity --measure`, each language with its own clock; ratios are of one run, so that a busy \
                    machine slows both sides.\n"
        .to_owned();
    let mut part = |title: &str, figures: Option<String>| match figures {
        Some(figures) => {
            let _ = write!(text, "\n### {title}\n\n{}\n", figures.trim_end());
            Ok(())
        }
        None => Err(format!("{title}: nothing was measured")),
    };
    part("Python", python())?;
    npm_ci("bindings-node")?;
    node::place("release")?;
    part("Node", tool("node", "bindings-node")?.args(["--expose-gc", "measure.mjs"]).output())?;
    let chromium = browser::chromium("bindings-wasm")?;
    part("Browser", tool("node", "bindings-wasm")?.args(["measure.mjs"]).env("CHROMIUM", chromium).output())?;
    let extension = format!("extension={}", target().join("release/libbansos_php.so").display());
    part("PHP", Tool::new("php", "bindings-php").args(["-d", &extension, "measure.php"]).output())?;
    Ok(text)
}

/// The optimised module stands where the tests' one stood while it is measured.
fn python() -> Option<String> {
    let module = shell::root().join("bindings-python/python/bansos/_native.abi3.so");
    std::fs::copy(target().join("release/lib_native.so"), module).ok()?;
    Tool::new(python::bin().join("python"), "bindings-python").args(["measure.py"]).output()
}
