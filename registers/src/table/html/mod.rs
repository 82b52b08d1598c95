//! Tables of a web page: portals and old programs give one out as `.xls`. A tokenizer with the rules of browsers cuts the tags; of
//! the page only lines of text, tables, rows and cells are looked at, and no more than a row of it lies in memory.
//!
//! A table of two rows and more is read by itself. Lines of text and tables of one row above it are its title, as Excel shows
//! the page; a table within a cell is a table of its own.

mod bytes;
mod page;
mod rows;

use super::form::Encoding;
use super::row::{Row, whole_text};
use super::source::Source;
use super::{Form, Limits, Reading, TOP};
use crate::ReadError;
use crate::damage::{Damage, Spot};
use page::{Found, Part};
use rows::Rows;

/// Tables that are read of one page: for each the page is read up to it.
const READ: usize = 256;
/// Tables of a page in all, those within cells too.
const ALL: usize = 1 << 16;
/// Rows that a title may have.
const TITLE: usize = 20;

/// Where a table of a page begins, and which one it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Bytes of the decoded page before it and its title.
    start: u64,
    /// Lines that the page shows before those.
    line: u64,
    /// 0-based table with the first line of its title, in the order in which they begin; without one, itself.
    first: usize,
    table: usize,
    encoding: Encoding,
}

/// A table that was looked at.
struct Seen {
    start: u64,
    line: u64,
    /// Tables that it lies in.
    depth: usize,
    /// Tables that had ended before it began, and before it ended.
    began: usize,
    ended: usize,
    /// Rows with content, and whether one has several cells with it and is no label with a word behind it.
    rows: usize,
    wide: bool,
    top: Vec<(u64, Vec<String>)>,
}

impl Seen {
    fn is_full(&self) -> bool {
        self.rows > 1 && self.wide
    }

    fn take(&mut self, found: &Found) -> usize {
        let filled = found.cells.iter().filter(|cell| !cell.is_empty()).count();
        self.rows += usize::from(filled > 0 && !found.is_text);
        let label = || found.cells.iter().any(|cell| cell.starts_with(b":") || cell.ends_with(b":"));
        self.wide |= filled > 1 && !label();
        if self.top.len() >= TOP {
            return 0;
        }
        self.top.push((found.line, found.cells.iter().map(whole_text).collect()));
        found.cells.size()
    }
}

/// Every table of two rows and more, with what stands above it; where there is none, the longest.
pub(super) fn readings(source: &Source, limits: &Limits) -> Result<Vec<Reading>, ReadError> {
    let encoding = Encoding::of(&source.head()?);
    let mut tables = look(source, encoding, limits)?;
    let mut chosen: Vec<usize> = (0..).zip(&tables).filter(|(_, t)| t.is_full()).map(|(at, _)| at).collect();
    if chosen.is_empty() {
        let longest =
            (0..).zip(&tables).filter(|(_, t)| t.rows > 0).max_by_key(|(at, t)| (t.wide, t.rows, usize::MAX - at));
        chosen.extend(longest.map(|(at, _)| at));
    }
    match chosen.len() {
        0 => return Err(ReadError::WebPage { file: source.name().to_owned() }),
        many if many > READ.min(limits.sheets) => return Err(damaged(source, Damage::Sheets, Spot::default())),
        _ => {}
    }
    let several = chosen.len() > 1;
    let reading = |(number, table): (usize, usize)| {
        let first = title(&tables, table);
        let (start, line) = tables.get(first).map_or((0, 0), |t| (t.start, t.line));
        let of_it = tables.get_mut(first..=table).unwrap_or_default();
        let (lines, top) = of_it.iter_mut().flat_map(|t| std::mem::take(&mut t.top)).unzip();
        let name = several.then(|| format!("tabel {}", number + 1));
        Reading { form: Form::Html { place: Place { start, line, first, table, encoding }, name, lines }, top }
    };
    Ok((0..).zip(chosen).map(reading).collect())
}

fn look(source: &Source, encoding: Encoding, limits: &Limits) -> Result<Vec<Seen>, ReadError> {
    let mut rows = Rows::open(source.read()?, encoding, limits, (0, 0, 0)).map_err(source.cannot())?;
    let (mut tables, mut ended, mut bytes): (Vec<Seen>, usize, usize) = (Vec::new(), 0, 0);
    while let Some(part) = rows.next().map_err(|fault| error(source, fault))? {
        match part {
            Part::Began { start, line, depth } => {
                let (top, began) = (Vec::new(), ended);
                tables.push(Seen { start, line, depth, began, ended: usize::MAX, rows: 0, wide: false, top });
            }
            Part::Row(found) => bytes += tables.get_mut(found.table).map_or(0, |table| table.take(&found)),
            Part::Ended { table } => {
                if let Some(table) = tables.get_mut(table) {
                    table.ended = ended;
                }
                ended += 1;
            }
        }
        // the first rows of all tables together lie in memory
        let fault = match () {
            () if bytes > limits.record.saturating_mul(4) => Damage::Text,
            () if tables.len() > ALL => Damage::Sheets,
            () => continue,
        };
        return Err(damaged(source, fault, Spot::default()));
    }
    Ok(tables)
}

/// The first of the tables of one row that stand above a table, beside nothing else.
fn title(tables: &[Seen], table: usize) -> usize {
    let Some(own) = tables.get(table) else { return table };
    let above = tables.get(..table).unwrap_or_default().iter().rev();
    let mut lines = 0;
    let of_it = |t: &&Seen| {
        lines += t.top.len();
        !t.is_full() && t.depth == own.depth && t.ended < own.began && lines <= TITLE
    };
    table - above.take_while(of_it).count()
}

/// The rows of one table.
pub(super) struct Cursor {
    rows: Rows,
    place: Place,
    line: u64,
    /// The table has ended.
    done: bool,
}

impl Cursor {
    pub(super) fn open(source: &Source, place: Place, limits: &Limits) -> Result<Self, ReadError> {
        let from = (place.start, place.line, place.first);
        let rows = Rows::open(source.read()?, place.encoding, limits, from).map_err(source.cannot())?;
        Ok(Self { rows, place, line: place.line, done: false })
    }

    pub(super) fn next(&mut self, source: &Source, row: &mut Row) -> Result<bool, ReadError> {
        row.begin();
        while !self.done {
            match self.rows.next().map_err(|fault| self.error(source, fault))? {
                Some(Part::Row(found)) if (self.place.first..=self.place.table).contains(&found.table) => {
                    (row.cells, row.marks, row.line) = (found.cells, found.marks, found.line);
                    self.line = found.line;
                    return Ok(true);
                }
                Some(Part::Ended { table }) => self.done = table == self.place.table,
                Some(_) => {}
                None => self.done = true,
            }
        }
        Ok(false)
    }

    fn error(&self, source: &Source, fault: rows::Fault) -> ReadError {
        let sheet = u32::try_from(self.place.table + 1).unwrap_or(u32::MAX);
        match fault {
            rows::Fault::Damage(reason) => {
                damaged(source, reason, Spot { sheet, row: u32::try_from(self.line).unwrap_or(u32::MAX) })
            }
            rows::Fault::Io(_) => error(source, fault),
        }
    }
}

fn error(source: &Source, fault: rows::Fault) -> ReadError {
    match fault {
        rows::Fault::Io(e) => source.cannot()(e),
        rows::Fault::Damage(reason) => damaged(source, reason, Spot::default()),
    }
}

fn damaged(source: &Source, reason: Damage, place: Spot) -> ReadError {
    ReadError::Damaged { file: source.name().to_owned(), form: "HTML", reason, place }
}
