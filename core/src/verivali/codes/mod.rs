//! The codes of the sources, and what they mean here: data/verivali/codes/*.toml.

#[rustfmt::skip]
mod generated;

use super::{SubjectKind, SubjectVerdict};
use crate::Bilingual;
use crate::policy::{Basis, Confidence};
use std::sync::OnceLock;

words! {
    /// What a payment word of SIKS-NG says. Being left out of a period is not being judged.
    pub enum Payment {
        /// To be paid in this stage.
        Due = "due", id: "akan dibayar", en: "due";
        /// On its way.
        InProgress = "in_progress", id: "diproses", en: "in progress";
        /// Failed on the way; can be repaired.
        Failed = "failed", id: "gagal, dapat diperbaiki", en: "failed, can be repaired";
        /// Left out of this period; can be repaired.
        Excluded = "excluded", id: "tidak dibayar pada tahap ini, dapat diperbaiki", en: "left out of this period, can be repaired";
        /// Judged not to be eligible.
        Judged = "judged", id: "dinilai tidak layak", en: "judged not eligible";
        /// Paid and not collected.
        NotCollected = "not_collected", id: "tidak diambil", en: "not collected";
    }
}

/// The codes of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CodeMap {
    /// Its name: `siks-droid`, `siks-droid-kertas`, `bdt-2015`, `regsosek-2022`, `siks-ng`.
    pub id: String,
    /// As people call it.
    pub label: Bilingual,
    /// Where it was read.
    pub basis: Vec<Basis>,
    /// How sure.
    pub confidence: Confidence,
    /// Its coded columns.
    #[cfg_attr(feature = "serde", serde(rename = "field"))]
    pub fields: Vec<CodedField>,
}

/// A column of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CodedField {
    /// The column's name.
    pub column: String,
    /// Of whom it speaks.
    pub kind: SubjectKind,
    /// As people call it.
    pub label: Bilingual,
    /// The codes.
    pub codes: Vec<SourceCode>,
}

/// One code and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct SourceCode {
    /// As it stands in files.
    pub code: String,
    /// Other ways to write it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub also: Vec<String>,
    /// What the source says it is.
    pub label: Bilingual,
    /// What it says about the list; none: nothing.
    #[cfg_attr(feature = "serde", serde(default, with = "verdict_word", skip_serializing_if = "Option::is_none"))]
    pub verdict: Option<SubjectVerdict>,
    /// Whether it speaks of somebody who was not on the list.
    #[cfg_attr(feature = "serde", serde(default))]
    pub new: bool,
    /// What it says about payment.
    #[cfg_attr(feature = "serde", serde(default))]
    pub payment: Option<Payment>,
    /// What one has to know about it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub note: Option<Bilingual>,
}

impl CodeMap {
    /// A column, whatever the case of its name.
    pub fn field(&self, column: &str) -> Option<&CodedField> {
        self.fields.iter().find(|f| f.column.eq_ignore_ascii_case(column.trim()))
    }
}

impl CodedField {
    /// What a cell says. Blanks around it, its case, and a `.0` or zeros that a spreadsheet added are no matter.
    ///
    /// ```
    /// use bansos::verivali::{code_map, RemovalReason, SubjectVerdict};
    /// let five = |map: &str| code_map(map)?.field("hasil_verivali")?.read("5")?.verdict;
    /// assert_eq!(five("siks-droid"), Some(SubjectVerdict::NotEligible(RemovalReason::Refused)));
    /// assert_eq!(five("siks-droid-kertas"), Some(SubjectVerdict::NotEligible(RemovalReason::Duplicate)));
    /// ```
    pub fn read(&self, cell: &str) -> Option<&SourceCode> {
        let cell = cell.trim().trim_start_matches('\'');
        let plain = cell.strip_suffix(".0").unwrap_or(cell);
        let digits = plain.bytes().all(|b| b.is_ascii_digit()) && !plain.is_empty();
        let plain = if digits { plain.trim_start_matches('0') } else { plain };
        let same = |text: &str| {
            text.eq_ignore_ascii_case(plain)
                || text.split_ascii_whitespace().eq(plain.to_ascii_uppercase().split_ascii_whitespace())
        };
        self.codes.iter().find(|c| same(&c.code) || c.also.iter().any(|a| same(a)) || same(&c.label.id))
    }

    /// The code for a verdict: the first that means it and nothing else; none where the source has no word for it.
    pub fn write(&self, verdict: SubjectVerdict, new: bool) -> Option<&SourceCode> {
        let means = |c: &&SourceCode| c.verdict == Some(verdict);
        self.codes.iter().filter(means).find(|c| c.new == new).or_else(|| self.codes.iter().find(means))
    }
}

/// Every code map that comes with the library.
pub fn code_maps() -> &'static [CodeMap] {
    static ALL: OnceLock<Vec<CodeMap>> = OnceLock::new();
    ALL.get_or_init(generated::maps)
}

/// A code map by its name.
pub fn code_map(id: &str) -> Option<&'static CodeMap> {
    code_maps().iter().find(|m| m.id == id)
}

#[cfg(feature = "serde")]
mod verdict_word {
    use super::SubjectVerdict;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(verdict: &Option<SubjectVerdict>, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(verdict.map_or("", SubjectVerdict::word))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(d: D) -> Result<Option<SubjectVerdict>, D::Error> {
        let word = String::deserialize(d)?;
        SubjectVerdict::from_word(&word).map(Some).ok_or_else(|| serde::de::Error::custom(format!("no verdict {word}")))
    }
}

#[cfg(test)]
mod tests {
    use super::super::RemovalReason;
    use super::*;

    #[test]
    fn five_is_two_things_and_neither_is_guessed() {
        let read = |map: &str, column: &str, cell: &str| {
            code_map(map).and_then(|m| m.field(column)).and_then(|f| f.read(cell)).and_then(|c| c.verdict)
        };
        assert_eq!(
            read("siks-droid", "hasil_verivali", " 5.0 "),
            Some(SubjectVerdict::NotEligible(RemovalReason::Refused))
        );
        assert_eq!(
            read("siks-droid-kertas", "HASIL_VERIVALI", "05"),
            Some(SubjectVerdict::NotEligible(RemovalReason::Duplicate))
        );
        assert_eq!(read("siks-droid-kertas", "hasil_verivali", "6"), None);
        // members: 4 is new in BDT and moved abroad in Regsosek
        assert_eq!(read("bdt-2015", "sta_keberadaan_art", "4"), Some(SubjectVerdict::Eligible));
        assert_eq!(read("regsosek-2022", "404", "4"), Some(SubjectVerdict::NotEligible(RemovalReason::MovedAbroad)));
        assert_eq!(
            read("siks-droid", "status_keberadaan_art", "Kesalahan prelist"),
            Some(SubjectVerdict::NotEligible(RemovalReason::PrelistMistake))
        );
    }

    #[test]
    fn being_left_out_is_not_being_judged() {
        let field = code_map("siks-ng").and_then(|m| m.field("status_bayar")).unwrap();
        let pay = |cell: &str| field.read(cell).and_then(|c| c.payment);
        assert_eq!(pay("exclude  pekerjaan"), Some(Payment::Excluded));
        assert_eq!(pay("Tidak Layak GIS"), Some(Payment::Judged));
        assert_eq!(pay("EXCLUDE TIDAK LAYAK DAERAH"), Some(Payment::Judged));
        assert_eq!(field.read("EXCLUDE").unwrap().verdict, None);
        assert_eq!(pay("EXCLUDE LAINNYA"), None);
    }

    #[test]
    fn every_code_that_means_something_can_be_given_back() {
        for field in code_maps().iter().flat_map(|m| &m.fields) {
            for code in field.codes.iter().filter(|c| c.verdict.is_some()) {
                let back = field.write(code.verdict.unwrap(), code.new).unwrap();
                assert_eq!((back.verdict, back.new), (code.verdict, code.new), "{}", field.column);
            }
        }
    }
}
