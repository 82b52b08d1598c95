//! Parquet: every column as text, numbers with all their digits; or as it is, in batches.

use super::row::Row;
use super::source::{Source, Whole};
use super::values::{self, Column};
use super::{CHUNK, Form, Reading};
use crate::ReadError;
use arrow_array::{RecordBatch, RecordBatchReader as _};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::reader::ChunkReader;

/// What the end of the file says.
pub(super) struct Shape {
    pub(super) columns: Vec<String>,
    pub(super) rows: Option<u64>,
    /// Columns whose kind is no cell, with the word for it.
    pub(super) unreadable: Vec<(usize, String)>,
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
        unreadable: (0..)
            .zip(builder.schema().fields())
            .filter_map(|(at, field)| Some((at, values::unreadable(field.data_type())?)))
            .collect(),
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
    let Shape { columns, unreadable, .. } = shape(source)?;
    Ok(Reading { form: Form::Parquet { unreadable }, top: vec![columns] })
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
    let damaged = source.damaged("Parquet");
    let bad = move |_: ArrowError| damaged.clone();
    let schema = reader.as_ref().map(|reader| reader.schema().project(&order)).transpose().map_err(&bad)?;
    let put = move |read: Result<RecordBatch, ArrowError>| read.and_then(|batch| batch.project(&order)).map_err(&bad);
    Ok((schema.unwrap_or_else(Schema::empty).into(), reader.into_iter().flatten().map(put)))
}

/// The rows, as text.
pub(super) struct Cursor {
    reader: Option<ParquetRecordBatchReader>,
    columns: Vec<Column>,
    rows: usize,
    at: usize,
    given: u64,
    bytes: Vec<u8>,
}

impl Cursor {
    pub(super) fn open(source: &Source) -> Result<Self, ReadError> {
        let (_, reader) = read(source, Some((None, CHUNK)))?;
        Ok(Self { reader, columns: Vec::new(), rows: 0, at: 0, given: 0, bytes: Vec::new() })
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
            self.bytes.clear();
            if let Some(mark) = column.write(self.at, &mut self.bytes) {
                row.mark(at, mark);
            }
            row.cells.push(&self.bytes);
        }
        self.at += 1;
        self.given += 1;
        row.line = self.given;
        Ok(true)
    }
}

/// Of the library's own words none: they may quote the file.
fn damaged(source: &Source, _: &dyn std::fmt::Display) -> ReadError {
    source.damaged("Parquet")
}
