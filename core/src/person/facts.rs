//! The facts about one person that programmes ask for. Every fact may be unknown.

use super::{Attendance, Flags, Person, PersonRecord, Presence, Relation, SchoolLevel, Sex};
use crate::Date;
use crate::source::Kept;

/// What is known of one member of a family.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct PersonFacts {
    /// Birth date.
    pub birth: Option<Date>,
    /// Completed years on the date of determination; looked at only where the birth date is unknown.
    pub age: Option<u16>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Relation to the head.
    pub relation: Option<Relation>,
    /// Whether the member is alive and present.
    pub presence: Option<Presence>,
    /// Active in the register of the day individually.
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

crate::reticent! { PersonFacts {} }

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

/// One setter for each fact; it takes the fact, or an `Option` of it.
macro_rules! setters {
    ($($with:ident $field:ident: $ty:ty, $doc:literal;)*) => {
        impl PersonFacts {
            $(
                #[doc = $doc]
                #[must_use]
                pub fn $with(mut self, $field: impl Into<Option<$ty>>) -> Self {
                    self.$field = $field.into();
                    self
                }
            )*
        }
    };
}

setters! {
    with_birth birth: Date, "With a birth date.";
    with_age age: u16, "With completed years on the date of determination.";
    with_sex sex: Sex, "With the sex.";
    with_relation relation: Relation, "With the relation to the head.";
    with_presence presence: Presence, "Alive and there, or not.";
    with_registered registered: bool, "Active in the register individually, or not.";
    with_attendance attendance: Attendance, "With school attendance.";
    with_school_level school_level: SchoolLevel, "With the level attended.";
    with_attendance_percent attendance_percent: u8, "With the share of school days attended, in percent.";
    with_pregnant pregnant: bool, "Pregnant or postpartum, or not.";
    with_pregnancy_order pregnancy_order: u8, "With the number of the pregnancy.";
    with_severe_disability severe_disability: bool, "With a severe disability, or not.";
    with_rights_victim rights_victim: bool, "On the list of victims of gross human-rights violations, or not.";
}

impl PersonFacts {
    /// With what data matching reported, in place of what was there.
    #[must_use]
    pub fn with_flags(mut self, flags: Flags) -> Self {
        self.flags = flags;
        self
    }
}

impl From<&Person> for PersonFacts {
    /// What is known of a consolidated person, who stands in the register by that, with the flags of the occupation.
    fn from(person: &Person) -> Self {
        fn value<T: Copy>(kept: Option<&Kept<T>>) -> Option<T> {
            kept.map(|k| k.value)
        }
        Self {
            birth: value(person.birth_date.as_ref()),
            sex: value(person.sex.as_ref()),
            relation: value(person.relation.as_ref()),
            presence: value(person.presence.as_ref()),
            registered: Some(true),
            attendance: value(person.attendance.as_ref()),
            school_level: value(person.school_level.as_ref()),
            pregnant: value(person.pregnant.as_ref()),
            severe_disability: value(person.severe_disability.as_ref()),
            flags: person.occupation.as_ref().map_or(Flags::UNCHECKED, |o| Flags::from_occupation(&o.value)),
            ..Self::default()
        }
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

impl From<&Self> for PersonFacts {
    fn from(facts: &Self) -> Self {
        *facts
    }
}
