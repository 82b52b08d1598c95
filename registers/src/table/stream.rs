//! Rows of any form, in order, with their numbers; for the main job in chunks that cores can share.

use super::row::Row;
use super::source::Source;
use super::{CHUNK, CHUNK_BYTES, Form, Limits, book, delimited, html, parquet};
use crate::ReadError;

/// What becomes of blank rows of a sheet between rows with content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blanks {
    /// They are rows.
    Keep,
    /// They are counted, not given. In a list, an empty line is a row all the same.
    Pass { list: bool },
}

/// The rows below a header.
pub(crate) struct Stream<'s> {
    source: &'s Source,
    limits: Limits,
    cursor: Cursor,
    columns: usize,
    keep: bool,
    /// Rows given or passed over.
    number: u64,
    /// Blank rows since the last with content: at the end of a sheet they are its formatted area, not data.
    blanks: u64,
    /// Blank rows to give before the row that is held back.
    owed: u64,
    held: Option<Row>,
}

#[allow(clippy::large_enum_variant, reason = "one for each open file, never many")]
enum Cursor {
    Delimited(Box<delimited::Cursor>),
    Sheet(book::Cursor),
    Html(html::Cursor),
    Parquet(parquet::Cursor),
}

impl<'s> Stream<'s> {
    pub(crate) fn open(
        source: &'s Source,
        form: &Form,
        skip: usize,
        columns: usize,
        blanks: Blanks,
        limits: Limits,
    ) -> Result<Self, ReadError> {
        let list = blanks == Blanks::Pass { list: true };
        let cursor = match form {
            Form::Delimited { delimiter, encoding, in_quotes } => {
                let how = (*delimiter, *in_quotes);
                Cursor::Delimited(Box::new(delimited::Cursor::open(source, how, *encoding, &limits)?))
            }
            Form::Sheet { sheet, .. } => Cursor::Sheet(book::Cursor::open(source, sheet, &limits)?),
            Form::Html { place, .. } => Cursor::Html(html::Cursor::open(source, *place, &limits)?),
            Form::Parquet { .. } => Cursor::Parquet(parquet::Cursor::open(source, &limits)?),
        };
        let keep = blanks == Blanks::Keep;
        let mut stream = Self { source, limits, cursor, columns, keep, number: 0, blanks: 0, owed: 0, held: None };
        let mut row = Row::new();
        // the names of Parquet are no row
        let skip = skip.saturating_sub(usize::from(matches!(form, Form::Parquet { .. })));
        for _ in 0..skip {
            if !stream.advance(&mut row)? {
                break;
            }
        }
        if let Cursor::Delimited(cursor) = &mut stream.cursor {
            cursor.expect(columns, list);
        }
        Ok(stream)
    }

    fn advance(&mut self, row: &mut Row) -> Result<bool, ReadError> {
        match &mut self.cursor {
            Cursor::Sheet(cursor) => cursor.next(self.source, row),
            Cursor::Html(cursor) => cursor.next(self.source, row),
            Cursor::Parquet(cursor) => cursor.next(self.source, row),
            Cursor::Delimited(cursor) => {
                row.begin();
                let row_number = self.number + 1;
                cursor.next(row).map_err(|e| delimited::fault(self.source, row_number, e, &self.limits))
            }
        }
    }

    /// Reads the next row; says whether there was one.
    pub(crate) fn next(&mut self, row: &mut Row) -> Result<bool, ReadError> {
        if self.owed > 0 {
            row.begin();
            row.cells.pad(self.columns);
            row.line = self.held.as_ref().map_or(0, |held| held.line.saturating_sub(self.owed));
            self.owed -= 1;
            return self.count(row);
        }
        if let Some(held) = self.held.take() {
            *row = held;
            return self.count(row);
        }
        let sheet = matches!(self.cursor, Cursor::Sheet(_) | Cursor::Html(_));
        while self.advance(row)? {
            if !sheet {
                return self.count(row);
            }
            if row.cells.is_blank() {
                self.blanks += 1;
                continue;
            }
            // a sheet does not store the empty cells at the end of a row
            row.cells.pad(self.columns);
            let blanks = std::mem::take(&mut self.blanks);
            if self.keep && blanks > 0 {
                (self.owed, self.held) = (blanks, Some(std::mem::take(row)));
                return self.next(row);
            }
            self.number += blanks;
            return self.count(row);
        }
        Ok(false)
    }

    fn count(&mut self, row: &mut Row) -> Result<bool, ReadError> {
        self.number += 1;
        row.number = u32::try_from(self.number).unwrap_or(u32::MAX);
        if row.number == u32::MAX {
            return Err(ReadError::TooManyRows { file: self.source.name().to_owned() });
        }
        Ok(true)
    }

    /// The next rows; none at the end.
    pub(crate) fn chunk(&mut self) -> Result<Option<Chunk>, ReadError> {
        let mut chunk = Chunk { above: None, rows: Vec::with_capacity(CHUNK), bytes: 0, freed: 0 };
        let mut bytes = 0;
        while chunk.rows.len() < CHUNK && bytes < CHUNK_BYTES {
            // a row of its own each: it moves into the chunk without a copy
            let mut row = Row::sized(self.columns);
            if !self.next(&mut row)? {
                break;
            }
            bytes += row.cells.size();
            chunk.bytes = row.end;
            chunk.freed += u32::from(row.freed);
            chunk.rows.push(row);
        }
        Ok(if chunk.rows.is_empty() { None } else { Some(chunk) })
    }
}

/// Consecutive rows.
pub(crate) struct Chunk {
    /// The row above the first, for whoever needs it.
    pub(crate) above: Option<Row>,
    pub(crate) rows: Vec<Row>,
    /// Bytes of the file read so far, where known.
    pub(crate) bytes: u64,
    /// How many of the rows had been swallowed by an open quote.
    pub(crate) freed: u32,
}
