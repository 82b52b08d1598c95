//! The row ranking against an independent slow reference, over every combination of options.

#![allow(clippy::unwrap_used, reason = "a test")]
#[path = "ranking/reference.rs"]
mod reference;

use bansos::ranking::{By, RankEntry, RankError, RankOptions, Rule, Scale, Score, Ties, rank, standing};
use proptest::prelude::*;
use reference::{Plain, Row, all_options, places};
use std::num::NonZeroU8;

fn entries<S: Score>(rows: &[Row<S>]) -> Vec<RankEntry<'_, S>> {
    rows.iter()
        .map(|r| RankEntry { key: Some(&r.key), score: r.score, size: r.size.map(i128::from), group: r.group })
        .collect()
}

fn check<S: Score + Plain>(rows: &[Row<S>]) {
    for options in all_options() {
        let ranking = rank(&entries(rows), &options).unwrap();
        let got: Vec<_> = ranking.places.iter().map(|p| p.map(NonZeroU8::get)).collect();
        assert_eq!(got, places(rows, &options), "{options:?}");
        let total = &ranking.report.total;
        assert_eq!(total.families, total.ranked + total.unranked.sum());
        assert_eq!(total.cells.iter().map(|c| c.families).sum::<u64>(), total.ranked);
        for (at, place) in got.iter().enumerate() {
            let why = standing(&ranking, &entries(rows), at);
            assert_eq!(why.map(|w| w.part), *place);
        }
    }
}

/// Scores that meet: ties, both zeros, the ends, what is no number.
fn awkward() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => (-3..4_i32).prop_map(f64::from),
        2 => any::<f64>(),
        1 => prop::sample::select(vec![
            -0.0, 0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 5e-324, -5e-324, 1e300,
        ]),
    ]
}

fn rows<S: Score>(score: impl Strategy<Value = S>) -> impl Strategy<Value = Vec<Row<S>>> {
    let size = prop_oneof![4 => 0..7_u64, 1 => Just(u64::MAX), 1 => any::<u64>()];
    let row = (prop::option::weighted(0.9, score), size, prop::option::weighted(0.95, 0..3_u32));
    prop::collection::vec(row, 0..40).prop_map(|rows| {
        // keys in an order unlike the rows'; a shorter key that begins a longer one
        let key = |n: usize| format!("{}", (n * 7919) % 1009).into_bytes();
        let row = |(n, (score, size, group))| Row { key: key(n), score, size: Some(size), group };
        rows.into_iter().enumerate().map(row).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn floats(rows in rows(awkward())) {
        check(&rows);
    }

    #[test]
    fn integers(rows in rows(prop_oneof![(-3..4_i64), any::<i64>(), Just(i64::MAX), Just(i64::MIN)])) {
        check(&rows);
    }

    #[test]
    fn decimals(rows in rows(prop_oneof![(-3..4_i128), any::<i128>(), Just(i128::MAX), Just(i128::MIN)])) {
        check(&rows);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(awkward()), turn in 0..40_usize) {
        let options = RankOptions { by: By::Persons, near: Some(0.5), ..RankOptions::default() };
        let before = rank(&entries(&rows), &options).unwrap();
        let mut turned = rows.clone();
        turned.reverse();
        let n = turned.len().max(1);
        turned.rotate_left(turn % n);
        let after = rank(&entries(&turned), &options).unwrap();
        prop_assert_eq!(&before.report, &after.report);
        for (row, place) in rows.iter().zip(&before.places) {
            let at = turned.iter().position(|r| r.key == row.key).unwrap();
            prop_assert_eq!(place, &after.places[at]);
        }
    }

    #[test]
    fn a_percentile_lies_in_its_decile(rows in rows(awkward())) {
        for &rule in Rule::ALL {
            let with = |scale| RankOptions { by: By::Persons, rule, scale, ..RankOptions::default() };
            let fine = rank(&entries(&rows), &with(Scale::Percentiles)).unwrap();
            let coarse = rank(&entries(&rows), &with(Scale::Deciles)).unwrap();
            prop_assert!(fine.deciles().eq(coarse.deciles()));
        }
    }
}

#[test]
fn ten_times_ten_families_make_ten_equal_deciles() {
    let keys: Vec<String> = (0..100).map(|n| format!("{n:03}")).collect();
    let line: Vec<_> = keys.iter().map(|k| RankEntry::new(k.as_bytes(), Some(7_i64)).with_size(2)).collect();
    let ranking = rank(&line, &RankOptions::default()).unwrap();
    assert!(ranking.report.total.cells.iter().all(|c| (c.families, c.persons) == (10, 20)));
    assert_eq!(ranking.report.total.decided_by_key, 100);
    let options = RankOptions { ties: Ties::Together, ..RankOptions::default() };
    let together = rank(&line, &options).unwrap();
    assert_eq!((together.report.total.cells[0].families, together.report.total.decided_by_key), (100, 0));
}

#[test]
fn what_must_not_be_ranked_is_refused_and_named() {
    let one = RankEntry::new(b"a", Some(1.0)).with_size(3);
    let two = RankEntry::new(b"b", Some(2.0)).with_size(3);
    let persons = RankOptions { by: By::Persons, ..RankOptions::default() };
    let err = |rows: &[RankEntry<'_, f64>]| rank(rows, &persons).unwrap_err();
    assert_eq!(err(&[one, RankEntry { key: None, ..two }]), RankError::KeyMissing { row: 1 });
    assert_eq!(err(&[one, RankEntry { key: Some(b""), ..two }]), RankError::KeyMissing { row: 1 });
    assert_eq!(err(&[two, one, RankEntry { score: Some(9.0), ..one }]), RankError::KeyDoubled { row: 1 });
    assert_eq!(err(&[one, RankEntry { size: None, ..two }]), RankError::WeightMissing { row: 1 });
    assert_eq!(err(&[one, RankEntry { size: Some(-1), ..two }]), RankError::WeightNegative { row: 1 });
    assert_eq!(err(&[one, RankEntry { size: Some(1 << 64), ..two }]), RankError::WeightTooLarge { row: 1 });
    // a family without a score takes no part, whatever else it lacks
    let absent = RankEntry { key: None, score: None, size: Some(-1), group: Some(0) };
    let nan = RankEntry { score: Some(f64::NAN), ..absent };
    let ranking = rank(&[one, absent, nan, two], &persons).unwrap();
    assert_eq!((ranking.report.total.unranked.missing, ranking.report.total.unranked.not_finite), (1, 1));
    assert_eq!(rank(&[one], &RankOptions { near: Some(f64::NAN), ..persons }), Err(RankError::Margin));
    // sizes are not needed to rank families; the report says how many it lacks
    let counted = rank(&[one, RankEntry { size: None, ..two }], &RankOptions::default()).unwrap();
    assert_eq!(counted.report.total.size_unknown, 1);
}

#[test]
fn near_cut_families_are_counted_by_distance_in_the_score() {
    let keys: Vec<String> = (0..20).map(|n| format!("{n:02}")).collect();
    let line: Vec<_> = keys.iter().zip(0_i64..).map(|(k, n)| RankEntry::new(k.as_bytes(), Some(n * 100))).collect();
    let near = |margin| {
        let options = RankOptions { near: Some(margin), ..RankOptions::default() };
        rank(&line, &options).unwrap().report.total.near_cut
    };
    // two families a decile: all but the very first and last border on another decile
    assert_eq!((near(99.0), near(100.0), near(200.0)), (Some(0), Some(18), Some(20)));
}
