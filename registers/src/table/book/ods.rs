//! ODS: all sheets in one part, with rows and cells that say how often they repeat. Repeats are counted, not unrolled: blank
//! ones cost nothing, the others no more than a sheet of Excel may have.

use super::cell::{self, COLUMNS, Numbers, ROWS, check_length};
use super::fault::Fault;
use super::model::{Book, Kind, Listed};
use super::package::Package;
use super::strings::Strings;
use super::xml::{Xml, attribute, attributes, meant, plain, text};
use crate::damage::Damage;
use crate::table::Limits;
use crate::table::row::{Mark, Row};
use crate::table::source::Source;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashSet;
use std::io::Read as _;

const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const CONTENT: &str = "content.xml";

/// Whether the package says that it is a spreadsheet of LibreOffice.
pub(super) fn is_ods(source: &Source) -> Result<bool, Fault> {
    let Some(part) = Package::open(source)?.part("mimetype", 1024)? else { return Ok(false) };
    let mut kind = Vec::new();
    Ok(part.take(MIMETYPE.len() as u64).read_to_end(&mut kind).is_ok() && kind == MIMETYPE)
}

pub(super) fn open(source: &Source, limits: &Limits) -> Result<Book, Fault> {
    refuse_encrypted(source, limits)?;
    let mut xml = content(source, limits)?;
    let (mut sheets, mut tables) = (Vec::new(), 0);
    // a sheet is hidden by its style
    let (mut style, mut hiding) = (String::new(), FxHashSet::default());
    loop {
        match xml.next()? {
            Event::Start(e) if e.name().as_ref() == "style:style" => {
                style = attribute(&e, "style:name").unwrap_or_default().to_owned();
            }
            Event::Start(e)
                if e.name().as_ref() == "style:table-properties" && attribute(&e, "table:display") == Some("false") =>
            {
                hiding.insert(std::mem::take(&mut style));
            }
            Event::Start(e) if e.name().as_ref() == "table:table" => {
                let name = meant(&e, "table:name")?.map(String::from);
                let hidden = attribute(&e, "table:style-name").is_some_and(|style| hiding.contains(style));
                sheets.extend(name.map(|name| Listed { name, hidden, part: String::new(), at: tables }));
                tables += 1;
                if tables > limits.sheets {
                    return Err(Damage::Sheets.into());
                }
                skip(&mut xml, "table:table")?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let (strings, numbers) = (Strings::default(), Numbers::default());
    Ok(Book { kind: Kind::Ods, sheets, strings, numbers, stream: Vec::new() })
}

fn content(source: &Source, limits: &Limits) -> Result<Xml, Fault> {
    Xml::open(source, CONTENT, limits.inflated, limits.record)?.ok_or_else(|| Damage::Missing.into())
}

fn refuse_encrypted(source: &Source, limits: &Limits) -> Result<(), Fault> {
    let Some(mut xml) = Xml::open(source, "META-INF/manifest.xml", limits.inflated, limits.record)? else {
        return Ok(());
    };
    loop {
        match xml.next()? {
            Event::Start(e) if e.name().as_ref() == "manifest:encryption-data" => return Err(Fault::Protected),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Passes over the rest of an element, with those of its name in it.
fn skip(xml: &mut Xml, name: &str) -> Result<(), Fault> {
    let mut depth = 1u32;
    while depth > 0 {
        match xml.next()? {
            Event::Start(e) if e.name().as_ref() == name => depth += 1,
            Event::End(e) if e.name().as_ref() == name => depth -= 1,
            Event::Eof => return Err(Damage::Cut.into()),
            _ => {}
        }
    }
    Ok(())
}

/// The rows of a sheet that have content.
pub(super) struct Rows {
    xml: Xml,
    value: String,
    /// 0-based row that comes next.
    next: u32,
    /// A row that is still to be given so often, and again from the first copy on.
    again: u32,
    copy: Row,
    ended: bool,
}

impl Rows {
    pub(super) fn open(source: &Source, sheet: &Listed, limits: &Limits) -> Result<Self, Fault> {
        let mut xml = content(source, limits)?;
        let mut before = sheet.at;
        loop {
            match xml.next()? {
                Event::Start(e) if e.name().as_ref() == "table:table" => {
                    if before == 0 {
                        break;
                    }
                    before -= 1;
                    skip(&mut xml, "table:table")?;
                }
                Event::Eof => return Err(Damage::Missing.into()),
                _ => {}
            }
        }
        Ok(Self { xml, value: String::new(), next: 0, again: 0, copy: Row::default(), ended: false })
    }

    pub(super) fn next(&mut self, row: &mut Row, limits: &Limits) -> Result<Option<u32>, Fault> {
        if self.again > 0 {
            self.again -= 1;
            self.next += 1;
            row.clone_from(&self.copy);
            return Ok(Some(self.next - 1));
        }
        while !self.ended {
            match self.xml.next()? {
                Event::Start(e) => match e.name().as_ref() {
                    "table:table-row" => {
                        let times = repeats(attribute(&e, "table:number-rows-repeated"))?;
                        cells(&mut self.xml, row, &mut self.value, limits)?;
                        let at = self.next;
                        // a sheet ends in a blank row that repeats to the last one
                        if row.cells.is_empty() {
                            self.next = at.saturating_add(times).min(ROWS);
                            continue;
                        }
                        if at.saturating_add(times) > ROWS {
                            return Err(Damage::Beyond.into());
                        }
                        if times == 0 {
                            row.begin();
                            continue;
                        }
                        self.again = times - 1;
                        if self.again > 0 {
                            self.copy.clone_from(row);
                        }
                        self.next = at + 1;
                        return Ok(Some(at));
                    }
                    // a table within a cell or a drawing is none of our rows
                    "table:table" => skip(&mut self.xml, "table:table")?,
                    _ => {}
                },
                Event::End(e) if e.name().as_ref() == "table:table" => self.ended = true,
                Event::Eof => return Err(Damage::Cut.into()),
                _ => {}
            }
        }
        Ok(None)
    }
}

fn repeats(written: Option<&str>) -> Result<u32, Fault> {
    let Some(written) = written else { return Ok(1) };
    if written.is_empty() || !written.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Damage::Place.into());
    }
    // more than we can count is more than a sheet has
    Ok(written.parse().unwrap_or(u32::MAX))
}

/// A value as its cell states it.
enum Value {
    None,
    Number(f64),
    Text(String),
    Truth(bool),
    Error,
    /// A formula whose result the file does not keep.
    Formula,
}

/// Reads a row to its end. Blank cells count only where another follows.
fn cells(xml: &mut Xml, row: &mut Row, value: &mut String, limits: &Limits) -> Result<(), Fault> {
    let mut column = 0usize;
    loop {
        match xml.next()? {
            Event::Start(e) => match e.name().as_ref() {
                name @ ("table:table-cell" | "table:covered-table-cell") => {
                    let covered = name == "table:covered-table-cell";
                    let times = repeats(attribute(&e, "table:number-columns-repeated"))? as usize;
                    let stated = stated(&e)?;
                    let read = inside(xml, covered, stated, value, limits.record)?;
                    if !matches!(read, Value::None) {
                        if column.saturating_add(times) > COLUMNS {
                            return Err(Damage::Beyond.into());
                        }
                        row.cells.pad(column);
                        for _ in 0..times {
                            push(row, &read);
                            check_length(row, limits.record)?;
                        }
                    }
                    column = column.saturating_add(times);
                }
                _ => return Err(Damage::Xml.into()),
            },
            Event::End(e) if e.name().as_ref() == "table:table-row" => return Ok(()),
            Event::Eof => return Err(Damage::Cut.into()),
            _ => {}
        }
    }
}

/// What a cell states about itself: its value, or that its text is its value, or is that of an error.
struct Stated {
    value: Option<Value>,
    is_text: bool,
    is_error: bool,
    is_formula: bool,
}

fn stated(e: &BytesStart<'_>) -> Result<Stated, Fault> {
    let mut stated = Stated { value: None, is_text: false, is_error: false, is_formula: false };
    for (key, written) in attributes(e) {
        match key {
            "calcext:value-type" => stated.is_error = written == "error",
            "table:formula" => stated.is_formula = true,
            "office:value-type" => stated.is_text = written == "string",
            _ if stated.value.is_some() => {}
            "office:value" => {
                // a number that is none is text as it stands
                let text = || plain(written).map(|text| Value::Text(text.into_owned()));
                stated.value = Some(written.parse().map_or_else(|_| text(), |number| Ok(Value::Number(number)))?);
            }
            "office:string-value" | "office:date-value" | "office:time-value" => {
                stated.value = Some(Value::Text(plain(written)?.into_owned()));
            }
            "office:boolean-value" => stated.value = Some(Value::Truth(written.eq_ignore_ascii_case("true"))),
            _ => {}
        }
    }
    Ok(stated)
}

/// Reads a cell to its end, and its text where that is its value.
fn inside(xml: &mut Xml, covered: bool, stated: Stated, value: &mut String, limit: usize) -> Result<Value, Fault> {
    let name = if covered { "table:covered-table-cell" } else { "table:table-cell" };
    let taking = stated.value.is_none() && stated.is_text;
    let mut first = true;
    value.clear();
    loop {
        match xml.next()? {
            Event::Start(e) => match e.name().as_ref() {
                "office:annotation" => skip(xml, "office:annotation")?,
                "table:table" => skip(xml, "table:table")?,
                "text:p" => {
                    if !first {
                        value.push('\n');
                    }
                    first = false;
                }
                "text:s" => {
                    let blanks = repeats(attribute(&e, "text:c"))? as usize;
                    if value.len().saturating_add(blanks) > limit {
                        return Err(Damage::Long.into());
                    }
                    value.extend(std::iter::repeat_n(' ', blanks));
                }
                "text:tab" => value.push('\t'),
                "text:line-break" => value.push('\n'),
                _ => {}
            },
            Event::End(e) if e.name().as_ref() == name => break,
            Event::Eof => return Err(Damage::Cut.into()),
            event if taking => text(&event, value, limit)?,
            _ => {}
        }
    }
    Ok(match stated.value {
        _ if stated.is_error => Value::Error,
        Some(value) => value,
        None if taking => Value::Text(std::mem::take(value)),
        None if stated.is_formula => Value::Formula,
        None => Value::None,
    })
}

fn push(row: &mut Row, value: &Value) {
    match value {
        Value::None => row.cells.push(b""),
        Value::Number(number) => Numbers::default().number(row, *number, false),
        Value::Text(text) => row.cells.push(text.as_bytes()),
        Value::Truth(yes) => cell::truth(row, *yes),
        Value::Error => cell::error(row),
        Value::Formula => {
            row.mark(row.cells.len(), Mark::Formula);
            row.cells.push(b"");
        }
    }
}
