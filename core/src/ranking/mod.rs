//! Welfare ranking: exact deciles and percentiles, and proxy-means-test scores.
//!
//! A decile is a place in a line, not an amount. Families are ordered by a score (by default the lowest is the
//! poorest), and the line is cut into ten parts. What sounds simple has traps that live registries have fallen into:
//! a family without a score ranked as the poorest, ties cut by the order of the file, a heavy family on a cut that
//! goes up in one program and down in another. Here each is a named rule:
//!
//! - **Order**: by score, then by a stable key (family number, never the row order of a file that may be shuffled).
//! - **Place**: with B the weight before a family, w its own and T the total of its group, [`Rule::Start`] gives
//!   `floor(10·B/T) + 1`, [`Rule::Upper`] `ceil(10·(B+w)/T)`, [`Rule::Midpoint`] `floor(10·(B+w/2)/T) + 1`, each kept
//!   within 1..=10. All in 128-bit integers, never in floating point.
//! - **By**: families (each counts once) or persons (each counts its members). Official words disagree, so the caller
//!   names it, and the report gives both sizes of every decile.
//! - **Ties**: equal scores are split by key, or kept together as one run.
//! - **Missing**: no score, or one that is not a finite number, gives no decile and is in no denominator.
//! - **Zero weight**: takes a place and moves no boundary. Missing or negative weight, or a missing or doubled key, of
//!   a family that has a score is an error: a ranking over such rows would be somebody's accident.
//!
//! The result depends only on the set of rows: not on their order, nor, in `bansos-arrow`, on threads or partitions.
//!
//! ```
//! use bansos::ranking::{RankEntry, RankOptions, rank};
//!
//! // log spending per head of five synthetic families, the last one not scored
//! let scores = [Some(12.9), Some(12.1), Some(14.0), Some(13.3), None];
//! let keys = ["F1", "F2", "F3", "F4", "F5"];
//! let entries: Vec<RankEntry<'_, f64>> =
//!     scores.iter().zip(keys).map(|(score, key)| RankEntry::new(key.as_bytes(), *score)).collect();
//! let ranking = rank(&entries, &RankOptions::default())?;
//! let deciles: Vec<_> = ranking.deciles().map(|d| d.map(|d| d.get())).collect();
//! assert_eq!(deciles, [Some(3), Some(1), Some(8), Some(6), None]);
//! assert_eq!(ranking.report.total.unranked.missing, 1);
//! # Ok::<(), bansos::ranking::RankError>(())
//! ```
//!
//! What is known of the official method (39 variables, a model of spending per head, sorted and cut in ten) and what is
//! not (the weights, the tie rule, families or persons) is in `docs/`; see also [`pmt`].

mod change;
mod error;
mod explain;
mod options;
pub mod pmt;
mod report;
mod rows;
mod rule;
mod score;

pub use change::{DecileChange, Transition, compare};
pub use error::{RankError, RankFinding};
pub use explain::{RankStanding, standing};
pub use options::{By, RankOptions, Rule, Scale, Ties};
pub use report::{Cut, GroupReport, RankCell, RankReport, RankTally, Unranked};
pub use rows::{RankEntry, Ranking, rank};
pub use rule::{Span, WEIGHT_LIMIT, place};
pub use score::Score;

/// A welfare decile, 1 (poorest) to 10. Unranked is `None`, never 0 or 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "u8", into = "u8"))]
pub struct Decile(u8);

impl TryFrom<u8> for Decile {
    type Error = &'static str;
    fn try_from(n: u8) -> Result<Self, Self::Error> {
        Self::new(n).ok_or("a decile is 1 to 10")
    }
}

impl From<Decile> for u8 {
    fn from(d: Decile) -> Self {
        d.0
    }
}

impl Decile {
    /// 1..=10, or nothing.
    pub const fn new(n: u8) -> Option<Self> {
        if n >= 1 && n <= 10 { Some(Self(n)) } else { None }
    }

    /// The decile that a percentile 1..=100 lies in: 1 to 10 are decile 1, 91 to 100 decile 10. The same rule gives
    /// both, so a decile got this way equals the decile ranked directly.
    ///
    /// ```
    /// use bansos::Decile;
    /// assert_eq!(Decile::from_percentile(40), Decile::new(4));
    /// assert_eq!(Decile::from_percentile(41), Decile::new(5));
    /// assert_eq!(Decile::from_percentile(0), None);
    /// ```
    pub const fn from_percentile(p: u8) -> Option<Self> {
        if p >= 1 && p <= 100 { Some(Self(p.div_ceil(10))) } else { None }
    }

    /// 1..=10.
    pub const fn get(self) -> u8 {
        self.0
    }
}
