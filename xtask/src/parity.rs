//! `cargo xtask parity [--measure] [--gather]`: every vector on every surface, counted by each surface's own tests, as one table in
//! docs/PARITY.md; with `--measure` also what crossing a border costs, from optimised builds. `--gather` runs no tests: it takes the
//! counts that tests run by hand with `BANSOS_PARITY=target/parity` have left.

use crate::bindings;
use crate::shell::{self, Outcome};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// A surface: the name of its counts, how it is called, and by what it is run.
const SURFACES: &[(&str, &str, &str)] = &[
    ("rust", "Rust, rows", "cargo test -p bansos-conformance --test vectors"),
    (
        "rust-columns",
        "Rust, Arrow columns (NIK, ranking, eligibility)",
        "cargo test -p bansos-conformance --test columns",
    ),
    ("python", "Python", "cargo xtask bindings python"),
    ("node", "Node", "cargo xtask bindings node"),
    ("chromium", "WASM in Chromium", "cargo xtask bindings wasm"),
    ("chromium-form", "WASM in Chromium, bundle for a form", "cargo xtask bindings wasm"),
    ("wasm-node", "WASM in Node", "cargo xtask bindings wasm"),
    ("wasm-node-form", "WASM in Node, bundle for a form", "cargo xtask bindings wasm"),
    ("php", "PHP", "cargo xtask bindings php"),
];

/// The bindings' Rust: host values in and out.
const BINDINGS: &[&str] = &["bindings-python", "bindings-node", "bindings-wasm", "bindings-php"];

const PAGE: &str = "docs/PARITY.md";
/// Where the figures of an earlier `--measure` begin.
const FIGURES: &str = "## What the border costs";

/// Runs all surfaces and writes the page.
pub(crate) fn run(args: &[String]) -> Outcome {
    let folder = bindings::target().join("parity");
    let has = |flag: &str| args.iter().any(|a| a == flag);
    if !has("--gather") {
        run_all(&folder)?;
    }
    let page = shell::root().join(PAGE);
    let before = std::fs::read_to_string(&page).unwrap_or_default();
    let kept = before.split_once(FIGURES).map(|(_, figures)| figures.to_owned());
    let figures = if has("--measure") { Some(bindings::measure::figures()?) } else { kept };
    let mut text = table(&folder)?;
    text.push_str(&line_counts()?);
    if let Some(figures) = figures {
        let _ = write!(text, "\n{FIGURES}{figures}");
    }
    std::fs::write(page, text)?;
    eprintln!("wrote {PAGE}");
    Ok(())
}

fn run_all(folder: &Path) -> Outcome {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder)?;
    let run = |program, args: &[&str]| shell::run_with(program, args, &[("BANSOS_PARITY", folder.as_os_str())]);
    for test in ["vectors", "columns"] {
        run("cargo", &["test", "--quiet", "--package", "bansos-conformance", "--test", test])?;
    }
    run("cargo", &["xtask", "bindings"])
}

fn table(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let mut text = "# One set of vectors, every surface\n\nMade by `cargo xtask parity` from what each surface's own tests counted. A \
                    case that a surface cannot pass stands with its reason in conformance/exceptions.json.\n\n\
                    | surface | passed | failed | cannot, with reason | by |\n|---|---:|---:|---:|---|\n"
        .to_owned();
    for (name, shown, by) in SURFACES {
        let counts: Value = serde_json::from_str(
            &std::fs::read_to_string(folder.join(format!("{name}.json"))).map_err(|why| format!("{name}: {why}"))?,
        )?;
        let [passed, failed, xfail] = ["passed", "failed", "xfail"].map(|k| counts[k].as_u64().unwrap_or(0));
        let _ = writeln!(text, "| {shown} | {passed} | {failed} | {xfail} | `{by}` |");
    }
    Ok(text)
}

/// Lines of Rust, and decisions among them that name something of the domain.
fn line_counts() -> Result<String, Box<dyn std::error::Error>> {
    let mut text = "\n## Rust in each binding\n\nHost values in and out; what is decided is decided in the core.\n\n\
                    | binding | lines | of these code |\n|---|---:|---:|\n"
        .to_owned();
    for binding in BINDINGS {
        let (mut lines, mut code) = (0, 0);
        let mut left = vec![shell::root().join(binding).join("src")];
        while let Some(path) = left.pop() {
            if path.is_dir() {
                for entry in std::fs::read_dir(path)? {
                    left.push(entry?.path());
                }
            } else if path.extension().is_some_and(|e| e == "rs") {
                let content = std::fs::read_to_string(path)?;
                lines += content.lines().count();
                code += content.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//")).count();
            }
        }
        let _ = writeln!(text, "| {binding} | {lines} | {code} |");
    }
    Ok(text)
}
