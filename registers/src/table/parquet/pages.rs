//! The pages of a Parquet file. What each says of its size is added up before one is unpacked; how many rows may be read at a time
//! follows from it. A page that is unpacked is looked at once more before its values are.

use super::footer::STATISTICS;
use super::thrift::{self, Fields, Kind, Seen, Stop, key};
use crate::damage::Damage;
use crate::table::Limits;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::ChunkReader;
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::ColumnDescriptor;
use std::sync::Arc;

/// `PageHeader` of the Parquet format.
const PAGE: Fields = &[
    (1, Kind::Int),
    (2, Kind::Int),
    (3, Kind::Int),
    (4, Kind::Int),
    (5, Kind::Struct(&[(1, Kind::Int), (2, Kind::Int), (3, Kind::Int), (4, Kind::Int), (5, STATISTICS)])),
    (6, Kind::Struct(&[])),
    (7, Kind::Struct(&[(1, Kind::Int), (2, Kind::Int), (3, Kind::Bool)])),
    (
        8,
        Kind::Struct(&[
            (1, Kind::Int),
            (2, Kind::Int),
            (3, Kind::Int),
            (4, Kind::Int),
            (5, Kind::Int),
            (6, Kind::Int),
            (7, Kind::Bool),
            (8, STATISTICS),
        ]),
    ),
];

/// Bytes of what a page says of itself: looked for in so many, then in so many (the smallest and largest value stand there).
const HEADS: [u64; 3] = [1 << 12, 1 << 16, 4 << 20];
/// Bytes of the rows that are read at a time.
const AT_A_TIME: u64 = 256 << 20;
/// What a value takes besides its bytes.
const VALUE: u64 = 16;

/// What a page says of itself.
#[derive(Default)]
struct Head {
    kind: i64,
    unpacked: u64,
    packed: u64,
    values: u64,
    encoding: i64,
}

impl Head {
    fn read(input: &impl ChunkReader, at: u64, left: u64) -> std::result::Result<(Self, u64), Damage> {
        for most in HEADS.map(|most| most.min(left)) {
            let count = usize::try_from(most).unwrap_or(usize::MAX);
            let bytes = input.get_bytes(at, count).map_err(|_| Damage::Cut)?;
            let mut said = [0i64; 5];
            let walked = thrift::walk(&bytes, PAGE, &mut |at, seen| {
                let Seen::Number(number) = seen else { return };
                let place = WANTED.iter().position(|(keys, _)| keys.contains(&at));
                if let Some(said) = place.and_then(|place| said.get_mut(place)) {
                    *said = number;
                }
            });
            match walked {
                Ok(length) => return Self::of(said).map(|head| (head, length as u64)).ok_or(Damage::Record),
                Err(Stop::Cut) if most < left => {}
                Err(_) => return Err(Damage::Record),
            }
        }
        Err(Damage::Long)
    }

    fn of([kind, unpacked, packed, values, encoding]: [i64; 5]) -> Option<Self> {
        let size = |n: i64| i32::try_from(n).ok().and_then(|n| u64::try_from(n).ok());
        let (unpacked, packed, values) = (size(unpacked)?, size(packed)?, size(values)?);
        Some(Self { kind, unpacked, packed, values, encoding })
    }

    fn is_dictionary(&self) -> bool {
        self.kind == 2
    }

    fn has_data(&self) -> bool {
        matches!(self.kind, 0 | 3)
    }

    /// Bytes that one value may come to.
    fn value(&self) -> u64 {
        // where a value begins like the one before, each may be as long as the page
        if self.encoding == 7 { self.unpacked } else { self.unpacked.div_ceil(self.values.max(1)) }
    }
}

/// Where the kind, both sizes, the values and their encoding are said; of data pages in two forms.
const WANTED: [(&[u32], &str); 5] = [
    (&[key(&[1])], "type"),
    (&[key(&[2])], "uncompressed_page_size"),
    (&[key(&[3])], "compressed_page_size"),
    (&[key(&[5, 1]), key(&[7, 1]), key(&[8, 1])], "num_values"),
    (&[key(&[5, 2]), key(&[8, 4])], "encoding"),
];

/// What some columns cost.
#[derive(Default)]
struct Cost {
    /// A dictionary and a page of each lie in memory at once.
    held: u64,
    /// What a row may keep in memory.
    row: u64,
}

/// How many rows of some columns may be read at a time.
pub(super) fn rows_at_a_time(
    input: &impl ChunkReader,
    said: &ParquetMetaData,
    columns: &[usize],
    limits: &Limits,
) -> std::result::Result<usize, Damage> {
    let mut cost = Cost::default();
    for &column in columns {
        let (mut dictionary, mut page, mut row) = (0, 0, 0);
        for group in said.row_groups() {
            let part = chunk(input, group.columns().get(column).ok_or(Damage::Missing)?)?;
            dictionary = part.dictionary.max(dictionary);
            page = part.page.max(page);
            row = part.row.max(row);
        }
        let width = said.file_metadata().schema_descr().columns().get(column).map_or(0, |c| c.type_length());
        cost.held += dictionary + page;
        cost.row += row.max(u64::try_from(width).unwrap_or(0)) + VALUE;
    }
    if cost.held > limits.strings {
        return Err(Damage::Inflated);
    }
    Ok(usize::try_from(AT_A_TIME.min(limits.strings) / cost.row.max(1)).unwrap_or(usize::MAX).max(1))
}

/// A part of a column: its largest dictionary and page, and what a value may keep of both.
struct Part {
    dictionary: u64,
    page: u64,
    row: u64,
}

fn chunk(input: &impl ChunkReader, said: &ColumnChunkMetaData) -> std::result::Result<Part, Damage> {
    let (mut at, mut left) = said.byte_range();
    let (mut part, mut values) = (Part { dictionary: 0, page: 0, row: 0 }, 0u64);
    while left > 0 {
        let (head, length) = Head::read(input, at, left)?;
        let after = left.checked_sub(length + head.packed).ok_or(Damage::Cut)?;
        let size = head.packed.max(head.unpacked);
        if head.is_dictionary() {
            // a value of a dictionary takes a byte at least
            if head.values > head.unpacked {
                return Err(Damage::Record);
            }
            part.dictionary = part.dictionary.max(size);
        } else if head.has_data() {
            part.page = part.page.max(size);
            part.row = part.row.max(head.value());
            values += head.values;
        }
        at += left - after;
        left = after;
    }
    // rows of many small parts keep a dictionary each
    part.row += part.dictionary.div_ceil(values.max(1));
    Ok(part)
}

/// The parts of a file, for the library's own reader.
pub(super) struct Groups<T> {
    input: Arc<T>,
    said: Arc<ParquetMetaData>,
}

impl<T> Groups<T> {
    pub(super) const fn new(input: Arc<T>, said: Arc<ParquetMetaData>) -> Self {
        Self { input, said }
    }
}

impl<T: ChunkReader + 'static> parquet::arrow::arrow_reader::RowGroups for Groups<T> {
    fn num_rows(&self) -> usize {
        self.said.row_groups().iter().map(|group| usize::try_from(group.num_rows()).unwrap_or(0)).sum()
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>> {
        let groups = 0..self.said.num_row_groups();
        Ok(Box::new(Chunks { input: self.input.clone(), said: self.said.clone(), column, groups }))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &parquet::file::metadata::RowGroupMetaData> + '_> {
        Box::new(self.said.row_groups().iter())
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.said
    }
}

/// A column, part by part.
struct Chunks<T> {
    input: Arc<T>,
    said: Arc<ParquetMetaData>,
    column: usize,
    groups: std::ops::Range<usize>,
}

impl<T: ChunkReader + 'static> Iterator for Chunks<T> {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        let group = self.said.row_groups().get(self.groups.next()?)?;
        let column = group.columns().get(self.column)?;
        let rows = usize::try_from(group.num_rows()).unwrap_or(0);
        let pages = SerializedPageReader::new(self.input.clone(), column, rows, None);
        let levels = Levels::of(column.column_descr());
        Some(pages.map(|pages| Box::new(Looked { pages, levels }) as Box<dyn PageReader>))
    }
}

impl<T: ChunkReader + 'static> PageIterator for Chunks<T> {}

/// Whether levels stand before the values of a page.
#[derive(Clone, Copy)]
struct Levels {
    repeated: i16,
    defined: i16,
}

impl Levels {
    fn of(column: &ColumnDescriptor) -> Self {
        Self { repeated: column.max_rep_level(), defined: column.max_def_level() }
    }
}

/// Pages whose lists of lengths are no longer than their values.
struct Looked<T: ChunkReader> {
    pages: SerializedPageReader<T>,
    levels: Levels,
}

impl<T: ChunkReader> Iterator for Looked<T> {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl<T: ChunkReader> PageReader for Looked<T> {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        match page.as_ref().map(|page| lengths(page, self.levels)) {
            None | Some(Some(())) => Ok(page),
            Some(None) => Err(ParquetError::General("lengths".to_owned())),
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }
}

/// Nothing where the values state more lengths than the page has values: the library sets memory aside for as many as are stated.
fn lengths(page: &Page, levels: Levels) -> Option<()> {
    let (values, encoding) = match page {
        Page::DictionaryPage { .. } => return Some(()),
        Page::DataPage { num_values, encoding, .. } | Page::DataPageV2 { num_values, encoding, .. } => {
            (*num_values, *encoding)
        }
    };
    // an index into a dictionary begins with its width
    let bytes = page.buffer().get(before(page, levels)?..)?;
    match encoding {
        Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => (values == 0 || *bytes.first()? <= 32).then_some(()),
        Encoding::DELTA_LENGTH_BYTE_ARRAY => delta(bytes, values).map(|_| ()),
        Encoding::DELTA_BYTE_ARRAY => {
            delta(bytes, values).and_then(|after| delta(bytes.get(after..)?, values)).map(|_| ())
        }
        _ => Some(()),
    }
}

/// Bytes of the levels.
fn before(page: &Page, levels: Levels) -> Option<usize> {
    match page {
        Page::DictionaryPage { .. } => Some(0),
        Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
            usize::try_from(*def_levels_byte_len).ok()?.checked_add(usize::try_from(*rep_levels_byte_len).ok()?)
        }
        Page::DataPage { buf, num_values, def_level_encoding, rep_level_encoding, .. } => {
            let mut at = 0usize;
            for (most, encoding) in [(levels.repeated, rep_level_encoding), (levels.defined, def_level_encoding)] {
                if most <= 0 {
                    continue;
                }
                let size = if *encoding == Encoding::RLE {
                    let (length, _) = buf.get(at..)?.split_first_chunk::<4>()?;
                    usize::try_from(u32::from_le_bytes(*length)).ok()?.checked_add(4)?
                } else {
                    let bits = usize::try_from(i16::BITS - most.leading_zeros()).ok()?;
                    usize::try_from(*num_values).ok()?.checked_mul(bits)?.div_ceil(8)
                };
                at = at.checked_add(size)?;
            }
            Some(at)
        }
    }
}

/// Where a list of differences ends that has no more values than the page; nothing where it lies.
fn delta(bytes: &[u8], most: u32) -> Option<usize> {
    let mut at = 0;
    let (block, minis) = (whole(bytes, &mut at)?, whole(bytes, &mut at)?);
    let count = whole(bytes, &mut at)?;
    whole(bytes, &mut at)?;
    if count > usize::try_from(most).ok()? || minis == 0 || block == 0 || !block.is_multiple_of(minis) {
        return None;
    }
    // the first value stands above
    let (small, mut left) = (block / minis, count.saturating_sub(1));
    while left > 0 {
        whole(bytes, &mut at)?;
        let widths = bytes.get(at..at.checked_add(minis)?)?;
        at += minis;
        // small blocks without values have a width and no bytes
        for width in widths.iter().take(left.div_ceil(small)) {
            at = small.checked_mul((*width).into())?.div_ceil(8).checked_add(at)?;
        }
        left = left.saturating_sub(block);
    }
    (at <= bytes.len()).then_some(at)
}

/// A number of seven bits a byte.
fn whole(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = 0u64;
    for shift in (0..63).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return usize::try_from(number).ok();
        }
    }
    None
}
