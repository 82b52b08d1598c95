//! Candidate pairs: keys per rule and row, blocks by sorting, pairs one after another. No pair is written anywhere; a pair
//! that an earlier rule makes is not made again.

use super::columns::{Part, Table, headroom, mix};
use super::compare::Comparer;
use crate::table::Block;
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
    lists: Vec<Sorted>,
}

/// Rows of one rule that share their key with others, block after block.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    rows: Vec<u32>,
    /// Where each block ends.
    ends: Vec<u32>,
    /// Pairs of rows with one key, before those of earlier rules are left out.
    pub(super) pairs: u64,
    /// Rows of the largest block.
    pub(super) largest: u64,
}

/// What a worker takes at once: some blocks, or some rows of a large one.
#[derive(Clone, Copy)]
struct Task {
    blocks: (usize, usize),
    rows: Option<(usize, usize)>,
}

/// Pairs a task compares at most: large blocks are shared among workers.
const TASK_PAIRS: u64 = 1 << 15;

impl Keys {
    pub(super) fn new(table: &Table, comparer: &Comparer, rules: &[Block]) -> Self {
        let plan: Vec<Vec<usize>> = rules.iter().map(|r| r.iter().map(|k| comparer.part(k)).collect()).collect();
        let n = plan.len();
        let mut marks = Vec::with_capacity(headroom(table.rows()) * n);
        marks.resize(table.rows() * n, 0);
        let mut keys = Self { plan, marks, lists: Vec::new() };
        for rule in 0..n {
            let column = keys.column(table, &comparer.parts, rule, 0);
            keys.mark(rule, 0, &column);
            keys.lists.push(Sorted::new(&column));
        }
        keys
    }

    /// Blocks of a rule that makes no candidates.
    pub(super) fn list(table: &Table, comparer: &Comparer, rule: &Block) -> Sorted {
        let alone = Self { plan: vec![rule.iter().map(|k| comparer.part(k)).collect()], ..Self::default() };
        Sorted::new(&alone.column(table, &comparer.parts, 0, 0))
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
    pub(super) fn makes_first(&self, rule: usize, a: u32, b: u32, comparer: &Comparer) -> bool {
        let (x, y) = (self.of(a), self.of(b));
        // equal marks are looked at again: whether the values are equal
        let makes = |r: usize| x[r] == y[r] && x[r] != 0 && self.plan[r].iter().all(|p| comparer.equal(*p, a, b));
        makes(rule) && !(0..rule).any(makes)
    }

    /// Blocks of each rule, sorted once.
    pub(super) fn lists(&self) -> &[Sorted] {
        &self.lists
    }

    /// Whether rows have come since blocks were sorted.
    pub(super) fn is_stale(&self) -> bool {
        self.lists.is_empty()
    }

    /// Splits blocks of more than `cap` rows by further values, one after another, until they fit; what none of them
    /// splits is cut in the order of the rows' content. Nothing is dropped unseen: the count says how many were split.
    pub(super) fn split(&mut self, rule: usize, cap: usize, table: &Table, by: &[&Part], content: &[u64]) -> u64 {
        let list = std::mem::take(&mut self.lists[rule]);
        let (mut kept, mut queue) = (Sorted::default(), Vec::new());
        for block in list.blocks() {
            if block.len() > cap { queue.push(block.to_vec()) } else { kept.push(block) }
        }
        let found = queue.len() as u64;
        let n = self.plan.len();
        for round in 0..=by.len() {
            let mut over: Vec<Vec<u32>> = Vec::new();
            for mut block in queue {
                let more = |row: u32| match by.get(round) {
                    Some(p) => match p.id(table.ids(p.column)[row as usize]) {
                        0 => 0,
                        id => p.hash(id),
                    },
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
                        let slot = &mut self.marks[*r as usize * n + rule];
                        *slot = mark(mix(u64::from(*slot) ^ mix(tail ^ round as u64)));
                    }
                    if piece.len() > cap { over.push(piece.to_vec()) } else { kept.push(piece) }
                }
            }
            queue = over;
        }
        self.lists[rule] = kept;
        found
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

impl Sorted {
    /// Blocks of rows with one key; 0 is no key.
    pub(super) fn new(keys: &[u64]) -> Self {
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

    fn count(&mut self, size: usize) {
        self.pairs += (size as u64) * (size as u64 - 1) / 2;
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
    pub(super) fn blocks(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.ends.len()).map(|i| self.block(i))
    }

    fn tasks(&self) -> Vec<Task> {
        let (mut out, mut start, mut sum) = (Vec::new(), 0, 0u64);
        for i in 0..self.ends.len() {
            let size = self.block(i).len();
            let pairs = (size as u64) * (size as u64 - 1) / 2;
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

    /// Every pair of every block to `step`, in parallel.
    pub(super) fn fold<A: Send>(
        &self,
        init: impl Fn() -> A + Sync + Send,
        step: impl Fn(&mut A, u32, u32) + Sync + Send,
    ) -> Vec<A> {
        let tasks = self.tasks();
        tasks
            .par_chunks(tasks.len().div_ceil(256).max(1))
            .map(|tasks| {
                let mut acc = init();
                for t in tasks {
                    for i in t.blocks.0..t.blocks.1 {
                        let block = self.block(i);
                        let (first, last) = t.rows.unwrap_or((0, block.len()));
                        for (j, a) in block.iter().enumerate().take(last).skip(first) {
                            for b in &block[j + 1..] {
                                step(&mut acc, *a, *b);
                            }
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
