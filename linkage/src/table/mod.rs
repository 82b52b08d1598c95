//! Linking any table: a Fellegi–Sunter model over comparisons that the user chooses, as data: blocking, training, scoring,
//! clusters, and new rows later. Registers of Indonesia have their own model ([`crate::register::Model`]) that knows names,
//! NIKs and families; this one is for everything else, and for measuring the engine beside others on public data.
//!
//! Terms as in Splink, whose settings can be taken over ([`splink`]).
//!
//! ```
//! use bansos_linkage::table::{Table, TableLinker, example};
//! let mut table = Table::new(["unique_id", "name", "born"].map(str::to_owned));
//! for row in [["1", "SITI AMINAH", "1971-01-06"], ["2", "St. Aminah", "1971-01-06"], ["3", "BUDI", "1980-03-09"]] {
//!     table.push(row.map(Some));
//! }
//! let mut linker = TableLinker::new(table, example("name", "born")).unwrap();
//! let pairs = linker.predict();
//! assert_eq!(pairs.len(), 1);
//! assert_eq!(linker.cluster(&pairs)[1], 0);
//! ```

mod blocks;
mod columns;
mod compare;
mod em;
mod error;
mod grow;
#[cfg(feature = "serde")]
mod json;
mod settings;
#[cfg(feature = "serde")]
pub mod splink;
#[cfg(feature = "serde")]
mod sql;
#[cfg(feature = "serde")]
mod state;
mod take;
#[cfg(test)]
mod tests;
mod train;
mod weights;

pub use columns::Table;
pub use em::{Patterns, Session, maximise_together};
pub use error::TableError;
pub use grow::Grown;
pub use settings::*;
#[cfg(feature = "serde")]
pub use state::Restored;
pub use take::Take;
pub use train::Trained;
pub use weights::{MISSING, Packed, TableWeights};

use crate::clusters::{self, Bond};
use bansos::text::name::Likeness;
use blocks::Keys;
use columns::{mix, sources};
use compare::{Comparer, Scratch};
use rayon::prelude::*;

/// Two rows and what was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TablePair {
    /// The lower row.
    pub a: u32,
    /// The higher row.
    pub b: u32,
    /// Match weight: log2 odds.
    pub weight: f32,
    /// Levels.
    pub vector: Packed,
}

impl TablePair {
    /// Probability that the two are one, as the model has it.
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-f64::from(self.weight)).exp2())
    }
}

/// What a blocking rule costs, counted without comparing anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockCount {
    /// Pairs of rows with one key.
    pub pairs: u64,
    /// Rows of the largest block.
    pub largest: u64,
    /// Blocks split for being over the cap.
    pub split: u64,
}

/// A table, its settings, and everything between the two that is worked out once.
#[derive(Debug)]
pub struct TableLinker {
    table: Table,
    settings: TableSettings,
    comparer: Comparer,
    keys: Keys,
    counts: Vec<BlockCount>,
    sources: Vec<u32>,
    /// A number of each row's content: what must not depend on the order of rows is ordered by it.
    content: Vec<u64>,
    /// Rows that were there when the frequency of values was counted.
    #[cfg_attr(not(feature = "serde"), allow(dead_code, reason = "kept with a saved state"))]
    basis: usize,
}

impl TableLinker {
    /// Prepares columns and keys.
    pub fn new(mut table: Table, settings: TableSettings) -> Result<Self, TableError> {
        settings.check()?;
        if table.rows() as u64 >= u64::from(u32::MAX) {
            return Err(TableError::TooManyRows { rows: table.rows() as u64 });
        }
        table.settle();
        let comparer = Comparer::new(&table, &settings)?;
        let sources = sources(&table, &settings)?;
        let content = content(&table, &comparer, 0);
        let counts = vec![BlockCount::default(); settings.blocking.len()];
        let basis = table.rows();
        let mut linker = Self { table, settings, comparer, keys: Keys::default(), counts, sources, content, basis };
        linker.sort();
        Ok(linker)
    }

    /// Sorts rows into the blocks of every rule.
    fn sort(&mut self) {
        self.keys = Keys::new(&self.table, &self.comparer, &self.settings.blocking);
        if self.settings.block_cap > 1 {
            let by: Vec<_> = self.comparer.parts.iter().filter(|p| p.is_whole()).collect();
            for (rule, slot) in self.counts.iter_mut().enumerate() {
                slot.split = self.keys.split(rule, self.settings.block_cap as usize, &self.table, &by, &self.content);
            }
        }
        for (slot, list) in self.counts.iter_mut().zip(self.keys.lists()) {
            (slot.pairs, slot.largest) = (list.pairs, list.largest);
        }
    }

    /// The settings as they stand, trained or not: save them to use the model again.
    pub fn settings(&self) -> &TableSettings {
        &self.settings
    }

    /// The table.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Pairs per rule, counted without comparing any.
    pub fn counts(&self) -> &[BlockCount] {
        &self.counts
    }

    /// Rows that link type lets be compared.
    #[inline]
    fn meet(&self, a: u32, b: u32) -> bool {
        self.settings.link_type != LinkType::LinkOnly || self.sources[a as usize] != self.sources[b as usize]
    }

    /// Pairs that could be compared at all.
    fn possible(&self) -> f64 {
        let n = self.table.rows() as f64;
        let mut all = n * (n - 1.0) / 2.0;
        if self.settings.link_type == LinkType::LinkOnly {
            let mut sizes: rustc_hash::FxHashMap<u32, f64> = rustc_hash::FxHashMap::default();
            self.sources.iter().for_each(|s| *sizes.entry(*s).or_default() += 1.0);
            all -= sizes.values().map(|s| s * (s - 1.0) / 2.0).sum::<f64>();
        }
        all.max(1.0)
    }

    fn prior(&self) -> f32 {
        let p = self.settings.prior.unwrap_or(1e-4).clamp(1e-12, 0.999_999);
        (p / (1.0 - p)).log2() as f32
    }

    /// Whether this rule is the one that makes the pair, and it is to be compared at all.
    #[inline]
    fn chosen(&self, rule: usize, a: u32, b: u32) -> bool {
        self.keys.makes_first(rule, a, b, &self.comparer) && self.meet(a, b)
    }

    /// Every candidate pair whose weight reaches the threshold, in order of rows. Pairs are compared as they are made: what
    /// is kept is what is returned.
    pub fn predict(&mut self) -> Vec<TablePair> {
        if self.keys.is_stale() {
            self.sort();
        }
        let weights = (self.prior(), self.settings.threshold);
        let mut all: Vec<TablePair> = Vec::new();
        for (rule, list) in self.keys.lists().iter().enumerate() {
            let found = list.fold(
                || (Vec::new(), Scratch::default()),
                |(kept, scratch), a, b| {
                    // most pairs fall at their equalities, before their marks need be looked at
                    let skip = || !self.chosen(rule, a, b);
                    if let Some((weight, vector)) = self.comparer.score(a, b, weights, skip, scratch) {
                        kept.push(TablePair { a: a.min(b), b: a.max(b), weight, vector });
                    }
                },
            );
            all.extend(found.into_iter().flat_map(|(kept, _)| kept));
        }
        all.par_sort_unstable_by_key(|p| (p.a, p.b));
        all
    }

    /// Any two rows, whatever the threshold.
    pub fn pair(&self, a: u32, b: u32) -> TablePair {
        let mut s = Scratch::default();
        let found = self.comparer.score(a, b, (self.prior(), f32::NEG_INFINITY), || false, &mut s);
        let (weight, vector) = found.unwrap_or((f32::NEG_INFINITY, Packed::default()));
        TablePair { a: a.min(b), b: a.max(b), weight, vector }
    }

    /// The steps of a pair's weight: the prior, then each comparison's level, then what frequency adds to it.
    pub fn waterfall(&self, pair: &TablePair) -> Vec<(String, f32)> {
        let mut steps = vec![("prior".to_owned(), self.prior())];
        let weights = crate::table::TableWeights::new(&self.settings.comparisons);
        for (i, c) in self.settings.comparisons.iter().enumerate() {
            let level = pair.vector.level(i);
            if level == MISSING {
                continue;
            }
            let label = c.levels.get(usize::from(level)).map_or("", |l| &l.label);
            steps.push((format!("{}: {label}", c.name), weights.of(i, level)));
            let bits = self.comparer.frequency(i, level, pair.a, pair.b);
            if bits != 0.0 {
                steps.push((format!("{}: frequency", c.name), bits));
            }
        }
        steps
    }

    /// The greatest weight a row could reach against a copy of itself: what cannot reach the threshold cannot be linked.
    pub fn self_weights(&self) -> Vec<f32> {
        (0..self.table.rows() as u32).into_par_iter().map(|r| self.pair(r, r).weight).collect()
    }

    /// Clusters of pairs at the settings' threshold: each row's label is the lowest row of its cluster.
    pub fn cluster(&self, pairs: &[TablePair]) -> Vec<u32> {
        self.cluster_at(pairs, self.settings.threshold)
    }

    /// The same at another threshold.
    pub fn cluster_at(&self, pairs: &[TablePair], threshold: f32) -> Vec<u32> {
        let strong: Vec<(u32, u32, f32)> =
            pairs.iter().filter(|p| p.weight >= threshold).map(|p| (p.a, p.b, p.weight)).collect();
        self.cluster_strong(self.table.rows(), &strong, threshold, &|r| r)
    }

    /// Clusters of rows known by other numbers: `row` gives the table's.
    fn cluster_strong(
        &self,
        n: usize,
        strong: &[(u32, u32, f32)],
        threshold: f32,
        row: &(dyn Fn(u32) -> u32 + Sync),
    ) -> Vec<u32> {
        let labels = match self.settings.clustering {
            Clustering::Components => clusters::connected(n, strong),
            Clustering::Mean => {
                // rows that are never compared speak neither for nor against
                let bond = |a: u32, b: u32| match self.meet(row(a), row(b)) {
                    true => Bond::Weight(self.pair(row(a), row(b)).weight),
                    false => Bond::Weight(threshold),
                };
                let rank = |r: u32| self.content[row(r) as usize];
                clusters::constrained(n, strong, threshold, &rank, &bond).0
            }
        };
        lowest(labels)
    }
}

/// Labels that are the lowest row of their cluster.
fn lowest(labels: Vec<u32>) -> Vec<u32> {
    let mut first = vec![u32::MAX; labels.len()];
    for (row, l) in labels.iter().enumerate() {
        let slot = &mut first[*l as usize];
        *slot = (*slot).min(row as u32);
    }
    labels.into_iter().map(|l| first[l as usize]).collect()
}

/// A number of the content of each row from `first` on.
fn content(table: &Table, comparer: &Comparer, first: usize) -> Vec<u64> {
    let whole: Vec<_> = comparer.parts.iter().filter(|p| p.is_whole()).collect();
    (first..table.rows())
        .into_par_iter()
        .map(|row| {
            whole.iter().fold(0u64, |h, p| match table.ids(p.column)[row] {
                0 => mix(h),
                id => mix(h ^ p.hash(id)),
            })
        })
        .collect()
}

/// A small model of names and birth dates with m and u of the usual size, for examples and first tries.
pub fn example(name: &str, born: &str) -> TableSettings {
    let (of_name, of_born) = (KeyPart::whole(name), KeyPart::whole(born));
    let level = |label: &str, when: Test, m: f64, u: f64| Level {
        label: label.to_owned(),
        when,
        m: Some(m),
        u: Some(u),
        frequency: None,
    };
    let sound = KeyPart { column: name.to_owned(), take: Take::Sound };
    TableSettings {
        blocking: vec![vec![of_born.clone()], vec![sound]],
        comparisons: vec![
            Comparison {
                name: name.to_owned(),
                needs: Vec::new(),
                levels: vec![
                    level("equal", Test::Exact { of: of_name.clone() }, 0.8, 1e-3),
                    level(
                        "equal in another spelling",
                        Test::Name { of: of_name.clone(), at_least: Likeness::Variant },
                        0.08,
                        2e-4,
                    ),
                    level("alike", Test::Name { of: of_name, at_least: Likeness::Part }, 0.1, 5e-3),
                    level("else", Test::Else, 0.02, 0.99),
                ],
            },
            Comparison {
                name: born.to_owned(),
                needs: Vec::new(),
                levels: vec![
                    level("equal", Test::Exact { of: of_born.clone() }, 0.93, 5e-5),
                    level("one edit", Test::DamerauLevenshtein { of: of_born, at_most: 1 }, 0.05, 2e-3),
                    level("else", Test::Else, 0.02, 0.998),
                ],
            },
        ],
        prior: Some(1e-3),
        ..TableSettings::default()
    }
}
