//! Why a workbook cannot be read further, before the file's name and the place are known.

use crate::ReadError;
use crate::damage::Damage;
use std::fmt;
use std::io;

#[derive(Debug)]
pub(super) enum Fault {
    Damage(Damage),
    Protected,
    Io(io::Error),
    Read(Box<ReadError>),
}

impl From<Damage> for Fault {
    fn from(damage: Damage) -> Self {
        Self::Damage(damage)
    }
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        Self::Read(Box::new(error))
    }
}

/// A limit that a reader inside a library has met, on its way through the library.
#[derive(Debug)]
pub(super) struct Over(pub(super) Damage);

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.word())
    }
}

impl std::error::Error for Over {}

impl From<Over> for io::Error {
    fn from(over: Over) -> Self {
        Self::other(over)
    }
}

/// An error in reading is the limit that was met, the operating system's, or, without a number of its own, a stream that
/// cannot be unpacked.
pub(super) fn reading(e: &io::Error, otherwise: Damage) -> Fault {
    if let Some(Over(damage)) = e.get_ref().and_then(|inner| inner.downcast_ref()) {
        return Fault::Damage(*damage);
    }
    match e.raw_os_error() {
        Some(code) => Fault::Io(io::Error::from_raw_os_error(code)),
        None if e.kind() == io::ErrorKind::UnexpectedEof => Fault::Damage(Damage::Cut),
        None => Fault::Damage(otherwise),
    }
}
