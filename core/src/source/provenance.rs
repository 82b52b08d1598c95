//! Where a value comes from, and what other rows say instead.

use super::{Field, Origin};

/// A value and the row it was taken from. `Debug` shows the row alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub from: Origin,
}

impl<T> std::fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Rows that say something else than what was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: Field,
    /// The row whose value was kept.
    pub kept: Origin,
    /// The rows that disagree, in order.
    pub others: Vec<Origin>,
}
