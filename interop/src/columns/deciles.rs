//! `deciles`: columns of scores ranked, by all rows and within each value of the group columns.

use super::asked::{Call, Column, arrow};
use super::{ColumnOperation, Example, Input, Made, Misfit, Output, OutputKind, Place, Report, Why};
use crate::error::ColumnKind;
use crate::value::{RankBy, RankRule, RankScale, RankTies};
use crate::{Error, InternalError};
use arrow_array::{Array, ArrayRef, RecordBatch};
use bansos::ranking::{RankError, RankOptions, Scale};
use bansos_arrow::ranking::{Arrays, Ranked, rank_arrays};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

pub(super) const OPERATION: ColumnOperation = ColumnOperation {
    name: "deciles",
    doc: "Deciles of a column of scores: exact, in linear time, by the same rules as `ranking.deciles`.",
    example: Example {
        table: r#"{"score":[3.5,null,1.5,2.0],"kabupaten":["3508","3508","6402","6402"]}"#,
        options: r#"{"score":"score","by":"families","group":"kabupaten"}"#,
        column: "decile_kabupaten",
        answer: "[1,null,1,6]",
    },
    inputs: &[
        Input {
            name: "score",
            kinds: &[ColumnKind::Number],
            required: true,
            place: Place::Named,
            doc: "Welfare scores: floats, whole numbers or decimals; null and NaN are not ranked.",
        },
        Input {
            name: "size",
            kinds: &[ColumnKind::Whole],
            required: false,
            place: Place::Named,
            doc: "The number of members of each family, needed when ranking by persons.",
        },
        Input {
            name: "key",
            kinds: &[ColumnKind::Text, ColumnKind::Whole],
            required: false,
            place: Place::Named,
            doc: "An identifier of each family, which orders equal scores; without one the order of the rows does, which is only \
                  right where that order is itself settled.",
        },
        Input {
            name: "group",
            kinds: &[ColumnKind::Text, ColumnKind::Whole],
            required: false,
            place: Place::NamedMany,
            doc: "Region codes or names, each value ranked by itself beside the whole.",
        },
    ],
    outputs: &[
        Output::new(
            "decile",
            OutputKind::Whole,
            "Among all rows, 1 (poorest) to 10; null where not ranked. `percentile`, 1 to 100, on that scale.",
        )
        .nullable(),
        Output::new("decile_", OutputKind::Whole, "The same within each value of a group column.")
            .nullable()
            .each("group"),
    ],
    tables: &[],
    report: Some(Report {
        per_column: true,
        #[cfg(feature = "schema")]
        schema: || schemars::schema_for!(report::DecilesReport),
    }),
    progress: false,
    #[cfg(feature = "schema")]
    options_schema: || schemars::schema_for!(DecilesOptions),
    misfit,
    run: rank,
};

/// By which conventions columns are ranked.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct DecilesOptions {
    /// What each part holds an equal share of. Official words disagree, so the caller names it.
    by: RankBy,
    /// Which point of a family's stretch decides at a cut.
    #[serde(default = "standard::rule")]
    rule: RankRule,
    /// What happens to equal scores.
    #[serde(default = "standard::ties")]
    ties: RankTies,
    /// Ten parts or a hundred.
    #[serde(default = "standard::scale")]
    scale: RankScale,
    /// Whether a low score means poor (spending, a PMT score) or a high one does (a poverty index).
    #[serde(default = "standard::lower_is_poorer")]
    lower_is_poorer: bool,
    /// Groups with fewer ranked families get no decile.
    #[serde(default = "standard::min_group")]
    min_group: u64,
    /// Count families whose score is at most this far from the next part's, in units of the score.
    near: Option<f64>,
    /// Whether all rows together are ranked too, where there are groups.
    #[serde(default = "standard::overall")]
    overall: bool,
}

/// What an option is that is left out: the core's own default.
mod standard {
    use super::{RankOptions, RankRule, RankScale, RankTies};

    pub(super) fn rule() -> RankRule {
        RankRule(RankOptions::default().rule)
    }
    pub(super) fn ties() -> RankTies {
        RankTies(RankOptions::default().ties)
    }
    pub(super) fn scale() -> RankScale {
        RankScale(RankOptions::default().scale)
    }
    pub(super) fn lower_is_poorer() -> bool {
        RankOptions::default().lower_is_poorer
    }
    pub(super) fn min_group() -> u64 {
        RankOptions::default().min_group
    }
    pub(super) fn overall() -> bool {
        true
    }
}

impl DecilesOptions {
    fn conventions(&self) -> RankOptions {
        RankOptions {
            by: self.by.0,
            rule: self.rule.0,
            ties: self.ties.0,
            scale: self.scale.0,
            lower_is_poorer: self.lower_is_poorer,
            min_group: self.min_group,
            near: self.near,
        }
    }
}

fn rank(call: &Call<'_>) -> Result<Made, Error> {
    let options: DecilesOptions = call.options()?;
    let score = call.column("score")?.ok_or_else(|| Error::at("", &InternalError::Fault))?;
    let (size, key) = (call.column("size")?, call.column("key")?);
    let arrays = Arrays { score: &score, size: size.as_deref(), key: key.as_deref() };
    let word = if options.scale.0 == Scale::Deciles { "decile" } else { "percentile" };
    let groups: Vec<&Column<'_>> = call.columns("group").collect();
    let overall = options.overall || groups.is_empty();
    let names = overall.then(|| word.to_owned()).into_iter();
    let names: Vec<String> = names.chain(groups.iter().map(|g| format!("{word}_{}", g.name))).collect();
    let groups = groups.into_iter().map(Column::joined).collect::<Result<Vec<ArrayRef>, _>>()?;
    let mut by: Vec<Option<&dyn Array>> = if overall { vec![None] } else { Vec::new() };
    by.extend(groups.iter().map(|g| Some(g.as_ref())));
    let ranked = rank_arrays(&arrays, &by, &options.conventions()).map_err(|e| Error::at("", &e))?;
    made(names, ranked)
}

fn made(names: Vec<String>, ranked: Vec<Ranked>) -> Result<Made, Error> {
    let (mut parts, mut reports) = (Vec::new(), Vec::new());
    for (name, one) in names.into_iter().zip(ranked) {
        parts.push((name.clone(), Arc::new(one.parts) as ArrayRef, true));
        let report = serde_json::to_value(&one.report).map_err(|_| Error::at("", &InternalError::Fault))?;
        reports.push((name, json!({ "groups": one.groups, "report": report })));
    }
    let batch = RecordBatch::try_from_iter_with_nullable(parts).map_err(arrow)?;
    Ok(Made { batches: vec![batch], reports, ..Made::default() })
}

/// The ranking's own codes say what a score, a size, a key or a group may be.
fn misfit(misfit: &Misfit<'_>) -> Option<Error> {
    let column = misfit.input.name;
    let code = match misfit.why {
        Why::Kind(_) => RankError::ColumnType { column },
        Why::Length { expected, found } => RankError::Length { column, expected, found },
    };
    Some(Error::at("", &code))
}

/// The form of the report, for those who read it: what [`bansos::ranking::RankReport`] is on the wire.
#[cfg(any(feature = "schema", test))]
#[allow(dead_code, reason = "described, and made by the core")]
mod report {
    use serde::Deserialize;

    /// One grouping's report; scores are written as texts, so that none loses a digit.
    #[derive(Debug, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub(crate) struct DecilesReport {
        /// Names of the groups, by the number they have in the report.
        groups: Vec<String>,
        /// Sizes, reasons and cuts.
        report: DecilesSummary,
    }

    /// In all, and for each group.
    #[derive(Debug, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct DecilesSummary {
        /// All groups together.
        total: DecilesTotal,
        /// Each group that was ranked, by number.
        groups: Vec<DecilesGroup>,
        /// Groups with one to nine scored families, whether ranked or not.
        small_groups: u64,
    }

    /// Counts of a ranking.
    #[derive(Debug, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct DecilesTotal {
        /// Families that came in.
        families: u64,
        /// Families with a place.
        ranked: u64,
        /// Families without, by reason.
        unranked: DecilesUnranked,
        /// Ranked families of unknown size.
        size_unknown: u64,
        /// Size of each part, poorest first.
        cells: Vec<DecileCell>,
        /// Families in a run of equal scores that a cut runs through.
        decided_by_key: u64,
        /// Families near a cut, where asked for.
        near_cut: Option<u64>,
    }

    /// Why families were given no place.
    #[derive(Debug, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct DecilesUnranked {
        /// No score.
        missing: u64,
        /// A score that is no finite number.
        not_finite: u64,
        /// In no group of this grouping.
        no_group: u64,
        /// In a group smaller than the caller ranks.
        small_group: u64,
        /// In a group whose families all weigh nothing.
        no_weight: u64,
    }

    /// Size of one part.
    #[derive(Debug, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct DecileCell {
        /// Families.
        families: u64,
        /// Their members, as far as sizes are known.
        persons: u64,
    }

    /// One group's ranking.
    #[derive(Debug, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct DecilesGroup {
        /// Its number.
        group: u32,
        /// Ranked families.
        ranked: u64,
        /// The weight that was cut: families or persons.
        weight: u64,
        /// Size of each part, poorest first.
        cells: Vec<DecileCell>,
        /// Scores on both sides of each cut.
        cuts: Vec<DecileCut>,
        /// Families in a run of equal scores that a cut runs through.
        decided_by_key: u64,
        /// Families near a cut, where asked for.
        near_cut: Option<u64>,
    }

    /// The scores on both sides of a cut.
    #[derive(Debug, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct DecileCut {
        /// The least poor score before the cut.
        poorer: Option<String>,
        /// The poorest score after it.
        richer: Option<String>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is described is what is made: no member more, none less.
    #[test]
    fn the_report_has_the_form_that_is_described() {
        let score = arrow_array::Float64Array::from(vec![Some(1.0), Some(2.0), None]);
        let arrays = Arrays { score: &score, size: None, key: None };
        let options = RankOptions { near: Some(1.0), ..RankOptions::default() };
        let ranked = rank_arrays(&arrays, &[None], &options).unwrap();
        let made = made(vec!["decile".to_owned()], ranked).unwrap();
        serde_json::from_value::<report::DecilesReport>(made.reports[0].1.clone()).unwrap();
    }
}
