//! What we build on, by the lists of deny.toml: licences, sources, crates that are banned, crates in two versions. `cargo deny` reads
//! the same file and knows more (advisories, wildcards); this needs nothing installed, so it is part of every check.

use crate::{Outcome, root};
use serde::Deserialize;
use spdx::{Expression, Licensee, ParseMode};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use xtask::Mode;

pub(crate) fn run(_: Mode) -> Outcome {
    let house: House = serde_json::from_str(&cargo(&["metadata", "--format-version", "1"])?)?;
    // metadata names crates that no feature asks for; the tree is what is built
    let tree =
        ["tree", "--workspace", "--target", "all", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
    let tree = cargo(&tree)?;
    let deny: Deny = toml::from_str(&std::fs::read_to_string(root().join("deny.toml"))?)?;
    let mut refused = refused(&house, &deny)?;
    refused.extend(doubled(&tree, &deny.bans.skip));
    if refused.is_empty() { Ok(()) } else { Err(refused.join("\n").into()) }
}

fn cargo(args: &[&str]) -> Result<String, Box<dyn std::error::Error>> {
    let out = Command::new("cargo").args(args).args(["--locked", "--all-features"]).current_dir(root()).output()?;
    let said = String::from_utf8_lossy(if out.status.success() { &out.stdout } else { &out.stderr }).into_owned();
    if out.status.success() { Ok(said) } else { Err(said.into()) }
}

/// What is read of `cargo metadata`.
#[derive(Deserialize)]
struct House {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    license: Option<String>,
    /// None for what is in this repository.
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

/// What is read of deny.toml.
#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Banned>,
    skip: Vec<Skipped>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
    /// The only crates that may build on it.
    #[serde(default)]
    wrappers: Vec<String>,
}

#[derive(Deserialize)]
struct Skipped {
    /// `name@version`
    #[serde(rename = "crate")]
    spec: String,
    reason: String,
}

fn refused(house: &House, deny: &Deny) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let allowed = deny.licenses.allow.iter().map(|name| Licensee::parse(name)).collect::<Result<Vec<_>, _>>()?;
    let mut all: Vec<String> = house.packages.iter().filter_map(|p| licence(&allowed, p)).collect();
    all.extend(house.packages.iter().filter_map(foreign));
    all.extend(banned(house, &deny.bans.deny));
    Ok(all)
}

fn licence(allowed: &[Licensee], package: &Package) -> Option<String> {
    let name = &package.name;
    let Some(licence) = &package.license else { return Some(format!("{name} states no licence")) };
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(terms) if terms.evaluate(|asked| allowed.iter().any(|a| a.satisfies(asked))) => None,
        Ok(_) => Some(format!("{name} is under {licence}, which deny.toml does not allow")),
        Err(why) => Some(format!("{name}: {licence} is no licence expression: {}", why.reason)),
    }
}

/// A crate that comes neither from this repository nor from crates.io.
fn foreign(package: &Package) -> Option<String> {
    let source = package.source.as_deref()?;
    let known = source.starts_with("registry+") && source.ends_with("/crates.io-index");
    (!known).then(|| format!("{} comes from {source}, not from crates.io", package.name))
}

/// Every crate that builds on a banned one and is not excepted.
fn banned(house: &House, deny: &[Banned]) -> Vec<String> {
    let names: BTreeMap<&str, &str> = house.packages.iter().map(|p| (p.id.as_str(), p.name.as_str())).collect();
    let name = |id: &str| names.get(id).copied().unwrap_or(id).to_owned();
    let arrows = house.resolve.nodes.iter().flat_map(|n| n.dependencies.iter().map(|d| (name(&n.id), name(d))));
    let found: BTreeSet<(String, String)> =
        arrows.filter(|(user, used)| deny.iter().any(|b| b.name == *used && !b.wrappers.contains(user))).collect();
    found.into_iter().map(|(user, used)| format!("{user} builds on {used}, which deny.toml bans")).collect()
}

/// Crates in more than one version without a reason, and reasons that nothing needs any more. A line of the tree is `name vVERSION …`.
fn doubled(tree: &str, skip: &[Skipped]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in tree.lines() {
        if let Some((name, rest)) = line.split_once(" v") {
            versions.entry(name).or_default().insert(rest.split(' ').next().unwrap_or_default());
        }
    }
    let skipped = |name: &str, version: &str| skip.iter().any(|s| s.spec == format!("{name}@{version}"));
    let mut all = Vec::new();
    for (name, versions) in &versions {
        let left: Vec<&str> = versions.iter().copied().filter(|v| !skipped(name, v)).collect();
        if left.len() > 1 {
            all.push(format!("{name} comes in versions {}: unite them, or say why in deny.toml", left.join(", ")));
        }
    }
    let needed = |s: &&Skipped| {
        let (name, version) = s.spec.split_once('@').unwrap_or_default();
        versions.get(name).is_some_and(|have| have.len() > 1 && have.contains(version)) && !s.reason.is_empty()
    };
    all.extend(skip.iter().filter(|s| !needed(s)).map(|s| format!("deny.toml skips {}, which nothing needs", s.spec)));
    all
}

#[cfg(test)]
mod tests {
    use super::{Deny, doubled, refused};
    use serde_json::{Value, json};

    fn deny() -> Deny {
        let lists = r#"
            [licenses]
            allow = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"]
            [bans]
            deny = [{ crate = "net", wrappers = ["tool"] }]
            skip = [{ crate = "a@1.0.0", reason = "b wants it" }]
        "#;
        toml::from_str(lists).unwrap()
    }

    /// What is refused of a crate that builds on the banned one.
    fn judged(name: &str, licence: &Value, source: &Value) -> Vec<String> {
        let house = json!({
            "packages": [
                { "id": "1", "name": name, "license": licence, "source": source },
                { "id": "2", "name": "net", "license": "MIT", "source": null },
            ],
            "resolve": { "nodes": [{ "id": "1", "dependencies": ["2"] }] },
        });
        refused(&serde_json::from_value(house).unwrap(), &deny()).unwrap()
    }

    #[test]
    fn one_of_several_licences_may_do_and_all_of_a_sum_must() {
        for good in [
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0-only OR MIT",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert_eq!(judged("tool", &json!(good), &Value::Null), [""; 0], "{good}");
        }
        for bad in [json!("GPL-3.0-only"), json!("MIT AND AGPL-3.0-only"), Value::Null, json!("my own")] {
            assert_eq!(judged("tool", &bad, &Value::Null).len(), 1, "{bad}");
        }
    }

    #[test]
    fn crates_come_from_one_registry() {
        for (source, faults) in [("registry+https://r.example/crates.io-index", 0), ("git+https://r.example/x", 1)] {
            assert_eq!(judged("tool", &json!("MIT"), &json!(source)).len(), faults, "{source}");
        }
    }

    #[test]
    fn a_banned_crate_is_for_its_wrappers_alone() {
        assert_eq!(judged("ours", &json!("MIT"), &Value::Null), ["ours builds on net, which deny.toml bans"]);
    }

    #[test]
    fn a_second_version_has_a_reason_and_a_reason_has_a_second_version() {
        let skip = deny().bans.skip;
        assert_eq!(doubled("a v1.0.0\na v2.0.0 (proc-macro)\na v2.0.0", &skip), [""; 0]);
        let two = doubled("a v1.0.0\na v2.0.0\na v3.0.0", &skip);
        assert_eq!(two, ["a comes in versions 2.0.0, 3.0.0: unite them, or say why in deny.toml"]);
        assert_eq!(doubled("a v1.0.0", &skip), ["deny.toml skips a@1.0.0, which nothing needs"]);
    }
}
