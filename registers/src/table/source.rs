//! Where the bytes of a table come from: a file, memory, or a stream that is read once.

use super::Limits;
use crate::damage::{Damage, Spot};
use crate::{ReadError, shown_name};
use bansos::message::Cause;
use bytes::{Buf as _, Bytes};
use parquet::file::reader::{ChunkReader, Length};
use rustc_hash::FxHashMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

/// Bytes of the top that are looked at to tell forms and encodings apart.
const HEAD: usize = 1 << 16;

/// Bytes with a name.
pub(crate) struct Source {
    name: String,
    from: From,
}

enum From {
    Path(PathBuf),
    Bytes(Bytes),
    /// What was looked at of a stream, and the rest of it until somebody reads it.
    Once {
        head: Bytes,
        rest: Mutex<Option<Box<dyn Read + Send>>>,
    },
}

/// A file that is read to its end only where it is still the file that was opened. Text that somebody cuts off or writes anew
/// meanwhile would end without a word; the other forms are damaged then, and say so.
struct Steady {
    file: File,
    /// Length and time of the last change; nothing of a pipe, which has neither.
    begun: Option<(u64, Option<SystemTime>)>,
}

impl Steady {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let begun = Self::state(&file)?;
        Ok(Self { file, begun })
    }

    fn state(file: &File) -> io::Result<Option<(u64, Option<SystemTime>)>> {
        let found = file.metadata()?;
        Ok(found.is_file().then(|| (found.len(), found.modified().ok())))
    }
}

impl Read for Steady {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.file.read(into)? {
            0 if !into.is_empty() && Self::state(&self.file)? != self.begun => Err(io::Error::other(Changed)),
            read => Ok(read),
        }
    }
}

/// Somebody wrote to the file.
#[derive(Debug, thiserror::Error)]
#[error("changed while it was read")]
struct Changed;

impl Source {
    pub(crate) fn path(path: &Path) -> Self {
        Self { name: super::file_name(path), from: From::Path(path.to_owned()) }
    }

    pub(crate) fn bytes(name: &str, bytes: impl Into<Bytes>) -> Self {
        Self { name: shown_name(name), from: From::Bytes(bytes.into()) }
    }

    /// Files whose names are shown alike are told apart by a number.
    pub(crate) fn tell_apart(all: &mut [Self]) {
        let mut seen: FxHashMap<String, u32> = FxHashMap::default();
        for source in all {
            let count = seen.entry(source.name.clone()).or_default();
            *count += 1;
            if *count > 1 {
                source.name = format!("{} ({count})", source.name);
            }
        }
    }

    /// A stream. Text passes through; any other form is taken into memory first, up to the limit.
    pub(crate) fn once(name: &str, mut stream: Box<dyn Read + Send>, limits: &Limits) -> Result<Self, ReadError> {
        let cannot = |e: io::Error| ReadError::Io { file: name.to_owned(), reason: Cause::from(e) };
        let mut head = Vec::new();
        stream.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(cannot)?;
        if super::form::is_text(&head) && !super::form::is_markup(&head) {
            let rest = Mutex::new((head.len() == HEAD).then_some(stream));
            return Ok(Self { name: name.to_owned(), from: From::Once { head: head.into(), rest } });
        }
        stream.take(limits.whole.saturating_add(1)).read_to_end(&mut head).map_err(cannot)?;
        if head.len() as u64 > limits.whole {
            return Err(ReadError::TooLarge { file: name.to_owned(), limit_mib: limits.whole >> 20 });
        }
        Ok(Self::bytes(name, head))
    }

    /// File name without its folder, as it may be shown.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn size(&self) -> Option<u64> {
        match &self.from {
            From::Path(path) => std::fs::metadata(path).ok().map(|m| m.len()),
            From::Bytes(bytes) => Some(bytes.len() as u64),
            From::Once { .. } => None,
        }
    }

    /// The first bytes.
    pub(crate) fn head(&self) -> Result<Bytes, ReadError> {
        match &self.from {
            From::Path(path) => {
                let mut head = Vec::new();
                let file = File::open(path).map_err(self.cannot())?;
                file.take(HEAD as u64).read_to_end(&mut head).map_err(self.cannot())?;
                Ok(head.into())
            }
            From::Bytes(bytes) => Ok(bytes.slice(..bytes.len().min(HEAD))),
            From::Once { head, .. } => Ok(head.clone()),
        }
    }

    /// The top, to look at: of a stream only what was taken in already.
    pub(crate) fn peek(&self) -> Result<Box<dyn Read + Send>, ReadError> {
        match &self.from {
            From::Once { head, .. } => Ok(Box::new(head.clone().reader())),
            From::Path(_) | From::Bytes(_) => self.read(),
        }
    }

    /// Everything from the start. A stream gives it once.
    pub(crate) fn read(&self) -> Result<Box<dyn Read + Send>, ReadError> {
        match &self.from {
            From::Path(path) => Ok(Box::new(Steady::open(path).map_err(self.cannot())?)),
            From::Bytes(bytes) => Ok(Box::new(bytes.clone().reader())),
            From::Once { head, rest } => {
                let rest = rest.lock().ok().and_then(|mut rest| rest.take());
                match rest {
                    Some(rest) => Ok(Box::new(head.clone().reader().chain(rest))),
                    // a stream that ended within its head can be read again
                    None if head.len() < HEAD => Ok(Box::new(head.clone().reader())),
                    None => Err(ReadError::ReadOnce { file: self.name.clone() }),
                }
            }
        }
    }

    /// For forms that jump about in their file.
    pub(super) fn seek(&self) -> Result<Input, ReadError> {
        match &self.from {
            From::Path(path) => Ok(Input::File(BufReader::new(File::open(path).map_err(self.cannot())?))),
            From::Bytes(bytes) => Ok(Input::Bytes(Cursor::new(bytes.clone()))),
            // what is no text was taken into memory; a stream that is left here is no such form
            From::Once { head, .. } => Ok(Input::Bytes(Cursor::new(head.clone()))),
        }
    }

    /// The file or the bytes themselves.
    pub(super) fn whole(&self) -> Result<Whole, ReadError> {
        match &self.from {
            From::Path(path) => File::open(path).map(Whole::File).map_err(self.cannot()),
            From::Bytes(bytes) | From::Once { head: bytes, .. } => Ok(Whole::Bytes(bytes.clone())),
        }
    }

    pub(crate) fn cannot(&self) -> impl Fn(io::Error) -> ReadError {
        let file = self.name.clone();
        move |e| match e.get_ref().is_some_and(|inner| inner.is::<Changed>()) {
            true => ReadError::Changed { file: file.clone() },
            false => ReadError::Io { file: file.clone(), reason: Cause::from(e) },
        }
    }

    pub(super) fn damaged(&self, form: &'static str) -> ReadError {
        let (reason, place) = (Damage::Content, Spot::default());
        ReadError::Damaged { file: self.name.clone(), form, reason, place }
    }
}

pub(super) enum Whole {
    File(File),
    Bytes(Bytes),
}

impl Length for Whole {
    fn len(&self) -> u64 {
        match self {
            Self::File(file) => Length::len(file),
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

impl ChunkReader for Whole {
    type T = Box<dyn Read>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        Ok(match self {
            Self::File(file) => Box::new(file.get_read(start)?),
            Self::Bytes(bytes) => Box::new(bytes.get_read(start)?),
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        // before memory is set aside for them
        if start.checked_add(length as u64).is_none_or(|end| end > Length::len(self)) {
            return Err(parquet::errors::ParquetError::EOF(String::new()));
        }
        match self {
            Self::File(file) => file.get_bytes(start, length),
            Self::Bytes(bytes) => bytes.get_bytes(start, length),
        }
    }
}

/// A file or bytes, for readers that seek.
pub(super) enum Input {
    File(BufReader<File>),
    Bytes(Cursor<Bytes>),
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Bytes(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Input {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Bytes(bytes) => bytes.seek(to),
        }
    }
}
