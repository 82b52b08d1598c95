//! Two results of the command side by side: who moved.

use super::part::labels;
use super::{RankArgs, TableError};
use crate::failure::Failure;
use crate::input::open_table;
use bansos::ranking::{DecileChange, Transition, compare};
use rustc_hash::FxHashMap;
use std::path::Path;

/// Counts the moves between an earlier and a later result, joined by key.
pub(super) fn between(before: &Path, after: &Path, args: &RankArgs) -> Result<Transition, Failure> {
    let earlier = deciles(before, args)?;
    let mut later = deciles(after, args)?;
    let both: Vec<DecileChange> =
        earlier.into_iter().map(|(key, from)| DecileChange { from, to: later.remove(&key).flatten() }).collect();
    let new = later.into_values().map(|to| DecileChange { from: None, to });
    Ok(compare(both.into_iter().chain(new), args.line))
}

fn deciles(path: &Path, args: &RankArgs) -> Result<FxHashMap<String, Option<u8>>, Failure> {
    let key = args.key.as_deref().unwrap_or_default();
    let decile = args.score.as_deref().unwrap_or("desil");
    let table = open_table(path, [key, decile])?;
    let column = |name: &str| table.column(name).map_err(crate::input::refused);
    let columns = [column(key)?, column(decile)?];
    let mut all = FxHashMap::default();
    let mut first_row = 0;
    for batch in table.batches(&columns, 1 << 16).map_err(Failure::input)? {
        let batch = batch.map_err(Failure::input)?;
        let wrong = |name: &str| {
            let column = name.to_owned();
            move |row: u64| Failure::input(TableError::NotANumber { column, row: first_row + row + 1 })
        };
        let keys = labels(batch.column(0)).map_err(wrong(key))?;
        let values = labels(batch.column(1)).map_err(wrong(decile))?;
        for (row, (key, value)) in (0..).zip(keys.into_iter().zip(values)) {
            let value = value.map(|v| v.parse::<u8>().map_err(|_| wrong(decile)(row))).transpose()?;
            if let Some(key) = key {
                all.insert(key, value);
            }
        }
        first_row += batch.num_rows() as u64;
    }
    Ok(all)
}
