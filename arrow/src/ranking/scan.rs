//! The passes over the rows.

use super::columns::{ColumnScore, Columns, Groups, Sizes};
use super::map::{BLOCK, NONE, key_of};
use super::plan::{Counts, FIRST_NODE, Look, Node, OPEN, Plan, State, Tree};
use bansos::ranking::{By, RankError};
use std::ops::Range;

/// Rows whose weights, each below 256, cannot overflow 32 bits.
const FLUSH: usize = 1 << 24;

/// A few order keys from evenly spread rows.
pub(super) fn sample<S: ColumnScore>(columns: &Columns<'_, S>, flip: bool) -> Vec<S::Key> {
    const SAMPLE: usize = 1 << 15;
    let step = (columns.rows() / SAMPLE).max(1);
    // an odd stride does not fall into step with a file's own rhythm
    let step = step | usize::from(step > 1);
    let valid = |row: &usize| columns.valid.is_none_or(|v| v.is_valid(*row));
    let rows = (0..columns.rows()).step_by(step).filter(valid);
    rows.filter_map(|row| key_of(*columns.scores.get(row)?, flip)).collect()
}

/// The layout's cells of one block of rows.
#[inline]
#[allow(
    clippy::indexing_slicing,
    reason = "rows.len() <= BLOCK and rows lie within the columns; cells are below NONE + 1"
)]
fn block_cells<S: ColumnScore>(plan: &Plan<S>, columns: &Columns<'_, S>, rows: Range<usize>, out: &mut [u16; BLOCK]) {
    let out = &mut out[..rows.len()];
    S::cells(&plan.map, plan.flip(), &columns.scores[rows.clone()], out);
    if let Some(valid) = columns.valid.filter(|v| v.null_count() > 0) {
        for (at, cell) in out.iter_mut().enumerate() {
            if valid.is_null(rows.start + at) {
                *cell = NONE;
            }
        }
    }
    if !plan.layout.coarse.is_empty() {
        let coarse = plan.layout.coarse.as_slice();
        for cell in out {
            *cell = coarse[usize::from(*cell)];
        }
    }
}

/// Calls `$body` with a closure from the position in a block to a group's number, `$none` for none.
macro_rules! with_groups {
    ($groups:expr, $none:expr, $rows:expr, $group:ident, $body:expr) => {{
        let none: u32 = $none;
        let _ = none;
        match $groups {
            Groups::All => {
                let $group = |_at: usize| 0_u32;
                $body
            }
            Groups::U16 { ids, .. } => {
                let ids = &ids[$rows];
                let $group = |at: usize| u32::from(ids[at]).min(none);
                $body
            }
            Groups::U32 { ids, .. } => {
                let ids = &ids[$rows];
                let $group = |at: usize| ids[at].min(none);
                $body
            }
        }
    }};
}

/// Families and weights in every cell, for each grouping. The first of `out`, where there is one, is left holding each
/// row's cell if that fits a byte: [`assign_with`] then need not look at the scores again.
#[allow(clippy::indexing_slicing, reason = "cells come from the layout the tables were made for")]
pub(super) fn count<S: ColumnScore>(
    plan: &Plan<S>,
    columns: &Columns<'_, S>,
    rows: Range<usize>,
    out: &mut [&mut [u8]],
) -> Result<Vec<Counts>, RankError> {
    let (by, stride) = (plan.options.by, plan.layout.stride);
    let mut all = plan.nothing_counted();
    let mut cells = Box::new([0_u16; BLOCK]);
    let mut weights = Box::new([0_u64; BLOCK]);
    // the whole is the sum of any grouping's groups, so it is not counted beside one
    let whole = |groups: &Groups<'_>| matches!(groups, Groups::All);
    let divided = columns.groups.iter().position(|g| !whole(g));
    let counted = |groups: &Groups<'_>| divided.is_none() || !whole(groups);
    let slots = |t: &Tree<S::Key>| plan.layout.slots(t.groups);
    let mut ones: Vec<Vec<u32>> = Vec::new();
    // families in the low half of a counter, persons in the high half
    let mut pairs: Vec<Vec<u64>> = Vec::new();
    match by {
        By::Families => ones = plan.trees.iter().map(|t| vec![0; slots(t)]).collect(),
        By::Persons => pairs = plan.trees.iter().map(|t| vec![0; slots(t)]).collect(),
    }
    let mut since = 0;
    for from in rows.clone().step_by(BLOCK) {
        let block = from..rows.end.min(from + BLOCK);
        block_cells(plan, columns, block.clone(), &mut cells);
        let cells = &cells[..block.len()];
        if let Some(out) = out.first_mut().filter(|_| plan.layout.fits_byte()) {
            let kept = &mut out[block.start - rows.start..block.end - rows.start];
            kept.iter_mut().zip(cells).for_each(|(kept, &cell)| *kept = cell as u8);
        }
        let weights = &mut weights[..block.len()];
        let mut small = true;
        if by == By::Persons {
            columns.sizes.load(from, weights);
            small = weights.iter().fold(0, |any, &w| any | w) < 256;
        }
        for (n, (tree, groups)) in plan.trees.iter().zip(columns.groups).enumerate().filter(|(_, (_, g))| counted(g)) {
            with_groups!(groups, tree.groups, block.clone(), group, {
                if by == By::Families {
                    let table = ones[n].as_mut_slice();
                    for (at, &cell) in cells.iter().enumerate() {
                        table[group(at) as usize * stride + usize::from(cell)] += 1;
                    }
                } else if small {
                    let table = pairs[n].as_mut_slice();
                    for (at, (&cell, &w)) in cells.iter().zip(&*weights).enumerate() {
                        table[group(at) as usize * stride + usize::from(cell)] += w << 32 | 1;
                    }
                } else {
                    let Counts { families, weights: sums } = &mut all[n];
                    for (at, (&cell, &w)) in cells.iter().zip(&*weights).enumerate() {
                        let slot = group(at) as usize * stride + usize::from(cell);
                        families[slot] += 1;
                        sums[slot] += u128::from(w);
                    }
                }
            });
        }
        since += block.len();
        if since + BLOCK > FLUSH {
            flush(&mut all, &mut pairs);
            since = 0;
        }
    }
    flush(&mut all, &mut pairs);
    for (counts, table) in all.iter_mut().zip(ones) {
        counts.families = table.into_iter().map(u64::from).collect();
    }
    for ((counts, tree), groups) in all.iter().zip(&plan.trees).zip(columns.groups) {
        let none = tree.groups as usize * stride;
        if counts.families[none..].iter().any(|&n| n > 0) {
            // a number that means no group, or one out of range?
            for row in rows.clone() {
                groups.get(row).map_err(|_| RankError::GroupRange { row: columns.first_row + row as u64 })?;
            }
        }
    }
    if let Some(divided) = divided {
        let whole_of = |counts: &Counts| counts.folded(stride);
        let sum = whole_of(&all[divided]);
        for (counts, _) in all.iter_mut().zip(columns.groups).filter(|(_, g)| whole(g)) {
            *counts = sum.clone();
        }
    }
    Ok(all)
}

fn flush(all: &mut [Counts], tables: &mut [Vec<u64>]) {
    for (counts, table) in all.iter_mut().zip(tables) {
        let cells = counts.families.iter_mut().zip(&mut counts.weights).zip(table);
        for ((families, weight), packed) in cells {
            *families += *packed & 0xffff_ffff;
            *weight += u128::from(*packed >> 32);
            *packed = 0;
        }
    }
}

/// A closer look at the nodes that are asked for.
#[allow(clippy::indexing_slicing, reason = "nodes and cells come from the tree they are looked up in")]
pub(super) fn look<S: ColumnScore>(
    plan: &Plan<S>,
    columns: &Columns<'_, S>,
    rows: Range<usize>,
) -> Vec<Vec<Look<S::Key>>> {
    use super::map::Wide;
    let by = plan.options.by;
    let mut all = Vec::new();
    let mut places = Vec::new();
    for tree in &plan.trees {
        let mut at = vec![usize::MAX; tree.nodes.len()];
        let mut looks = Vec::new();
        for (n, node) in tree.asked() {
            at[n] = looks.len();
            looks.push(match &node.state {
                State::Count { ramp, .. } => Look::Count(Counts::new(ramp.cells(), by)),
                _ => Look::Range { lo: S::Key::MAX, hi: S::Key::default(), row: u64::MAX },
            });
        }
        all.push(looks);
        places.push(at);
    }
    for_open(plan, columns, rows, |grouping, row, n, node| {
        let Some(look) = all[grouping].get_mut(places[grouping][n]) else { return };
        match (&node.state, look) {
            (State::Range { level }, Look::Range { lo, hi, row: first }) => {
                let digit = digit(columns, plan.flip(), row, *level);
                *lo = digit.min(*lo);
                *hi = digit.max(*hi);
                *first = (columns.first_row + row as u64).min(*first);
            }
            (State::Count { level, ramp }, Look::Count(counts)) => {
                let cell = ramp.cell(digit(columns, plan.flip(), row, *level)) as usize;
                counts.families[cell] += 1;
                if by == By::Persons {
                    counts.weights[cell] += u128::from(columns.sizes.get(row).unwrap_or(0));
                }
            }
            _ => {}
        }
    });
    all
}

/// Calls back for every row in a cell that is not settled: grouping, row, node number, node.
pub(super) fn for_open<S: ColumnScore>(
    plan: &Plan<S>,
    columns: &Columns<'_, S>,
    rows: Range<usize>,
    mut found: impl FnMut(usize, usize, usize, &Node<S::Key>),
) {
    let mut out: Vec<Vec<u8>> = plan.trees.iter().map(|_| vec![0; BLOCK]).collect();
    for from in rows.clone().step_by(BLOCK) {
        let block = from..rows.end.min(from + BLOCK);
        let mut slices: Vec<&mut [u8]> = out.iter_mut().map(Vec::as_mut_slice).collect();
        assign_with(plan, columns, block, &mut slices, false, &mut |grouping, row, n| {
            if let Some(node) = plan.trees.get(grouping).and_then(|t| t.nodes.get(n)) {
                found(grouping, row, n, node);
            }
            0
        });
    }
}

/// Writes the part of each row for each grouping; rows in a node that is not split are handed to `open`, which answers
/// what to write for now. `kept`: the first of `out` holds the cells that [`count`] left there.
#[allow(clippy::indexing_slicing, reason = "slots and nodes come from the tree they are looked up in")]
pub(super) fn assign_with<S: ColumnScore>(
    plan: &Plan<S>,
    columns: &Columns<'_, S>,
    rows: Range<usize>,
    out: &mut [&mut [u8]],
    kept: bool,
    open: &mut impl FnMut(usize, usize, usize) -> u8,
) {
    let stride = plan.layout.stride;
    let kept = kept && plan.layout.fits_byte();
    let mut cells = Box::new([0_u16; BLOCK]);
    let mut open_at = Box::new([0_u16; BLOCK]);
    for from in rows.clone().step_by(BLOCK) {
        let block = from..rows.end.min(from + BLOCK);
        let within = from - rows.start..block.end - rows.start;
        match out.first().filter(|_| kept) {
            Some(held) => {
                cells.iter_mut().zip(&held[within.clone()]).for_each(|(cell, &held)| *cell = held.into());
            }
            None => block_cells(plan, columns, block.clone(), &mut cells),
        }
        let cells = &cells[..block.len()];
        for (grouping, (tree, groups)) in plan.trees.iter().zip(columns.groups).enumerate() {
            let out = &mut out[grouping][within.clone()];
            let parts = tree.parts.as_slice();
            with_groups!(groups, tree.groups, block.clone(), group, {
                let slot = |at: usize, cell: u16| group(at) as usize * stride + usize::from(cell);
                // open rows are noted without a branch, which nothing could predict, and looked at together
                let mut waiting = 0;
                for (at, (out, &cell)) in out.iter_mut().zip(cells).enumerate() {
                    *out = parts[slot(at, cell)];
                    open_at[waiting] = at as u16;
                    waiting += usize::from(*out == OPEN);
                }
                for &at in &open_at[..waiting] {
                    let at = usize::from(at);
                    let node = tree.node_at[slot(at, cells[at])];
                    out[at] = descend(tree, columns, plan.flip(), from + at, node)
                        .unwrap_or_else(|node| open(grouping, from + at, node));
                }
            });
        }
    }
}

/// Follows splits down to a part, or to the node that is not split.
#[inline]
#[allow(clippy::indexing_slicing, reason = "slots name nodes of the same tree")]
fn descend<S: ColumnScore>(
    tree: &Tree<S::Key>,
    columns: &Columns<'_, S>,
    flip: bool,
    row: usize,
    node: u32,
) -> Result<u8, usize> {
    let mut node = node as usize;
    while let State::Split { level, ramp, slots } = &tree.nodes[node].state {
        let slot = slots[ramp.cell(digit(columns, flip, row, *level)) as usize];
        if slot < FIRST_NODE {
            return Ok(slot as u8);
        }
        node = (slot - FIRST_NODE) as usize;
    }
    Err(node)
}

/// A row's digit: its score, then the digits of its key.
#[inline]
#[allow(clippy::indexing_slicing, reason = "rows lie within the columns")]
fn digit<S: ColumnScore>(columns: &Columns<'_, S>, flip: bool, row: usize, level: u32) -> S::Key {
    match level {
        0 => key_of(columns.scores[row], flip).unwrap_or_default(),
        _ => columns.keys.digit(row, columns.first_row, level - 1).into(),
    }
}

/// The weight of one row.
#[inline]
pub(super) fn weight(by: By, sizes: &Sizes<'_>, row: usize) -> u64 {
    match by {
        By::Families => 1,
        By::Persons => sizes.get(row).unwrap_or(0),
    }
}
