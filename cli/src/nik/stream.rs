//! Rows in, rows out, one at a time and in order: any table, or one number per line, from a file or standard input.
//!
//! Cells that a step does not own pass through as they are; rows above the header are dropped. With `--json` a row becomes one
//! line of JSON with what the step added, and nothing of the row itself.

use super::output::Output;
use crate::failure::Failure;
use crate::input::refused;
use crate::paths::OutPath;
use crate::progress::Progress;
use bansos_registers::ReadError;
use bansos_registers::table::{Row, Table};
use clap::Args;
use std::path::{Path, PathBuf};

/// Where rows come from and go to.
#[derive(Args)]
pub(crate) struct Stream {
    /// A table (CSV, XLSX, ODS, Parquet), or one number per line; standard input where absent or `-`
    file: Option<PathBuf>,
    /// Where the result goes (default: standard output)
    #[arg(long, short, value_name = "FILE")]
    out: Option<OutPath>,
    /// Separator of the cells (default: found in the first rows)
    #[arg(long, value_name = "CHAR")]
    delimiter: Option<char>,
}

bansos::codes! {
    /// Why a stream of rows cannot be worked on.
    #[derive(thiserror::Error)]
    pub enum StreamError {
        /// The separator must be one byte.
        Delimiter = "cli.delimiter", Error,
            id: "--delimiter harus satu karakter ASCII",
            en: "--delimiter must be one ASCII character";
    }
}

/// A row's cells, as bytes.
pub(crate) type Cells = Vec<Vec<u8>>;

/// A cell as text; what is no UTF-8 becomes replacement marks, which are no digits.
pub(crate) fn text(cells: &[Vec<u8>], at: usize) -> std::borrow::Cow<'_, str> {
    cells.get(at).map_or("".into(), |c| String::from_utf8_lossy(c))
}

/// What is known before the first row is worked on.
pub(crate) struct Top<'t> {
    table: &'t Table,
    first: Option<&'t Row>,
}

impl Top<'_> {
    /// The place of a column by its name (case, blanks and punctuation do not count) or its number from 1.
    pub(crate) fn column(&self, name: &str) -> Result<usize, Failure> {
        self.table.column(name).map(|column| column.place()).map_err(refused)
    }

    /// The same for a column that need not be asked for.
    pub(crate) fn optional(&self, name: Option<&str>) -> Result<Option<usize>, Failure> {
        name.map(|name| self.column(name)).transpose()
    }

    /// The column asked for, or one with a usual name, or the only one, or (without a header) the first that looks like an identifier.
    pub(crate) fn column_or(&self, asked: Option<&str>, usual: &[&str]) -> Result<usize, Failure> {
        let like = |cell: &[u8]| cell.len() == 16 && cell.iter().all(u8::is_ascii_digit);
        match asked {
            Some(name) => self.column(name),
            None if self.table.width() == 1 => Ok(0),
            None => {
                let found = self.table.any_of(usual).map(|column| column.place());
                let by_look = self.first.filter(|_| self.table.columns().is_empty());
                found.or_else(|e| by_look.and_then(|row| row.iter().position(like)).ok_or(e)).map_err(refused)
            }
        }
    }
}

/// A step over rows.
pub(crate) trait RowStep {
    /// Names of the columns it adds.
    fn adds(&self) -> &'static [&'static str];
    /// Works on a row: may change its cells, and pushes one cell for each column it adds.
    fn row(&mut self, number: u64, cells: &mut Cells);
}

impl Stream {
    /// Runs a step, made once the columns are known, over all rows. Gives it back with what it counted. `looking` are names of
    /// columns that tell the header from the rows above it.
    pub(crate) fn run<S: RowStep>(
        &self,
        json: bool,
        progress: Progress,
        what: &str,
        looking: &[&str],
        make: impl FnOnce(&Top<'_>) -> Result<S, Failure>,
    ) -> Result<S, Failure> {
        let table = self.open(looking)?;
        let mut rows = table.rows().map_err(Failure::input)?;
        let mut row = Row::new();
        let mut more = rows.read(&mut row).map_err(Failure::input)?;
        let mut step = make(&Top { table: &table, first: more.then_some(&row) })?;
        let mut out = Output::open(self.out.as_deref(), json, table.delimiter().unwrap_or(b','), step.adds())?;
        let bar = progress.stage(what, None);
        if !table.columns().is_empty() {
            out.header(table.columns().iter().map(|name| name.clone().into_bytes()).collect())?;
        }
        let mut number = 0;
        while more {
            number += 1;
            let mut cells: Cells = row.iter().map(<[u8]>::to_vec).collect();
            // a row that ends early still gets its added cells under their names
            cells.resize(table.width().max(cells.len()), Vec::new());
            let own = cells.len();
            step.row(number, &mut cells);
            out.row(number, own, cells)?;
            if number.is_multiple_of(4096) {
                bar.set_position(number);
            }
            more = rows.read(&mut row).map_err(Failure::input)?;
        }
        out.finish()?;
        bar.finish_and_clear();
        Ok(step)
    }

    fn open(&self, looking: &[&str]) -> Result<Table, Failure> {
        let options = Table::options().looking_for(looking).header_or_data().list().delimiter(self.delimiter()?);
        let table: Result<Table, ReadError> = match self.file.as_deref().filter(|p| *p != Path::new("-")) {
            Some(path) => options.open(path),
            None => options.from_reader("stdin", std::io::stdin()),
        };
        table.map_err(Failure::input)
    }

    fn delimiter(&self) -> Result<Option<u8>, Failure> {
        let byte =
            |c: char| u8::try_from(c).ok().filter(u8::is_ascii).ok_or_else(|| Failure::usage(StreamError::Delimiter));
        self.delimiter.map(byte).transpose()
    }
}
