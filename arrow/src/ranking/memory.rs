//! Ranking columns that lie in memory: groupings of few groups together, by cells; those of very many group by group.

use super::columns::{ColumnScore, Columns};
use super::{by_cells, by_group, keys};
use bansos::ranking::{RankError, RankOptions};

/// Rows are numbered in 32 bits here; more go by [`super::partitions`].
const ROWS: usize = u32::MAX as usize;
/// Groupings with more groups than this are ranked group by group.
const MANY: u32 = 4096;

/// The parts of each grouping: for each row 1..=10 or 1..=100, or 0 for a row that is not ranked (raw bytes; use
/// [`super::decile_at`] or [`super::to_array`] for what a reader should see).
///
/// # Errors
/// As [`bansos::ranking::rank`]; also when columns differ in length or a group's number is out of range.
pub fn rank_columns<S: ColumnScore>(
    columns: &Columns<'_, S>,
    options: &RankOptions,
) -> Result<Vec<Vec<u8>>, RankError> {
    if options.near.is_some_and(|near| !(near.is_finite() && near >= 0.0)) {
        return Err(RankError::Margin);
    }
    if columns.rows() > ROWS {
        return Err(RankError::TooManyRows { rows: columns.rows() as u64 });
    }
    columns.check(options.by)?;
    keys::check_unique(columns)?;
    let small: Vec<_> = columns.groups.iter().copied().filter(|g| g.count() <= MANY).collect();
    let mut by_cells = match (small.len(), columns.groups.len()) {
        (0, 1..) => Vec::new(),
        _ => by_cells::rank(&Columns { groups: &small, ..*columns }, options)?,
    }
    .into_iter();
    let each = columns.groups.iter().map(|grouping| match grouping.count() {
        0..=MANY => Ok(by_cells.next().unwrap_or_default()),
        _ => by_group::rank(columns, *grouping, options),
    });
    each.collect()
}
