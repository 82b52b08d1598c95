//! What is to be counted next, and what the counts so far have settled.

use super::columns::ColumnScore;
use super::cutter::Cutter;
use super::map::{FINE, Map, Ramp, Wide};
use bansos::ranking::{By, RankError, RankOptions, Ties};
use serde::{Deserialize, Serialize};

/// A slot of a table that says *look closer*; smaller numbers are parts, 0 is *not ranked*.
pub(super) const OPEN: u8 = 255;
/// Cells a closer look divides a cell into, at most.
const CLOSER: usize = 1 << 12;
/// Rows that may be gathered without thinking about memory.
const GATHER: u64 = 1 << 17;

/// What the next look at the data is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Stage<K> {
    /// A few scores from everywhere, to draw the cells.
    Sample,
    /// Families, and persons, in each cell of each group.
    Count,
    /// The same in finer cells, for cells that hold a cut and too many families.
    Refine,
    /// The families in cells that hold a cut, one by one.
    Gather(std::marker::PhantomData<K>),
}

/// How the fine cells of the first look become the cells that are counted, the same for every grouping: a row's cell is
/// then found once, and the nation's counts are the sum of any other grouping's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Layout {
    /// Cells of a group, and one more for rows without a score.
    pub(super) stride: usize,
    /// Cell of each fine cell; empty where fine cells are counted as they are.
    pub(super) coarse: Vec<u16>,
}

impl Layout {
    /// Cells of equal content by the sample. Where there are few groups, as many as keep the counters in a core's second
    /// cache; else as many as a byte can number, so that the output can hold each row's cell until its part is known.
    fn new(most_groups: u32, options: &RankOptions, sample: &[u16]) -> Self {
        let counter = if options.by == By::Families { 4 } else { 8 };
        let room = if options.scale.parts() > 10 { 4 * TABLE_BYTES } else { TABLE_BYTES };
        let cells = match room / counter / most_groups.max(1) as usize {
            _ if most_groups > 4096 => 31,
            room if room <= 1024 => BYTE_CELLS,
            room => room.next_power_of_two(),
        };
        if cells >= FINE {
            return Self { stride: FINE + 1, coarse: Vec::new() };
        }
        let mut weights = vec![0_usize; FINE];
        for &cell in sample {
            if let Some(weight) = weights.get_mut(usize::from(cell)) {
                *weight += 1;
            }
        }
        let total = sample.len().max(1);
        let mut before = 0;
        let coarse = weights.iter().map(|weight| {
            let middle = before + weight / 2;
            before += weight;
            (middle * cells / total).min(cells - 1) as u16
        });
        let coarse = coarse.chain([cells as u16]).collect();
        Self { stride: cells + 1, coarse }
    }

    /// Whether a byte can hold a cell.
    pub(super) const fn fits_byte(&self) -> bool {
        self.stride <= BYTE_CELLS + 1
    }

    /// Counters of so many groups; one group more collects rows that are in none.
    pub(super) const fn slots(&self, groups: u32) -> usize {
        (groups as usize + 1) * self.stride
    }

    /// The fine cells that a cell is made of: first and last.
    pub(super) fn fine(&self, cell: usize) -> (u16, u16) {
        if self.coarse.is_empty() {
            return (cell as u16, cell as u16);
        }
        let first = self.coarse.partition_point(|&c| usize::from(c) < cell);
        let after = self.coarse.partition_point(|&c| usize::from(c) <= cell);
        (first as u16, after.saturating_sub(1).max(first) as u16)
    }
}

/// Counters of all groups of one grouping should fit here.
const TABLE_BYTES: usize = 1 << 20;
/// Cells that a byte can number, one number kept for rows without a score.
const BYTE_CELLS: usize = 255;

/// Counts of a run of cells. `weights` is empty where each family weighs one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) families: Vec<u64>,
    pub(super) weights: Vec<u128>,
}

impl Counts {
    pub(super) fn new(cells: usize, by: By) -> Self {
        Self { families: vec![0; cells], weights: if by == By::Persons { vec![0; cells] } else { Vec::new() } }
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), RankError> {
        if self.families.len() != other.families.len() || self.weights.len() != other.weights.len() {
            return Err(RankError::SummaryMismatch);
        }
        self.families.iter_mut().zip(&other.families).for_each(|(a, b)| *a = a.saturating_add(*b));
        self.weights.iter_mut().zip(&other.weights).for_each(|(a, b)| *a = a.saturating_add(*b));
        Ok(())
    }

    /// The same cells for all groups as one.
    pub(super) fn folded(&self, stride: usize) -> Self {
        let mut whole = Self {
            families: vec![0; 2 * stride],
            weights: vec![0; if self.weights.is_empty() { 0 } else { 2 * stride }],
        };
        for group in self.families.chunks(stride) {
            whole.families.iter_mut().zip(group).for_each(|(sum, n)| *sum += n);
        }
        for group in self.weights.chunks(stride) {
            whole.weights.iter_mut().zip(group).for_each(|(sum, n)| *sum += n);
        }
        whole
    }

    /// Families and weight of one cell.
    pub(super) fn get(&self, cell: usize) -> (u64, u128) {
        let families = self.families.get(cell).copied().unwrap_or(0);
        (families, self.weights.get(cell).copied().unwrap_or(families.into()))
    }
}

/// Families that share a cell with a cut.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Node<K> {
    pub(super) group: u32,
    /// Weight of the group before this cell.
    pub(super) before: u128,
    pub(super) families: u64,
    pub(super) weight: u128,
    pub(super) state: State<K>,
}

/// What is known of a node's inside. Level 0 is the score; level n the n-th digit of the key, once all scores are equal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum State<K> {
    /// Few enough to be looked at one by one.
    Gather,
    /// Its least and greatest digit are asked for.
    Range { level: u32 },
    /// The content of its cells is asked for.
    Count { level: u32, ramp: Ramp<K> },
    /// Settled but for the nodes named in the slots.
    Split { level: u32, ramp: Ramp<K>, slots: Vec<u32> },
}

/// A slot from here on is a node.
pub(super) const FIRST_NODE: u32 = 256;

/// One grouping's progress.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Tree<K> {
    /// Groups; number `groups` collects rows that are in none.
    pub(super) groups: u32,
    /// Part of each cell, 0 or [`OPEN`].
    pub(super) parts: Vec<u8>,
    /// Node of each open cell.
    pub(super) node_at: Vec<u32>,
    pub(super) nodes: Vec<Node<K>>,
    pub(super) cutters: Vec<Option<Cutter>>,
    /// Families with a score, by group.
    pub(super) scored: Vec<u64>,
    /// Nodes with more families than this are refined before their families are gathered.
    heavy: u64,
}

impl<K: Wide> Tree<K> {
    fn new(groups: u32) -> Self {
        Self { groups, parts: vec![], node_at: vec![], nodes: vec![], cutters: vec![], scored: vec![], heavy: u64::MAX }
    }

    /// Settles every cell that lies in one part whatever the order inside.
    fn narrow(&mut self, layout: &Layout, counts: &Counts, options: &RankOptions) -> Result<(), RankError> {
        let (slots, stride) = (layout.slots(self.groups), layout.stride);
        if counts.families.len() != slots {
            return Err(RankError::SummaryMismatch);
        }
        self.parts = vec![0; slots];
        self.node_at = vec![0; slots];
        for group in 0..self.groups {
            let cells = group as usize * stride..(group as usize + 1) * stride - 1;
            let (families, weight) = cells.clone().map(|c| counts.get(c)).fold((0, 0), |a, c| (a.0 + c.0, a.1 + c.1));
            self.scored.push(families);
            let cutter = if families < options.min_group { None } else { Cutter::new(options, weight) };
            self.cutters.push(cutter);
            let Some(Some(cutter)) = self.cutters.last() else { continue };
            let (mut before, mut part) = (0, 1);
            for cell in cells {
                let (families, weight) = counts.get(cell);
                if families == 0 {
                    continue;
                }
                let (first, last) = cutter.parts_within(part, before, weight);
                let slot = self.parts.get_mut(cell).zip(self.node_at.get_mut(cell));
                if let Some((slot, node)) = slot {
                    if first == last {
                        *slot = first;
                    } else {
                        *slot = OPEN;
                        *node = self.nodes.len() as u32;
                        self.nodes.push(Node { group, before, families, weight, state: State::Gather });
                    }
                }
                before += weight;
                part = first;
            }
        }
        let open: u64 = self.nodes.iter().map(|n| n.families).sum();
        let scored: u64 = self.scored.iter().sum();
        let room = GATHER.max(scored / 16);
        if open > room {
            self.heavy = (room / self.nodes.len() as u64).max(64);
            for node in self.nodes.iter_mut().filter(|n| n.families > self.heavy) {
                node.state = State::Range { level: 0 };
            }
        }
        Ok(())
    }

    /// Nodes that the next look has to count.
    pub(super) fn asked(&self) -> impl Iterator<Item = (usize, &Node<K>)> {
        let asked = |n: &&Node<K>| matches!(n.state, State::Range { .. } | State::Count { .. });
        self.nodes.iter().enumerate().filter(move |(_, n)| asked(n))
    }

    /// Takes in what a closer look found of the nodes asked for, in their order.
    fn refine(&mut self, looks: &[Look<K>], options: &RankOptions, text: bool) -> Result<(), RankError> {
        let asked: Vec<usize> = self.asked().map(|(at, _)| at).collect();
        if asked.len() != looks.len() {
            return Err(RankError::SummaryMismatch);
        }
        let cells = (1_usize << 20).checked_div(asked.len()).unwrap_or(0).next_power_of_two().clamp(64, CLOSER);
        for (at, look) in asked.into_iter().zip(looks) {
            let Some(node) = self.nodes.get_mut(at) else { continue };
            let Some(Some(cutter)) = self.cutters.get(node.group as usize) else { continue };
            match (&node.state, look) {
                (State::Range { level }, Look::Range { lo, hi, row }) if lo < hi => {
                    let _ = row;
                    node.state = State::Count { level: *level, ramp: Ramp::new(*lo, *hi, cells) };
                }
                (State::Range { level }, Look::Range { lo, hi, row }) if lo == hi => {
                    // one score, or one digit of the key: settled together, or looked at by the next digit
                    let ends = *level > 0 && (!text || (*lo).into() & 0xff <= 7);
                    if options.ties == Ties::Together {
                        let slot = cutter.part(node.before, node.weight).into();
                        node.state = State::Split { level: *level, ramp: Ramp::new(*lo, *hi, 1), slots: vec![slot] };
                    } else if ends {
                        return Err(RankError::KeyDoubled { row: *row });
                    } else {
                        node.state = State::Range { level: level + 1 };
                    }
                }
                (State::Count { level, ramp }, Look::Count(counts)) if counts.families.len() == ramp.cells() => {
                    let (level, ramp, group) = (*level, *ramp, node.group);
                    let (mut before, end) = (node.before, node.before + node.weight);
                    let mut part = cutter.part(before, 0);
                    let mut slots = Vec::with_capacity(counts.families.len());
                    let mut inside = Vec::new();
                    for cell in 0..counts.families.len() {
                        let (families, weight) = counts.get(cell);
                        let (first, last) = cutter.parts_within(part, before, weight);
                        if families == 0 || first == last {
                            slots.push(first.into());
                        } else {
                            slots.push(FIRST_NODE + (self.nodes.len() + inside.len()) as u32);
                            let heavy = families > self.heavy;
                            let state = if heavy { State::Range { level } } else { State::Gather };
                            inside.push(Node { group, before, families, weight, state });
                        }
                        before += weight;
                        part = if families == 0 { part } else { first };
                    }
                    if before != end {
                        return Err(RankError::DataChanged);
                    }
                    let Some(node) = self.nodes.get_mut(at) else { continue };
                    node.state = State::Split { level, ramp, slots };
                    self.nodes.append(&mut inside);
                }
                _ => return Err(RankError::DataChanged),
            }
        }
        Ok(())
    }
}

/// What one look found of one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Look<K> {
    /// Least and greatest digit, and the first row seen; `lo > hi` where no row was seen.
    Range { lo: K, hi: K, row: u64 },
    /// Families and weight of each cell.
    Count(Counts),
}

/// A ranking in progress: which numbers to collect from every part of the data next. See [`super::partitions`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Plan<S: ColumnScore> {
    pub(super) options: RankOptions,
    pub(super) groups: Vec<u32>,
    pub(super) stage: Stage<S::Key>,
    pub(super) map: Map<S::Key>,
    pub(super) layout: Layout,
    pub(super) trees: Vec<Tree<S::Key>>,
    /// Keys are texts.
    pub(super) text: bool,
    /// Looks taken so far.
    pub(super) looks: u32,
}

impl<S: ColumnScore> Plan<S> {
    /// A plan that has seen nothing yet.
    pub(super) fn new(options: &RankOptions, groups: impl Iterator<Item = u32>) -> Self {
        let nowhere = Map::Ramp(Ramp::new(S::Key::default(), S::Key::default(), 1));
        let (groups, trees) = (groups.collect(), Vec::new());
        let layout = Layout::default();
        Self { options: *options, groups, stage: Stage::Sample, map: nowhere, layout, trees, text: false, looks: 0 }
    }

    pub(super) const fn flip(&self) -> bool {
        !self.options.lower_is_poorer
    }

    /// Draws the cells from a sample of order keys.
    pub(super) fn take_sample(&mut self, mut sample: Vec<S::Key>) {
        sample.sort_unstable();
        self.map = S::map(&sample, self.flip());
        let value = |&key: &S::Key| S::from_key(if self.flip() { S::reverse(key) } else { key });
        let scores: Vec<S> = sample.iter().map(value).collect();
        let mut cells = vec![0; scores.len()];
        S::cells(&self.map, self.flip(), &scores, &mut cells);
        let most = self.groups.iter().copied().max().unwrap_or(1);
        self.layout = Layout::new(most, &self.options, &cells);
        self.trees = self.groups.iter().map(|&g| Tree::new(g)).collect();
        self.stage = Stage::Count;
    }

    /// Counters of every grouping, all at nothing.
    pub(super) fn nothing_counted(&self) -> Vec<Counts> {
        self.trees.iter().map(|t| Counts::new(self.layout.slots(t.groups), self.options.by)).collect()
    }

    pub(super) fn take_counts(&mut self, counts: &[Counts]) -> Result<(), RankError> {
        if counts.len() != self.trees.len() {
            return Err(RankError::SummaryMismatch);
        }
        for (tree, counts) in self.trees.iter_mut().zip(counts) {
            tree.narrow(&self.layout, counts, &self.options)?;
        }
        self.next_stage();
        Ok(())
    }

    pub(super) fn take_looks(&mut self, looks: &[Vec<Look<S::Key>>]) -> Result<(), RankError> {
        if looks.len() != self.trees.len() {
            return Err(RankError::SummaryMismatch);
        }
        for (tree, looks) in self.trees.iter_mut().zip(looks) {
            tree.refine(looks, &self.options, self.text)?;
        }
        self.next_stage();
        Ok(())
    }

    fn next_stage(&mut self) {
        let asked = self.trees.iter().any(|t| t.asked().next().is_some());
        self.stage = if asked { Stage::Refine } else { Stage::Gather(std::marker::PhantomData) };
    }
}
