//! Why two rows are, or are not, one person, as a clerk reads it.

use super::{Model, Situation};
use crate::model::{self, Part};
use bansos::Lang;
use bansos::dedup::{ComparedField, Levels};

/// A step of the weight of two rows. [`Part::Frequency`] is of the names and stands for the mothers' too.
pub type Step = model::Step<ComparedField>;

impl Step {
    /// Names that few have are evidence for one person, names that many have against.
    fn frequency(&self, rare: &str, common: &str) -> String {
        if self.bits >= 0.0 { rare } else { common }.to_owned()
    }

    /// As a clerk reads it: `NIK: sama`.
    pub fn label(&self, lang: Lang) -> String {
        match (self.part, lang) {
            (Part::Prior, Lang::Id) => "sebelum dibandingkan".to_owned(),
            (Part::Prior, Lang::En) => "prior".to_owned(),
            (Part::Frequency(_), Lang::Id) => self.frequency("nama yang jarang", "nama yang umum"),
            (Part::Frequency(_), Lang::En) => self.frequency("rare names", "common names"),
            (Part::Level(field, level), _) => format!("{}: {}", field.label(lang), field.level_label(level, lang)),
        }
    }
}

impl Model {
    /// The steps of a pair's weight, the prior first, then the fields in order, then the names' frequency. Steps of no
    /// weight (a missing value) are left out; what remains sums to the pair's weight.
    ///
    /// ```
    /// use bansos::dedup::FIELDS;
    /// use bansos_linkage::register::{Model, Situation};
    /// let steps = Model::default().waterfall(Situation::Open, &[0; FIELDS], -20.0, 0.0);
    /// assert!(steps.len() > 5 && steps[0].bits == -20.0);
    /// ```
    pub fn waterfall(&self, situation: Situation, levels: &Levels, prior: f32, frequency: f32) -> Vec<Step> {
        let weights = self.regime(situation).weights();
        let levels = ComparedField::ALL.iter().zip(levels).map(|(field, level)| (*field, *field as usize, *level));
        let mut steps = model::waterfall(&weights, prior, levels, |_, _| 0.0);
        steps.push(Step { part: Part::Frequency(ComparedField::Name), bits: frequency });
        steps.retain(|s| s.bits != 0.0);
        steps
    }
}
