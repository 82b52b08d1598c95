//! A keluarga: the people on one family card.

use super::art::any_twice;
use super::{Art, HouseholdError, HouseholdFinding, Identity, findings};
use crate::person::Person;
use crate::programme::ids;
use crate::region::{RegionCode, Residence};
use crate::source::{Conflict, Kept, Origin, Received, Source, Welfare};
use crate::{Decile, FamilyCard, Rupiah};
use std::sync::Arc;

/// A keluarga (family): its members, the one No. KK they are on, and what is known of it, every value with the row it
/// came from.
///
/// Consolidation makes one of all rows that describe it ([`crate::consolidate::consolidate_family`]); one row or one form
/// makes one through [`Keluarga::builder`].
///
/// ```
/// use bansos::household::{Art, Keluarga};
/// use bansos::person::{PersonFacts, Relation};
/// use bansos::source::{Origin, Source};
/// use bansos::{Coded, FamilyCard};
///
/// let form = Origin { source: Source::Other, file: 0, row: 1 };
/// let keluarga = Keluarga::builder(form)
///     .card(FamilyCard::parse("3508120101209001")?)
///     .stated_size(3)
///     .member(Art::head(PersonFacts::unknown()))
///     .member(Art::new(PersonFacts::unknown()).with_relation(Relation::Child))
///     .build()?;
/// assert_eq!(keluarga.members().len(), 2);
/// assert!(keluarga.head().is_some());
/// // what does not agree is a finding, never an error
/// let codes: Vec<_> = keluarga.check().iter().map(|f| f.code()).collect();
/// assert_eq!(codes, ["household.size_differs"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Keluarga<P = Person> {
    pub(crate) rows: Vec<Origin>,
    pub(crate) card: Option<Kept<FamilyCard>>,
    pub(crate) residence: Option<Kept<Arc<Residence>>>,
    pub(crate) stated_size: Option<Kept<u32>>,
    pub(crate) welfare: Option<Kept<Welfare>>,
    pub(crate) spending_per_capita: Option<Kept<Rupiah>>,
    pub(crate) stated_deciles: Vec<Kept<Decile>>,
    pub(crate) receives_pkh: Option<Kept<bool>>,
    pub(crate) receives_sembako: Option<Kept<bool>>,
    pub(crate) receives_bst: Option<Kept<bool>>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) members: Box<[Art<P>]>,
}

impl<P> Default for Keluarga<P> {
    /// A family of which nothing is known.
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            card: None,
            residence: None,
            stated_size: None,
            welfare: None,
            spending_per_capita: None,
            stated_deciles: Vec::new(),
            receives_pkh: None,
            receives_sembako: None,
            receives_bst: None,
            conflicts: Vec::new(),
            members: Box::default(),
        }
    }
}

impl<P> Keluarga<P> {
    /// A family as one row or form describes it.
    pub fn builder(origin: Origin) -> KeluargaBuilder<P> {
        KeluargaBuilder { origin, made: Self { rows: vec![origin], ..Self::default() }, members: Vec::new() }
    }

    /// All rows that describe the family or one of its members, in order.
    pub fn rows(&self) -> &[Origin] {
        &self.rows
    }

    /// No. KK.
    pub fn card(&self) -> Option<&Kept<FamilyCard>> {
        self.card.as_ref()
    }

    /// Where it lives.
    pub fn residence(&self) -> Option<&Kept<Arc<Residence>>> {
        self.residence.as_ref()
    }

    /// Stated number of members.
    pub fn stated_size(&self) -> Option<&Kept<u32>> {
        self.stated_size.as_ref()
    }

    /// Housing and assets, from one questionnaire as a whole.
    pub fn welfare(&self) -> Option<&Kept<Welfare>> {
        self.welfare.as_ref()
    }

    /// Spending per head and month, where sampled.
    pub fn spending_per_capita(&self) -> Option<&Kept<Rupiah>> {
        self.spending_per_capita.as_ref()
    }

    /// Deciles the sources state; each of its own base and year, so none is preferred.
    pub fn stated_deciles(&self) -> &[Kept<Decile>] {
        &self.stated_deciles
    }

    /// Whether a programme is received, as the sources state it, by the programme's id. `None`: no source says.
    pub fn receives(&self, programme: &str) -> Option<&Kept<bool>> {
        match programme {
            ids::PKH => self.receives_pkh.as_ref(),
            ids::SEMBAKO => self.receives_sembako.as_ref(),
            ids::BST => self.receives_bst.as_ref(),
            _ => None,
        }
    }

    /// The three programmes that sources state, without where they state it.
    pub fn received(&self) -> Received {
        let of = |id| self.receives(id).map(|k| k.value);
        Received { pkh: of(ids::PKH), sembako: of(ids::SEMBAKO), bst: of(ids::BST) }
    }

    /// What the rows disagree about.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The members, in the order given.
    pub fn members(&self) -> &[Art<P>] {
        &self.members
    }

    /// The head: the first member who is said to be one.
    pub fn head(&self) -> Option<&Art<P>> {
        self.members.iter().find(|m| m.is_head())
    }

    /// The registers that know the family.
    pub fn sources(&self) -> Vec<Source> {
        let mut all: Vec<Source> = self.rows.iter().map(|r| r.source).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What does not agree: not exactly one head among the members, a stated size that is not the members listed. Data are
    /// like that, so these are findings and no error.
    pub fn check(&self) -> Vec<HouseholdFinding> {
        findings(self.stated_size.as_ref().map(|k| k.value), self.members.iter().map(Art::relation))
            .map(|(_, finding)| finding)
            .collect()
    }
}

impl<P: Identity> Keluarga<P> {
    /// The same family with these members.
    ///
    /// # Errors
    /// A person who is listed twice.
    pub fn with_members(self, members: impl Into<Box<[Art<P>]>>) -> Result<Self, HouseholdError> {
        let members = members.into();
        if any_twice(members.iter().map(Art::person)) {
            return Err(HouseholdError::MemberTwice);
        }
        Ok(Self { members, ..self })
    }
}

impl<P: Identity> Identity for Keluarga<P> {
    /// One family card is one family, and so is one row.
    fn is_same(&self, other: &Self) -> bool {
        let card = |k: &Self| k.card.as_ref().map(|c| c.value);
        (card(self).is_some() && card(self) == card(other)) || self.rows.iter().any(|row| other.rows.contains(row))
    }
}

/// Makes a [`Keluarga`] of one row or form; every value counts as said there.
#[derive(Clone, Debug)]
#[must_use]
pub struct KeluargaBuilder<P = Person> {
    origin: Origin,
    made: Keluarga<P>,
    members: Vec<Art<P>>,
}

impl<P> KeluargaBuilder<P> {
    fn kept<T>(&self, value: T) -> Option<Kept<T>> {
        Some(Kept { value, from: self.origin })
    }

    /// No. KK.
    pub fn card(mut self, card: FamilyCard) -> Self {
        self.made.card = self.kept(card);
        self
    }

    /// Where it lives.
    pub fn residence(mut self, residence: impl Into<Arc<Residence>>) -> Self {
        self.made.residence = self.kept(residence.into());
        self
    }

    /// Where it lives, where only the code is known.
    pub fn region(self, region: RegionCode) -> Self {
        self.residence(Residence { region: Some(region), ..Residence::default() })
    }

    /// Stated number of members.
    pub fn stated_size(mut self, size: u32) -> Self {
        self.made.stated_size = self.kept(size);
        self
    }

    /// Housing and assets.
    pub fn welfare(mut self, welfare: Welfare) -> Self {
        self.made.welfare = self.kept(welfare);
        self
    }

    /// Spending per head and month.
    pub fn spending_per_capita(mut self, spending: Rupiah) -> Self {
        self.made.spending_per_capita = self.kept(spending);
        self
    }

    /// A decile the source states.
    pub fn stated_decile(mut self, decile: Decile) -> Self {
        self.made.stated_deciles.extend(self.kept(decile));
        self
    }

    /// What is received, as the source states it.
    pub fn receives(mut self, receives: Received) -> Self {
        self.made.receives_pkh = receives.pkh.and_then(|yes| self.kept(yes));
        self.made.receives_sembako = receives.sembako.and_then(|yes| self.kept(yes));
        self.made.receives_bst = receives.bst.and_then(|yes| self.kept(yes));
        self
    }

    /// One more member.
    pub fn member(mut self, member: Art<P>) -> Self {
        self.members.push(member);
        self
    }

    /// More members.
    pub fn members(mut self, members: impl IntoIterator<Item = Art<P>>) -> Self {
        self.members.extend(members);
        self
    }
}

impl<P: Identity> KeluargaBuilder<P> {
    /// The family.
    ///
    /// # Errors
    /// A person who is listed twice.
    pub fn build(self) -> Result<Keluarga<P>, HouseholdError> {
        self.made.with_members(self.members)
    }
}
