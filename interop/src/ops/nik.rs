//! `nik.*`: one NIK at a time.

use super::region::Place;
use crate::Error;
use crate::value::{self, Day, Finding, findings};
use bansos::nik;
use serde::{Deserialize, Serialize};

/// A text whose shape is checked.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NikParse {
    /// The NIK, sixteen digits.
    pub nik: value::Nik,
}

/// A NIK of the right shape.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NikParsed {
    /// The sixteen digits.
    pub nik: value::Nik,
    /// The number as it may be shown: the province and asterisks.
    pub masked: String,
    /// Whether it is a made-up number for tests and examples (serial 9000 to 9999).
    pub synthetic: bool,
}

/// Checks the shape alone: exactly sixteen digits.
pub fn parse(request: NikParse) -> Result<NikParsed, Error> {
    let nik = read("/nik", &request.nik)?;
    Ok(NikParsed {
        nik: value::Nik(nik.to_digits()),
        masked: nik.masked(nik::Mask::default()).to_string(),
        synthetic: nik.is_synthetic(),
    })
}

/// A NIK at a place of the request.
pub(crate) fn read(path: &str, text: &value::Nik) -> Result<bansos::Nik, Error> {
    bansos::Nik::parse(&text.0).map_err(|e| Error::at(path, &e))
}

/// A NIK and the day of the question.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NikDecode {
    /// The NIK, sixteen digits.
    pub nik: value::Nik,
    /// The reference date: it decides the century of the two-digit year.
    pub as_of: Day,
}

/// What the digits say.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NikDecoded {
    /// The district of first registration; null where the first six digits can be no code.
    pub region: Option<Place>,
    /// The birth date where only one is possible.
    pub birth_date: Option<Day>,
    /// Every possible birth date, the younger first: two where a century apart are both possible, none where no such day exists.
    pub birth_dates: Vec<Day>,
    /// The sex that the day field gives (women's days are 41 to 71).
    pub sex: Option<value::Sex>,
    /// The last four digits.
    pub serial: String,
}

bansos::reticent! { NikDecoded {} }

/// What the digits say, the century by the reference date alone.
pub fn decode(request: NikDecode) -> Result<NikDecoded, Error> {
    let nik = read("/nik", &request.nik)?;
    let decoded = nik.decode(request.as_of.0);
    Ok(NikDecoded {
        region: nik.region().map(Place::of),
        birth_date: certain(decoded.birth),
        birth_dates: decoded.birth.possible().map(Day).collect(),
        sex: decoded.sex.map(value::Sex),
        serial: format!("{:04}", decoded.serial),
    })
}

fn certain(birth: nik::BirthDate) -> Option<Day> {
    match birth {
        nik::BirthDate::Certain(date) => Some(Day(date)),
        _ => None,
    }
}

/// What is known of the person beside the number. All of it may be left out.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NikDeclared {
    /// Birth date as declared.
    pub birth_date: Option<Day>,
    /// Sex as declared.
    pub sex: Option<value::Sex>,
    /// Where the person lives: a Kemendagri code of any depth.
    pub region: Option<value::RegionCode>,
    /// Decides the century where two are possible.
    pub role: Option<value::Role>,
}

impl NikDeclared {
    pub(crate) fn read(self, path: &str) -> Result<nik::Declared, Error> {
        let region = match self.region {
            Some(code) => Some(super::region::kemendagri(&format!("{path}/region"), &code)?),
            None => None,
        };
        Ok(nik::Declared {
            birth_date: self.birth_date.map(|d| d.0),
            sex: self.sex.map(|s| s.0),
            region,
            role: self.role.map(|r| r.0),
        })
    }
}

/// A NIK and what to compare it with.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NikExamine {
    /// The NIK, sixteen digits.
    pub nik: value::Nik,
    /// The reference date.
    pub as_of: Day,
    /// What the person declares.
    pub declared: Option<NikDeclared>,
}

/// The examination of a NIK.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NikExamined {
    /// Whether the number can have been issued. What was declared does not matter here.
    pub valid: bool,
    /// The verdict in one word.
    pub class: value::NikClass,
    /// What the digits look like as a whole.
    pub form: value::NikForm,
    /// The district of first registration; null where the first six digits can be no code.
    pub region: Option<Place>,
    /// The birth date where it is certain, its century decided by what was declared.
    pub birth_date: Option<Day>,
    /// Every possible birth date, the younger first.
    pub birth_dates: Vec<Day>,
    /// The sex that the day field gives.
    pub sex: Option<value::Sex>,
    /// Findings, in the order of the digits; then where the declared facts disagree.
    pub findings: Vec<Finding>,
}

/// Examines a NIK. Refusing a genuine number is the worst mistake: what differs from the declared facts is a
/// warning, only what can never have been issued makes it invalid.
pub fn examine(request: NikExamine) -> Result<NikExamined, Error> {
    let nik = read("/nik", &request.nik)?;
    let declared = request.declared.unwrap_or_default().read("/declared")?;
    let seen = nik.examine(&declared, request.as_of.0);
    Ok(NikExamined {
        valid: seen.is_valid(),
        class: value::NikClass(seen.class()),
        form: value::NikForm(seen.form),
        region: nik.region().map(Place::of),
        birth_date: certain(seen.birth),
        birth_dates: seen.birth.possible().map(Day).collect(),
        sex: seen.sex.map(value::Sex),
        findings: findings(seen.findings()),
    })
}

/// A NIK to be shown.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NikMask {
    /// The NIK, sixteen digits.
    pub nik: value::Nik,
    /// How much is shown.
    #[cfg_attr(feature = "schema", schemars(extend("default" = bansos::nik::Mask::default().word())))]
    pub mask: Option<value::Mask>,
}

/// A number as it may be shown.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Masked {
    /// Sixteen characters.
    pub masked: String,
}

/// The number as it may be shown on screens and in logs.
pub fn mask(request: NikMask) -> Result<Masked, Error> {
    let nik = read("/nik", &request.nik)?;
    Ok(Masked { masked: nik.masked(request.mask.map(|m| m.0).unwrap_or_default()).to_string() })
}
