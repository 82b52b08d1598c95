//! Member names as a language writes them. Values are never touched.
//!
//! Where the names below a member are data themselves (programme ids, a region's own facts, a policy file), they stay.

use crate::Error;
use serde_json::{Map, Value};

/// How a surface spells member names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// `as_of`: JSON files, Python, PHP.
    #[default]
    Snake,
    /// `asOf`: JavaScript and TypeScript.
    Camel,
}

/// `as_of` → `asOf`.
pub fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut up = false;
    for c in name.chars() {
        if c == '_' && !out.is_empty() {
            up = true;
        } else if std::mem::take(&mut up) {
            out.push(c.to_ascii_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// `asOf` → `as_of`.
pub fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Members whose own members are named by the caller, or form data that is given back as it is.
const DATA: &[&str] = &["receives", "facts", "flags", "own", "overlays", "standings", "quotas", "model"];

/// An error with its path and parameters in a language's spelling.
pub(crate) fn spell(error: Error, names: Names) -> Error {
    match names {
        Names::Snake => error,
        Names::Camel => Error {
            path: camel(&error.path),
            params: error.params.into_iter().map(|(k, v)| (camel(&k), v)).collect(),
            ..error
        },
    }
}

/// Renames every member, at every depth, with [`camel`] or [`snake`].
pub fn rename(value: Value, name: fn(&str) -> String) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(|v| rename(v, name)).collect()),
        Value::Object(members) => {
            let renamed = members.into_iter().map(|(k, v)| {
                let v = if DATA.contains(&k.as_str()) { v } else { rename(v, name) };
                (name(&k), v)
            });
            Value::Object(renamed.collect::<Map<_, _>>())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (s, c) in [("as_of", "asOf"), ("nik", "nik"), ("birth_date", "birthDate"), ("a_b_c", "aBC")] {
            assert_eq!(camel(s), c);
            assert_eq!(snake(c), s);
        }
    }

    #[test]
    fn only_names_change() {
        let v = serde_json::json!({ "as_of": ["not_found", { "child_in_law": 1 }] });
        assert_eq!(rename(v, camel).to_string(), r#"{"asOf":["not_found",{"childInLaw":1}]}"#);
        let v = serde_json::json!({ "facts": { "jarak_puskesmas": 1 } });
        assert_eq!(rename(v.clone(), camel), v);
    }
}
