//! One row of a source as the core sees it: read, typed, nothing decided.

use super::{Noticed, Source, Welfare};
use crate::household::Residence;
use crate::person::{Attendance, Employment, Marital, Presence, Relation, SchoolLevel, Sex};
use crate::{Date, Decile, FamilyCard, Nik, Rupiah, Text};
use std::sync::Arc;

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

/// A row that stands for a person: a DTKS or BDT member, a P3KE head, a Regsosek member.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonRecord {
    /// Source, file and row.
    pub origin: Origin,
    /// The source's own key of the family or household.
    pub family_key: Option<Text>,
    /// NIK.
    pub nik: Identifier<Nik>,
    /// Family-card number.
    pub family_card: Identifier<FamilyCard>,
    /// Name as written.
    pub name: Option<Text>,
    /// Sex as declared.
    pub sex: Option<Sex>,
    /// Birth date as declared.
    pub birth_date: Option<Date>,
    /// Birthplace as written.
    pub birth_place: Option<Text>,
    /// Mother's name as written.
    pub mother_name: Option<Text>,
    /// Relation to the head.
    pub relation: Option<Relation>,
    /// Marital status.
    pub marital: Option<Marital>,
    /// Goes to school?
    pub attendance: Option<Attendance>,
    /// Level attended or last attended.
    pub school_level: Option<SchoolLevel>,
    /// Pregnant or postpartum.
    pub pregnant: Option<bool>,
    /// Severe disability.
    pub severe_disability: Option<bool>,
    /// Occupation as written.
    pub occupation: Option<Text>,
    /// Employment status.
    pub employment: Option<Employment>,
    /// Whether the person was found there.
    pub presence: Option<Presence>,
    /// Whether the source says that the NIK was matched with the population register (padan Dukcapil).
    pub matched: Option<bool>,
    /// Where the family lives; shared by the rows of one family.
    pub residence: Arc<Residence>,
    /// Programmes the row says are received.
    pub receives: Received,
    /// What was noticed while reading the row, and in which field.
    pub findings: Vec<Noticed>,
}

impl PersonRecord {
    /// A row of which nothing is known yet.
    ///
    /// ```
    /// use bansos::source::{Origin, PersonRecord, Source};
    /// let row = PersonRecord::blank(Origin { source: Source::Dtks, file: 0, row: 1 });
    /// assert!(row.nik.value.is_none() && row.sex.is_none());
    /// ```
    pub fn blank(origin: Origin) -> Self {
        Self {
            origin,
            family_key: None,
            nik: Identifier::default(),
            family_card: Identifier::default(),
            name: None,
            sex: None,
            birth_date: None,
            birth_place: None,
            mother_name: None,
            relation: None,
            marital: None,
            attendance: None,
            school_level: None,
            pregnant: None,
            severe_disability: None,
            occupation: None,
            employment: None,
            presence: None,
            matched: None,
            residence: Arc::default(),
            receives: Received::default(),
            findings: Vec::new(),
        }
    }
}

/// A row that describes a family: a Regsosek family, a P3KE family, a BDT household.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyRecord {
    /// Source, file and row.
    pub origin: Origin,
    /// The source's own key.
    pub family_key: Option<Text>,
    /// Family-card number.
    pub family_card: Identifier<FamilyCard>,
    /// Name of the head as written.
    pub head_name: Option<Text>,
    /// Stated number of members.
    pub size: Option<u32>,
    /// Where the family lives; shared with its members.
    pub residence: Arc<Residence>,
    /// Housing and assets.
    pub welfare: Welfare,
    /// Spending per head and month, where it was sampled.
    pub spending_per_capita: Option<Rupiah>,
    /// The decile the source states; of another base and year than ours.
    pub stated_decile: Option<Decile>,
    /// Programmes the row says are received.
    pub receives: Received,
    /// What was noticed while reading the row, and in which field.
    pub findings: Vec<Noticed>,
}

impl FamilyRecord {
    /// A row of which nothing is known yet.
    pub fn blank(origin: Origin) -> Self {
        Self {
            origin,
            family_key: None,
            family_card: Identifier::default(),
            head_name: None,
            size: None,
            residence: Arc::default(),
            welfare: Welfare::default(),
            spending_per_capita: None,
            stated_decile: None,
            receives: Received::default(),
            findings: Vec::new(),
        }
    }
}
