//! `dedup.*`: whether two rows are one person, and who is who in a small register. Large ones go through `bansos link`.

use super::person::PersonGiven;
use crate::Error;
use crate::error::InputError;
use crate::value::{self, Day, Finding};
use bansos::Bilingual;
use bansos::person::PersonRecord;
use bansos::source::{Origin, Source};
use bansos_linkage::model::Part;
use bansos_linkage::register::{self, Decision, Model, Pair, Settings, Step, Training};
use bansos_linkage::watch::unwatched;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Two rows to be compared.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DedupCompare {
    /// One row.
    pub a: DedupRow,
    /// The other row.
    pub b: DedupRow,
    /// How many rows the register has in which the other one was found: the more, the likelier a namesake, and the more
    /// has to agree.
    pub rows: u64,
    /// From this weight in bits on the two are one person.
    #[cfg_attr(feature = "schema", schemars(extend("default" = Settings::default().match_weight)))]
    pub match_weight: Option<f32>,
    /// From this weight in bits on the pair goes to clerical review.
    #[cfg_attr(feature = "schema", schemars(extend("default" = Settings::default().review_weight)))]
    pub review_weight: Option<f32>,
}

/// A row as a register has it. Leave out what is unknown.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DedupRow {
    /// The register it is from: one person is rarely twice in one register. Default: a register of its own.
    pub source: Option<value::Source>,
    /// The register's own key of the family; rows that share it are one listing. The family card without it.
    pub family: Option<value::Key>,
    /// NIK as written.
    pub nik: Option<value::Nik>,
    /// Family-card number as written.
    pub family_card: Option<value::FamilyCard>,
    /// Name as written.
    pub name: Option<String>,
    /// Birth date.
    pub birth_date: Option<Day>,
    /// Birthplace as written.
    pub birth_place: Option<String>,
    /// Mother's name as written.
    pub mother_name: Option<String>,
    /// Sex.
    pub sex: Option<value::Sex>,
    /// Relation to the head of the family.
    pub relation: Option<value::Relation>,
    /// Where the person lives: a Kemendagri code of any depth.
    pub region: Option<value::RegionCode>,
    /// Street, hamlet, RT and RW as written.
    pub address: Option<String>,
}

bansos::reticent! { DedupRow { source } }

impl DedupRow {
    fn read(self, path: &str, number: usize) -> Result<PersonRecord, Error> {
        let given = PersonGiven {
            nik: self.nik,
            family_card: self.family_card,
            birth_date: self.birth_date,
            sex: self.sex,
            region: self.region,
            relation: self.relation,
        };
        let mut row = given.read(path)?;
        let source = self.source.map_or(Source::Other, |s| s.0);
        row.origin = Origin { source, file: 0, row: u32::try_from(number + 1).unwrap_or(u32::MAX) };
        row.family_key = self.family.map(|f| f.0.into());
        row.name = self.name.map(Into::into);
        row.birth_place = self.birth_place.map(Into::into);
        row.mother_name = self.mother_name.map(Into::into);
        let mut residence = (*row.residence).clone();
        residence.address = self.address.map(Into::into);
        row.residence = Arc::new(residence);
        Ok(row)
    }
}

/// The result of comparing two rows.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DedupCompared {
    /// One person, two persons, or a case for clerical review.
    pub verdict: value::Verdict,
    /// The verdict in words.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub message: Bilingual,
    /// Match weight: log2 odds of being one person.
    pub weight: f64,
    /// The same as a probability.
    pub probability: f64,
    /// Whether clustering could join them: twins, or two sound and different numbers, never do.
    pub may_join: bool,
    /// What is known of the two families.
    pub situation: value::Situation,
    /// The parts of the weight; they sum to it.
    pub steps: Vec<DedupStep>,
    /// The model's edition.
    pub model: String,
}

/// One step of a waterfall.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DedupStep {
    /// The field; null for the prior and for the adjustment for frequent names.
    pub field: Option<value::DedupField>,
    /// The level of agreement reached on it.
    pub level: Option<String>,
    /// Bits of evidence for one person (positive) or against.
    pub bits: f64,
    /// The step in words.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub label: Bilingual,
}

/// Four decimals say all there is: the kernel counts in single precision.
fn bits(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

fn probability(weight: f32) -> f64 {
    1.0 / (1.0 + (-f64::from(weight)).exp2())
}

impl DedupStep {
    fn of(step: &Step) -> Self {
        let (field, level) = match step.part {
            Part::Level(field, level) => (Some(value::DedupField(field)), Some(field.level_word(level).to_owned())),
            Part::Prior | Part::Frequency(_) => (None, None),
        };
        let label = Bilingual::from_fn(|lang| step.label(lang));
        Self { field, level, bits: bits(step.bits), label }
    }
}

fn steps(model: &Model, pair: &Pair) -> Vec<DedupStep> {
    let steps = model.waterfall(pair.situation, &pair.vector, pair.prior, pair.frequency);
    steps.iter().map(DedupStep::of).collect()
}

fn settings(match_weight: Option<f32>, review_weight: Option<f32>) -> Result<Settings, Error> {
    let given = Settings { training: Training::Never, ..Settings::default() };
    let settings = Settings {
        match_weight: match_weight.unwrap_or(given.match_weight),
        review_weight: review_weight.unwrap_or(given.review_weight),
        ..given
    };
    register::check(&settings).map_err(|why| Error::at("/review_weight", &why))?;
    Ok(settings)
}

/// Compares two rows: the weight of each field for and against their being one person.
pub fn compare(request: DedupCompare) -> Result<DedupCompared, Error> {
    let settings = settings(request.match_weight, request.review_weight)?;
    let (a, b) = (request.a.read("/a", 0)?, request.b.read("/b", 1)?);
    let found = register::compare(&a, &b, request.rows, &settings);
    let verdict = found.verdict;
    Ok(DedupCompared {
        verdict: value::Verdict(verdict),
        message: Bilingual::from_fn(|lang| verdict.label(lang)),
        weight: bits(found.pair.weight),
        probability: probability(found.pair.weight),
        may_join: found.bond.may_join(),
        situation: value::Situation(found.pair.situation),
        steps: found.steps.iter().map(DedupStep::of).collect(),
        model: settings.model.edition,
    })
}

/// Rows of one small register or of several.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DedupCluster {
    /// The rows; the answer names them by their index, from 0.
    pub rows: Vec<DedupRow>,
    /// Decisions of clerical review; clusters never contradict them.
    pub decisions: Option<Vec<DedupDecision>>,
    /// Clusters join from this mean weight in bits on.
    #[cfg_attr(feature = "schema", schemars(extend("default" = Settings::default().match_weight)))]
    pub match_weight: Option<f32>,
    /// Pairs from this weight in bits on go to clerical review.
    #[cfg_attr(feature = "schema", schemars(extend("default" = Settings::default().review_weight)))]
    pub review_weight: Option<f32>,
}

/// A decision of clerical review about two rows.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DedupDecision {
    /// Index of one row, from 0.
    pub a: usize,
    /// Index of the other.
    pub b: usize,
    /// Whether the two are one person.
    pub same: bool,
}

/// Who is who.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DedupClustered {
    /// The person and family of each row, in the order they came.
    pub rows: Vec<DedupMember>,
    /// How many persons.
    pub persons: u32,
    /// How many families.
    pub families: u32,
    /// Duplicates and conflicts.
    pub duplicates: Vec<DedupDuplicate>,
    /// Pairs for review, the most valuable first.
    pub review: Vec<DedupPair>,
}

/// The person and family of a row.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DedupMember {
    /// Number of the person, from 0.
    pub person: u32,
    /// Number of the family, from 0.
    pub family: u32,
}

/// Rows that are duplicates of each other or in conflict.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DedupDuplicate {
    /// What it is.
    pub kind: value::DedupKind,
    /// Indices of the rows.
    pub rows: Vec<u32>,
    /// Findings about them.
    pub finding: Option<Finding>,
    /// The evidence.
    pub pairs: Vec<DedupPair>,
}

/// Two rows that were compared.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DedupPair {
    /// Index of one row.
    pub a: u32,
    /// Index of the other.
    pub b: u32,
    /// Match weight: log2 odds of being one person.
    pub weight: f64,
    /// The same as a probability.
    pub probability: f64,
    /// The parts of the weight.
    pub steps: Vec<DedupStep>,
}

impl DedupPair {
    fn of(model: &Model, pair: &Pair) -> Self {
        let (a, b) = (pair.a.min(pair.b), pair.a.max(pair.b));
        Self { a, b, weight: bits(pair.weight), probability: probability(pair.weight), steps: steps(model, pair) }
    }
}

/// Finds the persons and families of a few rows by the model as it is; a register that can teach it goes through the linkage
/// of files.
pub fn cluster(request: DedupCluster) -> Result<DedupClustered, Error> {
    let mut settings = settings(request.match_weight, request.review_weight)?;
    let mut rows = Vec::with_capacity(request.rows.len());
    for (i, row) in request.rows.into_iter().enumerate() {
        rows.push(row.read(&format!("/rows/{i}"), i)?);
    }
    for (i, decision) in request.decisions.unwrap_or_default().into_iter().enumerate() {
        let origin = |side: &str, place: usize| {
            let range = InputError::Range { expected: format!("0..{}", rows.len()) };
            let row = rows.get(place).ok_or_else(|| Error::at(format!("/decisions/{i}/{side}"), &range))?;
            Ok::<_, Error>(row.origin)
        };
        let (a, b) = (origin("a", decision.a)?, origin("b", decision.b)?);
        settings.decisions.push(Decision { a, b, same: decision.same });
    }
    settings.model = settings.model.for_rows(rows.len() as u64);
    let linkage = register::link(&rows, &[], &settings, &unwatched).map_err(|why| Error::at("", &why))?;
    let pairs = |all: &[Pair]| all.iter().map(|p| DedupPair::of(&linkage.model, p)).collect();
    Ok(DedupClustered {
        rows: linkage
            .persons
            .iter()
            .zip(&linkage.families)
            .map(|(person, family)| DedupMember { person: *person, family: *family })
            .collect(),
        persons: linkage.person_count,
        families: linkage.family_count,
        duplicates: linkage
            .duplicates
            .iter()
            .map(|d| DedupDuplicate {
                kind: value::DedupKind(d.kind),
                rows: d.rows.clone(),
                finding: d.finding(&linkage.persons).map(|f| Finding::from_coded(&f)),
                pairs: pairs(&d.pairs),
            })
            .collect(),
        review: pairs(&linkage.review),
    })
}
