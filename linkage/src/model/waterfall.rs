//! Why two rows are, or are not, one person: the match weight taken apart, step by step, as analysts know it from Splink.

use super::Weights;

/// What a step of a waterfall stands for; comparisons are known by `C`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<C> {
    /// What is expected before anything is compared.
    Prior,
    /// The level reached on a comparison.
    Level(C, u8),
    /// How common or rare the values of a comparison are.
    Frequency(C),
}

/// One step: so many bits (log2 odds) for or against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<C> {
    /// What it stands for.
    pub part: Part<C>,
    /// Bits added.
    pub bits: f32,
}

/// The steps of a pair's weight, which they sum to: the prior, then each comparison's level and what frequency adds to it.
/// `levels` gives each comparison's name, its place in the model and its level; steps of frequency that add nothing are left out.
pub fn waterfall<C: Copy>(
    weights: &Weights,
    prior: f32,
    levels: impl IntoIterator<Item = (C, usize, u8)>,
    frequency: impl Fn(usize, u8) -> f32,
) -> Vec<Step<C>> {
    let mut steps = vec![Step { part: Part::Prior, bits: prior }];
    for (name, place, level) in levels {
        steps.push(Step { part: Part::Level(name, level), bits: weights.of(place, level) });
        let bits = frequency(place, level);
        if bits != 0.0 {
            steps.push(Step { part: Part::Frequency(name), bits });
        }
    }
    steps
}
