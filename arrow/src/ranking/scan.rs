//! The passes over the rows.

use super::columns::{ColumnScore, Columns, Groups, Sizes};
use super::map::{BLOCK, NONE, key_of};
use super::plan::{Counts, FIRST_NODE, Layout, Look, Node, OPEN, Plan, State, Tree};
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

/// The cells of one block of rows.
#[inline]
#[allow(clippy::indexing_slicing, reason = "rows.len() <= BLOCK and rows lie within the columns")]
fn block_cells<S: ColumnScore>(plan: &Plan<S>, columns: &Columns<'_, S>, rows: Range<usize>, out: &mut [u32; BLOCK]) {
    let out = &mut out[..rows.len()];
    S::cells(&plan.map, plan.flip(), &columns.scores[rows.clone()], out);
    if let Some(valid) = columns.valid.filter(|v| v.null_count() > 0) {
        for (at, cell) in out.iter_mut().enumerate() {
            if valid.is_null(rows.start + at) {
                *cell = NONE;
            }
        }
    }
}

/// Calls `$body` with a closure from the position in a block to a group's number, `layout.groups` for none.
macro_rules! with_groups {
    ($groups:expr, $layout:expr, $rows:expr, $group:ident, $body:expr) => {{
        let none = $layout.groups;
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

/// Calls `$body` with a closure from a fine cell to the layout's cell.
macro_rules! with_cells {
    ($layout:expr, $cell:ident, $body:expr) => {
        if $layout.coarse.is_empty() {
            let $cell = |fine: u32| fine as usize;
            $body
        } else {
            let coarse = $layout.coarse.as_slice();
            let $cell = |fine: u32| usize::from(coarse[fine as usize]);
            $body
        }
    };
}

/// Families and weights in every cell, for each grouping. `out`, where given, is left holding the cells of groupings whose
/// cells fit a byte: [`assign_with`] then need not look at the scores again.
#[allow(clippy::indexing_slicing, reason = "cells come from the layout the tables were made for")]
pub(super) fn count<S: ColumnScore>(
    plan: &Plan<S>,
    columns: &Columns<'_, S>,
    rows: Range<usize>,
    out: &mut [&mut [u8]],
) -> Result<Vec<Counts>, RankError> {
    let by = plan.options.by;
    let mut all: Vec<Counts> = plan.trees.iter().map(|t| Counts::new(t.layout.slots(), by)).collect();
    let mut cells = Box::new([0_u32; BLOCK]);
    match by {
        By::Families => {
            let mut tables: Vec<Vec<u32>> = plan.trees.iter().map(|t| vec![0; t.layout.slots()]).collect();
            for from in rows.clone().step_by(BLOCK) {
                let block = from..rows.end.min(from + BLOCK);
                block_cells(plan, columns, block.clone(), &mut cells);
                for (n, (tree, groups)) in plan.trees.iter().zip(columns.groups).enumerate() {
                    let (layout, fine) = (&tree.layout, &cells[..block.len()]);
                    let (table, kept) = (tables[n].as_mut_slice(), keep(layout, out.get_mut(n), &rows, &block));
                    with_groups!(groups, layout, block.clone(), group, {
                        with_cells!(layout, cell, {
                            if let Some(kept) = kept {
                                for (at, (&fine, kept)) in fine.iter().zip(kept).enumerate() {
                                    let cell = cell(fine);
                                    *kept = cell as u8;
                                    table[group(at) as usize * layout.stride + cell] += 1;
                                }
                            } else {
                                for (at, &fine) in fine.iter().enumerate() {
                                    table[group(at) as usize * layout.stride + cell(fine)] += 1;
                                }
                            }
                        });
                    });
                }
            }
            for (counts, table) in all.iter_mut().zip(tables) {
                counts.families = table.into_iter().map(u64::from).collect();
            }
        }
        By::Persons => {
            // families in the low half of a counter, persons in the high half
            let mut tables: Vec<Vec<u64>> = plan.trees.iter().map(|t| vec![0; t.layout.slots()]).collect();
            let mut weights = Box::new([0_u64; BLOCK]);
            let mut since = 0;
            for from in rows.clone().step_by(BLOCK) {
                let block = from..rows.end.min(from + BLOCK);
                block_cells(plan, columns, block.clone(), &mut cells);
                let fine = &cells[..block.len()];
                let weights = &mut weights[..block.len()];
                columns.sizes.load(from, weights);
                let small = weights.iter().fold(0, |any, &w| any | w) < 256;
                for (n, (tree, groups)) in plan.trees.iter().zip(columns.groups).enumerate() {
                    let layout = &tree.layout;
                    let kept = keep(layout, out.get_mut(n), &rows, &block);
                    with_groups!(groups, layout, block.clone(), group, {
                        with_cells!(layout, cell, {
                            if let Some(kept) = kept {
                                for (&fine, kept) in fine.iter().zip(kept) {
                                    *kept = cell(fine) as u8;
                                }
                            }
                            if small {
                                let table = &mut tables[n];
                                for (at, (&fine, &w)) in fine.iter().zip(&*weights).enumerate() {
                                    table[group(at) as usize * layout.stride + cell(fine)] += w << 32 | 1;
                                }
                            } else {
                                let Counts { families, weights: sums } = &mut all[n];
                                for (at, (&fine, &w)) in fine.iter().zip(&*weights).enumerate() {
                                    let slot = group(at) as usize * layout.stride + cell(fine);
                                    families[slot] += 1;
                                    sums[slot] += u128::from(w);
                                }
                            }
                        });
                    });
                }
                since += block.len();
                if since + BLOCK > FLUSH {
                    flush(&mut all, &mut tables);
                    since = 0;
                }
            }
            flush(&mut all, &mut tables);
        }
    }
    for ((counts, tree), groups) in all.iter().zip(&plan.trees).zip(columns.groups) {
        let none = tree.layout.groups as usize * tree.layout.stride;
        if counts.families[none..].iter().any(|&n| n > 0) {
            // a number that means no group, or one out of range?
            for row in rows.clone() {
                groups.get(row).map_err(|_| RankError::GroupRange { row: columns.first_row + row as u64 })?;
            }
        }
    }
    Ok(all)
}

/// The stretch of the output that keeps a block's cells, where the layout's cells fit.
fn keep<'o>(
    layout: &Layout,
    out: Option<&'o mut &mut [u8]>,
    rows: &Range<usize>,
    block: &Range<usize>,
) -> Option<&'o mut [u8]> {
    out.filter(|_| layout.fits_byte())?.get_mut(block.start - rows.start..block.end - rows.start)
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
/// what to write for now. `kept`: `out` holds the cells that [`count`] left there.
#[allow(clippy::indexing_slicing, reason = "slots and nodes come from the tree they are looked up in")]
pub(super) fn assign_with<S: ColumnScore>(
    plan: &Plan<S>,
    columns: &Columns<'_, S>,
    rows: Range<usize>,
    out: &mut [&mut [u8]],
    kept: bool,
    open: &mut impl FnMut(usize, usize, usize) -> u8,
) {
    let kept = |layout: &Layout| kept && layout.fits_byte();
    let all_kept = plan.trees.iter().all(|t| kept(&t.layout));
    let mut cells = Box::new([0_u32; BLOCK]);
    for from in rows.clone().step_by(BLOCK) {
        let block = from..rows.end.min(from + BLOCK);
        if !all_kept {
            block_cells(plan, columns, block.clone(), &mut cells);
        }
        let fine = &cells[..block.len()];
        for (grouping, (tree, groups)) in plan.trees.iter().zip(columns.groups).enumerate() {
            let layout: &Layout = &tree.layout;
            let out = &mut out[grouping][from - rows.start..block.end - rows.start];
            let parts = tree.parts.as_slice();
            let mut closer = |at: usize, slot: usize| {
                descend(tree, columns, plan.flip(), from + at, tree.node_at[slot])
                    .unwrap_or_else(|node| open(grouping, from + at, node))
            };
            with_groups!(groups, layout, block.clone(), group, {
                if kept(layout) {
                    for (at, out) in out.iter_mut().enumerate() {
                        let slot = group(at) as usize * layout.stride + usize::from(*out);
                        *out = parts[slot];
                        if *out == OPEN {
                            *out = closer(at, slot);
                        }
                    }
                } else {
                    with_cells!(layout, cell, {
                        for (at, (out, &fine)) in out.iter_mut().zip(fine).enumerate() {
                            let slot = group(at) as usize * layout.stride + cell(fine);
                            *out = parts[slot];
                            if *out == OPEN {
                                *out = closer(at, slot);
                            }
                        }
                    });
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
