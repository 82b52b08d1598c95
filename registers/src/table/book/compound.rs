//! The compound file around an XLS: a small file system of sectors in chains. A chain that turns in a circle or leads out of
//! the file is damage, and no stream is longer than its file.

use super::fault::{Fault, reading};
use super::xlsb::array;
use crate::damage::Damage;
use crate::table::source::{Input, Source};
use std::io::{Read as _, Seek as _, SeekFrom};

/// The longest compound file that is read (256 MiB): 65,536 rows of 256 cells need less.
const LARGEST: u64 = 256 << 20;
/// From here on a number is a mark, not a sector.
const MARKS: u32 = 0xFFFF_FFFA;
/// Streams shorter than this stand in the stream of small sectors.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;
const ENTRY: usize = 128;

pub(super) struct Compound {
    bytes: Vec<u8>,
    sector: usize,
    /// By sector: the one that comes after it.
    next: Vec<u32>,
    /// The same among the small sectors, and what they hold.
    next_small: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<u8>,
}

impl Compound {
    pub(super) fn open(source: &Source) -> Result<Self, Fault> {
        let mut bytes = Vec::new();
        let mut input: Input = source.seek()?;
        let cannot = |e: std::io::Error| reading(&e, Damage::Compound);
        input.seek(SeekFrom::Start(0)).map_err(cannot)?;
        input.take(LARGEST + 1).read_to_end(&mut bytes).map_err(cannot)?;
        if bytes.len() as u64 > LARGEST {
            return Err(Damage::Inflated.into());
        }
        let sector = match u16::from_le_bytes(array(&bytes, 30)?) {
            9 => 512,
            12 => 4096,
            _ => return Err(Damage::Compound.into()),
        };
        let mut file =
            Self { bytes, sector, next: Vec::new(), next_small: Vec::new(), small: Vec::new(), entries: Vec::new() };
        file.next = file.table()?;
        let (entries, small) = (file.number(48)?, file.number(60)?);
        file.entries = file.chain(entries, usize::MAX)?;
        if small < MARKS {
            file.next_small = numbers(&file.chain(small, usize::MAX)?);
            let (start, length) = file.entry(0).ok_or(Damage::Compound)?;
            file.small = file.chain(start, length)?;
        }
        Ok(file)
    }

    fn number(&self, at: usize) -> Result<u32, Fault> {
        Ok(u32::from_le_bytes(array(&self.bytes, at)?))
    }

    /// A sector; the last of a file may be cut.
    fn at(&self, sector: u32) -> Result<&[u8], Fault> {
        let from = (sector as usize).saturating_add(1).saturating_mul(self.sector);
        let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty()).ok_or(Damage::Cut)?;
        Ok(rest.get(..self.sector).unwrap_or(rest))
    }

    /// The table of chains; where it stands, the header and further sectors say.
    fn table(&self) -> Result<Vec<u32>, Fault> {
        let mut places = numbers(self.bytes.get(76..512).ok_or(Damage::Cut)?);
        let (mut more, mut seen) = (self.number(68)?, 0);
        while more < MARKS {
            let mut further = numbers(self.at(more)?);
            more = further.pop().ok_or(Damage::Compound)?;
            places.extend(further);
            seen += 1;
            if seen > self.bytes.len() / self.sector {
                return Err(Damage::Compound.into());
            }
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|place| *place < MARKS) {
            table.extend(numbers(self.at(place)?));
            if table.len() > self.bytes.len() {
                return Err(Damage::Compound.into());
            }
        }
        Ok(table)
    }

    /// The bytes of a chain of sectors.
    fn chain(&self, mut sector: u32, length: usize) -> Result<Vec<u8>, Fault> {
        let mut all = Vec::new();
        while sector < MARKS && all.len() < length {
            all.extend_from_slice(self.at(sector)?);
            // as long as its file, it has turned in a circle
            if all.len() > self.bytes.len() {
                return Err(Damage::Compound.into());
            }
            sector = *self.next.get(sector as usize).ok_or(Damage::Compound)?;
        }
        all.truncate(length);
        Ok(all)
    }

    fn small_chain(&self, mut sector: u32, length: usize) -> Result<Vec<u8>, Fault> {
        let mut all = Vec::new();
        while sector < MARKS && all.len() < length {
            let from = (sector as usize).saturating_mul(SMALL_SECTOR);
            let rest = self.small.get(from..).ok_or(Damage::Compound)?;
            all.extend_from_slice(rest.get(..SMALL_SECTOR).unwrap_or(rest));
            sector = *self.next_small.get(sector as usize).ok_or(Damage::Compound)?;
        }
        all.truncate(length);
        Ok(all)
    }

    /// Where an entry of the directory begins, and how long it is.
    fn entry(&self, at: usize) -> Option<(u32, usize)> {
        let entry = self.entries.get(at * ENTRY..(at + 1) * ENTRY)?;
        let start = u32::from_le_bytes(array(entry, 116).ok()?);
        Some((start, u32::from_le_bytes(array(entry, 120).ok()?) as usize))
    }

    fn find(&self, name: &str) -> Option<usize> {
        let wanted: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        self.entries
            .chunks_exact(ENTRY)
            .position(|entry| entry.get(..wanted.len()).is_some_and(|have| have.eq_ignore_ascii_case(&wanted)))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some((start, length)) = self.find(name).and_then(|at| self.entry(at)) else { return Ok(None) };
        if length < SMALL { self.small_chain(start, length) } else { self.chain(start, length) }.map(Some)
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
}
