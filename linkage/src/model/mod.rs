//! The Fellegi–Sunter model, whatever is compared: for every level of every comparison, how often it is seen between two
//! rows of one person (m) and between rows of two persons (u). The match weight of a level is log2(m/u); a pair's weight is
//! the prior's log2 odds plus the weights of its levels.

mod em;
mod patterns;
#[cfg(test)]
mod tests;
mod vector;
mod waterfall;
mod weights;

pub use em::{Em, Rule, Session, maximise, maximise_alone};
pub use patterns::{Order, Patterns, Side, Unseen};
pub use vector::{MISSING, MOST_COMPARISONS, MOST_LEVELS, Vector};
pub use waterfall::{Part, Step, waterfall};
pub use weights::Weights;

/// m and u of one comparison's levels, from the strongest on. A level behind them, as "missing" is, says nothing; so does
/// one of which neither is known or which neither kind of pair is counted at, both being 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares {
    /// Share of the pairs of one person that reach each level, among pairs where neither side is missing.
    pub m: Vec<f64>,
    /// The same among pairs of two persons.
    pub u: Vec<f64>,
}

impl Shares {
    /// Whether neither kind of pair is counted at the level.
    fn is_neutral(&self, level: usize) -> bool {
        self.m.get(level) == Some(&0.0) && self.u.get(level) == Some(&0.0)
    }
}
