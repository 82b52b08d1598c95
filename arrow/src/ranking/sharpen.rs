//! A closer look at the gathered rows alone: where many groups share the memory, their cells are coarse and each cut runs
//! through some hundred families. The fine cells inside settle nearly all of them, row after row, before any is sorted.

use super::columns::{ColumnScore, Columns};
use super::gathered::Gathered;
use super::map::BLOCK;
use super::plan::{Counts, Node, OPEN, Plan, State, Tree};
use super::scan;
use bansos::ranking::By;
use rayon::prelude::*;
use std::ops::Range;

/// Fewer gathered rows than this are settled as they are.
const FEW: usize = 1 << 12;

/// The counters of one node.
#[derive(Clone, Copy)]
struct Inside {
    /// The first one.
    base: u32,
    /// Its first fine cell.
    first: u16,
    /// How many there are; 1 where the node is not divided.
    width: u16,
}

/// Writes the parts of gathered rows that their fine cell settles. Answers the rows left, each with its place in the list
/// of nodes that comes with them.
#[allow(clippy::indexing_slicing, reason = "rows lie within the columns, counters are made for the nodes")]
pub(super) fn sharpen<S: ColumnScore>(
    plan: &Plan<S>,
    tree: &Tree<S::Key>,
    columns: &Columns<'_, S>,
    parts: &[Range<usize>],
    mut found: Vec<Gathered>,
    mut out: &mut [u8],
) -> (Vec<Node<S::Key>>, Vec<Gathered>) {
    let held: usize = found.iter().flat_map(|f| &f.0).map(Vec::len).sum();
    if plan.layout.coarse.is_empty() || held < FEW {
        return (tree.nodes.clone(), found);
    }
    let (insides, slots) = insides(plan, tree);
    let counted = found.par_iter_mut().map(|found| tally(plan, columns, &insides, slots, found));
    let counts = counted.reduce(
        || Counts::new(0, plan.options.by),
        |mut sum, other| {
            if sum.families.is_empty() || sum.merge(&other).is_err() { other } else { sum }
        },
    );
    let (nodes, verdicts) = judge(tree, &insides, slots, &counts);
    let mut jobs = Vec::new();
    for (rows, found) in parts.iter().zip(found) {
        let (mine, rest) = std::mem::take(&mut out).split_at_mut(rows.len());
        out = rest;
        jobs.push((rows.start, mine, found));
    }
    let left = jobs.into_par_iter().map(|(start, mine, found)| {
        let mut left = Gathered::default();
        for (row, slot) in found.0.into_iter().flatten() {
            let (part, node) = verdicts[slot as usize];
            if part == OPEN {
                left.push(row as usize, node as usize);
            } else {
                mine[row as usize - start] = part;
            }
        }
        left
    });
    (nodes, left.collect())
}

/// The counters of every node, and how many there are in all. Only a node that is a whole cell can be divided.
#[allow(clippy::indexing_slicing, reason = "open slots name nodes of the same tree")]
fn insides<S: ColumnScore>(plan: &Plan<S>, tree: &Tree<S::Key>) -> (Vec<Inside>, usize) {
    let mut insides = vec![Inside { base: 0, first: 0, width: 1 }; tree.nodes.len()];
    let ranges: Vec<(u16, u16)> = (0..plan.layout.stride).map(|cell| plan.layout.fine(cell)).collect();
    for (slot, _) in tree.parts.iter().enumerate().filter(|(_, part)| **part == OPEN) {
        let node = tree.node_at[slot] as usize;
        if matches!(tree.nodes[node].state, State::Gather) {
            let (first, last) = ranges[slot % plan.layout.stride];
            (insides[node].first, insides[node].width) = (first, last - first + 1);
        }
    }
    let mut slots = 0;
    for inside in &mut insides {
        inside.base = slots;
        slots += u32::from(inside.width);
    }
    (insides, slots as usize)
}

/// Counts gathered rows by fine cell and notes each row's counter in place of its node.
#[allow(clippy::indexing_slicing, reason = "rows lie within the columns, counters are made for the nodes")]
fn tally<S: ColumnScore>(
    plan: &Plan<S>,
    columns: &Columns<'_, S>,
    insides: &[Inside],
    slots: usize,
    found: &mut Gathered,
) -> Counts {
    let by = plan.options.by;
    let mut counts = Counts::new(slots, by);
    let (mut scores, mut cells) = (vec![S::default(); BLOCK], vec![0; BLOCK]);
    for block in found.0.iter_mut().flat_map(|block| block.chunks_mut(BLOCK)) {
        let scores = &mut scores[..block.len()];
        scores.iter_mut().zip(&*block).for_each(|(score, (row, _))| *score = columns.scores[*row as usize]);
        let cells = &mut cells[..block.len()];
        S::cells(&plan.map, plan.flip(), scores, cells);
        for ((row, node), &cell) in block.iter_mut().zip(&*cells) {
            let Inside { base, first, width } = insides[*node as usize];
            let slot = base + u32::from(cell.saturating_sub(first).min(width - 1));
            counts.families[slot as usize] += 1;
            if by == By::Persons {
                counts.weights[slot as usize] += u128::from(scan::weight(by, &columns.sizes, *row as usize));
            }
            *node = slot;
        }
    }
    counts
}

/// For each counter its part, or [`OPEN`] and a node of the list that comes with it.
#[allow(clippy::indexing_slicing, reason = "counters are made for the nodes")]
fn judge<K: super::map::Wide>(
    tree: &Tree<K>,
    insides: &[Inside],
    slots: usize,
    counts: &Counts,
) -> (Vec<Node<K>>, Vec<(u8, u32)>) {
    let mut nodes = Vec::new();
    let mut verdicts = vec![(0, 0); slots];
    for (node, inside) in tree.nodes.iter().zip(insides) {
        let Some(Some(cutter)) = tree.cutters.get(node.group as usize) else { continue };
        let mut before = node.before;
        let mut part = cutter.part(before, 0);
        let slots = inside.base as usize..inside.base as usize + usize::from(inside.width);
        for (slot, verdict) in slots.clone().zip(&mut verdicts[slots]) {
            let (families, weight) = counts.get(slot);
            if families == 0 {
                continue;
            }
            let (first, last) = cutter.parts_within(part, before, weight);
            *verdict = if first == last {
                (first, 0)
            } else {
                nodes.push(Node { group: node.group, before, families, weight, state: State::Gather });
                (OPEN, nodes.len() as u32 - 1)
            };
            before += weight;
            part = first;
        }
    }
    (nodes, verdicts)
}
