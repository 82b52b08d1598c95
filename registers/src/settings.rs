//! Small files that people write, in TOML or JSON: read into a type of ours, or refused with the place and in our own words.

use bansos::message::{Cause, CauseKind};
use serde::de::DeserializeOwned;
use std::path::Path;

/// Reads TOML.
///
/// # Errors
/// The kind of fault with its line and column; nothing of what stands there.
///
/// ```
/// #[derive(Debug, serde::Deserialize)]
/// struct Size { rows: u64 }
/// let refused = bansos_registers::settings::from_toml::<Size>("rows = \"SITI AMINAH\"").unwrap_err();
/// assert_eq!(refused.to_string(), "the value is of another type; line 1, column 8");
/// ```
pub fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, Cause> {
    toml::from_str(text).map_err(|e: toml::de::Error| {
        let cause = match text.parse::<toml::Table>() {
            Ok(_) => Cause::from_serde(e.message()),
            Err(_) => Cause::new(CauseKind::Syntax),
        };
        let (line, column) = e.span().map_or((0, 0), |span| line_and_column(text, span.start));
        cause.at(line, column)
    })
}

/// Reads JSON.
///
/// # Errors
/// As [`from_toml`].
pub fn from_json<'t, T: serde::Deserialize<'t>>(text: &'t str) -> Result<T, Cause> {
    serde_json::from_str(text).map_err(|e| json_cause(&e))
}

/// Reads JSON where the name ends so, and else TOML.
///
/// # Errors
/// As [`from_toml`].
pub fn from_named<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Cause> {
    match path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
        true => from_json(text),
        false => from_toml(text),
    }
}

fn json_cause(error: &serde_json::Error) -> Cause {
    use serde_json::error::Category;
    let cause = match error.classify() {
        Category::Io => Cause::beneath(error),
        Category::Syntax => Cause::new(CauseKind::Syntax),
        Category::Data | Category::Eof => Cause::from_serde(&error.to_string()),
    };
    cause.at(error.line() as u64, error.column() as u64)
}

/// 1-based, of a place counted in bytes.
fn line_and_column(text: &str, at: usize) -> (u64, u64) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() as u64 + 1, line.chars().count() as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::message::{Lang, Value};

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "read only")]
    struct Own {
        rows: u64,
    }

    #[test]
    fn a_file_of_something_else_is_not_quoted() {
        let csv = "SITI AMINAH;3508100101019001;LUMAJANG\n";
        assert_eq!(from_toml::<Own>(csv).unwrap_err().to_string(), "the syntax is wrong; line 1, column 6");
        assert_eq!(from_json::<Own>(csv).unwrap_err().to_string(), "the syntax is wrong; line 1, column 1");
        let id = |cause: Cause| cause.show(Lang::Id);
        assert_eq!(
            id(from_toml::<Own>("\nrows = 1\nSITI = 3508100101019001\n").unwrap_err()),
            "ada isian atau kata yang tidak dikenal; baris 3, kolom 1"
        );
        assert_eq!(
            id(from_json::<Own>("{ \"rows\":\n\"SITI\" }").unwrap_err()),
            "jenis nilainya tidak sesuai; baris 2, kolom 6"
        );
        assert_eq!(id(from_json::<Own>("{}").unwrap_err()), "isian `rows` tidak ada; baris 1, kolom 2");
    }
}
