//! Candidate pairs: keys per rule and row, blocks by sorting, pairs one after another. No pair is written anywhere; a pair
//! that an earlier rule makes is not made again.

use super::columns::{Part, Table, mix};
use bansos::dedup::table::Block;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// Keys of every row under every rule, a row's keys side by side; 0 is no key.
#[derive(Debug, Default)]
pub(super) struct Keys {
    rules: usize,
    keys: Vec<u64>,
}

/// A run of rows with one key: places in the sorted list, and the rows of it that are compared with those behind them.
struct Task {
    from: usize,
    to: usize,
    first: usize,
    last: usize,
}

/// Rows of one rule that share their key with others, sorted so that blocks are runs.
pub(super) struct Sorted {
    rows: Vec<u32>,
    tasks: Vec<Task>,
    /// Pairs of rows with one key, before those of earlier rules are left out.
    pub(super) pairs: u64,
    /// Rows of the largest block.
    pub(super) largest: u64,
}

/// Pairs a task compares at most: large blocks are shared among workers.
const TASK_PAIRS: usize = 1 << 16;

impl Keys {
    pub(super) fn new(table: &Table, parts: &[Part], rules: &[Block]) -> Self {
        let mut keys = Self { rules: rules.len(), keys: Vec::new() };
        keys.extend(table, parts, rules, 0);
        keys
    }

    /// Keys of the rows from `first` on.
    pub(super) fn extend(&mut self, table: &Table, parts: &[Part], rules: &[Block], first: usize) {
        let plan: Vec<Vec<&Part>> =
            rules.iter().map(|r| r.iter().filter_map(|k| parts.iter().find(|p| p.same_as(k))).collect()).collect();
        let n = self.rules;
        self.keys.resize(table.rows() * n, 0);
        self.keys[first * n..].par_chunks_mut(n.max(1)).enumerate().for_each(|(i, row)| {
            for ((slot, rule), parts) in row.iter_mut().zip(0u64..).zip(&plan) {
                let mut key = rule + 1;
                for p in parts {
                    match p.id(table.ids(p.column)[first + i]) {
                        0 => {
                            key = 0;
                            break;
                        }
                        id => key = mix(key ^ p.hashes[id as usize - 1]),
                    }
                }
                *slot = key;
            }
        });
    }

    #[inline]
    fn of(&self, row: u32) -> &[u64] {
        &self.keys[row as usize * self.rules..(row as usize + 1) * self.rules]
    }

    /// Whether a rule before `rule` makes the pair.
    #[inline]
    pub(super) fn made_before(&self, rule: usize, a: u32, b: u32) -> bool {
        self.of(a)[..rule].iter().zip(&self.of(b)[..rule]).any(|(x, y)| x == y && *x != 0)
    }

    #[inline]
    pub(super) fn same(&self, rule: usize, a: u32, b: u32) -> bool {
        self.of(a)[rule] == self.of(b)[rule]
    }

    /// Blocks of one rule; of one key in `every`, chosen by the key. Rows whose key nobody shares are left out before
    /// sorting.
    pub(super) fn sorted(&self, rule: usize, every: u64) -> Sorted {
        let n = self.keys.len() / self.rules.max(1);
        // a small table of marks says which keys may be shared: most keys of a sharp rule are not
        let bits = (n as u64 / every * 4).max(64).next_power_of_two().trailing_zeros();
        let mut marks = vec![0u8; 1 << bits];
        let slot = |key: u64| (key >> (64 - bits)) as usize;
        let taken = |key: u64| key != 0 && (every == 1 || (key & 0xffff_ffff).is_multiple_of(every));
        let mut shared = 0;
        for row in self.keys.chunks(self.rules) {
            if taken(row[rule]) {
                let m = &mut marks[slot(row[rule])];
                shared += usize::from(*m > 0) + usize::from(*m == 1);
                *m = m.saturating_add(1);
            }
        }
        let row_bits = u64::BITS - (n as u64).leading_zeros();
        let packed = in_buckets(
            shared,
            || {
                let kept = |row: &[u64]| taken(row[rule]) && marks[slot(row[rule])] > 1;
                self.keys
                    .chunks(self.rules)
                    .enumerate()
                    .filter(move |(_, row)| kept(row))
                    .map(|(i, row)| (row[rule], i))
            },
            row_bits,
        );
        drop(marks);
        let mask = (1u64 << row_bits) - 1;
        let mut out = Sorted { rows: Vec::with_capacity(packed.len()), tasks: Vec::new(), pairs: 0, largest: 0 };
        out.rows.extend(packed.iter().map(|x| (x & mask) as u32));
        let mut from = 0;
        for to in 1..=packed.len() {
            if to == packed.len() || packed[to] >> row_bits != packed[from] >> row_bits {
                out.block(from, to);
                from = to;
            }
        }
        out
    }

    /// Splits blocks of more than `cap` rows by further values, one after another, until they fit; what none of them
    /// splits is cut in the order of the rows' content. Nothing is dropped unseen: the count says how many were split.
    pub(super) fn split(&mut self, rule: usize, cap: usize, table: &Table, by: &[&Part], content: &[u64]) -> u64 {
        let mut queue: Vec<Vec<u32>> = {
            let sorted = self.sorted(rule, 1);
            sorted.blocks().filter(|b| b.len() > cap).map(<[u32]>::to_vec).collect()
        };
        let found = queue.len() as u64;
        for round in 0..=by.len() {
            let mut over: Vec<Vec<u32>> = Vec::new();
            for mut block in queue {
                let more = |row: u32| match by.get(round) {
                    Some(p) => {
                        p.id(table.ids(p.column)[row as usize]).checked_sub(1).map_or(0, |i| p.hashes[i as usize])
                    }
                    None => 0,
                };
                block.sort_unstable_by_key(|r| (more(*r), content[*r as usize]));
                let pieces: Vec<&[u32]> = if round == by.len() {
                    block.chunks(cap).collect()
                } else {
                    block.chunk_by(|a, b| more(*a) == more(*b)).collect()
                };
                for (i, piece) in pieces.into_iter().enumerate() {
                    let tail = if round == by.len() { i as u64 } else { more(piece[0]) };
                    for r in piece {
                        let key = &mut self.keys[*r as usize * self.rules + rule];
                        *key = mix(*key ^ mix(tail ^ round as u64)).max(1);
                    }
                    if piece.len() > cap {
                        over.push(piece.to_vec());
                    }
                }
            }
            queue = over;
        }
        found
    }

    /// Pairs between the rows from `first` on and all rows before them or among themselves, each once.
    pub(super) fn touching(&self, first: usize) -> Vec<(u32, u32)> {
        let n = self.keys.len() / self.rules.max(1);
        let mut wanted: FxHashSet<u64> = FxHashSet::default();
        let mut marks = vec![false; 1 << 20];
        let slot = |key: u64| (key >> 44) as usize;
        for row in self.keys[first * self.rules..].chunks(self.rules) {
            for k in row.iter().filter(|k| **k != 0) {
                wanted.insert(*k);
                marks[slot(*k)] = true;
            }
        }
        // one pass over all keys; nearly all are turned away by a look at a small table
        let mut hits: Vec<(u64, u32)> = self
            .keys
            .par_chunks(self.rules)
            .enumerate()
            .flat_map_iter(|(i, row)| {
                let (marks, wanted) = (&marks, &wanted);
                row.iter().filter(move |k| marks[slot(**k)] && wanted.contains(k)).map(move |k| (*k, i as u32))
            })
            .collect();
        hits.par_sort_unstable();
        let mut pairs: Vec<(u32, u32)> = hits
            .par_chunk_by(|a, b| a.0 == b.0)
            .flat_map_iter(|block| {
                let new = block.partition_point(|x| (x.1 as usize) < first);
                (new..block.len()).flat_map(move |j| (0..j).map(move |i| (block[i].1, block[j].1)))
            })
            .collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        debug_assert!(pairs.iter().all(|(_, b)| *b as usize >= first && (*b as usize) < n));
        pairs
    }
}

impl Sorted {
    fn block(&mut self, from: usize, to: usize) {
        let size = to - from;
        if size < 2 {
            return;
        }
        self.pairs += (size as u64) * (size as u64 - 1) / 2;
        self.largest = self.largest.max(size as u64);
        let mut first = from;
        while first + 1 < to {
            let (mut last, mut pairs) = (first, 0);
            while last + 1 < to && pairs < TASK_PAIRS {
                pairs += to - last - 1;
                last += 1;
            }
            self.tasks.push(Task { from, to, first, last });
            first = last;
        }
    }

    fn blocks(&self) -> impl Iterator<Item = &[u32]> {
        self.tasks.iter().filter(|t| t.first == t.from).map(|t| &self.rows[t.from..t.to])
    }

    /// Every pair of a block to `step`, in parallel.
    pub(super) fn fold<A: Send>(
        &self,
        init: impl Fn() -> A + Sync + Send,
        step: impl Fn(&mut A, u32, u32) + Sync + Send,
    ) -> Vec<A> {
        self.tasks
            .par_chunks(self.tasks.len().div_ceil(256).max(1))
            .map(|tasks| {
                let mut acc = init();
                for t in tasks {
                    for i in t.first..t.last {
                        let a = self.rows[i];
                        for b in &self.rows[i + 1..t.to] {
                            step(&mut acc, a, *b);
                        }
                    }
                }
                acc
            })
            .collect()
    }
}

/// Keys with their rows in one number each, sorted. Keys are spread evenly, so they fall into buckets of a few hundred, and
/// each bucket is sorted where it lies in the cache.
fn in_buckets<I: Iterator<Item = (u64, usize)>>(total: usize, each: impl Fn() -> I, row_bits: u32) -> Vec<u64> {
    let bits = (total as u64 / 256).next_power_of_two().trailing_zeros().min(14);
    let bucket = |key: u64| if bits == 0 { 0 } else { (key >> (64 - bits)) as usize };
    let mut starts = vec![0usize; (1 << bits) + 1];
    for (key, _) in each() {
        starts[bucket(key) + 1] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut out = vec![0u64; starts[starts.len() - 1]];
    let mut next = starts.clone();
    for (key, row) in each() {
        let slot = &mut next[bucket(key)];
        out[*slot] = key >> row_bits << row_bits | row as u64;
        *slot += 1;
    }
    let mut rest = out.as_mut_slice();
    let mut buckets = Vec::with_capacity(starts.len());
    for w in starts.windows(2) {
        let (head, tail) = rest.split_at_mut(w[1] - w[0]);
        buckets.push(head);
        rest = tail;
    }
    buckets.into_par_iter().for_each(|b| b.sort_unstable());
    out
}
