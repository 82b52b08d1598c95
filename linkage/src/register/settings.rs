//! What a linkage run is told: the model, the thresholds, the caps, and what people have decided before.

use super::Model;
use crate::clusters::Bond;
use crate::watch::LinkError;
use bansos::source::Origin;

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

/// A decision of clerical review about two rows. Decisions are never contradicted by a later run.
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

bansos::words! {
    /// What a pair comes to by itself. A run decides by clusters, in which other rows have a say.
    pub enum Verdict {
        /// One person.
        Same = "same", id: "satu orang", en: "one person";
        /// A person has to look.
        Review = "review", id: "perlu diperiksa petugas", en: "to be reviewed";
        /// Two persons.
        Different = "different", id: "dua orang berbeda", en: "two persons";
    }
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

impl Settings {
    /// What a pair comes to by itself. Pairs that would join and may not, or not on their own word, are for review.
    ///
    /// ```
    /// use bansos_linkage::clusters::Bond;
    /// use bansos_linkage::register::{Settings, Verdict};
    /// let settings = Settings::default();
    /// assert_eq!(settings.verdict(12.0, Bond::Weight(12.0)), Verdict::Same);
    /// assert_eq!(settings.verdict(12.0, Bond::CannotLink), Verdict::Review);
    /// assert_eq!(settings.verdict(-9.0, Bond::CannotLink), Verdict::Different);
    /// ```
    pub fn verdict(&self, weight: f32, bond: Bond) -> Verdict {
        match bond {
            Bond::MustLink => Verdict::Same,
            Bond::Weight(_) if weight >= self.match_weight => Verdict::Same,
            _ if weight >= self.review_weight => Verdict::Review,
            _ => Verdict::Different,
        }
    }
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

/// Whether settings make sense.
///
/// # Errors
/// `link.setting` for a review weight that is no number or above the match weight, and for a block cap below 2.
pub fn check(settings: &Settings) -> Result<(), LinkError> {
    if settings.review_weight.is_nan() || settings.review_weight > settings.match_weight {
        return Err(LinkError::Setting { name: "review_weight" });
    }
    if settings.block_cap < 2 {
        return Err(LinkError::Setting { name: "block_cap" });
    }
    Ok(())
}
