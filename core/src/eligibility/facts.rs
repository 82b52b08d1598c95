//! The facts a determination looks at. Every fact may be unknown.

use super::Flags;
use crate::person::{Attendance, Presence, Relation, SchoolLevel, Sex};
use crate::region::RegionCode;
use crate::source::{PersonRecord, Received};
use crate::{Date, Decile, Text};

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

    /// From one row of a source: what the row says, and the flags its occupation stands for.
    pub fn of_record(row: &PersonRecord) -> Self {
        Self {
            birth: row.birth_date,
            sex: row.sex,
            relation: row.relation,
            presence: row.presence,
            attendance: row.attendance,
            school_level: row.school_level,
            pregnant: row.pregnant,
            severe_disability: row.severe_disability,
            flags: row.occupation.as_deref().map_or(Flags::UNCHECKED, super::flags_of_occupation),
            ..Self::default()
        }
    }

    /// Whether the person is no longer there.
    pub(crate) fn gone(&self) -> bool {
        matches!(self.presence, Some(Presence::Dead | Presence::Moved | Presence::NotFound))
    }
}

/// What is known of a family.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct FamilyFacts {
    /// Welfare decile.
    pub decile: Option<Decile>,
    /// Stands in the register of the day.
    pub registered: Option<bool>,
    /// Lives in a hard-to-reach area (PKH Akses).
    pub remote: Option<bool>,
    /// Where the family lives, in Kemendagri codes.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub region: Option<RegionCode>,
    /// Received programmes of the three national ones.
    pub receives: Received,
    /// Other programmes: (id, received).
    pub receives_other: Vec<(Text, bool)>,
    /// Stated number of members. More than are listed means that members are unknown.
    pub size: Option<u32>,
    /// Facts that a region's own programme asks for: (name, number). Yes is 1, no is 0.
    pub extra: Vec<(Text, i64)>,
    /// The members known.
    pub members: Vec<PersonFacts>,
}

impl FamilyFacts {
    /// A family of these members, nothing else known.
    pub fn of(members: Vec<PersonFacts>) -> Self {
        Self { members, ..Self::default() }
    }

    /// From plain values, as a consolidated register has them.
    pub fn new(
        decile: Option<Decile>,
        region: Option<RegionCode>,
        receives: Received,
        size: Option<u32>,
        members: Vec<PersonFacts>,
    ) -> Self {
        Self { decile, region, receives, size, members, registered: Some(true), ..Self::default() }
    }

    /// Whether a programme is received.
    pub fn receives(&self, programme: &str) -> Option<bool> {
        use crate::programme::ids;
        let other = || self.receives_other.iter().rev().find(|(p, _)| &**p == programme).map(|(_, yes)| *yes);
        match programme {
            ids::PKH => self.receives.pkh.or_else(other),
            ids::SEMBAKO => self.receives.sembako.or_else(other),
            ids::BST => self.receives.bst.or_else(other),
            _ => other(),
        }
    }

    /// A region's own fact.
    pub fn extra(&self, name: &str) -> Option<i64> {
        self.extra.iter().rev().find(|(n, _)| &**n == name).map(|(_, v)| *v)
    }

    /// Whether members are missing from the list: fewer are listed than the stated size, or none.
    pub fn members_missing(&self) -> bool {
        self.members.is_empty() || self.size.is_some_and(|n| n as usize > self.members.len())
    }
}
