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
mod found;
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
pub use found::{Counts, Duplicate, DuplicateKind, Linkage, Pair};
pub use ids::{Earlier, Ids};
pub use model::{Comparison, Model, Regime, Situation};
pub use settings::{Decision, Settings, Training, Verdict, check};
pub use two::{Compared, compare};
pub use waterfall::Step;

pub use crate::blocks::RuleCount;
pub use crate::watch::LinkError;
use crate::watch::Watch;
use bansos::household::FamilyRecord;
use bansos::person::PersonRecord;

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
