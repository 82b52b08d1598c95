//! `targeting.*`: how well a programme reaches those it is meant for, and what a change of rules does.

use crate::Error;
use bansos::targeting::{self, ChangeCell, DecileLine, Incidence, Reach, Row};
use bansos::{Decile, Rupiah};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The part of the people that the CGH index looks at.
const POOREST: f64 = 0.4;
/// A family counts as one.
const WEIGHT: u64 = 1;
/// A family gets nothing.
const BENEFIT: i64 = 0;

/// Families, and how to measure.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetingMeasure {
    /// The families.
    pub families: Vec<TargetingFamily>,
    /// The part of the people that the CGH index looks at, the poorest first.
    #[cfg_attr(feature = "schema", schemars(extend("default" = POOREST)))]
    pub poorest: Option<f64>,
}

/// A family before the measures.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetingFamily {
    /// Whether it is in the group the programme is meant for.
    pub meant: bool,
    /// Whether the programme covers it.
    pub covered: bool,
    /// Its weight: its members, to count persons; 1, to count families.
    #[cfg_attr(feature = "schema", schemars(extend("default" = WEIGHT)))]
    pub weight: Option<u64>,
    /// Rupiah it gets.
    #[cfg_attr(feature = "schema", schemars(extend("default" = BENEFIT)))]
    pub benefit: Option<i64>,
    /// Its decile, for incidence.
    pub decile: Option<u8>,
    /// Its welfare (a score, consumption per head), for the concentration curve; lower is poorer.
    pub welfare: Option<f64>,
}

/// Every measure by its name.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetingMeasured {
    /// Weight of those meant and covered.
    pub meant_covered: u64,
    /// Weight of those meant and missed.
    pub meant_missed: u64,
    /// Weight of those covered and not meant.
    pub other_covered: u64,
    /// Weight of all others.
    pub other_missed: u64,
    /// Covered out of everybody.
    pub coverage: Option<TargetingShare>,
    /// Covered out of those meant.
    pub coverage_of_meant: Option<TargetingShare>,
    /// Missed out of those meant: undercoverage.
    pub exclusion_error: Option<TargetingShare>,
    /// Not meant out of the covered: leakage.
    pub inclusion_error_of_covered: Option<TargetingShare>,
    /// Covered out of those not meant.
    pub inclusion_error_of_not_meant: Option<TargetingShare>,
    /// Both mistakes out of everybody.
    pub total_error: Option<TargetingShare>,
    /// Balanced poverty accuracy criterion.
    pub bpac: Option<TargetingShare>,
    /// Targeting differential of Grosh et al. 2022.
    pub differential_grosh: Option<f64>,
    /// Targeting differential of Ravallion.
    pub differential_ravallion: Option<f64>,
    /// Deciles 1 to 10.
    pub deciles: Vec<TargetingDecile>,
    /// Families without a decile: in no share.
    pub unranked: TargetingDecile,
    /// Concentration curve of the benefits, the poorest first.
    pub curve: Vec<TargetingPoint>,
    /// Concentration index, −1 (all to the poorest) to 1.
    pub concentration_index: Option<f64>,
    /// Coady–Grosh–Hoddinott index; 1 is neutral.
    pub cgh_index: Option<f64>,
}

/// A share with its numerator and denominator.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetingShare {
    /// What is counted; negative where a difference is.
    pub part: i64,
    /// Out of how much.
    pub whole: i64,
    /// One over the other.
    pub value: f64,
}

/// Coverage and money of one decile.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetingDecile {
    /// Families.
    pub families: u64,
    /// Families covered.
    pub families_covered: u64,
    /// Weight of all.
    pub weight: u64,
    /// Weight of the covered.
    pub covered: u64,
    /// Rupiah of the covered.
    pub benefit: i64,
    /// Covered out of the decile.
    pub coverage: Option<TargetingShare>,
    /// The decile's part of the covered.
    pub beneficiary_incidence: Option<TargetingShare>,
    /// The decile's part of the money.
    pub benefit_incidence: Option<TargetingShare>,
}

/// A point of the concentration curve.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetingPoint {
    /// Cumulative share of the weight.
    pub population: f64,
    /// Cumulative share of the benefits.
    pub benefit: f64,
}

/// A sum as a number of the wire; sums of a request stay far below the bound.
fn whole(n: u128) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn signed(n: i128) -> i64 {
    i64::try_from(n).unwrap_or(if n < 0 { i64::MIN } else { i64::MAX })
}

fn share(s: Option<targeting::Share>) -> Option<TargetingShare> {
    s.map(|s| TargetingShare { part: signed(s.part), whole: signed(s.whole), value: s.value() })
}

impl TargetingDecile {
    fn of(line: &DecileLine, of: &Incidence, decile: Option<Decile>) -> Self {
        Self {
            families: line.families,
            families_covered: line.families_covered,
            weight: whole(line.weight),
            covered: whole(line.covered),
            benefit: signed(line.benefit),
            coverage: share(decile.and_then(|d| of.coverage(d))),
            beneficiary_incidence: share(decile.and_then(|d| of.beneficiary_incidence(d))),
            benefit_incidence: share(decile.and_then(|d| of.benefit_incidence(d))),
        }
    }
}

fn decile(path: String, given: Option<u8>) -> Result<Option<Decile>, Error> {
    let Some(n) = given else { return Ok(None) };
    let out = crate::InputError::Range { expected: "1..10".to_owned() };
    Decile::new(n).map(Some).ok_or_else(|| Error::at(path, &out))
}

/// Measures targeting by every published definition; a share of nothing is null, never zero.
pub fn measure(request: TargetingMeasure) -> Result<TargetingMeasured, Error> {
    let (mut reach, mut incidence, mut rows) = (Reach::default(), Incidence::default(), Vec::new());
    for (i, f) in request.families.iter().enumerate() {
        let (weight, benefit) = (f.weight.unwrap_or(WEIGHT), f.benefit.unwrap_or(BENEFIT));
        let decile = decile(format!("/families/{i}/decile"), f.decile)?;
        reach.add(Row { weight, meant: f.meant, covered: f.covered });
        incidence.add(decile, weight, f.covered, Rupiah(benefit));
        // who is not covered gets nothing, whatever the row says
        rows.extend(f.welfare.map(|w| (w, weight, if f.covered { benefit } else { 0 })));
    }
    let poorest = request.poorest.unwrap_or(POOREST);
    let cgh_index = targeting::cgh_index(&rows, poorest).map_err(|why| Error::at("/poorest", &why))?;
    let curve = targeting::concentration_curve(&rows).unwrap_or_default();
    let deciles = (1u8..).zip(&incidence.deciles);
    Ok(TargetingMeasured {
        meant_covered: whole(reach.meant_covered),
        meant_missed: whole(reach.meant_missed),
        other_covered: whole(reach.other_covered),
        other_missed: whole(reach.other_missed),
        coverage: share(reach.coverage()),
        coverage_of_meant: share(reach.coverage_of_meant()),
        exclusion_error: share(reach.exclusion_error()),
        inclusion_error_of_covered: share(reach.inclusion_error_of_covered()),
        inclusion_error_of_not_meant: share(reach.inclusion_error_of_not_meant()),
        total_error: share(reach.total_error()),
        bpac: share(reach.bpac()),
        differential_grosh: reach.targeting_differential_grosh(),
        differential_ravallion: reach.targeting_differential_ravallion(),
        deciles: deciles.map(|(d, line)| TargetingDecile::of(line, &incidence, Decile::new(d))).collect(),
        unranked: TargetingDecile::of(&incidence.unranked, &incidence, None),
        curve: curve.iter().map(|p| TargetingPoint { population: p.population, benefit: p.benefit }).collect(),
        concentration_index: targeting::concentration_index(&rows),
        cgh_index,
    })
}

/// The same families under two sets of rules.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetingChange {
    /// The families.
    pub families: Vec<TargetingPaid>,
}

/// What a family gets before and after.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetingPaid {
    /// Rupiah of the year before.
    pub before: i64,
    /// Rupiah of the year after.
    pub after: i64,
    /// Its decile.
    pub decile: Option<u8>,
    /// Its area, by the caller's name.
    pub area: Option<String>,
}

/// Who gains, who loses, what it costs.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetingChanged {
    /// Everybody.
    pub all: TargetingCell,
    /// Deciles 1 to 10.
    pub deciles: Vec<TargetingCell>,
    /// Families without a decile.
    pub unranked: TargetingCell,
    /// Each area, by name; families without one under none.
    pub areas: Vec<TargetingArea>,
}

/// One area's change.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetingArea {
    /// Its name; null for families without one.
    pub area: Option<String>,
    /// Its change.
    pub change: TargetingCell,
}

/// Families and rupiah of one cell.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetingCell {
    /// Families.
    pub families: u64,
    /// Families paid before.
    pub before: u64,
    /// Families paid after.
    pub after: u64,
    /// Nothing before, something after.
    pub entered: u64,
    /// Something before, nothing after.
    pub left: u64,
    /// Paid both times, more after.
    pub more: u64,
    /// Paid both times, less after.
    pub less: u64,
    /// Rupiah before.
    pub rupiah_before: i64,
    /// Rupiah after.
    pub rupiah_after: i64,
    /// What the change costs; negative is a saving.
    pub cost: i64,
}

impl From<&ChangeCell> for TargetingCell {
    fn from(c: &ChangeCell) -> Self {
        Self {
            families: c.families,
            before: c.before,
            after: c.after,
            entered: c.entered,
            left: c.left,
            more: c.more,
            less: c.less,
            rupiah_before: signed(c.rupiah_before),
            rupiah_after: signed(c.rupiah_after),
            cost: signed(c.cost()),
        }
    }
}

/// Compares the yearly amounts of the same families before and after a change of rules.
pub fn change(request: TargetingChange) -> Result<TargetingChanged, Error> {
    let mut names: BTreeMap<Option<&str>, u64> = request.families.iter().map(|f| (f.area.as_deref(), 0)).collect();
    for (number, area) in (0..).zip(names.values_mut()) {
        *area = number;
    }
    let mut rows = Vec::with_capacity(request.families.len());
    for (i, f) in request.families.iter().enumerate() {
        let area = names.get(&f.area.as_deref()).copied().unwrap_or(0);
        let decile = decile(format!("/families/{i}/decile"), f.decile)?;
        rows.push((decile, area, Rupiah(f.before), Rupiah(f.after)));
    }
    let change = targeting::change(rows);
    Ok(TargetingChanged {
        all: (&change.all).into(),
        deciles: change.deciles.iter().map(Into::into).collect(),
        unranked: (&change.unranked).into(),
        areas: names
            .keys()
            .zip(change.regions.values())
            .map(|(area, cell)| TargetingArea { area: area.map(str::to_owned), change: cell.into() })
            .collect(),
    })
}
