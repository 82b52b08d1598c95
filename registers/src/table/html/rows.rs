//! The parts of a page in order: tables that begin and end, and their rows.

use super::bytes::{Counted, Letters};
use super::page::{DEPTH, Page, Part};
use crate::damage::Damage;
use crate::table::form::Encoding;
use crate::table::{Limits, delimited};
use html5gum::emitters::callback::CallbackEmitter;
use html5gum::{IoReader, Tokenizer};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};
use std::sync::Arc;

pub(super) enum Fault {
    Io(io::Error),
    Damage(Damage),
}

type Parts = Result<Vec<Part>, Damage>;

pub(super) struct Rows {
    tokens: Tokenizer<IoReader<Box<dyn Read + Send>>, CallbackEmitter<Page, Parts, usize>>,
    ready: VecDeque<Part>,
    /// Tables that have begun and not ended.
    open: usize,
    /// Bytes of cells given so far.
    text: u64,
    limit: u64,
}

impl Rows {
    /// Reads a page from a place on: so many bytes, lines and tables stand before it.
    pub(super) fn open(
        bytes: Box<dyn Read + Send>,
        encoding: Encoding,
        limits: &Limits,
        (start, line, table): (u64, u64, usize),
    ) -> io::Result<Self> {
        let page = Page::new(limits.record, start, line, table);
        let mut letters = Letters::new(delimited::decode(bytes, encoding));
        io::copy(&mut letters.by_ref().take(start), &mut io::sink())?;
        let counted = Counted { bytes: letters, since: Arc::clone(&page.since), limit: limits.record };
        // what is open at the end of the page ends there
        let end = io::Cursor::new("</table>".repeat(DEPTH));
        let input: Box<dyn Read + Send> = Box::new(counted.chain(end));
        let mut emitter = CallbackEmitter::new(page);
        // the text of a script or a style is no markup
        emitter.naively_switch_states(true);
        let tokens = Tokenizer::new_with_emitter(IoReader::new(input), emitter);
        Ok(Self { tokens, ready: VecDeque::new(), open: 0, text: 0, limit: limits.text })
    }

    pub(super) fn next(&mut self) -> Result<Option<Part>, Fault> {
        loop {
            match self.ready.pop_front() {
                None => {}
                Some(Part::Row(found)) => {
                    self.text += found.cells.size() as u64;
                    let all = self.text <= self.limit;
                    return if all { Ok(Some(Part::Row(found))) } else { Err(Fault::Damage(Damage::Text)) };
                }
                Some(part) => {
                    match part {
                        Part::Began { .. } => self.open += 1,
                        _ => self.open -= 1,
                    }
                    return Ok(Some(part));
                }
            }
            match self.tokens.next() {
                Some(Ok(Ok(parts))) => self.ready.extend(parts),
                Some(Ok(Err(damage))) => return Err(Fault::Damage(damage)),
                Some(Err(e)) if e.kind() == ErrorKind::FileTooLarge => return Err(Fault::Damage(Damage::Long)),
                Some(Err(e)) => return Err(Fault::Io(e)),
                // within a comment or a tag
                None if self.open > 0 => return Err(Fault::Damage(Damage::Cut)),
                None => return Ok(None),
            }
        }
    }
}
