//! Whether every family has a key of its own.

use super::columns::{ColumnScore, Columns, Keys};
use bansos::ranking::RankError;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::Hasher;

/// Refuses a key that two scored families share.
///
/// Whole numbers that lie close together are ticked off in a bitmap. Others are ticked off by hash, eight to sixteen bits
/// a family; only families whose tick was already there (few, most of them by chance) are compared as they are.
pub(super) fn check_unique<S: ColumnScore>(columns: &Columns<'_, S>) -> Result<(), RankError> {
    let rows = columns.rows();
    if matches!(columns.keys, Keys::RowOrder) || rows < 2 {
        return Ok(());
    }
    let doubled = match dense_range(columns) {
        Some((least, range)) => {
            let mut ticks = Ticks::new(range as usize + 1);
            (0..rows).any(|row| columns.scored(row) && ticks.tick((columns.keys.digit(row, 0, 0) - least) as usize))
        }
        None => doubled_by_hash(columns),
    };
    if doubled { Err(RankError::KeyDoubled { row: first_doubled(columns) }) } else { Ok(()) }
}

/// Least key and range, where keys are whole numbers within eight times their count.
fn dense_range<S: ColumnScore>(columns: &Columns<'_, S>) -> Option<(u64, u64)> {
    if columns.keys.is_text() {
        return None;
    }
    let rows = (0..columns.rows()).filter(|&row| columns.scored(row));
    let ends = |(least, most): (u64, u64), key: u64| (least.min(key), most.max(key));
    let (least, most) = rows.map(|row| columns.keys.digit(row, 0, 0)).fold((u64::MAX, 0), ends);
    let range = most.checked_sub(least)?;
    (range / 8 <= columns.rows() as u64).then_some((least, range))
}

fn doubled_by_hash<S: ColumnScore>(columns: &Columns<'_, S>) -> bool {
    let rows = columns.rows();
    let bits = (rows * 8).next_power_of_two();
    let mut ticks = Ticks::new(bits);
    let scored = || (0..rows).filter(|&row| columns.scored(row));
    let mut suspects = FxHashSet::default();
    for row in scored() {
        let hash = hash(columns, row);
        // the high bits are the well-mixed ones
        if ticks.tick((hash >> (64 - bits.trailing_zeros())) as usize) {
            suspects.insert(hash);
        }
    }
    let mut same: Vec<(u64, u32)> = Vec::new();
    for row in scored() {
        let hash = hash(columns, row);
        if suspects.contains(&hash) {
            same.push((hash, row as u32));
        }
    }
    same.sort_unstable();
    let mut doubled = false;
    for run in same.chunk_by_mut(|a, b| a.0 == b.0) {
        run.sort_unstable_by(|a, b| columns.keys.compare(a.1, b.1));
        doubled |= run.windows(2).any(|pair| match pair {
            [a, b] => columns.keys.compare(a.1, b.1).is_eq(),
            _ => false,
        });
    }
    doubled
}

fn hash<S: ColumnScore>(columns: &Columns<'_, S>, row: usize) -> u64 {
    let mut hasher = FxHasher::default();
    match columns.keys.bytes(row) {
        Some(bytes) => hasher.write(bytes),
        None => hasher.write_u64(columns.keys.digit(row, 0, 0)),
    }
    // one more multiplication spreads what is left of the pattern in consecutive numbers
    hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The first row whose key another has; only asked once it is known that there is one.
fn first_doubled<S: ColumnScore>(columns: &Columns<'_, S>) -> u64 {
    let mut rows: Vec<u32> = (0..columns.rows()).filter(|&row| columns.scored(row)).map(|row| row as u32).collect();
    rows.sort_unstable_by(|&a, &b| columns.keys.compare(a, b).then(a.cmp(&b)));
    let shared = |pair: &[u32]| match *pair {
        [a, b] if columns.keys.compare(a, b).is_eq() => Some(a),
        _ => None,
    };
    columns.first_row + rows.windows(2).filter_map(shared).min().map_or(0, u64::from)
}

struct Ticks(Vec<u64>);

impl Ticks {
    fn new(bits: usize) -> Self {
        Self(vec![0; bits / 64 + 1])
    }

    /// Ticks a bit; `true` where it was ticked before.
    #[inline]
    fn tick(&mut self, bit: usize) -> bool {
        let Some(word) = self.0.get_mut(bit / 64) else { return true };
        let mask = 1 << (bit % 64);
        let before = *word & mask != 0;
        *word |= mask;
        before
    }
}
