//! XLSB: the same parts as records of binary numbers.

use super::cell::{self, Numbers, ROWS, check_length, go_to};
use super::fault::{Fault, reading};
use super::model::{Book, Kind, Listed};
use super::package::{Package, Part};
use super::strings::Strings;
use super::xlsx::{Related, parts_of};
use crate::damage::Damage;
use crate::table::Limits;
use crate::table::row::Row;
use crate::table::source::Source;
use rustc_hash::FxHashMap;
use std::io::{BufReader, Read};

/// Bytes of a part that says how the workbook is made.
const SMALL: u64 = 64 << 20;

/// The records of a part.
struct Records {
    input: BufReader<Part>,
    data: Vec<u8>,
    limit: usize,
}

impl Records {
    fn open(source: &Source, part: &str, inflated: u64, limit: usize) -> Result<Option<Self>, Fault> {
        let part = Package::open(source)?.part(part, inflated)?;
        Ok(part.map(|part| Self { input: BufReader::with_capacity(1 << 16, part), data: Vec::new(), limit }))
    }

    /// The next record's kind; its bytes are in `data`. None at the end.
    fn next(&mut self) -> Result<Option<u16>, Fault> {
        let Some(low) = self.byte()? else { return Ok(None) };
        let kind = match low & 0x80 {
            0 => u16::from(low),
            _ => u16::from(low & 0x7f) | u16::from(self.byte()?.ok_or(Damage::Cut)? & 0x7f) << 7,
        };
        let mut length = 0usize;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?.ok_or(Damage::Cut)?;
            length |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > self.limit {
            return Err(Damage::Long.into());
        }
        self.data.clear();
        let mut part = (&mut self.input).take(length as u64);
        let read = part.read_to_end(&mut self.data).map_err(|e| reading(&e, Damage::Zip))?;
        if read < length { Err(Damage::Cut.into()) } else { Ok(Some(kind)) }
    }

    fn byte(&mut self) -> Result<Option<u8>, Fault> {
        let mut byte = [0];
        loop {
            return match self.input.read(&mut byte) {
                Ok(0) => Ok(None),
                Ok(_) => Ok(Some(byte[0])),
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) => Err(reading(&e, Damage::Zip)),
            };
        }
    }

    /// Four bytes of the record.
    fn number(&self, at: usize) -> Result<u32, Fault> {
        Ok(u32::from_le_bytes(array(&self.data, at)?))
    }
}

/// Bytes of a record.
pub(super) fn array<const N: usize>(data: &[u8], at: usize) -> Result<[u8; N], Fault> {
    let bytes = data.get(at..).and_then(|rest| rest.get(..N)).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Damage::Record.into())
}

/// A text with its length before it, and where it ends.
fn wide(data: &[u8], at: usize) -> Result<(String, usize), Fault> {
    let letters = u32::from_le_bytes(array(data, at)?) as usize;
    let end = letters.checked_mul(2).and_then(|bytes| bytes.checked_add(at + 4)).ok_or(Damage::Record)?;
    let bytes = data.get(at + 4..end).ok_or(Damage::Record)?;
    Ok((encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(), end))
}

/// A number in four bytes: a float without its lower half or a whole number, by a hundred where so said.
pub(super) fn short_number(bytes: [u8; 4]) -> f64 {
    let raw = u32::from_le_bytes(bytes);
    let number =
        if raw & 2 == 0 { f64::from_bits(u64::from(raw & !3) << 32) } else { f64::from(raw.cast_signed() >> 2) };
    if raw & 1 == 0 { number } else { number / 100.0 }
}

pub(super) fn open(source: &Source, main: &str, limits: &Limits) -> Result<Book, Fault> {
    let parts = parts_of(source, main, limits)?;
    let (sheets, from_1904) = workbook(source, main, &parts, limits)?;
    let days = styles(source, Related::of_kind(&parts, "/styles", "xl/styles.bin"), limits)?;
    let strings = strings(source, Related::of_kind(&parts, "/sharedStrings", "xl/sharedStrings.bin"), limits)?;
    Ok(Book { kind: Kind::Xlsb, sheets, strings, numbers: Numbers { days, from_1904 }, stream: Vec::new() })
}

fn workbook(source: &Source, main: &str, parts: &[Related], limits: &Limits) -> Result<(Vec<Listed>, bool), Fault> {
    let mut records = Records::open(source, main, SMALL, limits.record)?.ok_or(Damage::Missing)?;
    let (mut sheets, mut from_1904, mut count) = (Vec::new(), false, 0);
    while let Some(kind) = records.next()? {
        match kind {
            // BrtWbProp
            153 => from_1904 = records.number(0)? & 1 == 1,
            // BrtBundleSh: state, number, id of the part, name
            156 => {
                count += 1;
                if count > limits.sheets {
                    return Err(Damage::Sheets.into());
                }
                // a sheet without a part has no id
                if records.number(8)? != u32::MAX {
                    let (id, end) = wide(&records.data, 8)?;
                    let (name, _) = wide(&records.data, end)?;
                    let part = Related::by_id(parts, &id).ok_or(Damage::Missing)?;
                    if part.is_sheet() {
                        let hidden = records.number(0)? != 0;
                        sheets.push(Listed { name, hidden, part: part.target().to_owned(), at: 0 });
                    }
                }
            }
            _ => {}
        }
    }
    Ok((sheets, from_1904))
}

fn styles(source: &Source, part: &str, limits: &Limits) -> Result<Vec<bool>, Fault> {
    let Some(mut records) = Records::open(source, part, SMALL, limits.record)? else { return Ok(Vec::new()) };
    let (mut own, mut days, mut inside) = (FxHashMap::default(), Vec::new(), false);
    while let Some(kind) = records.next()? {
        match kind {
            // BrtFmt
            44 => {
                let id = u16::from_le_bytes(array(&records.data, 0)?);
                own.insert(id, cell::shows_days(&wide(&records.data, 2)?.0));
            }
            // BrtBeginCellXFs, BrtEndCellXFs
            617 => inside = true,
            618 => inside = false,
            // BrtXF
            47 if inside => {
                let id = u16::from_le_bytes(array(&records.data, 2)?);
                days.push(own.get(&id).copied().unwrap_or_else(|| cell::is_day_format(id)));
            }
            _ => {}
        }
    }
    Ok(days)
}

fn strings(source: &Source, part: &str, limits: &Limits) -> Result<Strings, Fault> {
    let mut all = Strings::default();
    let Some(mut records) = Records::open(source, part, limits.strings, limits.record)? else { return Ok(all) };
    while let Some(kind) = records.next()? {
        // BrtSSTItem: flags, text
        if kind == 19 {
            all.push(wide(&records.data, 1)?.0.as_bytes(), limits.strings)?;
        }
    }
    Ok(all)
}

/// The rows of a sheet that are stored.
pub(super) struct Rows {
    records: Records,
    /// The row that has begun, from 0.
    begun: Option<u32>,
    ended: bool,
}

impl Rows {
    pub(super) fn open(source: &Source, sheet: &Listed, limits: &Limits) -> Result<Self, Fault> {
        let records = Records::open(source, &sheet.part, limits.inflated, limits.record)?.ok_or(Damage::Missing)?;
        Ok(Self { records, begun: None, ended: false })
    }

    pub(super) fn next(&mut self, book: &Book, row: &mut Row, limits: &Limits) -> Result<Option<u32>, Fault> {
        while !self.ended {
            match self.records.next()?.ok_or(Damage::Cut)? {
                // BrtRowHdr
                0 => {
                    let at = self.records.number(0)?;
                    if at >= ROWS {
                        return Err(Damage::Beyond.into());
                    }
                    let before = self.begun.replace(at);
                    if before.is_some_and(|before| at <= before) {
                        return Err(Damage::Order.into());
                    }
                    if !row.cells.is_empty() {
                        return Ok(before);
                    }
                }
                kind @ (1..=11 | 62) if self.begun.is_some() => {
                    let column = self.records.number(0)? as usize;
                    go_to(row, column)?;
                    self.push(kind, book, row)?;
                    check_length(row, limits.record)?;
                }
                // BrtEndSheetData
                146 => self.ended = true,
                _ => {}
            }
        }
        Ok(self.begun.filter(|_| !row.cells.is_empty()))
    }

    /// The value after the column and the style.
    fn push(&self, kind: u16, book: &Book, row: &mut Row) -> Result<(), Fault> {
        let data = &self.records.data;
        let day = || Ok::<_, Fault>(book.numbers.is_day((self.records.number(4)? & 0xff_ffff) as usize));
        match kind {
            1 => row.cells.push(b""),
            2 => book.numbers.number(row, short_number(array(data, 8)?), day()?),
            3 | 11 => cell::error(row),
            4 | 10 => cell::truth(row, array::<1>(data, 8)? != [0]),
            5 | 9 => book.numbers.number(row, f64::from_le_bytes(array(data, 8)?), day()?),
            7 => row.cells.push(book.strings.get(self.records.number(8)? as usize)?),
            // a text with its runs has a byte of flags first
            62 => row.cells.push(wide(data, 9)?.0.as_bytes()),
            _ => row.cells.push(wide(data, 8)?.0.as_bytes()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_four_bytes() {
        assert_eq!(short_number([0, 0, 0xf0, 0x3f]), 1.0);
        assert_eq!(short_number((7u32 << 2 | 2).to_le_bytes()), 7.0);
        assert_eq!(short_number((1234u32 << 2 | 3).to_le_bytes()), 12.34);
        assert_eq!(short_number(((-5i32 << 2) as u32 | 2).to_le_bytes()), -5.0);
    }
}
