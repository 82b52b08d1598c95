//! One row of a source that stands for a person: read, typed, nothing decided.

use super::{Attendance, Employment, Marital, Presence, Relation, SchoolLevel, Sex};
use crate::region::Residence;
use crate::source::{Identifier, Noticed, Origin, Received};
use crate::{Date, Decile, FamilyCard, Nik, Text};
use std::sync::Arc;

/// A row that stands for a person: a DTKS or BDT member, a P3KE head, a Regsosek member.
#[derive(Clone, PartialEq)]
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
    /// The decile that the source states of the person's family.
    pub stated_decile: Option<Decile>,
    /// What was noticed while reading the row, and in which field.
    pub findings: Vec<Noticed>,
}

crate::reticent! { PersonRecord { origin, findings } }

impl PersonRecord {
    /// A row of which nothing is known yet.
    ///
    /// ```
    /// use bansos::person::PersonRecord;
    /// use bansos::source::{Origin, Source};
    /// let row = PersonRecord::blank(Origin { source: Source::Dtks, file: 0, row: 1 });
    /// assert!(row.nik.value().is_none() && row.sex.is_none());
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
            stated_decile: None,
            findings: Vec::new(),
        }
    }
}
