//! What deduplication has to know of persons, families and numbers: what is left of a damaged NIK, the fields two rows
//! are compared on and the level they reach on each, how often each level is seen, and codes that show no name. The mechanism (match
//! weights, estimation, blocks, clusters) is in `bansos-linkage`.

#[cfg(feature = "pseudonym")]
pub mod clk;
pub mod compare;
mod digits;
mod level;
pub mod preset;

#[cfg(feature = "pseudonym")]
pub use clk::{Clk, ClkEncoder, ClkRecord};
pub use compare::{Birth, Traits};
pub use digits::{Agreement, Digits};
pub use level::*;

codes! {
    /// Observations about persons entered twice or numbers shared.
    #[derive(Copy)]
    pub enum DedupFinding {
        /// One NIK, one person, several rows.
        SamePerson { rows: u32 } = "dedup.same_person", Warning,
            id: "satu orang tercatat di {rows} baris",
            en: "one person is in {rows} rows";
        /// One NIK on different persons.
        NikShared { persons: u32 } = "dedup.nik_shared", Error,
            id: "satu NIK dipakai {persons} orang berbeda",
            en: "one NIK is used by {persons} different persons";
    }
}
