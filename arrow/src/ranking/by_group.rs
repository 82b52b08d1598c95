//! Groupings of very many groups, such as all 84 thousand villages: too many for a table of cells each, and each small
//! enough to be sorted in a core's cache.

use super::columns::{ColumnScore, Columns, Groups};
use super::cutter::Cutter;
use super::map::key_of;
use super::resolve::{Candidate, resolve, select};
use super::scan::weight;
use bansos::ranking::{RankError, RankOptions, Ties};
use rayon::prelude::*;

/// Families sorted between two rounds of writing.
const ROUND: usize = 1 << 20;

/// A family in its group.
struct Ranked<K> {
    key: K,
    row: u32,
    weight: u64,
    part: u8,
}

impl<K: Ord> Candidate for Ranked<K> {
    fn weight(&self) -> u64 {
        self.weight
    }
    fn same_score(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// The parts of one grouping.
pub(super) fn rank<S: ColumnScore>(
    columns: &Columns<'_, S>,
    groups: Groups<'_>,
    options: &RankOptions,
) -> Result<Vec<u8>, RankError> {
    let group_of = |row: usize| {
        if !columns.scored(row) {
            return Ok(None);
        }
        groups.get(row).map_err(|_| RankError::GroupRange { row: columns.first_row + row as u64 })
    };
    let mut starts = vec![0_u32; groups.count() as usize + 1];
    for row in 0..columns.rows() {
        if let Some(n) = group_of(row)?.and_then(|g| starts.get_mut(g as usize + 1)) {
            *n += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut rows = vec![0_u32; sum as usize];
    let mut next = starts.clone();
    for row in 0..columns.rows() {
        if let Some(at) = group_of(row)?.and_then(|g| next.get_mut(g as usize)) {
            if let Some(slot) = rows.get_mut(*at as usize) {
                *slot = row as u32;
            }
            *at += 1;
        }
    }
    drop(next);
    let mut out = vec![0; columns.rows()];
    let mut members = Vec::new();
    let mut waiting = 0;
    for bounds in starts.windows(2) {
        let [start, end] = *bounds else { continue };
        let Some(group) = rows.get(start as usize..end as usize) else { continue };
        members.push(group);
        waiting += group.len();
        if waiting >= ROUND {
            place(columns, options, &members, &mut out);
            members.clear();
            waiting = 0;
        }
    }
    place(columns, options, &members, &mut out);
    Ok(out)
}

fn place<S: ColumnScore>(columns: &Columns<'_, S>, options: &RankOptions, groups: &[&[u32]], out: &mut [u8]) {
    let parts: Vec<Vec<(u32, u8)>> = groups
        .par_iter()
        .with_min_len(16)
        .map(|rows| {
            let flip = !options.lower_is_poorer;
            let one = |&row: &u32| {
                let key = columns.scores.get(row as usize).and_then(|&s| key_of(s, flip)).unwrap_or_default();
                Ranked { key, row, weight: weight(options.by, &columns.sizes, row as usize), part: 0 }
            };
            let mut line: Vec<Ranked<S::Key>> = rows.iter().map(one).collect();
            let total = line.iter().map(|o| u128::from(o.weight)).sum();
            let mut parts = Vec::new();
            if (line.len() as u64) < options.min_group {
                return parts;
            }
            let Some(cutter) = Cutter::new(options, total) else { return parts };
            match options.ties {
                Ties::Together => {
                    line.sort_unstable_by_key(|o| o.key);
                    resolve(&mut line, 0, &cutter, options.ties, |one, part| one.part = part);
                }
                Ties::Split => {
                    let order = |a: &Ranked<S::Key>, b: &Ranked<S::Key>| {
                        a.key.cmp(&b.key).then_with(|| columns.keys.compare(a.row, b.row))
                    };
                    select(&mut line, 0, total, &cutter, &order, &|o| o.weight.into(), &|o, part| o.part = part);
                }
            }
            parts.extend(line.iter().map(|o| (o.row, o.part)));
            parts
        })
        .collect();
    for (row, part) in parts.into_iter().flatten() {
        if let Some(out) = out.get_mut(row as usize) {
            *out = part;
        }
    }
}
