//! Whether every crate we build on may be used under a licence that asks for no more than its notice.

use crate::generate::Mode;
use crate::shell::{self, Outcome};
use serde_json::Value;
use spdx::{Expression, ParseMode};
use std::process::Command;

/// Permissive licences, and the Unicode one of its tables.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];

pub(crate) fn run(_: Mode) -> Outcome {
    let out = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(shell::root())
        .output()?;
    if !out.status.success() {
        return Err(String::from_utf8_lossy(&out.stderr).into_owned().into());
    }
    let metadata: Value = serde_json::from_slice(&out.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let refused: Vec<String> = packages.iter().filter_map(|p| refused(&p["name"], &p["license"])).collect();
    if refused.is_empty() { Ok(()) } else { Err(refused.join("; ").into()) }
}

fn refused(name: &Value, licence: &Value) -> Option<String> {
    let name = name.as_str().unwrap_or("?");
    let Some(licence) = licence.as_str() else { return Some(format!("{name} states no licence")) };
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(terms) if terms.evaluate(|r| r.license.id().is_some_and(|id| ALLOWED.contains(&id.name))) => None,
        Ok(_) => Some(format!("{name} is under {licence}, which is not in the list of xtask/src/licences.rs")),
        Err(why) => Some(format!("{name}: {licence} is no licence expression: {}", why.reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::refused;
    use serde_json::{Value, json};

    #[test]
    fn one_of_several_may_do_and_all_of_a_sum_must() {
        let bad = |licence: Value| refused(&json!("x"), &licence).is_some();
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
