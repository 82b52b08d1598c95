//! When an answer agrees with an expectation (README, "When an answer agrees").

use serde_json::Value;

/// Where and how `actual` departs from `expected`, or nothing when it agrees. Both are the envelope `{"ok": …}` or
/// `{"error": …}`.
pub fn difference(expected: &Value, actual: &Value) -> Option<String> {
    match (expected.get("ok"), expected.get("error")) {
        (Some(want), None) => match actual.get("ok") {
            Some(have) => walk("", want, have),
            None => Some(format!("expected an answer, got the error {}", code(actual))),
        },
        (None, Some(want)) => match actual.get("error") {
            Some(have) => error(want, have),
            None => Some(format!("expected the error {}, got an answer", want["code"])),
        },
        _ => Some("the expectation has neither ok nor error, or both".to_owned()),
    }
}

fn code(actual: &Value) -> String {
    actual["error"]["code"].to_string() + " at " + &actual["error"]["path"].to_string()
}

fn error(want: &Value, have: &Value) -> Option<String> {
    for member in ["code", "path", "params"] {
        let (Some(w), h) = (want.get(member), &have[member]) else { continue };
        if w != h {
            return Some(format!("/{member}: expected {w}, got {h} (code {})", have["code"]));
        }
    }
    want.get("message").and_then(|w| walk("/message", w, &have["message"]))
}

fn walk(path: &str, want: &Value, have: &Value) -> Option<String> {
    match (want, have) {
        (Value::Object(w), Value::Object(h)) => w.iter().find_map(|(key, want)| {
            let here = format!("{path}/{key}");
            walk(&here, want, h.get(key).unwrap_or(&Value::Null))
        }),
        (Value::Array(w), Value::Array(h)) => {
            if w.len() != h.len() {
                return Some(format!("{path}: expected {} items, got {}: {have}", w.len(), h.len()));
            }
            w.iter().zip(h).enumerate().find_map(|(i, (w, h))| walk(&format!("{path}/{i}"), w, h))
        }
        (Value::Number(w), Value::Number(h)) if w != h => match (w.as_f64(), h.as_f64()) {
            (Some(a), Some(b)) if (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) => None,
            _ => Some(format!("{path}: expected {w}, got {h}")),
        },
        _ if want == have => None,
        _ => Some(format!("{path}: expected {want}, got {have}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_named_is_not_compared() {
        let have = json!({ "ok": { "a": 1, "b": [{ "c": 2, "d": 3 }], "e": null } });
        for want in [json!({}), json!({ "a": 1 }), json!({ "b": [{ "c": 2 }] }), json!({ "missing": null })] {
            assert_eq!(difference(&json!({ "ok": want }), &have), None);
        }
        for want in [json!({ "a": 2 }), json!({ "b": [] }), json!({ "b": [{ "c": 2 }, {}] }), json!({ "e": 0 })] {
            assert!(difference(&json!({ "ok": want }), &have).is_some());
        }
    }

    #[test]
    fn numbers_may_differ_by_a_hair_but_not_by_one() {
        let near = json!({ "ok": 0.1 + 0.2 });
        assert_eq!(difference(&json!({ "ok": 0.3 }), &near), None);
        assert!(difference(&json!({ "ok": 1_000_000_001 }), &json!({ "ok": 1_000_000_003 })).is_some());
        assert!(difference(&json!({ "ok": "1" }), &json!({ "ok": 1 })).is_some());
    }

    #[test]
    fn errors_agree_by_code_params_and_path() {
        let have = json!({ "error": { "code": "a.b", "path": "/x", "params": { "n": 1 }, "message": {} } });
        assert_eq!(difference(&json!({ "error": { "code": "a.b" } }), &have), None);
        assert!(difference(&json!({ "error": { "code": "a.c" } }), &have).is_some());
        assert!(difference(&json!({ "error": { "code": "a.b", "params": {} } }), &have).is_some());
        assert!(difference(&json!({ "ok": {} }), &have).is_some());
    }
}
