//! Where rows go: CSV as it came with columns added, or a line of JSON per row. Whoever opens the CSV in a spreadsheet runs no formula
//! that stood in a cell.

use crate::failure::Failure;
use bansos_registers::write::{OutFile, safe_cell};
use csv::ByteRecord;
use serde_json::{Map, Value};
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::path::{Path, PathBuf};

enum Sink {
    Out(Stdout),
    File(OutFile),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Out(out) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Out(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

enum Form {
    Csv(Box<csv::Writer<BufWriter<Sink>>>),
    Json(BufWriter<Sink>),
}

/// The result of a stream.
pub(super) struct Output {
    path: PathBuf,
    form: Form,
    adds: &'static [&'static str],
}

impl Output {
    pub(super) fn open(
        path: Option<&Path>,
        json: bool,
        delimiter: u8,
        adds: &'static [&'static str],
    ) -> Result<Self, Failure> {
        let sink = match path {
            Some(path) => Sink::File(OutFile::begin(path)?),
            None => Sink::Out(stdout()),
        };
        let sink = BufWriter::with_capacity(1 << 18, sink);
        let form = if json {
            Form::Json(sink)
        } else {
            Form::Csv(Box::new(csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(sink)))
        };
        Ok(Self { path: path.unwrap_or(Path::new("stdout")).to_path_buf(), form, adds })
    }

    pub(super) fn header(&mut self, mut cells: Vec<Vec<u8>>) -> Result<(), Failure> {
        cells.extend(self.adds.iter().map(|name| name.as_bytes().to_vec()));
        match &mut self.form {
            Form::Csv(writer) => written(writer.write_byte_record(&safe(cells)), &self.path),
            Form::Json(_) => Ok(()),
        }
    }

    /// Writes a row; its first `own` cells are the input's.
    pub(super) fn row(&mut self, number: u64, own: usize, cells: Vec<Vec<u8>>) -> Result<(), Failure> {
        match &mut self.form {
            Form::Csv(writer) => written(writer.write_byte_record(&safe(cells)), &self.path),
            Form::Json(sink) => {
                let mut line = Map::new();
                line.insert("row".into(), number.into());
                for (name, cell) in self.adds.iter().zip(cells.iter().skip(own)) {
                    line.insert((*name).into(), json(cell));
                }
                written(writeln!(sink, "{}", Value::Object(line)).map_err(csv::Error::from), &self.path)
            }
        }
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        let sink = match self.form {
            Form::Csv(writer) => writer.into_inner().map_err(|e| e.into_error()),
            Form::Json(sink) => Ok(sink),
        };
        let sink = sink.and_then(|sink| sink.into_inner().map_err(|e| e.into_error())).map_err(csv::Error::from);
        match sink {
            Ok(Sink::File(file)) => Ok(file.finish()?),
            Ok(Sink::Out(mut out)) => written(out.flush().map_err(csv::Error::from), &self.path),
            Err(e) => written(Err(e), &self.path),
        }
    }
}

/// A reader such as `head` that has seen enough ends the program quietly.
fn written(result: Result<(), csv::Error>, path: &Path) -> Result<(), Failure> {
    match result {
        Err(e) if matches!(e.kind(), csv::ErrorKind::Io(e) if e.kind() == std::io::ErrorKind::BrokenPipe) => {
            std::process::exit(0)
        }
        other => other.map_err(|e| Failure::output(path, io::Error::from(e))),
    }
}

fn safe(cells: Vec<Vec<u8>>) -> ByteRecord {
    let mut safe = ByteRecord::with_capacity(256, cells.len());
    for cell in cells {
        match std::str::from_utf8(&cell) {
            Ok(text) => safe.push_field(safe_cell(text).as_bytes()),
            Err(_) => safe.push_field(&cell),
        }
    }
    safe
}

/// An added cell as JSON: truth values as such, nothing as null, lists of codes as they stand.
fn json(cell: &[u8]) -> Value {
    match cell {
        b"" => Value::Null,
        b"true" => Value::Bool(true),
        b"false" => Value::Bool(false),
        text => Value::String(String::from_utf8_lossy(text).into_owned()),
    }
}
