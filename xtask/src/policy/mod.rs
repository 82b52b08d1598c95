//! data/policy/*.toml and data/SOURCES.md → core/src/{policy,programme}/generated.rs and docs/programmes/*.md.
//!
//! Linted first: a value without basis, an undecided overlap of dates, an unknown unit, a source that SOURCES.md does not
//! have, each stop both `generate` and `check`.

mod emit;
mod pages;
mod read;
mod words;

use crate::generate::Mode;
use crate::shell::Outcome;

/// Reads, lints, writes or compares.
pub(crate) fn run(mode: Mode) -> Outcome {
    let data = read::read()?;
    let wrong = data.lint();
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    mode.put("core/src/policy/generated.rs", &emit::parameters(&data))?;
    mode.put("core/src/programme/generated.rs", &emit::programmes(&data))?;
    for (path, page) in pages::all(&data) {
        mode.put(&path, &page)?;
    }
    Ok(())
}
