//! The facts about a family that a determination looks at. Every fact may be unknown.

use crate::person::PersonFacts;
use crate::region::RegionCode;
use crate::source::Received;
use crate::{Decile, Text};

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
