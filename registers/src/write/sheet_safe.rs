//! CSV that a spreadsheet opens without running or changing anything.

use super::WriteError;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before `=`, `+`, `-`, `@`, tab and carriage return,
/// unless the cell is a plain number.
///
/// ```
/// use bansos_registers::write::safe_cell;
/// assert_eq!(safe_cell("=1+1"), "'=1+1");
/// assert_eq!(safe_cell("-2+3"), "'-2+3");
/// assert_eq!(safe_cell("-2.5"), "-2.5");
/// assert_eq!(safe_cell("P000001"), "P000001");
/// ```
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    match text.as_bytes().first() {
        Some(b'-') if text.parse::<f64>().is_ok() => Cow::Borrowed(text),
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => Cow::Owned(format!("'{text}")),
        _ => Cow::Borrowed(text),
    }
}

/// A CSV file in the making: UTF-8 with a byte-order mark, so that Excel reads it as such; every cell made safe.
pub struct SafeCsv {
    path: PathBuf,
    writer: csv::Writer<BufWriter<File>>,
}

impl std::fmt::Debug for SafeCsv {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SafeCsv").field("path", &self.path).finish_non_exhaustive()
    }
}

impl SafeCsv {
    /// Begins a file for people and their spreadsheets, with its header.
    ///
    /// # Errors
    /// [`WriteError::Refused`] where the system refuses.
    pub fn begin(path: &Path, header: &[&str]) -> Result<Self, WriteError> {
        Self::open(path, header, "\u{feff}")
    }

    /// Begins a file for programs: no byte-order mark.
    ///
    /// # Errors
    /// [`WriteError::Refused`] where the system refuses.
    pub fn begin_plain(path: &Path, header: &[&str]) -> Result<Self, WriteError> {
        Self::open(path, header, "")
    }

    fn open(path: &Path, header: &[&str], mark: &str) -> Result<Self, WriteError> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(path).map_err(|e| WriteError::refused(path, e))?);
        file.write_all(mark.as_bytes()).map_err(|e| WriteError::refused(path, e))?;
        let mut all = Self { path: path.to_path_buf(), writer: csv::Writer::from_writer(file) };
        all.row(header.iter().copied())?;
        Ok(all)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// [`WriteError::Refused`] where the system refuses.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), WriteError> {
        let refuse = |e: csv::Error| WriteError::refused(&self.path, e);
        for cell in cells {
            self.writer.write_field(safe_cell(cell).as_ref()).map_err(refuse)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(refuse)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`WriteError::Refused`] where the system refuses.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.writer.flush().map_err(|e| WriteError::refused(&self.path, e))
    }
}
