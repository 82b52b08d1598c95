//! A table's columns: each distinct value once, each row a number.

use bansos::date::to_epoch_days;
use bansos::dedup::table::{KeyPart, TableError, Take};
use bansos::text::name::{Name, NameBook, NameId};
use bansos::{Date, dedup::table::TableSettings};
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher as _;

/// Distinct texts, one after another.
#[derive(Debug, Default)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Texts {
    fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    pub(super) fn get(&self, i: u32) -> &[u8] {
        let i = i as usize;
        let from = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.bytes[from..self.ends[i] as usize]
    }

    fn text(&self, i: u32) -> &str {
        std::str::from_utf8(self.get(i)).unwrap_or("")
    }
}

/// A text of a part in one place of 32 bytes, so that looking at it is one step into memory. What is longer lies elsewhere.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot {
    /// How often each of sixteen classes of bytes occurs, four bits each.
    classes: u64,
    len: u8,
    inline: [u8; INLINE],
}

const INLINE: usize = 23;

/// How often each class of bytes occurs. A class that would not fit makes all of them full, which rules nothing out.
fn classes(bytes: &[u8]) -> u64 {
    let mut all = 0u64;
    for c in bytes {
        let shift = 4 * u32::from(c & 15);
        if all >> shift & 15 == 15 {
            return u64::MAX;
        }
        all += 1 << shift;
    }
    all
}

/// The most bytes that two texts can have in common, whatever their order.
#[inline]
fn common(a: u64, b: u64) -> u32 {
    const LOW: u64 = 0x0f0f_0f0f_0f0f_0f0f;
    const TOP: u64 = 0x8080_8080_8080_8080;
    let half = |a: u64, b: u64| {
        // bytes hold at most 15: the top bit stays set where a >= b
        let ge = ((a | TOP) - b) & TOP;
        let mask = (ge >> 7) * 0xff;
        ((b & mask) | (a & !mask)).wrapping_mul(0x0101_0101_0101_0101) >> 56
    };
    (half(a & LOW, b & LOW) + half(a >> 4 & LOW, b >> 4 & LOW)) as u32
}

/// A column under construction or complete. Row values are 1 + the place of the distinct text; 0 is missing.
#[derive(Debug, Default)]
struct Column {
    ids: Vec<u32>,
    texts: Texts,
    counts: Vec<u32>,
    index: FxHashMap<u64, u32>,
}

impl Column {
    fn push(&mut self, value: Option<&str>) {
        let Some(text) = value.filter(|t| !t.is_empty()) else {
            self.ids.push(0);
            return;
        };
        let mut hash = hash(text.as_bytes());
        let id = loop {
            match self.index.get(&hash) {
                Some(id) if self.texts.get(*id) == text.as_bytes() => break *id,
                // another text of the same hash: the next number
                Some(_) => hash = hash.wrapping_add(1),
                None => {
                    let id = self.texts.len() as u32;
                    self.index.insert(hash, id);
                    self.texts.push(text.as_bytes());
                    self.counts.push(0);
                    break id;
                }
            }
        };
        self.counts[id as usize] += 1;
        self.ids.push(id + 1);
    }
}

pub(super) fn hash(bytes: &[u8]) -> u64 {
    mix(FxBuildHasher.hash_one(bytes))
}

/// Spreads the bits (splitmix64).
pub(super) fn mix(i: u64) -> u64 {
    let mut z = i.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// A table of texts. An empty text is a missing value.
#[derive(Debug, Default)]
pub struct Table {
    names: Vec<String>,
    columns: Vec<Column>,
}

impl Table {
    /// A table without rows.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let names: Vec<String> = names.into_iter().collect();
        let columns = names.iter().map(|_| Column::default()).collect();
        Self { names, columns }
    }

    /// Adds one row: a value per column, in order; what is lacking is missing.
    pub fn push<'a>(&mut self, row: impl IntoIterator<Item = Option<&'a str>>) {
        let mut row = row.into_iter();
        self.columns.iter_mut().for_each(|c| c.push(row.next().flatten()));
    }

    /// From whole columns, read side by side.
    pub fn from_columns<'a, I>(columns: Vec<(String, I)>) -> Result<Self, TableError>
    where
        I: IntoIterator<Item = Option<&'a str>> + Send,
    {
        let (names, columns): (Vec<String>, Vec<Column>) = columns
            .into_par_iter()
            .map(|(name, values)| {
                let mut c = Column::default();
                values.into_iter().for_each(|v| c.push(v));
                (name, c)
            })
            .unzip();
        let rows = columns.first().map_or(0, |c| c.ids.len());
        match names.iter().zip(&columns).find(|(_, c)| c.ids.len() != rows) {
            Some((name, _)) => Err(TableError::Ragged { column: name.clone() }),
            None => Ok(Self { names, columns }),
        }
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |c| c.ids.len())
    }

    /// Names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One value.
    pub fn value(&self, column: usize, row: usize) -> Option<&str> {
        let c = self.columns.get(column)?;
        c.ids.get(row)?.checked_sub(1).map(|i| c.texts.text(i))
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Result<usize, TableError> {
        self.names.iter().position(|n| n == name).ok_or_else(|| TableError::NoColumn { column: name.to_owned() })
    }

    pub(super) fn ids(&self, column: usize) -> &[u32] {
        &self.columns[column].ids
    }
}

/// A column, or a part of one, ready for tests and keys: per distinct text its bytes, hash, frequency, day and number.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) column: usize,
    of: KeyPart,
    /// Distinct text of the column to distinct text of the part, both from 1; none where they are the same.
    map: Option<Vec<u32>>,
    slots: Vec<Slot>,
    /// Texts that no slot holds, and how many bytes each has.
    long: Vec<u8>,
    pub(super) hashes: Vec<u64>,
    counts: Vec<u32>,
    /// log2 of the share of the rows with a value that have this one.
    pub(super) rarity: Vec<f32>,
    total: f64,
    days: Vec<i32>,
    numbers: Vec<f64>,
    book: NameBook,
    names: Vec<NameId>,
    letters: FxHashMap<char, u8>,
    wants: Wants,
}

/// What a test needs beside the bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wants {
    pub(super) days: bool,
    pub(super) numbers: bool,
    pub(super) names: bool,
}

impl Part {
    pub(super) fn new(table: &Table, of: &KeyPart, wants: Wants) -> Result<Self, TableError> {
        let column = table.column(&of.column)?;
        let mut part = Self {
            column,
            of: of.clone(),
            map: (of.take != Take::Whole).then(Vec::new),
            slots: Vec::new(),
            long: Vec::new(),
            hashes: Vec::new(),
            counts: Vec::new(),
            rarity: Vec::new(),
            total: 0.0,
            days: Vec::new(),
            numbers: Vec::new(),
            book: NameBook::default(),
            names: Vec::new(),
            letters: FxHashMap::default(),
            wants,
        };
        part.extend(table);
        part.book.weigh();
        part.total = part.counts.iter().map(|c| f64::from(*c)).sum::<f64>().max(1.0);
        let total = part.total;
        part.rarity = part.counts.iter().map(|c| (f64::from((*c).max(1)) / total).log2() as f32).collect();
        Ok(part)
    }

    /// Takes in the texts that the column has got since. Their frequency is that of a value seen once: how common values
    /// are is part of the model, which a batch does not change.
    pub(super) fn extend(&mut self, table: &Table) {
        let c = &table.columns[self.column];
        let known = self.map.as_ref().map_or(self.hashes.len(), Vec::len);
        let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
        if self.map.is_some() {
            seen.extend(self.hashes.iter().enumerate().map(|(i, h)| (*h, i as u32 + 1)));
        }
        for i in known..c.texts.len() {
            let text = c.texts.text(i as u32);
            let count = c.counts[i];
            if self.map.is_none() {
                self.add(text, count);
                continue;
            }
            let id = match self.of.take.of(text) {
                None => 0,
                Some(taken) => {
                    let next = self.hashes.len() as u32 + 1;
                    let id = *seen.entry(hash(taken.as_bytes())).or_insert(next);
                    if id == next {
                        self.add(&taken, 0);
                    }
                    self.counts[id as usize - 1] += count;
                    id
                }
            };
            if let Some(map) = &mut self.map {
                map.push(id);
            }
        }
        let rare = (1.0 / self.total.max(1.0)).log2() as f32;
        self.rarity.resize(self.hashes.len(), rare);
    }

    fn add(&mut self, text: &str, count: u32) {
        self.hashes.push(hash(text.as_bytes()));
        self.counts.push(count);
        if text.is_ascii() {
            self.store(text.as_bytes());
        } else {
            // one byte a character: edits are counted in characters, and a column has few beyond ASCII
            let letters = &mut self.letters;
            let bytes: Vec<u8> = text
                .chars()
                .map(|c| match u8::try_from(c) {
                    Ok(b) if b < 128 => b,
                    _ => {
                        let next = 128 + (letters.len() % 128) as u8;
                        *letters.entry(c).or_insert(next)
                    }
                })
                .collect();
            self.store(&bytes);
        }
        if self.wants.days {
            self.days.push(text.get(..10).unwrap_or(text).parse::<Date>().map_or(i32::MIN, to_epoch_days));
        }
        if self.wants.numbers {
            self.numbers.push(text.trim().parse().unwrap_or(f64::NAN));
        }
        if self.wants.names {
            self.names.push(self.book.add(&Name::read(text), count));
        }
    }

    /// One byte a character.
    fn store(&mut self, bytes: &[u8]) {
        let mut slot = Slot { classes: classes(bytes), len: 0, inline: [0; INLINE] };
        if bytes.len() <= INLINE {
            slot.len = bytes.len() as u8;
            slot.inline[..bytes.len()].copy_from_slice(bytes);
        } else {
            slot.len = u8::MAX;
            slot.inline[..8].copy_from_slice(&(self.long.len() as u64).to_le_bytes());
            slot.inline[8..16].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
            self.long.extend_from_slice(bytes);
        }
        self.slots.push(slot);
    }

    /// The part's number of a column's number; 0 is missing.
    #[inline]
    pub(super) fn id(&self, column_id: u32) -> u32 {
        match (&self.map, column_id) {
            (None, id) => id,
            (_, 0) => 0,
            (Some(map), id) => map[id as usize - 1],
        }
    }

    /// The bytes of a value that is there.
    #[inline]
    pub(super) fn bytes(&self, id: u32) -> &[u8] {
        let slot = &self.slots[id as usize - 1];
        if slot.len != u8::MAX {
            return &slot.inline[..usize::from(slot.len)];
        }
        let number = |at: usize| {
            let mut b = [0u8; 8];
            b.copy_from_slice(&slot.inline[at..at + 8]);
            u64::from_le_bytes(b) as usize
        };
        &self.long[number(0)..number(0) + number(8)]
    }

    /// The most bytes two values can have in common; `None` where one is so long that its classes may be full.
    #[inline]
    pub(super) fn common(&self, a: u32, b: u32) -> Option<(usize, usize, u32)> {
        let (x, y) = (&self.slots[a as usize - 1], &self.slots[b as usize - 1]);
        if x.len == u8::MAX || y.len == u8::MAX {
            return None;
        }
        Some((usize::from(x.len), usize::from(y.len), common(x.classes, y.classes)))
    }

    /// Probability that two rows with values have the same one.
    pub(super) fn collision(&self) -> f64 {
        let n = self.total;
        self.counts.iter().map(|c| f64::from(*c) * (f64::from(*c) - 1.0).max(0.0)).sum::<f64>()
            / (n * (n - 1.0)).max(1.0)
    }

    /// Rows with a value.
    pub(super) fn present(&self) -> f64 {
        self.total
    }

    /// Days between two dates; `None` where one is no date.
    pub(super) fn days_apart(&self, a: u32, b: u32) -> Option<f64> {
        let (a, b) = (self.days[a as usize - 1], self.days[b as usize - 1]);
        (a != i32::MIN && b != i32::MIN).then(|| f64::from(a.abs_diff(b)))
    }

    /// Difference of two numbers; NaN where one is none, which passes no test.
    pub(super) fn numbers_apart(&self, a: u32, b: u32) -> f64 {
        (self.numbers[a as usize - 1] - self.numbers[b as usize - 1]).abs()
    }

    pub(super) fn likeness(&self, a: u32, b: u32) -> bansos::text::name::Likeness {
        self.book.compare(self.names[a as usize - 1], self.names[b as usize - 1]).0
    }

    pub(super) fn same_as(&self, of: &KeyPart) -> bool {
        self.of == *of
    }
}

/// The numbers of the columns that comparisons look at, a row's side by side: one step into memory a row.
#[derive(Debug, Default)]
pub(super) struct Rows {
    width: usize,
    ids: Vec<u32>,
}

impl Rows {
    pub(super) fn extend(&mut self, table: &Table, columns: &[usize]) {
        self.width = columns.len().max(1);
        let first = self.ids.len() / self.width;
        self.ids.resize(table.rows() * self.width, 0);
        self.ids[first * self.width..].par_chunks_mut(self.width).enumerate().for_each(|(i, row)| {
            for (slot, c) in row.iter_mut().zip(columns) {
                *slot = table.ids(*c)[first + i];
            }
        });
    }

    #[inline]
    pub(super) fn of(&self, row: u32) -> &[u32] {
        &self.ids[row as usize * self.width..(row as usize + 1) * self.width]
    }
}

/// The number of each row's source; rows without one share 0.
pub(super) fn sources(table: &Table, settings: &TableSettings) -> Result<Vec<u32>, TableError> {
    match &settings.source {
        Some(name) => Ok(table.ids(table.column(name)?).to_vec()),
        None => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_fewer_in_common_than_there_are(a in "[A-F0-9é]{0,22}", b in "[A-F0-9é]{0,22}") {
            let count = |t: &str| t.bytes().fold([0u32; 256], |mut n, c| { n[usize::from(c)] += 1; n });
            let (x, y) = (count(&a), count(&b));
            let exact: u32 = x.iter().zip(&y).map(|(m, n)| m.min(n)).sum();
            prop_assert!(common(classes(a.as_bytes()), classes(b.as_bytes())) >= exact);
        }
    }

    #[test]
    fn texts_of_any_length_come_back() {
        let mut table = Table::new(["a".to_owned()]);
        let texts = ["X", "TWENTY-THREE BYTES LONG", "A TEXT THAT NO SLOT OF THIRTY-TWO BYTES CAN HOLD AT ALL"];
        texts.iter().for_each(|t| table.push([Some(*t)]));
        let part = Part::new(&table, &KeyPart::whole("a"), Wants::default()).unwrap();
        for (i, t) in texts.iter().enumerate() {
            assert_eq!(part.bytes(i as u32 + 1), t.as_bytes());
        }
    }
}
