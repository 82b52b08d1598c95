//! The column path gives what the row path gives, for any encoding of the tables and any number of threads.

use arrow_array::builder::{BooleanBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Date32Array, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray, UInt8Array,
    UInt32Array,
};
use arrow_schema::{Field, Schema};
use bansos::date::to_epoch_days;
use bansos::eligibility::{FamilyFacts, Outcome, Rules};
use bansos::person::{Attendance, Flag, Flags, PersonFacts, Presence, SchoolLevel, Sex};
use bansos::policy::Policy;
use bansos::source::Received;
use bansos::{Coded as _, Date, Decile, programme};
use bansos_arrow::eligibility::{ColumnsError, Options, determine_columns};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::Arc;

fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let fields: Vec<Field> = columns.iter().map(|(n, c)| Field::new(*n, c.data_type().clone(), true)).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns.into_iter().map(|(_, c)| c).collect()).unwrap()
}

fn words(form: usize, all: Vec<Option<&str>>) -> ArrayRef {
    match form % 4 {
        0 => Arc::new(StringArray::from(all)),
        1 => Arc::new(LargeStringArray::from(all)),
        2 => Arc::new(StringViewArray::from(all)),
        _ => {
            let mut b = StringDictionaryBuilder::<Int32Type>::new();
            all.into_iter().for_each(|w| b.append_option(w));
            Arc::new(b.finish())
        }
    }
}

fn truths(all: impl Iterator<Item = Option<bool>>) -> ArrayRef {
    let mut b = BooleanBuilder::new();
    all.for_each(|t| b.append_option(t));
    Arc::new(b.finish())
}

prop_compose! {
    fn person()(
        birth in weighted(0.85, (1935i16..2026, 1i8..=12, 1i8..=28)),
        age in weighted(0.3, 0u16..99),
        sex in weighted(0.8, select(Sex::ALL)),
        presence in weighted(0.5, select(Presence::ALL)),
        attendance in weighted(0.8, select(Attendance::ALL)),
        school_level in weighted(0.8, select(SchoolLevel::ALL)),
        (pregnant, pregnancy_order) in (weighted(0.8, any::<bool>()), weighted(0.7, 1u8..4)),
        severe_disability in weighted(0.8, any::<bool>()),
        asn in weighted(0.5, prop::bool::weighted(0.2)),
    ) -> PersonFacts {
        PersonFacts::default()
            .with_birth(birth.map(|(y, m, d)| Date::constant(y, m, d))).with_age(age).with_sex(sex)
            .with_presence(presence).with_attendance(attendance).with_school_level(school_level)
            .with_pregnant(pregnant).with_pregnancy_order(pregnancy_order)
            .with_severe_disability(severe_disability)
            .with_flags(asn.map_or(Flags::UNCHECKED, |a| Flags::UNCHECKED.with(Flag::Asn, a)))
    }
}

prop_compose! {
    fn family()(
        decile in weighted(0.8, 1u8..=10),
        pkh in weighted(0.7, any::<bool>()),
        sembako in weighted(0.7, any::<bool>()),
        size in weighted(0.3, 0u32..7),
        musdes in weighted(0.5, 0i64..2),
        members in prop::collection::vec(person(), 0..8),
    ) -> FamilyFacts {
        let family = FamilyFacts::from_members(members).with_decile(decile.and_then(Decile::new)).with_size(size).with_received(Received { pkh, sembako, bst: None });
        musdes.into_iter().fold(family, |f, m| f.with_extra("musdes", m))
    }
}

/// The tables of these families: persons scattered, families named by key or by row.
fn tables(families: &[FamilyFacts], form: usize) -> (RecordBatch, RecordBatch) {
    let mut people: Vec<(usize, &PersonFacts)> = Vec::new();
    let longest = families.iter().map(|f| f.members.len()).max().unwrap_or(0);
    for k in 0..longest {
        people.extend(families.iter().enumerate().filter_map(|(i, f)| f.members.get(k).map(|m| (i, m))));
    }
    let keys: Vec<String> = (0..families.len()).map(|i| format!("K{}", i * 7)).collect();
    let family_key: (&str, ArrayRef) = match form % 3 {
        0 => ("family_row", Arc::new(people.iter().map(|p| u32::try_from(p.0).unwrap()).collect::<UInt32Array>())),
        1 => ("family", words(form, people.iter().map(|p| Some(keys[p.0].as_str())).collect())),
        _ => ("family", Arc::new(people.iter().map(|p| i64::try_from(p.0).unwrap() * 7).collect::<Int64Array>())),
    };
    let persons = table(vec![
        family_key,
        ("birth_date", Arc::new(people.iter().map(|p| p.1.birth.map(to_epoch_days)).collect::<Date32Array>())),
        ("age", Arc::new(people.iter().map(|p| p.1.age.map(i64::from)).collect::<Int64Array>())),
        ("sex", words(form, people.iter().map(|p| p.1.sex.map(Sex::word)).collect())),
        ("presence", words(form + 1, people.iter().map(|p| p.1.presence.map(Presence::word)).collect())),
        ("attendance", words(form + 2, people.iter().map(|p| p.1.attendance.map(Attendance::word)).collect())),
        ("school_level", words(form + 3, people.iter().map(|p| p.1.school_level.map(SchoolLevel::word)).collect())),
        ("pregnant", truths(people.iter().map(|p| p.1.pregnant))),
        ("pregnancy_order", Arc::new(people.iter().map(|p| p.1.pregnancy_order).collect::<UInt8Array>())),
        ("severe_disability", truths(people.iter().map(|p| p.1.severe_disability))),
        ("flag_asn", truths(people.iter().map(|p| p.1.flags.get(Flag::Asn)))),
    ]);
    let key: ArrayRef = if form % 3 == 2 {
        Arc::new((0..families.len()).map(|i| i64::try_from(i).unwrap() * 7).collect::<Int64Array>())
    } else {
        words(form + 1, keys.iter().map(|k| Some(k.as_str())).collect())
    };
    let families = table(vec![
        ("family", key),
        ("decile", Arc::new(families.iter().map(|f| f.decile.map(Decile::get)).collect::<UInt8Array>())),
        ("size", Arc::new(families.iter().map(|f| f.size).collect::<UInt32Array>())),
        ("receives_pkh", truths(families.iter().map(|f| f.receives.pkh))),
        ("receives_sembako", truths(families.iter().map(|f| f.receives.sembako))),
        ("fact_musdes", Arc::new(families.iter().map(|f| f.extra("musdes")).collect::<Int64Array>())),
    ]);
    (families, persons)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn columns_and_rows_agree(families in prop::collection::vec(family(), 1..30), form in 0usize..12, threads in 1usize..3, on in select(vec![
        Date::constant(2019, 3, 1), Date::constant(2020, 5, 1), Date::constant(2021, 6, 30), Date::constant(2023, 11, 1),
        Date::constant(2024, 2, 29), Date::constant(2025, 11, 15), Date::constant(2026, 7, 1),
    ])) {
        let policy = Policy::builtin();
        let rules: Vec<Rules> = programme::all().iter().map(|p| Rules::new(p, on, &policy).unwrap()).collect();
        let (f, p) = tables(&families, form);
        let all = determine_columns(&rules.iter().collect::<Vec<_>>(), &f, &p, &Options { threads }).unwrap();
        for (rules, columns) in rules.iter().zip(&all) {
            prop_assert!(columns.ignored.is_empty());
            let batch = columns.to_batch().unwrap();
            prop_assert_eq!(batch.num_rows(), families.len());
            for (i, family) in families.iter().enumerate() {
                let row = rules.determine(family);
                prop_assert_eq!(Outcome::ALL[usize::from(columns.outcome.value(i))], row.outcome);
                prop_assert_eq!(columns.year.value(i), row.amounts.year.0);
                prop_assert_eq!(columns.at_most.value(i), row.amounts.at_most.0);
                // the codes of the criteria are among the reasons that the row path tells
                for code in columns.reasons(i) {
                    prop_assert!(row.reasons.iter().any(|r| r.code() == code), "{} {:?}", code, row.machine());
                }
            }
        }
    }
}

fn simple(persons: Vec<(&str, ArrayRef)>) -> Result<i64, String> {
    let rules = Rules::new(programme::builtin("pkh").unwrap(), Date::constant(2025, 7, 1), &Policy::builtin()).unwrap();
    let families = table(vec![("family", words(0, vec![Some("a")])), ("decile", Arc::new(UInt8Array::from(vec![2])))]);
    let done = determine_columns(&[&rules], &families, &table(persons), &Options::default());
    done.map(|d| d[0].year.value(0)).map_err(|e: ColumnsError| e.code().to_owned())
}

#[test]
fn what_does_not_fit_is_told() {
    let key = || ("family", words(0, vec![Some("a")]));
    let birth =
        || ("birth_date", Arc::new(Date32Array::from(vec![to_epoch_days(Date::constant(2022, 1, 1))])) as ArrayRef);
    assert_eq!(simple(vec![key(), birth()]), Ok(3_000_000));
    assert_eq!(simple(vec![birth()]), Err("columns.key_missing".to_owned()));
    assert_eq!(simple(vec![("family", words(0, vec![Some("b")])), birth()]), Err("columns.no_such_family".to_owned()));
    assert_eq!(simple(vec![key(), ("sex", words(0, vec![Some("L")]))]), Err("columns.word".to_owned()));
    assert_eq!(simple(vec![key(), ("birth_date", words(0, vec![Some("2022-01-01")]))]), Err("columns.type".to_owned()));
    assert_eq!(
        simple(vec![("family_row", Arc::new(UInt32Array::from(vec![3])))]),
        Err("columns.no_such_family".to_owned())
    );
}

/// More families than a thread takes at a time, so that several stretches, threads and memories meet: 50,000 families in
/// three forms of the same tables, by row in order, by row in no order, by key.
#[test]
fn stretches_threads_and_forms_give_one_answer() {
    const FAMILIES: usize = 50_000;
    let on = Date::constant(2025, 7, 1);
    let today = to_epoch_days(on);
    let mut seed = 11u64;
    let mut below = move |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    let level = [SchoolLevel::Sd, SchoolLevel::Smp, SchoolLevel::Sma];
    let families: Vec<FamilyFacts> = (0..FAMILIES)
        .map(|i| {
            // families of nobody, and a few of hundreds, stand between the usual ones
            let size = if i % 9_973 == 5 { 300 } else { below(7) };
            let members: Vec<PersonFacts> = (0..size)
                .map(|_| {
                    let birth = bansos::date::from_epoch_days(today - i32::try_from(below(30_000)).unwrap());
                    let school = level.get(usize::try_from(below(5)).unwrap()).copied();
                    PersonFacts::default()
                        .with_birth(birth.filter(|_| below(20) > 0))
                        .with_attendance(if school.is_some() { Attendance::Attending } else { Attendance::Left })
                        .with_school_level(school)
                        .with_pregnant(below(25) == 0)
                        .with_pregnancy_order(1)
                        .with_severe_disability((below(10) > 0).then(|| below(30) == 0))
                        .with_flags(Flags::UNCHECKED.with(Flag::Asn, below(60) == 0))
                })
                .collect();
            let decile = Decile::new(u8::try_from(below(11)).unwrap());
            FamilyFacts::from_members(members).with_decile(decile).with_size((below(9) == 0).then_some(4))
        })
        .collect();
    let policy = Policy::builtin();
    let rules: Vec<Rules> = ["pkh", "sembako", "pbi-jkn"]
        .map(|id| Rules::new(programme::builtin(id).unwrap(), on, &policy).unwrap())
        .into();
    let rules: Vec<&Rules> = rules.iter().collect();
    let (heads, scattered) = tables(&families, 0);
    let rows = scattered.column_by_name("family_row").unwrap();
    let order = sorted(rows);
    let columns = scattered.columns().iter().map(|c| arrow_select::take::take(c, &order, None).unwrap()).collect();
    let in_order = RecordBatch::try_new(scattered.schema(), columns).unwrap();
    let (keyed_heads, keyed) = tables(&families, 2);
    let answers = |heads: &RecordBatch, persons: &RecordBatch, threads: usize| {
        determine_columns(&rules, heads, persons, &Options { threads }).unwrap()
    };
    let first = answers(&heads, &in_order, 1);
    for (heads, persons, threads) in
        [(&heads, &in_order, 2), (&heads, &in_order, 3), (&heads, &scattered, 2), (&keyed_heads, &keyed, 3)]
    {
        for (one, other) in first.iter().zip(answers(heads, persons, threads)) {
            assert_eq!((&one.outcome, &one.year, &one.at_most), (&other.outcome, &other.year, &other.at_most));
            assert_eq!((&one.persons, &one.truths), (&other.persons, &other.truths));
        }
    }
    // and it is the row path's, looked at here and there, and wherever a stretch ends or a family is large
    let looked = |i: &usize| i.is_multiple_of(37) || i % 16_384 < 2 || i % 9_973 == 5;
    for i in (0..FAMILIES).filter(looked) {
        for (rules, columns) in rules.iter().zip(&first) {
            let row = rules.verdict(&families[i]);
            let found =
                (Outcome::ALL[usize::from(columns.outcome.value(i))], columns.year.value(i), columns.truths.value(i));
            assert_eq!(found, (row.outcome, row.year.0, row.truths), "family {i}");
        }
    }
    let eligible = |d: &bansos_arrow::eligibility::Determined| d.outcome.values().iter().filter(|o| **o == 0).count();
    assert!(first.iter().all(|d| eligible(d) > FAMILIES / 10), "the test must have something to compare");
}

/// Rows sorted by their number.
fn sorted(rows: &ArrayRef) -> UInt32Array {
    let rows = arrow_array::cast::AsArray::as_primitive::<arrow_array::types::UInt32Type>(rows);
    let mut order: Vec<u32> = (0..u32::try_from(rows.len()).unwrap()).collect();
    order.sort_by_key(|i| rows.value(*i as usize));
    UInt32Array::from(order)
}
