//! The bytes of a page as the tokenizer gets them.

use std::io::{self, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that are taken in at once.
const BLOCK: usize = 1 << 15;

/// UTF-8, whatever a page says of itself: a byte that is none is a letter of Windows-1252. Line breaks are of one kind.
pub(super) struct Letters<R> {
    input: R,
    /// Bytes taken in, of which the last letter may be cut.
    raw: Vec<u8>,
    out: Vec<u8>,
    given: usize,
    at_end: bool,
}

impl<R: Read> Letters<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, raw: Vec::new(), out: Vec::new(), given: 0, at_end: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.given = 0;
        while self.out.is_empty() && !self.at_end {
            let before = self.raw.len();
            self.input.by_ref().take(BLOCK as u64).read_to_end(&mut self.raw)?;
            self.at_end = self.raw.len() == before;
            let mut left = Vec::new();
            let mut chunks = self.raw.utf8_chunks().peekable();
            while let Some(chunk) = chunks.next() {
                self.out.extend(chunk.valid().bytes().map(|b| if b == b'\r' { b' ' } else { b }));
                if chunks.peek().is_none() && !self.at_end {
                    left.extend_from_slice(chunk.invalid());
                } else {
                    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
                    self.out.extend_from_slice(text.as_bytes());
                }
            }
            self.raw = left;
        }
        Ok(())
    }
}

impl<R: Read> Read for Letters<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.out.len() {
            self.fill()?;
        }
        let mut rest = self.out.get(self.given..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

/// Ends reading where nothing was understood for as long as a row may be: the tokenizer holds a text or a comment until it ends.
pub(super) struct Counted<R> {
    pub(super) bytes: R,
    /// Bytes since something was understood.
    pub(super) since: Arc<AtomicUsize>,
    pub(super) limit: usize,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        let since = self.since.fetch_add(read, Ordering::Relaxed).saturating_add(read);
        // what lies in a buffer is understood later than it is read
        if since > self.limit.saturating_add(1 << 16) { Err(ErrorKind::FileTooLarge.into()) } else { Ok(read) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_a_letter() {
        let page = [b"JOS\xe9 \xc3\xa9\r\n".repeat(9000).as_slice(), b"\xf0\x9f"].concat();
        let mut text = String::new();
        let read = Letters::new(page.as_slice()).read_to_string(&mut text);
        assert_eq!(read.ok(), Some(text.len()));
        assert_eq!(text, "JOS\u{e9} \u{e9} \n".repeat(9000) + "\u{f0}\u{178}");
    }
}
