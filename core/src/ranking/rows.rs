//! Ranking families held as rows: sort, walk, place. `bansos-arrow` gives the same answer for columns, without a sort.

use super::report::{Cut, GroupReport, RankCell, RankReport, RankTally};
use super::rule::{Span, place};
use super::{Decile, RankError, RankOptions, Score, Ties};
use crate::ranking::By;
use std::num::NonZeroU8;

/// A family to be ranked.
#[derive(Clone, Copy, PartialEq)]
pub struct RankEntry<'a, S> {
    /// A key of its own, compared byte by byte: orders equal scores. Empty counts as missing.
    pub key: Option<&'a [u8]>,
    /// Its score.
    pub score: Option<S>,
    /// Number of members; the weight when ranking by persons.
    pub size: Option<i128>,
    /// The group it is ranked in: a region's number, or 0 for all. `None`: not ranked.
    pub group: Option<u32>,
}

impl<'a, S> RankEntry<'a, S> {
    /// A family of unknown size in group 0.
    pub const fn new(key: &'a [u8], score: Option<S>) -> Self {
        Self { key: Some(key), score, size: None, group: Some(0) }
    }

    /// With its number of members.
    #[must_use]
    pub fn with_size(self, size: u32) -> Self {
        Self { size: Some(size.into()), ..self }
    }

    /// In a group.
    #[must_use]
    pub fn in_group(self, group: u32) -> Self {
        Self { group: Some(group), ..self }
    }
}

impl<S> std::fmt::Debug for RankEntry<'_, S> {
    /// A key may be a family-card number, so only its presence is shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RankEntry(key: {}, scored: {}, group: {:?})", self.key.is_some(), self.score.is_some(), self.group)
    }
}

/// A ranking: one place for each entry, in the order the entries came, and the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking<S> {
    /// 1..=10 or 1..=100; `None` where not ranked.
    pub places: Vec<Option<NonZeroU8>>,
    /// Rank within the group, from 1; `None` where not ranked.
    pub ranks: Vec<Option<u64>>,
    /// Sizes, reasons, cuts.
    pub report: RankReport<S>,
    pub(super) options: RankOptions,
}

impl<S> Ranking<S> {
    /// The decile of each entry, in the order the entries came; from percentiles where those were ranked.
    pub fn deciles(&self) -> impl Iterator<Item = Option<Decile>> + '_ {
        self.places.iter().map(|place| self.decile_of(*place))
    }

    /// The decile of one entry.
    pub fn decile(&self, entry: usize) -> Option<Decile> {
        self.decile_of(self.places.get(entry).copied().flatten())
    }

    fn decile_of(&self, place: Option<NonZeroU8>) -> Option<Decile> {
        let part = place?.get();
        if self.options.scale == super::Scale::Percentiles { Decile::from_percentile(part) } else { Decile::new(part) }
    }

    /// The conventions it was made with.
    pub const fn options(&self) -> &RankOptions {
        &self.options
    }
}

/// One scored entry on the line.
struct RankStanding<'a, S: Score> {
    order: S::Key,
    key: &'a [u8],
    score: S,
    row: usize,
    group: u32,
    weight: u64,
    size: Option<u64>,
    part: Option<NonZeroU8>,
}

/// Ranks families: exact, and the same whatever order the entries come in.
///
/// # Errors
/// [`RankError`] when a family with a score has no key, no usable weight where persons are ranked, or a key that another
/// has; or when the margin is not a number. Rows in errors count from 0; the first offending row is named.
pub fn rank<S: Score>(entries: &[RankEntry<'_, S>], options: &RankOptions) -> Result<Ranking<S>, RankError> {
    if options.near.is_some_and(|near| !(near.is_finite() && near >= 0.0)) {
        return Err(RankError::Margin);
    }
    let mut tally = RankTally { families: entries.len() as u64, ..RankTally::default() };
    let mut line = line_up(entries, options, &mut tally)?;
    check_keys(&line)?;
    line.retain(|s| s.group != NO_GROUP);
    line.sort_unstable_by(|a, b| (a.group, a.order, a.key).cmp(&(b.group, b.order, b.key)));

    let mut places = vec![None; entries.len()];
    let mut ranks = vec![None; entries.len()];
    let mut report = RankReport { total: tally, groups: Vec::new(), small_groups: 0 };
    report.total.cells = vec![RankCell::default(); usize::from(options.scale.parts())];
    report.total.near_cut = options.near.map(|_| 0);
    for members in line.chunk_by_mut(|a, b| a.group == b.group) {
        let families = members.len() as u64;
        report.small_groups += u64::from(families < 10);
        if families < options.min_group {
            report.total.unranked.small_group += families;
            continue;
        }
        match place_group(members, options) {
            Some(group) => report.add(group),
            None => {
                report.total.unranked.no_weight += families;
                continue;
            }
        }
        report.total.size_unknown += members.iter().filter(|s| s.size.is_none()).count() as u64;
        for (rank, standing) in (1..).zip(&*members) {
            if let (Some(place), Some(at)) = (places.get_mut(standing.row), ranks.get_mut(standing.row)) {
                *place = standing.part;
                *at = Some(rank);
            }
        }
    }
    Ok(Ranking { places, ranks, report, options: *options })
}

const NO_GROUP: u32 = u32::MAX;

/// The entries with a score, their weights and keys checked.
fn line_up<'a, S: Score>(
    entries: &[RankEntry<'a, S>],
    options: &RankOptions,
    tally: &mut RankTally,
) -> Result<Vec<RankStanding<'a, S>>, RankError> {
    let mut line = Vec::new();
    for (row, entry) in entries.iter().enumerate() {
        let Some(score) = entry.score else {
            tally.unranked.missing += 1;
            continue;
        };
        let Some(order) = score.key() else {
            tally.unranked.not_finite += 1;
            continue;
        };
        let at = row as u64;
        let key = entry.key.filter(|k| !k.is_empty()).ok_or(RankError::KeyMissing { row: at })?;
        let size = entry.size.and_then(|size| u64::try_from(size).ok());
        let weight = match (options.by, size, entry.size) {
            (By::Families, ..) => 1,
            (By::Persons, Some(size), _) => size,
            (By::Persons, None, None) => return Err(RankError::WeightMissing { row: at }),
            (By::Persons, None, Some(..0)) => return Err(RankError::WeightNegative { row: at }),
            (By::Persons, None, Some(_)) => return Err(RankError::WeightTooLarge { row: at }),
        };
        let group = entry.group.unwrap_or(NO_GROUP);
        tally.unranked.no_group += u64::from(group == NO_GROUP);
        // the same number for both zeros
        let score = S::from_key(order);
        let order = if options.lower_is_poorer { order } else { S::reverse(order) };
        line.push(RankStanding { order, key, score, row, group, weight, size, part: None });
    }
    Ok(line)
}

/// Refuses a key that two scored entries share, naming the first of them.
fn check_keys<S: Score>(line: &[RankStanding<'_, S>]) -> Result<(), RankError> {
    let mut keys: Vec<(&[u8], usize)> = line.iter().map(|s| (s.key, s.row)).collect();
    keys.sort_unstable();
    let shared = |pair: &[(&[u8], usize)]| match pair {
        [a, b] if a.0 == b.0 => Some(a.1),
        _ => None,
    };
    let doubled = keys.windows(2).filter_map(shared).min();
    doubled.map_or(Ok(()), |row| Err(RankError::KeyDoubled { row: row as u64 }))
}

/// Places one sorted group and reports on it; `None` where it weighs nothing.
fn place_group<S: Score>(members: &mut [RankStanding<'_, S>], options: &RankOptions) -> Option<GroupReport<S>> {
    let total: u128 = members.iter().map(|s| u128::from(s.weight)).sum();
    let mut before = 0;
    let mut decided_by_key = 0;
    for run in members.chunk_by_mut(|a, b| a.order == b.order) {
        let weight: u128 = run.iter().map(|s| u128::from(s.weight)).sum();
        match options.ties {
            Ties::Together => {
                let part = place(options.rule, options.scale, Span { before, own: weight, total })?;
                run.iter_mut().for_each(|s| s.part = NonZeroU8::new(part));
            }
            Ties::Split => {
                let mut at = before;
                for standing in &mut *run {
                    let own = u128::from(standing.weight);
                    standing.part =
                        NonZeroU8::new(place(options.rule, options.scale, Span { before: at, own, total })?);
                    at += own;
                }
                let cut = run.first().map(|s| s.part) != run.last().map(|s| s.part);
                decided_by_key += if cut { run.len() as u64 } else { 0 };
            }
        }
        before += weight;
    }
    let parts = options.scale.parts();
    let part_of = |s: &RankStanding<'_, S>| s.part.map_or(0, NonZeroU8::get);
    let cuts = (1..parts).map(|k| {
        let (poorer, richer) = members.split_at(members.partition_point(|s| part_of(s) <= k));
        Cut { poorer: poorer.last().map(|s| s.score), richer: richer.first().map(|s| s.score) }
    });
    let cuts: Vec<Cut<S>> = cuts.collect();
    let mut cells = vec![RankCell::default(); usize::from(parts)];
    for standing in &*members {
        if let Some(cell) = cells.get_mut(usize::from(part_of(standing)).wrapping_sub(1)) {
            cell.add(RankCell { families: 1, persons: standing.size.unwrap_or(0).into() });
        }
    }
    let near = |margin: f64| members.iter().filter(|s| is_near(s.score, part_of(s), &cuts, margin)).count() as u64;
    Some(GroupReport {
        group: members.first().map_or(NO_GROUP, |s| s.group),
        ranked: members.len() as u64,
        weight: total,
        near_cut: options.near.map(near),
        cells,
        cuts,
        decided_by_key,
    })
}

/// Whether a score in a part lies within the margin of the nearest score of another part.
pub(super) fn is_near<S: Score>(score: S, part: u8, cuts: &[Cut<S>], margin: f64) -> bool {
    let part = usize::from(part);
    let poorer = part.checked_sub(2).and_then(|k| cuts.get(k)?.poorer);
    let richer = part.checked_sub(1).and_then(|k| cuts.get(k)?.richer);
    [poorer, richer].into_iter().flatten().any(|other| score.within(other, margin))
}

impl<S> RankReport<S> {
    fn add(&mut self, group: GroupReport<S>) {
        let total = &mut self.total;
        total.ranked += group.ranked;
        total.decided_by_key += group.decided_by_key;
        total.near_cut = total.near_cut.zip(group.near_cut).map(|(a, b)| a + b);
        total.cells.iter_mut().zip(&group.cells).for_each(|(sum, cell)| sum.add(*cell));
        self.groups.push(group);
    }
}
