//! A ruta: people who share a building and a kitchen.

use super::art::any_twice;
use super::{Art, HouseholdError, Identity, Keluarga};
use crate::person::Person;

/// A ruta (rumah tangga, household): the keluarga that share a building and a kitchen, and the ART who live with them
/// on no card of theirs (a worker, a relative registered elsewhere).
///
/// BDT and DTKS count ruta, Regsosek and DTSEN count keluarga: the two are never taken for each other. `K` and `P` are how
/// families and persons are named: themselves, or their numbers in a register.
///
/// ```
/// use bansos::Coded;
/// use bansos::household::{Art, HouseholdError, Ruta};
///
/// let ruta: Ruta<u32, u32> = Ruta::new([4, 7], [Art::new(31)])?;
/// assert_eq!(ruta.keluarga(), [4, 7]);
/// assert_eq!(Ruta::<u32, u32>::new([4, 4], []).unwrap_err().code(), "household.keluarga_twice");
/// # Ok::<(), HouseholdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruta<K = Keluarga, P = Person> {
    keluarga: Box<[K]>,
    others: Box<[Art<P>]>,
}

impl<K: Identity, P: Identity> Ruta<K, P> {
    /// A household of families and of members on no card of theirs.
    ///
    /// # Errors
    /// Nobody lives there; one family or one of the other members is listed twice.
    pub fn new(keluarga: impl Into<Box<[K]>>, others: impl Into<Box<[Art<P>]>>) -> Result<Self, HouseholdError> {
        let (keluarga, others) = (keluarga.into(), others.into());
        if keluarga.is_empty() && others.is_empty() {
            return Err(HouseholdError::RutaEmpty);
        }
        if any_twice(keluarga.iter()) {
            return Err(HouseholdError::KeluargaTwice);
        }
        if any_twice(others.iter().map(Art::person)) {
            return Err(HouseholdError::MemberTwice);
        }
        Ok(Self { keluarga, others })
    }
}

impl<K, P> Ruta<K, P> {
    /// The families.
    pub fn keluarga(&self) -> &[K] {
        &self.keluarga
    }

    /// The members on no card of these families.
    pub fn others(&self) -> &[Art<P>] {
        &self.others
    }
}

impl<P> Ruta<Keluarga<P>, P> {
    /// Every ART, family by family, then the others.
    pub fn art(&self) -> impl Iterator<Item = &Art<P>> {
        self.keluarga.iter().flat_map(|k| k.members()).chain(&*self.others)
    }
}

impl<P: Identity> Ruta<Keluarga<P>, P> {
    /// Whether a person is listed in two of the families, or in one and beside them. Registers do that, so it is asked
    /// for and not refused.
    pub fn has_person_twice(&self) -> bool {
        let all: Vec<&P> = self.art().map(Art::person).collect();
        any_twice(all.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FamilyCard;
    use crate::message::Coded;
    use crate::source::{Origin, Source};

    fn family(row: u32, card: &str, members: &[u32]) -> Keluarga<u32> {
        Keluarga::builder(Origin { source: Source::Bdt, file: 0, row })
            .card(FamilyCard::parse(card).unwrap())
            .members(members.iter().map(|m| Art::new(*m)))
            .build()
            .unwrap()
    }

    #[test]
    fn two_cards_under_one_roof() {
        let families = [family(1, "3508120101209001", &[1, 2]), family(2, "3508120101209002", &[3])];
        let ruta = Ruta::new(families, [Art::new(4)]).unwrap();
        assert_eq!(ruta.art().map(|a| *a.person()).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(!ruta.has_person_twice());
    }

    #[test]
    fn what_is_no_household_is_refused() {
        let card = "3508120101209001";
        let code = |r: Result<Ruta<Keluarga<u32>, u32>, HouseholdError>| r.unwrap_err().code();
        assert_eq!(code(Ruta::new([], [])), "household.ruta_empty");
        assert_eq!(code(Ruta::new([family(1, card, &[1]), family(2, card, &[2])], [])), "household.keluarga_twice");
        assert_eq!(code(Ruta::new([], [Art::new(4), Art::new(4)])), "household.member_twice");
        let twice = family(1, card, &[]).with_members([Art::head(1), Art::new(1)]);
        assert_eq!(twice.unwrap_err().code(), "household.member_twice");
    }

    #[test]
    fn a_person_in_two_families_is_seen_and_not_refused() {
        let families = [family(1, "3508120101209001", &[1, 2]), family(2, "3508120101209002", &[2])];
        assert!(Ruta::new(families, []).unwrap().has_person_twice());
    }
}
