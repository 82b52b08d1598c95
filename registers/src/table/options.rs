//! What may be asked of opening a table.

use super::header::{self, Header};
use super::{Form, Limits, Source, Table, parquet, readings};
use crate::ReadError;
use bytes::Bytes;
use std::io::Read;
use std::path::Path;

/// How to open a [`Table`].
#[derive(Clone, Debug, Default)]
pub struct Options {
    wanted: Vec<String>,
    delimiter: Option<u8>,
    header_or_data: bool,
    list: bool,
    limits: Limits,
}

impl Options {
    /// Names of columns that will be asked for: the header is the row, and of a workbook the sheet, that has most of them.
    /// May be called again.
    #[must_use]
    pub fn looking_for<S: AsRef<str>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.wanted.extend(names.into_iter().map(|name| name.as_ref().to_owned()));
        self
    }

    /// The delimiter of a CSV. Default: the one that cuts the top of the file into even rows.
    #[must_use]
    pub fn delimiter(mut self, delimiter: Option<u8>) -> Self {
        self.delimiter = delimiter;
        self
    }

    /// The file may have no header: a first row with ten digits in a cell, or without any letter, is data.
    #[must_use]
    pub fn header_or_data(mut self) -> Self {
        self.header_or_data = true;
        self
    }

    /// The file may be a list of one value a line, in which an empty line is an empty value.
    #[must_use]
    pub fn list(mut self) -> Self {
        self.list = true;
        self
    }

    /// What the file may cost.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Opens a file.
    ///
    /// # Errors
    /// As for [`Table::open`].
    pub fn open(&self, path: &Path) -> Result<Table, ReadError> {
        self.table(Source::path(path))
    }

    /// Opens bytes under a name.
    ///
    /// # Errors
    /// As for [`Table::open`].
    #[allow(clippy::wrong_self_convention, reason = "options are made, then say where from")]
    pub fn from_bytes(&self, name: &str, bytes: impl Into<Bytes>) -> Result<Table, ReadError> {
        self.table(Source::bytes(name, bytes))
    }

    /// Opens a stream, such as standard input. Its rows can be read once; text passes through in constant memory.
    ///
    /// # Errors
    /// As for [`Table::open`]; `read.too_large` for anything but text beyond [`Limits::whole`].
    #[allow(clippy::wrong_self_convention, reason = "options are made, then say where from")]
    pub fn from_reader(&self, name: &str, stream: impl Read + Send + 'static) -> Result<Table, ReadError> {
        self.table(Source::once(name, Box::new(stream), &self.limits)?)
    }

    fn table(&self, source: Source) -> Result<Table, ReadError> {
        let mut all = readings(&source, &self.limits)?;
        if let Some(asked) = self.delimiter {
            all = super::delimited::under(&source, asked, all, &self.limits)?;
        }
        let Some(Header { reading, row, data }) = header::choose(&all, &self.wanted, self.header_or_data) else {
            return Err(ReadError::Empty { file: source.name().to_owned() });
        };
        let reading = all.swap_remove(reading);
        let top = reading.top.get(row).cloned().unwrap_or_default();
        let is_parquet = matches!(reading.form, Form::Parquet { .. });
        // the names that the file states, unless the header is among its rows
        let stated = is_parquet && row == 0;
        let named = stated || header::has_names(&top, reading.top.get(row + 1..).unwrap_or_default(), &self.wanted);
        let mut form = reading.form;
        if let Form::Delimited { delimiter, .. } = &mut form
            && self.list
            && self.delimiter.is_none()
            && reading.top.iter().all(|row| row.len() <= 1)
        {
            *delimiter = None;
        }
        Ok(Table {
            named,
            row_count: match is_parquet {
                true => parquet::shape(&source)?.rows.map(|rows| rows.saturating_sub(row as u64)),
                false => None,
            },
            skip: if data && !is_parquet { 0 } else { row + 1 },
            width: top.len(),
            columns: if data { Vec::new() } else { top.iter().map(|name| name.trim().to_owned()).collect() },
            list: self.list,
            limits: self.limits,
            source,
            form,
        })
    }
}
