//! A reader that refuses to hand out more than a limit between two records, so that a line of 200 MB, or a quote that is
//! never closed, ends in an error and not in all memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// No row of a register comes near this.
pub(crate) const MAX_RECORD: u64 = 16 << 20;

/// Bytes handed out since the last record ended; the reader of records sets it back.
#[derive(Clone, Default)]
pub(crate) struct Since(Rc<Cell<u64>>);

impl Since {
    pub(crate) fn reset(&self) {
        self.0.set(0);
    }
}

pub(crate) struct Limited<R> {
    inner: R,
    since: Since,
}

impl<R> Limited<R> {
    pub(crate) fn new(inner: R) -> (Self, Since) {
        let since = Since::default();
        (Self { inner, since: since.clone() }, since)
    }
}

/// Carried inside the I/O error.
#[derive(Debug)]
pub(crate) struct TooLong;

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("record too long")
    }
}

impl std::error::Error for TooLong {}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since.0.get() > MAX_RECORD {
            return Err(io::Error::other(TooLong));
        }
        let n = self.inner.read(buffer)?;
        self.since.0.set(self.since.0.get() + n as u64);
        Ok(n)
    }
}

pub(crate) fn is_too_long(error: &csv::Error) -> bool {
    matches!(error.kind(), csv::ErrorKind::Io(e) if e.get_ref().is_some_and(|inner| inner.is::<TooLong>()))
}
