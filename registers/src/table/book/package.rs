//! The ZIP around XLSX, XLSB and ODS. Its directory is read within a budget, and a part gives no more bytes than it may,
//! whatever size the directory states.

use super::fault::{Fault, Over, reading};
use crate::damage::Damage;
use crate::table::source::{Input, Source};
use self_cell::{MutBorrow, self_cell};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// Bytes of the directory (4 MiB, some 40,000 parts): each part costs a few hundred bytes of memory.
const DIRECTORY: u64 = 4 << 20;

/// The file, counting what is read while there is a budget.
pub(super) struct Counted {
    input: Input,
    left: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        let left = self.left.load(Ordering::Relaxed);
        if left == u64::MAX {
            return Ok(n);
        }
        match left.checked_sub(n as u64) {
            Some(less) => self.left.store(less, Ordering::Relaxed),
            None => return Err(Over(Damage::Sheets).into()),
        }
        Ok(n)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

/// An open ZIP.
pub(super) struct Package(ZipArchive<Counted>);

impl Package {
    pub(super) fn open(source: &Source) -> Result<Self, Fault> {
        let input = source.seek()?;
        let left = Arc::new(AtomicU64::new(DIRECTORY));
        let zip = ZipArchive::new(Counted { input, left: Arc::clone(&left) }).map_err(fault)?;
        left.store(u64::MAX, Ordering::Relaxed);
        Ok(Self(zip))
    }

    /// A part by its name, without case and with either slash, as Excel finds it; it gives at most `limit` bytes.
    pub(super) fn part(self, name: &str, limit: u64) -> Result<Option<Part>, Fault> {
        let Some(at) = self.find(name) else { return Ok(None) };
        let entry = Entry::try_new(MutBorrow::new(self.0), |zip| zip.borrow_mut().by_index(at)).map_err(fault)?;
        Ok(Some(Part { entry, left: limit }))
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.0.index_for_name(name).or_else(|| {
            let same = |have: &[u8]| {
                have.len() == name.len()
                    && have.iter().zip(name.as_bytes()).all(|(a, b)| {
                        let a = if *a == b'\\' { b'/' } else { a.to_ascii_lowercase() };
                        a == b.to_ascii_lowercase()
                    })
            };
            self.0.file_names_raw().position(same)
        })
    }
}

self_cell!(
    /// A part and the ZIP that it is read from.
    struct Entry {
        owner: MutBorrow<ZipArchive<Counted>>,
        #[not_covariant]
        dependent: Unpacked,
    }
);

type Unpacked<'a> = ZipFile<'a, Counted>;

/// The bytes of a part, unpacked.
pub(super) struct Part {
    entry: Entry,
    left: u64,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.entry.with_dependent_mut(|_, part| part.read(buffer))?;
        match self.left.checked_sub(n as u64) {
            Some(left) => self.left = left,
            None => return Err(Over(Damage::Inflated).into()),
        }
        Ok(n)
    }
}

fn fault(e: ZipError) -> Fault {
    match e {
        ZipError::Io(e) => reading(&e, Damage::Zip),
        _ => Fault::Damage(Damage::Zip),
    }
}
