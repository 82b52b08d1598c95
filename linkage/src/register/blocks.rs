//! Blocking: which pairs are looked at. A union of rules; each rule gives a row a key, rows with one key are a block, and
//! all pairs of a block are candidates. A pair that an earlier rule makes is not made again.

use super::RuleCount;
use super::columns::{Columns, hash32};
use bansos::dedup::Traits;
use rayon::prelude::*;

/// A rule: its name and the key it gives a row; zero is no key.
struct Rule {
    name: &'static str,
    key: fn(&Traits, [u32; 3], [u32; 3]) -> u32,
}

macro_rules! key {
    ($($part:expr),+ => $hash:expr) => { if $($part == 0)||+ { 0 } else { hash32($hash) } };
}

/// The first sound of a word's key.
fn top(key: u32) -> u32 {
    if key == 0 { 0 } else { key >> (key.ilog2() / 4 * 4) }
}

/// The rules, cheapest and surest first. `n` and `m` are the name keys (whole, first word, last word) of person and
/// mother; all are sounds, not spellings.
const RULES: &[Rule] = &[
    Rule { name: "nik", key: |t, _, _| if t.nik.whole() { hash32(t.nik.bits()) } else { 0 } },
    Rule { name: "card", key: |t, _, _| if t.card.whole() { hash32((1, t.card.bits())) } else { 0 } },
    Rule {
        name: "nik_region_date_sex",
        key: |t, _, _| if t.nik.known_in(0, 12) == 12 { hash32((2, t.nik.bits() >> 16)) } else { 0 },
    },
    Rule { name: "birth+village", key: |t, _, _| key!(t.birth.bits(), t.village => (3, t.birth.bits(), t.village)) },
    Rule { name: "name+birth", key: |t, n, _| key!(t.birth.bits(), n[0] => (4, t.birth.bits(), n[0])) },
    Rule { name: "name+village", key: |t, n, _| key!(t.village, n[0] => (5, t.village, n[0])) },
    Rule { name: "first_word+birth", key: |t, n, _| key!(t.birth.bits(), n[1] => (6, t.birth.bits(), n[1])) },
    Rule { name: "last_word+birth", key: |t, n, _| key!(t.birth.bits(), n[2] => (7, t.birth.bits(), n[2])) },
    Rule { name: "name+birth_swapped", key: |t, n, _| key!(t.birth.bits(), n[0] => (8, t.birth.unordered(), n[0])) },
    Rule {
        name: "name+district+year",
        key: |t, n, _| key!(t.district, n[0], t.birth.bits() => (9, t.district, n[0], t.birth.year())),
    },
    Rule {
        name: "name+district+day",
        key: |t, n, _| key!(t.district, n[0], t.birth.bits() => (10, t.district, n[0], t.birth.bits() & 511)),
    },
    Rule { name: "mother+birth", key: |t, _, m| key!(t.birth.bits(), m[0] => (11, t.birth.bits(), m[0])) },
    Rule {
        name: "initial+nik_but_year",
        key: |t, n, _| {
            if t.nik.whole() { hash32((13, t.nik.bits() >> 24, t.nik.bits() & 0xffff, top(n[1]))) } else { 0 }
        },
    },
    Rule {
        name: "initial+nik_but_day",
        key: |t, n, _| {
            if t.nik.whole() { hash32((14, t.nik.bits() >> 40, t.nik.bits() & 0xffff_ffff, top(n[1]))) } else { 0 }
        },
    },
    Rule {
        name: "initial+village+day",
        key: |t, n, _| key!(t.birth.bits(), t.village, n[1] => (15, t.village, t.birth.bits() & 511, top(n[1]), t.sex)),
    },
    Rule {
        name: "first_word+village+mother",
        key: |t, n, m| key!(t.village, n[1], m[0] => (12, t.village, n[1], m[0])),
    },
];

/// Keys of every rule for every row, blocks found and oversized ones split.
pub(super) struct Blocks {
    /// Per rule, per row.
    keys: Vec<Vec<u32>>,
    pub(super) counts: Vec<RuleCount>,
}

impl Blocks {
    pub(super) fn new(columns: &Columns, cap: u32) -> Self {
        let name_keys: Vec<[u32; 3]> = columns.traits.par_iter().map(|t| columns.names.keys(t.name)).collect();
        let mother_keys: Vec<[u32; 3]> = columns.traits.par_iter().map(|t| columns.mothers.keys(t.mother)).collect();
        let (mut keys, mut counts) = (Vec::new(), Vec::new());
        for rule in RULES {
            let mut column: Vec<u32> = columns
                .traits
                .par_iter()
                .zip(&name_keys)
                .zip(&mother_keys)
                .map(|((t, n), m)| (rule.key)(t, *n, *m))
                .collect();
            counts.push(split(rule.name, &mut column, columns, &name_keys, &mother_keys, cap));
            keys.push(column);
        }
        Self { keys, counts }
    }

    /// Rules.
    pub(super) fn rules(&self) -> usize {
        self.keys.len()
    }

    /// Rows of one rule in blocks: (key, row) sorted, rows of a block in content order.
    pub(super) fn sorted(&self, rule: usize, columns: &Columns) -> Vec<u64> {
        let mut all: Vec<u64> = self.keys[rule]
            .par_iter()
            .zip(&columns.rank)
            .filter(|(k, _)| **k != 0)
            .map(|(k, r)| u64::from(*k) << 32 | u64::from(*r))
            .collect();
        all.par_sort_unstable();
        // ranks back to rows
        all.par_iter_mut().for_each(|x| *x = *x & !0xffff_ffff | u64::from(columns.order[(*x & 0xffff_ffff) as usize]));
        all
    }

    /// Whether a rule before `rule` makes the pair.
    #[inline]
    pub(super) fn made_before(&self, rule: usize, a: u32, b: u32) -> bool {
        self.keys[..rule].iter().any(|k| k[a as usize] != 0 && k[a as usize] == k[b as usize])
    }
}

/// Ends of blocks in a sorted column of (key, row).
pub(super) fn ends(sorted: &[u64]) -> Vec<usize> {
    let mut out = Vec::new();
    for i in 1..=sorted.len() {
        if i == sorted.len() || sorted[i] >> 32 != sorted[i - 1] >> 32 {
            out.push(i);
        }
    }
    out
}

/// Splits blocks over the cap by further fields, one after another, until they fit; what no field splits is cut in
/// content order. Nothing is dropped unseen: the counts say how many blocks were split.
fn split(
    rule: &'static str,
    keys: &mut [u32],
    columns: &Columns,
    names: &[[u32; 3]],
    mothers: &[[u32; 3]],
    cap: u32,
) -> RuleCount {
    let mut sorted: Vec<u64> = keys
        .par_iter()
        .enumerate()
        .filter(|(_, k)| **k != 0)
        .map(|(i, k)| u64::from(*k) << 32 | u64::from(columns.rank[i]))
        .collect();
    let mut count = RuleCount { rule, rows: sorted.len() as u64, pairs: 0, split: 0, largest: 0 };
    let fields: [fn(&Traits, [u32; 3], [u32; 3]) -> u32; 8] = [
        |t, _, _| u32::from(t.sex),
        |_, n, _| n[0],
        |t, _, _| t.birth.year(),
        |t, _, _| t.village,
        |_, _, m| m[0],
        |t, _, _| t.birth.bits(),
        |t, _, _| t.address,
        |t, _, _| t.card.bits() as u32 ^ (t.card.bits() >> 32) as u32,
    ];
    for round in 0..=fields.len() {
        sorted.par_sort_unstable();
        let mut over: Vec<u64> = Vec::new();
        let mut from = 0;
        for to in ends(&sorted) {
            let size = (to - from) as u64;
            if round == 0 {
                count.largest = count.largest.max(size);
            }
            if size > u64::from(cap) {
                if round == 0 {
                    count.split += 1;
                }
                let block = &sorted[from..to];
                for (position, x) in block.iter().enumerate() {
                    let row = columns.order[(*x & 0xffff_ffff) as usize] as usize;
                    let more = match fields.get(round) {
                        Some(field) => field(&columns.traits[row], names[row], mothers[row]),
                        None => position as u32 / cap,
                    };
                    let key = hash32((keys[row], round, more));
                    keys[row] = key;
                    over.push(u64::from(key) << 32 | *x & 0xffff_ffff);
                }
                if round == fields.len() {
                    // cut in content order: pieces of `cap` rows
                    let (full, rest) = (size / u64::from(cap), size % u64::from(cap));
                    let c = u64::from(cap);
                    count.pairs += full * (c * (c - 1) / 2) + rest * rest.saturating_sub(1) / 2;
                }
            } else {
                count.pairs += size * (size - 1) / 2;
            }
            from = to;
        }
        if over.is_empty() {
            break;
        }
        sorted = over;
    }
    count
}
