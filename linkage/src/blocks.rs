//! Candidate pairs: blocks of rows that share a key, pairs made one after another. No pair is written anywhere.

use crate::watch::Work;
use rayon::prelude::*;

/// A blocking rule and what it costs, counted before any pair is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule's name.
    pub rule: String,
    /// Rows that have a key.
    pub rows: u64,
    /// Pairs of rows with one key.
    pub pairs: u64,
    /// Blocks over the cap that were split by further values.
    pub split: u64,
    /// Rows of the largest block before splitting.
    pub largest: u64,
}

/// Rows of one rule that share their key with others, block after block.
#[derive(Debug, Default)]
pub(crate) struct BlockList {
    rows: Vec<u32>,
    /// Where each block ends.
    ends: Vec<u32>,
    /// Pairs of rows with one key, before those of earlier rules are left out.
    pub(crate) pairs: u64,
    /// Rows of the largest block.
    pub(crate) largest: u64,
    /// Where a block was cut between rows that nothing tells apart: the rows on both sides of each cut.
    pub(crate) cuts: Vec<(u32, u32)>,
}

/// What a worker takes at once: some blocks, or some rows of a large one.
#[derive(Clone, Copy)]
struct Task {
    blocks: (usize, usize),
    rows: Option<(usize, usize)>,
}

/// Pairs a task compares at most: large blocks are shared among workers.
const TASK_PAIRS: u64 = 1 << 15;

/// Pairs of so many rows.
pub(crate) fn pairs_of(rows: usize) -> u64 {
    (rows as u64) * (rows as u64).saturating_sub(1) / 2
}

impl BlockList {
    /// Blocks of rows with one key, in the order of keys and, within a block, of places; 0 is no key. Keys are told apart by
    /// their upper bits, as many as row numbers leave.
    pub(crate) fn new(keys: &[u64]) -> Self {
        // a small table says which keys may be shared: most keys of a sharp rule are not
        let bits = (keys.len() as u64 * 4).max(64).next_power_of_two().trailing_zeros();
        let mut seen = vec![0u8; 1 << bits];
        let slot = |key: u64| (key >> (64 - bits)) as usize;
        let mut shared = 0;
        for key in keys.iter().filter(|k| **k != 0) {
            let m = &mut seen[slot(*key)];
            shared += usize::from(*m > 0) + usize::from(*m == 1);
            *m = m.saturating_add(1);
        }
        let row_bits = u64::BITS - (keys.len() as u64).leading_zeros();
        let each = || {
            let kept = |k: u64| k != 0 && seen[slot(k)] > 1;
            keys.iter().enumerate().filter(move |(_, k)| kept(**k)).map(|(i, k)| (*k, i))
        };
        let packed = in_buckets(shared, each, row_bits);
        drop(seen);
        let mask = (1u64 << row_bits) - 1;
        let mut out = Self::default();
        for block in packed.chunk_by(|x, y| x >> row_bits == y >> row_bits).filter(|b| b.len() > 1) {
            out.count(block.len());
            out.rows.extend(block.iter().map(|x| (x & mask) as u32));
            out.ends.push(out.rows.len() as u32);
        }
        out.rows.shrink_to_fit();
        out.ends.shrink_to_fit();
        out
    }

    /// The same blocks where keys were given in another order of rows: `row` is the row at each place.
    pub(crate) fn renamed(mut self, row: &[u32]) -> Self {
        self.rows.par_iter_mut().for_each(|r| *r = row[*r as usize]);
        self
    }

    fn count(&mut self, size: usize) {
        self.pairs += pairs_of(size);
        self.largest = self.largest.max(size as u64);
    }

    fn push(&mut self, block: &[u32]) {
        if block.len() > 1 {
            self.count(block.len());
            self.rows.extend_from_slice(block);
            self.ends.push(self.rows.len() as u32);
        }
    }

    fn block(&self, i: usize) -> &[u32] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.rows[from..self.ends[i] as usize]
    }

    /// Every block.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.ends.len()).map(|i| self.block(i))
    }

    /// The blocks that an estimate is made from, each with its number and standing for as many blocks as is said: all, or where
    /// they make more than `most` pairs, those whose number says so. A block counts as one of `rows` rows at most.
    pub(crate) fn sample(&self, most: u64, rows: usize, number: impl Fn(&[u32]) -> u64) -> (Vec<(u64, &[u32])>, u64) {
        let total: u64 = self.blocks().map(|b| pairs_of(b.len()).min(pairs_of(rows))).sum();
        let every = (total / most).max(1);
        let all = self.blocks().map(|b| (number(b), b));
        (all.filter(|(number, _)| number.is_multiple_of(every)).collect(), every)
    }

    /// Splits blocks of more than `cap` rows by further values, one after another, until they fit; what none of the `rounds`
    /// of values splits is cut in the order of the rows' content. Nothing is dropped unseen: the count says how many were
    /// split. `rekey` is given each row that has moved: the round and the value, or the number of the cut, that moved it.
    pub(crate) fn split<K: Ord + Send>(
        self,
        cap: usize,
        rounds: usize,
        value: impl Fn(usize, u32) -> u64 + Sync,
        content: impl Fn(u32) -> K + Sync,
        mut rekey: impl FnMut(u32, usize, u64),
    ) -> (Self, u64) {
        let (mut kept, mut queue) = (Self::default(), Vec::new());
        for block in self.blocks() {
            if block.len() > cap { queue.push(block.to_vec()) } else { kept.push(block) }
        }
        let found = queue.len() as u64;
        for round in 0..=rounds {
            let last = round == rounds;
            let of = |row: u32| if last { 0 } else { value(round, row) };
            let sorted = |block: Vec<u32>| -> Vec<(u64, u32)> {
                let mut rows: Vec<(u64, K, u32)> = block.into_iter().map(|r| (of(r), content(r), r)).collect();
                rows.sort_unstable();
                rows.into_iter().map(|(value, _, row)| (value, row)).collect()
            };
            let blocks: Vec<Vec<(u64, u32)>> = queue.into_par_iter().map(sorted).collect();
            queue = Vec::new();
            for block in &blocks {
                let pieces: Vec<&[(u64, u32)]> =
                    if last { block.chunks(cap).collect() } else { block.chunk_by(|a, b| a.0 == b.0).collect() };
                if last {
                    let rows = |w: &[&[(u64, u32)]]| Some((w.first()?.last()?.1, w.last()?.first()?.1));
                    kept.cuts.extend(pieces.windows(2).filter_map(rows));
                }
                for (i, piece) in (0u64..).zip(pieces) {
                    piece.iter().for_each(|(value, row)| rekey(*row, round, if last { i } else { *value }));
                    let rows: Vec<u32> = piece.iter().map(|(_, row)| *row).collect();
                    if rows.len() > cap { queue.push(rows) } else { kept.push(&rows) }
                }
            }
        }
        (kept, found)
    }

    fn tasks(&self) -> Vec<Task> {
        let (mut out, mut start, mut sum) = (Vec::new(), 0, 0u64);
        for i in 0..self.ends.len() {
            let size = self.block(i).len();
            let pairs = pairs_of(size);
            if pairs > TASK_PAIRS {
                if start < i {
                    out.push(Task { blocks: (start, i), rows: None });
                }
                let mut first = 0;
                while first + 1 < size {
                    let (mut last, mut pairs) = (first, 0);
                    while last + 1 < size && pairs < TASK_PAIRS {
                        pairs += (size - last - 1) as u64;
                        last += 1;
                    }
                    out.push(Task { blocks: (i, i + 1), rows: Some((first, last)) });
                    first = last;
                }
                (start, sum) = (i + 1, 0);
                continue;
            }
            sum += pairs;
            if sum > TASK_PAIRS {
                out.push(Task { blocks: (start, i + 1), rows: None });
                (start, sum) = (i + 1, 0);
            }
        }
        if start < self.ends.len() {
            out.push(Task { blocks: (start, self.ends.len()), rows: None });
        }
        out
    }

    /// Every pair of every block to `step`, in parallel; what workers made, in the order of blocks.
    pub(crate) fn fold<A: Send>(
        &self,
        work: &Work<'_>,
        init: impl Fn() -> A + Sync + Send,
        step: impl Fn(&mut A, u32, u32) + Sync + Send,
    ) -> Vec<A> {
        let tasks = self.tasks();
        tasks
            .par_chunks(tasks.len().div_ceil(256).max(1))
            .map(|tasks| {
                let (mut acc, mut pairs) = (init(), 0);
                if !work.advance(0) {
                    return acc;
                }
                for t in tasks {
                    for i in t.blocks.0..t.blocks.1 {
                        let block = self.block(i);
                        let (first, last) = t.rows.unwrap_or((0, block.len()));
                        for (j, a) in block.iter().enumerate().take(last).skip(first) {
                            let others = &block[j + 1..];
                            pairs += others.len() as u64;
                            for b in others {
                                step(&mut acc, *a, *b);
                            }
                        }
                    }
                }
                work.advance(pairs);
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
