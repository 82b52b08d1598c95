//! Rows in, rows out, one at a time and in order: a CSV with a header, or one number per line, from a file or standard input.
//!
//! Cells that a step does not own pass through byte for byte.

use crate::failure::{CliError, Exit, Failure};
use crate::progress::Progress;
use clap::Args;
use csv::ByteRecord;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write, stdin, stdout};
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
            id: "tidak ada kolom {name} di baris judul; sebutkan dengan --column atau nomor kolomnya",
            en: "the header has no column {name}; name it with --column, or give its number";
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

/// What the first row is.
pub(crate) struct Top {
    /// Column names, where the first row is a header.
    header: Option<Vec<String>>,
    first: ByteRecord,
}

impl Top {
    /// The place of a column by its name (case, blanks and punctuation do not count) or its number from 1.
    pub(crate) fn column(&self, name: &str) -> Result<usize, Failure> {
        let missing = || Failure::usage(StreamError::NoColumn { name: name.to_owned() });
        if let Some(at) = self.find(&[name]) {
            return Ok(at);
        }
        let number = name.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        number.filter(|n| *n < self.first.len()).ok_or_else(missing)
    }

    /// The same for a column that may not be asked for.
    pub(crate) fn optional(&self, name: Option<&str>) -> Result<Option<usize>, Failure> {
        name.map(|name| self.column(name)).transpose()
    }

    /// The column asked for, or one with a usual name, or the only one.
    pub(crate) fn column_or(&self, asked: Option<&str>, usual: &[&str]) -> Result<usize, Failure> {
        match asked {
            Some(name) => self.column(name),
            None if self.first.len() == 1 => Ok(0),
            None => self.find(usual).or_else(|| self.by_look()).ok_or_else(|| {
                Failure::usage(StreamError::NoColumn { name: usual.first().copied().unwrap_or_default().to_owned() })
            }),
        }
    }

    fn find(&self, names: &[&str]) -> Option<usize> {
        let header = self.header.as_ref()?;
        names.iter().find_map(|name| header.iter().position(|h| plain(h) == plain(name)))
    }

    /// Without a header: the first cell that is sixteen digits.
    fn by_look(&self) -> Option<usize> {
        self.first.iter().position(|cell| cell.len() == 16 && cell.iter().all(u8::is_ascii_digit))
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A step over rows.
pub(crate) trait RowStep {
    /// Names of the columns it adds.
    fn adds(&self) -> Vec<&'static str>;
    /// Works on a row: may change its cells, and pushes one cell for each column it adds.
    fn row(&mut self, number: u64, cells: &mut Vec<Vec<u8>>) -> Result<(), Failure>;
    /// Whether rows are written as CSV (else the step writes for itself).
    fn writes_rows(&self) -> bool {
        true
    }
    /// What stands behind the last row of standard output.
    fn last(&mut self, _out: &mut dyn Write) -> std::io::Result<()> {
        Ok(())
    }
    /// A line of its own for each row, where it does not write rows.
    fn line(&mut self, _out: &mut dyn Write) -> std::io::Result<()> {
        Ok(())
    }
}

/// A cell as text; what is no UTF-8 is shown as such.
pub(crate) fn text(cells: &[Vec<u8>], at: usize) -> std::borrow::Cow<'_, str> {
    cells.get(at).map_or("".into(), |c| String::from_utf8_lossy(c))
}

impl Stream {
    /// Runs a step, made once the first row is known, over all rows.
    pub(crate) fn run<S: RowStep>(
        &self,
        progress: Progress,
        what: &str,
        make: impl FnOnce(&Top) -> Result<S, Failure>,
    ) -> Result<S, Failure> {
        let mut source = self.open()?;
        let delimiter = self.delimiter(source.fill_buf().map_err(|e| self.cannot_read(&e))?)?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(source);
        let mut record = ByteRecord::new();
        let broken = |e: csv::Error| Failure::input(StreamError::Csv { cause: e.to_string() });
        if !reader.read_byte_record(&mut record).map_err(broken)? {
            return Err(Failure::input(StreamError::Empty));
        }
        let top = top(&record);
        let mut step = make(&top)?;
        let mut sink = self.sink()?;
        let cannot_write = |e: &dyn std::fmt::Display| Failure::output(self.out_name(), e);
        {
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(&mut sink);
            let bar = progress.stage(what, None);
            let mut number = 0u64;
            let mut row: Vec<Vec<u8>> = record.iter().map(<[u8]>::to_vec).collect();
            if top.header.is_some() {
                row.extend(step.adds().iter().map(|name| name.as_bytes().to_vec()));
                if step.writes_rows() {
                    writer.write_byte_record(&ByteRecord::from(row)).map_err(|e| cannot_write(&e))?;
                }
            } else {
                number = 1;
                one(&mut step, number, row, &mut writer).map_err(|e| e.or(&cannot_write))?;
            }
            while reader.read_byte_record(&mut record).map_err(broken)? {
                number += 1;
                let row = record.iter().map(<[u8]>::to_vec).collect();
                one(&mut step, number, row, &mut writer).map_err(|e| e.or(&cannot_write))?;
                if number.is_multiple_of(4096) {
                    bar.set_position(number);
                }
            }
            writer.flush().map_err(|e| cannot_write(&e))?;
            bar.finish_and_clear();
        }
        step.last(&mut sink).and_then(|()| sink.flush()).map_err(|e| cannot_write(&e))?;
        Ok(step)
    }

    fn open(&self) -> Result<BufReader<Box<dyn Read>>, Failure> {
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

    fn out_name(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("stdout"))
    }

    fn sink(&self) -> Result<BufWriter<Box<dyn Write>>, Failure> {
        let sink: Box<dyn Write> = match &self.out {
            Some(path) => Box::new(File::create(path).map_err(|e| Failure::output(path, e))?),
            None => Box::new(stdout()),
        };
        Ok(BufWriter::with_capacity(1 << 18, sink))
    }

    /// The separator asked for, or the one the first line has most of.
    fn delimiter(&self, start: &[u8]) -> Result<u8, Failure> {
        if let Some(c) = self.delimiter {
            return u8::try_from(c).ok().filter(u8::is_ascii).ok_or_else(|| Failure::usage(StreamError::Delimiter));
        }
        let line = start.split(|b| *b == b'\n').next().unwrap_or_default();
        let count = |d: &u8| line.iter().filter(|b| *b == d).count();
        let best = *b";\t|,".iter().max_by_key(|d| count(d)).unwrap_or(&b',');
        Ok(if count(&best) == 0 { b',' } else { best })
    }
}

/// What can go wrong with one row.
enum Trouble {
    Step(Failure),
    Write(std::io::Error),
}

impl Trouble {
    fn or(self, cannot_write: &impl Fn(&dyn std::fmt::Display) -> Failure) -> Failure {
        match self {
            Self::Step(failure) => failure,
            // a reader such as `head` that has seen enough
            Self::Write(e) => cannot_write(&e),
        }
    }
}

fn one<S: RowStep, W: Write>(
    step: &mut S,
    number: u64,
    mut row: Vec<Vec<u8>>,
    writer: &mut csv::Writer<W>,
) -> Result<(), Trouble> {
    step.row(number, &mut row).map_err(Trouble::Step)?;
    if step.writes_rows() {
        return writer.write_byte_record(&ByteRecord::from(row)).map_err(|e| Trouble::Write(e.into()));
    }
    let mut line = Vec::new();
    step.line(&mut line).map_err(Trouble::Write)?;
    // the writer's own buffer is empty: nothing goes through it in this form
    let raw = std::mem::take(&mut line);
    writer.write_byte_record(&ByteRecord::from(vec![raw])).map_err(|e| Trouble::Write(e.into()))
}

/// A first row of which no cell looks like a number of ten digits or more is a header.
fn top(record: &ByteRecord) -> Top {
    let is_data = record.iter().any(|cell| cell.iter().filter(|b| b.is_ascii_digit()).count() >= 10)
        || record.iter().all(|cell| cell.iter().all(|b| !b.is_ascii_alphabetic()));
    let header = (!is_data).then(|| record.iter().map(|c| String::from_utf8_lossy(c).trim().to_owned()).collect());
    Top { header, first: record.clone() }
}

/// Whether a failure is only that nobody reads any more.
pub(crate) const NOT_RIGHT: Exit = Exit::NotRight;
