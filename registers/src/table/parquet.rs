//! Parquet: every column as text, numbers with all their digits; or as it is, in batches.

use super::row::{Mark, Row};
use super::source::{Source, Whole};
use super::{CHUNK, Form, Reading};
use crate::ReadError;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader as _};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::reader::ChunkReader;
use std::fmt::Write;

/// What the end of the file says.
pub(super) struct Shape {
    pub(super) columns: Vec<String>,
    pub(super) rows: Option<u64>,
}

/// Reads the shape, and the rows of some columns (all where none are named) if so many at a time are asked for.
fn read(
    source: &Source,
    batch: Option<(Option<&[usize]>, usize)>,
) -> Result<(Shape, Option<ParquetRecordBatchReader>), ReadError> {
    match source.whole()? {
        Whole::File(file) => read_from(source, file, batch),
        Whole::Bytes(bytes) => read_from(source, bytes, batch),
    }
}

fn read_from(
    source: &Source,
    input: impl ChunkReader + 'static,
    batch: Option<(Option<&[usize]>, usize)>,
) -> Result<(Shape, Option<ParquetRecordBatchReader>), ReadError> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(input).map_err(|e| damaged(source, &e))?;
    let shape = Shape {
        columns: builder.schema().fields().iter().map(|f| f.name().clone()).collect(),
        rows: u64::try_from(builder.metadata().file_metadata().num_rows()).ok(),
    };
    let Some((places, rows)) = batch else { return Ok((shape, None)) };
    let mask = match places {
        Some(places) => ProjectionMask::roots(builder.parquet_schema(), places.iter().copied()),
        None => ProjectionMask::all(),
    };
    let reader = builder.with_projection(mask).with_batch_size(rows.max(1)).build().map_err(|e| damaged(source, &e))?;
    Ok((shape, Some(reader)))
}

pub(super) fn shape(source: &Source) -> Result<Shape, ReadError> {
    read(source, None).map(|(shape, _)| shape)
}

pub(super) fn reading(source: &Source) -> Result<Reading, ReadError> {
    Ok(Reading { form: Form::Parquet, top: vec![shape(source)?.columns] })
}

/// Batches of some columns as the file has them, in the order asked for.
pub(super) fn batches(
    source: &Source,
    places: &[usize],
    rows: usize,
) -> Result<(SchemaRef, impl Iterator<Item = Result<RecordBatch, ReadError>> + use<>), ReadError> {
    let (_, reader) = read(source, Some((Some(places), rows)))?;
    // a projection keeps the file's order; put the columns in the order asked for
    let mut kept = places.to_vec();
    kept.sort_unstable();
    kept.dedup();
    let order: Vec<usize> = places.iter().filter_map(|p| kept.binary_search(p).ok()).collect();
    let name = source.name().to_owned();
    let bad = move |e: &dyn std::fmt::Display| ReadError::Damaged {
        file: name.clone(),
        form: "Parquet",
        reason: e.to_string(),
    };
    let schema = reader.as_ref().map(|reader| reader.schema().project(&order)).transpose().map_err(|e| bad(&e))?;
    let put =
        move |read: Result<RecordBatch, ArrowError>| read.and_then(|batch| batch.project(&order)).map_err(|e| bad(&e));
    Ok((schema.unwrap_or_else(Schema::empty).into(), reader.into_iter().flatten().map(put)))
}

/// The rows, as text.
pub(super) struct Cursor {
    reader: Option<ParquetRecordBatchReader>,
    columns: Vec<Column>,
    rows: usize,
    at: usize,
    given: u64,
    text: String,
}

impl Cursor {
    pub(super) fn open(source: &Source) -> Result<Self, ReadError> {
        let (_, reader) = read(source, Some((None, CHUNK)))?;
        Ok(Self { reader, columns: Vec::new(), rows: 0, at: 0, given: 0, text: String::new() })
    }

    pub(super) fn next(&mut self, source: &Source, row: &mut Row) -> Result<bool, ReadError> {
        row.begin();
        while self.at >= self.rows {
            let Some(batch) = self.reader.as_mut().and_then(Iterator::next) else { return Ok(false) };
            let batch = batch.map_err(|e| damaged(source, &e))?;
            self.columns = batch.columns().iter().map(Column::of).collect();
            (self.rows, self.at) = (batch.num_rows(), 0);
        }
        for (at, column) in self.columns.iter().enumerate() {
            self.text.clear();
            if column.write(self.at, &mut self.text) {
                row.marks.push((u32::try_from(at).unwrap_or(u32::MAX), Mark::Float));
            }
            row.cells.push(self.text.as_bytes());
        }
        self.at += 1;
        self.given += 1;
        row.line = self.given;
        Ok(true)
    }
}

/// A column, and for a dictionary its values and the place of each row's.
struct Column {
    array: ArrayRef,
    dictionary: Option<(ArrayRef, Vec<usize>)>,
}

impl Column {
    fn of(array: &ArrayRef) -> Self {
        // a dictionary without values has only nulls
        let dictionary = array.as_any_dictionary_opt().filter(|d| !d.values().is_empty());
        Self { array: array.clone(), dictionary: dictionary.map(|d| (d.values().clone(), d.normalized_keys())) }
    }

    /// Writes the value of a row; says whether it was a float too long for its digits.
    fn write(&self, row: usize, out: &mut String) -> bool {
        if !self.array.is_valid(row) {
            return false;
        }
        match &self.dictionary {
            None => cell(&self.array, row, out),
            Some((values, keys)) => {
                let place = keys.get(row).copied().unwrap_or_default();
                values.is_valid(place) && cell(values, place, out)
            }
        }
    }
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

fn damaged(source: &Source, reason: &dyn std::fmt::Display) -> ReadError {
    source.damaged("Parquet", reason)
}
