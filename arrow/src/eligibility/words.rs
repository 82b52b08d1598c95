//! Text and number columns of any encoding, read once into plain values.

use super::error::{ColumnType, ColumnsError};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, DictionaryArray};
use arrow_schema::DataType;

/// What each text of a column means, by row; of nulls nothing is told. A dictionary's words are looked at once each.
pub(super) fn each_text<T: Copy>(
    column: &ArrayRef,
    name: &str,
    mut read: impl FnMut(&str) -> T,
    mut put: impl FnMut(usize, T),
) -> Result<(), ColumnsError> {
    macro_rules! rows {
        ($all:expr) => {
            $all.enumerate().filter_map(|(row, t)| Some((row, t?))).for_each(|(row, t)| put(row, read(t)))
        };
    }
    macro_rules! dictionary {
        ($key:ty) => {{
            let dictionary: &DictionaryArray<$key> = column.as_dictionary();
            let words = texts(dictionary.values(), name, read)?;
            let keys = dictionary.keys().values();
            let mut put = |row: usize| {
                if let Some(word) = keys.get(row).and_then(|k| words.get(*k as usize)).copied().flatten() {
                    put(row, word);
                }
            };
            match dictionary.keys().nulls().filter(|n| n.null_count() > 0) {
                None => (0..keys.len()).for_each(put),
                Some(nulls) => nulls.valid_indices().for_each(&mut put),
            }
        }};
    }
    let unfit = || ColumnsError::Type { column: name.to_owned(), expected: ColumnType::Text };
    match column.data_type() {
        DataType::Utf8 => rows!(column.as_string::<i32>().iter()),
        DataType::LargeUtf8 => rows!(column.as_string::<i64>().iter()),
        DataType::Utf8View => rows!(column.as_string_view().iter()),
        DataType::Null => {}
        DataType::Dictionary(key, _) => match **key {
            DataType::Int8 => dictionary!(Int8Type),
            DataType::Int16 => dictionary!(Int16Type),
            DataType::Int32 => dictionary!(Int32Type),
            DataType::UInt8 => dictionary!(UInt8Type),
            DataType::UInt16 => dictionary!(UInt16Type),
            DataType::UInt32 => dictionary!(UInt32Type),
            _ => return Err(unfit()),
        },
        _ => return Err(unfit()),
    }
    Ok(())
}

/// The same as a list, nulls as `None`.
pub(super) fn texts<T: Copy>(
    column: &ArrayRef,
    name: &str,
    read: impl FnMut(&str) -> T,
) -> Result<Vec<Option<T>>, ColumnsError> {
    let mut all = vec![None; column.len()];
    each_text(column, name, read, |row, t| all[row] = Some(t))?;
    Ok(all)
}

/// Whole numbers of any integer type, row by row.
pub(super) fn each_integer(
    column: &ArrayRef,
    name: &str,
    mut put: impl FnMut(usize, Option<i64>),
) -> Result<(), ColumnsError> {
    macro_rules! of {
        ($t:ty) => {{
            let all = column.as_primitive::<$t>();
            if all.null_count() == 0 {
                all.values().iter().enumerate().for_each(|(row, n)| put(row, i64::try_from(*n).ok()));
            } else {
                all.iter().enumerate().for_each(|(row, n)| put(row, n.and_then(|n| i64::try_from(n).ok())));
            }
        }};
    }
    match column.data_type() {
        DataType::Int8 => of!(Int8Type),
        DataType::Int16 => of!(Int16Type),
        DataType::Int32 => of!(Int32Type),
        DataType::Int64 => of!(Int64Type),
        DataType::UInt8 => of!(UInt8Type),
        DataType::UInt16 => of!(UInt16Type),
        DataType::UInt32 => of!(UInt32Type),
        DataType::UInt64 => of!(UInt64Type),
        DataType::Null => (0..column.len()).for_each(|row| put(row, None)),
        _ => return Err(ColumnsError::Type { column: name.to_owned(), expected: ColumnType::Integer }),
    }
    Ok(())
}

/// The same as a list.
pub(super) fn integers(column: &ArrayRef, name: &str) -> Result<Vec<Option<i64>>, ColumnsError> {
    let mut all = Vec::with_capacity(column.len());
    each_integer(column, name, |_, n| all.push(n))?;
    Ok(all)
}

/// Yes, no or unknown.
pub(super) fn booleans(column: &ArrayRef, name: &str) -> Result<Vec<Option<bool>>, ColumnsError> {
    match column.data_type() {
        DataType::Boolean => Ok(column.as_boolean().iter().collect()),
        DataType::Null => Ok(vec![None; column.len()]),
        _ => Err(ColumnsError::Type { column: name.to_owned(), expected: ColumnType::Boolean }),
    }
}
