//! `version`: which library, with which data.

use crate::Error;
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
    /// Names of the operations.
    pub operations: Vec<String>,
}

/// Which library, with which data.
pub fn version(_: VersionRequest) -> Result<Version, Error> {
    Ok(Version {
        library: env!("CARGO_PKG_VERSION").to_owned(),
        operations: crate::OPERATIONS.iter().map(|op| op.name.to_owned()).collect(),
    })
}
