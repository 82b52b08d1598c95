//! New rows into an earlier result.

use super::{Linked, Wanted, read_settings};
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
    let bytes = std::fs::read(&path).map_err(|e| unreadable(&path, e))?;
    let (mut linker, mut pairs, labels) = TableLinker::restore(settings, &bytes).map_err(Failure::input)?;
    drop(bytes);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let wanted = Wanted::open(table, linker.table().names(), None)?;
    wanted.each(|row| rows.push(wanted.cells(row).map(str::to_owned).collect()))?;
    let new = rows.iter().map(|row| row.iter().map(|cell| Some(cell.as_str())));
    let grown = linker.grow(new, &pairs, &labels).map_err(Failure::input)?;
    pairs.extend(grown.pairs);
    pairs.sort_unstable_by_key(|p| (p.a, p.b));
    Ok(Linked { linker, pairs, labels: grown.labels, truth: None, added: Some(rows.len()) })
}
