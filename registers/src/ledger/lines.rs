//! A ledger as JSON Lines: one event a line, appended and synchronised, locked while it is open.

use super::{Appended, LedgerError, LedgerFile, Marks, not_yet};
use bansos::Coded;
use bansos::verivali::{Digest, Event, EventEntry, Ledger, Mark, Names, PlainEvent, PlainName, Workflows};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// No event is longer; a line that is, is damage, and is not held in memory.
const LONGEST: u64 = 1 << 20;

/// A ledger open for writing. Others wait until it is dropped.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    file: File,
    origin: PlainName,
    ledger: Ledger,
}

/// The event of a line.
pub fn parse_line(line: &[u8], names: &mut Names) -> Option<Event> {
    let plain: PlainEvent<'_> = serde_json::from_slice(line).ok()?;
    plain.read(names).ok()
}

pub(super) fn read(path: &Path) -> Result<LedgerFile, LedgerError> {
    let file = File::open(path).map_err(LedgerError::io(path))?;
    file.lock_shared().map_err(LedgerError::io(path))?;
    found(path, &file).map(|(found, _)| found)
}

/// What the file holds, and the length of its whole lines.
fn found(path: &Path, file: &File) -> Result<(LedgerFile, u64), LedgerError> {
    let (mut reader, mut names) = (BufReader::with_capacity(1 << 20, file), Names::default());
    let (mut events, mut unreadable, mut line) = (Vec::new(), Vec::new(), Vec::new());
    let (mut number, mut length, mut torn) = (0u64, 0u64, false);
    loop {
        line.clear();
        let read = reader.by_ref().take(LONGEST).read_until(b'\n', &mut line).map_err(LedgerError::io(path))?;
        if read == 0 {
            break;
        }
        number += 1;
        let whole = line.last() == Some(&b'\n');
        match parse_line(&line, &mut names) {
            // a last line that lacks nothing but its line feed was written whole
            Some(event) => events.push(event),
            None if !whole && read < LONGEST as usize && is_begun_event(&line) => {
                torn = true;
                break;
            }
            None if line.trim_ascii().is_empty() => {}
            None => unreadable.push(number),
        }
        length += read as u64;
    }
    if events.is_empty() && !unreadable.is_empty() {
        return Err(LedgerError::NoLedger { file: crate::table::file_name(path) });
    }
    Ok((LedgerFile::of(events, unreadable, torn, &marks(path)), length))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainMark {
    origin: String,
    number: u64,
    hash: String,
}

fn mark_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".mark");
    name.into()
}

/// The marks beside the file.
fn marks(path: &Path) -> Marks {
    let plain: Vec<PlainMark> = match std::fs::read(mark_path(path)) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Marks::default(),
        Err(_) => return Marks { unreadable: true, ..Marks::default() },
        Ok(text) => match serde_json::from_slice(&text) {
            Err(_) => return Marks { unreadable: true, ..Marks::default() },
            Ok(plain) => plain,
        },
    };
    let read = |m: &PlainMark| {
        Some(Mark { origin: PlainName::new(&m.origin).ok()?, number: m.number, hash: Digest::parse(&m.hash)? })
    };
    let all: Vec<Mark> = plain.iter().filter_map(read).collect();
    Marks { unreadable: all.len() < plain.len(), all }
}

/// Whether a last line without its end is the beginning of an event, or of nothing at all. A system that lost its power may
/// leave zeros where the rest should be.
fn is_begun_event(line: &[u8]) -> bool {
    const BEGIN: &[u8] = br#"{"origin":""#;
    let written = line.iter().position(|b| *b == 0).map_or(line, |end| line.get(..end).unwrap_or_default());
    let rest_is_empty = line.iter().skip(written.len()).all(|b| *b == 0);
    rest_is_empty && written.iter().zip(BEGIN).all(|(a, b)| a == b)
}

impl Lines {
    pub(super) fn open(path: &Path, origin: &PlainName) -> Result<Self, LedgerError> {
        let io = LedgerError::io(path);
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(&io)?;
        file.lock().map_err(&io)?;
        let (found, length) = found(path, &file)?;
        if !found.is_whole() {
            let faults = found.soundness.faults.iter().filter(|f| f.severity() == bansos::Severity::Error);
            let first = match (found.unreadable.first(), faults.clone().next()) {
                (Some(line), _) => format!("#{line}"),
                (None, fault) => fault.map(|f| f.code().to_owned()).unwrap_or_default(),
            };
            let faults = (found.unreadable.len() + faults.count()) as u64;
            return Err(LedgerError::Damaged { file: crate::table::file_name(path), faults, first });
        }
        // what an append left unfinished was never acknowledged
        file.set_len(length).map_err(&io)?;
        if length > 0 {
            let mut last = [0u8];
            file.seek(SeekFrom::Start(length - 1)).and_then(|_| file.read_exact(&mut last)).map_err(&io)?;
            if last != *b"\n" {
                file.write_all(b"\n").map_err(&io)?;
            }
        }
        Ok(Self { path: path.to_owned(), file, origin: origin.clone(), ledger: found.into_ledger() })
    }

    pub(super) fn append(
        &mut self,
        entries: Vec<EventEntry>,
        workflows: &Workflows,
    ) -> Result<Vec<Appended>, LedgerError> {
        let before = self.ledger.events().len();
        let one = |entry: EventEntry| match not_yet(&entry) {
            Some(refusal) => Err(vec![refusal]),
            None => self.ledger.append(&self.origin, entry, workflows),
        };
        let appended: Vec<Appended> = entries.into_iter().map(one).collect();
        self.write_from(before)?;
        Ok(appended)
    }

    pub(super) fn take_in(&mut self, events: &[Event]) -> Result<u64, LedgerError> {
        let before = self.ledger.events().len();
        let mut ordered: Vec<&Event> = events.iter().collect();
        ordered.sort_by_key(|e| e.link.number);
        let new = ordered.into_iter().filter(|e| self.ledger.insert((*e).clone())).count();
        self.write_from(before)?;
        Ok(new as u64)
    }

    /// Everything of the ledger from a place on, to the disk; then the marks.
    fn write_from(&mut self, place: usize) -> Result<(), LedgerError> {
        let io = LedgerError::io(&self.path);
        let mut text = Vec::new();
        for event in self.ledger.events().get(place..).unwrap_or_default() {
            serde_json::to_writer(&mut text, &PlainEvent::from(event)).map_err(std::io::Error::from).map_err(&io)?;
            text.push(b'\n');
        }
        if text.is_empty() {
            return Ok(());
        }
        self.file.write_all(&text).and_then(|()| self.file.sync_data()).map_err(&io)?;
        // the marks may lag behind the events, never run ahead of them
        let marks = self.ledger.marks().into_iter().map(|m| PlainMark {
            origin: m.origin.as_str().to_owned(),
            number: m.number,
            hash: m.hash.hex(),
        });
        let text = serde_json::to_vec(&marks.collect::<Vec<_>>()).map_err(std::io::Error::from).map_err(&io)?;
        let beside = mark_path(&self.path);
        crate::write::write_whole(&beside, text).map_err(|e| io(std::io::Error::other(e)))
    }
}
