//! A ranking whose parts exchange nothing but bytes, and what damaged bytes do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use arrow_array::StringArray;
use bansos::ranking::{By, RankError, RankOptions, Ties};
use bansos_arrow::ranking::{ColumnScore, Columns, Cuts, Groups, Keys, Plan, Round, Sizes, Summary, rank_columns};
use std::ops::Range;

const ROWS: usize = 30_000;
const GROUPS: u32 = 300;

struct Table<S> {
    scores: Vec<S>,
    sizes: Vec<u32>,
    keys: Vec<String>,
    groups: Vec<u32>,
}

impl<S: ColumnScore> Table<S> {
    fn new(score: impl Fn(u64) -> S) -> Self {
        let mix = |n: usize| (n as u64 ^ 77).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 24;
        Self {
            scores: (0..ROWS).map(|n| score(mix(n))).collect(),
            sizes: (0..ROWS).map(|n| (mix(n + 7) % 9) as u32).collect(),
            keys: (0..ROWS).map(|n| format!("K{:05}", n * 7919 % ROWS)).collect(),
            groups: (0..ROWS).map(|n| (mix(n + 13) % u64::from(GROUPS)) as u32).collect(),
        }
    }

    fn with<T>(&self, rows: Range<usize>, then: impl FnOnce(&Columns<'_, S>) -> T) -> T {
        let keys = StringArray::from_iter_values(&self.keys[rows.clone()]);
        let groups = [Groups::All, Groups::U32 { ids: &self.groups[rows.clone()], count: GROUPS }];
        let columns = Columns::new(&self.scores[rows.clone()]);
        then(&columns.with_sizes(Sizes::U32(&self.sizes[rows], None)).with_keys(Keys::Text(&keys)).with_groups(&groups))
    }
}

/// All messages of a ranking in so many parts, and its answer.
fn by_bytes<S: ColumnScore>(table: &Table<S>, parts: usize, options: &RankOptions) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let parts: Vec<_> = (0..parts).map(|n| ROWS * n / parts..ROWS * (n + 1) / parts).collect();
    let mut plan = Plan::<S>::start(options, &[1, GROUPS]).to_bytes();
    let mut sent = Vec::new();
    let cuts = loop {
        let coordinator = Plan::<S>::from_bytes(&plan).unwrap();
        let mut sum = coordinator.nothing().to_bytes();
        for part in &parts {
            let mine = table.with(part.clone(), |c| Plan::<S>::from_bytes(&plan).unwrap().summarise(c)).unwrap();
            sent.push(mine.to_bytes());
            let both = Summary::<S>::from_bytes(&sum).unwrap().merge(Summary::from_bytes(&mine.to_bytes()).unwrap());
            sum = both.unwrap().to_bytes();
        }
        sent.push(plan.clone());
        match coordinator.advance(Summary::from_bytes(&sum).unwrap()).unwrap() {
            Round::Again(next) => plan = next.to_bytes(),
            Round::Ready(cuts) => break cuts.to_bytes(),
        }
    };
    let mut all = vec![Vec::new(), Vec::new()];
    for part in &parts {
        let mine = table.with(part.clone(), |c| Cuts::<S>::from_bytes(&cuts).unwrap().assign(c)).unwrap();
        all.iter_mut().zip(mine).for_each(|(all, mine)| all.extend(mine));
    }
    sent.push(cuts);
    (sent, all)
}

fn check<S: ColumnScore>(score: impl Fn(u64) -> S) {
    let table = Table::new(score);
    let weighted = RankOptions { by: By::Persons, ..RankOptions::default() };
    let together = RankOptions { ties: Ties::Together, lower_is_poorer: false, ..RankOptions::default() };
    for options in [RankOptions::default(), weighted, together] {
        let whole = table.with(0..ROWS, |c| rank_columns(c, &options)).unwrap();
        for parts in [1, 2, 3, 31, 64] {
            assert!(by_bytes(&table, parts, &options).1 == whole, "{parts} parts, {options:?}");
        }
    }
}

#[test]
fn one_to_sixty_four_parts_that_exchange_bytes_give_the_answer_of_the_whole() {
    check(|n| (n % 5003) as f64 / 8.0);
    check(|n| (n % 5003) as i64 - 2500);
    check(|n| i128::from(n % 900) << 70);
    // one score for nearly all: closer looks at the digits of the key are needed, which cross too
    check(|n| if n % 9 == 0 { n as f64 } else { 1.0 });
}

#[test]
fn bytes_of_another_kind_version_or_score_are_refused() {
    let plan = Plan::<f64>::start(&RankOptions::default(), &[1]).to_bytes();
    assert!(Plan::<f64>::from_bytes(&plan).is_ok());
    assert_eq!(Plan::<i64>::from_bytes(&plan).unwrap_err(), RankError::Bytes);
    assert_eq!(Summary::<f64>::from_bytes(&plan).unwrap_err(), RankError::Bytes);
    assert_eq!(Plan::<f64>::from_bytes(&plan[..plan.len() - 1]).unwrap_err(), RankError::Bytes);
    assert_eq!(Plan::<f64>::from_bytes(&[&plan[..], &[0]].concat()).unwrap_err(), RankError::Bytes);
    let mut later = plan;
    later[4] += 1;
    assert_eq!(Plan::<f64>::from_bytes(&later).unwrap_err(), RankError::Bytes);
}

#[test]
fn damaged_bytes_are_refused_or_harmless() {
    let table = Table::new(|n| if n % 9 == 0 { n as f64 } else { 1.0 });
    let (messages, _) = by_bytes(&table, 2, &RankOptions::default());
    let (mut refused, mut taken) = (0, 0);
    let mut dice = 3_u64;
    for message in &messages {
        for _ in 0..60 {
            let mut bytes = message.clone();
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = 8 + (dice >> 20) as usize % (bytes.len() - 8);
            bytes[at] ^= 1 << (dice >> 60 & 7);
            // whatever is taken in has to bear use
            let plan = Plan::<f64>::from_bytes(&bytes);
            let used =
                plan.as_ref().map(|plan| table.with(0..500, |c| plan.summarise(c).map(|s| plan.clone().advance(s))));
            let summary = Summary::<f64>::from_bytes(&bytes);
            let cuts = Cuts::<f64>::from_bytes(&bytes);
            let assigned = cuts.as_ref().map(|cuts| table.with(0..500, |c| cuts.assign(c)));
            let any = used.is_ok() || summary.is_ok() || assigned.is_ok();
            (refused, taken) = (refused + usize::from(!any), taken + usize::from(any));
        }
    }
    assert!(refused > 0 && taken > 0, "{refused} refused, {taken} taken");
}
