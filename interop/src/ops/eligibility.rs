//! `eligibility.*`: one family, one programme, one day.

use super::policy::{PlainValue, PolicyBasis, PolicyChoice};
use crate::Error;
use crate::error::{Params, params};
use crate::value::{self, Day};
use bansos::eligibility as core;
use bansos::programme;
use bansos::{Bilingual, Decile, person};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A family, a programme and a day.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EligibilityDetermine {
    /// Programme id: `pkh`, `sembako`, `bst`, `blts-kesra`, `pbi-jkn`, `blt-dana-desa`, or the one of `policy.own`.
    pub programme: String,
    /// The day asked about.
    pub date: Day,
    /// What is known of the family.
    pub family: Family,
    /// Changes to the built-in policy.
    pub policy: Option<PolicyChoice>,
}

/// What is known of a family. Leave out what is unknown: unknown is not no.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Welfare decile, 1 to 10.
    pub decile: Option<u8>,
    /// Listed in the register in force on the day.
    pub registered: Option<bool>,
    /// Lives in a hard-to-reach area (PKH Akses).
    pub remote: Option<bool>,
    /// Where it lives: a Kemendagri code of any depth.
    pub region: Option<value::RegionCode>,
    /// Programmes received: id and yes or no.
    pub receives: Option<BTreeMap<String, bool>>,
    /// Stated number of members; more than are listed means that members are unknown.
    pub size: Option<u32>,
    /// A region's own facts: name and whole number (yes is 1).
    pub facts: Option<BTreeMap<String, i64>>,
    /// The members.
    pub members: Option<Vec<Member>>,
}

bansos::reticent! { Family { members } }

/// What is known of a member. Leave out what is unknown.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Birth date.
    pub birth_date: Option<Day>,
    /// Completed years on the day asked about; looked at only without a birth date.
    pub age: Option<u16>,
    /// Sex.
    pub sex: Option<value::Sex>,
    /// Relation to the head.
    pub relation: Option<value::Relation>,
    /// Whether the member is alive and present.
    pub presence: Option<value::Presence>,
    /// Individually active in the register.
    pub registered: Option<bool>,
    /// Goes to school.
    pub attendance: Option<value::Attendance>,
    /// Level attended.
    pub school_level: Option<value::SchoolLevel>,
    /// Share of school days attended, in percent.
    pub attendance_percent: Option<u8>,
    /// Pregnant or postpartum.
    pub pregnant: Option<bool>,
    /// Which pregnancy it is: 1 is the first.
    pub pregnancy_order: Option<u8>,
    /// Severe disability.
    pub severe_disability: Option<bool>,
    /// On the list of victims of gross human-rights violations.
    pub rights_victim: Option<bool>,
    /// What data matching reported: flag and yes or no.
    pub flags: Option<BTreeMap<String, bool>>,
    /// Occupation as written; the flags it stands for are added to `flags`.
    pub occupation: Option<String>,
}

bansos::reticent! { Member {} }

impl Member {
    fn read(self, path: &str) -> Result<person::PersonFacts, Error> {
        let mut flags = self.occupation.as_deref().map_or(person::Flags::UNCHECKED, person::Flags::from_occupation);
        for (word, reported) in self.flags.unwrap_or_default() {
            let flag = person::Flag::from_word(&word).ok_or_else(|| {
                let expected = person::Flag::ALL.iter().map(|f| f.word()).collect::<Vec<_>>().join(", ");
                Error::at(format!("{path}/flags"), &crate::InputError::Word { expected })
            })?;
            // as over columns: what either report says is said
            flags = flags.merge(person::Flags::UNCHECKED.with(flag, reported));
        }
        Ok(person::PersonFacts::default()
            .with_birth(self.birth_date.map(|d| d.0))
            .with_age(self.age)
            .with_sex(self.sex.map(|x| x.0))
            .with_relation(self.relation.map(|x| x.0))
            .with_presence(self.presence.map(|x| x.0))
            .with_registered(self.registered)
            .with_attendance(self.attendance.map(|x| x.0))
            .with_school_level(self.school_level.map(|x| x.0))
            .with_attendance_percent(self.attendance_percent)
            .with_pregnant(self.pregnant)
            .with_pregnancy_order(self.pregnancy_order)
            .with_severe_disability(self.severe_disability)
            .with_rights_victim(self.rights_victim)
            .with_flags(flags))
    }
}

impl Family {
    /// The facts as the core takes them.
    pub(crate) fn read(self, path: &str) -> Result<core::FamilyFacts, Error> {
        let decile = match self.decile {
            None => None,
            Some(n) => Some(Decile::new(n).ok_or_else(|| {
                Error::at(format!("{path}/decile"), &crate::InputError::Range { expected: "1..10".to_owned() })
            })?),
        };
        let region = match self.region {
            Some(code) => Some(super::region::kemendagri(&format!("{path}/region"), &code)?),
            None => None,
        };
        let mut members = Vec::new();
        for (i, m) in self.members.unwrap_or_default().into_iter().enumerate() {
            members.push(m.read(&format!("{path}/members/{i}"))?);
        }
        let family = core::FamilyFacts::from_members(members)
            .with_decile(decile)
            .with_registered(self.registered)
            .with_remote(self.remote)
            .with_region(region)
            .with_size(self.size);
        let receives = self.receives.unwrap_or_default();
        let family = receives.into_iter().fold(family, |f, (programme, yes)| f.with_receives(programme, yes));
        Ok(self.facts.unwrap_or_default().into_iter().fold(family, |f, (name, value)| f.with_extra(name, value)))
    }
}

/// The answer.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Determination {
    /// Programme id.
    pub programme: String,
    /// Its name on the day.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub name: Bilingual,
    /// The day asked about.
    pub date: Day,
    /// The outcome.
    pub outcome: value::Outcome,
    /// Who counts for which component; only for an eligible family.
    pub counted: Vec<Counted>,
    /// What is paid.
    pub amounts: Amounts,
    /// All reasons; those the outcome depends on first.
    pub reasons: Vec<Reason>,
    /// Facts that are missing; those the outcome depends on first.
    pub missing: Vec<Missing>,
    /// Assumptions made where a fact was not given.
    pub assumed: Vec<value::Assumption>,
    /// Edition of the built-in policy.
    pub edition: String,
    /// Overlays in use.
    pub overlays: Vec<String>,
    /// Alternatives in use, as `parameter/alternative`.
    pub alternatives: Vec<String>,
}

/// A member who counts for a component.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counted {
    /// Index in the list of members, from 0.
    pub member: usize,
    /// The component's code.
    pub component: String,
    /// The component's name.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub label: Bilingual,
    /// Rupiah of a full year.
    pub year: i64,
}

/// What is paid, in whole rupiah.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Amounts {
    /// The year's amount; zero unless eligible.
    pub year: i64,
    /// The year's amount if every unknown fact turned out in the family's favour.
    pub at_most: i64,
    /// The amount of the month asked about, for monthly programmes.
    pub month: Option<i64>,
    /// Extra amounts of the year, not part of `year`.
    pub topup_year: i64,
    /// The payments of the year.
    pub stages: Vec<Stage>,
    /// The extra payments of the year.
    pub topups: Vec<Stage>,
}

/// One payment.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stage {
    /// Stage of the year, from 1.
    pub stage: u8,
    /// Month of payment, 1 to 12.
    pub pay: u8,
    /// First month paid for.
    pub first: u8,
    /// How many months are paid for.
    pub months: u8,
    /// Rupiah.
    pub amount: i64,
}

impl From<&core::StageAmount> for Stage {
    fn from(s: &core::StageAmount) -> Self {
        Self { stage: s.stage, pay: s.pay, first: s.first, months: s.months, amount: s.amount.0 }
    }
}

/// One reason.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// Stable code, `eligibility.what`.
    pub code: String,
    /// Its parameters; members are counted from 1.
    pub params: Params,
    /// The sentence in both languages.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub message: Bilingual,
    /// The outcome.
    pub truth: value::Truth,
    /// Whether the outcome depends on it.
    pub decides: bool,
    /// The policy parameter used.
    pub parameter: Option<String>,
    /// Its value on the day.
    pub value: Option<PlainValue>,
    /// Its unit.
    pub unit: Option<value::Unit>,
    /// Where the value or the rule was read.
    pub basis: Vec<PolicyBasis>,
    /// Confidence in the value, by its sources.
    pub confidence: Option<value::Confidence>,
    /// The alternative the value belongs to.
    pub alternative: Option<String>,
    /// The overlay the value comes from.
    pub overlay: Option<String>,
}

/// A fact that is missing.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Missing {
    /// Which fact.
    pub fact: value::Fact,
    /// Which programme or own fact is meant.
    pub detail: Option<String>,
    /// Index in the list of members, from 0.
    pub member: Option<usize>,
    /// Whether the outcome depends on it; otherwise only the amount does.
    pub decides: bool,
    /// What it is and what would settle it.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub message: Bilingual,
}

/// An answer of the core as plain data.
pub fn plain(d: core::Determination) -> Determination {
    let rupiah = |r: bansos::Rupiah| r.0;
    Determination {
        programme: d.programme,
        name: d.name.clone(),
        date: Day(d.date),
        outcome: value::Outcome(d.outcome),
        counted: d
            .counted
            .into_iter()
            .map(|c| Counted { member: c.member, component: c.component, label: c.label.clone(), year: c.year.0 })
            .collect(),
        amounts: Amounts {
            year: d.amounts.year.0,
            at_most: d.amounts.at_most.0,
            month: d.amounts.month.map(rupiah),
            topup_year: d.amounts.topup_year.0,
            stages: d.amounts.stages.iter().map(Stage::from).collect(),
            topups: d.amounts.topups.iter().map(Stage::from).collect(),
        },
        reasons: d
            .reasons
            .iter()
            .map(|r| Reason {
                code: r.code().to_owned(),
                params: params(&r.why),
                message: r.message(),
                truth: value::Truth(r.truth),
                decides: r.decides,
                parameter: r.parameter.clone(),
                value: r.value.as_ref().map(PlainValue::of),
                unit: r.unit.map(value::Unit),
                basis: r.basis.iter().map(PolicyBasis::of).collect(),
                confidence: r.confidence.map(value::Confidence),
                alternative: r.alternative.clone(),
                overlay: r.overlay.clone(),
            })
            .collect(),
        missing: d
            .missing
            .iter()
            .map(|m| Missing {
                fact: value::Fact(m.fact),
                detail: m.detail.clone(),
                member: m.member,
                decides: m.decides,
                message: m.message(),
            })
            .collect(),
        assumed: d.assumed.into_iter().map(value::Assumption).collect(),
        edition: d.edition.to_owned(),
        overlays: d.overlays,
        alternatives: d.alternatives,
    }
}

/// Reads a family as the operation takes it, for callers that determine many under rules resolved once.
///
/// # Errors
/// As the operation; paths begin at the family.
pub fn family(value: &serde_json::Value) -> Result<core::FamilyFacts, Error> {
    crate::read::request::<Family>(value)?.read("")
}

/// Determines one family for one programme on one day.
pub fn determine(request: EligibilityDetermine) -> Result<Determination, Error> {
    let (policy, own) = request.policy.unwrap_or_default().read("/policy")?;
    let named = own.as_ref().filter(|p| p.id == request.programme).or_else(|| programme::builtin(&request.programme));
    let named = named.ok_or_else(|| {
        let mut known: Vec<&str> = programme::all().iter().map(|p| p.id.as_str()).collect();
        known.extend(own.as_ref().map(|p| p.id.as_str()));
        Error::at("/programme", &crate::InputError::Word { expected: known.join(", ") })
    })?;
    let family = request.family.read("/family")?;
    let answer = core::determine(&family, named, request.date.0, &policy).map_err(|why| match why {
        core::RulesError::Policy { why } => Error::at("/programme", &why),
        other => Error::at("/programme", &other),
    })?;
    Ok(plain(answer))
}
