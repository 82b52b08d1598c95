//! A linked table on disk: its rows, pairs and clusters as bytes, so that rows can be added another day.

use super::{Table, TableError, TableLinker, TablePair, TableSettings};
use crate::model::Vector;
use serde::{Deserialize, Serialize};

/// What [`TableLinker::save`] keeps; the settings, which are text, are kept beside it.
#[derive(Serialize, Deserialize)]
struct Stored {
    names: Vec<String>,
    /// Per column its distinct texts and each row's number among them, 0 where missing.
    columns: Vec<(Vec<String>, Vec<u32>)>,
    /// Rows that the frequency of values was counted over.
    basis: usize,
    pairs: Vec<(u32, u32, f32, u64)>,
    labels: Vec<u32>,
}

/// The first bytes: what it is, and the edition of the form.
const HEAD: &[u8] = b"bansos table 1\n";

/// A table as it was left: its linker, its pairs, and the label of each row.
pub type Restored = (TableLinker, Vec<TablePair>, Vec<u32>);

impl TableLinker {
    /// The rows with what was found, as bytes. They hold the values of the columns compared: keep them as the table is kept.
    pub fn save(&self, pairs: &[TablePair], labels: &[u32]) -> Vec<u8> {
        let stored = Stored {
            names: self.table.names().to_vec(),
            columns: (0..self.table.names().len()).map(|c| self.table.stored(c)).collect(),
            basis: self.basis,
            pairs: pairs.iter().map(|p| (p.a, p.b, p.weight, p.vector.0)).collect(),
            labels: labels.to_vec(),
        };
        // writing to memory cannot fail
        postcard::to_extend(&stored, HEAD.to_vec()).unwrap_or_default()
    }

    /// Takes up what [`Self::save`] left, under the settings that stood then.
    ///
    /// # Errors
    /// `table.state` for bytes that are no such state, or not whole; what [`Self::new`] refuses.
    pub fn restore(settings: TableSettings, bytes: &[u8]) -> Result<Restored, TableError> {
        let read = bytes.strip_prefix(HEAD).and_then(|b| postcard::take_from_bytes::<Stored>(b).ok());
        // what stands behind the end is not ours either
        let (stored, []) = read.ok_or(TableError::State)? else { return Err(TableError::State) };
        let n = stored.labels.len();
        let whole = stored.columns.len() == stored.names.len()
            && stored.basis <= n
            && stored
                .columns
                .iter()
                .all(|(texts, ids)| ids.len() == n && ids.iter().all(|i| *i as usize <= texts.len()))
            && stored.labels.iter().all(|l| (*l as usize) < n)
            && stored.pairs.iter().all(|(a, b, ..)| a < b && (*b as usize) < n);
        if !whole {
            return Err(TableError::State);
        }
        let row = |r: usize| {
            stored.columns.iter().map(move |(texts, ids)| {
                let at = (ids[r] as usize).checked_sub(1)?;
                texts.get(at).map(String::as_str)
            })
        };
        let mut table = Table::new(stored.names.iter().cloned());
        (0..stored.basis).for_each(|r| table.push(row(r)));
        let mut linker = Self::new(table, settings)?;
        if stored.basis < n {
            linker.absorb((stored.basis..n).map(row))?;
        }
        let pairs = stored.pairs.iter().map(|(a, b, weight, v)| TablePair {
            a: *a,
            b: *b,
            weight: *weight,
            vector: Vector(*v),
        });
        let pairs = pairs.collect();
        Ok((linker, pairs, stored.labels))
    }
}
