//! Parquet: every column as text, numbers with all their digits; or as it is, in batches.
//!
//! Nothing that the file says of itself is believed: its end and what its pages say are looked at first ([`footer`], [`pages`]), texts
//! are read as views of their pages, so that one value may stand in a million rows and takes no memory, and a fault of the library
//! in a page that it did not expect is damage.

mod footer;
mod pages;
mod settle;
mod thrift;

use super::row::{Row, whole_text};
use super::source::{Source, Whole};
use super::values::{self, Column};
use super::{CHUNK, Form, Limits, Reading, TOP, TOP_BYTES};
use crate::ReadError;
use crate::damage::{Damage, Spot};
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use bansos::plumbing::shielded;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels, parquet_to_arrow_schema};
use std::sync::Arc;

/// What the end of the file says.
pub(super) struct Shape {
    pub(super) columns: Vec<String>,
    pub(super) rows: Option<u64>,
    /// Columns whose kind is no cell, with the word for it.
    pub(super) unreadable: Vec<(usize, String)>,
}

/// A file whose end was read.
struct File {
    input: Arc<Whole>,
    said: ArrowReaderMetadata,
}

impl File {
    fn open(source: &Source) -> Result<Self, ReadError> {
        let input = Arc::new(source.whole()?);
        let said = or_damaged(source, || {
            let said = footer::read(&*input)?;
            ArrowReaderMetadata::try_new(Arc::new(said), ArrowReaderOptions::new()).map_err(|_| Damage::Content)
        })?;
        let (columns, all) = (said.schema().fields().len(), said.parquet_schema().root_schema().get_fields().len());
        // columns are found by their number
        if columns == all { Ok(Self { input, said }) } else { Err(damaged(source, Damage::Content)) }
    }

    fn shape(&self) -> Shape {
        let fields = self.said.schema().fields();
        let unreadable =
            (0..).zip(fields).filter_map(|(at, field)| Some((at, values::unreadable(field.data_type())?))).collect();
        Shape {
            columns: fields.iter().map(|f| f.name().clone()).collect(),
            rows: u64::try_from(self.said.metadata().file_metadata().num_rows()).ok(),
            unreadable,
        }
    }

    /// The kinds that columns are read as: texts and bytes as views, whatever the file would have them made into.
    fn kinds(&self) -> Result<Fields, Damage> {
        let own = parquet_to_arrow_schema(self.said.parquet_schema(), None).map_err(|_| Damage::Content)?;
        let as_view = |(wanted, own): (&Arc<Field>, &Arc<Field>)| {
            let kind = match own.data_type() {
                DataType::Utf8 => DataType::Utf8View,
                DataType::Binary => DataType::BinaryView,
                _ => settle::values(wanted.data_type()).clone(),
            };
            wanted.as_ref().clone().with_data_type(kind)
        };
        Ok(self.said.schema().fields().iter().zip(own.fields()).map(as_view).collect())
    }

    /// Reads some columns, at most so many rows at a time.
    fn rows(&self, places: &[usize], most: usize, limits: &Limits) -> Result<ParquetRecordBatchReader, Damage> {
        let said = self.said.metadata();
        let schema = said.file_metadata().schema_descr();
        let chosen = |leaf: &usize| places.contains(&schema.get_column_root_idx(*leaf));
        let leaves: Vec<usize> = (0..schema.num_columns()).filter(chosen).collect();
        let most = pages::rows_at_a_time(&*self.input, said, &leaves, limits)?.min(most).max(1);
        let mask = ProjectionMask::leaves(schema, leaves);
        let kinds = self.kinds()?;
        let levels = parquet_to_arrow_field_levels(schema, mask, Some(&kinds)).map_err(|_| Damage::Content)?;
        let groups = pages::Groups::new(self.input.clone(), said.clone());
        ParquetRecordBatchReader::try_new_with_row_groups(&levels, &groups, most, None).map_err(|_| Damage::Content)
    }
}

pub(super) fn shape(source: &Source) -> Result<Shape, ReadError> {
    File::open(source).map(|file| file.shape())
}

pub(super) fn reading(source: &Source) -> Result<Reading, ReadError> {
    let Shape { columns, unreadable, .. } = shape(source)?;
    let unnamed = columns.iter().filter(|name| is_no_name(name)).count() * 2 > columns.len();
    let mut top = vec![columns];
    if unnamed {
        let mut cursor = Cursor::open(source, &Limits::default())?;
        let (mut row, mut bytes) = (Row::new(), 0);
        while top.len() < TOP && bytes < TOP_BYTES && cursor.next(source, &mut row)? {
            bytes += row.cells.size();
            top.push(row.cells.iter().map(whole_text).collect());
        }
    }
    Ok(Reading { form: Form::Parquet { unreadable }, top })
}

/// What a program calls a column when the table had no names: `0`, `Unnamed: 1`, `column_1`, `_c0`, `V1`. The header then
/// stands among the rows.
fn is_no_name(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let word = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.'));
    word.is_empty()
        || matches!(word, "unnamed:" | "unnamed: " | "unnamed")
        || (word.len() < lower.len()
            && matches!(word, "column" | "col" | "kolom" | "_c" | "c" | "v" | "x" | "f" | "field"))
}

/// Rows of a batch at most, however many are asked for.
const BATCH: usize = 1 << 16;

/// Batches of some columns with the kinds that the file has, dictionaries as their values, in the order asked for.
pub(super) fn batches(
    source: &Source,
    places: &[usize],
    rows: usize,
    limits: Limits,
) -> Result<(SchemaRef, impl Iterator<Item = Result<RecordBatch, ReadError>> + use<>), ReadError> {
    let file = File::open(source)?;
    let mut reader = or_damaged(source, || file.rows(places, rows.min(BATCH), &limits))?;
    // a projection keeps the file's order; put the columns in the order asked for
    let mut kept = places.to_vec();
    kept.sort_unstable();
    kept.dedup();
    let order: Vec<usize> = places.iter().filter_map(|p| kept.binary_search(p).ok()).collect();
    let field = |place: &usize| {
        let field = file.said.schema().fields().get(*place)?;
        Some(field.as_ref().clone().with_data_type(settle::values(field.data_type()).clone()))
    };
    let schema = Arc::new(Schema::new(places.iter().filter_map(field).collect::<Vec<_>>()));
    let (file, own) = (source.name().to_owned(), schema.clone());
    let next = move || {
        let batch = shielded(|| reader.next().transpose()).ok().and_then(Result::ok);
        let batch = match batch {
            Some(None) => return None,
            Some(Some(batch)) => batch.project(&order).map_err(|_| Damage::Content),
            None => Err(Damage::Content),
        };
        let batch = batch.and_then(|batch| settle::batch(&batch, &own, limits.strings));
        Some(batch.map_err(|reason| damage(&file, reason)))
    };
    Ok((schema, std::iter::from_fn(next)))
}

/// The rows, as text.
pub(super) struct Cursor {
    reader: ParquetRecordBatchReader,
    /// The columns of a batch, each with its place in the file.
    columns: Vec<(usize, Column)>,
    places: Vec<usize>,
    width: usize,
    rows: usize,
    at: usize,
    given: u64,
    /// Bytes of the cells, and how many there may be.
    text: u64,
    most: u64,
    record: usize,
    bytes: Vec<u8>,
}

/// Bytes that a cell counts as, besides its own.
const CELL: u64 = 8;
/// A file whose cells come to more than the limit may still have so many times its size: columns of few values pack well.
const PACKED: u64 = 1 << 10;

impl Cursor {
    pub(super) fn open(source: &Source, limits: &Limits) -> Result<Self, ReadError> {
        let file = File::open(source)?;
        let Shape { columns, unreadable, .. } = file.shape();
        let width = columns.len();
        let places: Vec<usize> = (0..width).filter(|at| !unreadable.iter().any(|(other, _)| other == at)).collect();
        let reader = or_damaged(source, || file.rows(&places, CHUNK, limits))?;
        let most = limits.text.max(source.size().unwrap_or(0).saturating_mul(PACKED));
        let (columns, bytes, record) = (Vec::new(), Vec::new(), limits.record);
        Ok(Self { reader, columns, places, width, rows: 0, at: 0, given: 0, text: 0, most, record, bytes })
    }

    /// Goes on to the next batch; says whether there was one.
    fn load(&mut self, source: &Source) -> Result<bool, ReadError> {
        // the pages of the last batch go before those of the next come
        self.columns.clear();
        let batch = or_damaged(source, || self.reader.next().transpose().map_err(|_| Damage::Content))?;
        let Some(batch) = batch else { return Ok(false) };
        self.columns = self
            .places
            .iter()
            .copied()
            .zip(batch.columns().iter().map(settle::bytes).map(|c| Column::of(&c)))
            .collect();
        (self.rows, self.at) = (batch.num_rows(), 0);
        Ok(true)
    }

    pub(super) fn next(&mut self, source: &Source, row: &mut Row) -> Result<bool, ReadError> {
        row.begin();
        while self.at >= self.rows {
            if !self.load(source)? {
                return Ok(false);
            }
        }
        let (mut columns, mut size) = (self.columns.iter().peekable(), 0usize);
        for at in 0..self.width {
            self.bytes.clear();
            // a column of lists is an empty cell
            if let Some((_, column)) = columns.next_if(|(place, _)| *place == at)
                && let Some(mark) = column.write(self.at, &mut self.bytes)
            {
                row.mark(at, mark);
            }
            size = size.saturating_add(self.bytes.len());
            if size > self.record {
                return Err(damaged(source, Damage::Long));
            }
            row.cells.push(&self.bytes);
        }
        self.text = self.text.saturating_add(size as u64 + CELL * self.width as u64);
        if self.text > self.most {
            return Err(damaged(source, Damage::Text));
        }
        self.at += 1;
        self.given += 1;
        row.line = self.given;
        Ok(true)
    }
}

/// What the library panics at is damage like what it refuses.
fn or_damaged<T>(source: &Source, work: impl FnOnce() -> Result<T, Damage>) -> Result<T, ReadError> {
    shielded(work).unwrap_or(Err(Damage::Content)).map_err(|reason| damaged(source, reason))
}

fn damaged(source: &Source, reason: Damage) -> ReadError {
    damage(source.name(), reason)
}

/// Of the library's own words none: they may quote the file.
fn damage(file: &str, reason: Damage) -> ReadError {
    ReadError::Damaged { file: file.to_owned(), form: "Parquet", reason, place: Spot::default() }
}
