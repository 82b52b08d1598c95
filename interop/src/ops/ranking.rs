//! `ranking.deciles`: a few families ranked as rows. Registers are ranked as columns, with the same answer.

use crate::Error;
use crate::value;
use bansos::ranking::{self, RankEntry, RankError, RankOptions};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Families and the conventions to rank them by.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RankingDeciles {
    /// The families.
    pub families: Vec<RankedFamily>,
    /// What each part holds an equal share of. Official texts disagree, so the caller chooses.
    pub by: value::RankBy,
    /// Which point of a family's interval decides at a cut.
    #[cfg_attr(feature = "schema", schemars(extend("default" = RankOptions::default().rule.word())))]
    pub rule: Option<value::RankRule>,
    /// What happens to equal scores.
    #[cfg_attr(feature = "schema", schemars(extend("default" = RankOptions::default().ties.word())))]
    pub ties: Option<value::RankTies>,
    /// Ten parts or a hundred.
    #[cfg_attr(feature = "schema", schemars(extend("default" = RankOptions::default().scale.word())))]
    pub scale: Option<value::RankScale>,
    /// Whether a low score means poor.
    #[cfg_attr(feature = "schema", schemars(extend("default" = RankOptions::default().lower_is_poorer)))]
    pub lower_is_poorer: Option<bool>,
    /// Groups with fewer ranked families get no decile.
    #[cfg_attr(feature = "schema", schemars(extend("default" = RankOptions::default().min_group)))]
    pub min_group: Option<u64>,
    /// Count families this near to a cut, in units of the score.
    pub near: Option<f64>,
}

/// A family to be ranked.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RankedFamily {
    /// A key of its own: orders equal scores.
    pub key: value::Key,
    /// Its score; null where there is none.
    pub score: Option<f64>,
    /// Number of members; needed when ranking by persons.
    pub size: Option<i64>,
    /// The group it is ranked in. Where any family has one, those without (or with an empty name) are not ranked; where none
    /// has, all are one group.
    pub group: Option<String>,
}

impl RankedFamily {
    fn group(&self) -> Option<&str> {
        self.group.as_deref().filter(|g| !g.is_empty())
    }
}

/// A ranking.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ranked {
    /// One for each family, in the order they came.
    pub places: Vec<RankPlace>,
    /// Sizes and reasons.
    pub report: RankReport,
}

/// A family's place.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankPlace {
    /// Decile, 1 (poorest) to 10; null where not ranked.
    pub decile: Option<value::Decile>,
    /// Percentile, where those were asked for.
    pub percentile: Option<u8>,
    /// Rank within the group, from 1.
    pub rank: Option<u64>,
}

/// What a ranking says about itself.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankReport {
    /// Families that came in.
    pub families: u64,
    /// Families with a place.
    pub ranked: u64,
    /// Families without, by reason.
    pub unranked: RankUnranked,
    /// Ranked families of unknown size.
    pub size_unknown: u64,
    /// Size of each part, poorest first.
    pub cells: Vec<RankCell>,
    /// Families in a run of equal scores that a cut runs through.
    pub decided_by_key: u64,
    /// Families near a cut, where asked for.
    pub near_cut: Option<u64>,
    /// Each group that was ranked, by name.
    pub groups: Vec<RankGroup>,
}

/// Why families were given no place.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankUnranked {
    /// No score.
    pub missing: u64,
    /// In no group, where others are in one.
    pub no_group: u64,
    /// In a group smaller than the caller ranks.
    pub small_group: u64,
    /// In a group whose families all weigh nothing.
    pub no_weight: u64,
}

/// Families and persons of one part.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankCell {
    /// Families.
    pub families: u64,
    /// Their members, as far as sizes are known.
    pub persons: u64,
}

/// One group's ranking.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankGroup {
    /// Its name; null for families without one.
    pub group: Option<String>,
    /// Ranked families.
    pub ranked: u64,
    /// Size of each part, poorest first.
    pub cells: Vec<RankCell>,
    /// Scores on both sides of each cut.
    pub cuts: Vec<RankCut>,
}

/// The scores on both sides of a cut.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankCut {
    /// The least poor score before the cut.
    pub poorer: Option<f64>,
    /// The poorest score after it.
    pub richer: Option<f64>,
}

fn cells(all: &[ranking::RankCell]) -> Vec<RankCell> {
    all.iter()
        .map(|c| RankCell { families: c.families, persons: u64::try_from(c.persons).unwrap_or(u64::MAX) })
        .collect()
}

/// Ranks families: exact, and the same whatever order they come in.
pub fn deciles(request: RankingDeciles) -> Result<Ranked, Error> {
    let options = request.options();
    let families = &request.families;
    // a score is a double here: beyond 2^53 it may have been rounded on its way, and two that differ would be equal
    let rounded = |f: &RankedFamily| f.score.is_some_and(|s| s.is_finite() && s.abs() > 9_007_199_254_740_992.0);
    if let Some(row) = families.iter().position(rounded) {
        return Err(Error::at(format!("/families/{row}/score"), &RankError::ScoreTooLarge { row: row as u64 }));
    }
    let group = RankedFamily::group;
    let grouped = families.iter().any(|f| group(f).is_some());
    let mut names: BTreeMap<Option<&str>, u32> = families.iter().map(|f| (group(f), 0)).collect();
    names.retain(|name, _| !grouped || name.is_some());
    for (number, group) in (0..).zip(names.values_mut()) {
        *group = number;
    }
    let entries: Vec<RankEntry<'_, f64>> = families
        .iter()
        .map(|f| RankEntry {
            key: Some(f.key.0.as_bytes()),
            score: f.score,
            size: f.size.map(i128::from),
            group: names.get(&group(f)).copied(),
        })
        .collect();
    let ranked = ranking::rank(&entries, &options).map_err(|e| Error::at("/families", &e))?;
    let percentiles = options.scale == ranking::Scale::Percentiles;
    let places = ranked
        .deciles()
        .zip(&ranked.places)
        .zip(&ranked.ranks)
        .map(|((decile, place), rank)| RankPlace {
            decile: decile.map(|d| value::Decile(d.get())),
            percentile: place.filter(|_| percentiles).map(std::num::NonZeroU8::get),
            rank: *rank,
        })
        .collect();
    let names: Vec<Option<&str>> = names.keys().copied().collect();
    Ok(Ranked { places, report: report(&ranked.report, &names) })
}

/// The core's report with the groups by their names.
fn report(of: &ranking::RankReport<f64>, names: &[Option<&str>]) -> RankReport {
    let total = &of.total;
    let group = |g: &ranking::GroupReport<f64>| RankGroup {
        group: names.get(g.group as usize).copied().flatten().map(str::to_owned),
        ranked: g.ranked,
        cells: cells(&g.cells),
        cuts: g.cuts.iter().map(|c| RankCut { poorer: c.poorer, richer: c.richer }).collect(),
    };
    RankReport {
        families: total.families,
        ranked: total.ranked,
        unranked: RankUnranked {
            missing: total.unranked.missing,
            no_group: total.unranked.no_group,
            small_group: total.unranked.small_group,
            no_weight: total.unranked.no_weight,
        },
        size_unknown: total.size_unknown,
        cells: cells(&total.cells),
        decided_by_key: total.decided_by_key,
        near_cut: total.near_cut,
        groups: of.groups.iter().map(group).collect(),
    }
}

impl RankingDeciles {
    fn options(&self) -> RankOptions {
        let defaults = RankOptions::default();
        RankOptions {
            by: self.by.0,
            rule: self.rule.as_ref().map_or(defaults.rule, |r| r.0),
            ties: self.ties.as_ref().map_or(defaults.ties, |t| t.0),
            scale: self.scale.as_ref().map_or(defaults.scale, |s| s.0),
            lower_is_poorer: self.lower_is_poorer.unwrap_or(defaults.lower_is_poorer),
            min_group: self.min_group.unwrap_or(defaults.min_group),
            near: self.near,
        }
    }
}
