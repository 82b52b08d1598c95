//! Reading a folder or a file: recognise, stream, parse in parallel, join, count.

pub(crate) mod block;
mod book;
pub(crate) mod born;
mod cell;
mod choose;
mod column;
pub(crate) mod digits;
pub(crate) mod file;
mod folder;
mod further;
mod identifier;
mod join;
mod listed;
mod margin;
mod pass;
mod place;
mod plan;
mod row;
pub(crate) mod words;

use crate::intake::{Refused, Unread};
use crate::layout::{Layout, builtin};
use crate::table::{self, Source};
use crate::{FileNote, Intake, ReadError, SheetFault};
use bansos::Date;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use std::collections::hash_map::Entry;
use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far reading has come.
#[derive(Clone, Debug)]
pub struct Progress<'a> {
    /// File name without its folder.
    pub file: &'a str,
    /// Rows of this file so far.
    pub rows: u64,
    /// Bytes of this file so far; 0 where the form does not tell.
    pub bytes: u64,
    /// Size of this file in bytes.
    pub of: u64,
}

/// What reading depends on.
pub struct ReadOptions<'a> {
    /// The reference date: birth dates after it are noted.
    pub as_of: Date,
    /// Layouts of the user's own, tried together with those of the library.
    pub layouts: Vec<Layout>,
    /// Told now and then how far reading has come.
    pub progress: Option<&'a (dyn Fn(Progress<'_>) + Sync)>,
    /// Set to true from any thread, reading ends soon with [`ReadError::Cancelled`].
    pub cancel: Option<&'a AtomicBool>,
}

impl<'a> ReadOptions<'a> {
    /// The library's layouts, no progress.
    pub fn new(as_of: Date) -> Self {
        Self { as_of, layouts: Vec::new(), progress: None, cancel: None }
    }

    /// Tells progress to `report`.
    pub fn with_progress(self, report: &'a (dyn Fn(Progress<'_>) + Sync)) -> Self {
        Self { progress: Some(report), ..self }
    }

    /// Stops reading once `switch` is true.
    pub fn with_cancel(self, switch: &'a AtomicBool) -> Self {
        Self { cancel: Some(switch), ..self }
    }

    fn cancelled(&self) -> bool {
        self.cancel.is_some_and(|switch| switch.load(Ordering::Relaxed))
    }

    fn all_layouts(&self) -> Vec<&Layout> {
        // an own layout of the same name replaces the library's
        let kept = builtin().iter().filter(|l| !self.layouts.iter().any(|own| own.id == l.id));
        self.layouts.iter().chain(kept).collect()
    }
}

/// Reads every register of a folder, in the order of the file names. Folders inside it are not entered; the path of a file stands for
/// that file alone.
///
/// A file that cannot be read as a register is listed in [`Intake::refused`] with its reason and stops nothing.
///
/// # Errors
///
/// The folder is not there, holds no file of a known form, or not one of them is a register.
pub fn read_folder(folder: &Path, options: &ReadOptions<'_>) -> Result<Intake, ReadError> {
    if folder.is_file() {
        return read_all(&table::file_name(folder), vec![Source::path(folder)], options);
    }
    let (paths, unread) = folder::look(folder)?;
    let sources = paths.iter().map(|path| Source::path(path)).collect();
    let mut intake = read_all(&table::file_name(folder), sources, options)?;
    intake.unread.extend(unread);
    Ok(intake)
}

/// Reads registers that are in memory, each under its name, in the order of the names: for browsers and portals.
///
/// # Errors
///
/// Not one of them is a register; see [`read_folder`].
pub fn read_bytes<N: Into<String>>(
    files: impl IntoIterator<Item = (N, Vec<u8>)>,
    options: &ReadOptions<'_>,
) -> Result<Intake, ReadError> {
    let mut files: Vec<(String, Vec<u8>)> = files.into_iter().map(|(name, bytes)| (name.into(), bytes)).collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    if files.is_empty() {
        return Err(ReadError::NoFiles { folder: "-".to_owned() });
    }
    read_all("-", files.into_iter().map(|(name, bytes)| Source::bytes(&name, bytes)).collect(), options)
}

fn read_all(folder: &str, mut sources: Vec<Source>, options: &ReadOptions<'_>) -> Result<Intake, ReadError> {
    // a row says in two bytes which file it is from
    if sources.len() > usize::from(u16::MAX) {
        return Err(ReadError::TooManyFiles { folder: folder.to_owned(), limit: u16::MAX });
    }
    Source::tell_apart(&mut sources);
    let mut intake = Intake::default();
    let mut contents = Contents::of(&sources);
    for source in &sources {
        if let Some(other) = contents.same_as(source) {
            let reason = SheetFault::SameContent { other };
            intake.unread.push(Unread { file: source.name().to_owned(), sheet: String::new(), rows: 0, reason });
            continue;
        }
        match choose::read(source, options, &mut intake) {
            Ok(()) => {}
            Err(ReadError::Cancelled) => return Err(ReadError::Cancelled),
            Err(error) => intake.refused.push(Refused { file: source.name().to_owned(), error }),
        }
    }
    if intake.files.is_empty() {
        let files = u32::try_from(intake.refused.len()).unwrap_or(u32::MAX);
        return Err(match intake.refused.into_iter().next().map(|r| r.error) {
            // one file that cannot be read says more than the folder
            Some(only) if files == 1 => only,
            Some(first) => ReadError::NothingRecognised { folder: folder.to_owned(), files, first: Box::new(first) },
            None => ReadError::NoFiles { folder: folder.to_owned() },
        });
    }
    same_sources(&mut intake);
    finish(&mut intake);
    Ok(intake)
}

/// Reads one register.
///
/// # Errors
///
/// The file cannot be read as a register; see [`ReadError`].
pub fn read_file(path: &Path, options: &ReadOptions<'_>) -> Result<Intake, ReadError> {
    let mut intake = Intake::default();
    choose::read(&Source::path(path), options, &mut intake)?;
    finish(&mut intake);
    Ok(intake)
}

fn finish(intake: &mut Intake) {
    place::resolve(intake);
    join::members(intake);
    debug_assert!(intake.closes(), "rows read are accepted or quarantined");
}

/// Notes files of one layout: of each, the first.
fn same_sources(intake: &mut Intake) {
    let mut layouts: FxHashMap<String, String> = FxHashMap::default();
    let mut before = String::new();
    for file in &mut intake.files {
        // sheets of one workbook stand one after the other
        let further = std::mem::replace(&mut before, file.path.clone()) == file.path;
        let first = layouts.entry(file.layout.clone()).or_insert_with(|| file.path.clone());
        if !further && *first != file.path {
            file.notes.push(FileNote::SameSource { other: first.clone() });
        }
    }
}

/// What the files read so far hold; only those of one length are looked at, once each.
struct Contents {
    lengths: FxHashMap<Option<u64>, u32>,
    known: FxHashMap<[u8; 32], String>,
}

impl Contents {
    fn of(sources: &[Source]) -> Self {
        let mut lengths: FxHashMap<Option<u64>, u32> = FxHashMap::default();
        for source in sources {
            *lengths.entry(source.size()).or_default() += 1;
        }
        Self { lengths, known: FxHashMap::default() }
    }

    /// The file that has exactly the same content.
    fn same_as(&mut self, source: &Source) -> Option<String> {
        if self.lengths.get(&source.size()).is_none_or(|n| *n < 2) {
            return None;
        }
        match self.known.entry(digest(source).ok()?) {
            Entry::Occupied(first) => Some(first.get().clone()),
            Entry::Vacant(place) => {
                place.insert(source.name().to_owned());
                None
            }
        }
    }
}

fn digest(source: &Source) -> Result<[u8; 32], ReadError> {
    let (mut bytes, mut hash, mut block) = (source.read()?, Sha256::new(), vec![0u8; 1 << 16]);
    loop {
        match bytes.read(&mut block) {
            Ok(0) => return Ok(hash.finalize().into()),
            Ok(n) => hash.update(block.get(..n).unwrap_or_default()),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(source.cannot()(e)),
        }
    }
}
