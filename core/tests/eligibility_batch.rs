//! The quick path over compact persons gives what the row path gives, for every programme, on any date, whatever is unknown.

use bansos::date::Date;
use bansos::eligibility::{Batch, FamilyFacts, Outcome, PersonCode, Rules, Scratch, Verdict};
use bansos::person::{Attendance, Flag, Flags, PersonFacts, Presence, Relation, SchoolLevel, Sex};
use bansos::policy::Policy;
use bansos::source::Received;
use bansos::{Decile, programme};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

fn date() -> impl Strategy<Value = Date> {
    prop_oneof![
        (2018i16..2027, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d)),
        select(vec![
            Date::constant(2020, 2, 29),
            Date::constant(2024, 2, 29),
            Date::constant(2023, 3, 1),
            Date::constant(2025, 12, 31)
        ]),
    ]
}

fn birth() -> impl Strategy<Value = Date> {
    prop_oneof![
        (1930i16..2027, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d)),
        (select(vec![1948i16, 1956, 1960, 1964, 2016, 2020]), Just(29i8)).prop_map(|(y, d)| Date::constant(y, 2, d)),
    ]
}

prop_compose! {
    fn person()(
        birth in weighted(0.8, birth()),
        age in weighted(0.3, 0u16..99),
        sex in weighted(0.8, select(Sex::ALL)),
        relation in weighted(0.5, select(Relation::ALL)),
        presence in weighted(0.5, select(Presence::ALL)),
        registered in weighted(0.4, any::<bool>()),
        (attendance, school_level) in (weighted(0.8, select(Attendance::ALL)), weighted(0.8, select(SchoolLevel::ALL))),
        (pregnant, pregnancy_order) in (weighted(0.8, any::<bool>()), weighted(0.7, 1u8..4)),
        (severe_disability, rights_victim) in (weighted(0.8, any::<bool>()), weighted(0.5, prop::bool::weighted(0.1))),
        flags in prop::collection::vec((select(Flag::ALL), prop::bool::weighted(0.2)), 0..3),
        clear in any::<bool>(),
    ) -> PersonFacts {
        let flags = flags.into_iter().fold(if clear { Flags::CLEAR } else { Flags::UNCHECKED }, |f, (flag, yes)| f.with(flag, yes));
        PersonFacts::default()
            .with_birth(birth).with_age(age).with_sex(sex).with_relation(relation).with_presence(presence)
            .with_registered(registered).with_attendance(attendance).with_school_level(school_level)
            .with_pregnant(pregnant).with_pregnancy_order(pregnancy_order)
            .with_severe_disability(severe_disability).with_rights_victim(rights_victim).with_flags(flags)
    }
}

prop_compose! {
    fn family()(
        decile in weighted(0.8, 1u8..=10),
        registered in weighted(0.5, prop::bool::weighted(0.9)),
        remote in weighted(0.5, any::<bool>()),
        receives in (weighted(0.7, any::<bool>()), weighted(0.7, any::<bool>()), weighted(0.7, any::<bool>())),
        size in weighted(0.3, 0u32..7),
        musdes in weighted(0.5, 0i64..2),
        members in prop::collection::vec(person(), 0..9),
    ) -> FamilyFacts {
        let family = FamilyFacts::from_members(members)
            .with_decile(decile.and_then(Decile::new))
            .with_registered(registered)
            .with_remote(remote)
            .with_received(Received { pkh: receives.0, sembako: receives.1, bst: receives.2 })
            .with_size(size);
        musdes.into_iter().fold(family, |f, m| f.with_extra("musdes", m))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn quick_and_row_agree(families in prop::collection::vec(family(), 1..12), on in date(), by_priority in any::<bool>()) {
        let mut policy = Policy::builtin();
        if by_priority {
            policy = policy.with_alternative("pkh.assignment", "priority").unwrap();
        }
        let all: Vec<Rules> = programme::all().iter().map(|p| Rules::new(p, on, &policy).unwrap()).collect();
        let mut batch = Batch::new(&all.iter().collect::<Vec<_>>());
        let (mut scratch, mut kinds) = (Scratch::default(), Vec::new());
        for f in &families {
            let people: Vec<PersonCode> = f.members.iter().map(PersonCode::from).collect();
            let head = f.clone().with_members(Vec::new());
            batch.kinds(&people, &mut kinds);
            let quick: Vec<Verdict> = batch.verdicts(&head, &kinds).collect();
            prop_assert_eq!(quick.len(), all.len());
            for (rules, quick) in all.iter().zip(quick) {
                let row = rules.verdict_with(f, &mut scratch);
                prop_assert_eq!(quick, row, "{}", rules.programme());
                let explained = rules.explain(f, &row);
                prop_assert_eq!((explained.outcome, explained.amounts.year, explained.amounts.at_most), (row.outcome, row.year, row.at_most));
                prop_assert!(row.year <= row.at_most);
                // with the remainder in the last stage the stages of a component programme sum to the year
                if rules.programme() == "pkh" && row.outcome == Outcome::Eligible {
                    prop_assert_eq!(explained.amounts.stages.iter().map(|s| s.amount).sum::<bansos::Rupiah>(), row.year);
                    prop_assert_eq!(explained.counted.len(), usize::from(row.persons));
                }
            }
        }
    }

    /// Families beyond what sums in bytes hold, rules of two dates in one batch, and a memory that has run full.
    #[test]
    fn large_families_and_two_dates_agree(one in prop::collection::vec(person(), 1..6), times in 1usize..70, days in (date(), date())) {
        let policy = Policy::builtin();
        let pkh = programme::builtin(programme::ids::PKH).unwrap();
        let rules = [Rules::new(pkh, days.0, &policy).unwrap(), Rules::new(pkh, days.1, &policy).unwrap()];
        let members: Vec<PersonFacts> = one.iter().copied().cycle().take(one.len() * times).collect();
        let f = FamilyFacts::from_members(members).with_decile(Decile::new(1));
        let people: Vec<PersonCode> = f.members.iter().map(PersonCode::from).collect();
        let (mut batch, mut kinds) = (Batch::new(&rules.iter().collect::<Vec<_>>()), Vec::new());
        batch.kinds(&people, &mut kinds);
        let quick: Vec<Verdict> = batch.verdicts(&f, &kinds).collect();
        prop_assert_eq!(quick, rules.iter().map(|r| r.verdict(&f)).collect::<Vec<_>>());
    }

    #[test]
    fn a_code_says_what_its_facts_say(p in person()) {
        prop_assert_eq!(PersonCode::from(&p).facts(), p);
    }

    /// More knowledge never contradicts: whatever an unknown fact turns out to be, a settled outcome stands.
    #[test]
    fn a_settled_outcome_survives_new_facts(f in family(), on in date(), decile in 1u8..=10, yes in any::<bool>(), born in birth()) {
        let policy = Policy::builtin();
        let mut known = f.clone();
        known.decile = known.decile.or(Decile::new(decile));
        known.receives.pkh = known.receives.pkh.or(Some(yes));
        known.receives.sembako = known.receives.sembako.or(Some(yes));
        for m in &mut known.members {
            // who is listed is taken as born by then
            m.birth = m.birth.or(if m.age.is_some() || born > on { None } else { Some(born) });
            m.severe_disability = m.severe_disability.or(Some(yes));
            m.attendance = m.attendance.or(Some(Attendance::Attending));
            m.school_level = m.school_level.or(Some(SchoolLevel::Smp));
            m.pregnancy_order = m.pregnancy_order.or(Some(1));
        }
        for p in programme::all() {
            let rules = Rules::new(p, on, &policy).unwrap();
            let (before, after) = (rules.verdict(&f), rules.verdict(&known));
            if before.outcome != bansos::eligibility::Outcome::Undetermined {
                prop_assert_eq!(before.outcome, after.outcome);
            }
            if after.outcome == bansos::eligibility::Outcome::Eligible {
                prop_assert!(before.year <= after.year && after.at_most <= before.at_most, "{:?} {:?}", before, after);
            }
        }
    }
}
