//! Ranking data in parts: files that do not fit in memory, or partitions on many machines.
//!
//! A coordinator holds a [`Plan`]. In each round every part is asked for a [`Summary`] of what the plan wants to know;
//! summaries merge in any order; the merged one advances the plan. After three rounds (a few more where very many families
//! share a score or scores are spread absurdly) the plan becomes [`Cuts`], with which each part writes its own deciles.
//! Sums of whole numbers are the only thing that crosses, so **the answer is the same for any division into parts**,
//! and the same as [`super::rank_columns`] gives for all of it.
//!
//! [`Plan`], [`Summary`] and [`Cuts`] travel as bytes (`to_bytes`, `from_bytes`): the plan goes out to every part, summaries
//! come back, at the end the cuts go out. `examples/ranking_in_processes.rs` does so with a process for each part.
//!
//! ```
//! use bansos::ranking::RankOptions;
//! use bansos_arrow::ranking::{Columns, Plan, Round, rank_columns};
//!
//! let scores: Vec<f64> = (0..1000).map(|n| f64::from(n * 7919 % 1009)).collect();
//! let whole = rank_columns(&Columns::new(&scores), &RankOptions::default())?;
//!
//! // the same in three parts; row order is the key here, so each part says where it begins
//! let parts: Vec<_> = scores.chunks(400).zip([0, 400, 800])
//!     .map(|(part, first_row)| Columns { first_row, ..Columns::new(part) })
//!     .collect();
//! let mut plan = Plan::start(&RankOptions::default(), &[1]);
//! let cuts = loop {
//!     let mut summary = plan.nothing();
//!     for part in &parts {
//!         summary = summary.merge(plan.summarise(part)?)?;
//!     }
//!     match plan.advance(summary)? {
//!         Round::Again(next) => plan = next,
//!         Round::Ready(cuts) => break cuts,
//!     }
//! };
//! let deciles: Vec<u8> = parts.iter().flat_map(|part| cuts.assign(part).unwrap().remove(0)).collect();
//! assert_eq!(deciles, whole[0]);
//! # Ok::<(), bansos::ranking::RankError>(())
//! ```

use super::columns::{ColumnScore, Columns};
use super::map::{Wide, key_of};
use super::plan::{Counts, Look, Plan, Stage, State};
use super::resolve::{Candidate, resolve};
use super::{keys, scan};
use bansos::ranking::{RankError, RankOptions, Ties};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Sampled order keys a merged summary keeps.
const SAMPLE: usize = 1 << 17;

/// What one part of the data, or several merged, says in one round.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Summary<S: ColumnScore> {
    /// The round it belongs to.
    look: u32,
    /// Keys are texts.
    text: bool,
    pub(super) content: Content<S::Key>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Content<K> {
    Nothing,
    Sample(Vec<K>),
    Counts(Vec<Counts>),
    Looks(Vec<Vec<Look<K>>>),
    Neighbours(Vec<Vec<Neighbour<K>>>),
}

/// A family near a cut.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Neighbour<K> {
    node: u32,
    score: K,
    key: Key,
    weight: u64,
    row: u64,
}

/// A family's key; texts and numbers never meet in one ranking.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Key {
    Number(u64),
    Text(Box<[u8]>),
}

impl<K: Ord> Candidate for Neighbour<K> {
    fn weight(&self) -> u64 {
        self.weight
    }
    fn same_score(&self, other: &Self) -> bool {
        self.score == other.score
    }
}

/// What comes after a round.
#[derive(Clone, Debug)]
pub enum Round<S: ColumnScore> {
    /// Every part is to be summarised once more.
    Again(Plan<S>),
    /// Every part can write its deciles.
    Ready(Cuts<S>),
}

/// The settled ranking: says the part of any of its rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Cuts<S: ColumnScore> {
    pub(super) plan: Plan<S>,
    /// For each grouping and node: the first family of each part inside it.
    firsts: Vec<Vec<Vec<First<S::Key>>>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct First<K> {
    score: K,
    key: Key,
    part: u8,
}

impl<S: ColumnScore> Plan<S> {
    /// Begins a ranking in parts. `groups` has the number of groups of each grouping wanted; `[1]` ranks all as one.
    pub fn start(options: &RankOptions, groups: &[u32]) -> Self {
        Self::new(options, groups.iter().copied())
    }

    /// The summary of no rows, to begin merging with.
    pub const fn nothing(&self) -> Summary<S> {
        Summary { look: self.looks, text: self.text, content: Content::Nothing }
    }

    /// Rounds advanced so far.
    pub const fn round(&self) -> u32 {
        self.looks
    }

    /// What this part says in this round.
    ///
    /// # Errors
    /// Faults of the part's own rows, as [`super::rank_columns`] finds them. A key that two parts share is found only where
    /// it decides a decile; each part's own keys are checked whole, once.
    pub fn summarise(&self, part: &Columns<'_, S>) -> Result<Summary<S>, RankError> {
        if part.groups.len() != self.groups.len() || part.groups.iter().zip(&self.groups).any(|(g, n)| g.count() != *n)
        {
            return Err(RankError::SummaryMismatch);
        }
        if matches!(self.stage, Stage::Sample) {
            part.check(self.options.by)?;
            keys::check_unique(part)?;
        }
        let rows = 0..part.rows();
        let content = match self.stage {
            Stage::Sample => Content::Sample(scan::sample(part, self.flip())),
            Stage::Count => Content::Counts(scan::count(self, part, rows, &mut [])?),
            Stage::Refine => Content::Looks(scan::look(self, part, rows)),
            Stage::Gather(_) => Content::Neighbours(self.near(part)),
        };
        Ok(Summary { look: self.looks, text: part.keys.is_text(), content })
    }

    fn near(&self, part: &Columns<'_, S>) -> Vec<Vec<Neighbour<S::Key>>> {
        let mut found: Vec<Vec<Neighbour<S::Key>>> = self.trees.iter().map(|_| Vec::new()).collect();
        scan::for_open(self, part, 0..part.rows(), |grouping, row, node, _| {
            let weight = scan::weight(self.options.by, &part.sizes, row);
            let score = part.scores.get(row).and_then(|&s| key_of(s, self.flip())).unwrap_or_default();
            let (key, row) = (key(part, row), part.first_row + row as u64);
            if let Some(found) = found.get_mut(grouping) {
                found.push(Neighbour { node: node as u32, score, key, weight, row });
            }
        });
        found
    }

    /// Takes in the merged summary of all parts.
    ///
    /// # Errors
    /// [`RankError::SummaryMismatch`] when the summary is of another round or ranking, [`RankError::DataChanged`] when its
    /// rows are not those of the rounds before, [`RankError::KeyDoubled`].
    pub fn advance(mut self, summary: Summary<S>) -> Result<Round<S>, RankError> {
        if summary.look != self.looks {
            return Err(RankError::SummaryMismatch);
        }
        self.looks += 1;
        self.text |= summary.text;
        match (&self.stage, summary.content) {
            (Stage::Sample, Content::Nothing) => self.take_sample(Vec::new()),
            (Stage::Sample, Content::Sample(sample)) => self.take_sample(sample),
            (Stage::Count, Content::Counts(counts)) => self.take_counts(&counts)?,
            (Stage::Count, Content::Nothing) => {
                let none: Vec<_> = self.nothing_counted();
                self.take_counts(&none)?;
            }
            (Stage::Refine, Content::Looks(looks)) => self.take_looks(&looks)?,
            (Stage::Gather(_), Content::Neighbours(near)) => return self.finish(near).map(Round::Ready),
            (Stage::Gather(_), Content::Nothing) => {
                let none = self.trees.iter().map(|_| Vec::new()).collect();
                return self.finish(none).map(Round::Ready);
            }
            _ => return Err(RankError::SummaryMismatch),
        }
        Ok(Round::Again(self))
    }

    fn finish(self, near: Vec<Vec<Neighbour<S::Key>>>) -> Result<Cuts<S>, RankError> {
        let mut all = Vec::new();
        for (tree, mut near) in self.trees.iter().zip(near) {
            near.sort_unstable();
            let mut firsts = vec![Vec::new(); tree.nodes.len()];
            let mut expected = tree.nodes.iter().enumerate().filter(|(_, n)| matches!(n.state, State::Gather));
            for mine in near.chunk_by_mut(|a, b| a.node == b.node) {
                let at = mine.first().map_or(0, |n| n.node as usize);
                let Some((_, node)) = expected.find(|(n, _)| *n == at) else { return Err(RankError::DataChanged) };
                if mine.len() as u64 != node.families {
                    return Err(RankError::DataChanged);
                }
                let same =
                    |pair: &&[Neighbour<S::Key>]| matches!(pair, [a, b] if (&a.score, &a.key) == (&b.score, &b.key));
                if let Some([a, b]) = mine.windows(2).find(same) {
                    return Err(RankError::KeyDoubled { row: a.row.min(b.row) });
                }
                let Some(Some(cutter)) = tree.cutters.get(node.group as usize) else { continue };
                let Some(firsts) = firsts.get_mut(at) else { continue };
                let mut last = 0;
                resolve(mine, node.before, cutter, self.options.ties, |one, part| {
                    if part != last {
                        firsts.push(First { score: one.score, key: one.key.clone(), part });
                        last = part;
                    }
                });
            }
            all.push(firsts);
        }
        Ok(Cuts { plan: self, firsts: all })
    }
}

impl<S: ColumnScore> Summary<S> {
    /// Both together. Merging is associative and, in its effect on the ranking, commutative.
    ///
    /// # Errors
    /// [`RankError::SummaryMismatch`] when they are not of the same round of the same ranking.
    pub fn merge(mut self, other: Self) -> Result<Self, RankError> {
        if self.look != other.look {
            return Err(RankError::SummaryMismatch);
        }
        self.text |= other.text;
        match (&mut self.content, other.content) {
            (_, Content::Nothing) => {}
            (nothing @ Content::Nothing, content) => *nothing = content,
            (Content::Sample(mine), Content::Sample(theirs)) => {
                mine.extend(theirs);
                if mine.len() > 2 * SAMPLE {
                    mine.sort_unstable();
                    let mut at = 0;
                    let step = mine.len().div_ceil(SAMPLE);
                    mine.retain(|_| {
                        at += 1;
                        at % step == 0
                    });
                }
            }
            (Content::Counts(mine), Content::Counts(theirs)) if mine.len() == theirs.len() => {
                for (mine, theirs) in mine.iter_mut().zip(&theirs) {
                    mine.merge(theirs)?;
                }
            }
            (Content::Looks(mine), Content::Looks(theirs)) => merge_looks(mine, &theirs)?,
            (Content::Neighbours(mine), Content::Neighbours(theirs)) if mine.len() == theirs.len() => {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| mine.extend(theirs));
            }
            _ => return Err(RankError::SummaryMismatch),
        }
        Ok(self)
    }

    /// Families held one by one; everything else in a summary has a fixed size.
    pub fn held(&self) -> usize {
        match &self.content {
            Content::Neighbours(near) => near.iter().map(Vec::len).sum(),
            Content::Sample(sample) => sample.len(),
            _ => 0,
        }
    }
}

pub(super) fn merge_looks<K: Wide>(mine: &mut [Vec<Look<K>>], theirs: &[Vec<Look<K>>]) -> Result<(), RankError> {
    if mine.len() != theirs.len() {
        return Err(RankError::SummaryMismatch);
    }
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        if mine.len() != theirs.len() {
            return Err(RankError::SummaryMismatch);
        }
        for pair in mine.iter_mut().zip(theirs) {
            match pair {
                (Look::Range { lo, hi, row }, Look::Range { lo: low, hi: high, row: first }) => {
                    (*lo, *hi, *row) = ((*lo).min(*low), (*hi).max(*high), (*row).min(*first));
                }
                (Look::Count(mine), Look::Count(theirs)) => mine.merge(theirs)?,
                _ => return Err(RankError::SummaryMismatch),
            }
        }
    }
    Ok(())
}

impl<S: ColumnScore> Cuts<S> {
    /// Rounds that were needed.
    pub const fn rounds(&self) -> u32 {
        self.plan.looks
    }

    /// The parts of each grouping for the rows of one part, as [`super::rank_columns`] gives them.
    ///
    /// # Errors
    /// [`RankError::SummaryMismatch`] when the groupings are not those of the ranking, [`RankError::Length`].
    pub fn assign(&self, part: &Columns<'_, S>) -> Result<Vec<Vec<u8>>, RankError> {
        let plan = &self.plan;
        if part.groups.len() != plan.groups.len() {
            return Err(RankError::SummaryMismatch);
        }
        part.check(plan.options.by)?;
        let mut out: Vec<Vec<u8>> = plan.trees.iter().map(|_| vec![0; part.rows()]).collect();
        let mut slices: Vec<&mut [u8]> = out.iter_mut().map(Vec::as_mut_slice).collect();
        scan::assign_with(plan, part, 0..part.rows(), &mut slices, false, &mut |grouping, row, node| {
            let firsts = self.firsts.get(grouping).and_then(|f| f.get(node)).map_or(&[][..], Vec::as_slice);
            let score = part.scores.get(row).and_then(|&s| key_of(s, plan.flip())).unwrap_or_default();
            let reached = firsts.partition_point(|first| match first.score.cmp(&score) {
                Ordering::Equal if plan.options.ties == Ties::Split => key_order(&first.key, part, row).is_le(),
                order => order.is_le(),
            });
            reached.checked_sub(1).and_then(|at| firsts.get(at)).map_or(0, |first| first.part)
        });
        Ok(out)
    }
}

fn key<S: ColumnScore>(part: &Columns<'_, S>, row: usize) -> Key {
    if part.keys.is_text() {
        Key::Text(part.keys.bytes(row).unwrap_or_default().into())
    } else {
        Key::Number(part.keys.digit(row, part.first_row, 0))
    }
}

fn key_order<S: ColumnScore>(first: &Key, part: &Columns<'_, S>, row: usize) -> Ordering {
    match first {
        Key::Number(number) => number.cmp(&part.keys.digit(row, part.first_row, 0)),
        Key::Text(text) => text.as_ref().cmp(part.keys.bytes(row).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_another_round_or_changed_rows_are_refused() {
        let scores: Vec<i64> = (0..5000).collect();
        let other: Vec<i64> = (0..4999).collect();
        let plan = Plan::<i64>::start(&RankOptions::default(), &[1]);
        let first = plan.summarise(&Columns::new(&scores)).unwrap();
        let Round::Again(counting) = plan.clone().advance(first.clone()).unwrap() else {
            panic!("one round is not all")
        };
        assert!(matches!(counting.clone().advance(first), Err(RankError::SummaryMismatch)));
        let counts = counting.summarise(&Columns::new(&scores)).unwrap();
        let Round::Again(gathering) = counting.advance(counts).unwrap() else { panic!("two rounds are not all") };
        let changed = gathering.summarise(&Columns::new(&other[..2000])).unwrap();
        assert!(matches!(gathering.advance(changed), Err(RankError::DataChanged) | Ok(_)));
    }
}
