//! A small CSV with named columns.

use super::PlanInputError;
use crate::failure::Failure;
use crate::input::{read_text, unreadable};
use bansos::Date;
use std::path::Path;

pub(super) struct Sheet {
    path: String,
    header: Vec<String>,
    pub(super) rows: Vec<csv::StringRecord>,
}

/// A place of a column, with the name to use in errors.
#[derive(Clone, Copy)]
pub(super) struct Column {
    at: usize,
    name: &'static str,
}

impl Sheet {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = read_text(path)?;
        let text = text.trim_start_matches('\u{feff}');
        let line = text.lines().next().unwrap_or("");
        let delimiter = *b",;\t".iter().max_by_key(|d| line.bytes().filter(|b| b == *d).count()).unwrap_or(&b',');
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let broken = |e: csv::Error| unreadable(path, &e.to_string());
        let plain = |s: &str| s.trim().to_lowercase().replace([' ', '/'], "_");
        let header = reader.headers().map_err(broken)?.iter().map(plain).collect();
        let rows = reader.records().collect::<Result<_, _>>().map_err(broken)?;
        let path = path.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
        Ok(Self { path, header, rows })
    }

    pub(super) fn file(&self) -> &str {
        &self.path
    }

    /// The column with one of these names.
    pub(super) fn find(&self, names: &[&'static str]) -> Option<Column> {
        names.iter().find_map(|name| {
            let at = self.header.iter().position(|h| h == name)?;
            Some(Column { at, name })
        })
    }

    pub(super) fn need(&self, names: &[&'static str]) -> Result<Column, Failure> {
        let name = names.first().copied().unwrap_or_default();
        self.find(names).ok_or_else(|| Failure::input(PlanInputError::NoColumn { path: self.path.clone(), name }))
    }

    /// The cell's text, where the column exists and the cell is not empty.
    pub(super) fn cell(&self, row: usize, column: Option<Column>) -> Option<&str> {
        self.rows.get(row)?.get(column?.at).map(str::trim).filter(|c| !c.is_empty())
    }

    /// The cell read, or an error that says where.
    pub(super) fn parsed<T>(
        &self,
        row: usize,
        column: Option<Column>,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Failure> {
        let (Some(text), Some(column)) = (self.cell(row, column), column) else { return Ok(None) };
        let error = PlanInputError::BadCell { path: self.path.clone(), line: row as u64 + 2, name: column.name };
        read(text).map(Some).ok_or_else(|| Failure::input(error))
    }
}

pub(super) fn read_date(text: &str) -> Option<Date> {
    bansos::date::read(text).date
}

/// A share as `0.35`, `0,35` or `35%`, in thousandths.
pub(super) fn per_mille(text: &str) -> Option<u16> {
    let (number, scale) = match text.strip_suffix('%') {
        Some(percent) => (percent.trim(), 10.0),
        None => (text, 1_000.0),
    };
    let share: f64 = number.replace(',', ".").parse().ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    (0.0..=1_000.0).contains(&(share * scale)).then_some((share * scale).round() as u16)
}
