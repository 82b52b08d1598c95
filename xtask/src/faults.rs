//! `cargo xtask check faults`: whether every test that `docs/FAULTS.md` names is there.

use crate::shell::{self, Outcome};

pub(crate) fn check() -> Outcome {
    let page = std::fs::read_to_string(shell::root().join("docs/FAULTS.md"))?;
    let named: Vec<(&str, &str)> = named(&page).collect();
    let missing = named.iter().filter(|(file, test)| {
        let text = std::fs::read_to_string(shell::root().join(file)).unwrap_or_default();
        !is_there(&text, test)
    });
    let missing: Vec<String> = missing.map(|(file, test)| format!("no test {test} in {file}")).collect();
    if !missing.is_empty() || named.is_empty() {
        return Err(format!("docs/FAULTS.md:\n{}", missing.join("\n")).into());
    }
    eprintln!("faults: ok, {} names of tests", named.len());
    Ok(())
}

/// What stands as `` `file::test` ``.
fn named(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split('`').skip(1).step_by(2).filter_map(|word| word.split_once("::"))
}

/// As Rust, Python, PHP and Node write a test.
fn is_there(text: &str, test: &str) -> bool {
    [format!("fn {test}("), format!("def {test}("), format!("function {test}("), format!("test('{test}'")]
        .iter()
        .any(|form| text.contains(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_missed() {
        let page = "| `write.x` | `a/b.rs::one`, `c.mjs::two words` | `plain` |";
        assert_eq!(named(page).collect::<Vec<_>>(), [("a/b.rs", "one"), ("c.mjs", "two words")]);
        assert!(is_there("#[test]\nfn one() {", "one") && is_there("test('two words', () =>", "two words"));
        assert!(!is_there("fn one_more() {", "one"));
    }
}
