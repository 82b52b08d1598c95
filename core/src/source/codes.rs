//! Code lists, typed by source and version: the number 1 means "attending" in one register and "never" in another, so
//! a code has a meaning only together with its list.

use super::Source;
use crate::Text;
use rustc_hash::FxHashMap;

codes! {
    /// Why a code list cannot be used.
    #[derive(thiserror::Error)]
    pub enum CodeListError {
        /// Two entries answer to the same text.
        Doubled { list: String, code: String } = "source.code_doubled", Error,
            id: "daftar {list}: kode atau kata {code} menunjuk dua isian",
            en: "list {list}: the code or word {code} points at two entries";
    }
}

impl crate::message::Value for CodeListError {
    fn param(&self) -> crate::message::Param {
        crate::message::Param::Text(crate::Coded::code(self).to_owned())
    }

    fn show(&self, lang: crate::Lang) -> String {
        crate::Coded::message(self, lang)
    }
}

/// One entry of a code list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CodeEntry {
    /// The code as the source writes it, leading zeros and all.
    pub code: Text,
    /// The source's own wording.
    pub id: Text,
    /// English.
    pub en: Text,
    /// The model's word that it stands for (`male`, `head`, `yes`); `None` where the model has none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub means: Option<Text>,
    /// Other ways it is written.
    #[cfg_attr(feature = "serde", serde(default))]
    pub also: Vec<Text>,
}

/// A list of one source and version.
///
/// ```
/// use bansos::source::{CodeEntry, CodeList, Source};
/// let entry = |code: &str, id: &str, means: &str| CodeEntry {
///     code: code.into(), id: id.into(), en: id.into(), means: Some(means.into()), also: vec![],
/// };
/// let list = CodeList::new(Source::Bdt, "2015", "attendance", vec![
///     entry("0", "Belum pernah", "never"), entry("1", "Masih sekolah", "attending"),
/// ])?;
/// assert_eq!(list.read("01").and_then(|e| e.means.as_deref()), Some("attending"));
/// assert_eq!(list.read("MASIH SEKOLAH").map(|e| &*e.code), Some("1"));
/// assert!(list.read("7").is_none());
/// # Ok::<(), bansos::source::CodeListError>(())
/// ```
#[derive(Clone, Debug)]
pub struct CodeList {
    source: Source,
    version: Text,
    name: Text,
    entries: Vec<CodeEntry>,
    index: FxHashMap<String, usize>,
}

impl CodeList {
    /// Builds the list. Fails where a text would point at two entries.
    pub fn new(
        source: Source,
        version: impl Into<Text>,
        name: impl Into<Text>,
        entries: Vec<CodeEntry>,
    ) -> Result<Self, CodeListError> {
        let (version, name) = (version.into(), name.into());
        let mut index = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate() {
            for text in [&entry.code, &entry.id].into_iter().chain(&entry.also) {
                let key = fold(text);
                if key.is_empty() {
                    continue;
                }
                if index.insert(key, at).is_some_and(|before| before != at) {
                    return Err(CodeListError::Doubled { list: name.to_string(), code: text.to_string() });
                }
            }
        }
        Ok(Self { source, version, name, entries, index })
    }

    /// The register whose list this is.
    pub fn source(&self) -> Source {
        self.source
    }

    /// Version of the questionnaire or extract.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What the list is about.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every entry, in the source's order.
    pub fn entries(&self) -> &[CodeEntry] {
        &self.entries
    }

    /// Place among the entries of a code or its wording, whatever its case, spacing, punctuation or lost leading zeros; also where a
    /// number stands in front of the wording or something in brackets behind it (`1. Laki-laki`, `Laki-laki (L)`).
    pub fn place(&self, text: &str) -> Option<usize> {
        self.index.get(&fold(text)).or_else(|| self.index.get(&fold(wording(text)?))).copied()
    }

    /// The entry of a code or its wording.
    pub fn read(&self, text: &str) -> Option<&CodeEntry> {
        self.entries.get(self.place(text)?)
    }
}

/// The words of a cell without the number in front and the brackets behind; nothing where there are neither, or no words.
fn wording(text: &str) -> Option<&str> {
    let text = text.trim();
    let number = text.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=2).contains(digits));
    let behind = number.and_then(|digits| text.get(digits..)).map(str::trim_start);
    let words = behind.and_then(|rest| rest.strip_prefix(['.', ')', '-', ':'])).unwrap_or(text);
    let words = match words.split_once('(') {
        Some((front, rest)) if rest.trim_end().ends_with(')') => front,
        _ => words,
    };
    (words.len() < text.len() && words.chars().any(char::is_alphabetic)).then_some(words)
}

/// Upper-case letters and digits only; a number loses its leading zeros and an Excel `.0`, so that `01`, `1` and
/// `1.0` are one code (a list that held both `0` and `00` would be refused as doubled).
fn fold(text: &str) -> String {
    let text = text.trim();
    let number = text.strip_suffix(".0").unwrap_or(text);
    if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
        let short = number.trim_start_matches('0');
        return if short.is_empty() { "0" } else { short }.to_owned();
    }
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(code: &str, id: &str) -> CodeEntry {
        CodeEntry { code: code.into(), id: id.into(), en: id.into(), means: None, also: vec![] }
    }

    #[test]
    fn leading_zeros_lost_in_a_spreadsheet_do_not_change_a_code() {
        // trap 12 of the mapping traps: disability codes 00 to 12 read as numbers
        let list = CodeList::new(
            Source::Bdt,
            "2015",
            "disability",
            vec![entry("00", "Tidak"), entry("01", "Daksa"), entry("10", "Mental")],
        )
        .unwrap();
        assert_eq!(list.place("0"), Some(0));
        assert_eq!(list.place("1"), Some(1));
        assert_eq!(list.place("1.0"), Some(1));
        assert_eq!(list.place("10"), Some(2));
        assert_eq!(list.place("100"), None);
        assert_eq!(list.place(""), None);
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        let list =
            CodeList::new(Source::Dtks, "bnba", "sex", vec![entry("1", "Laki-laki"), entry("2", "Perempuan")]).unwrap();
        for text in ["LAKI-LAKI", "laki laki", " Laki - Laki ", "1"] {
            assert_eq!(list.place(text), Some(0), "{text}");
        }
    }

    #[test]
    fn a_text_cannot_mean_two_things() {
        assert!(CodeList::new(Source::Bdt, "x", "y", vec![entry("1", "Ya"), entry("01", "Tidak")]).is_err());
    }
}
