//! The facts about one person that programmes ask for. Every fact may be unknown.

use super::{Attendance, Flags, Presence, Relation, SchoolLevel, Sex};
use crate::Date;
use crate::person::PersonRecord;

/// What is known of one member of a family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct PersonFacts {
    /// Birth date.
    pub birth: Option<Date>,
    /// Completed years on the date of determination; looked at only where the birth date is unknown.
    pub age: Option<u16>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Relation to the head.
    pub relation: Option<Relation>,
    /// Alive and there.
    pub presence: Option<Presence>,
    /// Active in the register of the day by himself.
    pub registered: Option<bool>,
    /// Goes to school.
    pub attendance: Option<Attendance>,
    /// Level attended.
    pub school_level: Option<SchoolLevel>,
    /// Share of school days attended, in percent.
    pub attendance_percent: Option<u8>,
    /// Pregnant or postpartum.
    pub pregnant: Option<bool>,
    /// Which pregnancy it is: 1 is the first.
    pub pregnancy_order: Option<u8>,
    /// Severe disability.
    pub severe_disability: Option<bool>,
    /// On the list of victims of gross human-rights violations.
    pub rights_victim: Option<bool>,
    /// What data matching reported.
    pub flags: Flags,
}

impl PersonFacts {
    /// Nothing is known.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// A living member about whom every yes-or-no question is answered with no: not at school, not pregnant, not
    /// disabled, no flags. Age, sex and relation are open.
    pub fn nothing_special() -> Self {
        Self {
            presence: Some(Presence::Present),
            registered: Some(true),
            attendance: Some(Attendance::Never),
            pregnant: Some(false),
            severe_disability: Some(false),
            rights_victim: Some(false),
            flags: Flags::CLEAR,
            ..Self::default()
        }
    }

    /// Whether the person is no longer there.
    pub(crate) fn gone(&self) -> bool {
        matches!(self.presence, Some(Presence::Dead | Presence::Moved | Presence::NotFound))
    }
}

impl From<&PersonRecord> for PersonFacts {
    /// What one row of a source says, with the flags its occupation stands for.
    fn from(row: &PersonRecord) -> Self {
        Self {
            birth: row.birth_date,
            sex: row.sex,
            relation: row.relation,
            presence: row.presence,
            attendance: row.attendance,
            school_level: row.school_level,
            pregnant: row.pregnant,
            severe_disability: row.severe_disability,
            flags: row.occupation.as_deref().map_or(Flags::UNCHECKED, Flags::from_occupation),
            ..Self::default()
        }
    }
}
