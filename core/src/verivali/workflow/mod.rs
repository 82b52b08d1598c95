//! The rules of a round as data. The order of stages is no law of nature: Kukar 2022 went from door to door and then to
//! the musyawarah, SIKS-Droid 2020 the other way round.

mod check;
#[rustfmt::skip]
mod generated;
mod model;
mod refusal;

pub use model::{ActorRole, Permit, Stage, Workflow};
pub use refusal::{Refusal, Terms};

use super::PlainName;
use std::sync::OnceLock;

/// The workflows that a ledger may name: the built-in ones, and a region's own.
///
/// ```
/// use bansos::verivali::{PlainName, Workflows};
/// let all = Workflows::builtin();
/// assert!(all.get(&PlainName::new("kukar-2022").unwrap()).is_some());
/// ```
#[derive(Clone, Debug)]
pub struct Workflows(Vec<Workflow>);

impl Default for Workflows {
    fn default() -> Self {
        Self::builtin().clone()
    }
}

impl Workflows {
    /// Those of data/verivali/.
    pub fn builtin() -> &'static Self {
        static ALL: OnceLock<Workflows> = OnceLock::new();
        ALL.get_or_init(|| Self(generated::workflows()))
    }

    /// With one more; it takes the place of one with the same id.
    pub fn add(&mut self, workflow: Workflow) {
        self.0.retain(|w| w.id != workflow.id);
        self.0.push(workflow);
    }

    /// All of them.
    pub fn all(&self) -> &[Workflow] {
        &self.0
    }

    /// One by its id.
    pub fn get(&self, id: &PlainName) -> Option<&Workflow> {
        self.0.iter().find(|w| w.id == id.as_str())
    }

    /// Whether a decision at that stage has the last word. At a stage that no workflow here knows, it has: a decision is
    /// not set aside because its rules are not at hand.
    pub fn settles(&self, workflow: &PlainName, stage: &PlainName) -> bool {
        self.get(workflow).and_then(|w| w.stage(stage)).is_none_or(|s| s.settles)
    }
}
