//! Linkage of whole registers: which rows stand for one person, which families are one family, and why.
//!
//! The engine is columnar and parallel; what it asks of two rows lies in [`bansos::dedup`]. The result depends on the rows
//! alone: not on their order, on threads or on chunks.

mod blocks;
mod columns;
mod duplicates;
mod engine;
mod families;
mod fit;
mod household;
mod ids;
mod model;
mod preset;
mod score;
mod settings;
mod training;
mod two;
mod waterfall;

pub use fit::Known;
pub use ids::{Earlier, Ids};
pub use model::{Comparison, Model, Regime, Situation};
pub use settings::{Decision, Settings, Training, Verdict};
pub use two::{Compared, compare};
pub use waterfall::Step;

pub use crate::blocks::RuleCount;
pub use crate::watch::LinkError;
use crate::watch::Watch;
use bansos::dedup::{DedupFinding, Levels};
use bansos::household::FamilyRecord;
use bansos::person::PersonRecord;

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

/// A kind of duplicate or conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DuplicateKind {
    /// One person in several rows of one source.
    SamePerson,
    /// One person entered twice in one family listing.
    EnteredTwice,
    /// One person in two families of one source.
    TwoFamilies,
    /// One NIK on different persons.
    NikShared,
    /// One person under two different, sound NIKs.
    TwoNiks,
    /// One family card on two families of one source.
    CardTwice,
}

impl DuplicateKind {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SamePerson => "same_person",
            Self::EnteredTwice => "entered_twice",
            Self::TwoFamilies => "two_families",
            Self::NikShared => "nik_shared",
            Self::TwoNiks => "two_niks",
            Self::CardTwice => "card_twice",
        }
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

/// Whether settings make sense.
///
/// # Errors
/// `link.setting` for a review weight that is no number or above the match weight, and for a block cap below 2.
pub fn check(settings: &Settings) -> Result<(), LinkError> {
    if settings.review_weight.is_nan() || settings.review_weight > settings.match_weight {
        return Err(LinkError::Setting { name: "review_weight" });
    }
    if settings.block_cap < 2 {
        return Err(LinkError::Setting { name: "block_cap" });
    }
    Ok(())
}

/// Links person and family records of one or many sources.
pub fn link(
    persons: &[PersonRecord],
    families: &[FamilyRecord],
    settings: &Settings,
    watch: Watch<'_>,
) -> Result<Linkage, LinkError> {
    engine::run(persons, families, settings, watch)
}

/// Which pairs a run over these records would look at, before any is compared.
pub struct Blocking {
    blocks: blocks::Blocks,
    listing: Vec<u32>,
}

impl Blocking {
    /// Sorts the rows into the blocks of every rule.
    pub fn new(persons: &[PersonRecord], families: &[FamilyRecord], settings: &Settings) -> Self {
        let columns = columns::Columns::new(persons, families);
        let blocks = blocks::Blocks::new(&columns, settings.block_cap);
        Self { blocks, listing: columns.traits.iter().map(|t| t.listing).collect() }
    }

    /// Per rule its pairs, its largest block, and how many blocks were split.
    pub fn counts(&self) -> &[RuleCount] {
        &self.blocks.counts
    }

    /// Whether two rows would be compared: a rule makes the pair, or one listing holds both.
    pub fn makes(&self, a: u32, b: u32) -> bool {
        self.listing.get(a as usize) == self.listing.get(b as usize)
            || self.blocks.made_before(self.blocks.rules(), a, b)
    }
}

impl std::fmt::Debug for Blocking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Blocking({} rules, {} rows)", self.blocks.rules(), self.listing.len())
    }
}
