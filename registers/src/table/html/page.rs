//! What is open of a page: tables within tables, a row, a cell, or a line of text between them.

use crate::damage::Damage;
use crate::table::book::COLUMNS;
use crate::table::row::{Cells, Mark};
use html5gum::Span;
use html5gum::emitters::callback::{Callback, CallbackEvent};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tables within tables.
pub(super) const DEPTH: usize = 64;
/// Lines of text above a table that are kept, and their letters: a menu is no title.
const LINES: usize = 8;
const LETTERS: usize = 400;
/// Tags that do not end a line of text.
const INLINE: [&[u8]; 13] =
    [b"a", b"b", b"i", b"u", b"em", b"strong", b"span", b"font", b"small", b"sup", b"sub", b"label", b"o:p"];
/// Tags whose text nobody sees.
const UNSEEN: [&[u8]; 6] = [b"title", b"style", b"script", b"xml", b"noscript", b"template"];

/// What a page is made of, in order.
pub(super) enum Part {
    /// A table begins.
    Began {
        /// Bytes before it, and before the text above it.
        start: u64,
        /// Lines before those.
        line: u64,
        /// Tables that it lies in.
        depth: usize,
    },
    Row(Found),
    Ended {
        table: usize,
    },
}

/// A row of a table, or a line above it.
pub(super) struct Found {
    /// 0-based, in the order in which the tables begin.
    pub(super) table: usize,
    /// 1-based line of the page, as Excel shows it.
    pub(super) line: u64,
    /// Text outside of cells.
    pub(super) is_text: bool,
    pub(super) cells: Cells,
    pub(super) marks: Vec<(u32, Mark)>,
}

#[derive(Default)]
pub(super) struct Page {
    /// Bytes since something was understood.
    pub(super) since: Arc<AtomicUsize>,
    limit: usize,
    /// Bytes of the page before what is read.
    start: u64,
    open: Vec<Open>,
    tables: usize,
    /// Lines that have ended.
    lines: u64,
    /// Where the last table ended, in bytes and lines.
    after: (u64, u64),
    /// A line of text outside of cells, and those before it.
    text: String,
    titles: VecDeque<(u64, String)>,
    unseen: Option<Vec<u8>>,
    /// The tag of a cell is being read, and an attribute of it.
    in_tag: bool,
    attribute: Option<Attribute>,
}

#[derive(Clone, Copy)]
enum Attribute {
    Across,
    Down,
    Number,
}

/// A table that has begun.
#[derive(Default)]
struct Open {
    table: usize,
    rows: u64,
    /// The lines that had ended when the row began, where one is open.
    row: Option<u64>,
    cells: Cells,
    marks: Vec<(u32, Mark)>,
    cell: Option<Cell>,
    /// By column, a cell from above that stands in so many further rows.
    down: Vec<(u32, Vec<u8>)>,
    /// Bytes of those.
    held: usize,
    /// The same for cells of this row.
    fresh: Vec<(usize, u32)>,
}

struct Cell {
    text: String,
    across: usize,
    down: u32,
    /// The spreadsheet that wrote the page had a number here; what it shows may be shorter.
    is_number: bool,
    number: Option<String>,
}

impl Callback<Result<Vec<Part>, Damage>, usize> for Page {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Result<Vec<Part>, Damage>> {
        // a fault is met in the middle of a text
        if !matches!(event, CallbackEvent::Error(_)) {
            self.since.store(0, Ordering::Relaxed);
        }
        let mut parts = Vec::new();
        let read = match event {
            CallbackEvent::OpenStartTag { name } => self.start(name, span.start, &mut parts),
            CallbackEvent::EndTag { name } => self.end(name, span.end, &mut parts),
            CallbackEvent::AttributeName { name } => {
                self.attribute(name);
                Ok(())
            }
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { .. } => {
                self.in_tag = false;
                Ok(())
            }
            CallbackEvent::String { value } => self.text(value),
            _ => Ok(()),
        };
        match read {
            Err(damage) => Some(Err(damage)),
            Ok(()) if parts.is_empty() => None,
            Ok(()) => Some(Ok(parts)),
        }
    }
}

impl Page {
    pub(super) fn new(limit: usize, start: u64, lines: u64, tables: usize) -> Self {
        Self { limit, start, lines, tables, after: (start, lines), ..Self::default() }
    }

    fn start(&mut self, name: &[u8], at: usize, parts: &mut Vec<Part>) -> Result<(), Damage> {
        (self.in_tag, self.attribute) = (false, None);
        if self.unseen.is_none() && UNSEEN.contains(&name) {
            self.unseen = Some(name.to_vec());
        }
        self.end_line(name, parts);
        if name == b"table" {
            return self.begin(at, parts);
        }
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        match name {
            b"tr" => {
                self.end_row(parts)?;
                self.begin_row();
            }
            b"td" | b"th" => {
                open.end_cell(self.limit)?;
                self.begin_row();
                self.in_tag = true;
                if let Some(open) = self.open.last_mut() {
                    open.cell = Some(Cell { text: String::new(), across: 1, down: 1, is_number: false, number: None });
                }
            }
            b"br" | b"p" | b"div" | b"li" => {
                if let Some(cell) = open.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
                    cell.text.truncate(cell.text.trim_end().len());
                    cell.text.push('\n');
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, at: usize, parts: &mut Vec<Part>) -> Result<(), Damage> {
        if self.open.len() >= DEPTH {
            return Err(Damage::Sheets);
        }
        self.unseen = None;
        let depth = self.open.len();
        let here = (self.start.saturating_add(at as u64), self.lines);
        let (start, line) = if depth == 0 { self.after } else { here };
        parts.push(Part::Began { start, line, depth });
        for (line, text) in self.titles.drain(..) {
            parts.push(Part::Row(alone(self.tables, line, &text)));
        }
        self.open.push(Open { table: self.tables, ..Open::default() });
        self.tables += 1;
        Ok(())
    }

    fn begin_row(&mut self) {
        let lines = self.lines;
        if let Some(open) = self.open.last_mut() {
            open.row.get_or_insert(lines);
        }
    }

    fn end(&mut self, name: &[u8], at: usize, parts: &mut Vec<Part>) -> Result<(), Damage> {
        if self.unseen.as_deref() == Some(name) {
            self.unseen = None;
        }
        self.end_line(name, parts);
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        match name {
            b"td" | b"th" => open.end_cell(self.limit),
            b"tr" | b"thead" | b"tbody" | b"tfoot" => self.end_row(parts),
            b"table" => {
                self.end_row(parts)?;
                if let Some(open) = self.open.pop() {
                    parts.push(Part::Ended { table: open.table });
                }
                if self.open.is_empty() {
                    self.after = (self.start.saturating_add(at as u64), self.lines);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A row that ends is a line, unless tables within it have lines of their own.
    fn end_row(&mut self, parts: &mut Vec<Part>) -> Result<(), Damage> {
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        let Some(found) = open.end_row(self.limit)? else { return Ok(()) };
        self.lines = self.lines.max(found.line);
        // a table of one row in a cell only gives it a shape
        let words =
            (open.rows == 1).then(|| found.cells.iter().filter(|c| !c.is_empty()).map(<[u8]>::to_vec).collect());
        let words: Vec<Vec<u8>> = words.unwrap_or_default();
        parts.push(Part::Row(found));
        let around = self.open.len().checked_sub(2).and_then(|at| self.open.get_mut(at));
        if let Some(cell) = around.and_then(|open| open.cell.as_mut()) {
            for word in words {
                append(&mut cell.text, " ");
                append(&mut cell.text, &String::from_utf8_lossy(&word));
            }
        }
        self.check()
    }

    /// A line of text outside of cells: a row of the table it stands in, or one above the next.
    fn end_line(&mut self, tag: &[u8], parts: &mut Vec<Part>) {
        if INLINE.contains(&tag) {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let text = text.trim_end();
        if text.is_empty() {
            return;
        }
        self.lines += 1;
        match self.open.last() {
            Some(open) => parts.push(Part::Row(alone(open.table, self.lines, text))),
            None if text.len() > LETTERS => {}
            None => {
                if self.titles.len() == LINES {
                    self.titles.pop_front();
                }
                self.titles.push_back((self.lines, text.to_owned()));
            }
        }
    }

    fn attribute(&mut self, name: &[u8]) {
        self.attribute = match name {
            _ if !self.in_tag => None,
            b"colspan" => Some(Attribute::Across),
            b"rowspan" => Some(Attribute::Down),
            // Excel's and LibreOffice's
            b"x:num" | b"sdval" => Some(Attribute::Number),
            _ => None,
        };
        let cell = self.open.last_mut().and_then(|open| open.cell.as_mut());
        if let (Some(cell), Some(Attribute::Number)) = (cell, self.attribute) {
            cell.is_number = true;
        }
    }

    fn value(&mut self, value: &[u8]) -> Result<(), Damage> {
        let cell = self.open.last_mut().and_then(|open| open.cell.as_mut());
        let (Some(cell), Some(attribute)) = (cell, self.attribute) else { return Ok(()) };
        let text = std::str::from_utf8(value).unwrap_or_default().trim();
        // as browsers have it, what is no number is one cell
        let digits = text.find(|c: char| !c.is_ascii_digit()).map_or(text, |end| text.get(..end).unwrap_or_default());
        let times = |most: usize| match digits.trim_start_matches('0') {
            "" => Ok(1),
            digits => digits.parse::<usize>().ok().filter(|n| *n <= most).ok_or(Damage::Beyond),
        };
        match attribute {
            Attribute::Across => cell.across = times(COLUMNS)?,
            Attribute::Down => cell.down = u32::try_from(times(1 << 20)?).unwrap_or(1),
            Attribute::Number => cell.number = Some(text.to_owned()).filter(|text| text.len() <= 40),
        }
        Ok(())
    }

    fn text(&mut self, value: &[u8]) -> Result<(), Damage> {
        if self.unseen.is_some() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(value);
        let to = match self.open.last_mut().and_then(|open| open.cell.as_mut()) {
            Some(cell) => &mut cell.text,
            None => &mut self.text,
        };
        append(to, &text);
        self.check()
    }

    /// Tables within tables lie in memory together.
    fn check(&self) -> Result<(), Damage> {
        let held: usize = self.open.iter().map(Open::size).sum();
        if self.text.len().max(held / 4) > self.limit { Err(Damage::Long) } else { Ok(()) }
    }
}

/// Blanks between words are one blank, as a browser shows them.
fn append(to: &mut String, text: &str) {
    for (at, word) in text.split(char::is_whitespace).enumerate() {
        if at > 0 && to.chars().next_back().is_some_and(|c| !c.is_whitespace()) {
            to.push(' ');
        }
        to.push_str(word);
    }
}

fn alone(table: usize, line: u64, text: &str) -> Found {
    let mut cells = Cells::default();
    cells.push(text.as_bytes());
    Found { table, line, is_text: true, cells, marks: Vec::new() }
}

impl Open {
    /// Bytes of memory that it takes.
    fn size(&self) -> usize {
        self.cells.size() + self.held + self.cell.as_ref().map_or(0, |cell| cell.text.len())
    }

    fn end_cell(&mut self, limit: usize) -> Result<(), Damage> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        self.fill_from_above();
        let text = self.content(&cell);
        for column in 0..cell.across {
            if cell.down > 1 {
                self.fresh.push((self.cells.len(), cell.down - 1));
            }
            self.cells.push(if column == 0 { text.as_bytes() } else { b"" });
        }
        match () {
            () if self.cells.len() > COLUMNS => Err(Damage::Beyond),
            () if self.cells.size() > limit => Err(Damage::Long),
            () => Ok(()),
        }
    }

    /// A cell from above stands in each of its rows.
    fn fill_from_above(&mut self) {
        while let Some((_, text)) = self.down.get(self.cells.len()).filter(|(rows, _)| *rows > 0) {
            self.cells.push(text);
        }
    }

    /// What a number shows too short is read from where the spreadsheet left it; beyond fifteen digits neither is exact.
    fn content(&mut self, cell: &Cell) -> String {
        let shown = cell.text.trim_end();
        if !cell.is_number {
            return shown.to_owned();
        }
        let number = cell.number.as_deref().and_then(|text| text.parse::<f64>().ok()).filter(|n| n.is_finite());
        let short = shown.contains(['E', 'e']) && shown.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        let text = match number {
            Some(number) if short => number.to_string(),
            _ => shown.to_owned(),
        };
        if text.bytes().filter(u8::is_ascii_digit).count() > 15 {
            self.marks.push((u32::try_from(self.cells.len()).unwrap_or(u32::MAX), Mark::Float));
        }
        text
    }

    fn end_row(&mut self, limit: usize) -> Result<Option<Found>, Damage> {
        self.end_cell(limit)?;
        let Some(before) = self.row.take() else { return Ok(None) };
        let width = if self.cells.is_empty() { 0 } else { self.down.len() };
        while self.cells.len() < width {
            let above = self.down.get(self.cells.len()).filter(|(rows, _)| *rows > 0);
            self.cells.push(above.map_or(b"", |(_, text)| text));
        }
        for (rows, text) in &mut self.down {
            *rows = rows.saturating_sub(1);
            if *rows == 0 {
                *text = Vec::new();
            }
        }
        for (column, rows) in self.fresh.drain(..) {
            if self.down.len() <= column {
                self.down.resize(column + 1, (0, Vec::new()));
            }
            if let Some(slot) = self.down.get_mut(column) {
                *slot = (rows, self.cells.get(column).unwrap_or_default().to_vec());
            }
        }
        // no row is wider than it has to be
        while self.down.last().is_some_and(|(rows, _)| *rows == 0) {
            self.down.pop();
        }
        self.held = self.down.iter().map(|(_, text)| text.len() + size_of::<(u32, Vec<u8>)>()).sum();
        self.rows += 1;
        let (cells, marks) = (std::mem::take(&mut self.cells), std::mem::take(&mut self.marks));
        if cells.size() > limit {
            Err(Damage::Long)
        } else {
            Ok(Some(Found { table: self.table, line: before + 1, is_text: false, cells, marks }))
        }
    }
}
