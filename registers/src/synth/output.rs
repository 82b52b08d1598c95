//! Files being written: CSV with its habits, or a workbook.

use super::{SynthError, io, unwritten};
use crate::write::{OutFile, write_whole};
use bansos::message::Cause;
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// How the DTKS file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DtksForm {
    /// `;`, a byte-order mark, CRLF: what Excel of an Indonesian desk writes.
    #[default]
    Semicolon,
    /// `,` and nothing else.
    Comma,
    /// A workbook with two title rows; a sheet holds 1,048,576 rows.
    Xlsx,
}

impl DtksForm {
    /// Its file name.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Xlsx => "dtks.xlsx",
            _ => "dtks.csv",
        }
    }
}

type Csv = Writer<BufWriter<OutFile>>;

pub(super) enum Output {
    Csv { csv: Box<Csv>, path: PathBuf },
    Xlsx { book: Box<Workbook>, row: u32, path: PathBuf },
}

/// Rows of a sheet.
const SHEET: u32 = 1_048_576;

impl Output {
    pub(super) fn csv(path: PathBuf, header: &[&str]) -> Result<Self, SynthError> {
        Self::delimited(path, header, b',', false)
    }

    pub(super) fn dtks(folder: &Path, form: DtksForm, titles: &[&str], header: &[&str]) -> Result<Self, SynthError> {
        let path = folder.join(form.file());
        match form {
            DtksForm::Semicolon => Self::delimited(path, header, b';', true),
            DtksForm::Comma => Self::delimited(path, header, b',', false),
            DtksForm::Xlsx => {
                let mut book = Box::new(Workbook::new());
                let sheet = book.add_worksheet_with_constant_memory().map_err(workbook(&path))?;
                sheet.set_name("BNBA").map_err(workbook(&path))?;
                let mut output = Self::Xlsx { book, row: 0, path };
                for title in titles {
                    output.write(&[title])?;
                }
                output.write(header)?;
                Ok(output)
            }
        }
    }

    fn delimited(path: PathBuf, header: &[&str], delimiter: u8, excel: bool) -> Result<Self, SynthError> {
        let mut file = BufWriter::with_capacity(1 << 18, OutFile::begin(&path).map_err(unwritten(&path))?);
        if excel {
            file.write_all("\u{feff}".as_bytes()).map_err(io(&path))?;
        }
        let end = if excel { Terminator::CRLF } else { Terminator::Any(b'\n') };
        let csv = WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(end)
            .quote_style(QuoteStyle::Necessary)
            .from_writer(file);
        let mut output = Self::Csv { csv: Box::new(csv), path };
        // a part that is put behind another has no header
        if !header.is_empty() {
            output.write(header)?;
        }
        Ok(output)
    }

    pub(super) fn write(&mut self, cells: &[&str]) -> Result<(), SynthError> {
        match self {
            Self::Csv { csv, path } => csv.write_record(cells).map_err(|e| io(path)(e.into())),
            Self::Xlsx { book, row, path } => {
                if *row >= SHEET {
                    return Err(SynthError::SheetFull { rows: SHEET });
                }
                let sheet = book.worksheet_from_index(0).map_err(workbook(path))?;
                for (column, cell) in cells.iter().enumerate().filter(|(_, c)| !c.is_empty()) {
                    let column = u16::try_from(column).unwrap_or(u16::MAX);
                    sheet.write_string(*row, column, *cell).map_err(workbook(path))?;
                }
                *row += 1;
                Ok(())
            }
        }
    }

    pub(super) fn finish(self) -> Result<(), SynthError> {
        match self {
            Self::Csv { csv, path } => {
                let buffer = csv.into_inner().map_err(|e| io(&path)(e.into_error()))?;
                buffer.into_inner().map_err(|e| io(&path)(e.into_error()))?.finish().map_err(unwritten(&path))
            }
            Self::Xlsx { mut book, path, .. } => {
                let bytes = book.save_to_buffer().map_err(workbook(&path))?;
                write_whole(&path, bytes).map_err(unwritten(&path))
            }
        }
    }
}

fn workbook(path: &Path) -> impl Fn(XlsxError) -> SynthError {
    let file = crate::table::file_name(path);
    move |e| SynthError::Io { file: file.clone(), reason: Cause::beneath(&e) }
}
