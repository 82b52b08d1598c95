//! Who gets what: every family for every programme, and the counts the report needs.

use crate::PipelineError;
use crate::people::People;
use crate::progress::{Stage, Watch};
use crate::rank::Ranked;
use bansos::eligibility::{Determination, Fact, FamilyFacts, Outcome, Rules, Truth};
use bansos::household::Art;
use bansos::person::PersonFacts;
use bansos::policy::Policy;
use bansos::programme::{Programme, all};
use bansos::{Bilingual, Date, Rupiah, Text};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// All determinations.
#[derive(Debug)]
#[non_exhaustive]
pub struct Decisions {
    /// One for each programme, in the order of the policy.
    pub programmes: Vec<ProgrammeDecisions>,
    /// Edition of the policy.
    pub edition: String,
    /// Names of the overlays laid over it.
    pub overlays: Vec<String>,
}

/// One programme's determinations.
#[derive(Debug)]
#[non_exhaustive]
pub struct ProgrammeDecisions {
    /// The programme.
    pub programme: &'static Programme,
    /// Whether it runs on the date; the files and the report leave out what does not.
    pub in_force: bool,
    /// The highest decile its rules take in on the date.
    pub meant: Option<u8>,
    /// One for each family, in order.
    pub families: Vec<FamilyDecision>,
    /// Counts over all families.
    pub counts: DecisionCounts,
}

/// What is kept of one determination; the rest can be asked again with the same facts.
#[derive(Debug)]
#[non_exhaustive]
pub struct FamilyDecision {
    /// Eligible, ineligible or undetermined.
    pub outcome: Outcome,
    /// A full year at the rates in force on the date.
    pub year: Rupiah,
    /// Codes and parameters of the reasons; equal texts share one allocation.
    pub reasons: Text,
    /// The facts that would settle it, where it is undetermined.
    pub missing: Text,
}

/// DecisionCounts over all families.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct DecisionCounts {
    /// Why families are ineligible: families by code of a deciding reason that fails.
    pub ineligible: BTreeMap<&'static str, (Bilingual, u64)>,
    /// Facts that the undetermined lack: families by fact.
    pub missing: BTreeMap<Fact, u64>,
    /// Members of eligible families that count: by component.
    pub components: BTreeMap<String, ComponentCount>,
}

/// Members and rupiah of one component.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ComponentCount {
    /// What it is called.
    pub label: Bilingual,
    /// Persons that count.
    pub persons: u64,
    /// Rupiah a year.
    pub year: i64,
}

/// Families determined at a time: enough for all cores, few enough that full explanations never fill the memory.
const CHUNK: u32 = 16_384;

pub(crate) fn decide(
    people: &People,
    ranked: &Ranked,
    date: Date,
    policy: &Policy,
    watch: Watch<'_>,
) -> Result<Decisions, PipelineError> {
    let count = u32::try_from(people.families.len()).unwrap_or(u32::MAX);
    let total = u64::from(count) * all().len() as u64;
    let mut programmes = Vec::new();
    for programme in all() {
        let rules = Rules::new(programme, date, policy)?;
        let mut decided = ProgrammeDecisions {
            programme,
            in_force: programme.period(date).is_some(),
            meant: ceiling(policy, &programme.id, date),
            families: Vec::with_capacity(count as usize),
            counts: DecisionCounts::default(),
        };
        let mut texts = Texts::default();
        for from in (0..count).step_by(CHUNK as usize) {
            watch.step(Stage::Decide, u64::from(count) * programmes.len() as u64 + u64::from(from), total)?;
            let answers: Vec<Determination> = (from..count.min(from + CHUNK))
                .into_par_iter()
                .map(|f| rules.determine(&facts(people, ranked, f)))
                .collect();
            for answer in answers {
                decided.counts.add(&answer);
                decided.families.push(FamilyDecision {
                    outcome: answer.outcome,
                    year: answer.amounts.year,
                    reasons: texts.share(&answer.machine()),
                    missing: texts.share(&missing(&answer)),
                });
            }
        }
        programmes.push(decided);
    }
    Ok(Decisions { programmes, edition: policy.edition().to_owned(), overlays: policy.overlay_names() })
}

/// The programme's decile ceiling, by the name that the policy files give it.
fn ceiling(policy: &Policy, programme: &str, date: Date) -> Option<u8> {
    policy.at(&format!("{programme}.max_decile"), date).ok()?.int().and_then(|n| u8::try_from(n).ok())
}

fn missing(answer: &Determination) -> String {
    if answer.outcome != Outcome::Undetermined {
        return String::new();
    }
    let mut words: Vec<&str> = answer.missing.iter().filter(|m| m.decides).map(|m| m.fact.word()).collect();
    words.sort_unstable();
    words.dedup();
    words.join("; ")
}

impl DecisionCounts {
    fn add(&mut self, answer: &Determination) {
        match answer.outcome {
            Outcome::Eligible => {
                for c in &answer.counted {
                    let counted = self.components.entry(c.component.clone()).or_insert_with(|| ComponentCount {
                        label: c.label.clone(),
                        persons: 0,
                        year: 0,
                    });
                    counted.persons += 1;
                    counted.year += c.year.0;
                }
            }
            Outcome::Ineligible => {
                let mut said = FxHashSet::default();
                for r in answer.reasons.iter().filter(|r| r.decides && r.truth == Truth::No) {
                    if said.insert(r.code()) {
                        self.ineligible.entry(r.code()).or_insert_with(|| (template(r.code()), 0)).1 += 1;
                    }
                }
            }
            Outcome::Undetermined => {
                let mut said = FxHashSet::default();
                for m in answer.missing.iter().filter(|m| m.decides) {
                    if said.insert(m.fact) {
                        *self.missing.entry(m.fact).or_default() += 1;
                    }
                }
            }
        }
    }
}

/// The sentence of a code with its parameters open.
fn template(code: &'static str) -> Bilingual {
    let info = bansos::eligibility::reason_table().iter().find(|i| i.code == code);
    info.map_or(Bilingual::new(code, code), |i| Bilingual::new(i.id, i.en))
}

/// Equal texts share one allocation.
#[derive(Default)]
struct Texts(FxHashSet<Text>);

impl Texts {
    fn share(&mut self, text: &str) -> Text {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new: Text = text.into();
        self.0.insert(new.clone());
        new
    }
}

/// What the consolidated register knows of a family, as the rules ask for it.
pub(crate) fn facts(people: &People, ranked: &Ranked, family: u32) -> FamilyFacts {
    let member = |art: &Art<u32>| {
        let person = *art.person();
        people.rulings.apply(person, family, PersonFacts::from(&people.persons[person as usize]))
    };
    let at = family as usize;
    FamilyFacts::from_keluarga(&people.families[at], member).with_decile(ranked.deciles[at])
}
