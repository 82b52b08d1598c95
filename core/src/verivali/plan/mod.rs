//! Ground-check planning: who visits whom on which day, so that the work ends earliest, near home, the most urgent first.
//!
//! The aims stand in this order, and a later one never costs an earlier one anything:
//!
//! 1. as many targets as the days allow, the most urgent first where they do not all fit;
//! 2. the fewest working days;
//! 3. the least travel, summed over visits: own desa, own kecamatan, elsewhere; or kilometres;
//! 4. after an absence, as few targets as may be change hands;
//! 5. officers carry the same share of their capacity, to a sixteenth; with [`Settings::even`] before travel.
//!
//! Aims 1 to 5 are a transport problem and are solved exactly, as a flow of least cost. Which of a desa's targets falls to
//! which of its officers, and in which order an officer goes, is then dealt by urgency.
//!
//! ```
//! use bansos::verivali::plan::{Calendar, Officer, PlanVillage, Settings, Target, plan};
//! use bansos::date::Date;
//!
//! let places = [PlanVillage::new(0), PlanVillage::new(0)]; // two desa of one kecamatan
//! let officers = [Officer::new(0, 12), Officer::new(1, 12)];
//! let targets: Vec<Target> = (0..60).map(|i| Target::new(u32::from(i >= 40))).collect();
//! let monday = Date::constant(2025, 3, 3);
//! let plan = plan(&places, &officers, &targets, &Settings::new(Calendar::from(monday)))?;
//! assert_eq!((plan.working_days, plan.finish), (3, Some(Date::constant(2025, 3, 5)))); // 60 at 24 a day
//! assert_eq!((plan.travel.home, plan.travel.district), (56, 4)); // 40 at home are 4 more than 3 days hold
//! # Ok::<(), bansos::verivali::plan::PlanError>(())
//! ```

mod assign;
mod calendar;
mod error;
mod input;
mod result;
mod settings;
mod timetable;
mod urgency;

pub use calendar::Calendar;
pub use error::PlanError;
pub use input::{Officer, PlanVillage, Target};
pub use result::{DistanceTally, Load, Plan, Unserved, Visit, WhyNot};
pub use settings::{Settings, Travel};
pub use urgency::Urgency;

use assign::{Job, Limits};

/// Plans the visits.
///
/// # Errors
/// No officer, a place that is not in the list, kilometres without coordinates, no working day before the deadline.
pub fn plan(
    places: &[PlanVillage],
    officers: &[Officer],
    targets: &[Target],
    settings: &Settings,
) -> Result<Plan, PlanError> {
    settings::check(places, officers, targets, settings)?;
    let days = settings.calendar.days();
    if days.is_empty() {
        return Err(PlanError::NoWorkingDay);
    }
    let order = urgency::order(targets, &settings.order);
    let limits = Limits::new(places, officers, settings);
    let (mut job, far) = Job::new(&limits, targets, &order, settings);
    let bound = calendar::first_day(officers, &days, job.wanted.len());
    let (used, fits) = limits.days(&job, &days, bound);
    if !fits && settings.reach.is_none() {
        job.keep_most_urgent(calendar::capacity(officers, &days));
    }
    let window = days.get(..used).unwrap_or(&days);
    let shares = limits.assign(&job, window);
    let visits = timetable::deal(&limits, &job, &shares, window, settings);
    Ok(Plan::new(&limits, visits, targets.len(), &far, bound, window, days.len()))
}

#[cfg(test)]
mod tests;
