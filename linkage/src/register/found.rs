//! What a run found: who is who, on what evidence, and what is in conflict.

use super::ids::{Earlier, Ids, votes};
use super::model::{Model, Situation};
use crate::blocks::RuleCount;
use bansos::dedup::{DedupFinding, Levels};

/// Two rows that were compared, with everything that a waterfall shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Index of a person record; the smaller origin.
    pub a: u32,
    /// Index of the other.
    pub b: u32,
    /// What was known of their families.
    pub situation: Situation,
    /// The level reached on each field.
    pub vector: Levels,
    /// Adjustment for how common the names are, in bits.
    pub frequency: f32,
    /// log2 odds before any field was looked at.
    pub prior: f32,
    /// The pair's weight: prior, fields and adjustment together (log2 odds).
    pub weight: f32,
}

bansos::words! {
    /// A kind of duplicate or conflict.
    pub enum DuplicateKind {
        /// One person in several rows of one source.
        SamePerson = "same_person", id: "satu orang dalam beberapa baris satu register", en: "one person in several rows of one register";
        /// One person entered twice in one family listing.
        EnteredTwice = "entered_twice", id: "satu orang tercatat dua kali dalam satu keluarga", en: "one person entered twice in one family";
        /// One person in two families of one source.
        TwoFamilies = "two_families", id: "satu orang dalam dua keluarga satu register", en: "one person in two families of one register";
        /// One NIK on different persons.
        NikShared = "nik_shared", id: "satu NIK dipakai orang yang berbeda", en: "one NIK on different persons";
        /// One person under two different, sound NIKs.
        TwoNiks = "two_niks", id: "satu orang dengan dua NIK yang sah", en: "one person under two valid NIKs";
        /// One family card on two families of one source.
        CardTwice = "card_twice", id: "satu nomor KK pada dua keluarga satu register", en: "one family card on two families of one register";
    }
}

/// Rows that are duplicates of each other or in conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// What it is.
    pub kind: DuplicateKind,
    /// Indices of person records (of family records for [`DuplicateKind::CardTwice`]), in order of origin.
    pub rows: Vec<u32>,
    /// The evidence: pairs among the rows that were compared.
    pub pairs: Vec<Pair>,
}

impl Duplicate {
    /// What it is as a finding about its rows, given the person of each; two numbers or two cards are told by their kind.
    pub fn finding(&self, persons: &[u32]) -> Option<DedupFinding> {
        match self.kind {
            DuplicateKind::SamePerson | DuplicateKind::EnteredTwice | DuplicateKind::TwoFamilies => {
                Some(DedupFinding::SamePerson { rows: u32::try_from(self.rows.len()).unwrap_or(u32::MAX) })
            }
            DuplicateKind::NikShared => {
                let mut bearers: Vec<Option<&u32>> = self.rows.iter().map(|r| persons.get(*r as usize)).collect();
                bearers.sort_unstable();
                bearers.dedup();
                Some(DedupFinding::NikShared { persons: u32::try_from(bearers.len()).unwrap_or(u32::MAX) })
            }
            DuplicateKind::TwoNiks | DuplicateKind::CardTwice => None,
        }
    }
}

/// Counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Per blocking rule.
    pub rules: Vec<RuleCount>,
    /// Distinct candidate pairs compared.
    pub compared: u64,
    /// Pairs kept as edges.
    pub edges: u64,
    /// Pairs held apart by a constraint although their weight would join them.
    pub held_apart: u64,
    /// EM rounds.
    pub rounds: u32,
}

/// The answer: who is who.
#[derive(Clone, Debug)]
pub struct Linkage {
    /// Person of each person record: 0.., numbered by the smallest origin in the cluster.
    pub persons: Vec<u32>,
    /// How many persons.
    pub person_count: u32,
    /// Family of each person record.
    pub families: Vec<u32>,
    /// Family of each family record.
    pub family_records: Vec<u32>,
    /// How many families, numbered by the smallest origin of a person row, then of a family row.
    pub family_count: u32,
    /// Accepted pairs: each cluster's evidence.
    pub edges: Vec<Pair>,
    /// The grey zone, most valuable first.
    pub review: Vec<Pair>,
    /// Duplicates and conflicts for `duplicates.csv`.
    pub duplicates: Vec<Duplicate>,
    /// The model used: the given one, or the one estimated from the data.
    pub model: Model,
    /// Counts.
    pub counts: Counts,
    /// The numbers by which persons and families go in files.
    pub ids: Ids,
}

impl Linkage {
    /// Gives persons and families the numbers they had. Where rows of two earlier persons are one now, the one with more rows
    /// keeps its number; where rows of one are two now, the greater part does. A number once given is never given to another:
    /// new persons come behind `last`, the highest numbers of the earlier run.
    ///
    /// `persons` and `families` say what the earlier run called each person row and each family row.
    pub fn keep_ids(&mut self, persons: &[Earlier], families: &[Earlier], last: Earlier) {
        let of_family = |e: &Earlier| e.family;
        let person_votes = votes(persons, &self.persons, |e| e.person);
        let mut family_votes = votes(persons, &self.families, of_family);
        family_votes.extend(votes(families, &self.family_records, of_family));
        self.ids = Ids::kept([&person_votes, &family_votes], [self.person_count, self.family_count], last);
    }

    /// The person's identifier in files: `P` and a number from 1, zero-padded so that text order is number order.
    pub fn person_id(&self, person: u32) -> String {
        self.ids.person(person, self.person_count)
    }

    /// The family's identifier in files: `K` (keluarga) and a number from 1.
    pub fn family_id(&self, family: u32) -> String {
        self.ids.family(family, self.family_count)
    }
}
