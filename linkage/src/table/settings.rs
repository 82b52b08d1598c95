//! What linking a table is told, as data that can be written to a file and read back: how rows are blocked, on what they
//! are compared, and the model's m and u.

use super::{TableError, Take};
use crate::model::{MOST_COMPARISONS, MOST_LEVELS, Shares, Weights};
use bansos::text::name::Likeness;

/// Which pairs are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum LinkType {
    /// All pairs of one table.
    #[default]
    DedupeOnly,
    /// Only pairs of two sources.
    LinkOnly,
    /// Both.
    LinkAndDedupe,
}

/// A column, or a part of it, in a blocking key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct KeyPart {
    /// Column.
    pub column: String,
    /// What of it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Take::is_whole"))]
    pub take: Take,
}

impl KeyPart {
    /// The whole of a column.
    pub fn whole(column: &str) -> Self {
        Self { column: column.to_owned(), take: Take::Whole }
    }
}

/// A blocking rule: two rows are compared when all parts agree. A missing value agrees with nothing.
pub type Block = Vec<KeyPart>;

/// A test of two values; a level's condition.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Test {
    /// Equal.
    Exact {
        /// What is compared.
        #[cfg_attr(feature = "serde", serde(flatten))]
        of: KeyPart,
    },
    /// Jaro–Winkler similarity.
    JaroWinkler {
        /// What is compared.
        #[cfg_attr(feature = "serde", serde(flatten))]
        of: KeyPart,
        /// From 0 to 1.
        at_least: f64,
    },
    /// Jaro similarity.
    Jaro {
        /// What is compared.
        #[cfg_attr(feature = "serde", serde(flatten))]
        of: KeyPart,
        /// From 0 to 1.
        at_least: f64,
    },
    /// Levenshtein distance.
    Levenshtein {
        /// What is compared.
        #[cfg_attr(feature = "serde", serde(flatten))]
        of: KeyPart,
        /// Edits.
        at_most: u32,
    },
    /// Edits, neighbours exchanged being one.
    DamerauLevenshtein {
        /// What is compared.
        #[cfg_attr(feature = "serde", serde(flatten))]
        of: KeyPart,
        /// Edits.
        at_most: u32,
    },
    /// Dates (YYYY-MM-DD) so many days apart.
    DaysApart {
        /// What is compared.
        #[cfg_attr(feature = "serde", serde(flatten))]
        of: KeyPart,
        /// Days.
        at_most: f64,
    },
    /// Numbers so far apart.
    NumberApart {
        /// What is compared.
        #[cfg_attr(feature = "serde", serde(flatten))]
        of: KeyPart,
        /// In the column's unit.
        at_most: f64,
    },
    /// Indonesian names, compared as this library compares them.
    Name {
        /// What is compared.
        #[cfg_attr(feature = "serde", serde(flatten))]
        of: KeyPart,
        /// The weakest likeness that passes.
        at_least: Likeness,
    },
    /// The value of one column stands in the other, and the other way about: given name and surname exchanged.
    Exchanged {
        /// One column.
        a: String,
        /// The other.
        b: String,
    },
    /// All hold.
    All {
        /// Which.
        of: Vec<Test>,
    },
    /// One holds.
    Any {
        /// Which.
        of: Vec<Test>,
    },
    /// Always: the last level.
    Else,
}

impl Test {
    /// The parts of columns it looks at.
    pub fn parts(&self, out: &mut Vec<KeyPart>) {
        match self {
            Self::Exact { of }
            | Self::JaroWinkler { of, .. }
            | Self::Jaro { of, .. }
            | Self::Levenshtein { of, .. }
            | Self::DamerauLevenshtein { of, .. }
            | Self::DaysApart { of, .. }
            | Self::Name { of, .. }
            | Self::NumberApart { of, .. } => out.push(of.clone()),
            Self::Exchanged { a, b } => out.extend([KeyPart::whole(a), KeyPart::whole(b)]),
            Self::All { of } | Self::Any { of } => of.iter().for_each(|t| t.parts(out)),
            Self::Else => {}
        }
    }
}

/// A level of a comparison.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Level {
    /// Its name in charts.
    pub label: String,
    /// When it is reached; the first that holds counts.
    pub when: Test,
    /// Share of the pairs of one person that reach it; estimated where missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub m: Option<f64>,
    /// Share of the pairs of two persons that reach it; estimated where missing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub u: Option<f64>,
    /// The column whose frequent values say less, where the level knows one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub frequency: Option<String>,
}

/// A comparison: what is compared, and the levels of agreement from the strongest to `Else`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Comparison {
    /// Name.
    pub name: String,
    /// Sets of columns: where none of the sets is complete on both sides, the comparison says nothing. The columns of the
    /// first level where empty.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub needs: Vec<Vec<String>>,
    /// Levels.
    pub levels: Vec<Level>,
}

/// How pairs become clusters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Clustering {
    /// Everything that hangs together, as in Splink.
    Components,
    /// Clusters join while the mean weight between all their rows stays above the threshold: one wrong pair joins nobody.
    #[default]
    Mean,
}

/// Settings for linking a table.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct TableSettings {
    /// Which pairs.
    pub link_type: LinkType,
    /// The column with the row's own name.
    pub unique_id: String,
    /// The column that tells sources apart.
    pub source: Option<String>,
    /// Rules that make candidate pairs.
    pub blocking: Vec<Block>,
    /// Rules whose pairs teach m; the blocking rules where empty.
    pub training: Vec<Block>,
    /// Comparisons.
    pub comparisons: Vec<Comparison>,
    /// Probability that two rows drawn at random are one person; estimated where missing.
    pub prior: Option<f64>,
    /// Pairs from this match weight (log2 odds) up are kept and joined.
    pub threshold: f32,
    /// How.
    pub clustering: Clustering,
    /// A block of more rows is split by the values compared; 0: only blocks of more than [`TableSettings::MOST_ROWS`] are.
    pub block_cap: u32,
    /// Random pairs drawn for u.
    pub random_pairs: u64,
}

impl Default for TableSettings {
    fn default() -> Self {
        Self {
            link_type: LinkType::default(),
            unique_id: "unique_id".to_owned(),
            source: None,
            blocking: Vec::new(),
            training: Vec::new(),
            comparisons: Vec::new(),
            prior: None,
            threshold: 0.0,
            clustering: Clustering::default(),
            block_cap: 0,
            random_pairs: 1_000_000,
        }
    }
}

impl TableSettings {
    /// A block of more rows is split in any case: its pairs (some 12 million) are what memory holds at once. How many were split is
    /// counted, see [`crate::blocks::RuleCount`].
    pub const MOST_ROWS: u32 = 5_000;

    /// Rows of a block before it is split.
    pub(super) fn rows_at_once(&self) -> usize {
        let cap = if self.block_cap == 0 { Self::MOST_ROWS } else { self.block_cap.min(Self::MOST_ROWS) };
        cap.max(2) as usize
    }

    /// Refuses what cannot be run.
    pub fn check(&self) -> Result<(), TableError> {
        if self.comparisons.is_empty() {
            return Err(TableError::NoComparison);
        }
        if self.blocking.is_empty() || self.blocking.iter().any(Vec::is_empty) {
            return Err(TableError::NoBlocking);
        }
        if self.comparisons.len() > MOST_COMPARISONS {
            return Err(TableError::TooManyComparisons { most: MOST_COMPARISONS as u32 });
        }
        for c in &self.comparisons {
            if c.levels.len() > MOST_LEVELS || c.levels.len() < 2 {
                return Err(TableError::Levels { comparison: c.name.clone() });
            }
            if c.levels.last().map(|l| &l.when) != Some(&Test::Else) {
                return Err(TableError::NoElse { comparison: c.name.clone() });
            }
        }
        // what lies outside is no share: the weight made of it would be endless, or no number
        let inside = |share: f64| share > 0.0 && share < 1.0;
        for c in &self.comparisons {
            for level in &c.levels {
                let wrong = [("m", level.m), ("u", level.u)].into_iter().find(|(_, s)| s.is_some_and(|s| !inside(s)));
                if let Some((share, _)) = wrong {
                    let (comparison, level) = (c.name.clone(), level.label.clone());
                    return Err(TableError::Share { comparison, level, share });
                }
            }
        }
        if self.prior.is_some_and(|p| !inside(p)) {
            return Err(TableError::Prior);
        }
        if !self.threshold.is_finite() {
            return Err(TableError::Threshold);
        }
        if self.link_type != LinkType::DedupeOnly && self.source.is_none() {
            return Err(TableError::NoSource);
        }
        Ok(())
    }

    /// m and u of every comparison; both are 0 at a level where either is not known yet.
    pub(super) fn shares(&self) -> Vec<Shares> {
        let known = |l: &Level| l.m.zip(l.u).unwrap_or_default();
        self.comparisons
            .iter()
            .map(|c| {
                let (m, u) = c.levels.iter().map(known).unzip();
                Shares { m, u }
            })
            .collect()
    }

    /// The match weight of every level of every comparison, in their order; a level without m or u weighs nothing.
    pub fn weights(&self) -> Weights {
        Weights::new(&self.shares())
    }

    /// The columns it looks at, each once, in order of first mention.
    pub fn columns(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for c in &self.comparisons {
            all.extend(c.needs.iter().flatten().cloned());
            let mut parts = Vec::new();
            c.levels.iter().for_each(|l| {
                l.when.parts(&mut parts);
                all.extend(l.frequency.iter().cloned());
            });
            all.extend(parts.into_iter().map(|p| p.column));
        }
        let rules = self.blocking.iter().chain(&self.training).flatten();
        all.extend(rules.map(|p| p.column.clone()));
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|c| seen.insert(c.clone()));
        all
    }
}
