//! Why two rows are, or are not, one person: the match weight taken apart, step by step, as analysts know it from Splink.

use super::{Model, Situation};
use bansos::Lang;
use bansos::dedup::{ComparedField, Vector};

/// What a step of a waterfall stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is expected before any field is looked at.
    Prior,
    /// The level reached on a field.
    Level(ComparedField, u8),
    /// How common or rare the names are.
    Frequency,
}

/// One step: so many bits (log2 odds) for or against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// What it stands for.
    pub part: Part,
    /// Bits added.
    pub bits: f32,
}

impl Step {
    /// As a clerk reads it: `NIK: sama`.
    pub fn label(&self, lang: Lang) -> String {
        match (self.part, lang) {
            (Part::Prior, Lang::Id) => "peluang awal".to_owned(),
            (Part::Prior, Lang::En) => "prior".to_owned(),
            (Part::Frequency, Lang::Id) => "kelaziman nama".to_owned(),
            (Part::Frequency, Lang::En) => "how common the names are".to_owned(),
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
    pub fn waterfall(&self, situation: Situation, vector: &Vector, prior: f32, frequency: f32) -> Vec<Step> {
        let weights = self.regime(situation).weights();
        let fields = ComparedField::ALL
            .iter()
            .zip(vector)
            .map(|(f, l)| Step { part: Part::Level(*f, *l), bits: weights.of(*f, *l) });
        std::iter::once(Step { part: Part::Prior, bits: prior })
            .chain(fields)
            .chain([Step { part: Part::Frequency, bits: frequency }])
            .filter(|s| s.bits != 0.0)
            .collect()
    }
}
