//! **The reader of tables**: CSV of any delimiter, quoting and encoding, XLSX, XLS, XLSB, ODS, Parquet and the tables of web
//! pages, from a path, from bytes or from a stream.
//!
//! What a file is, its first bytes say, not its name. The header may stand below title rows, and a column is found by one
//! rule everywhere: its name without case, spaces, `_` and punctuation. Rows stream: of no form but XLS more than
//! a block lies in memory.
//!
//! ```
//! use bansos_registers::table::Table;
//! let csv = "Hasil verivali 2024\nID BDT;Nama;Hasil_Verivali\nR1;NGATINI;6\n";
//! let table = Table::options().looking_for(["id_bdt"]).from_bytes("hasil.csv", csv)?;
//! let (id, result) = (table.column("id_bdt")?, table.column("hasil verivali")?);
//! for row in table.rows()? {
//!     let row = row?;
//!     assert_eq!((row.text(id).as_ref(), row.text(result).as_ref(), row.line()), ("R1", "6", 3));
//! }
//! // an absent column is refused with the nearest ones of the file
//! assert!(table.column("hasil_verval").unwrap_err().to_string().contains("Hasil_Verivali"));
//! # Ok::<(), bansos_registers::ReadError>(())
//! ```

mod batches;
mod book;
mod delimited;
mod form;
mod header;
mod html;
mod limits;
mod options;
mod parquet;
mod records;
mod row;
mod source;
mod stream;
mod values;

pub use crate::damage::{Damage, Spot};
pub use batches::Batches;
pub use header::Column;
pub use limits::Limits;
pub use options::Options;
pub use row::Row;

pub(crate) use form::{Encoding, Magic};
pub(crate) use header::{has_names, is_value};
pub(crate) use row::{Cells, Mark, decode};
pub(crate) use source::Source;
pub(crate) use stream::{Blanks, Chunk, Stream};

use crate::{ReadError, shown_name};
use std::path::Path;

/// Rows of the top of a file that are looked at for a header.
const TOP: usize = 40;
/// Bytes of the top; further rows are not looked at.
const TOP_BYTES: usize = 4 << 20;
/// Rows in a chunk.
const CHUNK: usize = 4096;
/// Bytes after which a chunk takes no further row.
const CHUNK_BYTES: usize = 4 << 20;

/// One way to read a file, with the rows it gives at the top.
pub(crate) struct Reading {
    pub(crate) form: Form,
    pub(crate) top: Vec<Vec<String>>,
}

/// How a file is read.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    Delimited {
        /// Without one, one value a line.
        delimiter: Option<u8>,
        encoding: Encoding,
        /// Lines are one cell within quotes, which has the others.
        in_quotes: bool,
    },
    Sheet {
        name: String,
        sheet: book::Sheet,
        /// Whoever opens the workbook does not see it.
        hidden: bool,
    },
    /// A table of a web page.
    Html {
        place: html::Place,
        /// What it is called, where the page has several.
        name: Option<String>,
        /// Lines of the page, as Excel shows it, in which the rows at the top stand.
        lines: Vec<u64>,
    },
    Parquet {
        /// Columns whose kind is no cell, with the word for it.
        unreadable: Vec<(usize, String)>,
    },
}

impl Form {
    /// The name of the sheet, or of the table of a page that has several.
    pub(crate) fn sheet(&self) -> Option<&str> {
        match self {
            Self::Sheet { name, .. } => Some(name),
            Self::Html { name, .. } => name.as_deref(),
            Self::Delimited { .. } | Self::Parquet { .. } => None,
        }
    }

    /// Whether it is a sheet that nobody sees.
    pub(crate) fn is_hidden(&self) -> bool {
        matches!(self, Self::Sheet { hidden: true, .. })
    }

    /// Whether its day numbers count from 1904.
    pub(crate) fn counts_from_1904(&self) -> bool {
        matches!(self, Self::Sheet { sheet, .. } if sheet.counts_from_1904())
    }

    /// The kind of a column that cannot be read as cells.
    pub(crate) fn unreadable(&self, place: usize) -> Option<&str> {
        let Self::Parquet { unreadable } = self else { return None };
        unreadable.iter().find(|(at, _)| *at == place).map(|(_, kind)| kind.as_str())
    }
}

/// Whether the name ends like a file this module can read.
pub(crate) fn is_table(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    matches!(extension.as_str(), "csv" | "txt" | "tsv" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "parquet")
}

/// File name without its folder, as it may be shown.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|n| shown_name(&n.to_string_lossy())).unwrap_or_default()
}

/// Every way to read the file that is worth trying.
pub(crate) fn readings(source: &Source, limits: &Limits) -> Result<Vec<Reading>, ReadError> {
    let head = source.head()?;
    if head.is_empty() {
        return Err(ReadError::Empty { file: source.name().to_owned() });
    }
    match Magic::read(&head) {
        magic @ (Magic::Zip | Magic::Compound) => book::readings(source, magic, limits),
        Magic::Parquet => Ok(vec![parquet::reading(source)?]),
        Magic::Text if form::is_parts(&head) => Err(ReadError::WebPage { file: source.name().to_owned() }),
        Magic::Text if form::is_markup(&head) => html::readings(source, limits),
        Magic::Text => delimited::readings(source, limits),
    }
}

/// An open table: one header, and rows below it that can be read as often as needed (from a stream, once).
pub struct Table {
    source: Source,
    form: Form,
    limits: Limits,
    /// Rows before the first data row.
    skip: usize,
    /// The header's cells; none where the first row is data already.
    columns: Vec<String>,
    /// Whether those cells are surely names of columns and no one's data.
    named: bool,
    width: usize,
    list: bool,
    row_count: Option<u64>,
}

impl Table {
    /// Opens a file.
    ///
    /// # Errors
    /// [`ReadError`]: no such file, an empty or damaged one, one with a password.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        Self::options().open(path)
    }

    /// Opens what a browser or a portal has: a name for messages, and the bytes.
    ///
    /// # Errors
    /// As for [`Table::open`].
    pub fn from_bytes(name: &str, bytes: impl Into<bytes::Bytes>) -> Result<Self, ReadError> {
        Self::options().from_bytes(name, bytes)
    }

    /// What may be asked of opening.
    pub fn options() -> Options {
        Options::default()
    }

    /// File name without its folder.
    pub fn file(&self) -> &str {
        self.source.name()
    }

    /// The sheet that is read, of a workbook.
    pub fn sheet(&self) -> Option<&str> {
        self.form.sheet()
    }

    /// File and sheet, as messages name them.
    pub fn label(&self) -> String {
        match self.sheet() {
            Some(sheet) => format!("{} [{sheet}]", self.file()),
            None => self.file().to_owned(),
        }
    }

    /// The delimiter, of a CSV; none of a list of one value a line.
    pub fn delimiter(&self) -> Option<u8> {
        match self.form {
            Form::Delimited { delimiter, .. } => delimiter,
            Form::Sheet { .. } | Form::Html { .. } | Form::Parquet { .. } => None,
        }
    }

    /// The header's cells, in order; empty where [`Options::header_or_data`] found that the first row is data.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Cells of the header, or of the first row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows, where the file says so itself (Parquet).
    pub const fn row_count(&self) -> Option<u64> {
        self.row_count
    }

    /// The column of this name, or of this number from 1: as it stands, else without case, spaces, `_` and punctuation.
    ///
    /// # Errors
    /// `read.no_column` names the nearest columns of the file; `read.doubled_column` where two columns have that name.
    pub fn column(&self, name: &str) -> Result<Column, ReadError> {
        self.any_of(&[name])
    }

    /// The column with the first of these names that the header has.
    ///
    /// # Errors
    /// As for [`Table::column`].
    pub fn any_of(&self, names: &[&str]) -> Result<Column, ReadError> {
        self.find(names)?.ok_or_else(|| {
            let shown = if self.named { self.columns.as_slice() } else { &[] };
            header::absent(self.label(), shown, names)
        })
    }

    /// The same for a column that need not be there.
    ///
    /// # Errors
    /// `read.doubled_column` where two columns have that name; `read.column_kind` where the column holds lists or structs.
    pub fn find(&self, names: &[&str]) -> Result<Option<Column>, ReadError> {
        for name in names {
            let found = header::find(&self.columns, self.width, name);
            let found = found.map_err(|column| ReadError::DoubledColumn { file: self.label(), column })?;
            if let Some(column) = found {
                return match self.form.unreadable(column.place()) {
                    None => Ok(found),
                    Some(kind) => Err(ReadError::ColumnKind {
                        file: self.label(),
                        column: self.columns.get(column.place()).cloned().unwrap_or_default(),
                        kind: kind.to_owned(),
                    }),
                };
            }
        }
        Ok(None)
    }

    /// The rows below the header, in order. Blank rows of a sheet are counted and passed over, cells that a sheet does not
    /// store at the end of a row are empty, and lines that an open quote had swallowed come one by one.
    ///
    /// # Errors
    /// The file cannot be opened again, or the table came from a stream that was read already.
    pub fn rows(&self) -> Result<Rows<'_>, ReadError> {
        let stream = Stream::open(
            &self.source,
            &self.form,
            self.skip,
            self.width,
            Blanks::Pass { list: self.list },
            self.limits,
        )?;
        Ok(Rows { stream })
    }

    /// Some columns, in this order, some rows at a time: of Parquet as the file has them, else as text with empty cells null.
    ///
    /// # Errors
    /// As for [`Table::rows`].
    pub fn batches(&self, columns: &[Column], rows: usize) -> Result<Batches<'_>, ReadError> {
        batches::open(self, columns, rows)
    }
}

/// Where it comes from, never what it holds.
impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("file", &self.label()).field("width", &self.width).finish_non_exhaustive()
    }
}

/// The rows of a [`Table`]: an iterator, or [`Rows::read`] for one row's memory over and over.
pub struct Rows<'t> {
    stream: Stream<'t>,
}

impl Rows<'_> {
    /// Reads the next row into `row`; says whether there was one.
    ///
    /// # Errors
    /// [`ReadError`], with the row where it is known.
    pub fn read(&mut self, row: &mut Row) -> Result<bool, ReadError> {
        self.stream.next(row)
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = Row::new();
        match self.stream.next(&mut row) {
            Ok(true) => Some(Ok(row)),
            Ok(false) => None,
            Err(e) => Some(Err(e)),
        }
    }
}
