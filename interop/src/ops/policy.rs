//! `policy.*`: what is in force, since when, on what basis; where sources disagree.

use crate::Error;
use crate::value::{self, Day};
use bansos::Bilingual;
use bansos::policy::{self, InForce, Policy, PolicyError};
use bansos::programme::PolicyFile;
use serde::{Deserialize, Serialize};

/// A caller's changes to the built-in edition.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyChoice {
    /// Alternatives of disputed parameters, as `parameter/alternative`.
    pub alternatives: Option<Vec<String>>,
    /// Named overlays, the last one deciding.
    pub overlays: Option<Vec<Overlay>>,
    /// A region's own programme and parameters: the content of its TOML file.
    pub own: Option<OwnFile>,
}

/// A named overlay: `{ "name": …, "note": …, "set": [{ "parameter", "from", "to", "value", "basis" }] }`.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Overlay(pub policy::Overlay);

/// A policy file: `{ "programme": {…}, "parameter": […], "overlap": […] }`.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct OwnFile(pub PolicyFile);

#[cfg(feature = "schema")]
macro_rules! object_schema {
    ($($name:ident: $doc:literal;)*) => {$(
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "object", "description": $doc })
            }
        }
    )*};
}

#[cfg(feature = "schema")]
object_schema! {
    Overlay: "A named overlay: name, note, and `set`: a list of { parameter, from, to, value, basis }.";
    OwnFile: "A policy file as data/policy/*.toml has it: programme, parameter, overlap.";
}

impl PolicyChoice {
    /// The policy, and the region's own programme.
    pub(crate) fn read(self, path: &str) -> Result<(Policy, Option<bansos::programme::Programme>), Error> {
        let mut policy = Policy::builtin();
        let mut programme = None;
        if let Some(OwnFile(file)) = self.own {
            (policy, programme) = file.add_to(policy).map_err(|why| Error::at(format!("{path}/own"), &why))?;
        }
        for (i, name) in self.alternatives.unwrap_or_default().iter().enumerate() {
            let (parameter, alternative) = name.split_once('/').unwrap_or((name, ""));
            policy = policy
                .with_alternative(parameter, alternative)
                .map_err(|why| Error::at(format!("{path}/alternatives/{i}"), &why))?;
        }
        for (i, Overlay(overlay)) in self.overlays.unwrap_or_default().into_iter().enumerate() {
            policy = policy.with_overlay(overlay).map_err(|why| Error::at(format!("{path}/overlays/{i}"), &why))?;
        }
        Ok((policy, programme))
    }
}

/// A parameter and a day.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyAt {
    /// The parameter's id, such as `pkh.max_decile`.
    pub parameter: String,
    /// The day asked about.
    pub date: Day,
    /// Changes to the built-in edition.
    pub policy: Option<PolicyChoice>,
}

/// What is in force on a day.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyValue {
    /// The parameter's id.
    pub parameter: String,
    /// What it is.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub label: Bilingual,
    /// `not_yet`, `in_force` or `ended`.
    pub status: PolicyStatus,
    /// The first day of effect when it is not yet in force, the last day when it has ended.
    pub turn: Option<Day>,
    /// The value in force, with its basis.
    pub in_force: Option<InForceValue>,
    /// What the value counts.
    pub unit: value::Unit,
    /// The day its sources were last read.
    pub verified_on: Day,
    /// Names of the alternatives that can be selected.
    pub alternatives: Vec<String>,
    /// Edition of the built-in policy.
    pub edition: String,
}

/// Whether a parameter is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PolicyStatus {
    /// It begins later.
    NotYet,
    /// It is in force.
    InForce,
    /// It has ended.
    Ended,
}

/// A value in force.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InForceValue {
    /// The value: a number, a word, a list of words or a calendar of stages.
    pub value: PlainValue,
    /// First day of effect.
    pub from: Day,
    /// Last day of effect; null: until superseded.
    pub to: Option<Day>,
    /// Where it was read.
    pub basis: Vec<PolicyBasis>,
    /// Confidence in the value, by its sources; null for an overlay's value.
    pub confidence: Option<value::Confidence>,
    /// The alternative it belongs to.
    pub alternative: Option<String>,
    /// The overlay it comes from.
    pub overlay: Option<String>,
}

/// A number, a word, a list of words, or a calendar.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum PlainValue {
    /// Rupiah, ages, counts, deciles.
    Int(i64),
    /// One word.
    Word(String),
    /// Flags or component codes.
    Words(Vec<String>),
    /// Stages of a year.
    Calendar(Vec<Installment>),
}

/// One payment of a year.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Installment {
    /// Month of payment, 1 to 12.
    pub pay: u8,
    /// First month paid for.
    pub first: u8,
    /// How many months are paid for.
    pub months: u8,
}

/// Where a value was read.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyBasis {
    /// Source id, as in data/SOURCES.md.
    pub source: String,
    /// Place in it; empty where the source as a whole says it.
    pub article: String,
    /// What the source is.
    pub title: Option<String>,
}

impl PolicyBasis {
    pub(crate) fn of(b: &policy::Basis) -> Self {
        let title = policy::sources().iter().find(|s| s.id == b.source).map(|s| s.title.to_owned());
        Self { source: b.source.to_string(), article: b.article.to_string(), title }
    }
}

impl PlainValue {
    pub(crate) fn of(v: &policy::ParameterValue) -> Self {
        match v {
            policy::ParameterValue::Int(n) => Self::Int(*n),
            policy::ParameterValue::Word(w) => Self::Word(w.to_string()),
            policy::ParameterValue::Words(all) => Self::Words(all.iter().map(ToString::to_string).collect()),
            policy::ParameterValue::Calendar(all) => Self::Calendar(
                all.iter().map(|i| Installment { pay: i.pay, first: i.first, months: i.months }).collect(),
            ),
        }
    }
}

/// What is in force for a parameter on a day.
pub fn at(request: PolicyAt) -> Result<PolicyValue, Error> {
    let (policy, _) = request.policy.unwrap_or_default().read("/policy")?;
    let unknown = |why: PolicyError| Error::at("/parameter", &why);
    let parameter = policy.parameter(&request.parameter).map_err(unknown)?;
    let (status, turn, in_force) = match policy.at(&request.parameter, request.date.0).map_err(unknown)? {
        InForce::NotYet(from) if from == bansos::Date::MAX => (PolicyStatus::NotYet, None, None),
        InForce::NotYet(from) => (PolicyStatus::NotYet, Some(Day(from)), None),
        InForce::Ended(on) => (PolicyStatus::Ended, Some(Day(on)), None),
        InForce::Value(c) => {
            let value = InForceValue {
                value: PlainValue::of(c.value),
                from: Day(c.from),
                to: c.to.map(Day),
                basis: c.basis.iter().map(PolicyBasis::of).collect(),
                confidence: c.confidence.map(value::Confidence),
                alternative: c.alternative.map(str::to_owned),
                overlay: c.overlay.map(str::to_owned),
            };
            (PolicyStatus::InForce, None, Some(value))
        }
    };
    Ok(PolicyValue {
        parameter: request.parameter,
        label: parameter.label.clone(),
        status,
        turn,
        in_force,
        unit: value::Unit(parameter.unit),
        verified_on: Day(parameter.verified_on),
        alternatives: parameter.alternatives().into_iter().map(str::to_owned).collect(),
        edition: policy.edition().to_owned(),
    })
}
