//! Blocking: which pairs are looked at. A union of rules; each rule gives a row a key, rows with one key are a block, and
//! all pairs of a block are candidates. A pair that an earlier rule makes is not made again.

use super::columns::{Columns, hash32};
use crate::blocks::{BlockList, RuleCount};
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

/// Keys of every rule for every row, those of oversized blocks split.
pub(super) struct Blocks {
    /// Per rule, per row; 0 is no key.
    keys: Vec<Vec<u32>>,
    pub(super) counts: Vec<RuleCount>,
}

impl Blocks {
    pub(super) fn new(columns: &Columns, cap: u32) -> Self {
        let names: Vec<[u32; 3]> = columns.traits.par_iter().map(|t| columns.names.keys(t.name)).collect();
        let mothers: Vec<[u32; 3]> = columns.traits.par_iter().map(|t| columns.mothers.keys(t.mother)).collect();
        let (mut keys, mut counts) = (Vec::new(), Vec::new());
        for rule in RULES {
            let rows = columns.traits.par_iter().zip(&names).zip(&mothers);
            let mut column: Vec<u32> = rows.map(|((t, n), m)| (rule.key)(t, *n, *m)).collect();
            counts.push(split(rule.name, &mut column, columns, &names, &mothers, cap));
            keys.push(column);
        }
        Self { keys, counts }
    }

    /// Rules.
    pub(super) fn rules(&self) -> usize {
        self.keys.len()
    }

    /// The blocks of one rule, their rows in content order.
    pub(super) fn list(&self, rule: usize, columns: &Columns) -> BlockList {
        list(&self.keys[rule], columns)
    }

    /// The key that a rule gives a row.
    pub(super) fn key(&self, rule: usize, row: u32) -> u32 {
        self.keys[rule][row as usize]
    }

    /// Whether a rule before `rule` makes the pair.
    #[inline]
    pub(super) fn made_before(&self, rule: usize, a: u32, b: u32) -> bool {
        self.keys[..rule].iter().any(|k| k[a as usize] != 0 && k[a as usize] == k[b as usize])
    }
}

fn list(keys: &[u32], columns: &Columns) -> BlockList {
    let in_order: Vec<u64> = columns.order.par_iter().map(|row| u64::from(keys[*row as usize]) << 32).collect();
    BlockList::new(&in_order).renamed(&columns.order)
}

/// Gives rows of blocks over the cap new keys, by further fields.
fn split(
    rule: &str,
    keys: &mut [u32],
    columns: &Columns,
    names: &[[u32; 3]],
    mothers: &[[u32; 3]],
    cap: u32,
) -> RuleCount {
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
    let rows = keys.iter().filter(|k| **k != 0).count() as u64;
    let list = list(keys, columns);
    // a row that shares its key with none is a block of one
    let largest = list.largest.max(rows.min(1));
    let value = |round: usize, row: u32| {
        let row = row as usize;
        u64::from(fields[round](&columns.traits[row], names[row], mothers[row]))
    };
    let rank = |row: u32| columns.rank[row as usize];
    let (list, split) = list.split(cap as usize, fields.len(), value, rank, |row, round, value| {
        let key = &mut keys[row as usize];
        *key = hash32((*key, round, value as u32));
    });
    RuleCount { rule: rule.to_owned(), rows, pairs: list.pairs, split, largest }
}
