//! `family_card.*`: one family-card number (No. KK) at a time.

use super::nik::Masked;
use super::region::Place;
use crate::Error;
use crate::value::{self, Day, Finding, findings};
use bansos::{FamilyCard, family_card};
use serde::{Deserialize, Serialize};

/// A text whose shape is checked.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FamilyCardParse {
    /// The family-card number, sixteen digits.
    pub family_card: value::FamilyCard,
}

/// A family-card number of the right shape.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FamilyCardParsed {
    /// The sixteen digits.
    pub family_card: value::FamilyCard,
    /// The number as it may be shown: the province and asterisks.
    pub masked: String,
    /// Whether it is a made-up number for tests and examples (serial 9000 to 9999).
    pub synthetic: bool,
}

/// Checks the shape alone: exactly sixteen digits.
pub fn parse(request: FamilyCardParse) -> Result<FamilyCardParsed, Error> {
    let card = read("/family_card", &request.family_card)?;
    Ok(FamilyCardParsed {
        family_card: value::FamilyCard(card.to_digits()),
        masked: card.masked(bansos::nik::Mask::default()).to_string(),
        synthetic: card.is_synthetic(),
    })
}

/// A family-card number at a place of the request.
pub(crate) fn read(path: &str, text: &value::FamilyCard) -> Result<FamilyCard, Error> {
    FamilyCard::parse(&text.0).map_err(|e| Error::at(path, &e))
}

/// A family-card number and what to compare it with.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FamilyCardExamine {
    /// The family-card number, sixteen digits.
    pub family_card: value::FamilyCard,
    /// The reference date.
    pub as_of: Day,
    /// The NIK of the same row.
    pub nik: Option<value::Nik>,
}

/// The examination of a family-card number.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FamilyCardExamined {
    /// Whether the number can have been issued.
    pub valid: bool,
    /// The district of issue; null where the first six digits can be no code.
    pub region: Option<Place>,
    /// The day of recording, where digits seven to twelve are one.
    pub recorded_on: Option<Day>,
    /// Findings, in the order of the digits.
    pub findings: Vec<Finding>,
}

/// Examines a family-card number: its date is the day of recording, never a birth date, and no 40 is added.
pub fn examine(request: FamilyCardExamine) -> Result<FamilyCardExamined, Error> {
    let card = read("/family_card", &request.family_card)?;
    let nik = match request.nik {
        Some(nik) => Some(super::nik::read("/nik", &nik)?),
        None => None,
    };
    let seen = card.examine(nik, request.as_of.0);
    Ok(FamilyCardExamined {
        valid: seen.is_valid(),
        region: card.region().map(Place::of),
        recorded_on: match seen.recorded {
            family_card::Recorded::On(day) => Some(Day(day)),
            _ => None,
        },
        findings: findings(seen.findings()),
    })
}

/// A family-card number to be shown.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FamilyCardMask {
    /// The family-card number, sixteen digits.
    pub family_card: value::FamilyCard,
    /// How much is shown.
    #[cfg_attr(feature = "schema", schemars(extend("default" = bansos::nik::Mask::default().word())))]
    pub mask: Option<value::Mask>,
}

/// The number as it may be shown on screens and in logs.
pub fn mask(request: FamilyCardMask) -> Result<Masked, Error> {
    let card = read("/family_card", &request.family_card)?;
    Ok(Masked { masked: card.masked(request.mask.map(|m| m.0).unwrap_or_default()).to_string() })
}
