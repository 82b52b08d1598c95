//! Files as rows of text cells, whatever their form. Rows come in chunks, in order, so that a file of gigabytes passes
//! through in constant memory.

mod delimited;
mod limit;
mod named;
mod parquet;
mod sheet;

pub use named::read_columns;

use crate::ReadError;
use csv::ByteRecord;
use std::path::{Path, PathBuf};

/// Rows of the top of a file that are looked at for a header.
pub(crate) const TOP: usize = 40;
/// Rows in a chunk.
pub(crate) const CHUNK: usize = 4096;

/// What is noteworthy about one cell of a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Stored as a float.
    Float,
    /// An error such as #N/A.
    Error,
}

/// Consecutive rows.
#[derive(Default)]
pub(crate) struct Chunk {
    /// 1-based data row of the first record.
    pub(crate) first: u32,
    pub(crate) rows: Vec<ByteRecord>,
    /// (place in `rows`, column, mark), in order.
    pub(crate) marks: Vec<(u32, u32, Mark)>,
    /// Bytes of the file read so far, where known.
    pub(crate) bytes: u64,
    /// How many of the rows had been swallowed by an open quote.
    pub(crate) freed: u32,
}

/// One way to read a file, with the rows it gives at the top.
pub(crate) struct Reading {
    pub(crate) form: Form,
    pub(crate) top: Vec<Vec<String>>,
}

/// How a file is read.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    Delimited { delimiter: u8, encoding: &'static str },
    Sheet { name: String, kind: sheet::Kind, others: u32 },
    Parquet,
}

/// Whether the name ends like a file this module can read.
pub(crate) fn is_table(path: &Path) -> bool {
    matches!(extension(path).as_str(), "csv" | "txt" | "tsv" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "parquet")
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// File name without its folder.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

pub(crate) fn io(path: &Path) -> impl Fn(std::io::Error) -> ReadError {
    let file = file_name(path);
    move |e| ReadError::Io { file: file.clone(), reason: e.to_string() }
}

/// Every way to read the file that is worth trying.
pub(crate) fn readings(path: &Path) -> Result<Vec<Reading>, ReadError> {
    if std::fs::metadata(path).map_err(io(path))?.len() == 0 {
        return Err(ReadError::Empty { file: file_name(path) });
    }
    match extension(path).as_str() {
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => sheet::readings(path),
        "parquet" => Ok(vec![parquet::reading(path)?]),
        _ => delimited::readings(path),
    }
}

/// Passes every row below the first `skip` on, in chunks. `columns` is the width of the header.
pub(crate) fn stream(
    path: &Path,
    form: &Form,
    skip: usize,
    columns: usize,
    sink: &mut dyn FnMut(Chunk) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    match form {
        Form::Delimited { delimiter, .. } => delimited::stream(path, *delimiter, skip, columns, sink),
        Form::Sheet { name, kind, .. } => sheet::stream(path, *kind, name, skip, columns, sink),
        Form::Parquet => parquet::stream(path, sink),
    }
}

/// The tables of a folder, in the order of their names. Folders inside are not entered.
pub(crate) fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let name = || file_name(folder);
    if !folder.is_dir() {
        return Err(ReadError::NoFolder { folder: name() });
    }
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io(folder))? {
        let path = entry.map_err(io(folder))?.path();
        // ~$x.xlsx is the lock of an open workbook, a dot file is nobody's register
        let hidden = file_name(&path).starts_with(['.', '~']);
        if path.is_file() && is_table(&path) && !hidden {
            all.push(path);
        }
    }
    all.sort();
    if all.is_empty() { Err(ReadError::NoFiles { folder: name() }) } else { Ok(all) }
}

/// Collects rows and hands them on in chunks.
pub(crate) struct Chunker<'a> {
    chunk: Chunk,
    next: u64,
    file: String,
    sink: &'a mut dyn FnMut(Chunk) -> Result<(), ReadError>,
}

impl<'a> Chunker<'a> {
    pub(crate) fn new(path: &Path, sink: &'a mut dyn FnMut(Chunk) -> Result<(), ReadError>) -> Self {
        Self { chunk: Chunk { first: 1, ..Chunk::default() }, next: 1, file: file_name(path), sink }
    }

    pub(crate) fn push(&mut self, row: ByteRecord, bytes: u64) -> Result<(), ReadError> {
        if self.next >= u64::from(u32::MAX) {
            return Err(ReadError::TooManyRows { file: self.file.clone() });
        }
        self.next += 1;
        self.chunk.rows.push(row);
        self.chunk.bytes = bytes;
        if self.chunk.rows.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    /// Notes that the row that is pushed next had been swallowed.
    pub(crate) fn free(&mut self) {
        self.chunk.freed += 1;
    }

    /// Marks a cell of the row that is pushed next.
    pub(crate) fn mark(&mut self, column: usize, mark: Mark) {
        let row = u32::try_from(self.chunk.rows.len()).unwrap_or(u32::MAX);
        self.chunk.marks.push((row, u32::try_from(column).unwrap_or(u32::MAX), mark));
    }

    pub(crate) fn flush(&mut self) -> Result<(), ReadError> {
        if self.chunk.rows.is_empty() {
            return Ok(());
        }
        let first = u32::try_from(self.next).unwrap_or(u32::MAX);
        let full = std::mem::replace(&mut self.chunk, Chunk { first, ..Chunk::default() });
        (self.sink)(full)
    }
}
