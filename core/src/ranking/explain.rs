//! Why a family stands where it stands.

use super::rows::Ranking;
use super::{By, Ties};
use super::{RankEntry, Score, Span, place};

/// One family's place in its group, with what it would take to leave it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RankStanding<S> {
    /// 1..=10 or 1..=100.
    pub part: u8,
    /// Position in the group, from 1, poorest first.
    pub rank: u64,
    /// Ranked families of the group.
    pub of: u64,
    /// The weight before it, its own (of its run, where ties stay together), and that of the group: the exact numbers the
    /// place was computed from.
    pub before: u128,
    /// See `before`.
    pub own: u128,
    /// See `before`.
    pub total: u128,
    /// Families with exactly the same score, itself included.
    pub same_score: u64,
    /// The key decided: the run of equal scores lies on both sides of a cut.
    pub decided_by_key: bool,
    /// The nearest score of a poorer part.
    pub poorer: Option<S>,
    /// How far the score is from it, in units of the score, as a positive number.
    pub to_poorer: Option<f64>,
    /// The nearest score of a richer part.
    pub richer: Option<S>,
    /// How far the score is from it, as a positive number.
    pub to_richer: Option<f64>,
}

/// Explains the place of the entry at `row`, from the entries the ranking was made of. One pass over the entries.
/// `None` where the entry was not ranked.
///
/// ```
/// use bansos::ranking::{RankEntry, RankOptions, rank, standing};
/// let keys: Vec<[u8; 1]> = (0..20).map(|n| [b'a' + n]).collect();
/// let entries: Vec<_> = keys.iter().zip(0..).map(|(k, n)| RankEntry::new(k, Some(1000 + 10 * n))).collect();
/// let ranking = rank::<i64>(&entries, &RankOptions::default())?;
/// let why = standing(&ranking, &entries, 3).unwrap();
/// assert_eq!((why.part, why.rank, why.of), (2, 4, 20));
/// assert_eq!((why.to_poorer, why.to_richer), (Some(20.0), Some(10.0))); // 1010 is in decile 1, 1040 in decile 3
/// # Ok::<(), bansos::ranking::RankError>(())
/// ```
pub fn standing<S: Score>(ranking: &Ranking<S>, entries: &[RankEntry<'_, S>], row: usize) -> Option<RankStanding<S>> {
    let options = ranking.options();
    let part = (*ranking.places.get(row)?)?.get();
    let me = entries.get(row)?;
    let (score, key, group) = (me.score?, me.key?, me.group?);
    let order = score.key()?;
    let report = ranking.report.group(group)?;
    let weight = |e: &RankEntry<'_, S>| match options.by {
        By::Families => 1,
        By::Persons => e.size.and_then(|s| u64::try_from(s).ok()).unwrap_or(0),
    };
    let (mut before, mut own, mut same_score) = (0_u128, 0_u128, 0);
    let (mut lowest, mut highest) = (part, part);
    for (entry, place) in entries.iter().zip(&ranking.places).filter(|(e, p)| e.group == Some(group) && p.is_some()) {
        let Some(other) = entry.score.and_then(Score::key) else { continue };
        let poorer = if options.lower_is_poorer { other < order } else { other > order };
        if poorer || (other == order && options.ties == Ties::Split && entry.key < Some(key)) {
            before += u128::from(weight(entry));
        }
        if other == order {
            same_score += 1;
            own += if options.ties == Ties::Together { u128::from(weight(entry)) } else { 0 };
            let at = place.map_or(part, std::num::NonZeroU8::get);
            (lowest, highest) = (lowest.min(at), highest.max(at));
        }
    }
    if options.ties == Ties::Split {
        own = u128::from(weight(me));
    }
    let total = report.weight;
    debug_assert_eq!(place(options.rule, options.scale, Span { before, own, total }), Some(part));
    let at = usize::from(part);
    let poorer = at.checked_sub(2).and_then(|k| report.cuts.get(k)?.poorer);
    let richer = at.checked_sub(1).and_then(|k| report.cuts.get(k)?.richer);
    Some(RankStanding {
        part,
        rank: (*ranking.ranks.get(row)?)?,
        of: report.ranked,
        before,
        own,
        total,
        same_score,
        decided_by_key: lowest != highest,
        poorer,
        to_poorer: poorer.map(|other| score.minus(other).abs()),
        richer,
        to_richer: richer.map(|other| other.minus(score).abs()),
    })
}
