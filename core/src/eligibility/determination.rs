//! The answer for one family, one programme, one date.

use super::{Amounts, Fact, Reason};
use crate::message::{Bilingual, Lang};
use crate::programme::Assumption;
use crate::{Date, Rupiah};

words! {
    /// How a determination comes out.
    pub enum Outcome {
        /// Every criterion holds.
        Eligible = "eligible", id: "layak", en: "eligible";
        /// A criterion fails.
        Ineligible = "ineligible", id: "tidak layak", en: "not eligible";
        /// It depends on facts that are unknown.
        Undetermined = "undetermined", id: "belum dapat ditentukan", en: "undetermined";
    }
}

/// A member who counts for a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Index in the list of members, from 0.
    pub member: usize,
    /// The component's code.
    pub component: String,
    /// The component's name.
    pub label: Bilingual,
    /// What this person brings in a full year.
    pub year: Rupiah,
}

/// A fact that is missing, and where it can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFact {
    /// The fact.
    pub fact: Fact,
    /// Which programme or own fact is meant.
    pub detail: Option<String>,
    /// Index in the list of members, from 0.
    pub member: Option<usize>,
    /// Whether the outcome depends on it; otherwise only the amount does.
    pub decides: bool,
}

impl MissingFact {
    /// What is missing and where it can be found.
    pub fn message(&self) -> Bilingual {
        Bilingual::from_fn(|lang| {
            let what = self.fact.label(lang);
            let detail = self.detail.as_deref().map(|d| format!(" ({d})")).unwrap_or_default();
            let who = match (self.member, lang) {
                (None, _) => String::new(),
                (Some(m), Lang::Id) => format!(" anggota ke-{}", m + 1),
                (Some(m), Lang::En) => format!(" of member {}", m + 1),
            };
            let source = self.fact.source_label(lang);
            match lang {
                Lang::Id => format!("{what}{detail}{who}: lihat {source}"),
                Lang::En => format!("{what}{detail}{who}: see {source}"),
            }
        })
    }
}

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Determination {
    /// Programme id.
    pub programme: String,
    /// The programme's name on the date.
    pub name: Bilingual,
    /// The date asked about.
    pub date: Date,
    /// The outcome.
    pub outcome: Outcome,
    /// Who counts for what. Listed only for an eligible family.
    pub counted: Vec<Counted>,
    /// What is paid.
    pub amounts: Amounts,
    /// All reasons; those the outcome depends on first.
    pub reasons: Vec<Reason>,
    /// Facts that are missing.
    pub missing: Vec<MissingFact>,
    /// Assumptions made where a fact was not given.
    pub assumed: Vec<Assumption>,
    /// Edition of the built-in policy.
    pub edition: &'static str,
    /// Overlays in use.
    pub overlays: Vec<String>,
    /// Alternatives in use, as `parameter/alternative`.
    pub alternatives: Vec<String>,
}

impl Determination {
    /// The reasons in one cell: codes with parameters, separated by `; `.
    pub fn machine(&self) -> String {
        self.reasons.iter().map(Reason::machine).collect::<Vec<_>>().join("; ")
    }

    /// The reasons as sentences.
    pub fn sentences(&self, lang: Lang) -> Vec<String> {
        self.reasons.iter().map(|r| crate::Coded::message(&r.why, lang)).collect()
    }
}
