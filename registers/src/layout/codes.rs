//! The code lists that come with the library.

use bansos::source::{CodeEntry, CodeList, Source};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Data files by folder and name, with their content.
macro_rules! data {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/", $folder, "/", $name, ".toml")))),*]
    };
}
pub(super) use data;

const CODES: &[(&str, &str)] =
    data!("codes": "dtks", "p3ke", "regsosek-extract", "regsosek-2022", "bdt-2015", "dtsen", "siak", "common");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesToml {
    source: String,
    version: String,
    #[allow(dead_code, reason = "shown to those who read the data file")]
    basis: String,
    lists: BTreeMap<String, Vec<CodeEntry>>,
}

/// A code list by set and name, for those who show or check codes.
///
/// ```
/// use bansos_registers::layout::code_list;
/// // the trap: 1 is "attending" in BDT and "never" in Regsosek
/// let means = |set: &str| code_list(set, "attendance").and_then(|l| l.read("1").and_then(|e| e.means.clone()));
/// assert_eq!(means("bdt-2015").as_deref(), Some("attending"));
/// assert_eq!(means("regsosek-2022").as_deref(), Some("never"));
/// ```
pub fn code_list(set: &str, name: &str) -> Option<Arc<CodeList>> {
    code_set(set)?.remove(name)
}

pub(super) fn code_set(set: &str) -> Option<FxHashMap<String, Arc<CodeList>>> {
    let (_, text) = CODES.iter().find(|(name, _)| *name == set)?;
    parse_set(text).ok()
}

fn parse_set(text: &str) -> Result<FxHashMap<String, Arc<CodeList>>, String> {
    let raw: CodesToml = toml::from_str(text).map_err(|e| e.to_string())?;
    let source = Source::from_word(&raw.source).ok_or("unknown source")?;
    raw.lists
        .into_iter()
        .map(|(name, entries)| {
            let list =
                CodeList::new(source, raw.version.as_str(), name.as_str(), entries).map_err(|e| e.to_string())?;
            Ok((name, Arc::new(list)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_list_is_sound() {
        for (name, text) in CODES {
            parse_set(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        }
    }
}
