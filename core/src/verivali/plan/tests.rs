use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::Date;
use crate::ranking::Decile;

const MONDAY: Date = Date::constant(2025, 3, 3);

fn settings() -> Settings {
    Settings::new(Calendar::from(MONDAY))
}

#[test]
fn the_poorest_come_first_where_time_is_short() {
    let targets: Vec<Target> =
        (0..40u8).map(|i| Target { decile: Decile::new(i % 10 + 1), ..Target::new(u32::from(i % 3)) }).collect();
    let mut settings = settings();
    settings.calendar.until = Some(MONDAY);
    let places = [PlanVillage::new(0), PlanVillage::new(0), PlanVillage::new(1)];
    let done = plan(&places, &[Officer::new(0, 7), Officer::new(2, 5)], &targets, &settings).unwrap();
    assert_eq!((done.least_days, done.working_days, done.visits.len(), done.unserved.len()), (None, 1, 12, 28));
    let decile = |i: u32| targets[i as usize].decile.unwrap().get();
    assert!(done.visits.iter().all(|v| decile(v.target) <= 3));
    assert!(done.unserved.iter().all(|u| u.why == WhyNot::NoTime && decile(u.target) >= 3));
}

#[test]
fn a_reach_adds_days_and_leaves_out_what_nobody_may_go_to() {
    let places = [PlanVillage::new(0), PlanVillage::new(1), PlanVillage::new(2)];
    let targets: Vec<Target> =
        [vec![Target::new(0); 30], vec![Target::new(1); 5], vec![Target::new(2); 4]].into_iter().flatten().collect();
    let officers = [Officer::new(0, 5), Officer::new(1, 5)];
    let near = Settings { reach: Some(1), ..settings() };
    let done = plan(&places, &officers, &targets, &near).unwrap();
    assert_eq!((done.least_days, done.working_days, done.travel.elsewhere), (Some(4), 6, 0));
    assert!(done.unserved.iter().all(|u| u.why == WhyNot::OutOfReach && u.target >= 35));
    assert_eq!(done.unserved.len(), 4);
    let anywhere = plan(&places, &officers, &targets, &settings()).unwrap();
    assert_eq!((anywhere.working_days, anywhere.visits.len()), (4, 39));
}

#[test]
fn kilometres_choose_the_nearer() {
    let at = |lat| PlanVillage { district: 0, at: Some((lat, 113.2)) };
    let places = [at(-8.1), at(-8.2), at(-8.3)];
    let by_road = Settings { travel: Travel::Distance, ..settings() };
    let officers = [Officer::new(0, 4), Officer::new(2, 4)];
    let targets = [vec![Target::new(1); 2], vec![Target::new(0); 4]].concat();
    let done = plan(&places, &officers, &targets, &by_road).unwrap();
    // a tenth of a degree of latitude is 11.12 km
    assert_eq!((done.travel.cost, done.travel.district), (222, 2));
    assert_eq!(
        plan(&[PlanVillage::new(0)], &[Officer::new(0, 1)], &[], &by_road),
        Err(PlanError::NoCoordinates { place: 0 })
    );
}

#[test]
fn loads_are_even_where_travel_is_the_same_and_before_it_where_asked() {
    let (places, targets) =
        ([PlanVillage::new(0), PlanVillage::new(1)], [vec![Target::new(0); 16], vec![Target::new(1); 48]].concat());
    let officers = [Officer::new(0, 16), Officer::new(0, 16), Officer::new(1, 16)];
    let loads = |plan: &Plan| plan.loads.iter().map(|l| l.visits).collect::<Vec<_>>();
    let mut four_days = settings();
    four_days.reach = Some(0);
    let home = plan(&places, &officers, &targets, &four_days).unwrap();
    assert_eq!((home.working_days, loads(&home)[2]), (3, 48));
    assert!(loads(&home)[0].abs_diff(loads(&home)[1]) <= 3, "a step of 48 / 16");
    let even = plan(&places, &officers, &targets, &Settings { even: true, ..settings() }).unwrap();
    assert_eq!((even.working_days, even.travel.elsewhere), (2, 26));
    assert!(loads(&even).iter().all(|n| (20..=22).contains(n)), "{:?}", loads(&even));
    let near = plan(&places, &officers, &targets, &settings()).unwrap();
    assert_eq!((loads(&near)[2], near.travel.elsewhere), (32, 16));
}

#[test]
fn what_cannot_be_planned_is_said() {
    let (places, one) = ([PlanVillage::new(0)], [Officer::new(0, 1)]);
    assert_eq!(plan(&places, &[Officer::new(0, 0)], &[], &settings()), Err(PlanError::NoOfficer));
    assert_eq!(plan(&places, &[], &[], &settings()), Err(PlanError::NoOfficer));
    assert_eq!(plan(&places, &one, &[Target::new(3)], &settings()), Err(PlanError::UnknownPlace { place: 3 }));
    let lost = [Target { keep: Some(1), ..Target::new(0) }];
    assert_eq!(plan(&places, &one, &lost, &settings()), Err(PlanError::UnknownOfficer { officer: 1 }));
    let mut sunday = settings();
    (sunday.calendar.start, sunday.calendar.until) = (Date::constant(2025, 3, 1), Some(Date::constant(2025, 3, 2)));
    assert_eq!(plan(&places, &one, &[Target::new(0)], &sunday), Err(PlanError::NoWorkingDay));
    assert_eq!(plan(&places, &one, &[], &settings()).map(|p| (p.working_days, p.finish)), Ok((0, None)));
}

#[test]
fn after_an_absence_only_the_absent_officers_targets_change_hands() {
    let places = [PlanVillage::new(0), PlanVillage::new(0), PlanVillage::new(1)];
    let officers = |ill: Vec<(Date, Date)>| {
        let mut all = [Officer::new(0, 6), Officer::new(1, 6), Officer::new(2, 6)];
        all[1].away = ill;
        all
    };
    let targets: Vec<Target> = (0..180).map(|i| Target::new(i % 3)).collect();
    let first = plan(&places, &officers(vec![]), &targets, &settings()).unwrap();
    assert_eq!((first.working_days, first.travel.home), (10, 180));
    let second_week = Date::constant(2025, 3, 10);
    let (open, _) = first.open(&targets, second_week);
    let again = Settings::new(Calendar::from(second_week));
    let ill = officers(vec![(second_week, Date::constant(2025, 3, 12))]);
    let second = plan(&places, &ill, &open, &again).unwrap();
    // 90 targets, 12 a day for three days, then 18: six days; he has three of them
    assert_eq!((open.len(), second.working_days, second.visits.len()), (90, 6, 90));
    assert_eq!(second.changed_hands(&open), 12);
}

prop_compose! {
    fn scene()(places in 1u32..5, per_day in prop::collection::vec(0u16..4, 1..5))(
        districts in prop::collection::vec(0u32..3, places as usize),
        officers in per_day.into_iter().map(|n| (0..places, Just(n), prop::option::of((0i8..5, 0i8..5)))).collect::<Vec<_>>(),
        targets in prop::collection::vec((0..places, prop::option::of(1u8..=10)), 0..25),
        until in prop::option::of(0i8..6),
        reach in prop::option::of(0u32..3),
    ) -> (Vec<PlanVillage>, Vec<Officer>, Vec<Target>, Settings) {
        let day = |k: i8| Date::constant(2025, 3, 3 + k);
        let places = districts.into_iter().map(PlanVillage::new).collect();
        let officer = |(home, per_day, away): (u32, u16, Option<(i8, i8)>)|
            Officer { home, per_day, away: away.map(|(a, b)| (day(a), day(b))).into_iter().collect() };
        let target = |(place, decile): (u32, Option<u8>)| Target { decile: decile.and_then(Decile::new), ..Target::new(place) };
        let mut settings = settings();
        settings.calendar.until = until.map(day);
        settings.reach = reach;
        (places, officers.into_iter().map(officer).collect(), targets.into_iter().map(target).collect(), settings)
    }
}

/// Least travel and most urgent set, by trying every way to give the targets to officers within their capacities.
fn by_trying(
    limits: &[Vec<Option<u32>>],
    room: &mut [u64],
    targets: &[Target],
    by: &[Urgency],
) -> Option<(usize, Vec<i32>, u32)> {
    let Some((first, rest)) = targets.split_first() else { return Some((0, Vec::new(), 0)) };
    let mut best: Option<(usize, Vec<i32>, u32)> = None;
    let mut consider = |found: (usize, Vec<i32>, u32)| {
        if best.as_ref().is_none_or(|b| found < *b) {
            best = Some(found);
        }
    };
    let (left, bands, cost) = by_trying(limits, room, rest, by)?;
    consider((left + 1, bands, cost));
    for k in 0..room.len() {
        if let (Some(step), true) = (limits[k][first.place as usize], room[k] > 0) {
            room[k] -= 1;
            let (left, mut bands, cost) = by_trying(limits, room, rest, by)?;
            room[k] += 1;
            bands.push(urgency::band(first, by));
            bands.sort_unstable();
            consider((left, bands, cost + step));
        }
    }
    best
}

proptest! {
    #[test]
    fn every_plan_keeps_the_rules((places, officers, targets, settings) in scene()) {
        let Ok(done) = plan(&places, &officers, &targets, &settings) else { return Ok(()) };
        // each target once: visited or said why not
        let mut seen: Vec<u32> = done.visits.iter().map(|v| v.target).chain(done.unserved.iter().map(|u| u.target)).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..targets.len() as u32).collect::<Vec<_>>());
        let mut a_day: BTreeMap<(Date, u32), u16> = BTreeMap::new();
        let days = settings.calendar.days();
        for v in &done.visits {
            prop_assert_eq!(targets[v.target as usize].place, v.place);
            prop_assert!(days.contains(&v.day));
            prop_assert!(!officers[v.officer as usize].away.iter().any(|(a, b)| *a <= v.day && v.day <= *b));
            *a_day.entry((v.day, v.officer)).or_default() += 1;
        }
        for ((_, officer), n) in a_day {
            prop_assert!(n <= officers[officer as usize].per_day);
        }
        prop_assert_eq!(done.travel.home + done.travel.district + done.travel.elsewhere, done.visits.len() as u64);
        prop_assert_eq!(done.loads.iter().map(|l| l.visits).sum::<u64>(), done.visits.len() as u64);
        if settings.reach.is_none() {
            prop_assert_eq!(done.unserved.is_empty(), done.least_days.is_some());
            prop_assert!(done.least_days.is_none_or(|least| done.working_days == least));
        }
    }

    #[test]
    fn no_other_way_is_better((places, officers, targets, settings) in scene()) {
        let targets = &targets[..targets.len().min(6)];
        let Ok(done) = plan(&places, &officers, targets, &settings) else { return Ok(()) };
        let limits = assign::Limits::new(&places, &officers, &settings);
        let costs: Vec<Vec<Option<u32>>> =
            officers.iter().map(|o| (0..places.len() as u32).map(|p| limits.cost(o, p)).collect()).collect();
        let days = settings.calendar.days();
        let room_in = |n: usize| officers.iter().map(|o| o.capacity(&days[..n])).collect::<Vec<_>>();
        let mut bands: Vec<i32> = done.visits.iter().map(|v| urgency::band(&targets[v.target as usize], &settings.order)).collect();
        bands.sort_unstable();
        let cost = u32::try_from(done.travel.cost).unwrap();
        let in_time = done.unserved.iter().all(|u| u.why == WhyNot::OutOfReach);
        let n = if in_time { done.working_days } else { days.len() };
        let best = by_trying(&costs, &mut room_in(n), targets, &settings.order).unwrap();
        prop_assert_eq!((done.unserved.len(), &bands), (best.0, &best.1));
        // the very most urgent are taken, of a band too, so that travel is the least for those
        let taken: Vec<Target> = done.visits.iter().map(|v| targets[v.target as usize]).collect();
        let travel = if in_time { best.2 } else { by_trying(&costs, &mut room_in(n), &taken, &settings.order).unwrap().2 };
        prop_assert_eq!(cost, travel);
        if in_time && n > 0 {
            let (left, ..) = by_trying(&costs, &mut room_in(n - 1), targets, &settings.order).unwrap();
            prop_assert!(left > done.unserved.len());
        }
    }
}
