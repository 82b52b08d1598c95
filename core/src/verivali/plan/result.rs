//! A plan, and what it amounts to.

use super::Target;
use super::assign::Limits;
use crate::Date;

/// One visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// When.
    pub day: Date,
    /// By whom.
    pub officer: u32,
    /// Where.
    pub place: u32,
    /// To whom.
    pub target: u32,
}

words! {
    /// Why a target is not visited.
    pub enum WhyNot {
        /// The deadline comes first.
        NoTime = "no_time", id: "tidak cukup waktu sebelum batas waktu", en: "not enough time before the deadline";
        /// No officer may go that far.
        OutOfReach = "out_of_reach", id: "di luar jangkauan semua petugas", en: "out of every officer's reach";
    }
}

/// A target nobody visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unserved {
    /// Which.
    pub target: u32,
    /// Why.
    pub why: WhyNot,
}

/// Visits by how far from home they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DistanceTally {
    /// In the officer's own desa.
    pub home: u64,
    /// In another desa of the officer's kecamatan.
    pub district: u64,
    /// In another kecamatan.
    pub elsewhere: u64,
    /// The sum the plan has made least: steps, or hundreds of metres.
    pub cost: u64,
}

/// What one officer carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Visits.
    pub visits: u64,
    /// Days with at least one.
    pub days: u64,
    /// Of these, days with a visit outside the own desa.
    pub days_out: u64,
    /// Visits that the days of the plan would have held.
    pub capacity: u64,
}

/// Who visits whom when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Every visit, by day and officer.
    pub visits: Vec<Visit>,
    /// Everybody else: visits and these are all the targets.
    pub unserved: Vec<Unserved>,
    /// Working days from the first to the last visit.
    pub working_days: usize,
    /// No plan can have fewer: the capacity of all officers together asks for these. `None` where the days before the deadline do
    /// not suffice.
    pub least_days: Option<usize>,
    /// Working days before the deadline.
    pub days_given: usize,
    /// The last day with a visit.
    pub finish: Option<Date>,
    /// All visits by distance from home.
    pub travel: DistanceTally,
    /// What each officer carries.
    pub loads: Vec<Load>,
}

impl Plan {
    pub(super) fn new(
        limits: &Limits<'_>,
        visits: Vec<Visit>,
        targets: usize,
        far: &[u32],
        least_days: Option<usize>,
        window: &[Date],
        days_given: usize,
    ) -> Self {
        let mut why = vec![Some(WhyNot::NoTime); targets];
        let mut set = |i: u32, word| {
            if let Some(slot) = why.get_mut(i as usize) {
                *slot = word;
            }
        };
        far.iter().for_each(|i| set(*i, Some(WhyNot::OutOfReach)));
        visits.iter().for_each(|v| set(v.target, None));
        let unserved = (0u32..).zip(&why).filter_map(|(target, why)| Some(Unserved { target, why: (*why)? })).collect();
        let finish = visits.last().map(|v| v.day);
        let used = window.iter().take_while(|day| Some(**day) <= finish).count();
        let (travel, loads) = tally(limits, &visits, window.get(..used).unwrap_or(window));
        Self { visits, unserved, working_days: used, least_days, days_given, finish, travel, loads }
    }

    /// The targets as they stand on a day: without those visited before, and each with the officer it was given to, for a new plan
    /// after absences. The second list says which target of the old plan each one was.
    ///
    /// ```
    /// use bansos::{Date, verivali::plan::{Calendar, Officer, PlanVillage, Settings, Target, plan}};
    /// let (places, targets) = ([PlanVillage::new(0)], vec![Target::new(0); 48]);
    /// let mut officers = [Officer::new(0, 8), Officer::new(0, 8)];
    /// let monday = Date::constant(2025, 3, 3);
    /// let first = plan(&places, &officers, &targets, &Settings::new(Calendar::from(monday)))?;
    /// assert_eq!(first.finish, Some(Date::constant(2025, 3, 5)));
    ///
    /// let tuesday = Date::constant(2025, 3, 4);
    /// officers[1].away.push((tuesday, tuesday)); // ill
    /// let (open, _) = first.open(&targets, tuesday);
    /// assert_eq!(open.len(), 32);
    /// let second = plan(&places, &officers, &open, &Settings::new(Calendar::from(tuesday)))?;
    /// assert_eq!(second.finish, Some(Date::constant(2025, 3, 6)));
    /// # Ok::<(), bansos::verivali::plan::PlanError>(())
    /// ```
    pub fn open(&self, targets: &[Target], from: Date) -> (Vec<Target>, Vec<u32>) {
        let mut given: Vec<Option<Visit>> = vec![None; targets.len()];
        for visit in &self.visits {
            if let Some(slot) = given.get_mut(visit.target as usize) {
                *slot = Some(*visit);
            }
        }
        (0u32..)
            .zip(targets.iter().zip(given))
            .filter(|(_, (_, visit))| visit.is_none_or(|v| v.day >= from))
            .map(|(i, (target, visit))| (Target { keep: visit.map(|v| v.officer).or(target.keep), ..*target }, i))
            .unzip()
    }

    /// How many of the targets another officer has than before ([`Target::keep`]).
    pub fn changed_hands(&self, targets: &[Target]) -> usize {
        let before = |v: &Visit| targets.get(v.target as usize).and_then(|t| t.keep);
        self.visits.iter().filter(|v| before(v).is_some_and(|officer| officer != v.officer)).count()
    }
}

fn tally(limits: &Limits<'_>, visits: &[Visit], days: &[Date]) -> (DistanceTally, Vec<Load>) {
    let mut travel = DistanceTally::default();
    let mut loads: Vec<Load> =
        limits.officers.iter().map(|o| Load { capacity: o.capacity(days), ..Load::default() }).collect();
    // visits stand by day and officer, so that one officer's day is one run
    for day in visits.chunk_by(|a, b| (a.day, a.officer) == (b.day, b.officer)) {
        let Some((officer, load)) = day.first().and_then(|v| {
            let k = v.officer as usize;
            Some((limits.officers.get(k)?, loads.get_mut(k)?))
        }) else {
            continue;
        };
        load.visits += day.len() as u64;
        load.days += 1;
        load.days_out += u64::from(day.iter().any(|v| v.place != officer.home));
        for visit in day {
            travel.cost += u64::from(limits.cost(officer, visit.place).unwrap_or(0));
            *match visit.place {
                p if p == officer.home => &mut travel.home,
                p if limits.same_district(officer, p) => &mut travel.district,
                _ => &mut travel.elsewhere,
            } += 1;
        }
    }
    (travel, loads)
}
