//! The end of a Parquet file: what it holds and where. Looked at before the library does.

use super::thrift::{self, Fields, Kind, Seen, key};
use crate::damage::Damage;
use bytes::Bytes;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::ChunkReader;

/// Bytes of the end that say how the file is made (32 MiB): some hundred thousand parts of columns.
const MOST: usize = 32 << 20;
/// The library's own limit of row groups.
const GROUPS: usize = i16::MAX as usize;
/// Columns and the groups that they are in.
const COLUMNS: usize = 1 << 16;
/// Groups within groups: the library goes down them on the stack.
const NESTED: usize = 64;

/// What is said of the whole, once it is known to be harmless.
pub(super) fn read(input: &impl ChunkReader) -> Result<ParquetMetaData, Damage> {
    let size = input.len();
    let last = |count: usize, before: u64| {
        let at = size.checked_sub(count as u64 + before).ok_or(Damage::Cut)?;
        input.get_bytes(at, count).map_err(|_| Damage::Cut)
    };
    let tail = last(8, 0)?;
    let (length, magic) = tail.split_first_chunk::<4>().ok_or(Damage::Cut)?;
    if magic != b"PAR1" {
        return Err(Damage::Cut);
    }
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    if length > MOST {
        return Err(Damage::Inflated);
    }
    let bytes = last(length, 8)?;
    check(&bytes)?;
    let said = ParquetMetaDataReader::decode_metadata(&bytes).map_err(|_| Damage::Content)?;
    sound(&said, size)?;
    Ok(said)
}

fn check(bytes: &Bytes) -> Result<(), Damage> {
    let (mut groups, mut columns, mut tree, mut children) = (0, 0, Tree::default(), 0);
    let (element, child, group) = (key(&[2]), key(&[2, 5]), key(&[4]));
    let walked = thrift::walk(bytes, FILE, &mut |at, seen| match seen {
        Seen::List(count) if at == group => groups = count,
        Seen::List(count) if at == element => columns = count,
        Seen::Number(count) if at == child => children = count,
        Seen::End if at == element => tree.put(std::mem::take(&mut children)),
        Seen::Number(_) | Seen::List(_) | Seen::End => {}
    });
    walked.map_err(|_| Damage::Record)?;
    if groups > GROUPS || columns > COLUMNS {
        return Err(Damage::Sheets);
    }
    if tree.is_sound { Ok(()) } else { Err(Damage::Record) }
}

/// A tree that is told as its nodes with their counts of children, from the root down.
struct Tree {
    /// Children that are still to come, of every node above.
    open: Vec<i64>,
    is_sound: bool,
}

impl Default for Tree {
    fn default() -> Self {
        Self { open: Vec::new(), is_sound: true }
    }
}

impl Tree {
    fn put(&mut self, children: i64) {
        while self.open.last() == Some(&0) {
            self.open.pop();
        }
        if let Some(left) = self.open.last_mut() {
            *left -= 1;
        }
        self.is_sound &= (0..=COLUMNS as i64).contains(&children) && self.open.len() <= NESTED;
        if self.is_sound && children > 0 {
            self.open.push(children);
        }
    }
}

/// Rows and places that are none would end in a panic of the library's.
fn sound(said: &ParquetMetaData, size: u64) -> Result<(), Damage> {
    let mut rows = 0i64;
    for group in said.row_groups() {
        rows = rows.checked_add(group.num_rows()).filter(|_| group.num_rows() >= 0).ok_or(Damage::Record)?;
        for column in group.columns() {
            let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
            let end = start.checked_add(column.compressed_size()).and_then(|end| u64::try_from(end).ok());
            if start < 0 || column.compressed_size() < 0 || end.is_none_or(|end| end > size) {
                return Err(Damage::Place);
            }
        }
    }
    Ok(())
}

const NOTHING: Kind = Kind::Struct(&[]);
const TEXTS: Kind = Kind::Binary;

/// A time of day or a moment: whether in UTC, and the unit.
const TIME: Kind = Kind::Struct(&[(1, Kind::Bool), (2, Kind::Struct(&[(1, NOTHING), (2, NOTHING), (3, NOTHING)]))]);

const LOGICAL: Kind = Kind::Struct(&[
    (1, NOTHING),
    (2, NOTHING),
    (3, NOTHING),
    (4, NOTHING),
    (5, Kind::Struct(&[(1, Kind::Int), (2, Kind::Int)])),
    (6, NOTHING),
    (7, TIME),
    (8, TIME),
    (10, Kind::Struct(&[(1, Kind::Byte), (2, Kind::Bool)])),
    (11, NOTHING),
    (12, NOTHING),
    (13, NOTHING),
    (14, NOTHING),
    (15, NOTHING),
    (16, Kind::Struct(&[(1, Kind::Byte)])),
    (17, Kind::Struct(&[(1, TEXTS)])),
    (18, Kind::Struct(&[(1, TEXTS), (2, Kind::Int)])),
]);

const ELEMENT: Kind = Kind::Struct(&[
    (1, Kind::Int),
    (2, Kind::Int),
    (3, Kind::Int),
    (4, TEXTS),
    (5, Kind::Int),
    (6, Kind::Int),
    (7, Kind::Int),
    (8, Kind::Int),
    (9, Kind::Int),
    (10, LOGICAL),
]);

/// Smallest and largest value of a part of a column.
pub(super) const STATISTICS: Kind = Kind::Struct(&[
    (1, Kind::Binary),
    (2, Kind::Binary),
    (3, Kind::Int),
    (4, Kind::Int),
    (5, Kind::Binary),
    (6, Kind::Binary),
    (7, Kind::Bool),
    (8, Kind::Bool),
]);

const PAIR: Kind = Kind::Struct(&[(1, TEXTS), (2, TEXTS)]);
const BOX: Kind = Kind::Struct(&[
    (1, Kind::Double),
    (2, Kind::Double),
    (3, Kind::Double),
    (4, Kind::Double),
    (5, Kind::Double),
    (6, Kind::Double),
    (7, Kind::Double),
    (8, Kind::Double),
]);

const COLUMN: Kind = Kind::Struct(&[
    (1, Kind::Int),
    (2, Kind::List(&Kind::Int)),
    (3, Kind::List(&TEXTS)),
    (4, Kind::Int),
    (5, Kind::Int),
    (6, Kind::Int),
    (7, Kind::Int),
    (8, Kind::List(&PAIR)),
    (9, Kind::Int),
    (10, Kind::Int),
    (11, Kind::Int),
    (12, STATISTICS),
    (13, Kind::List(&Kind::Struct(&[(1, Kind::Int), (2, Kind::Int), (3, Kind::Int)]))),
    (14, Kind::Int),
    (15, Kind::Int),
    (16, Kind::Struct(&[(1, Kind::Int), (2, Kind::List(&Kind::Int)), (3, Kind::List(&Kind::Int))])),
    (17, Kind::Struct(&[(1, BOX), (2, Kind::List(&Kind::Int))])),
]);

const CHUNK: Kind = Kind::Struct(&[
    (1, TEXTS),
    (2, Kind::Int),
    (3, COLUMN),
    (4, Kind::Int),
    (5, Kind::Int),
    (6, Kind::Int),
    (7, Kind::Int),
]);

const GROUP: Kind = Kind::Struct(&[
    (1, Kind::List(&CHUNK)),
    (2, Kind::Int),
    (3, Kind::Int),
    (4, Kind::List(&Kind::Struct(&[(1, Kind::Int), (2, Kind::Bool), (3, Kind::Bool)]))),
    (5, Kind::Int),
    (6, Kind::Int),
    (7, Kind::Int),
]);

/// `FileMetaData` of the Parquet format.
const FILE: Fields = &[
    (1, Kind::Int),
    (2, Kind::List(&ELEMENT)),
    (3, Kind::Int),
    (4, Kind::List(&GROUP)),
    (5, Kind::List(&PAIR)),
    (6, TEXTS),
    (7, Kind::List(&Kind::Struct(&[(1, NOTHING), (2, NOTHING)]))),
    (8, NOTHING),
    (9, Kind::Binary),
];
