//! A small workbook: sheets of text and numbers, the header bold and frozen.

use super::{WriteError, write_whole};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::path::Path;

/// A cell of a [`Sheet`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text; never a formula.
    Text(String),
    /// A count.
    Number(u64),
}

/// A sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Column names.
    pub header: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// Writes a workbook.
///
/// # Errors
/// [`WriteError::Refused`] where the system refuses, or a sheet cannot be.
pub fn write_book(path: &Path, sheets: &[Sheet]) -> Result<(), WriteError> {
    let mut book = Workbook::new();
    let filled = sheets.iter().try_for_each(|s| add(&mut book, s)).and_then(|()| book.save_to_buffer());
    write_whole(path, filled.map_err(|e| WriteError::refused(path, e))?)
}

fn add(book: &mut Workbook, of: &Sheet) -> Result<(), XlsxError> {
    let (bold, grouped) = (Format::new().set_bold().set_text_wrap(), Format::new().set_num_format("#,##0"));
    let sheet = book.add_worksheet();
    sheet.set_name(&of.name)?.set_freeze_panes(1, 0)?;
    for (column, name) in (0u16..).zip(&of.header) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, if column < 2 { 18.0 } else { 11.0 })?;
    }
    for (row, cells) in (1u32..).zip(&of.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                #[allow(clippy::cast_precision_loss, reason = "counts of people stay far below 2^52")]
                Cell::Number(n) => sheet.write_number_with_format(row, column, *n as f64, &grouped)?,
            };
        }
    }
    Ok(())
}
