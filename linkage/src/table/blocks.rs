//! Keys per rule and row. A pair that an earlier rule makes is not made again.

use super::columns::{Part, Table, headroom};
use super::compare::Values;
use crate::blocks::BlockList;
use crate::table::Block;
use bansos::plumbing::mix;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// A mark of every row's key under every rule, a row's marks side by side; 0 is no key. Equal keys have equal marks; whether
/// equal marks are equal keys is seen from the values.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Per rule the parts it asks to agree.
    plan: Vec<Vec<usize>>,
    marks: Vec<u32>,
    /// Per rule the rows in blocks; none where rows have come since.
    lists: Vec<BlockList>,
}

impl Keys {
    pub(super) fn new(table: &Table, values: &Values, rules: &[Block]) -> Self {
        let plan: Vec<Vec<usize>> = rules.iter().map(|r| r.iter().map(|k| values.part(k)).collect()).collect();
        let n = plan.len();
        let mut marks = Vec::with_capacity(headroom(table.rows()) * n);
        marks.resize(table.rows() * n, 0);
        let mut keys = Self { plan, marks, lists: Vec::new() };
        for rule in 0..n {
            let column = keys.column(table, &values.parts, rule, 0);
            keys.mark(rule, 0, &column);
            keys.lists.push(BlockList::new(&column));
        }
        keys
    }

    /// Blocks of a rule that makes no candidates.
    pub(super) fn list(table: &Table, values: &Values, rule: &Block) -> BlockList {
        let alone = Self { plan: vec![rule.iter().map(|k| values.part(k)).collect()], ..Self::default() };
        BlockList::new(&alone.column(table, &values.parts, 0, 0))
    }

    /// Takes in the rows from `first` on.
    pub(super) fn extend(&mut self, table: &Table, parts: &[Part], first: usize) {
        self.marks.resize(table.rows() * self.plan.len(), 0);
        self.lists.clear();
        for rule in 0..self.plan.len() {
            let column = self.column(table, parts, rule, first);
            self.mark(rule, first, &column);
        }
    }

    /// Keys of one rule: exact for one or two parts, whose numbers fit side by side.
    fn column(&self, table: &Table, parts: &[Part], rule: usize, first: usize) -> Vec<u64> {
        let plan: Vec<(&Part, &[u32])> =
            self.plan[rule].iter().map(|p| (&parts[*p], &table.ids(parts[*p].column)[first..])).collect();
        let two = |x: u32, y: u32| if x == 0 || y == 0 { 0 } else { mix(u64::from(x) << 32 | u64::from(y)).max(1) };
        match plan.as_slice() {
            [(p, ids)] => ids.iter().map(|id| two(p.id(*id), 1)).collect(),
            [(p, x), (q, y)] => x.iter().zip(*y).map(|(x, y)| two(p.id(*x), q.id(*y))).collect(),
            _ => (0..table.rows() - first)
                .map(|i| {
                    let each = plan.iter().map(|(p, ids)| p.id(ids[i]));
                    each.fold(1, |key, id| if key == 0 || id == 0 { 0 } else { mix(key ^ u64::from(id)).max(1) })
                })
                .collect(),
        }
    }

    fn mark(&mut self, rule: usize, first: usize, column: &[u64]) {
        let n = self.plan.len();
        for (row, key) in self.marks[first * n..].chunks_mut(n).zip(column) {
            row[rule] = mark(*key);
        }
    }

    #[inline]
    fn of(&self, row: u32) -> &[u32] {
        let n = self.plan.len();
        &self.marks[row as usize * n..(row as usize + 1) * n]
    }

    /// Whether the rule makes the pair, and none before it does.
    #[inline]
    pub(super) fn makes_first(&self, rule: usize, a: u32, b: u32, values: &Values) -> bool {
        let (x, y) = (self.of(a), self.of(b));
        // equal marks are looked at again: whether the values are equal
        let makes = |r: usize| x[r] == y[r] && x[r] != 0 && self.plan[r].iter().all(|p| values.equal(*p, a, b));
        makes(rule) && !(0..rule).any(makes)
    }

    /// Blocks of each rule, sorted once.
    pub(super) fn lists(&self) -> &[BlockList] {
        &self.lists
    }

    /// Whether rows have come since blocks were sorted.
    pub(super) fn is_stale(&self) -> bool {
        self.lists.is_empty()
    }

    /// Splits blocks of more than `cap` rows by further values; says how many.
    pub(super) fn split(&mut self, rule: usize, cap: usize, table: &Table, by: &[&Part], content: &[u64]) -> u64 {
        let (n, marks) = (self.plan.len(), &mut self.marks);
        let value = |round: usize, row: u32| match by[round].id(table.ids(by[round].column)[row as usize]) {
            0 => 0,
            id => by[round].hash(id),
        };
        let (list, found) = std::mem::take(&mut self.lists[rule]).split(
            cap,
            by.len(),
            value,
            |row| content[row as usize],
            |row, round, value| {
                let slot = &mut marks[row as usize * n + rule];
                *slot = mark(mix(u64::from(*slot) ^ mix(value ^ round as u64)));
            },
        );
        self.lists[rule] = list;
        found
    }

    /// Rows that have a key under a rule.
    pub(super) fn rows(&self, rule: usize) -> u64 {
        self.marks.chunks(self.plan.len()).filter(|row| row[rule] != 0).count() as u64
    }

    /// Pairs of a row from `first` on and any row before it that share a mark under some rule, to `step`, in parallel.
    pub(super) fn fold_new<A: Send>(
        &self,
        first: usize,
        init: impl Fn() -> A + Sync + Send,
        step: impl Fn(&mut A, usize, u32, u32) + Sync + Send,
    ) -> Vec<A> {
        let n = self.plan.len();
        // a small table of bits turns nearly all rows away
        const BITS: u32 = 20;
        let place = |mark: u32| (mark.wrapping_mul(0x9e37_79b9) >> (32 - BITS)) as usize;
        let mut wanted = vec![0u64; n << (BITS - 6)];
        let mut new: FxHashMap<(u32, u32), Vec<u32>> = FxHashMap::default();
        for (i, row) in self.marks[first * n..].chunks(n).enumerate() {
            for (rule, m) in row.iter().enumerate().filter(|(_, m)| **m != 0) {
                wanted[rule << (BITS - 6) | place(*m) >> 6] |= 1 << (place(*m) & 63);
                new.entry((rule as u32, *m)).or_default().push((first + i) as u32);
            }
        }
        const ROWS: usize = 4096;
        self.marks
            .par_chunks(n * ROWS)
            .enumerate()
            .map(|(c, rows)| {
                let mut acc = init();
                for (i, row) in rows.chunks(n).enumerate() {
                    for (rule, m) in row.iter().enumerate().filter(|(_, m)| **m != 0) {
                        if wanted[rule << (BITS - 6) | place(*m) >> 6] >> (place(*m) & 63) & 1 == 0 {
                            continue;
                        }
                        let a = (c * ROWS + i) as u32;
                        for b in new.get(&(rule as u32, *m)).into_iter().flatten().filter(|b| **b > a) {
                            step(&mut acc, rule, a, *b);
                        }
                    }
                }
                acc
            })
            .collect()
    }
}

fn mark(key: u64) -> u32 {
    if key == 0 { 0 } else { ((key >> 32) as u32).max(1) }
}
