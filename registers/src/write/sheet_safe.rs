//! CSV that a spreadsheet opens without running or changing anything.

use super::{OutFile, WriteError};
use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before `=`, `+`, `-`, `@` and their full-width forms,
/// also behind blanks and line ends, unless the cell is a plain number or a sign alone, which stands for nothing. An Excel with Indonesian settings takes a `;` (and any
/// may take a tab) inside a cell for the end of the cell, so a formula that stands behind one is guarded as well.
///
/// ```
/// use bansos_registers::write::safe_cell;
/// assert_eq!(safe_cell("=1+1"), "'=1+1");
/// assert_eq!(safe_cell("-2+3"), "'-2+3");
/// assert_eq!(safe_cell("-2.5"), "-2.5");
/// assert_eq!(safe_cell("-"), "-");
/// assert_eq!(safe_cell("X;=1+1"), "X;'=1+1");
/// assert_eq!(safe_cell("P000001"), "P000001");
/// ```
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    let number = |t: &str| t == "-" || t.parse::<f64>().is_ok_and(f64::is_finite);
    // most cells hold none of these bytes (0xEF begins the full-width forms)
    let suspect = |b: u8| matches!(b, b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | 0xEF);
    if !text.bytes().any(suspect) || number(text) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 1);
    if text.starts_with(['\t', '\r']) {
        safe.push('\'');
    }
    for part in text.split_inclusive([';', '\t', '\r', '\n']) {
        // a leading tab or line end is dropped by a spreadsheet, and what follows counts
        if part.trim_start().starts_with(FORMULA) && !number(part.trim_end_matches(';')) {
            safe.push('\'');
        }
        safe.push_str(part);
    }
    if safe == text { Cow::Borrowed(text) } else { Cow::Owned(safe) }
}

/// What begins a formula, and the full-width forms that some spreadsheets take for it.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A CSV file in the making, at its place only once it is finished: UTF-8 with a byte-order mark, so that Excel reads it as such; every cell made safe.
pub struct SafeCsv {
    path: PathBuf,
    writer: csv::Writer<BufWriter<OutFile>>,
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
        let mut file = BufWriter::with_capacity(1 << 20, OutFile::begin(path)?);
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

    /// Ends the file and gives it its place.
    ///
    /// # Errors
    /// [`WriteError::Refused`] where the system refuses.
    pub fn finish(self) -> Result<(), WriteError> {
        let refuse = |e: std::io::Error| WriteError::refused(&self.path, e);
        let buffer = self.writer.into_inner().map_err(|e| refuse(e.into_error()))?;
        buffer.into_inner().map_err(|e| refuse(e.into_error()))?.finish()
    }
}
