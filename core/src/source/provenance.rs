//! Where a value comes from, and what other rows say instead.

use super::{Field, Origin};

/// A value and the row it was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub from: Origin,
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
