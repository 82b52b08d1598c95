//! Side-by-side comparisons.
