//! Columns of a batch with the kinds that their file has.

use crate::damage::Damage;
use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, BinaryViewArray, GenericBinaryArray, GenericStringArray, OffsetSizeTrait, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use std::sync::Arc;

/// The kind of the values, of a dictionary.
pub(super) fn values(kind: &DataType) -> &DataType {
    if let DataType::Dictionary(_, values) = kind { values } else { kind }
}

/// Views become texts again, once it is known what they come to: one value may stand in all rows.
pub(super) fn batch(read: &RecordBatch, schema: &SchemaRef, most: u64) -> Result<RecordBatch, Damage> {
    let mut left = usize::try_from(most).unwrap_or(usize::MAX).min(i32::MAX as usize);
    let mut one = |(array, field): (&ArrayRef, &arrow_schema::FieldRef)| {
        let views = bytes(array);
        let length = views.as_binary_view_opt().map_or(0, |views| views.lengths().map(|n| n as usize).sum());
        left = left.checked_sub(length).ok_or(Damage::Text)?;
        column(array, field.data_type()).ok_or(Damage::Content)
    };
    let columns: Vec<ArrayRef> = read.columns().iter().zip(schema.fields()).map(&mut one).collect::<Result<_, _>>()?;
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(read.num_rows()));
    RecordBatch::try_new_with_options(schema.clone(), columns, &options).map_err(|_| Damage::Content)
}

/// Views of texts as views of bytes. What a file calls text need not be any: the library looks at some kinds of columns only.
pub(super) fn bytes(array: &ArrayRef) -> ArrayRef {
    match array.as_string_view_opt() {
        Some(texts) => Arc::new(texts.clone().to_binary_view()),
        None => array.clone(),
    }
}

fn column(array: &ArrayRef, kind: &DataType) -> Option<ArrayRef> {
    let all = bytes(array);
    let Some(views) = all.as_binary_view_opt() else { return Some(all) };
    fn copy<O: OffsetSizeTrait>(views: &BinaryViewArray) -> GenericBinaryArray<O> {
        views.iter().collect()
    }
    fn texts<O: OffsetSizeTrait>(views: &BinaryViewArray) -> Option<ArrayRef> {
        Some(Arc::new(GenericStringArray::<O>::try_from_binary(copy(views)).ok()?))
    }
    match kind {
        DataType::Utf8 => texts::<i32>(views),
        DataType::LargeUtf8 => texts::<i64>(views),
        DataType::Utf8View => Some(Arc::new(views.clone().to_string_view().ok()?)),
        DataType::Binary => Some(Arc::new(copy::<i32>(views))),
        DataType::LargeBinary => Some(Arc::new(copy::<i64>(views))),
        _ => Some(Arc::new(views.clone())),
    }
}
