//! The name tables of core, made from data/names/*.toml: sorted for binary search, refused where a form stands twice.

use crate::generate::Mode;
use crate::shell::{self, Outcome};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use toml::Table;

const TABLE: &str = "core/src/text/name/table.rs";

/// Makes the table, or compares it with what is checked in.
pub(crate) fn run(mode: Mode) -> Outcome {
    let titles = read("data/names/titles.toml")?;
    let variants = read("data/names/variants.toml")?;
    let mut out = String::from("// Generated from data/names/*.toml by `cargo xtask generate names`; do not edit.\n\n");
    list(&mut out, "FRONT", "Titles before a name.", &titles, "front")?;
    list(&mut out, "BACK", "Degrees behind a name.", &titles, "back")?;
    list(&mut out, "DECEASED", "Words that say the person is dead.", &titles, "deceased")?;
    list(&mut out, "PATRONYMIC", "What stands before the father's name.", &titles, "patronymic")?;
    list(&mut out, "ALIAS", "What stands before another name.", &titles, "alias")?;
    map(&mut out, "WORDS", "Form and word kept.", &variants, "words")?;
    map(&mut out, "LEADING", "The same, only with another word behind it.", &variants, "leading")?;
    map(&mut out, "ORDER", "Balinese birth-order words and their place.", &variants, "order")?;
    list(&mut out, "NUMBER", "Discriminators of namesakes.", &variants, "number")?;
    mode.put(TABLE, &out)
}

fn read(path: &str) -> Result<Table, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(shell::root().join(path)).map_err(|e| format!("{path}: {e}"))?;
    toml::from_str(&text).map_err(|e| format!("{path}: {e}").into())
}

fn words<'a>(value: Option<&'a toml::Value>, key: &str) -> Result<Vec<&'a str>, String> {
    let list = value.and_then(toml::Value::as_array).ok_or_else(|| format!("no list {key}"))?;
    list.iter()
        .map(|v| v.as_str().filter(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_uppercase())))
        .map(|w| w.ok_or_else(|| format!("{key}: a word has capital letters A to Z only")))
        .collect()
}

fn list(out: &mut String, name: &str, doc: &str, table: &Table, key: &str) -> Outcome {
    let mut all = words(table.get(key), key)?;
    all.sort_unstable();
    all.dedup();
    writeln!(out, "/// {doc}\npub(super) static {name}: &[&str] = &[")?;
    for w in all {
        writeln!(out, "    \"{w}\",")?;
    }
    writeln!(out, "];\n")?;
    Ok(())
}

fn map(out: &mut String, name: &str, doc: &str, table: &Table, key: &str) -> Outcome {
    let groups = table.get(key).and_then(toml::Value::as_array).ok_or_else(|| format!("no list {key}"))?;
    let mut forms: BTreeMap<&str, &str> = BTreeMap::new();
    for group in groups {
        let group = words(Some(group), key)?;
        let Some(kept) = group.first() else { continue };
        for form in &group {
            if let Some(before) = forms.insert(form, kept)
                && before != *kept
            {
                return Err(format!("{key}: {form} stands for {before} and for {kept}").into());
            }
        }
    }
    writeln!(out, "/// {doc} Sorted by form.\npub(super) static {name}: &[(&str, &str)] = &[")?;
    for (form, kept) in forms {
        writeln!(out, "    (\"{form}\", \"{kept}\"),")?;
    }
    writeln!(out, "];\n")?;
    Ok(())
}
