//! CSV in all its forms: `,` `;` tab or `|`, with or without quotes, UTF-8 with or without a byte-order mark, UTF-16,
//! Windows-1252.

use super::limit::{Limited, MAX_RECORD, Since, is_too_long};
use super::{Chunker, Form, Reading, TOP, file_name, io};
use crate::ReadError;
use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use std::fs::File;
use std::io::Read;
use std::path::Path;

const DELIMITERS: [u8; 4] = *b",;\t|";
const BUFFER: usize = 1 << 18;

type Source = Limited<DecodeReaderBytes<File, Vec<u8>>>;

/// A byte-order mark decides between UTF-8 and UTF-16; without one the bytes pass as they are, and a cell that is not
/// UTF-8 is read as Windows-1252 where it is read.
fn decode(path: &Path) -> Result<DecodeReaderBytes<File, Vec<u8>>, ReadError> {
    let file = File::open(path).map_err(io(path))?;
    Ok(DecodeReaderBytesBuilder::new().utf8_passthru(true).strip_bom(true).bom_override(true).build(file))
}

fn open(path: &Path, delimiter: u8) -> Result<(Reader<Source>, Since), ReadError> {
    let (limited, since) = Limited::new(decode(path)?);
    let reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(BUFFER)
        .from_reader(limited);
    Ok((reader, since))
}

pub(super) fn readings(path: &Path) -> Result<Vec<Reading>, ReadError> {
    let encoding = sniff_encoding(path)?;
    let mut all = Vec::with_capacity(DELIMITERS.len());
    let mut too_long = None;
    for delimiter in DELIMITERS {
        let (mut reader, since) = open(path, delimiter)?;
        let mut top = Vec::new();
        let mut record = ByteRecord::new();
        while top.len() < TOP {
            match reader.read_byte_record(&mut record) {
                Ok(true) => top.push(record.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect()),
                Ok(false) => break,
                // a long line below the header is reported with its row when the rows are read
                Err(e) if is_too_long(&e) => {
                    too_long = Some(top.len());
                    break;
                }
                Err(e) => return Err(from_csv(path, top.len() as u64, &e)),
            }
            since.reset();
        }
        all.push(Reading { form: Form::Delimited { delimiter, encoding }, top });
    }
    if all.iter().all(|r: &Reading| r.top.is_empty()) {
        return Err(match too_long {
            Some(_) => line_too_long(path, 0),
            None => ReadError::Empty { file: file_name(path) },
        });
    }
    Ok(all)
}

pub(super) fn stream(
    path: &Path,
    delimiter: u8,
    skip: usize,
    columns: usize,
    sink: &mut dyn FnMut(super::Chunk) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let (mut reader, since) = open(path, delimiter)?;
    let mut record = ByteRecord::new();
    for _ in 0..skip {
        reader.read_byte_record(&mut record).map_err(|e| from_csv(path, 0, &e))?;
        since.reset();
    }
    let mut chunker = Chunker::new(path, sink);
    let (mut rows, mut start) = (0u64, reader.position().byte());
    loop {
        // a record of its own per row: it moves into the chunk without another copy
        let mut row = ByteRecord::with_capacity(record.as_slice().len() + 32, record.len() + 2);
        match reader.read_byte_record(&mut row) {
            Ok(true) => {
                since.reset();
                let end = reader.position().byte();
                if swallows(&row, columns, delimiter) {
                    for line in raw(path, start, end)?.split(|b| *b == b'\n') {
                        let line = line.strip_suffix(b"\r").unwrap_or(line);
                        if !line.is_empty() {
                            rows += 1;
                            chunker.free();
                            chunker.push(one_line(line, columns, delimiter), end)?;
                        }
                    }
                } else {
                    rows += 1;
                    if record.as_slice().len() < row.as_slice().len() && row.as_slice().len() < 4096 {
                        record = row.clone(); // the size to expect
                    }
                    chunker.push(row, end)?;
                }
                start = end;
            }
            Ok(false) => return chunker.flush(),
            Err(e) => return Err(from_csv(path, rows + 1, &e)),
        }
    }
}

/// Whether a quote that is not closed has made one cell of several rows: a cell with line breaks in a row of the wrong
/// width, or with as many delimiters in it as a row has. A quoted cell with a line break of its own is neither.
fn swallows(row: &ByteRecord, columns: usize, delimiter: u8) -> bool {
    // one look at the whole row decides for nearly all
    row.as_slice().contains(&b'\n')
        && (row.len() != columns
            || row
                .iter()
                .any(|cell| cell.contains(&b'\n') && cell.iter().filter(|b| **b == delimiter).count() + 1 >= columns))
}

/// The bytes between two places of the decoded file.
fn raw(path: &Path, start: u64, end: u64) -> Result<Vec<u8>, ReadError> {
    let mut decoded = decode(path)?;
    std::io::copy(&mut decoded.by_ref().take(start), &mut std::io::sink()).map_err(io(path))?;
    let mut bytes = Vec::new();
    decoded.take(end.saturating_sub(start)).read_to_end(&mut bytes).map_err(io(path))?;
    Ok(bytes)
}

/// One line by itself: with its quotes where they make sense, else as if quotes were letters.
fn one_line(line: &[u8], columns: usize, delimiter: u8) -> ByteRecord {
    let parse = |quoting: bool| {
        let mut record = ByteRecord::new();
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .quoting(quoting)
            .from_reader(line);
        // reading from memory cannot fail
        let _ = reader.read_byte_record(&mut record);
        record
    };
    let quoted = parse(true);
    if quoted.len() == columns { quoted } else { parse(false) }
}

fn from_csv(path: &Path, row: u64, error: &csv::Error) -> ReadError {
    if is_too_long(error) {
        return line_too_long(path, row);
    }
    ReadError::Io { file: file_name(path), reason: error.to_string() }
}

fn line_too_long(path: &Path, row: u64) -> ReadError {
    ReadError::LineTooLong { file: file_name(path), row, limit_mib: u32::try_from(MAX_RECORD >> 20).unwrap_or(16) }
}

fn sniff_encoding(path: &Path) -> Result<&'static str, ReadError> {
    let mut start = [0u8; 3];
    let mut file = File::open(path).map_err(io(path))?;
    let mut got = 0;
    while got < start.len() {
        match file.read(&mut start[got..]).map_err(io(path))? {
            0 => break,
            n => got += n,
        }
    }
    Ok(match start {
        [0xFF, 0xFE, _] => "UTF-16LE",
        [0xFE, 0xFF, _] => "UTF-16BE",
        _ => "UTF-8",
    })
}
