//! The column ranking against the independent slow reference of the core's tests, over every combination of options; in
//! memory, by parts, on several threads, in any order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "../../core/tests/ranking/reference.rs"]
mod reference;

use arrow_array::StringArray;
use arrow_buffer::NullBuffer;
use bansos::ranking::{By, RankEntry, RankError, RankOptions, rank};
use bansos_arrow::ranking::{ColumnScore, Columns, Groups, Keys, Plan, Round, Sizes, rank_columns, report};
use proptest::prelude::*;
use reference::{Plain, Row, all_options, places};

/// Rows as columns that own their data.
struct Table<S> {
    scores: Vec<S>,
    valid: NullBuffer,
    sizes: Vec<u64>,
    keys: StringArray,
    groups: Vec<u32>,
    count: u32,
}

impl<S: ColumnScore> Table<S> {
    fn new(rows: &[Row<S>], count: u32) -> Self {
        Self {
            scores: rows.iter().map(|r| r.score.unwrap_or_default()).collect(),
            valid: rows.iter().map(|r| r.score.is_some()).collect(),
            sizes: rows.iter().map(|r| r.size.unwrap_or(0)).collect(),
            keys: rows.iter().map(|r| Some(String::from_utf8(r.key.clone()).unwrap())).collect(),
            groups: rows.iter().map(|r| r.group.unwrap_or(u32::MAX)).collect(),
            count,
        }
    }

    /// Ranks by the group column and, in the same call, as one nation.
    fn with<T>(&self, then: impl FnOnce(Columns<'_, S>) -> T) -> T {
        let groups = [Groups::U32 { ids: &self.groups, count: self.count }, Groups::All];
        then(Columns {
            scores: &self.scores,
            valid: Some(&self.valid),
            sizes: Sizes::U64(&self.sizes, None),
            keys: Keys::Text(&self.keys),
            groups: &groups,
            first_row: 0,
        })
    }
}

fn in_parts<S: ColumnScore>(rows: &[Row<S>], count: u32, parts: usize, options: &RankOptions) -> Vec<Vec<u8>> {
    let size = rows.len().div_ceil(parts).max(1);
    let tables: Vec<Table<S>> = rows.chunks(size).map(|part| Table::new(part, count)).collect();
    let mut plan = Plan::start(options, &[count, 1]);
    let cuts = loop {
        let mut sum = plan.nothing();
        // the last part first: the order of merging must not matter
        for table in tables.iter().rev() {
            sum = table.with(|c| plan.summarise(&c)).unwrap().merge(sum).unwrap();
        }
        match plan.advance(sum).unwrap() {
            Round::Again(next) => plan = next,
            Round::Ready(cuts) => break cuts,
        }
    };
    let mut all = vec![Vec::new(), Vec::new()];
    for table in &tables {
        for (all, mine) in all.iter_mut().zip(table.with(|c| cuts.assign(&c)).unwrap()) {
            all.extend(mine);
        }
    }
    all
}

fn expected<S: Plain + ColumnScore>(rows: &[Row<S>], options: &RankOptions) -> Vec<Vec<u8>> {
    let nation: Vec<Row<S>> = rows.iter().map(|r| Row { group: Some(0), ..r.clone() }).collect();
    let bytes = |places: Vec<Option<u8>>| places.into_iter().map(|p| p.unwrap_or(0)).collect();
    vec![bytes(places(rows, options)), bytes(places(&nation, options))]
}

fn check<S: Plain + ColumnScore>(rows: &[Row<S>], parts: usize) {
    let table = Table::new(rows, 3);
    // more groups than the cells can serve take the other way
    let many = Table::new(rows, 5000);
    for options in all_options() {
        let expected = expected(rows, &options);
        let got = table.with(|c| rank_columns(&c, &options)).unwrap();
        assert_eq!(got, expected, "{options:?}");
        assert_eq!(many.with(|c| rank_columns(&c, &options)).unwrap(), expected, "{options:?}");
        assert_eq!(in_parts(rows, 3, parts, &options), expected, "{options:?}");
        let options = RankOptions { near: Some(0.5), ..options };
        let entry = |r: &'_ Row<S>| (r.score, r.size.map(i128::from), r.group);
        let entries: Vec<_> = rows
            .iter()
            .map(entry)
            .zip(rows)
            .map(|((score, size, group), r)| RankEntry { key: Some(&r.key), score, size, group })
            .collect();
        let by_rows = rank(&entries, &options).unwrap().report;
        let by_columns = table.with(|c| report(&c, c.groups[0], &got[0], &options)).unwrap();
        assert_eq!(format!("{by_columns:?}"), format!("{by_rows:?}"), "{options:?}");
    }
}

fn awkward() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => (-3..4_i32).prop_map(f64::from),
        2 => any::<f64>(),
        1 => prop::sample::select(vec![
            -0.0, 0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 5e-324, -5e-324, 1e300,
        ]),
    ]
}

fn rows<S: ColumnScore>(score: impl Strategy<Value = S>) -> impl Strategy<Value = Vec<Row<S>>> {
    let size = prop_oneof![4 => 0..7_u64, 1 => Just(u64::MAX), 1 => any::<u64>()];
    let row = (prop::option::weighted(0.9, score), size, prop::option::weighted(0.95, 0..3_u32));
    prop::collection::vec(row, 0..40).prop_map(|rows| {
        let key = |n: usize| format!("{}", (n * 7919) % 1009).into_bytes();
        let row = |(n, (score, size, group))| Row { key: key(n), score, size: Some(size), group };
        rows.into_iter().enumerate().map(row).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn floats(rows in rows(awkward()), parts in 1..64_usize) {
        check(&rows, parts);
    }

    #[test]
    fn integers(rows in rows(prop_oneof![(-3..4_i64), any::<i64>(), Just(i64::MAX), Just(i64::MIN)]), parts in 1..64_usize) {
        check(&rows, parts);
    }

    #[test]
    fn decimals(rows in rows(prop_oneof![(-3..4_i128), any::<i128>(), Just(i128::MAX), Just(i128::MIN)]), parts in 1..9_usize) {
        check(&rows, parts);
    }
}

/// A small generator, so that large cases are the same everywhere.
struct Dice(u64);
impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) ^ (self.0 >> 11)
    }
    fn unit(&mut self) -> f64 {
        (self.roll() % (1 << 30)) as f64 / (1_u64 << 30) as f64
    }
}

/// Shapes of scores that the cells must bear: smooth, tied, alike, spread over hundreds of decades, with strays.
fn shapes(rows: usize) -> Vec<(&'static str, Vec<f64>)> {
    let mut dice = Dice(7);
    let mut shape = |name, of: &mut dyn FnMut(&mut Dice, usize) -> f64| {
        (name, (0..rows).map(|n| of(&mut dice, n)).collect::<Vec<f64>>())
    };
    vec![
        shape("smooth", &mut |d, _| (d.unit() + d.unit() + d.unit()).exp()),
        shape("all alike", &mut |_, _| 12.5),
        shape("eleven values", &mut |d, _| (d.roll() % 11) as f64),
        shape("rounded", &mut |d, _| (d.unit() * 400.0).round() * 10_000.0),
        shape("decades", &mut |d, _| 10_f64.powf(d.unit() * 600.0 - 300.0)),
        shape("strays", &mut |d, n| if n % 5000 == 0 { 1e300 } else { d.unit() }),
        shape("two heaps", &mut |d, n| if n % 2 == 0 { d.unit() * 1e-12 } else { 1e12 + d.unit() }),
        shape("holes", &mut |d, n| if n % 3 == 0 { f64::NAN } else { d.unit() }),
        shape("one heap and a tail", &mut |d, n| if n % 100 == 0 { d.unit() * 1e9 } else { 1.0 + d.unit() * 1e-9 }),
    ]
}

/// The answer by a plain sort, for sizes at which the slow reference takes hours.
fn by_sorting(scores: &[f64], sizes: &[u32], keys: &[i64], groups: &[u32], options: &RankOptions) -> Vec<u8> {
    let keys: Vec<[u8; 8]> = keys.iter().map(|k| (k.cast_unsigned() ^ (1 << 63)).to_be_bytes()).collect();
    let entry = |n: usize| RankEntry {
        key: Some(&keys[n]),
        score: Some(scores[n]),
        size: Some(sizes[n].into()),
        group: Some(groups[n]).filter(|&g| g != u32::MAX),
    };
    let entries: Vec<_> = (0..scores.len()).map(entry).collect();
    rank(&entries, options).unwrap().places.iter().map(|p| p.map_or(0, std::num::NonZeroU8::get)).collect()
}

#[test]
fn large_and_hard_shapes_agree_with_a_sort_on_any_threads_and_parts() {
    const ROWS: usize = 140_000;
    let mut dice = Dice(11);
    let sizes: Vec<u32> = (0..ROWS).map(|n| if n % 997 == 0 { 5000 } else { (dice.roll() % 12) as u32 }).collect();
    let keys: Vec<i64> = (0..ROWS as i64).map(|n| n * 999_983 % 4_000_037 - 1_000_000).collect();
    let groups: Vec<u32> = (0..ROWS).map(|_| (dice.roll() % 37) as u32).collect();
    let groups: Vec<u32> = groups.into_iter().map(|g| if g == 36 { u32::MAX } else { g * g % 31 }).collect();
    for (name, scores) in shapes(ROWS) {
        for (by, ties) in [(By::Persons, 0), (By::Families, 0), (By::Persons, 1)] {
            let ties = bansos::ranking::Ties::ALL[ties];
            let options = RankOptions { by, ties, ..RankOptions::default() };
            let nation = by_sorting(&scores, &sizes, &keys, &vec![0; ROWS], &options);
            let regions = by_sorting(&scores, &sizes, &keys, &groups, &options);
            let groupings = [Groups::U32 { ids: &groups, count: 36 }, Groups::All];
            let columns = Columns {
                sizes: Sizes::U32(&sizes, None),
                keys: Keys::I64(&keys, None),
                groups: &groupings,
                ..Columns::new(&scores)
            };
            for threads in [1, 3] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let got = pool.install(|| rank_columns(&columns, &options)).unwrap();
                assert!(got[0] == regions && got[1] == nation, "{name}, {by:?}, {threads} threads");
            }
            let mut plan = Plan::start(&options, &[36, 1]);
            let part = |range: std::ops::Range<usize>| (range.clone(), &scores[range]);
            let parts: Vec<_> = (0..7).map(|n| part(ROWS * n / 7..ROWS * (n + 1) / 7)).collect();
            let with = |(range, scores): &(std::ops::Range<usize>, &[f64]), then: &mut dyn FnMut(&Columns<'_, f64>)| {
                let groupings = [Groups::U32 { ids: &groups[range.clone()], count: 36 }, Groups::All];
                then(&Columns {
                    sizes: Sizes::U32(&sizes[range.clone()], None),
                    keys: Keys::I64(&keys[range.clone()], None),
                    groups: &groupings,
                    ..Columns::new(scores)
                });
            };
            let cuts = loop {
                let mut sum = Some(plan.nothing());
                for part in &parts {
                    with(part, &mut |c| sum = Some(plan.summarise(c).unwrap().merge(sum.take().unwrap()).unwrap()));
                }
                match plan.advance(sum.unwrap()).unwrap() {
                    Round::Again(next) => plan = next,
                    Round::Ready(cuts) => break cuts,
                }
            };
            let mut at = 0;
            for part in &parts {
                with(part, &mut |c| {
                    let got = cuts.assign(c).unwrap();
                    let rows = at..at + c.rows();
                    assert!(got[0] == regions[rows.clone()] && got[1] == nation[rows], "{name} in parts");
                    at += c.rows();
                });
            }
        }
    }
}

#[test]
fn five_hundred_groups_their_provinces_and_the_nation_in_one_call() {
    const ROWS: usize = 150_000;
    let mut dice = Dice(5);
    let sizes: Vec<u32> = (0..ROWS).map(|n| if n % 991 == 0 { 70_000 } else { (dice.roll() % 12) as u32 }).collect();
    let keys: Vec<i64> = (0..ROWS as i64).map(|n| n * 999_983 % 4_000_037).collect();
    let regency: Vec<u32> = (0..ROWS).map(|_| (dice.roll() % 515) as u32).collect();
    let regency: Vec<u32> = regency.into_iter().map(|g| if g == 514 { u32::MAX } else { g }).collect();
    let province: Vec<u32> = regency.iter().map(|&g| if g == u32::MAX { g } else { g / 14 }).collect();
    let narrow: Vec<u16> = province.iter().map(|&g| g.min(u16::MAX.into()) as u16).collect();
    for (name, scores) in shapes(ROWS) {
        for by in [By::Families, By::Persons] {
            let options = RankOptions { by, ..RankOptions::default() };
            let groups =
                [Groups::All, Groups::U16 { ids: &narrow, count: 37 }, Groups::U32 { ids: &regency, count: 514 }];
            let columns = Columns {
                sizes: Sizes::U32(&sizes, None),
                keys: Keys::I64(&keys, None),
                groups: &groups,
                ..Columns::new(&scores)
            };
            let sorted = |groups: &[u32]| by_sorting(&scores, &sizes, &keys, groups, &options);
            let expected = [sorted(&vec![0; ROWS]), sorted(&province), sorted(&regency)];
            for threads in [1, 3] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let got = pool.install(|| rank_columns(&columns, &options)).unwrap();
                let off = |n: usize| got[n].iter().zip(&expected[n]).filter(|(a, b)| a != b).count();
                assert_eq!([off(0), off(1), off(2)], [0; 3], "{name}, {by:?}, {threads} threads");
            }
        }
    }
}

#[test]
fn a_shuffle_moves_nobody() {
    let mut dice = Dice(3);
    let scores: Vec<i64> = (0..50_000).map(|_| (dice.roll() % 500) as i64).collect();
    let keys: Vec<u64> = (0..50_000).map(|n| n * 7_777_777_777 % 50_021).collect();
    let options = RankOptions::default();
    let columns = Columns::new(&scores).with_keys(Keys::U64(&keys, None));
    let before = rank_columns(&columns, &options).unwrap().remove(0);
    let mut order: Vec<usize> = (0..50_000).collect();
    for n in (1..order.len()).rev() {
        order.swap(n, dice.roll() as usize % (n + 1));
    }
    let turned: Vec<i64> = order.iter().map(|&n| scores[n]).collect();
    let turned_keys: Vec<u64> = order.iter().map(|&n| keys[n]).collect();
    let columns = Columns::new(&turned).with_keys(Keys::U64(&turned_keys, None));
    let after = rank_columns(&columns, &options).unwrap().remove(0);
    assert!(order.iter().zip(after).all(|(&n, part)| before[n] == part));
}

#[test]
fn what_must_not_be_ranked_is_refused_as_by_rows() {
    let scores = [1.0, 2.0, 3.0, f64::NAN];
    let persons = RankOptions { by: By::Persons, ..RankOptions::default() };
    let all = Columns::new(&scores);
    let err = |c: Columns<'_, f64>| rank_columns(&c, &persons).unwrap_err();
    let sizes = [1_i64, -2, 3, -4];
    assert_eq!(err(all), RankError::WeightMissing { row: 0 });
    assert_eq!(err(all.with_sizes(Sizes::I64(&sizes, None))), RankError::WeightNegative { row: 1 });
    let nulls = NullBuffer::from(vec![true, true, false, false]);
    let sizes = [1_u32, 2, 3, 4];
    assert_eq!(err(all.with_sizes(Sizes::U32(&sizes, Some(&nulls)))), RankError::WeightMissing { row: 2 });
    let good = all.with_sizes(Sizes::U32(&sizes, None));
    assert_eq!(err(good.with_keys(Keys::I64(&[5, 6, 5, 5], None))), RankError::KeyDoubled { row: 0 });
    assert_eq!(
        err(good.with_keys(Keys::I64(&[i64::MIN, 6, i64::MAX, 6], Some(&nulls)))),
        RankError::KeyMissing { row: 2 }
    );
    let far = [9, i64::MAX, 9, 9];
    assert_eq!(err(good.with_keys(Keys::I64(&far, None))), RankError::KeyDoubled { row: 0 });
    let texts = StringArray::from(vec![Some("a"), Some("b"), Some("b"), None]);
    assert_eq!(err(good.with_keys(Keys::Text(&texts))), RankError::KeyDoubled { row: 1 });
    let short = StringArray::from(vec![Some("a"), Some(""), Some("c"), Some("d")]);
    assert_eq!(err(good.with_keys(Keys::Text(&short))), RankError::KeyMissing { row: 1 });
    let length = RankError::Length { column: "size", expected: 4, found: 2 };
    assert_eq!(err(all.with_sizes(Sizes::U8(&[1, 2], None))), length);
    let groups = [Groups::U16 { ids: &[0, 2, 0, 0], count: 2 }];
    assert_eq!(err(good.with_groups(&groups)), RankError::GroupRange { row: 1 });
    // the last row has no score: what it lacks is nobody's concern
    let none = [Groups::U16 { ids: &[0, u16::MAX, 1, 1], count: 2 }];
    assert_eq!(rank_columns(&good.with_groups(&none), &persons), Ok(vec![vec![1, 0, 1, 0]]));
}
