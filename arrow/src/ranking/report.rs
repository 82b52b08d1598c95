//! What a ranking of columns says about itself: the same report as the core's, in two passes, from any parts of the data.

use super::columns::{ColumnScore, Columns, Groups};
use super::map::{Wide, key_of};
use super::stretches::stretches;
use bansos::ranking::{By, Cut, GroupReport, RankCell, RankError, RankOptions, RankReport, RankTally, Ties};
use rayon::prelude::*;
use std::ops::Range;

/// The report of one grouping of a ranking in memory; `parts` is what [`super::rank_columns`] gave for it.
///
/// # Errors
/// [`RankError::Length`], [`RankError::GroupRange`].
///
/// ```
/// use bansos::ranking::RankOptions;
/// use bansos_arrow::ranking::{Columns, Groups, rank_columns, report};
/// let scores = [3_i64, 1, 2, 2];
/// let columns = Columns::new(&scores);
/// let parts = rank_columns(&columns, &RankOptions::default())?;
/// let report = report(&columns, Groups::All, &parts[0], &RankOptions::default())?;
/// assert_eq!((report.total.ranked, report.total.decided_by_key), (4, 2));
/// # Ok::<(), bansos::ranking::RankError>(())
/// ```
pub fn report<S: ColumnScore>(
    columns: &Columns<'_, S>,
    groups: Groups<'_>,
    parts: &[u8],
    options: &RankOptions,
) -> Result<RankReport<S>, RankError> {
    let ranges = stretches(columns.rows());
    let surveys: Vec<_> =
        ranges.par_iter().map(|rows| Survey::take(columns, groups, parts, rows.clone(), options)).collect();
    let mut all = Survey::new(groups.count(), options);
    for survey in surveys {
        all.merge(survey?)?;
    }
    let cuts = all.cuts(options);
    let margins: Vec<_> =
        ranges.par_iter().map(|rows| Margins::take(columns, groups, parts, rows.clone(), options, &cuts)).collect();
    let mut sum = Margins::new(groups.count());
    for margins in margins {
        sum.merge(&margins?)?;
    }
    Ok(all.report(options, cuts, &sum))
}

/// First pass: sizes and score ranges of every part of every group.
#[derive(Clone, Debug)]
pub struct Survey<S: ColumnScore> {
    parts: usize,
    tally: RankTally,
    /// Families with a score, by group.
    scored: Vec<u64>,
    /// Every part of every group.
    cells: Vec<CellRange<S::Key>>,
}

/// One part of one group.
#[derive(Clone, Copy, Debug, Default)]
struct CellRange<K> {
    cell: RankCell,
    lo: K,
    hi: K,
}

/// The cuts of every group.
pub type GroupCuts<S> = Vec<Vec<Cut<S>>>;

impl<S: ColumnScore> Survey<S> {
    /// Nothing seen yet of so many groups.
    pub fn new(groups: u32, options: &RankOptions) -> Self {
        let parts = usize::from(options.scale.parts());
        let none = CellRange { cell: RankCell::default(), lo: S::Key::MAX, hi: S::Key::default() };
        Self {
            parts,
            tally: RankTally::default(),
            scored: vec![0; groups as usize],
            cells: vec![none; groups as usize * parts],
        }
    }

    /// What a stretch of rows holds.
    ///
    /// # Errors
    /// [`RankError::Length`], [`RankError::GroupRange`].
    pub fn take(
        columns: &Columns<'_, S>,
        groups: Groups<'_>,
        parts: &[u8],
        rows: Range<usize>,
        options: &RankOptions,
    ) -> Result<Self, RankError> {
        let mut all = Self::new(groups.count(), options);
        if parts.len() != columns.rows() {
            let (expected, found) = (columns.rows() as u64, parts.len() as u64);
            return Err(RankError::Length { column: "decile", expected, found });
        }
        for row in rows {
            all.tally.families += 1;
            let unranked = &mut all.tally.unranked;
            if columns.valid.is_some_and(|v| v.is_null(row)) {
                unranked.missing += 1;
                continue;
            }
            let Some(key) = columns.scores.get(row).and_then(|&s| key_of(s, !options.lower_is_poorer)) else {
                unranked.not_finite += 1;
                continue;
            };
            let Some(group) = groups.get(row)? else {
                unranked.no_group += 1;
                continue;
            };
            if let Some(scored) = all.scored.get_mut(group as usize) {
                *scored += 1;
            }
            let part = usize::from(parts.get(row).copied().unwrap_or(0));
            let at = part.checked_sub(1).map(|part| group as usize * all.parts + part);
            if let Some(seen) = at.and_then(|at| all.cells.get_mut(at)) {
                let size = columns.sizes.get(row);
                all.tally.size_unknown += u64::from(size.is_none());
                seen.cell.add(RankCell { families: 1, persons: size.unwrap_or(0).into() });
                seen.lo = seen.lo.min(key);
                seen.hi = seen.hi.max(key);
            }
        }
        Ok(all)
    }

    /// Adds what another stretch holds.
    ///
    /// # Errors
    /// [`RankError::SummaryMismatch`] where the groups differ.
    pub fn merge(&mut self, other: Self) -> Result<(), RankError> {
        if self.cells.len() != other.cells.len() || self.parts != other.parts {
            return Err(RankError::SummaryMismatch);
        }
        let (mine, theirs) = (&mut self.tally, &other.tally);
        mine.families += theirs.families;
        mine.size_unknown += theirs.size_unknown;
        mine.unranked.missing += theirs.unranked.missing;
        mine.unranked.not_finite += theirs.unranked.not_finite;
        mine.unranked.no_group += theirs.unranked.no_group;
        self.scored.iter_mut().zip(&other.scored).for_each(|(a, b)| *a += b);
        for (mine, theirs) in self.cells.iter_mut().zip(other.cells) {
            mine.cell.add(theirs.cell);
            mine.lo = mine.lo.min(theirs.lo);
            mine.hi = mine.hi.max(theirs.hi);
        }
        Ok(())
    }

    /// The scores on both sides of every cut.
    pub fn cuts(&self, options: &RankOptions) -> GroupCuts<S> {
        let score = |key: S::Key| S::from_key(if options.lower_is_poorer { key } else { S::reverse(key) });
        let of_group = |cells: &[CellRange<S::Key>]| {
            let held = |s: &&CellRange<S::Key>| s.cell.families > 0;
            let cut = |at: usize| {
                let (poorer, richer) = cells.split_at(at);
                Cut {
                    poorer: poorer.iter().rev().find(held).map(|s| score(s.hi)),
                    richer: richer.iter().find(held).map(|s| score(s.lo)),
                }
            };
            (1..cells.len()).map(cut).collect()
        };
        self.cells.chunks(self.parts).map(of_group).collect()
    }

    /// The finished report.
    pub fn report(mut self, options: &RankOptions, cuts: GroupCuts<S>, margins: &Margins) -> RankReport<S> {
        let total = &mut self.tally;
        total.cells = vec![RankCell::default(); self.parts];
        total.near_cut = options.near.map(|_| 0);
        let mut report = RankReport { total: RankTally::default(), groups: Vec::new(), small_groups: 0 };
        let groups = self.cells.chunks(self.parts).zip(cuts).zip(&self.scored).zip(&margins.0);
        for (group, (((cells, cuts), &scored), &(decided_by_key, near))) in (0..).zip(groups) {
            report.small_groups += u64::from((1..10).contains(&scored));
            let cells: Vec<RankCell> = cells.iter().map(|s| s.cell).collect();
            let ranked: u64 = cells.iter().map(|c| c.families).sum();
            if scored > 0 && ranked == 0 {
                let small = scored < options.min_group;
                let reason = if small { &mut total.unranked.small_group } else { &mut total.unranked.no_weight };
                *reason += scored;
            }
            if ranked == 0 {
                continue;
            }
            total.ranked += ranked;
            total.decided_by_key += decided_by_key;
            total.near_cut = total.near_cut.map(|n| n + near);
            total.cells.iter_mut().zip(&cells).for_each(|(sum, cell)| sum.add(*cell));
            let weight = match options.by {
                By::Families => ranked.into(),
                By::Persons => cells.iter().map(|c| c.persons).sum(),
            };
            let near_cut = options.near.map(|_| near);
            report.groups.push(GroupReport { group, ranked, weight, cells, cuts, decided_by_key, near_cut });
        }
        report.total = self.tally;
        report
    }
}

/// Second pass: families decided by key and families near a cut, by group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margins(Vec<(u64, u64)>);

impl Margins {
    /// Nothing seen yet of so many groups.
    pub fn new(groups: u32) -> Self {
        Self(vec![(0, 0); groups as usize])
    }

    /// What a stretch of rows holds, given all cuts.
    ///
    /// # Errors
    /// [`RankError::GroupRange`].
    pub fn take<S: ColumnScore>(
        columns: &Columns<'_, S>,
        groups: Groups<'_>,
        parts: &[u8],
        rows: Range<usize>,
        options: &RankOptions,
        cuts: &GroupCuts<S>,
    ) -> Result<Self, RankError> {
        let mut all = Self::new(groups.count());
        for row in rows {
            let Some(part) = parts.get(row).and_then(|&p| usize::from(p).checked_sub(1)) else { continue };
            let Some(group) = groups.get(row)? else { continue };
            let Some((cuts, sums)) = cuts.get(group as usize).zip(all.0.get_mut(group as usize)) else { continue };
            let Some(&score) = columns.scores.get(row) else { continue };
            // the cut before this part and the one after it
            let before = part.checked_sub(1).and_then(|k| cuts.get(k));
            let after = cuts.get(part);
            let key = score.key();
            let runs_through = |cut: &&Cut<S>| {
                let side = |s: Option<S>| s.and_then(S::key);
                key == side(cut.poorer) && key == side(cut.richer)
            };
            sums.0 += u64::from(options.ties == Ties::Split && [before, after].iter().flatten().any(runs_through));
            if let Some(margin) = options.near {
                let others = [before.and_then(|c| c.poorer), after.and_then(|c| c.richer)];
                sums.1 += u64::from(others.into_iter().flatten().any(|other| score.within(other, margin)));
            }
        }
        Ok(all)
    }

    /// Adds what another stretch holds.
    ///
    /// # Errors
    /// [`RankError::SummaryMismatch`] where the groups differ.
    pub fn merge(&mut self, other: &Self) -> Result<(), RankError> {
        if self.0.len() != other.0.len() {
            return Err(RankError::SummaryMismatch);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            mine.0 += theirs.0;
            mine.1 += theirs.1;
        }
        Ok(())
    }
}
