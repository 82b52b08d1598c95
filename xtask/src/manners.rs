//! `cargo xtask check manners`: whether every crate that somebody uses has what a stranger looks for, and the lints of the house.

use crate::picture::graph::{Graph, Node};
use crate::shell::{self, Outcome};

/// Names what is missing.
pub(crate) fn check() -> Outcome {
    let graph = Graph::read()?;
    let missing: Vec<String> = graph.nodes.iter().flat_map(missing).collect();
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
