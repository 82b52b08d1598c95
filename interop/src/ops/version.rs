//! `version`: which library, with which data.

use crate::value::Day;
use serde::{Deserialize, Serialize};

/// Asks nothing.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VersionRequest {}

/// What this build is.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Version {
    /// Version of the library.
    pub library: String,
    /// The region table.
    pub region: RegionEdition,
    /// Names of the operations.
    pub operations: Vec<String>,
}

/// The edition of the region table.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionEdition {
    /// The decree.
    pub decree: String,
    /// Its day.
    pub on: Day,
    /// Provinces in force.
    pub provinces: u32,
    /// Kabupaten and kota in force.
    pub regencies: u32,
    /// Kecamatan in force.
    pub districts: u32,
}

/// Which library, with which data and these operations.
pub fn version<'a>(operations: impl Iterator<Item = &'a str>) -> Version {
    let region = bansos::region::EDITION;
    Version {
        library: env!("CARGO_PKG_VERSION").to_owned(),
        region: RegionEdition {
            decree: region.decree.to_owned(),
            on: Day(region.on),
            provinces: region.provinces,
            regencies: region.regencies,
            districts: region.districts,
        },
        operations: operations.map(str::to_owned).collect(),
    }
}
