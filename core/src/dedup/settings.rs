//! What a linkage run is told: the model, the thresholds, the caps, and what people have decided before.

use super::Model;
use crate::source::Origin;

/// Whether the model's m and u are estimated again from the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Training {
    /// Use the model as it is.
    Never,
    /// Estimate when there are enough candidate pairs; the model given is the prior.
    #[default]
    WhenEnough,
}

/// What a person decided about two rows. Decisions are never contradicted by a later run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Decision {
    /// One row.
    pub a: Origin,
    /// The other row.
    pub b: Origin,
    /// Whether the two stand for one person.
    pub same: bool,
}

/// Settings of a linkage run. The default needs no training data and no tuning.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Settings {
    /// Comparison levels with m and u.
    pub model: Model,
    /// Whether to estimate the model again from the data.
    pub training: Training,
    /// Two clusters join when the mean match weight between them (log2 odds) is at least this.
    pub match_weight: f32,
    /// Pairs from here up to `match_weight` go to the review queue.
    pub review_weight: f32,
    /// A block above this many rows is split by further fields, and counted.
    pub block_cap: u32,
    /// What people have decided.
    pub decisions: Vec<Decision>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            model: Model::default(),
            training: Training::default(),
            match_weight: 3.0,
            review_weight: -3.0,
            block_cap: 200,
            decisions: Vec::new(),
        }
    }
}
