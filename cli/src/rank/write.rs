//! The places as a new table: CSV or Parquet, under its own name only once it is whole.

use super::part::{FromCell, Part, ScoreKind};
use super::{RankArgs, TableError};
use crate::failure::Failure;
use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt8Array, UInt64Array};
use arrow_schema::{DataType, Field, Schema};
use bansos_arrow::ranking::{ColumnScore, to_array};
use bansos_registers::shown_path;
use bansos_registers::write::{OutFile, SafeCsv};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A table of places in the making.
pub(super) struct Out {
    target: PathBuf,
    writer: Writer,
    schema: Arc<Schema>,
}

enum Writer {
    Csv(SafeCsv),
    Parquet(ArrowWriter<OutFile>),
}

fn is(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending))
}

/// Refuses an unknown ending before any work is done.
pub(super) fn check_ending(path: &Path) -> Result<(), Failure> {
    let known = is(path, "csv") || is(path, "parquet");
    known.then_some(()).ok_or_else(|| Failure::usage(TableError::Ending { path: shown_path(path) }))
}

/// Names of the columns of places: `desil`, then `desil_<column>` for each group column.
pub(super) fn part_names(args: &RankArgs) -> Vec<String> {
    let word = if args.percentiles { "persentil" } else { "desil" };
    std::iter::once(word.to_owned()).chain(args.groups.iter().map(|g| format!("{word}_{g}"))).collect()
}

impl Out {
    pub(super) fn begin(path: &Path, args: &RankArgs) -> Result<Self, Failure> {
        let mut fields = vec![Field::new("baris", DataType::UInt64, false)];
        fields.extend(args.key.iter().map(|key| Field::new(key, DataType::Utf8, true)));
        fields.push(Field::new("skor", DataType::Utf8, true));
        fields.extend(part_names(args).into_iter().map(|name| Field::new(name, DataType::UInt8, true)));
        let schema = Arc::new(Schema::new(fields));
        let writer = if is(path, "csv") {
            let header: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
            Writer::Csv(SafeCsv::begin(path, &header)?)
        } else {
            let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
            let file = OutFile::begin(path)?;
            let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties));
            Writer::Parquet(writer.map_err(|e| Failure::output(path, e))?)
        };
        Ok(Self { target: path.to_owned(), writer, schema })
    }

    /// Adds the rows of one part.
    pub(super) fn rows<S: ColumnScore + FromCell>(
        &mut self,
        first_row: u64,
        part: &Part<S>,
        all: &[Vec<u8>],
        kind: ScoreKind,
    ) -> Result<(), Failure> {
        let score = |row: usize| part.score(row).map(|s| s.show(kind));
        match &mut self.writer {
            Writer::Csv(out) => {
                for row in 0..part.rows() {
                    let mut cells = vec![(first_row + row as u64 + 1).to_string()];
                    cells.extend(part.keys.as_ref().map(|_| part.key(row).unwrap_or_default()));
                    cells.push(score(row).unwrap_or_default());
                    let places = all.iter().map(|parts| parts.get(row).copied().unwrap_or(0));
                    cells.extend(places.map(|p| if p == 0 { String::new() } else { p.to_string() }));
                    out.row(cells.iter().map(String::as_str))?;
                }
            }
            Writer::Parquet(out) => {
                let rows = 0..part.rows();
                let numbers = rows.clone().map(|row| first_row + row as u64 + 1);
                let mut columns: Vec<ArrayRef> = vec![Arc::new(UInt64Array::from_iter_values(numbers))];
                if part.keys.is_some() {
                    columns.push(Arc::new(rows.clone().map(|row| part.key(row)).collect::<StringArray>()));
                }
                columns.push(Arc::new(rows.map(score).collect::<StringArray>()));
                for parts in all {
                    let parts: UInt8Array = to_array(parts.clone());
                    columns.push(Arc::new(parts));
                }
                let batch = RecordBatch::try_new(self.schema.clone(), columns);
                let batch = batch.map_err(|e| Failure::output(&self.target, e))?;
                out.write(&batch).map_err(|e| Failure::output(&self.target, e))?;
            }
        }
        Ok(())
    }

    /// Gives the finished file its name.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let target = self.target;
        match self.writer {
            Writer::Csv(out) => out.finish()?,
            Writer::Parquet(out) => out.into_inner().map_err(|e| Failure::output(&target, e))?.finish()?,
        }
        Ok(())
    }
}
