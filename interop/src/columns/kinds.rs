//! What Arrow types a kind of column may come in.

use crate::error::ColumnKind;
use arrow_schema::DataType as T;

/// Whether a column of this type is of one of the kinds. A column of nulls alone is of every kind.
pub(super) fn any_takes(kinds: &[ColumnKind], found: &T) -> bool {
    matches!(found, T::Null) || kinds.iter().any(|kind| takes(*kind, found))
}

fn takes(kind: ColumnKind, found: &T) -> bool {
    match (kind, found) {
        (ColumnKind::Text | ColumnKind::Identifier, T::Utf8 | T::LargeUtf8 | T::Utf8View) => true,
        (ColumnKind::Identifier, T::FixedSizeBinary(16)) => true,
        (ColumnKind::Number, T::Float32 | T::Float64 | T::Decimal128(..)) => true,
        (ColumnKind::Number | ColumnKind::Whole, whole) if whole.is_integer() => true,
        (kind, T::Dictionary(_, values)) if kind != ColumnKind::Number => takes(kind, values),
        _ => false,
    }
}
