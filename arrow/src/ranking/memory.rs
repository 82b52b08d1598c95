//! Ranking columns that lie in memory: count, then write parts while the few families near a cut are gathered.

use super::columns::{ColumnScore, Columns, Keys, Sizes};
use super::many;
use super::map::{Map, Ramp, key_of};
use super::plan::{Layout, Node, Plan, Stage, Tree};
use super::resolve::{Candidate, resolve, select};
use super::sharpen::sharpen;
use super::{keys, scan};
use bansos::ranking::{By, RankError, RankOptions, Ties};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::ops::Range;

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
    let mut out: Vec<Vec<u8>> = columns.groups.iter().map(|_| vec![0; columns.rows()]).collect();
    loop {
        match plan.stage {
            Stage::Sample | Stage::Gather(_) => break,
            Stage::Count => {
                let jobs = share(&mut out, &parts).into_par_iter();
                let counted: Vec<_> = jobs.map(|(rows, mut out)| scan::count(&plan, columns, rows, &mut out)).collect();
                let mut counted = counted.into_iter();
                let mut sum = counted.next().unwrap_or_else(|| Ok(Vec::new()))?;
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
    gather(&plan, columns, &parts, &mut out);
    Ok(out)
}

/// Each part of the rows with its stretch of every output.
fn share<'o>(out: &'o mut [Vec<u8>], parts: &[Range<usize>]) -> Vec<(Range<usize>, Vec<&'o mut [u8]>)> {
    let mut rest: Vec<&mut [u8]> = out.iter_mut().map(Vec::as_mut_slice).collect();
    let mut shared = Vec::new();
    for rows in parts {
        let mut mine = Vec::new();
        for slice in &mut rest {
            let (head, tail) = std::mem::take(slice).split_at_mut(rows.len());
            mine.push(head);
            *slice = tail;
        }
        shared.push((rows.clone(), mine));
    }
    shared
}

impl<S: ColumnScore> Plan<S> {
    /// A plan that has seen nothing yet.
    pub(super) fn new(options: &RankOptions, groups: impl Iterator<Item = u32>) -> Self {
        let nowhere = Map::Ramp(Ramp::new(S::Key::default(), S::Key::default(), 1));
        let (groups, trees) = (groups.collect(), Vec::new());
        let layout = Layout::default();
        Self { options: *options, groups, stage: Stage::Sample, map: nowhere, layout, trees, text: false, looks: 0 }
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
    /// Its weight, or [`HEAVY`]: look it up.
    weight: u16,
    part: u8,
}

/// A weight that does not fit beside the rest.
const HEAVY: u16 = u16::MAX;

impl<K> Near<K> {
    #[inline]
    fn weigh(&self, by: By, sizes: &Sizes<'_>) -> u64 {
        if self.weight == HEAVY { scan::weight(by, sizes, self.row as usize) } else { self.weight.into() }
    }
}

/// The same with its column of sizes, to be weighed.
struct Seen<'c, 'a, K> {
    near: &'c mut Near<K>,
    sizes: &'c Sizes<'a>,
    by: By,
}

impl<K: Ord> Candidate for Seen<'_, '_, K> {
    fn weight(&self) -> u64 {
        self.near.weigh(self.by, self.sizes)
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

/// Rows in open cells and their nodes, in blocks, so that a growing list is never copied.
#[derive(Default)]
pub(super) struct Found(pub(super) Vec<Vec<(u32, u32)>>);

impl Found {
    const BLOCK: usize = 1 << 14;

    #[inline]
    pub(super) fn push(&mut self, row: usize, node: usize) {
        match self.0.last_mut() {
            Some(block) if block.len() < Self::BLOCK => block.push((row as u32, node as u32)),
            _ => {
                let mut block = Vec::with_capacity(Self::BLOCK);
                block.push((row as u32, node as u32));
                self.0.push(block);
            }
        }
    }
}

/// Writes the settled parts, gathers the rest, settles it and writes it.
fn gather<S: ColumnScore>(plan: &Plan<S>, columns: &Columns<'_, S>, parts: &[Range<usize>], out: &mut [Vec<u8>]) {
    let found: Vec<Vec<Found>> = share(out, parts)
        .into_par_iter()
        .map(|(rows, mut mine)| {
            let mut found: Vec<Found> = plan.trees.iter().map(|_| Found::default()).collect();
            scan::assign_with(plan, columns, rows, &mut mine, true, &mut |grouping, row, node| {
                if let Some(found) = found.get_mut(grouping) {
                    found.push(row, node);
                }
                0
            });
            found
        })
        .collect();
    let mut by_grouping: Vec<Vec<Found>> = plan.trees.iter().map(|_| Vec::new()).collect();
    for part in found {
        for (grouping, found) in by_grouping.iter_mut().zip(part) {
            grouping.push(found);
        }
    }
    for ((tree, out), found) in plan.trees.iter().zip(out).zip(by_grouping) {
        let (nodes, found) = sharpen(plan, tree, columns, parts, found, out);
        for near in settle(plan, tree, &nodes, columns, found) {
            if let Some(out) = out.get_mut(near.row as usize) {
                *out = near.part;
            }
        }
    }
}

/// The parts of the gathered rows.
fn settle<S: ColumnScore>(
    plan: &Plan<S>,
    tree: &Tree<S::Key>,
    nodes: &[Node<S::Key>],
    columns: &Columns<'_, S>,
    found: Vec<Found>,
) -> Vec<Near<S::Key>> {
    // a node's families together, by counting
    let mut starts = vec![0_usize; nodes.len() + 1];
    for (_, node) in found.iter().flat_map(|f| &f.0).flatten() {
        if let Some(n) = starts.get_mut(*node as usize + 1) {
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
    for (row, node) in found.into_iter().flat_map(|f| f.0).flatten() {
        let Some(at) = next.get_mut(node as usize) else { continue };
        if let Some(slot) = line.get_mut(*at) {
            let key = columns.scores.get(row as usize).and_then(|&s| key_of(s, plan.flip())).unwrap_or_default();
            let weight = scan::weight(plan.options.by, &columns.sizes, row as usize);
            *slot = Near { key, row, weight: u16::try_from(weight).unwrap_or(HEAVY), part: 0 };
        }
        *at += 1;
    }
    let mut filled = Vec::new();
    let mut rest = line.as_mut_slice();
    for (node, bounds) in nodes.iter().zip(starts.windows(2)) {
        let [start, end] = bounds else { continue };
        let (mine, tail) = std::mem::take(&mut rest).split_at_mut(end - start);
        rest = tail;
        if !mine.is_empty() {
            filled.push((node, mine));
        }
    }
    let options = &plan.options;
    filled.into_par_iter().with_min_len(64).for_each(|(node, mine)| {
        let Some(Some(cutter)) = tree.cutters.get(node.group as usize) else { return };
        match options.ties {
            Ties::Together => {
                mine.sort_unstable_by_key(|n| n.key);
                let seen = |near| Seen { near, sizes: &columns.sizes, by: options.by };
                let mut sorted: Vec<_> = mine.iter_mut().map(seen).collect();
                resolve(&mut sorted, node.before, cutter, options.ties, |one, part| one.near.part = part);
            }
            Ties::Split => {
                let order = |a: &Near<S::Key>, b: &Near<S::Key>| {
                    a.key.cmp(&b.key).then_with(|| by_key(&columns.keys, a.row, b.row))
                };
                let weigh = |n: &Near<S::Key>| n.weigh(options.by, &columns.sizes).into();
                select(mine, node.before, node.weight, cutter, &order, &weigh, &|n, part| n.part = part);
            }
        }
    });
    line
}
