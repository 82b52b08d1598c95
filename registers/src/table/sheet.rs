//! Workbooks: XLSX is streamed cell by cell; XLS, XLSB and ODS are small and read whole.

use super::form::Magic;
use super::row::{Mark, Row};
use super::source::{Input, Source};
use super::{Form, Limits, Reading, TOP};
use crate::ReadError;
use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Range, Reader, Xls, XlsError, Xlsb, Xlsx, XlsxCellReader, XlsxError,
};
use self_cell::{MutBorrow, self_cell};

/// How a workbook is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Xlsx,
    Xls,
    Xlsb,
    Ods,
}

#[allow(clippy::large_enum_variant, reason = "one for each open file, never many")]
enum Book {
    Xlsx(Box<Xlsx<Input>>),
    /// Every sheet, read already.
    Whole(Kind, Vec<(String, Range<Data>)>),
}

/// Every sheet that has a row, with its first rows.
pub(super) fn readings(source: &Source, magic: Magic, limits: &Limits) -> Result<Vec<Reading>, ReadError> {
    let (kind, names) = match open(source, magic, limits)? {
        Book::Xlsx(book) => (Kind::Xlsx, book.sheet_names()),
        Book::Whole(kind, sheets) => (kind, sheets.into_iter().map(|(name, _)| name).collect()),
    };
    let others = u32::try_from(names.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let mut all = Vec::new();
    for name in names {
        let mut cursor = Cursor::open(source, kind, &name, limits)?;
        let (mut top, mut row): (Vec<Vec<String>>, _) = (Vec::new(), Row::default());
        while top.len() < TOP && cursor.next(source, &mut row)? {
            top.push(row.cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect());
        }
        if !top.is_empty() {
            all.push(Reading { form: Form::Sheet { name, kind, others }, top });
        }
    }
    if all.is_empty() { Err(ReadError::Empty { file: source.name().to_owned() }) } else { Ok(all) }
}

self_cell!(
    /// A workbook and the cells of one of its sheets, which borrow it.
    struct Streamed {
        owner: MutBorrow<Xlsx<Input>>,
        #[not_covariant]
        dependent: CellsOf,
    }
);

type CellsOf<'a> = XlsxCellReader<'a, Input>;

/// The rows of a sheet from its first on, blank ones too.
pub(super) struct Cursor {
    from: From,
    /// 0-based row that comes next.
    at: u32,
}

enum From {
    Streamed {
        cells: Streamed,
        /// The row whose first cell has been read, and which row of the sheet it is.
        begun: Option<(u32, Row)>,
        /// The last cell has been read; asking on would be an error.
        ended: bool,
    },
    Whole(Range<Data>),
}

impl Cursor {
    pub(super) fn open(source: &Source, kind: Kind, name: &str, limits: &Limits) -> Result<Self, ReadError> {
        let from = match kind {
            Kind::Xlsx => {
                let bad = |e: XlsxError| source.damaged("XLSX", &e);
                let book = MutBorrow::new(open_xlsx(source)?);
                let cells =
                    Streamed::try_new(book, |book| book.borrow_mut().worksheet_cells_reader(name)).map_err(bad)?;
                From::Streamed { cells, begun: None, ended: false }
            }
            _ => From::Whole(
                open_whole(source, kind, Some(name), limits)?.pop().map(|(_, range)| range).unwrap_or_default(),
            ),
        };
        Ok(Self { from, at: 0 })
    }

    pub(super) fn next(&mut self, source: &Source, row: &mut Row) -> Result<bool, ReadError> {
        row.begin();
        let given = match &mut self.from {
            From::Whole(range) => whole_row(range, self.at, row),
            From::Streamed { cells, begun, ended } => {
                let bad = |e: XlsxError| source.damaged("XLSX", &e);
                streamed_row(cells, (begun, ended), self.at, row).map_err(bad)?
            }
        };
        self.at += u32::from(given);
        row.line = u64::from(self.at);
        Ok(given)
    }
}

fn whole_row(range: &Range<Data>, at: u32, row: &mut Row) -> bool {
    let Some((top, left)) = range.start() else { return false };
    let Some(inside) = at.checked_sub(top) else { return true };
    let Some(cells) = range.rows().nth(inside as usize) else { return false };
    row.cells.pad(left as usize);
    cells.iter().for_each(|cell| push(row, &borrowed(cell)));
    true
}

/// Rows that the sheet leaves out are blank rows.
fn streamed_row(
    cells: &mut Streamed,
    (begun, ended): (&mut Option<(u32, Row)>, &mut bool),
    at: u32,
    row: &mut Row,
) -> Result<bool, XlsxError> {
    cells.with_dependent_mut(|_, cells| {
        let mut next = || {
            let cell = if *ended { None } else { cells.next_cell()? };
            *ended = cell.is_none();
            Ok::<_, XlsxError>(cell)
        };
        if begun.is_none()
            && let Some(cell) = next()?
        {
            *begun = Some(begin(&cell));
        }
        match begun.take() {
            None => return Ok(false),
            Some(later) if later.0 > at => {
                *begun = Some(later);
                return Ok(true);
            }
            Some((_, first)) => *row = first,
        }
        while let Some(cell) = next()? {
            let (r, column) = cell.get_position();
            if r > at {
                *begun = Some(begin(&cell));
                break;
            }
            row.cells.pad(column as usize);
            push(row, cell.get_value());
        }
        Ok(true)
    })
}

/// A row with its first cell.
fn begin(cell: &calamine::Cell<DataRef<'_>>) -> (u32, Row) {
    let (at, column) = cell.get_position();
    let mut row = Row::default();
    row.cells.pad(column as usize);
    push(&mut row, cell.get_value());
    (at, row)
}

/// A cell as text. Numbers keep every digit that the file stores; dates become ISO.
fn push(row: &mut Row, cell: &DataRef<'_>) {
    let column = row.cells.len();
    match cell {
        DataRef::Empty => row.cells.push(b""),
        DataRef::String(s) => row.cells.push(s.as_bytes()),
        DataRef::SharedString(s) => row.cells.push(s.as_bytes()),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => row.cells.push(s.as_bytes()),
        DataRef::Int(n) => row.cells.push(n.to_string().as_bytes()),
        DataRef::Bool(b) => row.cells.push(if *b { b"TRUE" } else { b"FALSE" }),
        DataRef::Float(n) => {
            // only a number too long for a float is worth a word
            if n.abs() >= 1e15 {
                row.mark(column, Mark::Float);
            }
            // Rust prints the shortest decimal that gives back the same float, and never an exponent
            row.cells.push(n.to_string().as_bytes());
        }
        DataRef::DateTime(d) => row.cells.push(day(d).as_bytes()),
        DataRef::Error(_) => {
            row.mark(column, Mark::Error);
            row.cells.push(b"");
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

/// A ZIP is tried as XLSX, XLSB and ODS, a compound file as XLS; what an XLSX lacks is what is said of the rest.
fn open(source: &Source, magic: Magic, limits: &Limits) -> Result<Book, ReadError> {
    if magic == Magic::Compound {
        return match open_xlsx(source) {
            Err(e @ ReadError::Protected { .. }) => Err(e),
            _ => Ok(Book::Whole(Kind::Xls, open_whole(source, Kind::Xls, None, limits)?)),
        };
    }
    let refused = match open_xlsx(source) {
        Ok(book) if !book.sheet_names().is_empty() => return Ok(Book::Xlsx(Box::new(book))),
        Err(e @ (ReadError::Protected { .. } | ReadError::Io { .. })) => return Err(e),
        Ok(_) => None,
        Err(e) => Some(e),
    };
    for kind in [Kind::Xlsb, Kind::Ods] {
        match open_whole(source, kind, None, limits) {
            Ok(sheets) if !sheets.is_empty() => return Ok(Book::Whole(kind, sheets)),
            Err(e @ (ReadError::TooLarge { .. } | ReadError::Protected { .. })) => return Err(e),
            Ok(_) | Err(_) => {}
        }
    }
    Err(refused.unwrap_or_else(|| source.damaged("XLSX", &"no sheet")))
}

fn open_xlsx(source: &Source) -> Result<Xlsx<Input>, ReadError> {
    Xlsx::new(source.seek()?).map_err(|e: XlsxError| match e {
        XlsxError::Password => ReadError::Protected { file: source.name().to_owned() },
        XlsxError::Io(e) => source.cannot()(e),
        e => source.damaged("XLSX", &e),
    })
}

/// The sheets, or the one of a name. A file that has to be read whole may not be larger than the limit.
fn open_whole(
    source: &Source,
    kind: Kind,
    only: Option<&str>,
    limits: &Limits,
) -> Result<Vec<(String, Range<Data>)>, ReadError> {
    if source.size().is_some_and(|size| size > limits.whole) {
        return Err(ReadError::TooLarge { file: source.name().to_owned(), limit_mib: limits.whole >> 20 });
    }
    let protected = || ReadError::Protected { file: source.name().to_owned() };
    let input = source.seek()?;
    match kind {
        Kind::Xls => sheets(source, "XLS", Xls::new(input), only, |e| matches!(e, XlsError::Password).then(protected)),
        Kind::Ods => sheets(source, "ODS", Ods::new(input), only, |e| matches!(e, OdsError::Password).then(protected)),
        Kind::Xlsx => sheets(source, "XLSX", Xlsx::new(input), only, |_| None),
        Kind::Xlsb => sheets(source, "XLSB", Xlsb::new(input), only, |_| None),
    }
}

fn sheets<B: Reader<Input, Error = E>, E: std::fmt::Display + std::fmt::Debug>(
    source: &Source,
    form: &'static str,
    book: Result<B, E>,
    only: Option<&str>,
    known: impl Fn(&E) -> Option<ReadError>,
) -> Result<Vec<(String, Range<Data>)>, ReadError> {
    let bad = |e: E| known(&e).unwrap_or_else(|| source.damaged(form, &e));
    let mut book = book.map_err(bad)?;
    let mut all = Vec::new();
    for name in book.sheet_names() {
        if only.is_none_or(|only| only == name) {
            let range = book.worksheet_range(&name).map_err(bad)?;
            all.push((name, range));
        }
    }
    Ok(all)
}
