//! New rows into an earlier result.

use super::{Csv, Linked, read_settings};
use crate::failure::Failure;
use crate::input::unreadable;
use bansos_linkage::table::TableLinker;
use std::path::Path;

/// The trained model in a result.
pub(super) const MODEL: &str = "model.json";
/// The rows, pairs and clusters in a result.
pub(super) const STATE: &str = "state.bin";

/// Links the rows of a table to those of an earlier result.
pub(super) fn add(table: &Path, earlier: &Path) -> Result<Linked, Failure> {
    let settings = read_settings(&earlier.join(MODEL))?;
    let path = earlier.join(STATE);
    let bytes = std::fs::read(&path).map_err(|e| unreadable(&path, &e.to_string()))?;
    let (mut linker, mut pairs, labels) = TableLinker::restore(settings, &bytes).map_err(Failure::input)?;
    drop(bytes);
    let mut csv = Csv::open(table)?;
    let places: Vec<usize> = linker.table().names().iter().map(|n| csv.find(n)).collect::<Result<_, _>>()?;
    let mut rows: Vec<simd_csv::StringRecord> = Vec::new();
    let mut row = simd_csv::StringRecord::new();
    while csv.next(&mut row)? {
        rows.push(row.clone());
    }
    let new = rows.iter().map(|r| places.iter().map(|p| r.get(*p)));
    let grown = linker.grow(new, &pairs, &labels).map_err(Failure::input)?;
    pairs.extend(grown.pairs);
    pairs.sort_unstable_by_key(|p| (p.a, p.b));
    Ok(Linked { linker, pairs, labels: grown.labels, truth: None, added: Some(rows.len()) })
}
