//! PKH a second time, by hand from the dossier's tables: years, amounts, caps and ages stand here as they were read, no
//! parameter file, no criteria tree, no dynamic programming. What the library says of families whose facts are all known
//! must be what a person with the tables and patience would say.

use bansos::date::{Date, age_on};
use bansos::eligibility::{FamilyFacts, Outcome, determine};
use bansos::person::{Attendance, Flag, Flags, PersonFacts, Presence, SchoolLevel, Sex};
use bansos::policy::Policy;
use bansos::programme::{builtin, ids};
use bansos::{Decile, Rupiah};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

/// Component codes in the order of the tables.
const CODES: [&str; 8] =
    ["ibu_hamil", "anak_usia_dini", "sd", "smp", "sma", "disabilitas_berat", "lansia", "ham_berat"];
const CHILDREN: [usize; 4] = [1, 2, 3, 4];

/// Year and month as one number: 202311 is November 2023.
fn month(on: Date) -> i32 {
    i32::from(on.year()) * 100 + i32::from(on.month())
}

/// Thousand rupiah a year by component (dossier 1.5).
fn amounts(on: Date) -> [i64; 8] {
    let victim = if month(on) >= 202405 { 10_800 } else { 0 };
    match on.year() {
        2018 => [0; 8],
        2019 => [2400, 2400, 900, 1500, 2000, 2400, 2400, 0],
        _ => [3000, 3000, 900, 1500, 2000, 2400, 2400, victim],
    }
}

/// Thousand rupiah a year for the family itself (dossier 1.5).
fn fixed(on: Date, remote: bool) -> i64 {
    match (on.year(), remote) {
        (2018, _) => 1890,
        (2019, false) => 550,
        (2019, true) => 1000,
        _ => 0,
    }
}

/// At most so many: of young children, of children at all, of severely disabled, of elderly, of persons (dossier 1.4).
fn caps(on: Date) -> [usize; 5] {
    const NONE: usize = 99;
    let young = if on.year() >= 2021 { 2 } else { NONE };
    let children = if month(on) >= 202311 { 3 } else { NONE };
    let grown = match month(on) {
        ..202101 => NONE,
        202101..202311 => 1,
        _ => 4,
    };
    let persons = if on.year() == 2018 { 3 } else { 4 };
    [young, children, grown, grown, persons]
}

/// What a person may count as; empty for who is not there.
fn fits(p: &PersonFacts, on: Date) -> Vec<usize> {
    let gone = matches!(p.presence, Some(Presence::Dead | Presence::Moved | Presence::NotFound));
    if gone || p.registered == Some(false) {
        return Vec::new();
    }
    let Some(age) = age_on(p.birth.unwrap(), on) else { return Vec::new() };
    let old = if (2020..=2022).contains(&on.year()) { 70 } else { 60 };
    let order = on.year() == 2018 || p.pregnancy_order.unwrap() <= 2;
    let school = p.attendance == Some(Attendance::Attending) && (6..=21).contains(&age);
    let tests = [
        p.pregnant == Some(true) && order,
        age < 7,
        school && p.school_level == Some(SchoolLevel::Sd),
        school && p.school_level == Some(SchoolLevel::Smp),
        school && p.school_level == Some(SchoolLevel::Sma),
        p.severe_disability == Some(true),
        age >= old,
        p.rights_victim == Some(true) && month(on) >= 202405,
    ];
    (0..8).filter(|c| tests[*c]).collect()
}

/// The greatest total by trying everything: each member nothing or one thing he fits.
fn most(people: &[Vec<usize>], counts: &mut [usize; 8], on: Date) -> Option<(i64, usize)> {
    let [young, children, disabled, old, persons] = caps(on);
    let over = counts[1] > young
        || CHILDREN.iter().map(|c| counts[*c]).sum::<usize>() > children
        || counts[5] > disabled
        || counts[6] > old
        || counts.iter().sum::<usize>() > persons;
    if over {
        return None;
    }
    let Some((first, rest)) = people.split_first() else { return Some((0, 0)) };
    let mut best = most(rest, counts, on);
    for c in first {
        counts[*c] += 1;
        let with = most(rest, counts, on).map(|(sum, n)| (sum + amounts(on)[*c], n + 1));
        counts[*c] -= 1;
        best = best.max(with);
    }
    best
}

/// Which flags bar a family (dossier 5.1; online gambling from July 2025), none before 2020.
fn barred(p: &PersonFacts, on: Date) -> bool {
    let gone = matches!(p.presence, Some(Presence::Dead | Presence::Moved | Presence::NotFound));
    let unborn = age_on(p.birth.unwrap(), on).is_none();
    let never = [Flag::ElectricityUnsubsidised, Flag::Car, Flag::NikUnmatched, Flag::NikShared, Flag::CardInvalid];
    let bars = |f: Flag| !never.contains(&f) && (f != Flag::OnlineGambling || month(on) >= 202507);
    !gone && !unborn && on.year() >= 2020 && p.flags.reported().any(bars)
}

fn by_hand(f: &FamilyFacts, on: Date) -> (Outcome, i64) {
    let people: Vec<Vec<usize>> = f.members.iter().map(|p| fits(p, on)).collect();
    let (sum, persons) = most(&people, &mut [0; 8], on).unwrap();
    let decile = month(on) < 202504 || f.decile.unwrap().get() <= 4;
    let good = f.registered == Some(true) && decile && persons > 0 && !f.members.iter().any(|p| barred(p, on));
    if good { (Outcome::Eligible, (sum + fixed(on, f.remote.unwrap())) * 1000) } else { (Outcome::Ineligible, 0) }
}

fn day() -> impl Strategy<Value = Date> {
    // every year, and the days around each change
    let turns = [
        (2023, 10, 31),
        (2023, 11, 1),
        (2024, 4, 30),
        (2024, 5, 1),
        (2025, 3, 31),
        (2025, 4, 1),
        (2025, 6, 30),
        (2025, 7, 1),
    ];
    prop_oneof![
        (2018i16..=2026, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d)),
        (2018i16..=2026, select(vec![(1, 1), (12, 31)])).prop_map(|(y, (m, d))| Date::constant(y, m, d)),
        select(turns.map(|(y, m, d)| Date::constant(y, m, d)).to_vec()),
        select(vec![Date::constant(2020, 2, 29), Date::constant(2024, 2, 29)]),
    ]
}

/// Somebody whose birthday may be the very day, the day before or after.
fn born(on: Date) -> impl Strategy<Value = Date> {
    let near = (select(vec![0i16, 5, 6, 7, 8, 21, 22, 59, 60, 61, 69, 70, 71]), -1i32..=1).prop_filter_map(
        "no such day",
        move |(years, shift)| {
            let same = Date::new(on.year() - years, on.month(), on.day()).ok()?;
            bansos::date::from_epoch_days(bansos::date::to_epoch_days(same) + shift)
        },
    );
    prop_oneof![
        2 => (0i16..90, 1i8..=12, 1i8..=28).prop_map(move |(y, m, d)| Date::constant(on.year() - y, m, d)),
        1 => near,
        1 => (2000i16..2022, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d)),
    ]
}

prop_compose! {
    fn person(on: Date)(
        birth in born(on),
        sex in select(Sex::ALL),
        presence in prop_oneof![6 => Just(Presence::Present), 1 => select(Presence::ALL)],
        registered in prop::bool::weighted(0.9),
        attendance in prop_oneof![2 => Just(Attendance::Attending), 1 => select(Attendance::ALL)],
        school_level in select(SchoolLevel::ALL),
        (pregnant, order) in (prop::bool::weighted(0.15), 1u8..5),
        (severe, victim) in (prop::bool::weighted(0.15), prop::bool::weighted(0.04)),
        flag in weighted(0.04, select(Flag::ALL)),
    ) -> PersonFacts {
        PersonFacts::default()
            .with_birth(birth).with_sex(sex).with_presence(presence).with_registered(registered)
            .with_attendance(attendance).with_school_level(school_level)
            .with_pregnant(pregnant && sex == Sex::Female).with_pregnancy_order(order)
            .with_severe_disability(severe).with_rights_victim(victim)
            .with_flags(flag.into_iter().fold(Flags::CLEAR, |f, flag| f.with(flag, true)))
    }
}

fn family() -> impl Strategy<Value = (Date, FamilyFacts)> {
    day().prop_flat_map(|on| {
        let members = prop::collection::vec(person(on), 1..8);
        (members, 1u8..=6, prop::bool::weighted(0.97), any::<bool>()).prop_map(
            move |(members, decile, registered, remote)| {
                let family = FamilyFacts::from_members(members)
                    .with_decile(Decile::new(decile))
                    .with_registered(registered)
                    .with_remote(remote);
                (on, family)
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]
    #[test]
    fn the_library_says_what_the_tables_say((on, f) in family()) {
        let explained = determine(&f, builtin(ids::PKH).unwrap(), on, &Policy::builtin()).unwrap();
        prop_assert_eq!((explained.outcome, explained.amounts.year.0), by_hand(&f, on), "{} {:?}", on, explained.machine());
        prop_assert_eq!(explained.amounts.at_most, explained.amounts.year);
        prop_assert!(explained.missing.is_empty(), "everything was known: {:?}", explained.missing);
        let mut stages = [0i64; 12];
        for s in &explained.amounts.stages {
            stages[usize::from(s.pay) - 1] += s.amount.0;
        }
        prop_assert_eq!(stages.iter().sum::<i64>(), explained.amounts.year.0);
        // who is counted is there, fits, brings the table's rupiah, and is counted once
        let mut seen = Vec::new();
        for c in &explained.counted {
            let kind = CODES.iter().position(|code| *code == c.component).unwrap();
            prop_assert!(fits(&f.members[c.member], on).contains(&kind));
            prop_assert_eq!(c.year, Rupiah(amounts(on)[kind] * 1000));
            prop_assert!(!seen.contains(&c.member));
            seen.push(c.member);
        }
    }
}
