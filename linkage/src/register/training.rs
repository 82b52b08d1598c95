//! The model for this register: u from its own random pairs and its own families, m by EM over its own candidates.

use super::blocks::{Blocks, ends};
use super::columns::Columns;
use super::{Counts, Histogram, Known, Model, Settings, Training};
use bansos::dedup::{
    BirthLevel, ComparedField, Vector,
    compare::{quick, with_names},
};
use rayon::prelude::*;

/// Random pairs drawn.
const SAMPLE: u64 = 400_000;

pub(super) fn fit(columns: &Columns, blocks: &Blocks, settings: &Settings, counts: &mut Counts) -> Model {
    let mut model = settings.model.clone();
    let n = columns.traits.len() as u64;
    if n < 2 || settings.training == Training::Never {
        return model;
    }
    let random = random_pairs(columns);
    let siblings = siblings(columns);
    model.estimate_u(&random, &siblings, &known(columns));
    if settings.training == Training::WhenEnough && n >= 2_000 {
        train(columns, blocks, &mut model, counts);
    }
    model
}

/// Pairs that EM looks at per rule.
const TRAINING_PAIRS: u64 = 1_000_000;
/// Pairs below which the given model stays.
const ENOUGH: u64 = 500;
/// The weight of the given model in pairs.
const STRENGTH: f64 = 300.0;

/// m by EM, over two kinds of pairs: those of one NIK say how names, dates and places of one person differ; those of one
/// name and birth date say what becomes of the NIK and the sex (which an equal NIK settles). Card, place, relation and household keep the given model: nearly all
/// pairs that EM sees are of families that stayed as they were, while the open situation is about those who did not.
fn train(columns: &Columns, blocks: &Blocks, model: &mut Model, counts: &mut Counts) {
    let plan: [(&str, &[ComparedField], &[ComparedField]); 2] = [
        (
            "nik",
            &[ComparedField::Nik],
            &[
                ComparedField::Birth,
                ComparedField::Name,
                ComparedField::Mother,
                ComparedField::Sex,
                ComparedField::BirthPlace,
            ],
        ),
        ("name+birth", &[ComparedField::Name, ComparedField::Birth], &[ComparedField::Nik, ComparedField::Sex]),
    ];
    for (rule, blind, fields) in plan {
        let Some(at) = blocks.counts.iter().position(|c| c.rule == rule) else { continue };
        let pairs = candidates(columns, blocks, at, blocks.counts.get(at).map_or(0, |c| c.pairs));
        if pairs.total() < ENOUGH {
            continue;
        }
        let estimate = model.open.estimate_m(&pairs, 0.5, STRENGTH, blind);
        counts.rounds += estimate.rounds;
        model.take_m(&estimate, fields);
        model.edition = format!("estimated from {} rows, starting from {}", columns.traits.len(), model.edition);
    }
}

/// Vectors of one rule's pairs between listings; of the blocks whose key says so, where there are too many.
fn candidates(columns: &Columns, blocks: &Blocks, rule: usize, total: u64) -> Histogram {
    let every = (total / TRAINING_PAIRS).max(1);
    let sorted = blocks.sorted(rule, columns);
    let ends = ends(&sorted);
    ends.par_iter()
        .enumerate()
        .fold(Histogram::default, |mut h, (i, to)| {
            let block = &sorted[if i == 0 { 0 } else { ends[i - 1] }..*to];
            if block.first().is_some_and(|x| mix(x >> 32).is_multiple_of(every)) {
                for (j, x) in block.iter().enumerate() {
                    for y in &block[j + 1..] {
                        let (a, b) = (*x as u32, *y as u32);
                        if columns.traits[a as usize].listing != columns.traits[b as usize].listing {
                            // a birth date implied by an equal NIK still says how dates of one person differ
                            let mut v = vector(columns, a, b);
                            let birth = &mut v[ComparedField::Birth as usize];
                            if *birth == BirthLevel::Implied as u8 {
                                *birth = BirthLevel::Equal as u8;
                            }
                            h.add(v);
                        }
                    }
                }
            }
            h
        })
        .reduce(Histogram::default, |mut x, y| {
            x.merge(y);
            x
        })
}

fn vector(columns: &Columns, a: u32, b: u32) -> Vector {
    let (x, y) = (&columns.traits[a as usize], &columns.traits[b as usize]);
    let mut v = quick(x, y);
    with_names(&mut v, x, y, &columns.names, &columns.mothers);
    v
}

/// Pairs of rows drawn by a fixed sequence over the content order: the same pairs whatever the order of the input.
fn random_pairs(columns: &Columns) -> Histogram {
    let n = columns.order.len() as u64;
    (0..SAMPLE)
        .into_par_iter()
        .fold(Histogram::default, |mut h, k| {
            let (i, j) = (mix(2 * k) % n, mix(2 * k + 1) % n);
            let (a, b) = (columns.order[i as usize], columns.order[j as usize]);
            if i != j && columns.traits[a as usize].listing != columns.traits[b as usize].listing {
                h.add(vector(columns, a, b));
            }
            h
        })
        .reduce(Histogram::default, |mut x, y| {
            x.merge(y);
            x
        })
}

/// Members listed side by side, of families drawn in content order.
fn siblings(columns: &Columns) -> Histogram {
    let n = columns.order.len();
    let step = (n / 100_000).max(1);
    (0..n)
        .into_par_iter()
        .step_by(step)
        .fold(Histogram::default, |mut h, i| {
            let a = columns.order[i];
            let members = columns.listings.members(columns.traits[a as usize].listing);
            if members.len() <= 30 {
                members.iter().filter(|b| **b != a).for_each(|b| h.add(vector(columns, a, *b)));
            }
            h
        })
        .reduce(Histogram::default, |mut x, y| {
            x.merge(y);
            x
        })
}

fn known(columns: &Columns) -> Known {
    let share = |mut values: Vec<u64>| -> (f64, f64) {
        values.par_sort_unstable();
        let total = values.len() as f64;
        let (squares, groups) =
            values.chunk_by(|x, y| x == y).fold((0u128, 0u64), |(s, g), c| (s + (c.len() as u128).pow(2), g + 1));
        (squares as f64 / (total * total).max(1.0), total / (groups.max(1)) as f64)
    };
    let births =
        columns.traits.iter().filter(|t| !t.birth.is_none()).map(|t| u64::from(t.birth.bits())).collect::<Vec<_>>();
    let cards = columns.traits.iter().filter(|t| t.card.whole()).map(|t| t.card.bits()).collect::<Vec<_>>();
    Known {
        rows: columns.source_rows.iter().copied().max().unwrap_or(0),
        birth_equal: share(births).0,
        name: columns.names.collision(),
        mother: columns.mothers.collision(),
        card_rows: share(cards).1,
    }
}

/// A fixed sequence that looks random (splitmix64).
fn mix(i: u64) -> u64 {
    let mut z = i.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}
