//! The closed tree of criteria over a family, and of tests over one person.

use crate::person::{Attendance, Flag, Relation, SchoolLevel, Sex};

/// A number of a rule: fixed in the rule, or a dated parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum Number {
    /// Fixed in the rule itself.
    Fixed(i64),
    /// The id of a parameter.
    Parameter(String),
}

impl Number {
    /// A parameter by id.
    pub fn parameter(id: &str) -> Self {
        Self::Parameter(id.to_owned())
    }
}

words! {
    /// How two numbers are compared.
    pub enum Compare {
        /// Equal.
        Equal = "equal", id: "sama dengan", en: "equal to";
        /// At least.
        AtLeast = "at_least", id: "paling sedikit", en: "at least";
        /// At most.
        AtMost = "at_most", id: "paling banyak", en: "at most";
    }
}

/// A criterion over a family. Truth is yes, no or unknown (Kleene).
///
/// In TOML: `{ all = ["registered", { decile_at_most = "pkh.max_decile" }, { components_at_least = 1 }] }`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Criterion {
    /// Every one.
    All(Vec<Criterion>),
    /// At least one.
    Any(Vec<Criterion>),
    /// The contrary.
    Not(Box<Criterion>),
    /// The family stands in the register of the day.
    Registered,
    /// The welfare decile is at most this. Before its parameter is in force there is no ceiling.
    DecileAtMost(Number),
    /// At least so many persons are counted for a component.
    ComponentsAtLeast(Number),
    /// At least so many living members pass a test.
    MembersAtLeast {
        /// The test.
        test: PersonTest,
        /// How many.
        count: Number,
    },
    /// No member carries a flag of the list in this parameter. Before the parameter is in force none bars.
    NoFlag(String),
    /// Nothing that the overlap matrix excludes on the date is received.
    NothingExcluded,
    /// The family receives this programme.
    Receives(String),
    /// A named fact of the family compares so with a number.
    Fact {
        /// The fact's name in [`crate::eligibility::FamilyFacts::extra`].
        name: String,
        /// The comparison.
        compare: Compare,
        /// The number.
        value: Number,
    },
    /// The family lives in one of these regions (leading digits of the Kemendagri code, dots ignored).
    RegionIn(Vec<String>),
}

/// A test over one person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PersonTest {
    /// Every one.
    All(Vec<PersonTest>),
    /// At least one.
    Any(Vec<PersonTest>),
    /// The contrary.
    Not(Box<PersonTest>),
    /// Anybody.
    Anyone,
    /// Completed years on the date are at least this.
    AgeAtLeast(Number),
    /// Completed years on the date are at most this.
    AgeAtMost(Number),
    /// Goes to school (or not) in this way.
    Attendance(Attendance),
    /// The school level attended is one of these.
    SchoolLevel(Vec<SchoolLevel>),
    /// Pregnant or postpartum.
    Pregnant,
    /// The pregnancy is at most the so-manieth.
    PregnancyOrderAtMost(Number),
    /// Severe disability.
    SevereDisability,
    /// On the list of victims of gross human-rights violations.
    RightsVictim,
    /// Of this sex.
    Sex(Sex),
    /// Stands so to the head of the family.
    Relation(Relation),
    /// Carries this flag.
    Flag(Flag),
}
