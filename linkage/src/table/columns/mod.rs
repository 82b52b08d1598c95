//! A table's columns: each distinct value once, each row a number.

mod part;
mod texts;

pub(super) use part::{Part, Wants};
pub(super) use texts::hash;

use crate::table::{TableError, TableSettings};
use rayon::prelude::*;
use std::sync::Arc;
use texts::{Index, Texts, UNKNOWN};

/// Values that wait until there are enough to be looked up together.
#[derive(Default)]
struct Waiting {
    text: String,
    ends: Vec<u32>,
}

bansos::reticent! { Waiting {} }

/// How many wait.
const BATCH: usize = 1024;

impl Waiting {
    fn get(&self, i: usize) -> &str {
        let from = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.text[from..self.ends[i] as usize]
    }
}

/// A column under construction or complete. Row values are 1 + the number of the distinct text; 0 is missing.
#[derive(Debug, Default)]
struct Column {
    ids: Vec<u32>,
    texts: Arc<Texts>,
    index: Index,
    waiting: Waiting,
}

impl Column {
    fn push(&mut self, value: Option<&str>) {
        self.waiting.text.push_str(value.unwrap_or(""));
        self.waiting.ends.push(self.waiting.text.len() as u32);
        if self.waiting.ends.len() == BATCH || self.waiting.text.len() > 1 << 20 {
            self.freeze();
        }
    }

    /// Numbers the values that wait.
    fn freeze(&mut self) {
        let n = self.waiting.ends.len();
        if n == 0 {
            return;
        }
        let texts = Arc::make_mut(&mut self.texts);
        self.index.reserve(texts.len() + n, &texts.hashes);
        let waiting = &self.waiting;
        let hashes: Vec<u64> = (0..n).map(|i| hash(waiting.get(i).as_bytes())).collect();
        let (mut cells, mut found) = (Vec::with_capacity(n), Vec::with_capacity(n));
        self.index.peek(texts, &hashes, |i| waiting.get(i).as_bytes(), &mut cells, &mut found);
        self.ids.reserve(n);
        for (i, (hash, number)) in hashes.into_iter().zip(found).enumerate() {
            let text = waiting.get(i);
            if text.is_empty() {
                self.ids.push(0);
                continue;
            }
            let number = if number == UNKNOWN { self.index.find(texts, text, hash) } else { number };
            texts.counts[number as usize] += 1;
            self.ids.push(number + 1);
        }
        self.waiting.text.clear();
        self.waiting.ends.clear();
    }

    fn rows(&self) -> usize {
        self.ids.len() + self.waiting.ends.len()
    }
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
        let rows = columns.first().map_or(0, Column::rows);
        match names.iter().zip(&columns).find(|(_, c)| c.rows() != rows) {
            Some((name, _)) => Err(TableError::Ragged { column: name.clone() }),
            None => Ok(Self { names, columns }),
        }
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Column::rows)
    }

    /// Names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One value.
    pub fn value(&self, column: usize, row: usize) -> Option<&str> {
        let c = self.columns.get(column)?;
        match c.ids.get(row) {
            Some(id) => id.checked_sub(1).map(|i| c.texts.text(i)),
            None if row < c.rows() => Some(c.waiting.get(row - c.ids.len())).filter(|t| !t.is_empty()),
            None => None,
        }
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Result<usize, TableError> {
        self.names.iter().position(|n| n == name).ok_or_else(|| TableError::NoColumn { column: name.to_owned() })
    }

    /// Numbers the values that still wait: everything below needs that.
    pub(super) fn freeze(&mut self) {
        self.columns.par_iter_mut().for_each(Column::freeze);
    }

    /// A column's distinct texts, and each row's number among them from 1.
    #[cfg(feature = "serde")]
    pub(super) fn stored(&self, column: usize) -> (Vec<String>, Vec<u32>) {
        let c = &self.columns[column];
        ((0..c.texts.len() as u32).map(|i| c.texts.text(i).to_owned()).collect(), c.ids.clone())
    }

    pub(super) fn ids(&self, column: usize) -> &[u32] {
        &self.columns[column].ids
    }
}

/// Room for so many rows and a few that come later, which need no copying then.
pub(super) fn headroom(rows: usize) -> usize {
    rows + rows / 16
}

/// Eight numbers that never lie across two lines of the cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Eight([u32; 8]);

/// The numbers of the columns that comparisons look at, a row's side by side: one step into memory a row.
#[derive(Debug, Default)]
pub(super) struct Rows {
    width: usize,
    ids: Vec<Eight>,
}

/// One row of them.
#[derive(Clone, Copy)]
pub(super) struct Row<'a>(&'a [Eight]);

impl Row<'_> {
    #[inline]
    pub(super) fn get(self, place: usize) -> u32 {
        self.0[place >> 3].0[place & 7]
    }
}

impl Rows {
    pub(super) fn extend(&mut self, table: &Table, columns: &[usize]) {
        self.width = columns.len().div_ceil(8).max(1);
        let first = self.ids.len() / self.width;
        if first == 0 {
            self.ids.reserve_exact(headroom(table.rows()) * self.width);
        }
        self.ids.resize(table.rows() * self.width, Eight::default());
        let columns: Vec<&[u32]> = columns.iter().map(|c| &table.ids(*c)[first..]).collect();
        self.ids[first * self.width..].par_chunks_mut(self.width).enumerate().for_each(|(i, row)| {
            for (place, ids) in columns.iter().enumerate() {
                row[place >> 3].0[place & 7] = ids[i];
            }
        });
    }

    #[inline]
    pub(super) fn of(&self, row: u32) -> Row<'_> {
        Row(&self.ids[row as usize * self.width..(row as usize + 1) * self.width])
    }
}

/// The number of each row's source; rows without one share 0.
pub(super) fn sources(table: &Table, settings: &TableSettings) -> Result<Vec<u32>, TableError> {
    match &settings.source {
        Some(name) => Ok(table.ids(table.column(name)?).to_vec()),
        None => Ok(Vec::new()),
    }
}
