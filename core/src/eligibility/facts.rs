//! The facts about a family that a determination looks at. Every fact may be unknown.

use crate::household::{Art, Keluarga};
use crate::person::PersonFacts;
use crate::region::RegionCode;
use crate::source::Received;
use crate::{Decile, Text};

/// What is known of a family.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct FamilyFacts {
    /// Welfare decile.
    pub decile: Option<Decile>,
    /// Listed in the register in force on the day.
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

crate::reticent! { FamilyFacts { members } }

impl FamilyFacts {
    /// A family of these members, nothing else known.
    pub fn from_members(members: impl IntoIterator<Item = PersonFacts>) -> Self {
        Self { members: members.into_iter().collect(), ..Self::default() }
    }

    /// What a keluarga says of itself: place, stated size, what is received; and what `facts` says of each member, with the
    /// relation that the member has in this family. It stands in the register. Its decile is no fact of a family alone:
    /// [`FamilyFacts::with_decile`].
    ///
    /// ```
    /// use bansos::eligibility::FamilyFacts;
    /// use bansos::household::{Art, Keluarga};
    /// use bansos::person::{PersonFacts, Relation};
    /// use bansos::source::{Origin, Source};
    ///
    /// // a register names its persons by number; what is known of them stands elsewhere
    /// let known = [PersonFacts::unknown().with_age(34), PersonFacts::unknown().with_age(4)];
    /// let row = Origin { source: Source::Regsosek, file: 0, row: 8 };
    /// let keluarga = Keluarga::builder(row).stated_size(2).member(Art::head(0u32)).member(Art::new(1u32)).build()?;
    /// let family = FamilyFacts::from_keluarga(&keluarga, |art| known[*art.person() as usize]);
    /// assert_eq!(family.size, Some(2));
    /// assert_eq!(family.members[0].relation, Some(Relation::Head));
    /// # Ok::<(), bansos::household::HouseholdError>(())
    /// ```
    pub fn from_keluarga<'a, P>(keluarga: &'a Keluarga<P>, facts: impl Fn(&'a Art<P>) -> PersonFacts) -> Self {
        let member = |art: &'a Art<P>| {
            let known = facts(art);
            known.with_relation(art.relation().or(known.relation))
        };
        Self {
            registered: Some(true),
            region: keluarga.residence().and_then(|r| r.value.region),
            receives: keluarga.received(),
            size: keluarga.stated_size().map(|k| k.value),
            members: keluarga.members().iter().map(member).collect(),
            ..Self::default()
        }
    }

    /// With a welfare decile.
    #[must_use]
    pub fn with_decile(mut self, decile: impl Into<Option<Decile>>) -> Self {
        self.decile = decile.into();
        self
    }

    /// Standing in the register of the day, or not.
    #[must_use]
    pub fn with_registered(mut self, registered: impl Into<Option<bool>>) -> Self {
        self.registered = registered.into();
        self
    }

    /// In a hard-to-reach area, or not.
    #[must_use]
    pub fn with_remote(mut self, remote: impl Into<Option<bool>>) -> Self {
        self.remote = remote.into();
        self
    }

    /// With the place where the family lives.
    #[must_use]
    pub fn with_region(mut self, region: impl Into<Option<RegionCode>>) -> Self {
        self.region = region.into();
        self
    }

    /// With the stated number of members.
    #[must_use]
    pub fn with_size(mut self, size: impl Into<Option<u32>>) -> Self {
        self.size = size.into();
        self
    }

    /// Receiving the three national programmes, or not, as a source states them.
    #[must_use]
    pub fn with_received(mut self, receives: Received) -> Self {
        self.receives = receives;
        self
    }

    /// Receiving any programme, or not. What is said last counts, after [`FamilyFacts::with_received`].
    #[must_use]
    pub fn with_receives(mut self, programme: impl Into<Text>, yes: bool) -> Self {
        self.receives_other.push((programme.into(), yes));
        self
    }

    /// With a fact that a region's own programme asks for. What is said last counts.
    #[must_use]
    pub fn with_extra(mut self, name: impl Into<Text>, value: i64) -> Self {
        self.extra.push((name.into(), value));
        self
    }

    /// With these members in place of what was there.
    #[must_use]
    pub fn with_members(mut self, members: impl IntoIterator<Item = PersonFacts>) -> Self {
        self.members = members.into_iter().collect();
        self
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

impl<'a, P> From<&'a Keluarga<P>> for FamilyFacts
where
    PersonFacts: From<&'a P>,
{
    /// [`FamilyFacts::from_keluarga`] for a keluarga that holds its persons, rows or facts itself.
    fn from(keluarga: &'a Keluarga<P>) -> Self {
        Self::from_keluarga(keluarga, |art| PersonFacts::from(art.person()))
    }
}
