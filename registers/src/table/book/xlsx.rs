//! XLSX: the workbook's parts, and the rows of a sheet cell by cell.

use super::cell::{self, Numbers, ROWS, check_length, go_to};
use super::fault::Fault;
use super::model::{Book, Kind, Listed};
use super::strings::Strings;
use super::xml::{Xml, attributes, meant, plain, text};
use crate::damage::Damage;
use crate::table::Limits;
use crate::table::row::{Mark, Row};
use crate::table::source::Source;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Bytes of a part that says how the workbook is made.
const SMALL: u64 = 64 << 20;

/// A part that another names, by an id, a kind and a path.
pub(super) struct Related {
    id: String,
    kind: String,
    target: String,
}

/// The part that the package begins with, such as `xl/workbook.xml`; none where it is no package of Excel.
pub(super) fn main_part(source: &Source, limits: &Limits) -> Result<Option<String>, Fault> {
    let all = related(source, "_rels/.rels", "", limits)?;
    Ok(all.into_iter().find(|r| r.kind.ends_with("/officeDocument")).map(|r| r.target))
}

/// The parts that a part names.
pub(super) fn parts_of(source: &Source, main: &str, limits: &Limits) -> Result<Vec<Related>, Fault> {
    let (folder, name) = main.rsplit_once('/').map_or(("", main), |(folder, name)| (folder, name));
    let base = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    related(source, &format!("{base}_rels/{name}.rels"), &base, limits)
}

fn related(source: &Source, part: &str, base: &str, limits: &Limits) -> Result<Vec<Related>, Fault> {
    let mut all = Vec::new();
    let Some(mut xml) = Xml::open(source, part, SMALL, limits.record)? else { return Ok(all) };
    loop {
        match xml.next()? {
            Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                let of = |name| meant(&e, name).map(|value| value.unwrap_or_default().into_owned());
                all.push(Related { id: of("Id")?, kind: of("Type")?, target: absolute(&of("Target")?, base) });
                if all.len() > limits.sheets.saturating_mul(4) {
                    return Err(Damage::Sheets.into());
                }
            }
            Event::Eof => return Ok(all),
            _ => {}
        }
    }
}

/// A path within the package.
fn absolute(target: &str, base: &str) -> String {
    if let Some(from_root) = target.strip_prefix('/') {
        return from_root.to_owned();
    }
    // some writers give the whole path without its slash
    if !base.is_empty() && target.starts_with(base) {
        return target.to_owned();
    }
    let (mut folder, mut rest) = (base.trim_end_matches('/'), target);
    while let Some(up) = rest.strip_prefix("../") {
        (folder, rest) = (folder.rsplit_once('/').map_or("", |(above, _)| above), up);
    }
    let rest = rest.trim_start_matches("./");
    if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") }
}

impl Related {
    pub(super) fn by_id<'r>(all: &'r [Self], id: &str) -> Option<&'r Self> {
        all.iter().find(|r| r.id == id)
    }

    /// The part of a kind, or the one that is always called so.
    pub(super) fn of_kind<'r>(all: &'r [Self], kind: &str, otherwise: &'r str) -> &'r str {
        all.iter().find(|r| r.kind.ends_with(kind)).map_or(otherwise, |r| &r.target)
    }

    pub(super) fn is_sheet(&self) -> bool {
        self.kind.ends_with("/worksheet")
    }

    pub(super) fn target(&self) -> &str {
        &self.target
    }
}

pub(super) fn open(source: &Source, main: &str, limits: &Limits) -> Result<Book, Fault> {
    let parts = parts_of(source, main, limits)?;
    let (sheets, from_1904) = workbook(source, main, &parts, limits)?;
    let days = styles(source, Related::of_kind(&parts, "/styles", "xl/styles.xml"), limits)?;
    let strings = strings(source, Related::of_kind(&parts, "/sharedStrings", "xl/sharedStrings.xml"), limits)?;
    Ok(Book { kind: Kind::Xlsx, sheets, strings, numbers: Numbers { days, from_1904 }, stream: Vec::new() })
}

fn workbook(source: &Source, main: &str, parts: &[Related], limits: &Limits) -> Result<(Vec<Listed>, bool), Fault> {
    let mut xml = Xml::open(source, main, SMALL, limits.record)?.ok_or(Damage::Missing)?;
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    let mut count = 0;
    loop {
        match xml.next()? {
            Event::Start(e) if e.local_name().as_ref() == "workbookPr" => {
                from_1904 = meant(&e, "date1904")?.is_some_and(|v| matches!(v.as_ref(), "1" | "true"));
            }
            Event::Start(e) if e.local_name().as_ref() == "sheet" => {
                count += 1;
                sheets.extend(listed(&e, parts)?);
                if count > limits.sheets {
                    return Err(Damage::Sheets.into());
                }
            }
            Event::Eof => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}

/// A sheet with cells; one that is a chart or a macro has none.
fn listed(e: &BytesStart<'_>, parts: &[Related]) -> Result<Option<Listed>, Fault> {
    let id = attributes(e).find(|(key, _)| key.ends_with(":id")).map(|(_, id)| id).ok_or(Damage::Missing)?;
    let part = Related::by_id(parts, &plain(id)?).ok_or(Damage::Missing)?;
    let name = meant(e, "name")?.unwrap_or_default().into_owned();
    let hidden = meant(e, "state")?.is_some_and(|state| state != "visible");
    Ok(part.is_sheet().then(|| Listed { name, hidden, part: part.target.clone(), at: 0 }))
}

/// By style of a cell: whether it shows days.
fn styles(source: &Source, part: &str, limits: &Limits) -> Result<Vec<bool>, Fault> {
    let Some(mut xml) = Xml::open(source, part, SMALL, limits.record)? else { return Ok(Vec::new()) };
    let (mut own, mut days, mut inside) = (FxHashMap::default(), Vec::new(), false);
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(format)) = (meant(&e, "numFmtId")?, meant(&e, "formatCode")?) {
                        own.insert(id.into_owned(), cell::shows_days(&format));
                    }
                }
                "cellXfs" => inside = true,
                "xf" if inside => {
                    let id = meant(&e, "numFmtId")?.unwrap_or_default();
                    let built_in = || id.parse().is_ok_and(cell::is_day_format);
                    days.push(own.get(id.as_ref()).copied().unwrap_or_else(built_in));
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "cellXfs" => inside = false,
            Event::Eof => return Ok(days),
            _ => {}
        }
    }
}

fn strings(source: &Source, part: &str, limits: &Limits) -> Result<Strings, Fault> {
    let mut all = Strings::default();
    let Some(mut xml) = Xml::open(source, part, limits.strings, limits.record)? else { return Ok(all) };
    let mut value = String::new();
    loop {
        match xml.next()? {
            Event::Start(e) if e.local_name().as_ref() == "si" => {
                rich(&mut xml, "si", &mut value, limits.record)?;
                all.push(value.as_bytes(), limits.strings)?;
            }
            Event::End(e) if e.local_name().as_ref() == "sst" => return Ok(all),
            Event::Eof => return Err(Damage::Cut.into()),
            _ => {}
        }
    }
}

/// The text of an element, with its runs but without their readings (furigana).
fn rich(xml: &mut Xml, until: &str, value: &mut String, limit: usize) -> Result<(), Fault> {
    value.clear();
    let (mut run, mut taking, mut keep, mut reading) = (String::new(), false, false, false);
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "rPh" => reading = true,
                "t" if !reading => {
                    keep = attributes(&e).any(|(key, value)| key == "xml:space" && value == "preserve");
                    taking = true;
                    run.clear();
                }
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "rPh" => reading = false,
                "t" if taking => {
                    taking = false;
                    let run = if keep { &run } else { run.trim_matches([' ', '\t', '\r', '\n']) };
                    value.push_str(&unescaped(run));
                    if value.len() > limit {
                        return Err(Damage::Long.into());
                    }
                }
                name if name == until => return Ok(()),
                _ => {}
            },
            Event::Eof => return Err(Damage::Cut.into()),
            event if taking => text(&event, &mut run, limit)?,
            _ => {}
        }
    }
}

/// Excel writes a letter that XML cannot hold as `_x000D_`.
fn unescaped(written: &str) -> Cow<'_, str> {
    if !written.contains("_x") {
        return Cow::Borrowed(written);
    }
    let escape = |text: &str| {
        let digits = text.strip_prefix("_x")?.get(..4)?;
        let closed = text.get(6..)?.starts_with('_') && digits.bytes().all(|b| b.is_ascii_hexdigit());
        u16::from_str_radix(digits, 16).ok().filter(|_| closed)
    };
    let (mut units, mut rest) = (Vec::with_capacity(written.len()), written);
    while let Some(letter) = rest.chars().next() {
        let taken = match escape(rest) {
            Some(unit) => {
                units.push(unit);
                7
            }
            None => {
                units.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
                letter.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    Cow::Owned(String::from_utf16_lossy(&units))
}

/// The rows of a sheet that are stored.
pub(super) struct Rows {
    xml: Xml,
    value: String,
    /// 0-based row that may come next.
    next: u32,
    ended: bool,
}

/// What a cell says of its value.
struct Told<'e> {
    place: Option<&'e str>,
    style: Option<&'e str>,
    kind: Option<&'e str>,
}

/// How a value is to be read.
#[derive(Clone, Copy)]
enum Value {
    Number { day: bool },
    Shared,
    Inline,
    Text,
    Truth,
    Error,
}

impl Rows {
    pub(super) fn open(source: &Source, sheet: &Listed, limits: &Limits) -> Result<Self, Fault> {
        let xml = Xml::open(source, &sheet.part, limits.inflated, limits.record)?.ok_or(Damage::Missing)?;
        let mut rows = Self { xml, value: String::new(), next: 0, ended: false };
        loop {
            match rows.xml.next()? {
                Event::Start(e) if e.local_name().as_ref() == "sheetData" => return Ok(rows),
                Event::Eof => return Err(Damage::Cut.into()),
                _ => {}
            }
        }
    }

    /// The next row that has a cell, and which row of the sheet it is, from 0.
    pub(super) fn next(&mut self, book: &Book, row: &mut Row, limits: &Limits) -> Result<Option<u32>, Fault> {
        if self.ended {
            return Ok(None);
        }
        let (mut at, mut stated, mut inside) = (self.next, false, false);
        loop {
            match self.xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "row" => {
                        let r = attributes(&e).find(|(key, _)| *key == "r").map(|(_, r)| row_number(r)).transpose()?;
                        (stated, inside) = (r.is_some(), true);
                        at = ordered(r.unwrap_or(self.next), self.next)?;
                    }
                    "c" if inside => {
                        let told = told(&e);
                        let place = told.place.map(place).transpose()?;
                        let (column, value) = (place.map(|(_, column)| column), told.value(book));
                        if let Some((r, _)) = place
                            && r != at
                        {
                            // the first cell of a row without a number of its own numbers it
                            if stated || !row.cells.is_empty() {
                                return Err(Damage::Place.into());
                            }
                            at = ordered(r, self.next)?;
                        }
                        go_to(row, column.unwrap_or(row.cells.len()))?;
                        let held = content(&mut self.xml, value, &mut self.value, limits.record)?;
                        // `t="str"` with nothing in it is a result: the empty text
                        if held == Held::Formula && self.value.is_empty() && !matches!(value, Value::Text) {
                            row.mark(row.cells.len(), Mark::Formula);
                        }
                        push(book, row, if held == Held::Inline { Value::Inline } else { value }, &self.value)?;
                        check_length(row, limits.record)?;
                    }
                    "c" => return Err(Damage::Xml.into()),
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "row" if inside => {
                        inside = false;
                        self.next = at + 1;
                        if !row.cells.is_empty() {
                            return Ok(Some(at));
                        }
                        at = self.next;
                    }
                    "sheetData" => {
                        self.ended = true;
                        return Ok(None);
                    }
                    _ => {}
                },
                Event::Eof => return Err(Damage::Cut.into()),
                _ => {}
            }
        }
    }
}

fn ordered(row: u32, next: u32) -> Result<u32, Fault> {
    match row {
        _ if row >= ROWS => Err(Damage::Beyond.into()),
        _ if row < next => Err(Damage::Order.into()),
        _ => Ok(row),
    }
}

/// `7`, from 0.
fn row_number(written: &str) -> Result<u32, Fault> {
    let digits = !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit());
    match written.trim_start_matches('0') {
        _ if !digits => Err(Damage::Place.into()),
        "" => Err(Damage::Place.into()),
        number if number.len() > 7 => Err(Damage::Beyond.into()),
        number => number.parse::<u32>().map(|n| n - 1).map_err(|_| Damage::Place.into()),
    }
}

/// `B7`, from 0: row and column.
fn place(written: &str) -> Result<(u32, usize), Fault> {
    let letters = written.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = written.split_at_checked(letters).ok_or(Damage::Place)?;
    if column.is_empty() {
        return Err(Damage::Place.into());
    }
    if column.len() > 3 {
        return Err(Damage::Beyond.into());
    }
    let column = column.bytes().fold(0, |at, b| at * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    Ok((row_number(row)?, column - 1))
}

fn told<'e>(e: &'e BytesStart<'_>) -> Told<'e> {
    let mut told = Told { place: None, style: None, kind: None };
    for (key, value) in attributes(e) {
        match key {
            "r" => told.place = Some(value),
            "s" => told.style = Some(value),
            "t" => told.kind = Some(value),
            _ => {}
        }
    }
    told
}

impl Told<'_> {
    fn value(&self, book: &Book) -> Value {
        match self.kind {
            None | Some("n") => {
                Value::Number { day: self.style.and_then(|s| s.parse().ok()).is_some_and(|s| book.numbers.is_day(s)) }
            }
            Some("s") => Value::Shared,
            Some("b") => Value::Truth,
            Some("e") => Value::Error,
            Some("inlineStr" | "is") => Value::Inline,
            // a kind that Excel does not know is text as it stands
            Some(_) => Value::Text,
        }
    }
}

/// What a cell has beside its value, or in place of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Value,
    /// Its text.
    Inline,
    Formula,
}

/// Reads a cell to its end.
fn content(xml: &mut Xml, kind: Value, value: &mut String, limit: usize) -> Result<Held, Fault> {
    value.clear();
    let (mut taking, mut held) = (false, Held::Value);
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "v" => taking = !matches!(kind, Value::Inline),
                "is" => {
                    rich(xml, "is", value, limit)?;
                    held = Held::Inline;
                }
                "f" if held == Held::Value => held = Held::Formula,
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "v" => taking = false,
                "c" => return Ok(held),
                _ => {}
            },
            Event::Eof => return Err(Damage::Cut.into()),
            event if taking => text(&event, value, limit)?,
            _ => {}
        }
    }
}

fn push(book: &Book, row: &mut Row, kind: Value, value: &str) -> Result<(), Fault> {
    match kind {
        _ if value.is_empty() => row.cells.push(b""),
        Value::Number { day } => book.numbers.written(row, value, day),
        Value::Shared => {
            let at = value.parse().map_err(|_| Damage::Strings)?;
            row.cells.push(book.strings.get(at)?);
        }
        Value::Inline => row.cells.push(value.as_bytes()),
        Value::Text => row.cells.push(unescaped(value).as_bytes()),
        Value::Truth => match value.trim() {
            "1" => cell::truth(row, true),
            "0" => cell::truth(row, false),
            yes if yes.eq_ignore_ascii_case("true") => cell::truth(row, true),
            no if no.eq_ignore_ascii_case("false") => cell::truth(row, false),
            text => row.cells.push(text.as_bytes()),
        },
        Value::Error => cell::error(row),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_excel_are_read() {
        for (written, meant) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_", "\u{1F4F7}"),
            ("_x00zz_", "_x00zz_"),
            ("x_x\u{e9}\u{e9}", "x_x\u{e9}\u{e9}"),
        ] {
            assert_eq!(unescaped(written), meant);
        }
    }

    #[test]
    fn places_are_bounded() {
        assert_eq!(place("A1").ok(), Some((0, 0)));
        assert_eq!(place("XFD1048576").ok(), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "7", "A0", "A-1", "ZZZZZZ1", "A4000000000", "A1B", "\u{c9}1"] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
    }
}
