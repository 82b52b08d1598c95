//! Parquet: every column as text, numbers with all their digits.

use super::{Chunker, Form, Mark, Reading, file_name, io};
use crate::ReadError;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use csv::ByteRecord;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fmt::Write;
use std::fs::File;
use std::path::Path;

fn open(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, ReadError> {
    let file = File::open(path).map_err(io(path))?;
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| damaged(path, &e.to_string()))
}

pub(super) fn reading(path: &Path) -> Result<Reading, ReadError> {
    let header = open(path)?.schema().fields().iter().map(|f| f.name().clone()).collect();
    Ok(Reading { form: Form::Parquet, top: vec![header] })
}

pub(super) fn stream(
    path: &Path,
    sink: &mut dyn FnMut(super::Chunk) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let batches = open(path)?.with_batch_size(super::CHUNK).build().map_err(|e| damaged(path, &e.to_string()))?;
    let mut chunker = Chunker::new(path, sink);
    for batch in batches {
        let batch = batch.map_err(|e| damaged(path, &e.to_string()))?;
        rows(&batch, &mut chunker)?;
    }
    chunker.flush()
}

/// A column, and for a dictionary the place of each row's value.
struct Column<'a> {
    values: &'a dyn Array,
    keys: Option<Vec<usize>>,
}

impl<'a> Column<'a> {
    fn of(array: &'a dyn Array) -> Self {
        match array.as_any_dictionary_opt() {
            Some(dictionary) if !dictionary.values().is_empty() => {
                Self { values: dictionary.values().as_ref(), keys: Some(dictionary.normalized_keys()) }
            }
            // a dictionary without values has only nulls
            Some(_) | None => Self { values: array, keys: None },
        }
    }
}

fn rows(batch: &RecordBatch, chunker: &mut Chunker<'_>) -> Result<(), ReadError> {
    let columns: Vec<Column<'_>> = batch.columns().iter().map(|array| Column::of(array.as_ref())).collect();
    let mut text = String::new();
    for row in 0..batch.num_rows() {
        let mut record = ByteRecord::new();
        for (at, (column, array)) in columns.iter().zip(batch.columns()).enumerate() {
            text.clear();
            let place = column.keys.as_ref().map_or(row, |keys| keys.get(row).copied().unwrap_or_default());
            if array.is_valid(row) && column.values.is_valid(place) && cell(column.values, place, &mut text) {
                chunker.mark(at, Mark::Float);
            }
            record.push_field(text.as_bytes());
        }
        chunker.push(record, 0)?;
    }
    Ok(())
}

/// Writes one value; says whether a float too long for its digits was there.
fn cell(array: &dyn Array, row: usize, out: &mut String) -> bool {
    macro_rules! number {
        ($t:ty) => {{
            // writing to a String cannot fail
            let _ = write!(out, "{}", array.as_primitive::<$t>().value(row));
            false
        }};
    }
    let day = |days: i64, out: &mut String| {
        if let Some(date) = i32::try_from(days).ok().and_then(bansos::date::from_epoch_days) {
            let _ = write!(out, "{date}");
        }
        false
    };
    match array.data_type() {
        DataType::Utf8 => {
            out.push_str(array.as_string::<i32>().value(row));
            false
        }
        DataType::LargeUtf8 => {
            out.push_str(array.as_string::<i64>().value(row));
            false
        }
        DataType::Utf8View => {
            out.push_str(array.as_string_view().value(row));
            false
        }
        DataType::Boolean => {
            out.push_str(if array.as_boolean().value(row) { "TRUE" } else { "FALSE" });
            false
        }
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => {
            let value = array.as_primitive::<Float32Type>().value(row);
            let _ = write!(out, "{value}");
            value.abs() >= 1e7
        }
        DataType::Float64 => {
            let value = array.as_primitive::<Float64Type>().value(row);
            let _ = write!(out, "{value}");
            value.abs() >= 1e15
        }
        DataType::Date32 => day(i64::from(array.as_primitive::<Date32Type>().value(row)), out),
        DataType::Date64 => day(array.as_primitive::<Date64Type>().value(row).div_euclid(86_400_000), out),
        // lists, structs, binaries and times carry no field of a register
        _ => false,
    }
}

fn damaged(path: &Path, reason: &str) -> ReadError {
    ReadError::Damaged { file: file_name(path), form: "Parquet", reason: reason.to_owned() }
}
