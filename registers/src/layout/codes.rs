//! The code lists that come with the library.

use super::{LayoutFault, LayoutWord};
use crate::settings::from_toml;
use bansos::source::{CodeEntry, CodeList, Source};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

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

/// The lists of a set. Two dozen layouts share eight sets, so each is parsed once.
pub(super) fn code_set(set: &str) -> Option<FxHashMap<String, Arc<CodeList>>> {
    static SETS: OnceLock<FxHashMap<&str, FxHashMap<String, Arc<CodeList>>>> = OnceLock::new();
    let all = || CODES.iter().filter_map(|(name, text)| Some((*name, parse_set(text).ok()?))).collect();
    SETS.get_or_init(all).get(set).cloned()
}

/// The lists of words that are common to all sources.
fn common() -> &'static BTreeMap<String, Vec<CodeEntry>> {
    static WORDS: OnceLock<BTreeMap<String, Vec<CodeEntry>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let text = CODES.iter().find(|(name, _)| *name == "common").map_or("", |(_, text)| text);
        toml::from_str(text).map(|raw: CodesToml| raw.lists).unwrap_or_default()
    })
}

/// Words that people write whatever the source: they stand beside those of its own list, and its numbers alone are its own.
fn with_common_words(name: &str, entries: &mut [CodeEntry]) {
    let Some(common) = common().get(name) else { return };
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let key = |word: &str| super::normal(word);
    let mut known: FxHashSet<String> =
        entries.iter().flat_map(|e| [&e.code, &e.id].into_iter().chain(&e.also)).map(|word| key(word)).collect();
    for of in common.iter().filter(|of| of.means.is_some()) {
        let Some(entry) = entries.iter_mut().find(|entry| entry.means == of.means) else { continue };
        for word in [&of.code, &of.id].into_iter().chain(&of.also).filter(|word| !number(word)) {
            if known.insert(key(word)) {
                entry.also.push(word.clone());
            }
        }
    }
}

fn parse_set(text: &str) -> Result<FxHashMap<String, Arc<CodeList>>, LayoutFault> {
    let raw: CodesToml = from_toml(text).map_err(|why| LayoutFault::Text { why })?;
    let source = Source::from_word(&raw.source).ok_or_else(|| LayoutFault::unknown(LayoutWord::Source, &raw.source))?;
    raw.lists
        .into_iter()
        .map(|(name, mut entries)| {
            with_common_words(&name, &mut entries);
            let list = CodeList::new(source, raw.version.as_str(), name.as_str(), entries)?;
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
