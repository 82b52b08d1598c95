//! Workbooks: XLSX is streamed cell by cell; XLS, XLSB and ODS are small and read whole.

use super::{Chunker, Form, Mark, Reading, TOP, file_name};
use crate::ReadError;
use calamine::{Data, DataRef, ExcelDateTime, Reader, Sheets, Xlsx, XlsxError, open_workbook, open_workbook_auto};
use csv::ByteRecord;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// How a workbook is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Xlsx,
    Other,
}

fn kind(path: &Path) -> Kind {
    if matches!(super::extension(path).as_str(), "xlsx" | "xlsm") { Kind::Xlsx } else { Kind::Other }
}

/// Every sheet that is not hidden away as empty, with its first rows.
pub(super) fn readings(path: &Path) -> Result<Vec<Reading>, ReadError> {
    let kind = kind(path);
    let names = match kind {
        Kind::Xlsx => open_xlsx(path)?.sheet_names(),
        Kind::Other => open_other(path)?.sheet_names(),
    };
    let mut all = Vec::new();
    for name in &names {
        let mut top: Vec<Vec<String>> = Vec::new();
        let mut take = |row: ByteRecord| {
            top.push(row.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect());
            top.len() < TOP
        };
        rows(path, kind, name, &mut |row, _| Ok(take(row)))?;
        if !top.is_empty() {
            let others = u32::try_from(names.len() - 1).unwrap_or(u32::MAX);
            all.push(Reading { form: Form::Sheet { name: name.clone(), kind, others }, top });
        }
    }
    if all.is_empty() { Err(ReadError::Empty { file: file_name(path) }) } else { Ok(all) }
}

pub(super) fn stream(
    path: &Path,
    kind: Kind,
    name: &str,
    skip: usize,
    columns: usize,
    sink: &mut dyn FnMut(super::Chunk) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut chunker = Chunker::new(path, sink);
    let mut seen = 0usize;
    // blank rows at the end are the sheet's formatted area, not data; between data rows they count
    let mut blanks = 0usize;
    rows(path, kind, name, &mut |mut row, marks| {
        seen += 1;
        if seen <= skip {
            return Ok(true);
        }
        if row.iter().all(|c| c.trim_ascii().is_empty()) {
            blanks += 1;
            return Ok(true);
        }
        for _ in 0..std::mem::take(&mut blanks) {
            chunker.push(blank(columns), 0)?;
        }
        // a sheet does not store the empty cells at the end of a row
        while row.len() < columns {
            row.push_field(b"");
        }
        for (column, mark) in marks {
            chunker.mark(*column, *mark);
        }
        chunker.push(row, 0)?;
        Ok(true)
    })?;
    chunker.flush()
}

fn blank(width: usize) -> ByteRecord {
    let mut row = ByteRecord::new();
    (0..width).for_each(|_| row.push_field(b""));
    row
}

type OnRow<'a> = &'a mut dyn FnMut(ByteRecord, &[(usize, Mark)]) -> Result<bool, ReadError>;

/// Passes every row from the sheet's first on, blank ones too, until told to stop.
fn rows(path: &Path, kind: Kind, name: &str, on_row: OnRow<'_>) -> Result<(), ReadError> {
    match kind {
        Kind::Xlsx => xlsx_rows(path, name, on_row),
        Kind::Other => {
            let mut book = open_other(path)?;
            let range = book.worksheet_range(name).map_err(|e| damaged(path, "spreadsheet", &e.to_string()))?;
            let mut marks = Vec::new();
            let before = range.start().map_or(0, |s| s.0);
            for _ in 0..before {
                if !on_row(ByteRecord::new(), &[])? {
                    return Ok(());
                }
            }
            let shift = range.start().map_or(0, |s| s.1 as usize);
            for cells in range.rows() {
                marks.clear();
                let mut row = blank(shift);
                for (i, cell) in cells.iter().enumerate() {
                    push(&mut row, shift + i, &borrowed(cell), &mut marks);
                }
                if !on_row(row, &marks)? {
                    return Ok(());
                }
            }
            Ok(())
        }
    }
}

fn xlsx_rows(path: &Path, name: &str, on_row: OnRow<'_>) -> Result<(), ReadError> {
    let mut book = open_xlsx(path)?;
    let bad = |e: XlsxError| damaged(path, "XLSX", &e.to_string());
    let mut cells = book.worksheet_cells_reader(name).map_err(bad)?;
    let mut at = 0u32;
    let mut row = ByteRecord::new();
    let mut marks: Vec<(usize, Mark)> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(bad)? {
        let (r, c) = cell.get_position();
        // rows the sheet leaves out are blank rows
        while at < r {
            if !on_row(std::mem::take(&mut row), &marks)? {
                return Ok(());
            }
            marks.clear();
            at += 1;
        }
        while row.len() < c as usize {
            row.push_field(b"");
        }
        push(&mut row, c as usize, cell.get_value(), &mut marks);
    }
    if !row.is_empty() {
        on_row(row, &marks)?;
    }
    Ok(())
}

/// A cell as text. Numbers keep every digit that the file stores; dates become ISO.
fn push(row: &mut ByteRecord, column: usize, cell: &DataRef<'_>, marks: &mut Vec<(usize, Mark)>) {
    match cell {
        DataRef::Empty => row.push_field(b""),
        DataRef::String(s) => row.push_field(s.as_bytes()),
        DataRef::SharedString(s) => row.push_field(s.as_bytes()),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => row.push_field(s.as_bytes()),
        DataRef::Int(n) => row.push_field(n.to_string().as_bytes()),
        DataRef::Bool(b) => row.push_field(if *b { b"TRUE" } else { b"FALSE" }),
        DataRef::Float(n) => {
            // only a number too long for a float is worth a word
            if n.abs() >= 1e15 {
                marks.push((column, Mark::Float));
            }
            // Rust prints the shortest decimal that gives back the same float, and never an exponent
            row.push_field(n.to_string().as_bytes());
        }
        DataRef::DateTime(d) => row.push_field(day(d).as_bytes()),
        DataRef::Error(_) => {
            marks.push((column, Mark::Error));
            row.push_field(b"");
        }
    }
}

fn day(d: &ExcelDateTime) -> String {
    // a date cell of a 1904 workbook counts from another day; calamine has translated it by then
    #[allow(clippy::cast_possible_truncation, reason = "serial days are small; the fraction is the time of day")]
    let serial = d.as_f64().floor() as i64;
    match bansos::date::from_excel_serial(serial) {
        Some(date) => date.to_string(),
        None => serial.to_string(),
    }
}

fn borrowed(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Empty => DataRef::Empty,
        Data::String(s) => DataRef::SharedString(s),
        Data::Int(n) => DataRef::Int(*n),
        Data::Float(n) => DataRef::Float(*n),
        Data::Bool(b) => DataRef::Bool(*b),
        Data::DateTime(d) => DataRef::DateTime(*d),
        Data::DateTimeIso(s) | Data::DurationIso(s) => DataRef::SharedString(s),
        Data::Error(e) => DataRef::Error(e.clone()),
    }
}

fn open_xlsx(path: &Path) -> Result<Xlsx<BufReader<File>>, ReadError> {
    open_workbook(path).map_err(|e: XlsxError| match e {
        XlsxError::Password => ReadError::Protected { file: file_name(path) },
        XlsxError::Io(e) => ReadError::Io { file: file_name(path), reason: e.to_string() },
        e => damaged(path, "XLSX", &e.to_string()),
    })
}

fn open_other(path: &Path) -> Result<Sheets<BufReader<File>>, ReadError> {
    open_workbook_auto(path).map_err(|e| damaged(path, "spreadsheet", &e.to_string()))
}

fn damaged(path: &Path, form: &'static str, reason: &str) -> ReadError {
    ReadError::Damaged { file: file_name(path), form, reason: reason.to_owned() }
}
