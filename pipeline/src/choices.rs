//! What the job chooses where no law and no form decides: `pipeline/data/job.toml`, every number with its source.

use bansos::Bilingual;
use bansos::policy::{Basis, Confidence};
use bansos::source::Source;
use serde::Deserialize;
use std::sync::OnceLock;

/// The choices of `pipeline/data/job.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Choices {
    /// Facts about the members that enter the proxy means test, in the order of its terms.
    pub features: Vec<MemberFeature>,
    /// Shares by decile in the report.
    pub profile: Vec<ProfileFact>,
    /// Whose stated decile decides before any estimate.
    pub official_decile: Chosen,
    /// Findings that the job does not report.
    pub leave_out: Vec<LeftOut>,
}

/// Registers or lists that are chosen for something.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Chosen {
    /// Words of sources or ids of layouts, the first of them first.
    pub names: Vec<String>,
    /// Where the choice comes from.
    pub basis: Vec<Basis>,
    /// How sure that is.
    pub confidence: Confidence,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { names: Vec::new(), basis: Vec::new(), confidence: Confidence::Low }
    }
}

/// A fact about the members of a family, as a number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MemberFeature {
    /// As the model names it.
    pub name: String,
    /// Its unit; shares and yes-or-no have none.
    pub unit: Option<String>,
    /// What is measured.
    pub measure: Measure,
    /// Where the choice and its numbers come from.
    pub basis: Vec<Basis>,
    /// How sure that is.
    pub confidence: Confidence,
}

/// What is measured of the members who are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Measure {
    /// How many they are.
    Members,
    /// The share below an age in years, of those whose age is known.
    ShareYoungerThan(u16),
    /// The share of an age in years or more, of those whose age is known.
    ShareFromAge(u16),
    /// The share who attend school, of those of whom it is known.
    ShareAttending,
    /// 1 where the head is a woman, 0 where a man.
    FemaleHead,
}

/// A fact by which a reader can judge the ranking.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProfileFact {
    /// What it says of a family.
    pub label: Bilingual,
    /// The register whose codes are meant.
    pub source: Source,
    /// The variable, as the layouts name it.
    pub variable: String,
    /// The code list of the questionnaire that the codes stand in.
    pub list: String,
    /// The codes that count as yes.
    pub yes: Vec<i64>,
    /// Where the codes come from.
    pub basis: Vec<Basis>,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A finding that the job does not report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LeftOut {
    /// Its code.
    pub code: String,
    /// Why.
    pub reason: Bilingual,
    /// Where the choice comes from.
    pub basis: Vec<Basis>,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The choices that come with the library.
#[must_use]
pub fn choices() -> &'static Choices {
    static ALL: OnceLock<Choices> = OnceLock::new();
    // the data is read by the tests below; a fault in it stops them
    ALL.get_or_init(|| read().unwrap_or_default())
}

fn read() -> Result<Choices, toml::de::Error> {
    toml::from_str(include_str!("../data/job.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos_registers::layout::code_list;

    /// Basis and confidence of every choice, with its name.
    fn stated() -> Vec<(&'static str, &'static [Basis], Confidence)> {
        let c = choices();
        let features = c.features.iter().map(|f| (f.name.as_str(), f.basis.as_slice(), f.confidence));
        let profile = c.profile.iter().map(|p| (p.variable.as_str(), p.basis.as_slice(), p.confidence));
        let left_out = c.leave_out.iter().map(|l| (l.code.as_str(), l.basis.as_slice(), l.confidence));
        let official = [("official_decile", c.official_decile.basis.as_slice(), c.official_decile.confidence)];
        features.chain(profile).chain(left_out).chain(official).collect()
    }

    #[test]
    fn the_data_is_read_whole() {
        read().unwrap();
        assert_eq!([choices().features.len(), choices().profile.len(), choices().leave_out.len()], [5, 5, 1]);
        assert_eq!(choices().official_decile.names, ["dtsen", "siks-desil", "umum", "umum-keluarga"]);
    }

    #[test]
    fn every_choice_names_a_source_and_our_own_are_not_sure() {
        let sources = include_str!("../../data/SOURCES.md");
        for (name, basis, confidence) in stated() {
            assert!(!basis.is_empty(), "{name} has no basis");
            for b in basis {
                assert!(sources.contains(&format!("| {} |", b.source)), "{name}: no source {}", b.source);
            }
            let own = basis.iter().any(|b| b.source == "OWN");
            assert!(!own || confidence == Confidence::Low, "{name} is our own choice, and surer than low");
        }
    }

    #[test]
    fn codes_stand_in_the_questionnaire() {
        for fact in &choices().profile {
            let list = code_list("regsosek-2022", &fact.list).unwrap_or_else(|| panic!("no list {}", fact.list));
            for code in &fact.yes {
                assert!(list.read(&code.to_string()).is_some(), "{}: {code} is no answer", fact.variable);
            }
        }
    }

    #[test]
    fn what_is_left_out_is_a_finding() {
        for left_out in &choices().leave_out {
            assert!(bansos::Finding::table().any(|f| f.code == left_out.code), "{}", left_out.code);
        }
    }
}
