//! CSV in all its forms: `,` `;` tab or `|`, with or without quotes, UTF-8 with or without a byte-order mark, UTF-16,
//! Windows-1252; and lists of one value a line.

use super::form::Encoding;
use super::header::has_names;
use super::records::{Fault, Records};
use super::row::{Cells, Row, whole_text};
use super::source::Source;
use super::{Form, Limits, Reading, TOP, TOP_BYTES};
use crate::ReadError;
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use std::io::Read;

pub(super) const DELIMITERS: [u8; 4] = *b",;\t|";

pub(super) type Decoded = DecodeReaderBytes<Box<dyn Read + Send>, Vec<u8>>;

/// A byte-order mark is dropped; UTF-16 becomes UTF-8, and everything else passes as it is: a cell that is not UTF-8 is read
/// as Windows-1252 where it is read.
pub(super) fn decode(bytes: Box<dyn Read + Send>, encoding: Encoding) -> Decoded {
    let bytes: Box<dyn Read + Send> = match encoding.rules() {
        None => bytes,
        Some(_) => Box::new(Pairs { bytes, pair: [0; 2], left: 0 }),
    };
    DecodeReaderBytesBuilder::new()
        .encoding(encoding.rules())
        .utf8_passthru(true)
        .strip_bom(true)
        .bom_override(true)
        .build(bytes)
}

/// UTF-16 is made of pairs. Half of one at the end of a file is no row.
struct Pairs {
    bytes: Box<dyn Read + Send>,
    /// A pair that somebody asks for byte by byte, and how much of it is left.
    pair: [u8; 2],
    left: usize,
}

impl Pairs {
    fn one(&mut self) -> std::io::Result<Option<u8>> {
        let mut byte = [0];
        Ok(if self.bytes.read(&mut byte)? == 0 { None } else { Some(byte[0]) })
    }
}

impl Read for Pairs {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if buffer.len() >= 2 && self.left == 0 {
            let even = buffer.len() & !1;
            let read = self.bytes.read(&mut buffer[..even])?;
            if read % 2 == 0 {
                return Ok(read);
            }
            return match self.one()? {
                Some(byte) => {
                    buffer[read] = byte;
                    Ok(read + 1)
                }
                None => Ok(read - 1),
            };
        }
        if self.left == 0 {
            let (Some(first), Some(second)) = (self.one()?, self.one()?) else { return Ok(0) };
            (self.pair, self.left) = ([first, second], 2);
        }
        let Some(place) = buffer.first_mut() else { return Ok(0) };
        *place = self.pair[2 - self.left];
        self.left -= 1;
        Ok(1)
    }
}

/// The rows at the top under every delimiter.
pub(super) fn readings(source: &Source, limits: &Limits) -> Result<Vec<Reading>, ReadError> {
    let encoding = Encoding::of(&source.head()?);
    let all: Vec<(Reading, bool)> =
        DELIMITERS.iter().map(|d| reading(source, *d, encoding, limits)).collect::<Result<_, _>>()?;
    if all.iter().all(|(reading, _)| reading.top.is_empty()) {
        return Err(match all.iter().any(|(_, too_long)| *too_long) {
            true => line_too_long(source, 0, limits),
            false => ReadError::Empty { file: source.name().to_owned() },
        });
    }
    Ok(all.into_iter().map(|(reading, _)| in_quotes(&reading, limits).unwrap_or(reading)).collect())
}

/// The one reading under a delimiter that was asked for; of what is no text, all of them.
pub(super) fn under(source: &Source, asked: u8, all: Vec<Reading>, limits: &Limits) -> Result<Vec<Reading>, ReadError> {
    match all.first().map(|reading| &reading.form) {
        Some(Form::Delimited { encoding, .. }) => {
            let (plain, _) = reading(source, asked, *encoding, limits)?;
            Ok(vec![in_quotes(&plain, limits).unwrap_or(plain)])
        }
        _ => Ok(all),
    }
}

/// The rows at the top, and whether a line too long ended them: below the header it is reported with its row when the rows are
/// read.
fn reading(source: &Source, delimiter: u8, encoding: Encoding, limits: &Limits) -> Result<(Reading, bool), ReadError> {
    let mut records = Records::new(decode(source.peek()?, encoding), Some(delimiter), limits.record);
    let (mut top, mut cells, mut raw) = (Vec::new(), Cells::default(), Vec::new());
    let (mut too_long, mut bytes) = (false, 0);
    while top.len() < TOP && bytes < TOP_BYTES {
        match records.read(&mut cells, &mut raw) {
            Ok(Some(_)) => {
                bytes += cells.size();
                top.push(cells.iter().map(whole_text).collect());
            }
            Ok(None) => break,
            Err(Fault::TooLong) => {
                too_long = true;
                break;
            }
            Err(Fault::Io(e)) => return Err(source.cannot()(e)),
        }
    }
    Ok((Reading { form: Form::Delimited { delimiter: Some(delimiter), encoding, in_quotes: false }, top }, too_long))
}

/// The reading of a file whose lines a spreadsheet wrote as one cell each, within quotes. It is proven by nearly all of them:
/// one cell that falls into as many as the header has.
fn in_quotes(plain: &Reading, limits: &Limits) -> Option<Reading> {
    let Form::Delimited { delimiter: Some(delimiter), encoding, .. } = plain.form else { return None };
    let whole = |row: &&Vec<String>| matches!(row.as_slice(), [cell] if cell.as_bytes().contains(&delimiter));
    let quoted = plain.top.iter().filter(whole).count();
    // the header may have nothing that has to be quoted
    let others = plain.top.iter().filter(|row| row.len() > 1).count().saturating_sub(1);
    if quoted < 2 || others * 9 > quoted {
        return None;
    }
    let form = Form::Delimited { delimiter: Some(delimiter), encoding, in_quotes: true };
    let mut records = Records::new(std::io::empty(), Some(delimiter), limits.record);
    let mut cells = Cells::default();
    let mut inner = |row: &Vec<String>| -> Vec<String> {
        match row.as_slice() {
            [cell] if cell.as_bytes().contains(&delimiter) => {
                one_line(&mut records, cell.as_bytes(), None, delimiter, &mut cells);
                cells.iter().map(whole_text).collect()
            }
            _ => row.clone(),
        }
    };
    let top: Vec<Vec<String>> = plain.top.iter().map(&mut inner).collect();
    let header = top.iter().enumerate().find(|(at, row)| has_names(row, top.get(at + 1..).unwrap_or_default(), &[]))?;
    let even = top.iter().filter(|row| row.len() == header.1.len()).count();
    (header.1.len() > 2 && even * 10 >= quoted * 9).then_some(Reading { form, top })
}

/// The rows from the top of the file on.
pub(super) struct Cursor {
    records: Records<Decoded>,
    raw: Vec<u8>,
    delimiter: Option<u8>,
    /// Lines are one cell within quotes, which has the others.
    in_quotes: bool,
    /// Width of the header, where one is known.
    columns: Option<usize>,
    /// From where on `raw` holds lines that an open quote had swallowed, and the number of the first.
    left: (usize, u64),
}

impl Cursor {
    pub(super) fn open(
        source: &Source,
        (delimiter, in_quotes): (Option<u8>, bool),
        encoding: Encoding,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        Ok(Self {
            in_quotes,
            records: Records::new(decode(source.read()?, encoding), delimiter, limits.record),
            raw: Vec::new(),
            delimiter,
            columns: None,
            left: (0, 0),
        })
    }

    /// From here on rows have so many cells, and in a list an empty line is one.
    pub(super) fn expect(&mut self, columns: usize, list: bool) {
        self.columns = Some(columns);
        if list && self.delimiter.is_none() {
            self.records.keep_blank();
        }
    }

    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Fault> {
        loop {
            if self.free(row) {
                row.end = self.records.position();
                return Ok(true);
            }
            let Some(line) = self.records.read(&mut row.cells, &mut self.raw)? else { return Ok(false) };
            self.unquote(row);
            match (self.columns, self.delimiter) {
                (Some(columns), Some(delimiter)) if self.swallowed(&row.cells, columns, delimiter) => {
                    self.left = (0, line);
                }
                _ => {
                    self.left = (self.raw.len(), line);
                    row.line = line;
                    row.end = self.records.position();
                    return Ok(true);
                }
            }
        }
    }

    /// What stands within the quotes of a line.
    fn unquote(&mut self, row: &mut Row) {
        let (true, Some(delimiter), 1) = (self.in_quotes, self.delimiter, row.cells.len()) else { return };
        let Some(cell) = row.cells.get(0).filter(|cell| cell.contains(&delimiter)).map(<[u8]>::to_vec) else { return };
        one_line(&mut self.records, &cell, self.columns, delimiter, &mut row.cells);
    }

    /// Whether a quote that is not closed has made one cell of several rows: a cell with line breaks in a row of the wrong
    /// width, or with as many delimiters in it as a row has. A quoted cell with a line break of its own is neither.
    fn swallowed(&self, cells: &Cells, columns: usize, delimiter: u8) -> bool {
        !self.raw.is_empty()
            && cells.contains(b'\n')
            && (cells.len() != columns
                || cells.iter().any(|cell| {
                    cell.contains(&b'\n') && cell.iter().filter(|b| **b == delimiter).count() + 1 >= columns
                }))
    }

    /// The next line that an open quote had swallowed; says whether there was one.
    fn free(&mut self, row: &mut Row) -> bool {
        let (Some(columns), Some(delimiter)) = (self.columns, self.delimiter) else { return false };
        while let Some(rest) = self.raw.get(self.left.0..).filter(|rest| !rest.is_empty()) {
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let bytes = rest.get(..length).unwrap_or_default();
            let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
            let line = self.left.1;
            self.left = (self.left.0 + length + 1, line + 1);
            if !bytes.is_empty() {
                one_line(
                    &mut self.records,
                    bytes,
                    Some(if self.in_quotes { 1 } else { columns }),
                    delimiter,
                    &mut row.cells,
                );
                (row.line, row.freed) = (line, true);
                self.unquote(row);
                return true;
            }
        }
        false
    }
}

/// One line by itself: with its quotes where they make as many cells as there are columns, else as if quotes were letters.
fn one_line<R: Read>(all: &mut Records<R>, line: &[u8], columns: Option<usize>, delimiter: u8, cells: &mut Cells) {
    let by_grammar = memchr::memchr(b'"', line).is_some() && all.line(line, cells);
    if !by_grammar || columns.is_some_and(|columns| cells.len() != columns) {
        cells.split(line, Some(delimiter));
    }
}

pub(super) fn fault(source: &Source, row: u64, fault: Fault, limits: &Limits) -> ReadError {
    match fault {
        Fault::Io(e) => source.cannot()(e),
        Fault::TooLong => line_too_long(source, row, limits),
    }
}

fn line_too_long(source: &Source, row: u64, limits: &Limits) -> ReadError {
    let limit_mib = u32::try_from(limits.record >> 20).unwrap_or(u32::MAX);
    ReadError::LineTooLong { file: source.name().to_owned(), row, limit_mib }
}
