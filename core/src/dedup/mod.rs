//! Deduplication and record linkage: the pure parts. Levels of comparison, the Fellegi–Sunter model and its weights, EM,
//! clustering under constraints, explanation and measures. The parallel engine over whole registers is in
//! `bansos-arrow`.

#[cfg(feature = "pseudonym")]
pub mod clk;
mod cluster;
pub mod compare;
mod digits;
mod fit;
mod level;
pub mod measure;
mod model;
mod preset;
mod settings;
pub mod table;
mod waterfall;

#[cfg(feature = "pseudonym")]
pub use clk::{Clk, ClkEncoder, ClkRecord};
pub use cluster::{Bond, Clusters, Components, agglomerate};
pub use compare::{Birth, Traits};
pub use digits::{Agreement, Digits};
pub use fit::{Estimate, Histogram, Known, Side};
pub use level::*;
pub use model::{Comparison, FIELDS, LEVELS, Model, Regime, Situation, Vector, Weights};
pub use settings::{Decision, Settings, Training, Verdict};
pub use waterfall::{Part, Step};

codes! {
    /// Observations about persons entered twice or numbers shared.
    #[derive(Copy)]
    pub enum DedupFinding {
        /// One NIK, one person, several rows.
        SamePerson { rows: u32 } = "dedup.same_person", Warning,
            id: "satu orang tercatat di {rows} baris",
            en: "one person stands in {rows} rows";
        /// One NIK on different persons.
        NikShared { persons: u32 } = "dedup.nik_shared", Error,
            id: "satu NIK dipakai {persons} orang berbeda",
            en: "one NIK is borne by {persons} different persons";
    }
}
