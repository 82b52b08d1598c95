//! Reading some columns of a CSV or Parquet table, batch by batch, as often as needed.

use super::{TableError, unreadable};
use crate::failure::Failure;
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A table that can be read again and again.
pub(super) struct Source {
    path: PathBuf,
    kind: Kind,
    /// Names of the columns, as the header has them.
    pub(super) columns: Vec<String>,
    /// Rows, where the file says so itself.
    pub(super) rows: Option<u64>,
}

enum Kind {
    Csv { delimiter: u8 },
    Parquet,
}

type Batches<'s> = Box<dyn Iterator<Item = Result<RecordBatch, Failure>> + 's>;

impl Source {
    /// Looks at the beginning of a file: what it is, and what columns it has.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let mut start = BufReader::new(File::open(path).map_err(|e| unreadable(path, e))?);
        let head = start.fill_buf().map_err(|e| unreadable(path, e))?;
        if head.starts_with(b"PAR1") {
            let reader = Self::parquet(path)?;
            let columns = reader.schema().fields().iter().map(|f| f.name().clone()).collect();
            let rows = u64::try_from(reader.metadata().file_metadata().num_rows()).ok();
            return Ok(Self { path: path.to_owned(), kind: Kind::Parquet, columns, rows });
        }
        let delimiter = delimiter(head);
        let mut reader = Self::csv(path, delimiter)?;
        let header = reader.headers().map_err(|e| unreadable(path, e))?;
        let columns = header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_owned()).collect();
        Ok(Self { path: path.to_owned(), kind: Kind::Csv { delimiter }, columns, rows: None })
    }

    /// The place of a column by its name, upper or lower case.
    pub(super) fn find(&self, name: &str) -> Result<usize, Failure> {
        let exact = self.columns.iter().position(|c| c == name);
        let like = || self.columns.iter().position(|c| c.eq_ignore_ascii_case(name));
        exact.or_else(like).ok_or_else(|| Failure::usage(TableError::NoColumn { column: name.to_owned() }))
    }

    /// Reads the columns at these places, in this order. CSV columns come as text, an empty cell as null.
    pub(super) fn read(&self, places: &[usize], batch: usize) -> Result<Batches<'_>, Failure> {
        match self.kind {
            Kind::Parquet => self.read_parquet(places, batch),
            Kind::Csv { delimiter } => self.read_csv(places, batch, delimiter),
        }
    }

    fn parquet(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, Failure> {
        let file = File::open(path).map_err(|e| unreadable(path, e))?;
        ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| unreadable(path, e))
    }

    fn read_parquet(&self, places: &[usize], batch: usize) -> Result<Batches<'_>, Failure> {
        let builder = Self::parquet(&self.path)?;
        let mask = ProjectionMask::roots(builder.parquet_schema(), places.iter().copied());
        let reader = builder.with_projection(mask).with_batch_size(batch).build();
        let reader = reader.map_err(|e| unreadable(&self.path, e))?;
        // a projection keeps the file's order; put the columns in the order asked for
        let mut kept = places.to_vec();
        kept.sort_unstable();
        kept.dedup();
        let order: Vec<usize> = places.iter().filter_map(|p| kept.binary_search(p).ok()).collect();
        let shape = move |read: Result<RecordBatch, arrow_schema::ArrowError>| {
            read.and_then(|batch| batch.project(&order)).map_err(|e| unreadable(&self.path, e))
        };
        Ok(Box::new(reader.map(shape)))
    }

    fn csv(path: &Path, delimiter: u8) -> Result<csv::Reader<File>, Failure> {
        let build = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_path(path);
        build.map_err(|e| unreadable(path, e))
    }

    fn read_csv(&self, places: &[usize], batch: usize, delimiter: u8) -> Result<Batches<'_>, Failure> {
        let mut reader = Self::csv(&self.path, delimiter)?;
        let places = places.to_vec();
        let fields: Vec<Field> = (0..places.len()).map(|n| Field::new(n.to_string(), DataType::Utf8, true)).collect();
        let schema = Arc::new(Schema::new(fields));
        let mut record = csv::ByteRecord::new();
        Ok(Box::new(std::iter::from_fn(move || {
            let mut columns: Vec<StringBuilder> = places.iter().map(|_| StringBuilder::new()).collect();
            let mut rows = 0;
            while rows < batch {
                match reader.read_byte_record(&mut record) {
                    Ok(true) => rows += 1,
                    Ok(false) => break,
                    Err(e) => return Some(Err(unreadable(&self.path, e))),
                }
                for (column, place) in columns.iter_mut().zip(&places) {
                    let cell = String::from_utf8_lossy(record.get(*place).unwrap_or_default());
                    let cell = cell.trim();
                    column.append_option(Some(cell).filter(|c| !c.is_empty()));
                }
            }
            let columns = columns.into_iter().map(|mut c| Arc::new(c.finish()) as ArrayRef).collect();
            let batch = RecordBatch::try_new(schema.clone(), columns);
            (rows > 0).then(|| batch.map_err(|e| unreadable(&self.path, e)))
        })))
    }
}

/// The likeliest delimiter of the first line.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |d: u8| line.iter().filter(|&&b| b == d).count();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|&d| count(d)).unwrap_or(b',')
}
