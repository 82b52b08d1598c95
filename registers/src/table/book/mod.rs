//! Workbooks: XLSX, XLSB, ODS and XLS, row by row. What a file states about its own size is never believed: rows, columns,
//! texts and bytes count as they come, and reading ends at a limit ([`Limits`]).

mod cell;
mod compound;
mod fault;
mod model;
mod ods;
mod package;
mod strings;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use super::form::Magic;
use super::row::Row;
use super::source::Source;
use super::{Form, Limits, Reading, TOP, TOP_BYTES};
use crate::damage::{Damage, Spot};
use crate::{ReadError, shown_name};
pub(super) use cell::COLUMNS;
use fault::Fault;
use model::{Book, Kind};
use std::sync::Arc;

/// One sheet of an open workbook.
#[derive(Clone)]
pub(crate) struct Sheet {
    book: Arc<Book>,
    at: usize,
}

impl Sheet {
    /// Whether its day numbers count from 1904.
    pub(super) fn counts_from_1904(&self) -> bool {
        self.book.numbers.from_1904
    }
}

/// Which one, never what it holds.
impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("kind", &self.book.kind).field("at", &self.at).finish_non_exhaustive()
    }
}

/// Every sheet that has a row, with its first rows.
pub(super) fn readings(source: &Source, magic: Magic, limits: &Limits) -> Result<Vec<Reading>, ReadError> {
    let book = Arc::new(open(source, magic, limits)?);
    let (mut all, mut bytes) = (Vec::new(), 0usize);
    for (at, listed) in book.sheets.iter().enumerate() {
        let sheet = Sheet { book: Arc::clone(&book), at };
        let mut cursor = Cursor::open(source, &sheet, limits)?;
        let (mut top, mut row, before): (Vec<Vec<String>>, _, _) = (Vec::new(), Row::default(), bytes);
        while top.len() < TOP && bytes - before < TOP_BYTES && cursor.next(source, &mut row)? {
            bytes += row.cells.size();
            top.push(row.cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect());
        }
        // the first rows of all sheets together lie in memory
        if bytes > limits.record.saturating_mul(4) {
            return Err(error(source, book.kind.word(), Damage::Text.into(), Spot::default()));
        }
        if !top.is_empty() {
            all.push(Reading {
                form: Form::Sheet { name: shown_name(&listed.name), sheet, hidden: listed.hidden },
                top,
            });
        }
    }
    if all.is_empty() { Err(ReadError::Empty { file: source.name().to_owned() }) } else { Ok(all) }
}

/// What a package or compound file is, its parts say.
fn open(source: &Source, magic: Magic, limits: &Limits) -> Result<Book, ReadError> {
    let bad = |kind: Kind| move |fault| error(source, kind.word(), fault, Spot::default());
    if magic == Magic::Compound {
        return xls::open(source, limits).map_err(bad(Kind::Xls));
    }
    let book = match xlsx::main_part(source, limits).map_err(bad(Kind::Xlsx))? {
        Some(main) if main.ends_with(".bin") => xlsb::open(source, &main, limits).map_err(bad(Kind::Xlsb))?,
        Some(main) => xlsx::open(source, &main, limits).map_err(bad(Kind::Xlsx))?,
        None if ods::is_ods(source).map_err(bad(Kind::Ods))? => ods::open(source, limits).map_err(bad(Kind::Ods))?,
        None => return Err(bad(Kind::Xlsx)(Damage::Missing.into())),
    };
    if book.sheets.is_empty() { Err(bad(book.kind)(Damage::Missing.into())) } else { Ok(book) }
}

fn error(source: &Source, form: &'static str, fault: Fault, place: Spot) -> ReadError {
    match fault {
        Fault::Damage(reason) => ReadError::Damaged { file: source.name().to_owned(), form, reason, place },
        Fault::Protected => ReadError::Protected { file: source.name().to_owned() },
        Fault::Io(e) => source.cannot()(e),
        Fault::Read(e) => *e,
    }
}

/// The rows of a sheet from its first on, blank ones too.
pub(super) struct Cursor {
    rows: Rows,
    sheet: Sheet,
    limits: Limits,
    /// 0-based row that comes next.
    at: u32,
    /// A row that is read already, for which others are given first.
    later: Option<(u32, Row)>,
    /// Bytes of cells given so far.
    text: u64,
}

#[allow(clippy::large_enum_variant, reason = "one for each open file, never many")]
enum Rows {
    Xlsx(xlsx::Rows),
    Xlsb(xlsb::Rows),
    Ods(ods::Rows),
    Xls(xls::Rows),
}

impl Cursor {
    pub(super) fn open(source: &Source, sheet: &Sheet, limits: &Limits) -> Result<Self, ReadError> {
        let book = &sheet.book;
        let rows = match book.sheets.get(sheet.at) {
            None => Err(Damage::Missing.into()),
            Some(listed) => match book.kind {
                Kind::Xlsx => xlsx::Rows::open(source, listed, limits).map(Rows::Xlsx),
                Kind::Xlsb => xlsb::Rows::open(source, listed, limits).map(Rows::Xlsb),
                Kind::Ods => ods::Rows::open(source, listed, limits).map(Rows::Ods),
                Kind::Xls => xls::Rows::open(book, listed).map(Rows::Xls),
            },
        };
        let rows = rows.map_err(|fault| error(source, book.kind.word(), fault, spot(sheet, 0)))?;
        Ok(Self { rows, sheet: sheet.clone(), limits: *limits, at: 0, later: None, text: 0 })
    }

    pub(super) fn next(&mut self, source: &Source, row: &mut Row) -> Result<bool, ReadError> {
        let read = self.read(row);
        read.map_err(|fault| error(source, self.sheet.book.kind.word(), fault, spot(&self.sheet, self.at)))
    }

    /// Rows that the sheet leaves out are blank rows.
    fn read(&mut self, row: &mut Row) -> Result<bool, Fault> {
        row.begin();
        let stored = match self.later.take() {
            Some((place, later)) if place == self.at => {
                *row = later;
                Some(place)
            }
            Some(later) => {
                let place = later.0;
                self.later = Some(later);
                Some(place)
            }
            None => self.stored(row)?,
        };
        let Some(place) = stored else { return Ok(false) };
        if place > self.at && self.later.is_none() {
            self.later = Some((place, std::mem::take(row)));
        }
        self.at += 1;
        row.line = u64::from(self.at);
        Ok(true)
    }

    fn stored(&mut self, row: &mut Row) -> Result<Option<u32>, Fault> {
        let book = &self.sheet.book;
        let place = match &mut self.rows {
            Rows::Xlsx(rows) => rows.next(book, row, &self.limits),
            Rows::Xlsb(rows) => rows.next(book, row, &self.limits),
            Rows::Ods(rows) => rows.next(row, &self.limits),
            Rows::Xls(rows) => rows.next(book, row),
        }?;
        self.text += row.cells.size() as u64;
        if self.text > self.limits.text { Err(Damage::Text.into()) } else { Ok(place) }
    }
}

fn spot(sheet: &Sheet, row: u32) -> Spot {
    Spot { sheet: u32::try_from(sheet.at + 1).unwrap_or(u32::MAX), row }
}
