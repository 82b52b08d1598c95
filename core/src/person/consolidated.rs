//! A person, once: what consolidation makes of all rows that stand for one.

use super::{Attendance, Employment, Marital, Presence, Relation, SchoolLevel, Sex};
use crate::source::{Conflict, Kept, Origin};
use crate::{Date, Nik, Text};

/// A person, once, with the provenance of every value.
#[derive(Clone, Default, PartialEq)]
pub struct Person {
    /// All rows that stand for the person, in order.
    pub rows: Vec<Origin>,
    /// NIK.
    pub nik: Option<Kept<Nik>>,
    /// Name as the anchor row writes it.
    pub name: Option<Kept<Text>>,
    /// Sex.
    pub sex: Option<Kept<Sex>>,
    /// Birth date.
    pub birth_date: Option<Kept<Date>>,
    /// Birthplace.
    pub birth_place: Option<Kept<Text>>,
    /// Mother's name.
    pub mother_name: Option<Kept<Text>>,
    /// Relation to the head of the family.
    pub relation: Option<Kept<Relation>>,
    /// Marital status.
    pub marital: Option<Kept<Marital>>,
    /// School attendance.
    pub attendance: Option<Kept<Attendance>>,
    /// School level.
    pub school_level: Option<Kept<SchoolLevel>>,
    /// Pregnant or postpartum.
    pub pregnant: Option<Kept<bool>>,
    /// Severe disability.
    pub severe_disability: Option<Kept<bool>>,
    /// Occupation.
    pub occupation: Option<Kept<Text>>,
    /// Employment status.
    pub employment: Option<Kept<Employment>>,
    /// Found, dead, moved. A row that says dead is never outvoted.
    pub presence: Option<Kept<Presence>>,
    /// What the rows disagree about.
    pub conflicts: Vec<Conflict>,
}

crate::reticent! { Person { rows, conflicts } }
