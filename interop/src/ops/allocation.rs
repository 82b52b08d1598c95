//! `allocation.*`: places of several programmes by rank, quota, budget and overlap.

use super::policy::PolicyChoice;
use crate::Error;
use crate::error::InputError;
use crate::value::{self, Day};
use bansos::allocation;
use bansos::allocation::{Allocation, Allotment, Families, Line, Quota, Slate};
use bansos::eligibility::Outcome;
use bansos::programme::Tier;
use bansos::{Bilingual, Rupiah};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Families, programmes in order of priority, and a day.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllocationAllocate {
    /// The families.
    pub families: Vec<AllocationFamily>,
    /// The programmes, the first one served first.
    pub programmes: Vec<AllocationProgramme>,
    /// The day whose overlap rules hold.
    pub date: Day,
    /// Changes to the built-in policy.
    pub policy: Option<PolicyChoice>,
}

/// A place costs nothing.
const AMOUNT: i64 = 0;
/// A programme is the whole country's.
const TIER: Tier = Tier::National;

/// A family that waits for places.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllocationFamily {
    /// A key of its own: orders equal scores.
    pub key: value::Key,
    /// Its score or rank; lower is poorer and comes first.
    pub score: i64,
    /// The area whose quota it falls under, by the caller's name.
    pub area: Option<String>,
    /// How it stands to each programme, by programme id; undetermined where nothing is said.
    pub standings: BTreeMap<String, AllocationStanding>,
}

/// How a family stands to a programme.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllocationStanding {
    /// As `eligibility.determine` says.
    pub outcome: value::Outcome,
    /// Rupiah of the year.
    #[cfg_attr(feature = "schema", schemars(extend("default" = AMOUNT)))]
    pub amount: Option<i64>,
    /// Whether it receives the programme now, for carry-over.
    pub present: Option<bool>,
}

/// A programme with places to give.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllocationProgramme {
    /// Its id, as in the overlap rules.
    pub programme: String,
    /// Whose programme it is.
    #[cfg_attr(feature = "schema", schemars(extend("default" = TIER.word())))]
    pub tier: Option<value::Tier>,
    /// Places over all areas. Default: as many as are eligible.
    pub quota: Option<u64>,
    /// Places by area instead; an area that is not named has none.
    pub quotas: Option<BTreeMap<String, u64>>,
    /// The most rupiah it may spend in the year.
    pub budget: Option<i64>,
    /// Whether present recipients who are still eligible come before newcomers.
    pub carry_over: Option<bool>,
    /// Whether families that another tier already helps are skipped.
    pub only_unhelped: Option<bool>,
}

/// Who got what.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Allocated {
    /// One for each family, in the order they came.
    pub families: Vec<AllocatedFamily>,
    /// Each programme over all areas, in order of priority.
    pub totals: Vec<AllocationLine>,
    /// Each programme in each area.
    pub areas: Vec<AllocationLine>,
    /// How many families have exactly each set of programmes; those with none left out.
    pub composition: Vec<AllocationSet>,
    /// Whether the sums agree: every family is in one column of each programme, and no quota is exceeded.
    pub closes: bool,
}

/// What a family got.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocatedFamily {
    /// One for each programme, in order of priority.
    pub places: Vec<AllocatedPlace>,
}

/// What a family got of one programme.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocatedPlace {
    /// Programme id.
    pub programme: String,
    /// What became of it.
    pub place: PlaceWord,
    /// Position on the area's waiting list, from 1.
    pub position: Option<u32>,
    /// The programme that excludes this one.
    pub excluded_by: Option<String>,
    /// Why, or why not.
    #[cfg_attr(feature = "schema", schemars(with = "crate::value::TwoTexts"))]
    pub message: Bilingual,
}

/// What became of a family's claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceWord {
    /// A place.
    Given,
    /// Eligible, but quota or budget ended before.
    Waiting,
    /// Eligible, but has what the overlap rules exclude.
    Excluded,
    /// Not eligible.
    Ineligible,
    /// Facts are missing.
    Undetermined,
}

/// One programme, in one area or over all.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocationLine {
    /// Programme id.
    pub programme: String,
    /// The area; null over all, and for families without one.
    pub area: Option<String>,
    /// The quota, where the area has one of its own.
    pub quota: Option<u64>,
    /// Families looked at.
    pub families: u64,
    /// Places given.
    pub given: u64,
    /// On the waiting list.
    pub waiting: u64,
    /// Eligible, but excluded by another programme.
    pub excluded: u64,
    /// Not eligible.
    pub ineligible: u64,
    /// Facts are missing.
    pub undetermined: u64,
    /// Rupiah of the year for the places given.
    pub rupiah: i64,
}

/// Families with one set of programmes.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocationSet {
    /// Programme ids.
    pub programmes: Vec<String>,
    /// How many families have these and no other.
    pub families: u64,
}

impl AllocationLine {
    fn of(programme: &str, area: Option<&str>, line: &Line) -> Self {
        Self {
            programme: programme.to_owned(),
            area: area.map(str::to_owned),
            quota: line.quota,
            families: line.families,
            given: line.given,
            waiting: line.waiting,
            excluded: line.excluded,
            ineligible: line.ineligible,
            undetermined: line.undetermined,
            rupiah: line.rupiah.0,
        }
    }
}

impl AllocatedPlace {
    fn of(done: &Allocation, k: usize, i: usize) -> Option<Self> {
        let (word, position, excluded_by) = match done.place(k, i)? {
            Allotment::Given => (PlaceWord::Given, None, None),
            Allotment::Waiting(n) => (PlaceWord::Waiting, Some(n), None),
            Allotment::Excluded(by) => (PlaceWord::Excluded, None, done.programmes().get(usize::from(by)).cloned()),
            Allotment::Ineligible => (PlaceWord::Ineligible, None, None),
            Allotment::Undetermined => (PlaceWord::Undetermined, None, None),
        };
        Some(Self {
            programme: done.programmes().get(k)?.clone(),
            place: word,
            position,
            excluded_by,
            message: done.explain(k, i)?,
        })
    }
}

/// What the families say of one programme, in columns.
struct Column {
    standing: Vec<Outcome>,
    amount: Vec<Rupiah>,
    present: Vec<bool>,
}

impl Column {
    fn of(families: &[AllocationFamily], programme: &str) -> Self {
        let of = |f: &AllocationFamily| f.standings.get(programme).map(|s| (s.outcome.0, s.amount, s.present));
        let rows = || families.iter().map(of);
        Self {
            standing: rows().map(|s| s.map_or(Outcome::Undetermined, |s| s.0)).collect(),
            amount: rows().map(|s| Rupiah(s.and_then(|s| s.1).unwrap_or(AMOUNT))).collect(),
            present: rows().map(|s| s.and_then(|s| s.2).unwrap_or(false)).collect(),
        }
    }
}

fn quota(given: &AllocationProgramme, areas: &[Option<&str>], k: usize) -> Result<Quota, Error> {
    match (given.quota, &given.quotas) {
        (Some(_), Some(_)) => {
            let why = InputError::Range { expected: "quota | quotas".to_owned() };
            Err(Error::at(format!("/programmes/{k}/quotas"), &why))
        }
        (Some(n), None) => Ok(Quota::National(n)),
        (None, Some(named)) => {
            let of = |area: &Option<&str>| area.and_then(|a| named.get(a)).copied().unwrap_or(0);
            Ok(Quota::ByRegion(areas.iter().map(of).collect()))
        }
        (None, None) => Ok(Quota::Unlimited),
    }
}

/// Places in order of a sorted list without doubles.
fn numbers<'a, T: Ord>(all: &'a [T], of: impl Iterator<Item = T> + 'a) -> impl Iterator<Item = usize> + 'a {
    of.map(|x| all.binary_search(&x).unwrap_or(0))
}

fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<std::collections::BTreeSet<T>>().into_iter().collect()
}

/// Allocates places: programmes in order, the poorest families first, never against an overlap rule; a family that gets none has its reason.
pub fn allocate(request: AllocationAllocate) -> Result<Allocated, Error> {
    let (policy, _) = request.policy.unwrap_or_default().read("/policy")?;
    let families = &request.families;
    let keys = sorted(families.iter().map(|f| f.key.0.as_str()));
    let areas = sorted(families.iter().map(|f| f.area.as_deref()));
    let score: Vec<i64> = families.iter().map(|f| f.score).collect();
    let key: Vec<u64> = numbers(&keys, families.iter().map(|f| f.key.0.as_str())).map(|k| k as u64).collect();
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let area: Vec<u32> = numbers(&areas, families.iter().map(|f| f.area.as_deref())).map(small).collect();
    let ranked = Families::new(&score, &key, &area).map_err(|why| Error::at("/families", &why))?;
    let columns: Vec<Column> = request.programmes.iter().map(|p| Column::of(families, &p.programme)).collect();
    let mut slates = Vec::with_capacity(columns.len());
    for (k, (given, column)) in request.programmes.iter().zip(&columns).enumerate() {
        let mut slate = Slate::new(&given.programme, &column.standing, &column.amount)
            .tier(given.tier.map_or(TIER, |t| t.0))
            .quota(quota(given, &areas, k)?);
        if let Some(budget) = given.budget {
            slate = slate.budget(Rupiah(budget));
        }
        if given.carry_over == Some(true) {
            slate = slate.carry_over(&column.present);
        }
        if given.only_unhelped == Some(true) {
            slate = slate.only_unhelped_by_other_tiers();
        }
        slates.push(slate);
    }
    let done = allocation::allocate(&ranked, &slates, &policy, request.date.0)
        .map_err(|why| Error::at("/programmes", &why))?;
    Ok(plain(&done, families.len(), &areas))
}

fn plain(done: &Allocation, families: usize, areas: &[Option<&str>]) -> Allocated {
    let programmes = || done.programmes().iter().enumerate();
    let places = |i: usize| programmes().filter_map(|(k, _)| AllocatedPlace::of(done, k, i)).collect();
    let line = |k: usize, name: &str, r: usize| Some(AllocationLine::of(name, *areas.get(r)?, &done.line(k, r)?));
    Allocated {
        families: (0..families).map(|i| AllocatedFamily { places: places(i) }).collect(),
        totals: programmes().map(|(k, name)| AllocationLine::of(name, None, &done.total(k))).collect(),
        areas: programmes().flat_map(|(k, name)| (0..areas.len()).filter_map(move |r| line(k, name, r))).collect(),
        composition: done
            .composition()
            .into_iter()
            .map(|(set, families)| AllocationSet {
                programmes: programmes().filter(|(k, _)| set >> k & 1 == 1).map(|(_, name)| name.clone()).collect(),
                families,
            })
            .collect(),
        closes: done.closes(),
    }
}
