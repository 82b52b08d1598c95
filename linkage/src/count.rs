//! Counting by value.

use rustc_hash::FxHashMap;
use std::hash::Hash;

/// How often each value occurs.
pub(crate) fn count<K: Eq + Hash>(values: impl IntoIterator<Item = K>) -> FxHashMap<K, u32> {
    let mut counts = FxHashMap::default();
    values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
    counts
}
