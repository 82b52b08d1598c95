//! The rules that every vector obeys (README, "Rules that are checked").
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failing lint is a failing test")]

use bansos_conformance::{exceptions, files, groups, json};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The schema's strictness, written once more: unknown members are refused on reading, the rest is looked at here.
/// (The schema itself is applied by the Python tests, where a validator costs nothing to build.)
#[test]
fn every_file_is_in_form() {
    for (group, path) in groups().unwrap().iter().zip(files().unwrap()) {
        assert_eq!(json(&path).unwrap()["$schema"], "../../schema.json", "{}", group.file);
        assert!(group.source.len() >= 3, "{}: say where the answers come from", group.file);
        assert!(!group.cases.is_empty(), "{}: no cases", group.file);
        for case in &group.cases {
            let (name, number) = case.id.rsplit_once('-').unwrap_or_default();
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            assert!(number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()), "{}: {}", group.file, case.id);
            assert!(!name.is_empty() && name.bytes().all(plain), "{}: {}", group.file, case.id);
            let expected: Vec<_> = case.expect.as_object().unwrap().keys().collect();
            assert!(expected == ["ok"] || expected == ["error"], "{}: expects {expected:?}", case.id);
            assert!(
                bansos_interop::registry::find(group.operation_of(case)).is_some() || case.id.starts_with("input-"),
                "{}: no operation {}",
                case.id,
                group.operation_of(case)
            );
        }
    }
}

#[test]
fn ids_are_unique_and_titles_are_unique_in_their_group() {
    let mut ids = BTreeSet::new();
    for group in groups().unwrap() {
        let mut titles = BTreeSet::new();
        for case in &group.cases {
            assert!(ids.insert(case.id.clone()), "{}: the id {} is taken", group.file, case.id);
            assert!(titles.insert(case.title.clone()), "{}: two cases are titled {:?}", group.file, case.title);
        }
    }
    assert!(!ids.is_empty());
}

#[test]
fn no_two_cases_ask_the_same() {
    let mut asked = BTreeMap::new();
    for group in groups().unwrap() {
        for case in &group.cases {
            let question = format!("{} {}", group.operation_of(case), case.input);
            if let Some(other) = asked.insert(question, case.id.clone()) {
                panic!("{} asks what {other} asks", case.id);
            }
        }
    }
}

#[test]
fn identifiers_are_synthetic() {
    let exceptions = exceptions().unwrap();
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for group in groups().unwrap() {
        for case in &group.cases {
            let mut all = sixteens(&case.input);
            all.extend(sixteens(&case.expect));
            if all.iter().any(|n| !is_synthetic(n)) {
                used.insert(case.id.clone());
                if !exceptions.identifiers.contains_key(&case.id) {
                    wrong.push(format!("{}: {}", group.file, case.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "identifiers that may be real (serial outside 9000-9999) in:\n{}", wrong.join("\n"));
    let idle: Vec<_> = exceptions.identifiers.keys().filter(|id| !used.contains(*id)).collect();
    assert!(idle.is_empty(), "exceptions without need: {idle:?}");
}

#[test]
fn exceptions_name_cases_that_exist() {
    let ids: BTreeSet<String> = groups().unwrap().iter().flat_map(|g| g.cases.iter().map(|c| c.id.clone())).collect();
    let exceptions = exceptions().unwrap();
    for xfail in &exceptions.xfail {
        assert!(ids.contains(&xfail.id), "xfail of an unknown case {}", xfail.id);
        assert!(["rust", "python", "node", "wasm", "php"].contains(&xfail.surface.as_str()), "{}", xfail.surface);
        assert!(xfail.reason.len() > 10, "{}: say why", xfail.id);
    }
}

fn is_synthetic(sixteen: &str) -> bool {
    sixteen.as_bytes()[12] == b'9'
}

/// Runs of sixteen digits in every text, and numbers that have sixteen digits.
fn sixteens(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => digits(text),
        Value::Number(n) => digits(&n.to_string()),
        Value::Array(items) => items.iter().flat_map(sixteens).collect(),
        Value::Object(members) => members.values().flat_map(sixteens).collect(),
        _ => Vec::new(),
    }
}

fn digits(text: &str) -> Vec<String> {
    // spaces, dots, dashes and quotes inside a number do not make it another number
    let joined: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\'' | '\u{a0}')).collect();
    joined.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 16).map(str::to_owned).collect()
}

#[test]
fn the_lint_sees_what_it_should() {
    assert_eq!(digits("NIK 35.0812.680101.0001!"), ["3508126801010001"]);
    assert!(!is_synthetic("3508126801010001") && is_synthetic("3508126801019001"));
    assert_eq!(sixteens(&serde_json::json!({ "a": [{ "b": 3508126801010001_u64 }] })).len(), 1);
    assert!(digits("350812680101000").is_empty());
}
