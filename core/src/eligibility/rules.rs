//! A programme's rules resolved for one date and policy: every parameter looked up once, then families by the million.

use super::amounts::StageAmount;
use super::assign::Slots;
use super::test::{Setting, Test};
use super::{Determination, FamilyFacts};
use crate::policy::{Basis, Confidence, Installment, ParameterValue, PolicyError, Unit};
use crate::programme::{Compare, ComponentName, Placement};
use crate::{Bilingual, Date, Rupiah};

codes! {
    /// Why a programme's rules cannot be resolved.
    #[derive(thiserror::Error)]
    pub enum RulesError {
        /// The policy cannot answer.
        Policy { #[from] why: PolicyError } = "eligibility.policy", Error,
            id: "{why}",
            en: "{why}";
        /// More criteria, components or caps than the engine holds.
        TooMany { what: Limited, most: u32 } = "eligibility.too_many", Error,
            id: "program ini mempunyai terlalu banyak {what}; paling banyak {most}",
            en: "this programme has too many {what}; at most {most}";
        /// A group or an order names a component that the programme does not have.
        UnknownComponent { component: String } = "eligibility.unknown_component", Error,
            id: "program ini tidak mempunyai komponen {component}",
            en: "this programme has no component {component}";
        /// A region code that is no digits.
        BadRegion { region: String } = "eligibility.bad_region", Error,
            id: "kode wilayah {region} bukan angka 2, 4, 6, atau 10 digit",
            en: "the region code {region} is not 2, 4, 6 or 10 digits";
    }
}

words! {
    /// What a programme can have too many of.
    pub enum Limited {
        /// Criteria.
        Criteria = "criteria", id: "kriteria", en: "criteria";
        /// Tests of members.
        Tests = "tests", id: "uji anggota", en: "tests of members";
        /// Components.
        Components = "components", id: "komponen", en: "components";
        /// Caps.
        Caps = "caps", id: "batas jumlah orang", en: "caps";
    }
}

impl crate::message::Value for PolicyError {
    fn param(&self) -> crate::message::Param {
        crate::message::Param::Text(crate::Coded::code(self).to_owned())
    }
    fn show(&self, lang: crate::Lang) -> String {
        crate::Coded::message(self, lang)
    }
}

/// A parameter as used: for the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) parameter: Option<String>,
    pub(super) value: Option<ParameterValue>,
    pub(super) unit: Option<Unit>,
    pub(super) basis: Vec<Basis>,
    pub(super) confidence: Option<Confidence>,
    pub(super) alternative: Option<String>,
    pub(super) overlay: Option<String>,
}

/// A criterion with its numbers filled in. Every leaf has a number, in the order of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Leaf(u8),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Registered,
    Decile(Option<u8>),
    Components(u32),
    /// Which of the tests, and how many members must pass it.
    Members(u8, u32),
    /// Which of the flag masks.
    NoFlag(u8),
    NothingExcluded(Vec<(String, Vec<Basis>, Confidence)>),
    Receives(String),
    Fact {
        name: String,
        compare: Compare,
        value: i64,
    },
    Region(Vec<(u32, u64)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) code: String,
    pub(super) label: Bilingual,
    pub(super) test: Test,
    pub(super) amount: i64,
    pub(super) used: Used,
    pub(super) live: bool,
}

impl Part {
    pub(super) fn name(&self) -> ComponentName {
        ComponentName { code: self.code.clone(), label: self.label.clone() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FamilySum {
    pub(super) amount: i64,
    pub(super) remote: Option<bool>,
    pub(super) placement: Placement,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Paid {
    Components { family: Vec<FamilySum>, calendar: Vec<Installment>, keep_remainder: bool },
    Monthly { year: Rupiah, stages: Vec<StageAmount>, topups: Vec<StageAmount>, month: i64, per_person: Option<u8> },
}

/// Whether the programme runs on the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Running {
    Yes,
    From(Date),
    Ended(Date),
}

/// A programme's rules for one date under one policy.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(super) programme: String,
    pub(super) name: Bilingual,
    pub(super) date: Date,
    pub(super) running: Running,
    pub(super) run_used: Used,
    pub(super) setting: Setting,
    pub(super) tree: Node,
    /// Where the tree is all of its leaves and nothing else: the lower bit of each leaf's truth.
    pub(super) all_of: Option<u64>,
    pub(super) leaves: Vec<(Leaf, Used)>,
    pub(super) parts: Vec<Part>,
    /// Tests over members that are no components.
    pub(super) tests: Vec<Test>,
    /// Barring flags, as bits.
    pub(super) masks: Vec<u32>,
    pub(super) slots: Slots,
    pub(super) caps_used: Vec<Used>,
    pub(super) paid: Paid,
    pub(super) review: u32,
    pub(super) attendance_min: Option<(u8, Used)>,
    pub(super) basis: Vec<Basis>,
    pub(super) edition: &'static str,
    pub(super) overlays: Vec<String>,
    pub(super) alternatives: Vec<String>,
}

impl Rules {
    /// The programme's id.
    pub fn programme(&self) -> &str {
        &self.programme
    }

    /// The date the rules are resolved for.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The whole answer for one family.
    pub fn determine(&self, f: &FamilyFacts) -> Determination {
        let verdict = self.verdict(f);
        self.explain(f, &verdict)
    }
}
