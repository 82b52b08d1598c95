//! Columns and parts of columns, ready for tests and keys.

use super::Table;
use super::texts::{Texts, hash};
use crate::table::{KeyPart, TableError, Take};
use bansos::Date;
use bansos::date::to_epoch_days;
use bansos::text::name::{Likeness, Name, NameBook, NameId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A column, or a part of one: per distinct text its bytes, hash and frequency, and its day, number or name where a test
/// asks for that.
#[derive(Debug)]
pub(in crate::table) struct Part {
    pub(in crate::table) column: usize,
    of: KeyPart,
    /// Distinct text of the column to distinct text of the part, both from 1; none where they are the same.
    map: Option<Vec<u32>>,
    /// The column's own where the part is the whole.
    texts: Arc<Texts>,
    /// log2 of the share of the rows with a value that have this one.
    pub(in crate::table) rarity: Vec<f32>,
    total: f64,
    days: Vec<i32>,
    numbers: Vec<f64>,
    book: NameBook,
    names: Vec<NameId>,
    wants: Wants,
}

/// What a test needs beside the bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::table) struct Wants {
    pub(in crate::table) days: bool,
    pub(in crate::table) numbers: bool,
    pub(in crate::table) names: bool,
}

impl Wants {
    fn any(self) -> bool {
        self.days || self.numbers || self.names
    }
}

impl Part {
    pub(in crate::table) fn new(table: &Table, of: &KeyPart, wants: Wants) -> Result<Self, TableError> {
        let column = table.column(&of.column)?;
        let mut part = Self {
            column,
            of: of.clone(),
            map: (of.take != Take::Whole).then(Vec::new),
            texts: Arc::default(),
            rarity: Vec::new(),
            total: 0.0,
            days: Vec::new(),
            numbers: Vec::new(),
            book: NameBook::default(),
            names: Vec::new(),
            wants,
        };
        part.extend(table);
        part.book.weigh();
        part.total = part.texts.counts.iter().map(|c| f64::from(*c)).sum::<f64>().max(1.0);
        let total = part.total;
        part.rarity = part.texts.counts.iter().map(|c| (f64::from((*c).max(1)) / total).log2() as f32).collect();
        Ok(part)
    }

    /// Lets go of the column's texts, so that rows can be added to it without copying them.
    pub(in crate::table) fn release(&mut self) {
        if self.map.is_none() {
            self.texts = Arc::default();
        }
    }

    /// Takes in the texts that the column has got since. Their frequency is that of a value seen once: how common values
    /// are is part of the model, which a batch does not change.
    pub(in crate::table) fn extend(&mut self, table: &Table) {
        let column = &table.columns[self.column];
        match &mut self.map {
            None => self.texts = column.texts.clone(),
            Some(map) => {
                let texts = Arc::make_mut(&mut self.texts);
                let mut seen: FxHashMap<u64, u32> =
                    texts.hashes.iter().enumerate().map(|(i, h)| (*h, i as u32 + 1)).collect();
                for i in map.len()..column.texts.len() {
                    let id = match self.of.take.of(column.texts.text(i as u32)) {
                        None => 0,
                        Some(taken) => {
                            let next = texts.len() as u32 + 1;
                            let hash = hash(taken.as_bytes());
                            let id = *seen.entry(hash).or_insert(next);
                            if id == next {
                                texts.add(&taken, hash);
                            }
                            texts.counts[id as usize - 1] += column.texts.counts[i];
                            id
                        }
                    };
                    map.push(id);
                }
            }
        }
        let known = if self.wants.any() { self.rarity.len() } else { self.texts.len() };
        for i in known as u32..self.texts.len() as u32 {
            let text = self.texts.text(i);
            if self.wants.days {
                self.days.push(text.get(..10).unwrap_or(text).parse::<Date>().map_or(i32::MIN, to_epoch_days));
            }
            if self.wants.numbers {
                self.numbers.push(text.trim().parse().unwrap_or(f64::NAN));
            }
            if self.wants.names {
                self.names.push(self.book.add(&Name::read(text), self.texts.counts[i as usize]));
            }
        }
        self.rarity.resize(self.texts.len(), (1.0 / self.total.max(1.0)).log2() as f32);
    }

    /// Distinct values.
    pub(in crate::table) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether it is a column as it stands.
    pub(in crate::table) fn is_whole(&self) -> bool {
        self.map.is_none()
    }

    /// The part's number of a column's number; 0 is missing.
    #[inline]
    pub(in crate::table) fn id(&self, column_id: u32) -> u32 {
        match (&self.map, column_id) {
            (None, id) => id,
            (_, 0) => 0,
            (Some(map), id) => map[id as usize - 1],
        }
    }

    /// A number of a value's content, the same in every run.
    #[inline]
    pub(in crate::table) fn hash(&self, id: u32) -> u64 {
        self.texts.hashes[id as usize - 1]
    }

    /// The bytes of a value that is there.
    #[inline]
    pub(in crate::table) fn bytes(&self, id: u32) -> &[u8] {
        self.texts.bytes(id - 1)
    }

    /// The most bytes two values can have in common; `None` where one is so long that its classes may be full.
    #[inline]
    pub(in crate::table) fn common(&self, a: u32, b: u32) -> Option<(usize, usize, u32)> {
        self.texts.common(a - 1, b - 1)
    }

    /// Probability that two rows with values have the same one.
    pub(in crate::table) fn collision(&self) -> f64 {
        let n = self.texts.counts.iter().map(|c| f64::from(*c)).sum::<f64>();
        self.texts.counts.iter().map(|c| f64::from(*c) * (f64::from(*c) - 1.0).max(0.0)).sum::<f64>()
            / (n * (n - 1.0)).max(1.0)
    }

    /// Rows with a value.
    pub(in crate::table) fn present(&self) -> f64 {
        self.total
    }

    /// Days between two dates; `None` where one is no date.
    pub(in crate::table) fn days_apart(&self, a: u32, b: u32) -> Option<f64> {
        let (a, b) = (self.days[a as usize - 1], self.days[b as usize - 1]);
        (a != i32::MIN && b != i32::MIN).then(|| f64::from(a.abs_diff(b)))
    }

    /// Difference of two numbers; NaN where one is none, which passes no test.
    pub(in crate::table) fn numbers_apart(&self, a: u32, b: u32) -> f64 {
        (self.numbers[a as usize - 1] - self.numbers[b as usize - 1]).abs()
    }

    pub(in crate::table) fn likeness(&self, a: u32, b: u32) -> Likeness {
        self.book.compare(self.names[a as usize - 1], self.names[b as usize - 1]).0
    }

    pub(in crate::table) fn same_as(&self, of: &KeyPart) -> bool {
        self.of == *of
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_length_come_back() {
        let mut table = Table::new(["a".to_owned()]);
        let texts = ["X", "TWENTY-THREE BYTES LONG", "A TEXT THAT NO SLOT OF THIRTY-TWO BYTES CAN HOLD AT ALL"];
        texts.iter().for_each(|t| table.push([Some(*t)]));
        assert_eq!(table.value(0, 1), Some(texts[1]), "before they are numbered");
        table.freeze();
        let part = Part::new(&table, &KeyPart::whole("a"), Wants::default()).unwrap();
        for (i, t) in texts.iter().enumerate() {
            assert_eq!(part.bytes(i as u32 + 1), t.as_bytes());
            assert_eq!(table.value(0, i), Some(*t));
        }
    }
}
