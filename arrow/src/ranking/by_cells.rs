//! Groupings of at most a few thousand groups: count by cell, then write parts while the few families near a cut are
//! gathered.

use super::columns::{ColumnScore, Columns, Sizes};
use super::gathered::Gathered;
use super::map::key_of;
use super::plan::{Node, Plan, Stage, Tree};
use super::resolve::{Candidate, resolve, select};
use super::scan;
use super::sharpen::sharpen;
use super::stretches::{share, stretches};
use bansos::ranking::{By, RankError, RankOptions, Ties};
use rayon::prelude::*;
use std::ops::Range;

/// The parts of groupings of at most a few thousand groups.
pub(super) fn rank<S: ColumnScore>(columns: &Columns<'_, S>, options: &RankOptions) -> Result<Vec<Vec<u8>>, RankError> {
    let mut plan = Plan::<S>::new(options, columns.groups.iter().map(super::Groups::count));
    plan.text = columns.keys.is_text();
    let parts = stretches(columns.rows());
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

/// A family near a cut, in the smallest space.
#[derive(Clone, Copy, Default)]
struct NearCut<K> {
    key: K,
    row: u32,
    /// Its weight, or [`HEAVY`]: look it up.
    weight: u16,
    part: u8,
}

/// A weight that does not fit beside the rest.
const HEAVY: u16 = u16::MAX;

impl<K> NearCut<K> {
    #[inline]
    fn weigh(&self, by: By, sizes: &Sizes<'_>) -> u64 {
        if self.weight == HEAVY { scan::weight(by, sizes, self.row as usize) } else { self.weight.into() }
    }
}

/// The same with its column of sizes, to be weighed.
struct Weighed<'c, 'a, K> {
    near: &'c mut NearCut<K>,
    sizes: &'c Sizes<'a>,
    by: By,
}

impl<K: Ord> Candidate for Weighed<'_, '_, K> {
    fn weight(&self) -> u64 {
        self.near.weigh(self.by, self.sizes)
    }
    fn same_score(&self, other: &Self) -> bool {
        self.near.key == other.near.key
    }
}

/// Writes the parts of whole cells, gathers the families of the others, places them and writes their parts.
fn gather<S: ColumnScore>(plan: &Plan<S>, columns: &Columns<'_, S>, parts: &[Range<usize>], out: &mut [Vec<u8>]) {
    let found: Vec<Vec<Gathered>> = share(out, parts)
        .into_par_iter()
        .map(|(rows, mut mine)| {
            let mut found: Vec<Gathered> = plan.trees.iter().map(|_| Gathered::default()).collect();
            scan::assign_with(plan, columns, rows, &mut mine, true, &mut |grouping, row, node| {
                if let Some(found) = found.get_mut(grouping) {
                    found.push(row, node);
                }
                0
            });
            found
        })
        .collect();
    let mut by_grouping: Vec<Vec<Gathered>> = plan.trees.iter().map(|_| Vec::new()).collect();
    for part in found {
        for (grouping, found) in by_grouping.iter_mut().zip(part) {
            grouping.push(found);
        }
    }
    for ((tree, out), found) in plan.trees.iter().zip(out).zip(by_grouping) {
        let (nodes, found) = sharpen(plan, tree, columns, parts, found, out);
        for near in place(plan, tree, &nodes, columns, found) {
            if let Some(out) = out.get_mut(near.row as usize) {
                *out = near.part;
            }
        }
    }
}

/// Places the gathered rows.
fn place<S: ColumnScore>(
    plan: &Plan<S>,
    tree: &Tree<S::Key>,
    nodes: &[Node<S::Key>],
    columns: &Columns<'_, S>,
    found: Vec<Gathered>,
) -> Vec<NearCut<S::Key>> {
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
    let mut line = vec![NearCut::default(); sum];
    let mut next = starts.clone();
    for (row, node) in found.into_iter().flat_map(|f| f.0).flatten() {
        let Some(at) = next.get_mut(node as usize) else { continue };
        if let Some(slot) = line.get_mut(*at) {
            let key = columns.scores.get(row as usize).and_then(|&s| key_of(s, plan.flip())).unwrap_or_default();
            let weight = scan::weight(plan.options.by, &columns.sizes, row as usize);
            *slot = NearCut { key, row, weight: u16::try_from(weight).unwrap_or(HEAVY), part: 0 };
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
                let weighed = |near| Weighed { near, sizes: &columns.sizes, by: options.by };
                let mut sorted: Vec<_> = mine.iter_mut().map(weighed).collect();
                resolve(&mut sorted, node.before, cutter, options.ties, |one, part| one.near.part = part);
            }
            Ties::Split => {
                let order = |a: &NearCut<S::Key>, b: &NearCut<S::Key>| {
                    a.key.cmp(&b.key).then_with(|| columns.keys.compare(a.row, b.row))
                };
                let weigh = |n: &NearCut<S::Key>| n.weigh(options.by, &columns.sizes).into();
                select(mine, node.before, node.weight, cutter, &order, &weigh, &|n, part| n.part = part);
            }
        }
    });
    line
}
