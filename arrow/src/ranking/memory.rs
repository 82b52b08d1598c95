//! Ranking columns that lie in memory: count, then write parts while the few families near a cut are gathered.

use super::columns::{ColumnScore, Columns, Keys, Sizes};
use super::many;
use super::map::{Map, Ramp, key_of};
use super::plan::{Plan, Stage, Tree};
use super::resolve::{Candidate, resolve};
use super::{keys, scan};
use bansos::ranking::{By, RankError, RankOptions, Ties};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::ops::Range;

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
    columns.check(options.by)?;
    keys::check_unique(columns)?;
    if columns.groups.iter().any(|g| g.count() > MANY) {
        return columns.groups.iter().map(|g| many::or_few(columns, *g, options, MANY)).collect();
    }
    few(columns, options)
}

/// Groupings of at most a few thousand groups.
pub(super) fn few<S: ColumnScore>(columns: &Columns<'_, S>, options: &RankOptions) -> Result<Vec<Vec<u8>>, RankError> {
    let mut plan = Plan::<S>::new(options, columns.groups.iter().map(super::Groups::count));
    plan.text = columns.keys.is_text();
    let parts = split(columns.rows());
    plan.take_sample(scan::sample(columns, plan.flip()));
    loop {
        match plan.stage {
            Stage::Sample | Stage::Gather(_) => break,
            Stage::Count => {
                let counted: Vec<_> = parts.par_iter().map(|rows| scan::count(&plan, columns, rows.clone())).collect();
                let mut counted = counted.into_iter();
                let mut sum = counted.next().unwrap_or_else(|| scan::count(&plan, columns, 0..0))?;
                for other in counted {
                    for (sum, other) in sum.iter_mut().zip(&other?) {
                        sum.merge(other)?;
                    }
                }
                plan.take_counts(&sum)?;
            }
            Stage::Refine => {
                let looks: Vec<_> = parts.par_iter().map(|rows| scan::look(&plan, columns, rows.clone())).collect();
                let mut looks = looks.into_iter();
                let mut sum = looks.next().unwrap_or_default();
                for other in looks {
                    super::partitions::merge_looks(&mut sum, &other)?;
                }
                plan.take_looks(&sum)?;
            }
        }
    }
    Ok(gather(&plan, columns, &parts))
}

impl<S: ColumnScore> Plan<S> {
    /// A plan that has seen nothing yet.
    pub(super) fn new(options: &RankOptions, groups: impl Iterator<Item = u32>) -> Self {
        let nowhere = Map::Ramp(Ramp::new(S::Key::default(), S::Key::default(), 1));
        let (groups, trees) = (groups.collect(), Vec::new());
        Self { options: *options, groups, stage: Stage::Sample, map: nowhere, trees, text: false, looks: 0 }
    }
}

/// Equal stretches of rows, one for each thread, none so short that starting it costs more than it saves.
pub(super) fn split(rows: usize) -> Vec<Range<usize>> {
    let parts = rayon::current_num_threads().min(rows / (1 << 16)).max(1);
    (0..parts).map(|part| rows * part / parts..rows * (part + 1) / parts).collect()
}

/// A family near a cut, in the smallest space.
#[derive(Clone, Copy, Default)]
struct Near<K> {
    key: K,
    row: u32,
    node: u32,
}

/// The same with its column of sizes, to be weighed.
struct Seen<'c, 'a, K> {
    near: Near<K>,
    sizes: &'c Sizes<'a>,
    by: By,
}

impl<K: Ord> Candidate for Seen<'_, '_, K> {
    fn weight(&self) -> u64 {
        scan::weight(self.by, self.sizes, self.near.row as usize)
    }
    fn same_score(&self, other: &Self) -> bool {
        self.near.key == other.near.key
    }
}

/// Orders rows by key.
#[inline]
pub(super) fn by_key(keys: &Keys<'_>, a: u32, b: u32) -> Ordering {
    let (a, b) = (a as usize, b as usize);
    match keys {
        Keys::RowOrder => a.cmp(&b),
        Keys::I64(..) | Keys::U64(..) => keys.digit(a, 0, 0).cmp(&keys.digit(b, 0, 0)),
        _ => keys.bytes(a).cmp(&keys.bytes(b)),
    }
}

/// Writes the settled parts, gathers the rest, settles it and writes it.
fn gather<S: ColumnScore>(plan: &Plan<S>, columns: &Columns<'_, S>, parts: &[Range<usize>]) -> Vec<Vec<u8>> {
    let mut out: Vec<Vec<u8>> = plan.trees.iter().map(|_| vec![0; columns.rows()]).collect();
    let mut rest: Vec<&mut [u8]> = out.iter_mut().map(Vec::as_mut_slice).collect();
    let mut jobs = Vec::new();
    for rows in parts {
        let mut mine = Vec::new();
        for slice in &mut rest {
            let (head, tail) = std::mem::take(slice).split_at_mut(rows.len());
            mine.push(head);
            *slice = tail;
        }
        jobs.push((rows.clone(), mine));
    }
    let found: Vec<Vec<Vec<Near<S::Key>>>> = jobs
        .into_par_iter()
        .map(|(rows, mut mine)| {
            let mut found: Vec<Vec<Near<S::Key>>> = plan.trees.iter().map(|_| Vec::new()).collect();
            scan::assign_with(plan, columns, rows, &mut mine, &mut |grouping, row, node| {
                let key = columns.scores.get(row).and_then(|&s| key_of(s, plan.flip())).unwrap_or_default();
                if let Some(found) = found.get_mut(grouping) {
                    found.push(Near { key, row: row as u32, node: node as u32 });
                }
                0
            });
            found
        })
        .collect();
    for (grouping, (tree, out)) in plan.trees.iter().zip(&mut out).enumerate() {
        let found: Vec<&[Near<S::Key>]> = found.iter().filter_map(|f| f.get(grouping)).map(Vec::as_slice).collect();
        for (row, part) in settle(plan, tree, columns, &found) {
            if let Some(out) = out.get_mut(row as usize) {
                *out = part;
            }
        }
    }
    out
}

/// The parts of the gathered rows.
fn settle<S: ColumnScore>(
    plan: &Plan<S>,
    tree: &Tree<S::Key>,
    columns: &Columns<'_, S>,
    found: &[&[Near<S::Key>]],
) -> Vec<(u32, u8)> {
    // a node's families together, by counting: the order inside is settled by the sort of each node
    let mut starts = vec![0_usize; tree.nodes.len() + 1];
    for near in found.iter().copied().flatten() {
        if let Some(n) = starts.get_mut(near.node as usize + 1) {
            *n += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut line = vec![Near::default(); sum];
    let mut next = starts.clone();
    for near in found.iter().copied().flatten() {
        if let Some(at) = next.get_mut(near.node as usize) {
            if let Some(slot) = line.get_mut(*at) {
                *slot = *near;
            }
            *at += 1;
        }
    }
    let mut nodes = Vec::new();
    let mut rest = line.as_mut_slice();
    for (node, bounds) in tree.nodes.iter().zip(starts.windows(2)) {
        let [start, end] = bounds else { continue };
        let (mine, tail) = std::mem::take(&mut rest).split_at_mut(end - start);
        rest = tail;
        if !mine.is_empty() {
            nodes.push((node, mine));
        }
    }
    let options = &plan.options;
    let parts: Vec<Vec<(u32, u8)>> = nodes
        .into_par_iter()
        .with_min_len(64)
        .map(|(node, mine)| {
            let mut parts = Vec::with_capacity(mine.len());
            let Some(Some(cutter)) = tree.cutters.get(node.group as usize) else { return parts };
            match options.ties {
                Ties::Together => mine.sort_unstable_by_key(|n| n.key),
                Ties::Split => {
                    mine.sort_unstable_by(|a, b| a.key.cmp(&b.key).then_with(|| by_key(&columns.keys, a.row, b.row)))
                }
            }
            let seen = |&near: &Near<S::Key>| Seen { near, sizes: &columns.sizes, by: options.by };
            let sorted: Vec<_> = mine.iter().map(seen).collect();
            resolve(&sorted, node.before, cutter, options.ties, |one, part| parts.push((one.near.row, part)));
            parts
        })
        .collect();
    parts.into_iter().flatten().collect()
}
