//! `cargo xtask check manners`: whether every crate that somebody uses has what a stranger looks for, and the lints of the house.

use crate::picture::graph::{Graph, Node};
use crate::shell::{self, Outcome};
use std::path::Path;

/// Names what is missing.
pub(crate) fn check() -> Outcome {
    let graph = Graph::read()?;
    let mut missing: Vec<String> = graph.nodes.iter().flat_map(missing).collect();
    for node in graph.nodes.iter().filter(|node| node.is_product) {
        writes_by_itself(&shell::root().join(&node.folder).join("src"), &mut missing)?;
    }
    if missing.is_empty() {
        eprintln!("manners: ok");
        return Ok(());
    }
    Err(missing.join("\n").into())
}

fn missing(node: &Node) -> Vec<String> {
    let folder = shell::root().join(&node.folder);
    let has = |file: &str, text: &str| std::fs::read_to_string(folder.join(file)).is_ok_and(|t| t.contains(text));
    let mut wanted = vec![("README.md", "# ", "a README.md"), ("Cargo.toml", "\ndescription = ", "a description")];
    if node.is_product {
        let root = if folder.join("src/lib.rs").exists() { "src/lib.rs" } else { "src/main.rs" };
        wanted.push((root, "clippy::unwrap_used", "the lints of the house at its root (see core/src/lib.rs)"));
        wanted.push(("Cargo.toml", "\nreadme = ", "its readme in Cargo.toml"));
    }
    let lacking = wanted.into_iter().filter(|(file, text, _)| !has(file, text));
    lacking.map(|(.., what)| format!("{} has not {what}", node.folder)).collect()
}

/// Where files may be made: in the one place for it, in ledgers, which only grow, and in the answers of `bansos review`, likewise.
const WRITERS: [&str; 3] = ["registers/src/write/", "registers/src/ledger/", "cli/src/review.rs"];

/// Names the lines that make a file in a way of their own: killed or on a full disk they would leave half of it.
fn writes_by_itself(folder: &Path, found: &mut Vec<String>) -> Outcome {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let name = path.strip_prefix(shell::root()).unwrap_or(&path).display().to_string();
        if path.is_dir() {
            writes_by_itself(&path, found)?;
        } else if !WRITERS.iter().any(|writer| name.starts_with(writer))
            && name.ends_with(".rs")
            && !name.ends_with("tests.rs")
        {
            let text = std::fs::read_to_string(&path)?;
            let ours = text.split("#[cfg(test)]").next().unwrap_or_default();
            let makes =
                |line: &&str| ["File::create(", "fs::write(", "OpenOptions"].iter().any(|call| line.contains(call));
            let code = |line: &&str| !line.trim_start().starts_with("//") && !line.contains("a test of the repository");
            found.extend(
                ours.lines()
                    .filter(code)
                    .filter(makes)
                    .map(|line| format!("{name}: {} (use bansos_registers::write)", line.trim())),
            );
        }
    }
    Ok(())
}
