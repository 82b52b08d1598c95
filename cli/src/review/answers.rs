//! The file of answers: one process at a time, each answer on the disk before the next question, in the form the file has.

use crate::failure::{CliError, Exit, Failure};
use bansos_pipeline::write::duplicates::REVIEW_HEADER;
use bansos_registers::shown_path;
use bansos_registers::write::{open_to_append, safe_cell};
use std::fs::{File, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Bytes of a header, at most.
const HEADER: u64 = 64 << 10;

/// A file of answers, locked until it is dropped.
pub(super) struct Answers {
    path: PathBuf,
    file: File,
    form: Form,
}

/// How the file is written: Excel may have saved it with another delimiter, and earlier editions had fewer columns.
struct Form {
    delimiter: u8,
    /// Of each column the place in [`REVIEW_HEADER`]; a column of the office's own stays empty.
    columns: Vec<Option<usize>>,
}

impl Answers {
    /// Opens or begins it; refused where another process has it open.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let refused = |e: std::io::Error| Failure::output(path, e);
        let file = open_to_append(path).map_err(refused)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::new(Exit::Output, CliError::InUse { path: shown_path(path) }));
            }
            Err(TryLockError::Error(e)) => return Err(refused(e)),
        }
        Ok(Self { path: path.to_owned(), file, form: Form { delimiter: b',', columns: Vec::new() } })
    }

    /// Whether nothing stands in it yet, not even a header.
    pub(super) fn is_empty(&self) -> Result<bool, Failure> {
        self.length().map(|bytes| bytes == 0)
    }

    /// Makes it ready for answers: with a header that they fit, and at the beginning of a line.
    pub(super) fn begin(&mut self) -> Result<(), Failure> {
        if self.is_empty()? {
            self.write(format!("{}\n", REVIEW_HEADER.join(",")).as_bytes())?;
        }
        let refused = |e: std::io::Error| Failure::output(&self.path, e);
        let mut header = Vec::new();
        self.file.rewind().map_err(refused)?;
        BufReader::new(&self.file).take(HEADER).read_until(b'\n', &mut header).map_err(refused)?;
        let other = || Failure::new(Exit::Output, CliError::OtherAnswers { path: shown_path(&self.path) });
        self.form = Form::of(&header).ok_or_else(other)?;
        let mut last = [0u8];
        let refused = |e: std::io::Error| Failure::output(&self.path, e);
        self.file.seek(SeekFrom::End(-1)).and_then(|_| self.file.read_exact(&mut last)).map_err(refused)?;
        if last == *b"\n" { Ok(()) } else { self.write(b"\n") }
    }

    /// Adds the cells of an answer; it is on the disk then.
    pub(super) fn add(&mut self, cells: &[String]) -> Result<(), Failure> {
        let failed = |e: csv::Error| Failure::output(&self.path, e);
        let mut row = csv::WriterBuilder::new().delimiter(self.form.delimiter).from_writer(Vec::new());
        let cell =
            |at: &Option<usize>| at.and_then(|at| cells.get(at)).map_or_else(String::new, |c| safe_cell(c).into());
        row.write_record(self.form.columns.iter().map(cell)).map_err(failed)?;
        let row = row.into_inner().map_err(|e| Failure::output(&self.path, e.into_error()))?;
        self.write(&row)
    }

    /// Whole or not at all: on a full disk half an answer would spoil the file.
    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let before = self.length()?;
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        written.map_err(|e| {
            let _ = self.file.set_len(before);
            Failure::output(&self.path, e)
        })
    }

    fn length(&self) -> Result<u64, Failure> {
        self.file.metadata().map(|m| m.len()).map_err(|e| Failure::output(&self.path, e))
    }
}

impl Form {
    /// The form of a header that has a column for each part of an answer.
    fn of(header: &[u8]) -> Option<Self> {
        let header = header.strip_prefix("\u{feff}".as_bytes()).unwrap_or(header);
        [b',', b';', b'\t'].into_iter().find_map(|delimiter| {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(header);
            let names = reader.records().next()?.ok()?;
            let place = |name: &str| REVIEW_HEADER.iter().position(|known| name.trim().eq_ignore_ascii_case(known));
            let columns: Vec<Option<usize>> = names.iter().map(place).collect();
            // the rows and the answer; what else is known of a pair may be missing
            let needed =
                |known: &&&str| ["source_", "file_", "row_", "same"].iter().any(|begin| known.starts_with(begin));
            let has = |known: &str| columns.iter().flatten().any(|at| REVIEW_HEADER.get(*at) == Some(&known));
            REVIEW_HEADER.iter().filter(needed).all(|known| has(known)).then_some(Self { delimiter, columns })
        })
    }
}
