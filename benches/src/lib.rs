//! Side-by-side comparisons.

pub mod meter;
pub mod population;

/// A seeded stream of numbers, so that every run and every language sees the same data.
pub use bansos::plumbing::Random;
