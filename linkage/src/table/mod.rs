//! Linking any table: a Fellegi–Sunter model over comparisons that the user chooses, as data: blocking, training, scoring,
//! clusters, and new rows later. Registers of Indonesia have their own model ([`crate::register::Model`]) that knows names,
//! NIKs and families; this one is for everything else, and for measuring the engine beside others on public data.
//!
//! Terms as in Splink, whose settings can be taken over ([`splink`]).
//!
//! ```
//! use bansos_linkage::table::{Table, TableLinker, example};
//! use bansos_linkage::watch::unwatched;
//! let mut table = Table::new(["unique_id", "name", "born"].map(str::to_owned));
//! for row in [["1", "SITI AMINAH", "1971-01-06"], ["2", "St. Aminah", "1971-01-06"], ["3", "BUDI", "1980-03-09"]] {
//!     table.push(row.map(Some));
//! }
//! let mut linker = TableLinker::new(table, example("name", "born")).unwrap();
//! let pairs = linker.predict(&unwatched).unwrap();
//! assert_eq!(pairs.len(), 1);
//! assert_eq!(linker.cluster(&pairs, &unwatched).unwrap()[1], 0);
//! ```

mod blocks;
mod columns;
mod compare;
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

pub use columns::Table;
pub use error::TableError;
pub use grow::Grown;
pub use settings::*;
#[cfg(feature = "serde")]
pub use state::Restored;
pub use take::Take;
pub use train::Trained;

pub use crate::blocks::RuleCount;
use crate::clusters::{self, Bond};
use crate::count::count;
use crate::model::{self, MISSING, Part, Vector};
use crate::watch::{LinkError, Stage, Watch, Work};
use bansos::plumbing::mix;
use bansos::text::name::Likeness;
use blocks::Keys;
use columns::sources;
use compare::{Comparer, Scratch, Values};
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
    pub vector: Vector,
}

impl TablePair {
    /// Probability that the two are one, as the model has it.
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-f64::from(self.weight)).exp2())
    }
}

/// A table, its settings, and everything between the two that is worked out once.
#[derive(Debug)]
pub struct TableLinker {
    table: Table,
    settings: TableSettings,
    comparer: Comparer,
    keys: Keys,
    counts: Vec<RuleCount>,
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
        table.freeze();
        let comparer = Comparer::new(&table, &settings)?;
        let sources = sources(&table, &settings)?;
        let content = content(&table, &comparer.values, 0);
        let basis = table.rows();
        let mut linker =
            Self { table, settings, comparer, keys: Keys::default(), counts: Vec::new(), sources, content, basis };
        linker.sort();
        Ok(linker)
    }

    /// Sorts rows into the blocks of every rule.
    fn sort(&mut self) {
        self.keys = Keys::new(&self.table, &self.comparer.values, &self.settings.blocking);
        let rules = self.settings.blocking.iter().zip(self.keys.lists()).enumerate();
        self.counts = rules
            .map(|(i, (rule, list))| RuleCount {
                rule: rule.iter().map(|part| part.column.as_str()).collect::<Vec<_>>().join("+"),
                rows: self.keys.rows(i),
                pairs: list.pairs,
                split: 0,
                largest: list.largest,
            })
            .collect();
        let cap = self.settings.rows_at_once();
        let by: Vec<_> = self.comparer.values.parts.iter().filter(|p| p.is_whole()).collect();
        for (rule, count) in self.counts.iter_mut().enumerate().filter(|(_, c)| c.largest > cap as u64) {
            count.split = self.keys.split(rule, cap, &self.table, &by, &self.content);
            count.pairs = self.keys.lists().get(rule).map_or(0, |list| list.pairs);
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
    pub fn counts(&self) -> &[RuleCount] {
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
            let sizes = count(&self.sources);
            all -= sizes.values().map(|s| f64::from(*s)).map(|s| s * (s - 1.0) / 2.0).sum::<f64>();
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
        self.keys.makes_first(rule, a, b, &self.comparer.values) && self.meet(a, b)
    }

    /// Every candidate pair whose weight reaches the threshold, in order of rows. Pairs are compared as they are made: what
    /// is kept is what is returned.
    ///
    /// # Errors
    /// `link.cancelled` where the watcher stopped it.
    pub fn predict(&mut self, watch: Watch<'_>) -> Result<Vec<TablePair>, LinkError> {
        if self.keys.is_stale() {
            self.sort();
        }
        let work = Work::begin(watch, Stage::Compare, self.keys.lists().iter().map(|l| l.pairs).sum())?;
        let weights = (self.prior(), self.settings.threshold);
        let mut all: Vec<TablePair> = Vec::new();
        for (rule, list) in self.keys.lists().iter().enumerate() {
            let found = list.fold(
                &work,
                || (Vec::new(), Scratch::default()),
                |(kept, scratch), a, b| {
                    // most pairs fall at their equalities, before their marks need be looked at
                    let skip = || !self.chosen(rule, a, b);
                    if let Some((weight, vector)) = self.comparer.score(a, b, weights, skip, scratch) {
                        kept.push(TablePair { a: a.min(b), b: a.max(b), weight, vector });
                    }
                },
            );
            work.end()?;
            all.extend(found.into_iter().flat_map(|(kept, _)| kept));
            // one person in more rows than a block may have is still one: what was cut is held together at the cuts
            let bridges = list.cuts.iter().filter(|(a, b)| self.meet(*a, *b)).map(|(a, b)| self.pair(*a, *b));
            all.extend(bridges.filter(|p| p.weight >= self.settings.threshold));
        }
        all.par_sort_unstable_by_key(|p| (p.a, p.b));
        all.dedup_by_key(|p| (p.a, p.b));
        Ok(all)
    }

    /// Any two rows, whatever the threshold.
    pub fn pair(&self, a: u32, b: u32) -> TablePair {
        let mut s = Scratch::default();
        let found = self.comparer.score(a, b, (self.prior(), f32::NEG_INFINITY), || false, &mut s);
        let (weight, vector) = found.unwrap_or((f32::NEG_INFINITY, Vector::default()));
        TablePair { a: a.min(b), b: a.max(b), weight, vector }
    }

    /// The steps of a pair's weight: the prior, then each comparison's level, then what frequency adds to it.
    pub fn waterfall(&self, pair: &TablePair) -> Vec<(String, f32)> {
        let comparisons = &self.settings.comparisons;
        let levels = (0..comparisons.len()).map(|i| (i, i, pair.vector.level(i))).filter(|(_, _, l)| *l != MISSING);
        let frequency = |i, level| self.comparer.frequency(i, level, pair.a, pair.b);
        let label = |part: Part<usize>| match part {
            Part::Prior => "prior".to_owned(),
            Part::Level(i, level) => {
                let c = &comparisons[i];
                format!("{}: {}", c.name, c.levels.get(usize::from(level)).map_or("", |l| &l.label))
            }
            Part::Frequency(i) => format!("{}: frequency", comparisons[i].name),
        };
        let steps = model::waterfall(&self.settings.weights(), self.prior(), levels, frequency);
        steps.into_iter().map(|s| (label(s.part), s.bits)).collect()
    }

    /// The greatest weight a row could reach against a copy of itself: what cannot reach the threshold cannot be linked.
    pub fn self_weights(&self) -> Vec<f32> {
        (0..self.table.rows() as u32).into_par_iter().map(|r| self.pair(r, r).weight).collect()
    }

    /// Clusters of pairs at the settings' threshold: each row's label is the lowest row of its cluster.
    ///
    /// # Errors
    /// `link.cancelled` where the watcher stopped it.
    pub fn cluster(&self, pairs: &[TablePair], watch: Watch<'_>) -> Result<Vec<u32>, LinkError> {
        self.cluster_at(pairs, self.settings.threshold, watch)
    }

    /// The same at another threshold.
    ///
    /// # Errors
    /// `link.cancelled` where the watcher stopped it.
    pub fn cluster_at(&self, pairs: &[TablePair], threshold: f32, watch: Watch<'_>) -> Result<Vec<u32>, LinkError> {
        let strong: Vec<(u32, u32, f32)> =
            pairs.iter().filter(|p| p.weight >= threshold).map(|p| (p.a, p.b, p.weight)).collect();
        let work = Work::begin(watch, Stage::Cluster, self.table.rows() as u64)?;
        let labels = self.cluster_strong(self.table.rows(), &strong, threshold, &|r| r, &work);
        work.end().map(|()| labels)
    }

    /// Clusters of rows known by other numbers: `row` gives the table's.
    fn cluster_strong(
        &self,
        n: usize,
        strong: &[(u32, u32, f32)],
        threshold: f32,
        row: &(dyn Fn(u32) -> u32 + Sync),
        work: &Work<'_>,
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
                clusters::constrained(n, strong, threshold, &rank, &bond, work).0
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
fn content(table: &Table, values: &Values, first: usize) -> Vec<u64> {
    let whole: Vec<_> = values.parts.iter().filter(|p| p.is_whole()).collect();
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
