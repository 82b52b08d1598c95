//! Which persons belong to which family.

use super::error::{ColumnType, ColumnsError};
use super::words::{integers, texts};
use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use rustc_hash::FxHashMap;

/// Persons by family: those of family `i` are `rows[offsets[i]..offsets[i + 1]]`, in the order of the table.
pub(super) struct Groups {
    pub(super) offsets: Vec<u32>,
    /// Rows of the persons table; `None` where they already stand family by family.
    pub(super) rows: Option<Vec<u32>>,
}

impl Groups {
    pub(super) fn read(families: &RecordBatch, persons: &RecordBatch) -> Result<Self, ColumnsError> {
        let count = families.num_rows();
        if u32::try_from(persons.num_rows()).is_err() || u32::try_from(count).is_err() {
            return Err(ColumnsError::TooLong);
        }
        let named = persons.column_by_name("family_row");
        let whole = named.and_then(|c| c.as_primitive_opt::<UInt32Type>()).filter(|c| c.null_count() == 0);
        if let Some(sorted) = whole.and_then(|c| Self::in_order(c.values(), count)) {
            return Ok(sorted);
        }
        let rows = match named {
            Some(column) => integers(column, "family_row")?
                .into_iter()
                .enumerate()
                .map(|(row, n)| {
                    let n = n.and_then(|n| u32::try_from(n).ok()).filter(|n| (*n as usize) < count);
                    n.ok_or(ColumnsError::NoSuchFamily { row })
                })
                .collect::<Result<Vec<u32>, _>>()?,
            None => by_key(key(families, "families")?, key(persons, "persons")?)?,
        };
        Ok(Self::of(&rows, count))
    }

    /// Where the rows come in order and all fit, one look at each.
    fn in_order(family_of: &[u32], count: usize) -> Option<Self> {
        if !family_of.is_sorted() || family_of.last().is_some_and(|f| *f as usize >= count) {
            return None;
        }
        let mut offsets = vec![0u32; count + 1];
        for (end, f) in (1u32..).zip(family_of) {
            offsets[*f as usize + 1] = end;
        }
        // a family without persons ends where the one before it does
        for i in 0..count {
            offsets[i + 1] = offsets[i + 1].max(offsets[i]);
        }
        Some(Self { offsets, rows: None })
    }

    fn of(family_of: &[u32], count: usize) -> Self {
        let mut offsets = vec![0u32; count + 1];
        for f in family_of {
            offsets[*f as usize + 1] += 1;
        }
        for i in 0..count {
            offsets[i + 1] += offsets[i];
        }
        if family_of.is_sorted() {
            return Self { offsets, rows: None };
        }
        let mut next = offsets.clone();
        let mut rows = vec![0u32; family_of.len()];
        for (row, f) in (0u32..).zip(family_of) {
            let at = &mut next[*f as usize];
            rows[*at as usize] = row;
            *at += 1;
        }
        Self { offsets, rows: Some(rows) }
    }
}

fn key<'a>(table: &'a RecordBatch, which: &'static str) -> Result<&'a ArrayRef, ColumnsError> {
    table.column_by_name("family").ok_or(ColumnsError::KeyMissing { table: which })
}

/// Finds each person's family by its key; texts and integers.
fn by_key(families: &ArrayRef, persons: &ArrayRef) -> Result<Vec<u32>, ColumnsError> {
    let integer = |a: &ArrayRef| a.data_type().is_integer();
    if integer(families) && integer(persons) {
        return find(integers(families, "family")?, integers(persons, "family")?);
    }
    let text = |a: &ArrayRef| {
        let mut seen: FxHashMap<String, u32> = FxHashMap::default();
        let codes = texts(a, "family", |t| {
            let next = u32::try_from(seen.len()).unwrap_or(u32::MAX);
            *seen.entry(t.to_owned()).or_insert(next)
        })?;
        Ok::<_, ColumnsError>((codes, seen))
    };
    if matches!(families.data_type(), DataType::Null)
        || families.data_type().is_integer() != persons.data_type().is_integer()
    {
        return Err(ColumnsError::Type { column: "family".to_owned(), expected: ColumnType::Key });
    }
    let (family_codes, seen) = text(families)?;
    let person_codes = texts(persons, "family", |t| seen.get(t).copied().unwrap_or(u32::MAX))?;
    find(family_codes, person_codes)
}

fn find<K: std::hash::Hash + Eq + Copy>(
    families: Vec<Option<K>>,
    persons: Vec<Option<K>>,
) -> Result<Vec<u32>, ColumnsError> {
    let mut row_of: FxHashMap<K, u32> = FxHashMap::default();
    row_of.reserve(families.len());
    for (row, key) in families.into_iter().enumerate() {
        let key = key.ok_or(ColumnsError::KeyNull { row })?;
        if row_of.insert(key, u32::try_from(row).map_err(|_| ColumnsError::TooLong)?).is_some() {
            return Err(ColumnsError::KeyTwice { row });
        }
    }
    let one = |(row, key): (usize, Option<K>)| {
        key.and_then(|k| row_of.get(&k).copied()).ok_or(ColumnsError::NoSuchFamily { row })
    };
    persons.into_iter().enumerate().map(one).collect()
}
