//! The crates of the workspace and what they build on.

use crate::shell;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// A crate.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// Its folder, from the repository's root.
    pub(crate) folder: String,
    /// Its description.
    pub(crate) what: String,
    /// Whether somebody uses it: a crate of the registry, or a binding.
    pub(crate) is_product: bool,
}

/// The crates, in rows.
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    /// The crates each one builds on, as numbers.
    below: Vec<BTreeSet<usize>>,
}

impl Graph {
    /// As `cargo metadata` gives it.
    pub(crate) fn read() -> Result<Self, Box<dyn std::error::Error>> {
        let out = Command::new("cargo")
            .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
            .current_dir(shell::root())
            .output()?;
        if !out.status.success() {
            return Err(String::from_utf8_lossy(&out.stderr).into_owned().into());
        }
        let metadata: Value = serde_json::from_slice(&out.stdout)?;
        Ok(Self::from_packages(metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?))
    }

    fn from_packages(packages: &[Value]) -> Self {
        let mut packages: Vec<&Value> = packages.iter().collect();
        packages.sort_by_key(|p| p["name"].as_str().unwrap_or_default());
        let nodes: Vec<Node> = packages.iter().map(|p| node(p)).collect();
        let number: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(i, n)| (n.name.as_str(), i)).collect();
        let below = packages.iter().map(|p| depends(p, &number)).collect();
        Self { nodes, below }
    }

    /// The row of a crate: 0 builds on none of ours.
    pub(crate) fn row(&self, node: usize) -> usize {
        self.below[node].iter().map(|&b| self.row(b) + 1).max().unwrap_or(0)
    }

    /// The crates a crate builds on and does not already get through another.
    pub(crate) fn arrows(&self, node: usize) -> impl Iterator<Item = usize> {
        let through = move |to: usize| self.below[node].iter().any(|&b| b != to && self.reaches(b, to));
        self.below[node].iter().copied().filter(move |&to| !through(to))
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        from == to || self.below[from].iter().any(|&b| self.reaches(b, to))
    }
}

fn node(package: &Value) -> Node {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    let folder = Path::new(text("manifest_path")).parent().unwrap_or(Path::new(""));
    let folder = folder.strip_prefix(shell::root()).unwrap_or(folder).display().to_string();
    // `publish = []` is how cargo says `publish = false`
    let is_published = package["publish"].is_null();
    let is_product = is_published || folder.starts_with("bindings-");
    Node { name: text("name").to_owned(), folder, what: text("description").to_owned(), is_product }
}

/// What a package needs to run. What its tests need is no part of the house.
fn depends(package: &Value, number: &BTreeMap<&str, usize>) -> BTreeSet<usize> {
    let all = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let needed = all.iter().filter(|d| d["kind"].is_null() && d["path"].is_string());
    needed.filter_map(|d| number.get(d["name"].as_str()?).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package(name: &str, on: &[&str]) -> Value {
        let dependencies: Vec<Value> =
            on.iter().map(|n| json!({ "name": n, "kind": null, "path": format!("/x/{n}") })).collect();
        json!({ "name": name, "manifest_path": format!("/x/{name}/Cargo.toml"), "publish": null, "dependencies": dependencies })
    }

    #[test]
    fn an_arrow_that_another_way_makes_superfluous_is_left_out() {
        let graph = Graph::from_packages(&[package("a", &["b", "c"]), package("b", &["c"]), package("c", &[])]);
        assert_eq!([0, 1, 2].map(|n| graph.row(n)), [2, 1, 0]);
        assert_eq!(graph.arrows(0).collect::<Vec<_>>(), [1]);
        assert_eq!(graph.arrows(1).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn what_tests_need_is_no_arrow() {
        let mut a = package("a", &["b"]);
        a["dependencies"][0]["kind"] = json!("dev");
        let graph = Graph::from_packages(&[a, package("b", &[])]);
        assert_eq!(graph.arrows(0).count(), 0);
    }
}
