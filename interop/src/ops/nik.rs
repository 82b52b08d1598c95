//! `nik.*`: one NIK at a time.

use crate::{Error, value};
use serde::{Deserialize, Serialize};

/// A text to be judged by shape.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NikParse {
    /// The NIK, sixteen digits.
    pub nik: value::Nik,
}

/// A NIK by shape.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NikParsed {
    /// The sixteen digits.
    pub nik: value::Nik,
}

/// Judges shape alone: exactly sixteen digits.
pub fn parse(request: NikParse) -> Result<NikParsed, Error> {
    let nik = read("/nik", &request.nik)?;
    Ok(NikParsed { nik: value::Nik(nik.to_digits()) })
}

/// A NIK at a place of the request.
pub(crate) fn read(path: &str, text: &value::Nik) -> Result<bansos::Nik, Error> {
    bansos::Nik::parse(&text.0).map_err(|e| Error::at(path, &e))
}
