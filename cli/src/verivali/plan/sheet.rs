//! A small table with named columns, read whole.

use super::PlanInputError;
use crate::failure::Failure;
use crate::input::open_table;
use bansos::Date;
use bansos_registers::table::{self, Row, Table};
use std::path::Path;

pub(super) struct Sheet {
    table: Table,
    pub(super) rows: Vec<Row>,
}

/// A column, with the name to use in errors.
#[derive(Clone, Copy)]
pub(super) struct Column {
    at: table::Column,
    name: &'static str,
}

impl Sheet {
    /// Reads a table whose header has some of these names.
    pub(super) fn read(path: &Path, names: &[&'static str]) -> Result<Self, Failure> {
        let table = open_table(path, names)?;
        let rows = table.rows().and_then(Iterator::collect).map_err(Failure::input)?;
        Ok(Self { table, rows })
    }

    pub(super) fn file(&self) -> &str {
        self.table.file()
    }

    /// The line of a row, as an editor or Excel shows it.
    pub(super) fn line(&self, row: usize) -> u64 {
        self.rows.get(row).map_or(0, Row::line)
    }

    /// The column with one of these names.
    pub(super) fn find(&self, names: &[&'static str]) -> Option<Column> {
        names.iter().find_map(|name| Some(Column { at: self.table.find(&[name]).ok()??, name }))
    }

    pub(super) fn need(&self, names: &[&'static str]) -> Result<Column, Failure> {
        match self.find(names) {
            Some(column) => Ok(column),
            None => self.table.any_of(names).map(|at| Column { at, name: "" }).map_err(Failure::input),
        }
    }

    /// The cell's text, where the column exists and the cell is not empty.
    pub(super) fn cell(&self, row: usize, column: Option<Column>) -> Option<String> {
        self.rows.get(row)?.filled(column?.at).map(std::borrow::Cow::into_owned)
    }

    /// The cell read, or an error that says where.
    pub(super) fn parsed<T>(
        &self,
        row: usize,
        column: Option<Column>,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Failure> {
        let (Some(text), Some(column)) = (self.cell(row, column), column) else { return Ok(None) };
        let error = PlanInputError::BadCell { path: self.table.label(), line: self.line(row), name: column.name };
        read(&text).map(Some).ok_or_else(|| Failure::input(error))
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
