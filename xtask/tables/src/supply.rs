//! Whether every crate we build on may be used under a licence that asks for no more than its notice.

use crate::mode::Mode;
use crate::{Outcome, root};
use serde::Deserialize;
use serde_json::Value;
use spdx::{Expression, ParseMode};
use std::process::Command;

pub(crate) fn run(_: Mode) -> Outcome {
    let out =
        Command::new("cargo").args(["metadata", "--format-version", "1", "--locked"]).current_dir(root()).output()?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into_owned().into());
    }
    let metadata: Value = serde_json::from_slice(&out.stdout)?;
    let allowed = allowed()?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let refused: Vec<String> = packages.iter().filter_map(|p| refused(&allowed, &p["name"], &p["license"])).collect();
    if refused.is_empty() { Ok(()) } else { Err(refused.join("; ").into()) }
}

/// The licences that deny.toml allows: one list, for cargo-deny and for those who have not installed it.
fn allowed() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    #[derive(Deserialize)]
    struct Deny {
        licenses: Licenses,
    }
    #[derive(Deserialize)]
    struct Licenses {
        allow: Vec<String>,
    }
    let deny: Deny = toml::from_str(&std::fs::read_to_string(root().join("deny.toml"))?)?;
    Ok(deny.licenses.allow)
}

fn refused(allowed: &[String], name: &Value, licence: &Value) -> Option<String> {
    let name = name.as_str().unwrap_or("?");
    let Some(licence) = licence.as_str() else { return Some(format!("{name} states no licence")) };
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(terms) if terms.evaluate(|r| r.license.id().is_some_and(|id| allowed.iter().any(|a| a == id.name))) => None,
        Ok(_) => Some(format!("{name} is under {licence}, which deny.toml does not allow")),
        Err(why) => Some(format!("{name}: {licence} is no licence expression: {}", why.reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::{allowed, refused};
    use serde_json::{Value, json};

    #[test]
    fn one_of_several_may_do_and_all_of_a_sum_must() {
        let allowed = allowed().unwrap();
        let bad = |licence: Value| refused(&allowed, &json!("x"), &licence).is_some();
        for good in [
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0-only OR MIT",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(!bad(json!(good)), "{good}");
        }
        assert!(
            bad(json!("GPL-3.0-only"))
                && bad(json!("MIT AND AGPL-3.0-only"))
                && bad(json!(null))
                && bad(json!("my own"))
        );
    }
}
