//! `nik.repair`, `family_card.repair`: cells as they come.

use super::nik::NikDeclared;
use crate::Error;
use crate::value::{self, Day, Finding, findings};
use bansos::family_card::FamilyCardFinding;
use bansos::nik::repair::{self as core, DigitChange, Evidence};
use bansos::{FamilyCard, nik};
use serde::{Deserialize, Serialize};

/// A cell, and what is known beside it.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NikRepair {
    /// The cell's text as it came: blanks, apostrophes, letters for digits, `3.50812E+15`.
    pub text: value::Nik,
    /// The reference date.
    pub as_of: Day,
    /// What the person or register says.
    pub declared: Option<NikDeclared>,
    /// The family card of the same row.
    pub family_card: Option<value::FamilyCard>,
    /// The NIK another register has for this person.
    pub other: Option<value::Nik>,
}

/// What became of the cell. The caller keeps it as it was.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NikRepaired {
    /// What became of it.
    pub outcome: RepairOutcome,
    /// The number, only where it is certain.
    pub nik: Option<value::Nik>,
    /// The lossless steps taken.
    pub steps: Vec<value::RepairStep>,
    /// Numbers that may have been meant, best first. Somebody must choose.
    pub candidates: Vec<NikCandidate>,
    /// Index in `candidates` of the one that the evidence singles out; still to be confirmed.
    pub proposal: Option<usize>,
    /// Findings about the reading.
    pub findings: Vec<Finding>,
}

/// What became of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RepairOutcome {
    /// Sixteen digits as they stand, valid.
    Clean,
    /// Sixteen digits once the steps were taken, valid.
    Lossless,
    /// Not valid as it stands; candidates may have been meant.
    Candidates,
    /// Not valid, and nothing can be proposed.
    Unrecoverable,
    /// Nothing there.
    Missing,
    /// A temporary number of village software.
    Temporary,
    /// A number of before the electronic card.
    Legacy,
}

/// A number that the cell may have meant, with the evidence for and against it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NikCandidate {
    /// The number.
    pub nik: value::Nik,
    /// How it differs from the cell.
    pub change: RepairChange,
    /// Where, counted from 1.
    pub position: Option<u8>,
    /// How the declared birth date agrees.
    pub birth_date: Option<value::DateAgreement>,
    /// Whether the declared sex agrees.
    pub sex_agrees: Option<bool>,
    /// How the declared place agrees.
    pub region: Option<value::RegionAgreement>,
    /// How the family card's place of issue agrees.
    pub family_card: Option<value::RegionAgreement>,
    /// Whether another register has this number.
    pub other_register: Option<bool>,
    /// What all that amounts to, only to be sorted by.
    pub weight: i32,
}

/// How a candidate differs from the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RepairChange {
    /// Letters read as the digits they look like.
    Letters,
    /// One digit is another.
    Replaced,
    /// Two neighbouring digits changed places.
    Swapped,
    /// A digit was put in.
    Inserted,
    /// A digit was taken out.
    Removed,
    /// The rounded number may stand for this one.
    Float,
    /// Another register's number, of which the cell can be the remains.
    OtherRegister,
}

impl From<DigitChange> for RepairChange {
    fn from(change: DigitChange) -> Self {
        match change {
            DigitChange::Letters => Self::Letters,
            DigitChange::Replaced { .. } => Self::Replaced,
            DigitChange::Swapped { .. } => Self::Swapped,
            DigitChange::Inserted { .. } => Self::Inserted,
            DigitChange::Removed { .. } => Self::Removed,
            DigitChange::Float => Self::Float,
            DigitChange::OtherRegister => Self::OtherRegister,
        }
    }
}

impl From<&core::RepairOutcome> for RepairOutcome {
    fn from(outcome: &core::RepairOutcome) -> Self {
        match outcome {
            core::RepairOutcome::Clean(_) => Self::Clean,
            core::RepairOutcome::Lossless(_) => Self::Lossless,
            core::RepairOutcome::Candidates(_) => Self::Candidates,
            core::RepairOutcome::Unrecoverable => Self::Unrecoverable,
            core::RepairOutcome::Missing => Self::Missing,
            core::RepairOutcome::Temporary => Self::Temporary,
            core::RepairOutcome::Legacy => Self::Legacy,
        }
    }
}

/// Reads a cell as it is. Lossless steps are applied, everything else is proposed: no person is changed unseen.
pub fn nik(request: NikRepair) -> Result<NikRepaired, Error> {
    let evidence = Evidence {
        declared: request.declared.unwrap_or_default().read("/declared")?,
        family_card: request.family_card.map(|c| super::family_card::read("/family_card", &c)).transpose()?,
        other: request.other.map(|n| super::nik::read("/other", &n)).transpose()?,
    };
    let found = nik::repair(&request.text.0, &evidence, request.as_of.0);
    let proposal = found.proposal().and_then(|p| found.candidates().iter().position(|c| c == p));
    Ok(NikRepaired {
        outcome: (&found.outcome).into(),
        nik: found.nik().map(|n| value::Nik(n.to_digits())),
        steps: found.steps.iter().map(value::RepairStep).collect(),
        candidates: found
            .candidates()
            .iter()
            .map(|c| NikCandidate {
                nik: value::Nik(c.nik.to_digits()),
                change: c.change.into(),
                position: c.change.position(),
                birth_date: c.birth_date.map(value::DateAgreement),
                sex_agrees: c.sex_agrees,
                region: c.region.map(value::RegionAgreement),
                family_card: c.family_card.map(value::RegionAgreement),
                other_register: c.other_register,
                weight: c.weight,
            })
            .collect(),
        proposal,
        findings: findings(found.findings()),
    })
}

/// A cell of a family-card column.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FamilyCardRepair {
    /// The cell's text as it came.
    pub text: value::FamilyCard,
}

/// What the cell gives. No digit is ever changed.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FamilyCardRepaired {
    /// The sixteen digits, where they are all there.
    pub family_card: Option<value::FamilyCard>,
    /// The lossless steps taken.
    pub steps: Vec<value::RepairStep>,
    /// Findings about the reading.
    pub findings: Vec<Finding>,
}

/// The sixteen digits of a cell and what was dropped around them, or why there are none.
pub fn family_card(request: FamilyCardRepair) -> Result<FamilyCardRepaired, Error> {
    Ok(match FamilyCard::read(&request.text.0) {
        Ok((card, steps)) => {
            let cleaned = (!steps.is_empty()).then_some(FamilyCardFinding::Cleaned);
            FamilyCardRepaired {
                family_card: Some(value::FamilyCard(card.to_digits())),
                steps: steps.iter().map(value::RepairStep).collect(),
                findings: findings(cleaned),
            }
        }
        Err(loss) => FamilyCardRepaired {
            family_card: None,
            steps: Vec::new(),
            findings: findings(FamilyCardFinding::from_loss(loss)),
        },
    })
}
