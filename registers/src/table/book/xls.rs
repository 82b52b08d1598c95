//! XLS (BIFF5 and BIFF8): the records of one stream. What its records state of counts and dimensions is not needed and not
//! believed.

use super::cell::{self, Numbers};
use super::compound::Compound;
use super::fault::Fault;
use super::model::{Book, Kind, Listed};
use super::strings::Strings;
use super::xlsb::{array, short_number};
use crate::damage::Damage;
use crate::table::Limits;
use crate::table::row::Row;
use crate::table::source::Source;
use rustc_hash::FxHashMap;

/// Columns of an XLS; its rows are counted in two bytes.
const COLUMNS: u16 = 256;
/// Cells of a sheet.
const CELLS: usize = 256 << 16;

/// A record's kind and bytes, and where the next one begins.
fn record(stream: &[u8], at: usize) -> Result<Option<(u16, &[u8], usize)>, Fault> {
    if at >= stream.len() {
        return Ok(None);
    }
    let kind = u16::from_le_bytes(array(stream, at)?);
    let end = at + 4 + usize::from(u16::from_le_bytes(array(stream, at + 2)?));
    Ok(Some((kind, stream.get(at + 4..end).ok_or(Damage::Cut)?, end)))
}

fn short(data: &[u8], at: usize) -> Result<u16, Fault> {
    Ok(u16::from_le_bytes(array(data, at)?))
}

/// Whether texts have a byte that says how wide their letters are (BIFF8), or are in the code page of their office.
type Wide = bool;

pub(super) fn open(source: &Source, limits: &Limits) -> Result<Book, Fault> {
    let file = Compound::open(source)?;
    if file.has("EncryptedPackage") {
        return Err(Fault::Protected);
    }
    let stream = match file.stream("Workbook")? {
        Some(stream) => stream,
        None => file.stream("Book")?.ok_or(Damage::Missing)?,
    };
    drop(file);
    let mut book =
        Book { kind: Kind::Xls, sheets: Vec::new(), strings: Strings::default(), numbers: Numbers::default(), stream };
    let stream = std::mem::take(&mut book.stream);
    globals(&stream, &mut book, limits)?;
    book.stream = stream;
    Ok(book)
}

/// The records before the sheets.
fn globals(stream: &[u8], book: &mut Book, limits: &Limits) -> Result<(), Fault> {
    let (mut wide, mut at) = (true, 0);
    let (mut own, mut styles) = (FxHashMap::default(), Vec::new());
    while let Some((kind, data, end)) = record(stream, at)? {
        at = end;
        match kind {
            // BOF
            0x0809 => wide = is_wide(data)?,
            // FilePass
            0x002F if short(data, 0)? != 0 => return Err(Fault::Protected),
            // DateMode
            0x0022 => book.numbers.from_1904 = short(data, 0)? == 1,
            // Format
            0x041E => {
                let format = if wide { text(data, 2, wide) } else { byte_text(data, 2) };
                own.insert(short(data, 0)?, cell::shows_days(&format?));
            }
            // XF
            0x00E0 => styles.push(short(data, 2)?),
            // BoundSheet: place, state, kind, name
            0x0085 => {
                if book.sheets.len() >= limits.sheets {
                    return Err(Damage::Sheets.into());
                }
                let at = u32::from_le_bytes(array(data, 0)?) as usize;
                let is_sheet = array::<1>(data, 5)? == [0];
                if book.sheets.iter().any(|sheet| sheet.at == at) {
                    return Err(Damage::Order.into());
                }
                let mut name = if wide { short_text(data, 6) } else { byte_text(data, 6) }?;
                name.retain(|c| c != '\0');
                let [state] = array::<1>(data, 4)?;
                book.sheets.extend(is_sheet.then(|| Listed { name, hidden: state & 3 != 0, part: String::new(), at }));
            }
            // SST
            0x00FC => shared(stream, data, end, &mut book.strings, limits)?,
            // EOF
            0x000A => break,
            _ => {}
        }
    }
    book.numbers.days = styles.into_iter().map(|id| own.get(&id).copied().unwrap_or(cell::is_day_format(id))).collect();
    Ok(())
}

fn is_wide(data: &[u8]) -> Result<Wide, Fault> {
    Ok(match short(data, 0)? {
        0x0600 => true,
        0 => short(data, 2).map_or(true, |kind| kind != 0x1000),
        other => other > 0x0500,
    })
}

/// Letters of one byte or two.
fn letters(data: &[u8], from: usize, count: usize, two: bool) -> Result<String, Fault> {
    let bytes = data.get(from..from + if two { count * 2 } else { count }).ok_or(Damage::Record)?;
    Ok(match two {
        true => encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
        false => bytes.iter().map(|b| char::from(*b)).collect(),
    })
}

/// A text with its length in two bytes.
fn text(data: &[u8], at: usize, wide: Wide) -> Result<String, Fault> {
    let count = usize::from(short(data, at)?);
    match (wide, count) {
        (_, 0) => Ok(String::new()),
        (true, _) => letters(data, at + 3, count, array::<1>(data, at + 2)?[0] & 1 == 1),
        (false, _) => Ok(windows(data.get(at + 2..at + 2 + count).ok_or(Damage::Record)?)),
    }
}

/// A text with its length in one byte.
fn short_text(data: &[u8], at: usize) -> Result<String, Fault> {
    let [count, flags] = array(data, at)?;
    letters(data, at + 2, usize::from(count), flags & 1 == 1)
}

/// The same without flags, in the code page of its office.
fn byte_text(data: &[u8], at: usize) -> Result<String, Fault> {
    let [count] = array(data, at)?;
    Ok(windows(data.get(at + 1..at + 1 + usize::from(count)).ok_or(Damage::Record)?))
}

fn windows(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// The shared texts, which go on in the records that continue theirs.
fn shared(stream: &[u8], first: &[u8], mut at: usize, all: &mut Strings, limits: &Limits) -> Result<(), Fault> {
    let mut parts = vec![first.get(8..).ok_or(Damage::Record)?];
    while let Some((0x003C, data, end)) = record(stream, at)? {
        parts.push(data);
        at = end;
    }
    let mut pieces = Pieces { parts, part: 0, at: 0 };
    while pieces.begins() {
        let count = usize::from(u16::from_le_bytes(pieces.bytes()?));
        let [flags] = pieces.bytes()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16::from_le_bytes(pieces.bytes()?)) };
        let more = if flags & 4 == 0 { 0 } else { u32::from_le_bytes(pieces.bytes()?) as usize };
        let value = pieces.letters(count, flags & 1 == 1)?;
        pieces.pass((runs * 4).saturating_add(more))?;
        all.push(value.as_bytes(), limits.strings)?;
    }
    Ok(())
}

/// A record and those that continue it.
struct Pieces<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    /// What is left of the piece; of the next one where nothing is.
    fn left(&mut self) -> Option<&'a [u8]> {
        loop {
            let left = self.parts.get(self.part)?.get(self.at..).unwrap_or_default();
            if !left.is_empty() {
                return Some(left);
            }
            (self.part, self.at) = (self.part + 1, 0);
        }
    }

    fn begins(&mut self) -> bool {
        self.left().is_some()
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let bytes = array(self.left().ok_or(Damage::Cut)?, 0)?;
        self.at += N;
        Ok(bytes)
    }

    /// A text; where it goes on in another piece, that says anew how wide its letters are.
    fn letters(&mut self, count: usize, mut two: bool) -> Result<String, Fault> {
        let (mut all, mut missing) = (String::new(), count);
        while missing > 0 {
            let part = self.part;
            let left = self.left().ok_or(Damage::Cut)?;
            let goes_on = self.part != part && missing < count;
            let from = usize::from(goes_on);
            if goes_on {
                two = left.first().is_some_and(|flags| flags & 1 == 1);
            }
            let width = if two { 2 } else { 1 };
            let here = missing.min(left.len().saturating_sub(from) / width);
            if here == 0 && !goes_on {
                return Err(Damage::Record.into());
            }
            all.push_str(&letters(left, from, here, two)?);
            self.at += from + here * width;
            missing -= here;
        }
        Ok(all)
    }

    fn pass(&mut self, mut count: usize) -> Result<(), Fault> {
        while count > 0 {
            let here = self.left().ok_or(Damage::Cut)?.len().min(count);
            self.at += here;
            count -= here;
        }
        Ok(())
    }
}

/// A cell where it stands, and what it holds.
struct Cell {
    row: u16,
    column: u16,
    value: Value,
}

enum Value {
    Number(f64, bool),
    Shared(u32),
    Text(Box<str>),
    Truth(bool),
    Error,
}

/// The cells of a sheet in the order of their rows.
pub(super) struct Rows {
    cells: std::iter::Peekable<std::vec::IntoIter<Cell>>,
}

impl Rows {
    pub(super) fn open(book: &Book, sheet: &Listed) -> Result<Self, Fault> {
        let mut cells = cells(book, sheet.at)?;
        // some writers order them otherwise; of two for one place the later holds
        cells.sort_by_key(|cell| (cell.row, cell.column));
        Ok(Self { cells: cells.into_iter().peekable() })
    }

    pub(super) fn next(&mut self, book: &Book, row: &mut Row) -> Result<Option<u32>, Fault> {
        let Some(at) = self.cells.peek().map(|cell| cell.row) else { return Ok(None) };
        while let Some(cell) = self.cells.next_if(|cell| cell.row == at) {
            let later = self.cells.peek().is_some_and(|next| (next.row, next.column) == (at, cell.column));
            if !later {
                row.cells.pad(usize::from(cell.column));
                push(book, row, &cell.value)?;
            }
        }
        Ok(Some(u32::from(at)))
    }
}

fn push(book: &Book, row: &mut Row, value: &Value) -> Result<(), Fault> {
    match value {
        Value::Number(number, day) => book.numbers.number(row, *number, *day),
        Value::Shared(at) => row.cells.push(book.strings.get(*at as usize)?),
        Value::Text(text) => row.cells.push(text.as_bytes()),
        Value::Truth(yes) => cell::truth(row, *yes),
        Value::Error => cell::error(row),
    }
    Ok(())
}

fn cells(book: &Book, from: usize) -> Result<Vec<Cell>, Fault> {
    let (mut all, mut at, mut depth, mut wide) = (Vec::new(), from, 0u32, true);
    let mut formula = None;
    // one sheet ends before the next begins
    let next = book.sheets.iter().map(|sheet| sheet.at).filter(|at| *at > from).min().unwrap_or(book.stream.len());
    let stream = book.stream.get(..next).unwrap_or(&book.stream);
    while let Some((kind, data, end)) = record(stream, at)? {
        if all.len() > CELLS {
            return Err(Damage::Beyond.into());
        }
        at = end;
        match kind {
            // BOF: of the sheet, then of charts in it
            0x0809 => {
                if depth == 0 {
                    wide = is_wide(data)?;
                }
                depth += 1;
            }
            // EOF
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            _ if depth != 1 => {}
            // Number
            0x0203 => all.push(one(book, data, |day| Ok(Value::Number(f64::from_le_bytes(array(data, 6)?), day)))?),
            // RK
            0x027E => all.push(one(book, data, |day| Ok(Value::Number(short_number(array(data, 6)?), day)))?),
            // MulRk: row, first column, (style, number)…, last column
            0x00BD => {
                let (row, first) = (short(data, 0)?, short(data, 2)?);
                let pairs = data.get(4..data.len().saturating_sub(2)).ok_or(Damage::Record)?;
                for (column, pair) in (first..).zip(pairs.as_chunks::<6>().0) {
                    let day = book.numbers.is_day(usize::from(short(pair, 0)?));
                    let number = short_number(array(pair, 2)?);
                    all.push(Cell { row, column: inside(column)?, value: Value::Number(number, day) });
                }
            }
            // LabelSst
            0x00FD => all.push(one(book, data, |_| Ok(Value::Shared(u32::from_le_bytes(array(data, 6)?))))?),
            // Label, RString
            0x0204 | 0x00D6 => all.push(one(book, data, |_| Ok(Value::Text(text(data, 6, wide)?.into())))?),
            // BoolErr
            0x0205 => {
                let [value, is_error] = array(data, 6)?;
                let value = if is_error == 0 { Value::Truth(value != 0) } else { Value::Error };
                all.push(one(book, data, |_| Ok(value))?);
            }
            // Formula; a text comes in the record after it
            0x0006 => {
                formula = Some((short(data, 0)?, inside(short(data, 2)?)?));
                let result: [u8; 8] = array(data, 6)?;
                let value = match result {
                    [0 | 3, .., 0xFF, 0xFF] => None,
                    [1, _, yes, .., 0xFF, 0xFF] => Some(Value::Truth(yes != 0)),
                    [_, .., 0xFF, 0xFF] => Some(Value::Error),
                    number => {
                        let day = book.numbers.is_day(usize::from(short(data, 4)?));
                        Some(Value::Number(f64::from_le_bytes(number), day))
                    }
                };
                all.extend(value.zip(formula).map(|(value, (row, column))| Cell { row, column, value }));
            }
            // String
            0x0207 => {
                let (row, column) = formula.take().ok_or(Damage::Order)?;
                all.push(Cell { row, column, value: Value::Text(text(data, 0, wide)?.into()) });
            }
            _ => {}
        }
    }
    Ok(all)
}

/// A cell of its own record: row, column, style.
fn one(book: &Book, data: &[u8], value: impl FnOnce(bool) -> Result<Value, Fault>) -> Result<Cell, Fault> {
    let day = book.numbers.is_day(usize::from(short(data, 4)?));
    Ok(Cell { row: short(data, 0)?, column: inside(short(data, 2)?)?, value: value(day)? })
}

fn inside(column: u16) -> Result<u16, Fault> {
    if column < COLUMNS { Ok(column) } else { Err(Damage::Beyond.into()) }
}
