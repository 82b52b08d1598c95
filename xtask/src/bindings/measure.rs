//! What crossing a language's border costs: optimised builds, and each language's own clock.

use super::javascript::{npm_ci, tool};
use super::{Tool, browser, node, php, python};
use crate::build;
use std::fmt::Write as _;

type Figures = Result<String, Box<dyn std::error::Error>>;

/// The figures of all surfaces, as the rest of docs/PARITY.md.
pub(crate) fn figures() -> Figures {
    php::install()?;
    build::cargo("build", &["--release", "--lib"])?;
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
    node::place(&build::library_in("release", "bansos_node"))?;
    part("Node", tool("node", "bindings-node")?.args(["--expose-gc", "measure.mjs"]).output())?;
    let chromium = browser::chromium("bindings-wasm")?;
    part("Browser", tool("node", "bindings-wasm")?.args(["measure.mjs"]).env("CHROMIUM", chromium).output())?;
    let extension = format!("extension={}", build::library_in("release", "bansos_php").display());
    part("PHP", Tool::new("php", "bindings-php").args(["-d", &extension, "measure.php"]).output())?;
    Ok(text)
}

/// The optimised module stands where the tests' one stood while it is measured.
fn python() -> Option<String> {
    python::place(&build::library_in("release", "_native")).ok()?;
    Tool::new(python::bin().join("python"), "bindings-python").args(["measure.py"]).output()
}
