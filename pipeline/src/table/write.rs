//! A table of named columns, written as Parquet.

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema};
use bansos_registers::write::{OutFile, WriteError};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use rayon::prelude::*;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Columns of one length, in order.
#[derive(Default)]
pub(crate) struct Table {
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
}

impl Table {
    pub(crate) fn add(&mut self, name: &str, column: ArrayRef) {
        self.fields.push(Field::new(name, column.data_type().clone(), true));
        self.columns.push(column);
    }

    fn batch(self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.columns)
    }

    /// Writes the whole table.
    pub(crate) fn write(self, path: &Path) -> Result<(), WriteError> {
        let mut whole = Some(self);
        write_batches(path, std::iter::from_fn(move || whole.take().map(Self::batch)))
    }
}

/// Rows made at a time: enough to keep all cores busy, few enough that a nation's columns never lie in memory at once.
const CHUNK: u32 = 65_536;

/// Writes a table of `rows` rows, made chunk by chunk on all cores and written in order.
pub(crate) fn write_chunks(
    path: &Path,
    rows: usize,
    chunk: impl Fn(Range<u32>) -> Table + Sync,
) -> Result<(), WriteError> {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    let starts: Vec<u32> = (0..rows.max(1)).step_by(CHUNK as usize).collect();
    let waves = starts.chunks(rayon::current_num_threads()).flat_map(|wave| {
        let made: Vec<_> =
            wave.par_iter().map(|from| chunk(*from..rows.min(from.saturating_add(CHUNK))).batch()).collect();
        made
    });
    write_batches(path, waves)
}

fn write_batches(
    path: &Path,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
) -> Result<(), WriteError> {
    let mut batches = batches.peekable();
    let mut written = || -> Result<(), ParquetError> {
        let ours = |e: WriteError| ParquetError::External(Box::new(e));
        let Some(Ok(first)) = batches.peek() else { return Ok(()) };
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("bansos ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let mut writer = ArrowWriter::try_new(OutFile::begin(path).map_err(ours)?, first.schema(), Some(properties))?;
        for batch in batches.by_ref() {
            writer.write(&batch?)?;
        }
        writer.into_inner()?.finish().map_err(ours)
    };
    written().map_err(|e| WriteError::refused(path, e))
}
