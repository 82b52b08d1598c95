//! Completeness: every operation and every code is reached by a case, or stands in the exceptions with a reason.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing lint is a failing test")]

use bansos_conformance::{exceptions, groups};
use serde_json::Value;
use std::collections::BTreeSet;

/// Codes that the answers of all cases contain, and the operations that were called.
fn reached() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut codes, mut operations) = (BTreeSet::new(), BTreeSet::new());
    for group in groups().unwrap() {
        for case in &group.cases {
            let operation = group.operation_of(case);
            operations.insert(operation.to_owned());
            let answer = bansos_interop::call_json(operation, &case.input.to_string());
            collect(&serde_json::from_str(&answer).unwrap(), &mut codes);
        }
    }
    (codes, operations)
}

fn collect(value: &Value, codes: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(code)) = members.get("code") {
                codes.insert(code.clone());
            }
            members.values().for_each(|v| collect(v, codes));
        }
        Value::Array(items) => items.iter().for_each(|v| collect(v, codes)),
        _ => {}
    }
}

/// `source.*` stands for a whole area.
fn covers(named: &str, code: &str) -> bool {
    named.strip_suffix('*').map_or(named == code, |area| code.starts_with(area))
}

#[test]
fn every_operation_and_every_code_is_reached() {
    let (codes, operations) = reached();
    let unreached = exceptions().unwrap().unreached;
    let mut missing: Vec<String> = bansos_interop::OPERATIONS
        .iter()
        .map(|op| op.name)
        .filter(|name| !operations.contains(*name))
        .map(|name| format!("operation {name}"))
        .collect();
    missing.extend(
        bansos_interop::codes()
            .map(|info| info.code)
            .filter(|code| !codes.contains(*code) && !unreached.keys().any(|named| covers(named, code)))
            .map(|code| format!("code {code}")),
    );
    assert!(missing.is_empty(), "no case reaches:\n{}", missing.join("\n"));
    let idle: Vec<&String> = unreached.keys().filter(|named| codes.contains(*named)).collect();
    assert!(idle.is_empty(), "reached after all, so no exceptions: {idle:?}");
}
