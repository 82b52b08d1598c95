//! What the rows of all sources have in common: where they stand, their identifiers, what they say is received.

use super::Source;
use crate::Text;

/// Where a row came from. The pair (source, row) is what the crosswalk names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Origin {
    /// The register.
    pub source: Source,
    /// Which of the files read, in the order they were read.
    pub file: u16,
    /// 1-based data row of that file, after any title and header rows.
    pub row: u32,
}

/// An identifier as a cell gave it: the clean value where there is one, and the raw text where the two differ.
#[derive(Clone, PartialEq, Eq)]
pub struct Identifier<T> {
    /// The value, when the text is one or lossless repair makes it one.
    pub value: Option<T>,
    /// The text as written, kept when it is not simply the value's sixteen digits.
    pub raw: Option<Text>,
}

impl<T> Default for Identifier<T> {
    fn default() -> Self {
        Self { value: None, raw: None }
    }
}

impl<T> std::fmt::Debug for Identifier<T> {
    /// Says whether there is a value, never which.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match (&self.value, &self.raw) {
            (Some(_), None) => "Identifier(clean)",
            (Some(_), Some(_)) => "Identifier(repaired)",
            (None, Some(_)) => "Identifier(unusable)",
            (None, None) => "Identifier(missing)",
        })
    }
}

/// Whether a programme is received, as a source states it. `None`: the source does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Received {
    /// Program Keluarga Harapan.
    pub pkh: Option<bool>,
    /// Sembako, BPNT.
    pub sembako: Option<bool>,
    /// Bantuan Sosial Tunai.
    pub bst: Option<bool>,
}
