//! data/policy/*.toml and data/SOURCES.md → core/src/{person,policy,programme}/generated.rs and docs/programmes/*.md.
//!
//! Linted first: a value without basis, an undecided overlap of dates, an unknown unit, a source that SOURCES.md does not
//! have, each stop both `generate` and `check`.

mod emit;
mod pages;
mod read;
mod words;

use crate::{Outcome, root};
use std::path::Path;
use xtask::Mode;

/// Reads, lints, writes or compares.
pub(crate) fn run(mode: Mode) -> Outcome {
    of(mode, &root())
}

/// The same with data/ of another folder, for the tests.
fn of(mode: Mode, root: &Path) -> Outcome {
    let data = read::read(root)?;
    let wrong = data.lint();
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    mode.put("core/src/policy/generated.rs", &emit::parameters(&data))?;
    mode.put("core/src/programme/generated.rs", &emit::programmes(&data))?;
    mode.put("core/src/person/occupation/generated.rs", &emit::occupations(&data))?;
    for (path, page) in pages::all(&data) {
        mode.put(&path, &page)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// What `cargo xtask check policy` says of the checked-in data with one change in one file.
    fn check(name: &str, from: &str, to: &str) -> Result<(), String> {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("data/policy")).unwrap();
        fs::copy(root().join("data/SOURCES.md"), dir.path().join("data/SOURCES.md")).unwrap();
        for file in fs::read_dir(root().join("data/policy")).unwrap() {
            let file = file.unwrap();
            let text = fs::read_to_string(file.path()).unwrap();
            let changed = file.file_name() == name;
            assert!(!changed || text.contains(from), "{from} stands no more in {name}");
            let text = if changed { text.replacen(from, to, 1) } else { text };
            fs::write(dir.path().join("data/policy").join(file.file_name()), text).unwrap();
        }
        of(Mode::Compare, dir.path()).map_err(|why| why.to_string())
    }

    const FLAT: &str = r#"value = 1890000, confidence = "high", basis = [{ source = "S10" }]"#;

    fn fails(name: &str, from: &str, to: &str, with: &str) {
        let said = check(name, from, to).unwrap_err();
        assert!(said.contains(with), "{said}");
    }

    #[test]
    fn the_data_as_they_stand_pass() {
        assert_eq!(check("pkh.toml", FLAT, FLAT), Ok(()));
    }

    #[test]
    fn a_missing_basis_fails() {
        fails("pkh.toml", FLAT, r#"value = 1890000, confidence = "high", basis = []"#, "policy.no_basis");
        let all = r#"basis = [{ source = "S18" }, { source = "S49" }]"#;
        fails("blts-kesra.toml", &format!("{all}\nassume"), "basis = []\nassume", "has no basis");
    }

    #[test]
    fn an_overlap_of_dates_fails() {
        let flat = r#"{ from = "2018-01-01", to = "2018-12-31", value = 1890000"#;
        let twice = r#"{ from = "2018-06-01", to = "2018-12-31", value = 1900000, confidence = "high", basis = [{ source = "S10" }] }, "#;
        fails("pkh.toml", flat, &format!("{twice}{flat}"), "policy.overlap_undecided");
        fails("sembako.toml", r#"to = "2020-02-29""#, r#"to = "2020-03-01""#, "policy.overlap_undecided");
    }

    #[test]
    fn an_unknown_unit_fails() {
        fails("pkh.toml", r#"unit = "rupiah_per_year""#, r#"unit = "rupiah_per_stage""#, "pkh.toml");
        fails("pkh.toml", r#"unit = "decile""#, r#"unit = "flags""#, "policy.value_unfit");
    }

    #[test]
    fn an_unsourced_number_fails() {
        fails(
            "pkh.toml",
            FLAT,
            r#"value = 1890000, confidence = "high", basis = [{ source = "S999" }]"#,
            "policy.unknown_source",
        );
        fails("pkh.toml", FLAT, r#"value = 1890000, confidence = "high""#, "pkh.toml");
        // knowledge that nobody confirmed may not be called sure
        fails(
            "pkh.toml",
            FLAT,
            r#"value = 1890000, confidence = "high", basis = [{ source = "K" }]"#,
            "policy.overconfident",
        );
    }

    #[test]
    fn a_number_that_is_not_what_is_compiled_in_fails() {
        fails("pkh.toml", "1890000", "1900000", "cargo xtask generate");
    }
}
