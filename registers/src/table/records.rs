//! Decoded bytes cut into records. A line without a quote, which is nearly every line, is cut at its delimiters alone; the
//! others go through the grammar of CSV.

use super::row::Cells;
use csv_core::ReadRecordResult as Result_;
use std::io::{self, Read};

const BUFFER: usize = 1 << 18;

/// Why the next record cannot be had.
pub(super) enum Fault {
    Io(io::Error),
    /// Longer than the limit.
    TooLong,
}

impl From<io::Error> for Fault {
    fn from(e: io::Error) -> Self {
        Self::Io(e)
    }
}

/// A reader of records that holds no more than one of them and a block.
pub(super) struct Records<R> {
    input: R,
    delimiter: Option<u8>,
    /// Lists of one number a line: an empty line is a row with an empty cell.
    keep_blank: bool,
    limit: usize,
    /// Cells of one record: each takes memory, though it may be empty.
    most: usize,
    grammar: csv_core::Reader,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    at_end: bool,
    /// 1-based line on which the next record begins.
    line: u64,
    /// Bytes before the buffer's start.
    offset: u64,
    out: Vec<u8>,
    ends: Vec<usize>,
}

/// Where a record stood.
pub(super) struct Stood {
    pub(super) line: u64,
    /// Bytes of it in the buffer, where a quote was in it.
    quoted: Option<usize>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(input: R, delimiter: Option<u8>, limit: usize) -> Self {
        let grammar = csv_core::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).build();
        Self {
            input,
            delimiter,
            keep_blank: false,
            limit,
            // a million, where a record may have 16 MiB
            most: limit / 16,
            grammar,
            buffer: vec![0; BUFFER.min(limit.max(1))],
            start: 0,
            end: 0,
            at_end: false,
            line: 1,
            offset: 0,
            out: vec![0; 1024],
            ends: vec![0; 64],
        }
    }

    /// Cuts one line by the grammar; says whether all of it is one record. A copy of the grammar would be none: the library
    /// copies its transitions alone.
    pub(super) fn line(&mut self, line: &[u8], cells: &mut Cells) -> bool {
        self.grammar.reset();
        let (mut read, mut written, mut ended) = (0, 0, 0);
        loop {
            let rest = line.get(read..).unwrap_or_default();
            let (result, taken, wrote, ends) =
                self.grammar.read_record(rest, &mut self.out[written..], &mut self.ends[ended..]);
            read += taken;
            written += wrote;
            ended += ends;
            match result {
                Result_::InputEmpty => {}
                Result_::OutputFull => self.out.resize(self.out.len() * 2, 0),
                Result_::OutputEndsFull if ended >= self.most => return false,
                Result_::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                Result_::Record | Result_::End => break,
            }
        }
        cells.fill(&self.out[..written], &self.ends[..ended]);
        read == line.len()
    }

    /// From here on an empty line is a record.
    pub(super) fn keep_blank(&mut self) {
        self.keep_blank = true;
    }

    /// Bytes of the decoded file handed out so far.
    pub(super) fn position(&self) -> u64 {
        self.offset + self.start as u64
    }

    /// Reads the next record. `raw` gets its bytes where they held a quote and a line break, so that one which is never
    /// closed can be undone.
    pub(super) fn read(&mut self, cells: &mut Cells, raw: &mut Vec<u8>) -> Result<Option<u64>, Fault> {
        loop {
            let Some(stood) = self.step(cells)? else { return Ok(None) };
            match stood.quoted {
                Some(length) => {
                    raw.clear();
                    let record = &self.buffer[self.start..self.start + length];
                    if memchr::memchr(b'\n', record.trim_ascii_end()).is_some() {
                        raw.extend_from_slice(record);
                    }
                    self.pass(length)?;
                    return Ok(Some(stood.line));
                }
                // an empty line
                None if cells.is_empty() => {}
                None => {
                    raw.clear();
                    return Ok(Some(stood.line));
                }
            }
        }
    }

    fn step(&mut self, cells: &mut Cells) -> Result<Option<Stood>, Fault> {
        let line = self.line;
        let mut looked = 0;
        loop {
            let window = &self.buffer[self.start..self.end];
            let found = match self.delimiter {
                Some(_) => memchr::memchr3(b'\n', b'\r', b'"', &window[looked..]),
                None => memchr::memchr2(b'\n', b'\r', &window[looked..]),
            };
            match found.map(|at| looked + at) {
                Some(at) if window[at] == b'"' => {
                    let length = self.quoted(cells)?;
                    return Ok(Some(Stood { line, quoted: Some(length) }));
                }
                Some(at) => {
                    self.plain(at, cells)?;
                    self.pass(at + 1)?;
                    return Ok(Some(Stood { line, quoted: None }));
                }
                None => {
                    looked = window.len();
                    if !self.more()? {
                        if looked == 0 {
                            return Ok(None);
                        }
                        self.plain(looked, cells)?;
                        self.pass(looked)?;
                        return Ok(Some(Stood { line, quoted: None }));
                    }
                }
            }
        }
    }

    fn plain(&self, length: usize, cells: &mut Cells) -> Result<(), Fault> {
        let record = &self.buffer[self.start..self.start + length];
        // a shorter one cannot have so many
        if length > self.most && self.delimiter.is_some_and(|d| memchr::memchr_iter(d, record).count() >= self.most) {
            return Err(Fault::TooLong);
        }
        if length == 0 && !self.keep_blank {
            cells.clear();
        } else {
            cells.split(record, self.delimiter);
        }
        Ok(())
    }

    /// Reads a record by the grammar, leaving it in the buffer, and gives its length.
    fn quoted(&mut self, cells: &mut Cells) -> Result<usize, Fault> {
        self.grammar.reset();
        let (mut read, mut written, mut ended) = (0, 0, 0);
        loop {
            if self.start + read == self.end {
                // at the end of the file an empty input closes the record
                self.more()?;
            }
            let input = &self.buffer[self.start + read..self.end];
            let (result, taken, wrote, ends) =
                self.grammar.read_record(input, &mut self.out[written..], &mut self.ends[ended..]);
            read += taken;
            written += wrote;
            ended += ends;
            match result {
                Result_::InputEmpty => {}
                Result_::OutputFull => self.out.resize(self.out.len() * 2, 0),
                Result_::OutputEndsFull if ended >= self.most => return Err(Fault::TooLong),
                Result_::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                Result_::Record | Result_::End => break,
            }
        }
        cells.fill(&self.out[..written], &self.ends[..ended]);
        Ok(read)
    }

    /// Steps over a record and the rest of its line break, and counts its lines.
    fn pass(&mut self, length: usize) -> Result<(), Fault> {
        let record = &self.buffer[self.start..self.start + length];
        self.line += memchr::memchr_iter(b'\n', record).count() as u64;
        let carriage = record.last() == Some(&b'\r');
        self.start += length;
        if carriage {
            if self.start == self.end {
                self.more()?;
            }
            let whole = self.start < self.end && self.buffer[self.start] == b'\n';
            self.start += usize::from(whole);
            self.line += 1;
        }
        Ok(())
    }

    /// Takes more bytes in; says whether there were any.
    fn more(&mut self) -> Result<bool, Fault> {
        if self.at_end {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.offset += self.start as u64;
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            if self.end >= self.limit {
                return Err(Fault::TooLong);
            }
            self.buffer.resize((self.end * 2).min(self.limit), 0);
        }
        loop {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.at_end = true,
                Ok(n) => self.end += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e.into()),
            }
            return Ok(!self.at_end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Hands out a byte or three at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = buffer.len().min(self.0.len()).min(1 + self.0.len() % 3);
            let (now, later) = self.0.split_at(n);
            buffer[..n].copy_from_slice(now);
            self.0 = later;
            Ok(n)
        }
    }

    fn ours(input: impl Read, delimiter: Option<u8>, keep: bool) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut records = Records::new(input, delimiter, 1 << 20);
        if keep {
            records.keep_blank();
        }
        let (mut cells, mut raw, mut all) = (Cells::default(), Vec::new(), Vec::new());
        while let Some(line) = records.read(&mut cells, &mut raw).unwrap_or_else(|_| unreachable!("memory")) {
            all.push((line, cells.iter().map(<[u8]>::to_vec).collect()));
        }
        all
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        let text = b"a,b\r\n\r\n1,\"x\ny\"\n2,\"z\"\r\n\n3,c";
        let lines: Vec<u64> = ours(&text[..], Some(b','), false).iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 5, 7]);
        let list: Vec<_> = ours(&b"1\r\n\n\"2\n"[..], None, true);
        assert_eq!(list, [(1, vec![b"1".to_vec()]), (2, vec![Vec::new()]), (3, vec![b"\"2".to_vec()])]);
    }

    #[test]
    fn a_record_beyond_the_limit_is_refused() {
        let text = [b"a;b\n".as_slice(), &[b'x'; 5000], b"\n"].concat();
        let mut records = Records::new(text.as_slice(), Some(b';'), 1000);
        let (mut cells, mut raw) = (Cells::default(), Vec::new());
        assert!(matches!(records.read(&mut cells, &mut raw), Ok(Some(1))));
        assert!(matches!(records.read(&mut cells, &mut raw), Err(Fault::TooLong)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        /// The quick way and the grammar are one language: what the csv crate reads, whatever the bytes.
        #[test]
        fn any_bytes_are_cut_as_the_grammar_cuts_them(text in "[ab,;\" \r\n]{0,60}") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let theirs: Vec<Vec<Vec<u8>>> =
                reader.byte_records().map(|r| r.unwrap_or_default().iter().map(<[u8]>::to_vec).collect()).collect();
            let cut: Vec<_> = ours(Drops(text.as_bytes()), Some(b','), false).into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(cut, theirs);
        }
    }
}
