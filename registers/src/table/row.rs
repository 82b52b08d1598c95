//! A row: its cells as bytes, and where it stands.

use std::borrow::Cow;

/// What is noteworthy about one cell of a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Stored as a float.
    Float,
    /// An error such as #N/A.
    Error,
    /// Bytes that are no text.
    NoText,
    /// A formula whose result the file does not keep.
    Formula,
}

/// The cells of one row, in one piece of memory. What they hold is never shown.
#[derive(Clone, Default)]
pub(crate) struct Cells {
    bytes: Vec<u8>,
    /// From where to where each cell goes.
    bounds: Vec<(u32, u32)>,
}

impl Cells {
    pub(crate) fn len(&self) -> usize {
        self.bounds.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bounds.is_empty()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&[u8]> {
        let (from, to) = self.bounds.get(at)?;
        self.bytes.get(*from as usize..*to as usize)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.bounds.iter().map(|(from, to)| self.bytes.get(*from as usize..*to as usize).unwrap_or_default())
    }

    /// Whether no cell has content.
    pub(crate) fn is_blank(&self) -> bool {
        self.iter().all(|cell| cell.trim_ascii().is_empty())
    }

    pub(crate) fn contains(&self, byte: u8) -> bool {
        memchr::memchr(byte, &self.bytes).is_some()
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.bounds.clear();
    }

    pub(crate) fn push(&mut self, cell: &[u8]) {
        let from = small(self.bytes.len());
        self.bytes.extend_from_slice(cell);
        self.bounds.push((from, small(self.bytes.len())));
    }

    /// Bytes of memory that it takes.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len() + self.bounds.len() * size_of::<(u32, u32)>()
    }

    /// Empty cells up to a width.
    pub(crate) fn pad(&mut self, width: usize) {
        let end = small(self.bytes.len());
        if self.bounds.len() < width {
            self.bounds.resize(width, (end, end));
        }
    }

    /// The first cells alone.
    pub(crate) fn cut(&mut self, width: usize) {
        self.bounds.truncate(width);
        self.bytes.truncate(self.bounds.last().map_or(0, |(_, to)| *to as usize));
    }

    /// One line without quotes, cut at the delimiter.
    pub(super) fn split(&mut self, line: &[u8], delimiter: Option<u8>) {
        self.clear();
        self.bytes.extend_from_slice(line);
        let mut from = 0;
        if let Some(delimiter) = delimiter {
            for at in memchr::memchr_iter(delimiter, line) {
                self.bounds.push((from, small(at)));
                from = small(at + 1);
            }
        }
        self.bounds.push((from, small(line.len())));
    }

    /// Cells that stand without anything between them, by their ends.
    pub(super) fn fill(&mut self, bytes: &[u8], ends: &[usize]) {
        self.clear();
        self.bytes.extend_from_slice(bytes);
        let mut from = 0;
        for end in ends {
            self.bounds.push((from, small(*end)));
            from = small(*end);
        }
    }
}

/// No row has four billion bytes: the longest is limited to far less.
fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A row of a [`Table`](super::Table).
#[derive(Clone, Default)]
pub struct Row {
    pub(crate) cells: Cells,
    /// (column, mark), in order.
    pub(crate) marks: Vec<(u32, Mark)>,
    pub(crate) number: u32,
    pub(crate) line: u64,
    /// Where in the decoded file the row ends, where known.
    pub(crate) end: u64,
    /// Whether an open quote had swallowed it.
    pub(crate) freed: bool,
}

impl Row {
    /// An empty row, to be read into.
    pub fn new() -> Self {
        Self::default()
    }

    /// 1-based number among the rows below the header, as the crosswalk counts them.
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// 1-based line in the file, as an editor or Excel shows it; of Parquet, the row.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Number of cells; a row may have fewer or more than the header.
    #[allow(clippy::len_without_is_empty, reason = "a row without cells is never handed out")]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// The cell's bytes as the file has them (decoded to UTF-8 where the file is UTF-16); empty where the row ends early.
    pub fn bytes(&self, column: super::Column) -> &[u8] {
        self.cells.get(column.place()).unwrap_or_default()
    }

    /// The cell as trimmed text; what is not UTF-8 is read as Windows-1252.
    pub fn text(&self, column: super::Column) -> Cow<'_, str> {
        decode(self.bytes(column)).0
    }

    /// Reads what is not UTF-8 as Windows-1252 once and for all, so that [`Row::str`] can lend every cell.
    pub fn make_utf8(&mut self) {
        if std::str::from_utf8(&self.cells.bytes).is_err() {
            let mut all = Cells::default();
            self.cells.iter().for_each(|cell| all.push(whole_text(cell).as_bytes()));
            self.cells = all;
        }
    }

    /// The cell as trimmed text, borrowed; empty where it is not UTF-8 (see [`Row::make_utf8`]).
    pub fn str(&self, column: super::Column) -> &str {
        std::str::from_utf8(self.bytes(column)).map_or("", trim)
    }

    /// The text, where the cell is not empty.
    pub fn filled(&self, column: super::Column) -> Option<Cow<'_, str>> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// Whether the cell is an error of a spreadsheet, such as `#N/A`; its text is then empty.
    pub fn is_error(&self, column: super::Column) -> bool {
        self.marks.iter().any(|(at, mark)| *at as usize == column.place() && *mark == Mark::Error)
    }

    /// All cells as bytes.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.iter()
    }

    pub(crate) fn sized(columns: usize) -> Self {
        let mut row = Self::default();
        row.cells.bounds.reserve(columns);
        row
    }

    pub(crate) fn begin(&mut self) {
        self.cells.clear();
        self.marks.clear();
        self.freed = false;
        self.end = 0;
    }

    pub(crate) fn mark(&mut self, column: usize, mark: Mark) {
        self.marks.push((small(column), mark));
    }
}

/// Where it stands, never what it holds.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row")
            .field("number", &self.number)
            .field("line", &self.line)
            .field("cells", &self.len())
            .finish()
    }
}

/// The cell as trimmed text, and whether it had to be read as Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(trim(text)), false),
        Err(_) => {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            (Cow::Owned(trim(&text).to_owned()), true)
        }
    }
}

/// The cell as text with its blanks.
pub(super) fn whole_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Blanks, no-break spaces, byte-order marks and control characters at either end are nobody's data, and neither is what
/// keeps a spreadsheet from taking a text for a number.
fn trim(text: &str) -> &str {
    // one look at either end decides for nearly all
    let plain = |end: Option<&u8>| end.is_none_or(|b| b.is_ascii_graphic() && !matches!(b, b'=' | b'\'' | b'"' | b'`'));
    if plain(text.as_bytes().first()) && plain(text.as_bytes().last()) {
        return text;
    }
    let trimmed = text.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}')
    });
    undressed(trimmed)
}

/// `="SITI"`, `"SITI"`, `'SITI`. What stands around a long number stays: whoever reads it says what was taken off.
fn undressed(text: &str) -> &str {
    let quoted = |text: &'_ str| -> Option<(usize, usize)> {
        let front = if text.starts_with("=\"") { 2 } else { usize::from(text.starts_with('"')) };
        (front > 0 && text.len() > front && text.ends_with('"')).then(|| (front, text.len() - 1))
    };
    let (from, to) = match quoted(text) {
        Some(inner) => inner,
        None if text.starts_with(['\'', '`']) => (1, text.len()),
        None => return text,
    };
    let inner = text.get(from..to).unwrap_or(text).trim();
    let digits = inner.bytes().filter(u8::is_ascii_digit).count();
    if inner.contains('"') || digits >= 10 { text } else { inner }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_told() {
        assert_eq!(decode(b" Jos\xe9 "), ("Jos\u{e9}".into(), true));
        assert_eq!(decode("\u{feff}SITI\u{a0}".as_bytes()), ("SITI".into(), false));
    }

    #[test]
    fn what_dresses_a_cell_comes_off() {
        for (cell, text) in [
            ("=\"JAWA TIMUR\"", "JAWA TIMUR"),
            ("'11/03/1965", "11/03/1965"),
            ("\"SITI\"", "SITI"),
            (" ' 0012 ", "0012"),
            ("=\"\"", ""),
            ("'3508126801809001", "'3508126801809001"),
            ("=\"3508126801809001\"", "=\"3508126801809001\""),
            ("JUM'AT", "JUM'AT"),
            ("=A1+1", "=A1+1"),
            ("\"", "\""),
        ] {
            assert_eq!(decode(cell.as_bytes()).0, text, "{cell}");
        }
    }

    #[test]
    fn a_row_is_made_utf_8_cell_by_cell() {
        let mut row = Row::new();
        row.cells.split(b" SITI ;Jos\xe9;\xc3\xa9", Some(b';'));
        row.make_utf8();
        let cells: Vec<_> = row.cells.iter().map(|cell| std::str::from_utf8(cell).map(trim)).collect();
        assert_eq!(cells, [Ok("SITI"), Ok("Jos\u{e9}"), Ok("\u{e9}")]);
    }

    #[test]
    fn no_cell_is_shown() {
        let mut row = Row::new();
        row.cells.split(b"SITI;3508", Some(b';'));
        let shown = format!("{row:?}");
        assert!(!shown.contains("SITI") && shown.contains("cells: 2"), "{shown}");
    }
}
