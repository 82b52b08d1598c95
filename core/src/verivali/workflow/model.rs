//! A workflow as data: stages, who may do what there, what proves it, in which time, on which basis.

use super::super::{ActKind, EvidenceKind, PlainName};
use crate::policy::{Basis, Confidence};
use crate::{Bilingual, Date, Lang};

/// The rules of a round of verivali. The built-in ones are data/verivali/*.toml; a region's own is the same TOML, read at
/// run time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Workflow {
    /// Its name in events.
    pub id: String,
    /// As people call it.
    pub label: Bilingual,
    /// First day in force.
    pub from: Date,
    /// Last day in force; none: still.
    #[cfg_attr(feature = "serde", serde(default))]
    pub to: Option<Date>,
    /// Where it was read.
    pub basis: Vec<Basis>,
    /// How sure the sources make us of the whole.
    pub confidence: Confidence,
    /// What its sources do not say, and what was decided about that.
    pub note: Bilingual,
    /// Who acts.
    #[cfg_attr(feature = "serde", serde(rename = "role"))]
    pub roles: Vec<ActorRole>,
    /// In their order.
    #[cfg_attr(feature = "serde", serde(rename = "stage"))]
    pub stages: Vec<Stage>,
}

/// Somebody who acts: an office, a meeting, a citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct ActorRole {
    /// Its name in events.
    pub id: String,
    /// As people call it.
    pub label: Bilingual,
}

/// A step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Stage {
    /// Its name in events.
    pub id: String,
    /// As people call it.
    pub label: Bilingual,
    /// One of these stages has to be passed first; empty: none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub after: Vec<String>,
    /// Whether a decision here settles the proposals it knew of.
    #[cfg_attr(feature = "serde", serde(default))]
    pub settles: bool,
    /// What may be done here.
    #[cfg_attr(feature = "serde", serde(rename = "permit"))]
    pub permits: Vec<Permit>,
}

/// One thing that may be done at a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Permit {
    /// What.
    pub act: ActKind,
    /// By whom: role ids.
    pub by: Vec<String>,
    /// All of these have to be attached.
    #[cfg_attr(feature = "serde", serde(default))]
    pub evidence: Vec<EvidenceKind>,
    /// At least one of these has to be attached; empty: none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub any_evidence: Vec<EvidenceKind>,
    /// So many days after the newest open objection; later, it has lapsed and has to be made again.
    #[cfg_attr(feature = "serde", serde(default))]
    pub within_days: Option<u16>,
    /// The days of the month on which it is taken in, first and last.
    #[cfg_attr(feature = "serde", serde(default))]
    pub days_of_month: Option<(u8, u8)>,
    /// Where it was read; empty: as the workflow.
    #[cfg_attr(feature = "serde", serde(default))]
    pub basis: Vec<Basis>,
    /// How sure; none: as the workflow.
    #[cfg_attr(feature = "serde", serde(default))]
    pub confidence: Option<Confidence>,
}

impl Workflow {
    /// A stage by its id.
    pub fn stage(&self, id: &PlainName) -> Option<&Stage> {
        self.stages.iter().find(|s| s.id == id.as_str())
    }

    /// A role as people call it; the id itself where the workflow does not know it.
    pub fn role_label<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.roles.iter().find(|r| r.id == id).map_or(id, |r| r.label.get(lang))
    }

    /// A stage as people call it; the id itself where the workflow does not know it.
    pub fn stage_label<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.stages.iter().find(|s| s.id == id).map_or(id, |s| s.label.get(lang))
    }

    /// The stages that wait for each other, or for themselves: nobody could ever act there.
    fn never_reached(&self) -> Vec<&str> {
        let mut left: Vec<&Stage> = self.stages.iter().collect();
        let mut reached: Vec<&str> = Vec::new();
        loop {
            let before = reached.len();
            left.retain(|stage| {
                let open = stage.after.is_empty() || stage.after.iter().any(|a| reached.contains(&a.as_str()));
                if open {
                    reached.push(&stage.id);
                }
                !open
            });
            if reached.len() == before {
                return left.iter().map(|stage| stage.id.as_str()).collect();
            }
        }
    }

    /// What is wrong with the workflow as data, in words for its author; empty: nothing.
    pub fn lint(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let name = |wrong: &mut Vec<String>, id: &str| {
            if let Err(e) = PlainName::new(id) {
                wrong.push(format!("{}: `{id}`: {e}", self.id));
            }
        };
        name(&mut wrong, &self.id);
        self.roles.iter().for_each(|r| name(&mut wrong, &r.id));
        if self.basis.is_empty() {
            wrong.push(format!("{}: no basis", self.id));
        }
        if self.to.is_some_and(|to| to < self.from) {
            wrong.push(format!("{}: ends before it begins", self.id));
        }
        if !self.stages.iter().any(|s| s.settles) {
            wrong.push(format!("{}: no stage settles anything", self.id));
        }
        for stage in self.never_reached() {
            wrong.push(format!("{}: stage {stage} comes after nothing that can be reached", self.id));
        }
        for (i, stage) in self.stages.iter().enumerate() {
            name(&mut wrong, &stage.id);
            if self.stages.iter().take(i).any(|s| s.id == stage.id) {
                wrong.push(format!("{}: stage {} twice", self.id, stage.id));
            }
            for before in stage.after.iter().filter(|a| !self.stages.iter().any(|s| s.id == **a)) {
                wrong.push(format!("{}: stage {} comes after {before}, which is none", self.id, stage.id));
            }
            let decides = stage.permits.iter().any(|p| p.act == ActKind::Decided);
            if stage.settles && !decides {
                wrong.push(format!("{}: stage {} settles and decides nothing", self.id, stage.id));
            }
            for permit in &stage.permits {
                for by in permit.by.iter().filter(|b| !self.roles.iter().any(|r| r.id == **b)) {
                    wrong.push(format!("{}: stage {} lets {by} act, which is no role", self.id, stage.id));
                }
                if permit.by.is_empty() {
                    wrong.push(format!("{}: stage {}: nobody may do {}", self.id, stage.id, permit.act.word()));
                }
                if permit.days_of_month.is_some_and(|(first, last)| first < 1 || first > last || last > 31) {
                    wrong.push(format!("{}: stage {}: days of the month", self.id, stage.id));
                }
            }
        }
        wrong
    }
}
