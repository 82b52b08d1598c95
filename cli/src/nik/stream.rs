//! Rows in, rows out, one at a time and in order: a CSV with a header, or one number per line, from a file or standard input.
//!
//! Cells that a step does not own pass through byte for byte. With `--json` a row becomes one line of JSON with what the step
//! added, and nothing of the row itself.

use super::output::Output;
use crate::failure::{CliError, Failure};
use crate::progress::Progress;
use clap::Args;
use csv::ByteRecord;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, stdin};
use std::path::{Path, PathBuf};

/// Where rows come from and go to.
#[derive(Args)]
pub(crate) struct Stream {
    /// CSV with a header, or one number per line; standard input where absent or `-`
    file: Option<PathBuf>,
    /// Where the result goes (default: standard output)
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Separator of the cells (default: found in the first line)
    #[arg(long, value_name = "CHAR")]
    delimiter: Option<char>,
}

bansos::codes! {
    /// Why a stream of rows cannot be worked on.
    pub enum StreamError {
        /// No such column.
        NoColumn { name: String } = "cli.no_column", Error,
            id: "tidak ada kolom {name} di baris judul; sebutkan namanya atau nomornya",
            en: "the header has no column {name}; give its name or its number";
        /// The CSV itself is broken.
        Csv { cause: String } = "cli.csv", Error,
            id: "CSV tidak dapat dibaca: {cause}",
            en: "the CSV cannot be read: {cause}";
        /// The separator must be one byte.
        Delimiter = "cli.delimiter", Error,
            id: "--delimiter harus satu karakter ASCII",
            en: "--delimiter must be one ASCII character";
        /// Nothing came in.
        Empty = "cli.empty", Error,
            id: "masukan kosong",
            en: "the input is empty";
    }
}

impl std::error::Error for StreamError {}

/// A row's cells, as bytes.
pub(crate) type Cells = Vec<Vec<u8>>;

/// A cell as text; what is no UTF-8 becomes replacement marks, which are no digits.
pub(crate) fn text(cells: &[Vec<u8>], at: usize) -> std::borrow::Cow<'_, str> {
    cells.get(at).map_or("".into(), |c| String::from_utf8_lossy(c))
}

/// What the first row is.
pub(crate) struct Top {
    /// Column names, where the first row is a header.
    header: Option<Vec<String>>,
    first: ByteRecord,
}

impl Top {
    /// A first row is data where a cell has ten digits or more, or no cell has a letter.
    fn of(record: &ByteRecord) -> Self {
        let digits = |cell: &[u8]| cell.iter().filter(|b| b.is_ascii_digit()).count();
        let is_data = record.iter().any(|cell| digits(cell) >= 10)
            || !record.iter().any(|cell| cell.iter().any(u8::is_ascii_alphabetic));
        let header = (!is_data).then(|| record.iter().map(|c| String::from_utf8_lossy(c).trim().to_owned()).collect());
        Self { header, first: record.clone() }
    }

    /// The place of a column by its name (case, blanks and punctuation do not count) or its number from 1.
    pub(crate) fn column(&self, name: &str) -> Result<usize, Failure> {
        let number = name.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < self.first.len());
        let missing = || Failure::usage(StreamError::NoColumn { name: name.to_owned() });
        self.find(&[name]).or(number).ok_or_else(missing)
    }

    /// The same for a column that need not be asked for.
    pub(crate) fn optional(&self, name: Option<&str>) -> Result<Option<usize>, Failure> {
        name.map(|name| self.column(name)).transpose()
    }

    /// The column asked for, or one with a usual name, or the only one, or (without a header) the first that looks like an identifier.
    pub(crate) fn column_or(&self, asked: Option<&str>, usual: &[&str]) -> Result<usize, Failure> {
        let by_look = || {
            let like = |cell: &[u8]| cell.len() == 16 && cell.iter().all(u8::is_ascii_digit);
            self.first.iter().position(like).filter(|_| self.header.is_none())
        };
        match asked {
            Some(name) => self.column(name),
            None if self.first.len() == 1 => Ok(0),
            None => self.find(usual).or_else(by_look).ok_or_else(|| {
                Failure::usage(StreamError::NoColumn { name: usual.first().copied().unwrap_or_default().to_owned() })
            }),
        }
    }

    fn find(&self, names: &[&str]) -> Option<usize> {
        let plain =
            |s: &str| -> String { s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
        let header = self.header.as_ref()?;
        names.iter().find_map(|name| header.iter().position(|h| plain(h) == plain(name)))
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
    /// Runs a step, made once the first row is known, over all rows. Gives it back with what it counted.
    pub(crate) fn run<S: RowStep>(
        &self,
        json: bool,
        progress: Progress,
        what: &str,
        make: impl FnOnce(&Top) -> Result<S, Failure>,
    ) -> Result<S, Failure> {
        let mut rows = self.rows()?;
        let Some(record) = rows.next().transpose()? else { return Err(Failure::input(StreamError::Empty)) };
        let top = Top::of(&record);
        let mut step = make(&top)?;
        let mut out = Output::open(self.out.as_deref(), json, rows.delimiter(), step.adds())?;
        let bar = progress.stage(what, None);
        let width = record.len();
        let mut number = 0;
        let first = if top.header.is_some() {
            out.header(record.iter().map(<[u8]>::to_vec).collect())?;
            None
        } else {
            Some(Ok(record))
        };
        for record in first.into_iter().chain(rows) {
            number += 1;
            let mut cells: Cells = record?.iter().map(<[u8]>::to_vec).collect();
            // a row that ends early still gets its added cells under their names
            cells.resize(width.max(cells.len()), Vec::new());
            let own = cells.len();
            step.row(number, &mut cells);
            out.row(number, own, cells)?;
            if number.is_multiple_of(4096) {
                bar.set_position(number);
            }
        }
        out.finish()?;
        bar.finish_and_clear();
        Ok(step)
    }

    /// A CSV where the first line has a separator, else a list: one number per line, and an empty line is an empty cell.
    fn rows(&self) -> Result<Rows, Failure> {
        let mut source = self.open()?;
        let start = source.fill_buf().map_err(|e| self.cannot_read(&e))?;
        match self.delimiter(start)? {
            Some(delimiter) => {
                let mut reader = csv::ReaderBuilder::new();
                let reader = reader.delimiter(delimiter).has_headers(false).flexible(true).from_reader(source);
                Ok(Rows::Csv(reader.into_byte_records(), delimiter))
            }
            None => Ok(Rows::Lines(source)),
        }
    }

    fn open(&self) -> Result<Source, Failure> {
        let source: Box<dyn Read> = match self.path() {
            Some(path) => Box::new(File::open(path).map_err(|e| self.cannot_read(&e))?),
            None => Box::new(stdin()),
        };
        let mut source = BufReader::with_capacity(1 << 18, source);
        let start = source.fill_buf().map_err(|e| self.cannot_read(&e))?;
        if start.starts_with(b"\xef\xbb\xbf") {
            source.consume(3);
        }
        Ok(source)
    }

    fn path(&self) -> Option<&Path> {
        self.file.as_deref().filter(|p| *p != Path::new("-"))
    }

    fn cannot_read(&self, cause: &dyn std::fmt::Display) -> Failure {
        let path = self.path().map_or("stdin".into(), |p| p.display().to_string());
        Failure::input(CliError::CannotRead { path, cause: cause.to_string() })
    }

    /// The separator asked for, or the one the first line has most of.
    fn delimiter(&self, start: &[u8]) -> Result<Option<u8>, Failure> {
        if let Some(c) = self.delimiter {
            let byte = u8::try_from(c).ok().filter(u8::is_ascii);
            return byte.map(Some).ok_or_else(|| Failure::usage(StreamError::Delimiter));
        }
        let line = start.split(|b| *b == b'\n').next().unwrap_or_default();
        let count = |d: u8| line.iter().filter(|b| **b == d).count();
        Ok(b";\t|,".iter().copied().filter(|d| count(*d) > 0).max_by_key(|d| count(*d)))
    }
}

type Source = BufReader<Box<dyn Read>>;

enum Rows {
    Csv(csv::ByteRecordsIntoIter<Source>, u8),
    Lines(Source),
}

impl Rows {
    const fn delimiter(&self) -> u8 {
        match self {
            Self::Csv(_, delimiter) => *delimiter,
            Self::Lines(_) => b',',
        }
    }
}

impl Iterator for Rows {
    type Item = Result<ByteRecord, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let broken = |cause: String| Failure::input(StreamError::Csv { cause });
        match self {
            Self::Csv(rows, _) => Some(rows.next()?.map_err(|e| broken(e.to_string()))),
            Self::Lines(source) => {
                let mut line = Vec::new();
                match source.read_until(b'\n', &mut line) {
                    Ok(0) => None,
                    Ok(_) => {
                        let end = line.iter().rev().take_while(|b| matches!(b, b'\n' | b'\r')).count();
                        line.truncate(line.len() - end);
                        Some(Ok(ByteRecord::from(vec![line])))
                    }
                    Err(e) => Some(Err(broken(e.to_string()))),
                }
            }
        }
    }
}
