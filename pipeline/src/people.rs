//! Rows become persons and families: consolidation over the linkage's clusters, in parallel.

use crate::rulings::{RulingCounts, Rulings};
use bansos::consolidate::{Home, Precedence, consolidate_family, consolidate_person, consolidate_ruta};
use bansos::household::{Art, FamilyRecord, HouseholdError, Keluarga, Ruta};
use bansos::person::{Person, PersonRecord, Presence, Relation};
use bansos::plumbing::Groups;
use bansos_linkage::register::Linkage;
use bansos_registers::Intake;
use rayon::prelude::*;

/// The consolidated register.
pub struct People {
    /// Every person, by number.
    pub(crate) persons: Vec<Person>,
    /// Every family, by number, with the numbers of its members: head first, then by birth date.
    pub(crate) families: Vec<Keluarga<u32>>,
    /// The one family each person is counted in.
    pub(crate) family_of: Vec<u32>,
    /// The households that a register of households names, by the numbers of their families.
    pub(crate) ruta: Vec<Ruta<u32, u32>>,
    /// What a verivali ledger decided.
    pub(crate) rulings: Rulings,
}

impl People {
    pub(crate) fn consolidate(intake: &Intake, linkage: &Linkage) -> Result<Self, HouseholdError> {
        let precedence = Precedence::default();
        let rows_of = Groups::from_group_of(&linkage.persons, linkage.person_count as usize);
        let persons: Vec<Person> = (0..linkage.person_count)
            .into_par_iter()
            .map(|p| {
                let rows: Vec<&PersonRecord> = rows_of.get(p).iter().map(|r| &intake.persons[*r as usize]).collect();
                consolidate_person(&rows, &precedence)
            })
            .collect();
        let family_of: Vec<u32> = (0..linkage.person_count)
            .into_par_iter()
            .map(|p| family_of_person(rows_of.get(p), intake, linkage, &precedence))
            .collect();

        let mut members = Groups::from_group_of(&family_of, linkage.family_count as usize);
        let relation = |p: u32| persons[p as usize].relation.as_ref().map(|r| r.value);
        members.sort_each_by_key(|p| {
            let birth_date = persons[p as usize].birth_date.as_ref().map(|d| d.value);
            (relation(p).unwrap_or(Relation::Other), birth_date, p)
        });
        let listed = Groups::from_group_of(&linkage.families, linkage.family_count as usize);
        let described = Groups::from_group_of(&linkage.family_records, linkage.family_count as usize);
        let families: Vec<Keluarga<u32>> = (0..linkage.family_count)
            .into_par_iter()
            .map(|f| {
                let rows: Vec<&FamilyRecord> = described.get(f).iter().map(|r| &intake.families[*r as usize]).collect();
                let persons: Vec<&PersonRecord> = listed.get(f).iter().map(|r| &intake.persons[*r as usize]).collect();
                let members: Box<[Art<u32>]> =
                    members.get(f).iter().map(|p| Art::new(*p).with_relation(relation(*p))).collect();
                consolidate_family(&rows, &persons, &precedence).with_members(members)
            })
            .collect::<Result<_, _>>()?;
        let ruta = consolidate_ruta(homes(intake, linkage));
        Ok(Self { persons, families, family_of, ruta, rulings: Rulings::default() })
    }

    /// Every person, by number.
    #[must_use]
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// Every family, by number, with the numbers of its members: head first, then by birth date.
    #[must_use]
    pub fn families(&self) -> &[Keluarga<u32>] {
        &self.families
    }

    /// The one family a person is counted in.
    #[must_use]
    pub fn family_of(&self, person: u32) -> Option<u32> {
        self.family_of.get(person as usize).copied()
    }

    /// The households that a register of households names, by the numbers of their families.
    #[must_use]
    pub fn ruta(&self) -> &[Ruta<u32, u32>] {
        &self.ruta
    }

    /// What became of the subjects of a verivali ledger, where one was given.
    #[must_use]
    pub fn rulings(&self) -> Option<RulingCounts> {
        self.rulings.counts
    }

    /// Members who are not known to be dead, moved or missing.
    pub(crate) fn present(&self, family: &Keluarga<u32>) -> impl Iterator<Item = &Person> {
        family.members().iter().map(|art| &self.persons[*art.person() as usize]).filter(|p| {
            !p.presence
                .as_ref()
                .is_some_and(|k| matches!(k.value, Presence::Dead | Presence::Moved | Presence::NotFound))
        })
    }
}

/// A person listed in several families is counted in one: that of the row of the register that goes first, then of the
/// family most rows agree on.
fn family_of_person(rows: &[u32], intake: &Intake, linkage: &Linkage, precedence: &Precedence) -> u32 {
    let family = |r: u32| linkage.families[r as usize];
    let rank = |r: u32| {
        let source = intake.persons[r as usize].origin.source;
        precedence.family.iter().position(|s| *s == source).unwrap_or(usize::MAX)
    };
    let votes = |f: u32| rows.iter().filter(|r| family(**r) == f).count();
    rows.iter()
        .copied()
        .min_by_key(|r| (rank(*r), std::cmp::Reverse(votes(family(*r))), intake.persons[*r as usize].origin))
        .map_or(0, family)
}

/// Which family each row of a register of households belongs to, and under which key the register has its household.
fn homes<'a>(intake: &'a Intake, linkage: &'a Linkage) -> impl Iterator<Item = Home<'a>> {
    let persons = intake.persons.iter().map(|p| (p.origin.source, &p.family_key)).zip(&linkage.families);
    let families = intake.families.iter().map(|f| (f.origin.source, &f.family_key)).zip(&linkage.family_records);
    persons
        .chain(families)
        .filter_map(|((source, key), family)| Some(Home { source, key: key.as_deref()?, family: *family }))
}
