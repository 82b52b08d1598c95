//! A text column as cells, whatever Arrow type holds it.

use super::NikColumnError;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, FixedSizeBinaryArray, LargeStringArray, OffsetSizeTrait, StringArray,
    StringViewArray,
};
use arrow_schema::DataType;

/// The column.
pub(super) enum Cells<'a> {
    Utf8(&'a StringArray),
    LargeUtf8(&'a LargeStringArray),
    View(&'a StringViewArray),
    Fixed(&'a FixedSizeBinaryArray),
    Null(usize),
}

fn cast<T: 'static>(array: &dyn Array) -> Option<&T> {
    array.as_any().downcast_ref::<T>()
}

impl<'a> Cells<'a> {
    pub(super) fn of(array: &'a dyn Array) -> Result<Self, NikColumnError> {
        let cells = match array.data_type() {
            DataType::Utf8 => cast(array).map(Self::Utf8),
            DataType::LargeUtf8 => cast(array).map(Self::LargeUtf8),
            DataType::Utf8View => cast(array).map(Self::View),
            DataType::FixedSizeBinary(16) => cast(array).map(Self::Fixed),
            DataType::Null => Some(Self::Null(array.len())),
            _ => None,
        };
        cells.ok_or_else(|| NikColumnError::Type { found: array.data_type().to_string() })
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Utf8(a) => a.len(),
            Self::LargeUtf8(a) => a.len(),
            Self::View(a) => a.len(),
            Self::Fixed(a) => a.len(),
            Self::Null(n) => *n,
        }
    }

    /// The bytes of a cell; `None` for a null.
    pub(super) fn get(&self, i: usize) -> Option<&'a [u8]> {
        match self {
            Self::Utf8(a) => a.is_valid(i).then(|| a.value(i).as_bytes()),
            Self::LargeUtf8(a) => a.is_valid(i).then(|| a.value(i).as_bytes()),
            Self::View(a) => a.is_valid(i).then(|| a.value(i).as_bytes()),
            Self::Fixed(a) => a.is_valid(i).then(|| a.value(i)),
            Self::Null(_) => None,
        }
    }

    /// A run of cells as they lie in memory, where they are sixteen bytes each, side by side, and none is null.
    pub(super) fn packed(&self, start: usize, len: usize) -> Option<&'a [[u8; 16]]> {
        match self {
            Self::Utf8(a) => {
                side_by_side(a.value_offsets(), a.value_data(), start, len).filter(|_| whole(*a, start, len))
            }
            Self::LargeUtf8(a) => {
                side_by_side(a.value_offsets(), a.value_data(), start, len).filter(|_| whole(*a, start, len))
            }
            Self::Fixed(a) => {
                let bytes = a.value_data().get(start * 16..(start + len) * 16)?;
                Some(bytes.as_chunks().0).filter(|_| whole(*a, start, len))
            }
            Self::View(_) | Self::Null(_) => None,
        }
    }

    /// Copies the cells that are sixteen bytes long; the others become zero bytes, which are no digits.
    pub(super) fn stage(&self, start: usize, to: &mut [[u8; 16]]) {
        for (k, place) in to.iter_mut().enumerate() {
            let cell: Option<&[u8; 16]> = match self {
                Self::View(a) => viewed(a, start + k),
                _ => self.get(start + k).and_then(|c| c.try_into().ok()),
            };
            *place = cell.copied().unwrap_or([0; 16]);
        }
    }
}

fn whole(array: &dyn Array, start: usize, len: usize) -> bool {
    array.nulls().is_none_or(|n| n.null_count() == 0 || (start..start + len).all(|i| n.is_valid(i)))
}

/// An offset of Arrow text, and whether a row of them goes up in steps of sixteen.
trait Offset: OffsetSizeTrait {
    fn in_sixteens(offsets: &[Self]) -> bool;
}

macro_rules! offset { ($($t:ty),*) => { $(impl Offset for $t {
    fn in_sixteens(offsets: &[Self]) -> bool {
        // no early end, so that the compiler compares several at a time
        let Some(next) = offsets.get(1..) else { return true };
        offsets.iter().zip(next).fold(0, |other, (a, b)| other | (b.wrapping_sub(*a) ^ 16)) == 0
    }
})* } }
offset!(i32, i64);

fn side_by_side<'a, O: Offset>(offsets: &[O], data: &'a [u8], start: usize, len: usize) -> Option<&'a [[u8; 16]]> {
    let offsets = offsets.get(start..=start + len)?;
    let first = offsets.first()?.as_usize();
    let bytes = data.get(first..first + len * 16).filter(|_| O::in_sixteens(offsets))?;
    Some(bytes.as_chunks().0)
}

/// Sixteen bytes of a view that is longer than the twelve it holds itself.
fn viewed(array: &StringViewArray, i: usize) -> Option<&[u8; 16]> {
    // four words by Arrow's columnar format: length, first four bytes, buffer, offset
    let view = *array.views().get(i)?;
    let (length, buffer, offset) = (view as u32, (view >> 64) as u32, (view >> 96) as u32);
    if length != 16 || array.is_null(i) {
        return None;
    }
    array.data_buffers().get(buffer as usize)?.get(offset as usize..)?.first_chunk()
}

/// A dictionary as its values and a key for every cell; `None` for other types.
pub(super) fn dictionary(array: &dyn Array) -> Option<(&ArrayRef, Vec<Option<usize>>)> {
    fn keys<K: ArrowDictionaryKeyType>(array: &dyn Array) -> Option<(&ArrayRef, Vec<Option<usize>>)> {
        let dictionary = cast::<DictionaryArray<K>>(array)?;
        Some((dictionary.values(), (0..dictionary.len()).map(|i| dictionary.key(i)).collect()))
    }
    keys::<Int32Type>(array)
        .or_else(|| keys::<Int64Type>(array))
        .or_else(|| keys::<UInt32Type>(array))
        .or_else(|| keys::<Int16Type>(array))
        .or_else(|| keys::<Int8Type>(array))
        .or_else(|| keys::<UInt8Type>(array))
        .or_else(|| keys::<UInt16Type>(array))
        .or_else(|| keys::<UInt64Type>(array))
}
