//! Programmes as data: who may have them (a closed tree of criteria), which components count, what is paid when.
//!
//! The built-in programmes are generated from data/policy/*.toml; a region's own programme is the same TOML read at run
//! time (with the `serde` feature), without any Rust code.
//!
//! ```
//! use bansos::programme::{builtin, ids};
//! let pkh = builtin(ids::PKH).unwrap();
//! assert_eq!(pkh.components().len(), 8);
//! ```

mod benefit;
mod criterion;
mod definition;
#[rustfmt::skip]
mod generated;
mod numbers;
mod own;

pub use benefit::{Benefit, Component, ComponentName, FamilyAmount, Group, Placement};
pub use criterion::{Compare, Criterion, Number, PersonTest};
pub use definition::{Assumption, DatedName, Period, PolicyFile, Programme, Recipient, Tier};

/// Ids of the built-in programmes.
pub mod ids {
    /// Program Keluarga Harapan.
    pub const PKH: &str = "pkh";
    /// Program Sembako (BPNT, BSP).
    pub const SEMBAKO: &str = "sembako";
    /// Bantuan Sosial Tunai, 2020–21.
    pub const BST: &str = "bst";
    /// BLT Sementara Kesejahteraan Rakyat, 2025.
    pub const BLTS_KESRA: &str = "blts-kesra";
    /// Penerima Bantuan Iuran Jaminan Kesehatan.
    pub const PBI_JKN: &str = "pbi-jkn";
    /// BLT Dana Desa.
    pub const BLT_DANA_DESA: &str = "blt-dana-desa";
}

/// Every built-in programme.
pub fn all() -> &'static [Programme] {
    static ALL: std::sync::OnceLock<Vec<Programme>> = std::sync::OnceLock::new();
    ALL.get_or_init(generated::programmes)
}

/// A built-in programme by its id.
pub fn builtin(id: &str) -> Option<&'static Programme> {
    all().iter().find(|p| p.id == id)
}
