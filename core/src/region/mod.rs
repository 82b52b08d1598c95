//! Region codes: the scheme is part of the code, because the same number names different places in the two schemes.
//!
//! The Kemendagri table is that of [`EDITION`], with the codes that were retired since 2003 and those that must have been
//! vacated before 2015: [`status`], [`lookup`], [`succession`], [`in_force`]. A NIK keeps the code of its first registration
//! for life, so it is judged by all codes that ever were; an address or a family card by those of its day. Places are found by name with
//! [`search`].

mod bps;
mod bps_table;
mod code;
#[cfg(feature = "district-names")]
mod district_names;
mod finding;
mod kemendagri;
mod law;
mod laws;
mod lookup;
mod residence;
mod row;
mod search;
mod table;

pub use bps::bridge;
pub use code::{RegionCode, RegionError};
pub(crate) use finding::of_status;
pub use finding::{RegionFinding, finding, never_was};
pub(crate) use kemendagri::prefix_status;
pub use kemendagri::{RegionLaw, Status, Succession, succession};
pub use lookup::{CodeInForce, Region, children, formed, in_force, lookup, name, provinces, regencies, status};
pub use residence::Residence;
pub use search::{Located, Match, Via, districts_named, fold, locate, search};

use crate::Date;

words! {
    /// Who numbered the place.
    pub enum Scheme {
        /// Kementerian Dalam Negeri: NIK, No. KK, P3KE.
        Kemendagri = "kemendagri", id: "Kemendagri", en: "Kemendagri";
        /// Badan Pusat Statistik: BDT, Regsosek questionnaires.
        Bps = "bps", id: "BPS", en: "BPS";
    }
}

words! {
    /// Depth of a code.
    pub enum Level {
        /// Provinsi.
        Province = "province", id: "provinsi", en: "province";
        /// Kabupaten or kota.
        Regency = "regency", id: "kabupaten/kota", en: "regency or city";
        /// Kecamatan.
        District = "district", id: "kecamatan", en: "district";
        /// Desa or kelurahan.
        Village = "village", id: "desa/kelurahan", en: "village";
    }
}

/// Which list a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The decree.
    pub decree: &'static str,
    /// Its day.
    pub on: Date,
    /// Provinces in force.
    pub provinces: u32,
    /// Kabupaten and kota in force.
    pub regencies: u32,
    /// Kecamatan in force.
    pub districts: u32,
}

/// The Kemendagri list embedded here. Kepmendagri 300.2.2-2430/2025 changed islands and names, no code of these levels.
pub const EDITION: Edition = Edition {
    decree: "Kepmendagri 300.2.2-2138/2025",
    on: Date::constant(2025, 4, 25),
    provinces: 38,
    regencies: 514,
    districts: 7_285,
};
