//! A ledger as JSON Lines: one event a line, appended and synchronised, locked while it is open.

use super::{Appended, LedgerError, LedgerFile, Marks, not_yet};
use bansos::Coded;
use bansos::verivali::{Digest, Event, EventEntry, Ledger, Mark, Names, PlainEvent, PlainName, Workflows};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// No event is longer; a line that is, is damage, and is not held in memory.
const LONGEST: u64 = 1 << 20;

/// So many lines from the start without an event are no ledger's; what has no end is not read on.
const STRANGE: usize = 1000;

/// A ledger open for writing. Others wait until it is dropped.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    file: File,
    origin: PlainName,
    ledger: Ledger,
    /// The marks beside it say less than it holds: whoever wrote last was stopped before they were written.
    behind: bool,
    /// The last write failed: what is on the disk has to be read again.
    unsure: bool,
}

/// The event of a line.
pub fn parse_line(line: &[u8], names: &mut Names) -> Option<Event> {
    let plain: PlainEvent<'_> = serde_json::from_slice(line).ok()?;
    plain.read(names).ok()
}

pub(super) fn read(path: &Path) -> Result<LedgerFile, LedgerError> {
    let path = &place(path)?;
    let file = File::open(path).map_err(LedgerError::io(path))?;
    file.lock_shared().map_err(LedgerError::io(path))?;
    found(path, &file).map(|(found, _)| found)
}

/// The file itself: marks stand beside it, not beside a link to it. A pipe or a device keeps nothing, and may have no end.
fn place(path: &Path) -> Result<PathBuf, LedgerError> {
    let place = crate::write::real(path);
    match std::fs::metadata(&place) {
        Ok(found) if !found.is_file() && !found.is_dir() => {
            Err(LedgerError::NoLedger { file: crate::table::file_name(path) })
        }
        _ => Ok(place),
    }
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
        if events.is_empty() && unreadable.len() >= STRANGE {
            break;
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
        let path = place(path)?;
        let file = crate::write::open_to_append(&path).map_err(LedgerError::io(&path))?;
        file.lock().map_err(LedgerError::io(&path))?;
        let origin = origin.clone();
        let mut lines = Self { path, file, origin, ledger: Ledger::default(), behind: false, unsure: true };
        lines.make_sure()?;
        Ok(lines)
    }

    /// Reads what is on the disk, where that is not known; what an append left unfinished goes.
    fn make_sure(&mut self) -> Result<(), LedgerError> {
        if !self.unsure {
            return Ok(());
        }
        let io = LedgerError::io(&self.path);
        self.file.rewind().map_err(&io)?;
        let (found, length) = found(&self.path, &self.file)?;
        if !found.is_whole() {
            let faults = found.soundness.faults.iter().filter(|f| f.severity() == bansos::Severity::Error);
            let first = match (found.unreadable.first(), faults.clone().next()) {
                (Some(line), _) => format!("#{line}"),
                (None, fault) => fault.map(|f| f.code().to_owned()).unwrap_or_default(),
            };
            let faults = (found.unreadable.len() + faults.count()) as u64;
            return Err(LedgerError::Damaged { file: crate::table::file_name(&self.path), faults, first });
        }
        // what an append left unfinished was never acknowledged
        self.file.set_len(length).map_err(&io)?;
        if length > 0 {
            let mut last = [0u8];
            self.file.seek(SeekFrom::Start(length - 1)).and_then(|_| self.file.read_exact(&mut last)).map_err(&io)?;
            if last != *b"\n" {
                self.file.write_all(b"\n").map_err(&io)?;
            }
        }
        self.ledger = found.into_ledger();
        self.behind = marks(&self.path).all != self.ledger.marks();
        self.unsure = false;
        Ok(())
    }

    pub(super) fn append(
        &mut self,
        entries: Vec<EventEntry>,
        workflows: &Workflows,
    ) -> Result<Vec<Appended>, LedgerError> {
        self.make_sure()?;
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
        self.make_sure()?;
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
        if text.is_empty() && !self.behind {
            return Ok(());
        }
        // on a full disk half of it may be there, and none of it is acknowledged
        self.unsure = true;
        self.file.write_all(&text).and_then(|()| self.file.sync_data()).map_err(&io)?;
        // the marks may lag behind the events, never run ahead of them
        let marks = self.ledger.marks().into_iter().map(|m| PlainMark {
            origin: m.origin.as_str().to_owned(),
            number: m.number,
            hash: m.hash.hex(),
        });
        let text = serde_json::to_vec(&marks.collect::<Vec<_>>()).map_err(std::io::Error::from).map_err(&io)?;
        let beside = mark_path(&self.path);
        crate::write::write_whole(&beside, text).map_err(|e| io(std::io::Error::other(e)))?;
        // whoever may read the ledger may read how far it has got
        if let Ok(ledger) = self.file.metadata() {
            let _ = std::fs::set_permissions(&beside, ledger.permissions());
        }
        (self.behind, self.unsure) = (false, false);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::verivali::{Act, Actor, Subject, SubjectKind};

    fn listed(id: &str) -> EventEntry {
        let (name, day) = (|text: &str| PlainName::new(text).unwrap(), bansos::Date::constant(2022, 8, 1));
        EventEntry {
            subject: Subject::new(SubjectKind::Household, id).unwrap(),
            place: None,
            parent: None,
            twin: None,
            on: day,
            recorded: day,
            actor: Actor { role: name("dinsos"), id: name("D-01") },
            workflow: name("kukar-2022"),
            stage: name("daftar-awal"),
            act: Act::Listed,
            evidence: vec![],
            code: None,
        }
    }

    #[test]
    fn after_a_write_that_failed_the_ledger_goes_on_behind_what_is_on_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.jsonl");
        let mut lines = Lines::open(&path, &PlainName::new("desa-1").unwrap()).unwrap();
        lines.append(vec![listed("R0")], Workflows::builtin()).unwrap();
        // a file that cannot be written to stands for a disk that is full
        let good = std::mem::replace(&mut lines.file, File::open(&path).unwrap());
        assert!(lines.append(vec![listed("R1")], Workflows::builtin()).is_err());
        lines.file = good;
        // half of it is there
        lines.file.write_all(br#"{"origin":"de"#).unwrap();
        assert!(lines.append(vec![listed("R2")], Workflows::builtin()).unwrap()[0].is_ok());
        drop(lines);
        let found = read(&path).unwrap();
        assert!(found.is_whole() && found.events.len() == 2, "{:?}", found.soundness.faults);
        assert_eq!(found.events[1].entry.subject.id.as_str(), "R2");
    }
}
