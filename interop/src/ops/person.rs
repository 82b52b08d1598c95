//! `person.check`, `family.check`: one row's facts, and a family's rows, held against each other.

use crate::Error;
use crate::error::Params;
use crate::value::{self, Day, Finding, Grade};
use bansos::Bilingual;
use bansos::family_card::FamilyCardFinding;
use bansos::household;
use bansos::nik::{
    NikFinding,
    repair::{Loss, Reading},
};
use bansos::person::PersonRecord;
use bansos::source::{Field, Identifier, Noticed, Origin, Source};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A person's facts as they are typed in or read. Leave out what is unknown.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonCheck {
    /// The facts.
    pub person: PersonGiven,
    /// The reference date.
    pub as_of: Day,
}

/// A person's facts. Leave out what is unknown.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonGiven {
    /// NIK as written.
    pub nik: Option<value::Nik>,
    /// Family-card number as written.
    pub family_card: Option<value::FamilyCard>,
    /// Birth date.
    pub birth_date: Option<Day>,
    /// Sex.
    pub sex: Option<value::Sex>,
    /// Where the person lives: a Kemendagri code of any depth.
    pub region: Option<value::RegionCode>,
    /// Relation to the head of the family.
    pub relation: Option<value::Relation>,
}

bansos::reticent! { PersonGiven {} }

/// What was found.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checked {
    /// Findings in the order of the facts; empty where there is none.
    pub findings: Vec<FieldFinding>,
}

/// A finding and the field it is about.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldFinding {
    /// The field.
    pub field: value::Field,
    /// Index in the list of members, from 0; null where it is about the family or there is only one person.
    pub member: Option<usize>,
    /// Stable code, `area.what`.
    pub code: String,
    /// Its severity.
    pub severity: Grade,
    /// The code's parameters.
    pub params: Params,
    /// The sentence in both languages.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub message: Bilingual,
}

impl FieldFinding {
    fn of(noticed: &Noticed, member: Option<usize>) -> Self {
        let Finding { code, severity, params, message } = Finding::from_coded(&noticed.finding);
        Self { field: value::Field(noticed.field), member, code, severity, params, message }
    }
}

impl PersonGiven {
    /// As a row of a register. Numbers that cannot be read are findings.
    pub(crate) fn read(self, path: &str) -> Result<PersonRecord, Error> {
        let mut row = PersonRecord::blank(Origin { source: Source::Other, file: 0, row: 1 });
        if let Some(code) = &self.region {
            let region = Some(super::region::kemendagri(&format!("{path}/region"), code)?);
            row.residence = Arc::new(bansos::region::Residence { region, ..Default::default() });
        }
        if let Some(text) = self.nik {
            row.nik = Identifier::from_cell(&text.0);
            row.findings.extend(cell(Field::Nik, row.nik.reading(), NikFinding::Cleaned, NikFinding::from_loss));
        }
        if let Some(text) = self.family_card {
            row.family_card = Identifier::from_cell(&text.0);
            let (field, cleaned) = (Field::FamilyCard, FamilyCardFinding::Cleaned);
            row.findings.extend(cell(field, row.family_card.reading(), cleaned, FamilyCardFinding::from_loss));
        }
        row.birth_date = self.birth_date.map(|d| d.0);
        row.sex = self.sex.map(|s| s.0);
        row.relation = self.relation.map(|r| r.0);
        Ok(row)
    }
}

/// The finding of reading a cell: it was cleaned, or it gives no number.
fn cell<F: Into<bansos::Finding>>(
    field: Field,
    read: Reading,
    cleaned: F,
    of_loss: impl Fn(Loss) -> Option<F>,
) -> Option<Noticed> {
    let finding = match read.loss() {
        None => (!read.is_clean()).then_some(cleaned),
        Some(loss) => of_loss(loss),
    };
    finding.map(|finding| Noticed::new(field, finding))
}

/// Checks a person's facts against each other: the NIK with birth date, sex and place; the family card with its day.
pub fn check(request: PersonCheck) -> Result<Checked, Error> {
    let row = request.person.read("/person")?;
    Ok(Checked { findings: noticed(&row, request.as_of, None) })
}

fn noticed(row: &PersonRecord, as_of: Day, member: Option<usize>) -> Vec<FieldFinding> {
    let checked = bansos::person::check(row, as_of.0);
    row.findings.iter().chain(&checked).map(|n| FieldFinding::of(n, member)).collect()
}

/// A family's members, and what is stated about it.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FamilyCheck {
    /// The members.
    pub members: Vec<PersonGiven>,
    /// The reference date.
    pub as_of: Day,
    /// The stated number of members.
    pub size: Option<u32>,
}

/// Checks a family's rows against each other, then each member.
pub fn family_check(request: FamilyCheck) -> Result<Checked, Error> {
    let mut rows = Vec::new();
    for (i, member) in request.members.into_iter().enumerate() {
        rows.push(member.read(&format!("/members/{i}"))?);
    }
    let mut findings: Vec<FieldFinding> =
        household::check(request.size, &rows).iter().map(|n| FieldFinding::of(n, None)).collect();
    for (i, row) in rows.iter().enumerate() {
        findings.extend(noticed(row, request.as_of, Some(i)));
    }
    Ok(Checked { findings })
}
