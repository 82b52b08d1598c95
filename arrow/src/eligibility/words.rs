//! Text and number columns of any encoding, read once into plain values.

use super::run::ColumnsError;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, DictionaryArray};
use arrow_schema::DataType;

/// What each text of a column means, nulls and unknown texts as `None`. A dictionary's words are looked at once each.
pub(super) fn texts<T: Copy>(
    column: &ArrayRef,
    name: &str,
    mut read: impl FnMut(&str) -> T,
) -> Result<Vec<Option<T>>, ColumnsError> {
    fn of<'a, T>(all: impl Iterator<Item = Option<&'a str>>, read: &mut impl FnMut(&str) -> T) -> Vec<Option<T>> {
        all.map(|t| t.map(&mut *read)).collect()
    }
    Ok(match column.data_type() {
        DataType::Utf8 => of(column.as_string::<i32>().iter(), &mut read),
        DataType::LargeUtf8 => of(column.as_string::<i64>().iter(), &mut read),
        DataType::Utf8View => of(column.as_string_view().iter(), &mut read),
        DataType::Null => vec![None; column.len()],
        DataType::Dictionary(key, _) => match **key {
            DataType::Int8 => dictionary::<Int8Type, T>(column, name, read)?,
            DataType::Int16 => dictionary::<Int16Type, T>(column, name, read)?,
            DataType::Int32 => dictionary::<Int32Type, T>(column, name, read)?,
            DataType::UInt8 => dictionary::<UInt8Type, T>(column, name, read)?,
            DataType::UInt16 => dictionary::<UInt16Type, T>(column, name, read)?,
            DataType::UInt32 => dictionary::<UInt32Type, T>(column, name, read)?,
            _ => return Err(ColumnsError::Type { column: name.to_owned(), expected: "text" }),
        },
        _ => return Err(ColumnsError::Type { column: name.to_owned(), expected: "text" }),
    })
}

fn dictionary<K: ArrowDictionaryKeyType, T: Copy>(
    column: &ArrayRef,
    name: &str,
    read: impl FnMut(&str) -> T,
) -> Result<Vec<Option<T>>, ColumnsError> {
    let dictionary: &DictionaryArray<K> = column.as_dictionary::<K>();
    let words = texts(dictionary.values(), name, read)?;
    Ok(dictionary.keys_iter().map(|k| k.and_then(|k| words.get(k).copied().flatten())).collect())
}

/// Whole numbers of any integer type.
pub(super) fn integers(column: &ArrayRef, name: &str) -> Result<Vec<Option<i64>>, ColumnsError> {
    macro_rules! of {
        ($t:ty) => {
            column.as_primitive::<$t>().iter().map(|n| n.map(i64::from)).collect()
        };
    }
    Ok(match column.data_type() {
        DataType::Int8 => of!(Int8Type),
        DataType::Int16 => of!(Int16Type),
        DataType::Int32 => of!(Int32Type),
        DataType::Int64 => of!(Int64Type),
        DataType::UInt8 => of!(UInt8Type),
        DataType::UInt16 => of!(UInt16Type),
        DataType::UInt32 => of!(UInt32Type),
        DataType::UInt64 => {
            column.as_primitive::<UInt64Type>().iter().map(|n| n.and_then(|n| i64::try_from(n).ok())).collect()
        }
        DataType::Null => vec![None; column.len()],
        _ => return Err(ColumnsError::Type { column: name.to_owned(), expected: "integer" }),
    })
}

/// Yes, no or unknown.
pub(super) fn booleans(column: &ArrayRef, name: &str) -> Result<Vec<Option<bool>>, ColumnsError> {
    match column.data_type() {
        DataType::Boolean => Ok(column.as_boolean().iter().collect()),
        DataType::Null => Ok(vec![None; column.len()]),
        _ => Err(ColumnsError::Type { column: name.to_owned(), expected: "boolean" }),
    }
}
