//! The XML of a part, event by event: none longer than a row may be, and none deeper than a workbook is.

use super::fault::{Fault, Over, reading};
use super::package::{Package, Part};
use crate::damage::Damage;
use crate::table::source::Source;
use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

/// Elements within elements; ours have about ten.
const DEPTH: u32 = 256;

pub(super) struct Xml {
    reader: Reader<Metered>,
    buffer: Vec<u8>,
    depth: u32,
    limit: usize,
}

impl Xml {
    /// A part of a workbook, if it is there: at most `inflated` bytes, an event at most `event`.
    pub(super) fn open(source: &Source, part: &str, inflated: u64, event: usize) -> Result<Option<Self>, Fault> {
        let part = Package::open(source)?.part(part, inflated)?;
        Ok(part.map(|part| Self::new(part, event)))
    }

    fn new(part: Part, limit: usize) -> Self {
        let mut reader = Reader::from_reader(Metered { input: BufReader::with_capacity(1 << 16, part), left: limit });
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0, limit }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Fault> {
        self.buffer.clear();
        self.reader.get_mut().left = self.limit;
        let event = self.reader.read_event_into(&mut self.buffer).map_err(fault)?;
        match &event {
            Event::Start(_) if self.depth == DEPTH => return Err(Damage::Xml.into()),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
    }
}

fn fault(e: quick_xml::Error) -> Fault {
    match e {
        quick_xml::Error::Io(e) => reading(&e, Damage::Zip),
        _ => Fault::Damage(Damage::Xml),
    }
}

/// Bytes that one event may still take.
struct Metered {
    input: BufReader<Part>,
    left: usize,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer)
    }
}

impl BufRead for Metered {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(Over(Damage::Long).into());
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.left = self.left.saturating_sub(n);
        self.input.consume(n);
    }
}

/// The attributes as they are written.
pub(super) fn attributes<'e>(element: &'e BytesStart<'_>) -> impl Iterator<Item = (&'e str, &'e str)> {
    let mut rest = element.attributes_raw();
    std::iter::from_fn(move || {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_ascii_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, left) = after.get(1..)?.split_once(quote)?;
        rest = left;
        Some((key.trim_ascii(), value))
    })
}

/// One attribute as it is written.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<&'e str> {
    attributes(element).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// One attribute as it is meant.
pub(super) fn meant<'e>(element: &'e BytesStart<'_>, name: &str) -> Result<Option<Cow<'e, str>>, Fault> {
    attribute(element, name).map(plain).transpose()
}

pub(super) fn plain(written: &str) -> Result<Cow<'_, str>, Fault> {
    unescape(written).map_err(|_| Damage::Entity.into())
}

/// Adds the text of an event, if it is one; no more than `limit` bytes in all.
pub(super) fn text(event: &Event<'_>, to: &mut String, limit: usize) -> Result<(), Fault> {
    match event {
        Event::Text(t) => to.push_str(&t.xml10_content()),
        Event::CData(t) => to.push_str(&t.xml10_content()),
        Event::GeneralRef(e) => {
            if let Some(own) = resolve_xml_entity(e) {
                to.push_str(own);
            } else if let Ok(Some(letter)) = e.resolve_char_ref() {
                to.push(letter);
            } else {
                return Err(Damage::Entity.into());
            }
        }
        _ => {}
    }
    if to.len() > limit { Err(Damage::Long.into()) } else { Ok(()) }
}
