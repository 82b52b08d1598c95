//! The conformance vectors: reading them, and saying where an answer departs from its expectation.
//!
//! The format stands in this folder's README. Every other language has its own small copy of [`difference`].

mod agree;

pub use agree::difference;

/// The Rust of the project's front page, compiled and run where it stands.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod front_page {}

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One file: cases of one operation from one source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    #[serde(rename = "$schema")]
    _schema: String,
    /// The operation of all cases.
    pub operation: String,
    /// Where the expected answers come from.
    pub source: String,
    /// What is easily got wrong.
    #[serde(default)]
    pub notes: String,
    /// The cases.
    pub cases: Vec<Case>,
    /// The file, from `vectors/`.
    #[serde(skip)]
    pub file: String,
}

/// One call and the answer it must give.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Stable and unique.
    pub id: String,
    /// What is particular about it.
    pub title: String,
    /// Another operation than the group's.
    pub operation: Option<String>,
    /// The request.
    pub input: Value,
    /// `ok` or `error`.
    pub expect: Value,
}

/// The named exceptions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    /// Cases whose identifiers are not synthetic, with the reason.
    pub identifiers: BTreeMap<String, String>,
    /// Codes and words that no case reaches, with the reason.
    pub unreached: BTreeMap<String, String>,
    /// Cases that a surface cannot pass.
    pub xfail: Vec<Xfail>,
}

/// A case that a surface cannot pass, and why.
#[derive(Clone, Debug, Deserialize)]
pub struct Xfail {
    /// The case.
    pub id: String,
    /// `rust`, `python`, `node`, `wasm`, `php`.
    pub surface: String,
    /// Why.
    pub reason: String,
}

/// Something that stops the vectors from being read.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A JSON file of this folder.
///
/// # Errors
/// When it cannot be read or is no JSON.
pub fn json(path: &Path) -> Result<Value, Trouble> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()).into())
}

/// The vector files in order.
///
/// # Errors
/// When the folder cannot be read.
pub fn files() -> Result<Vec<PathBuf>, Trouble> {
    let mut all = Vec::new();
    for area in std::fs::read_dir(folder().join("vectors"))? {
        let area = area?.path();
        if area.is_dir() {
            for file in std::fs::read_dir(area)? {
                let file = file?.path();
                if file.extension().is_some_and(|e| e == "json") {
                    all.push(file);
                }
            }
        }
    }
    all.sort();
    Ok(all)
}

/// Every group.
///
/// # Errors
/// When a file cannot be read or lacks a required member.
pub fn groups() -> Result<Vec<Group>, Trouble> {
    files()?
        .iter()
        .map(|path| {
            let mut group: Group =
                serde_json::from_value(json(path)?).map_err(|e| format!("{}: {e}", path.display()))?;
            group.file = path.strip_prefix(folder().join("vectors")).unwrap_or(path).display().to_string();
            Ok(group)
        })
        .collect()
}

/// The exceptions.
///
/// # Errors
/// When the file cannot be read.
pub fn exceptions() -> Result<Exceptions, Trouble> {
    Ok(serde_json::from_value(json(&folder().join("exceptions.json"))?)?)
}

impl Group {
    /// The operation of a case.
    pub fn operation_of<'a>(&'a self, case: &'a Case) -> &'a str {
        case.operation.as_deref().unwrap_or(&self.operation)
    }
}

/// Leaves a surface's counts in the folder that `BANSOS_PARITY` names, for the table of docs/PARITY.md.
pub fn print_counts(surface: &str, passed: u64, failed: u64, xfail: u64) {
    if let Some(folder) = std::env::var_os("BANSOS_PARITY") {
        let counts = serde_json::json!({ "passed": passed, "failed": failed, "xfail": xfail });
        let path = PathBuf::from(folder).join(format!("{surface}.json"));
        if let Err(why) = std::fs::write(&path, counts.to_string()) {
            eprintln!("{}: {why}", path.display());
        }
    }
}
