//! The model for this register: u from its own random pairs and its own families, m by EM over its own candidates.

use super::blocks::Blocks;
use super::columns::Columns;
use super::{Counts, Known, Model, Settings, Training};
use crate::count::count;
use crate::model::{Patterns, Vector};
use bansos::dedup::compare::{quick, with_names};
use bansos::dedup::{BirthLevel, ComparedField, Levels};
use bansos::plumbing::nth;
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
        let pairs = candidates(columns, blocks, at);
        if pairs.total() < ENOUGH {
            continue;
        }
        let found = model.open.estimate_m(&pairs, STRENGTH, blind);
        counts.rounds += found.rounds;
        model.take_m(&found, fields);
        model.edition = format!("estimated from {} rows, starting from {}", columns.traits.len(), model.edition);
    }
}

/// Vectors of one rule's pairs between listings; of the blocks whose key says so, where there are too many.
fn candidates(columns: &Columns, blocks: &Blocks, rule: usize) -> Patterns {
    let list = blocks.list(rule, columns);
    let number = |block: &[u32]| block.first().map_or(0, |row| nth(u64::from(blocks.key(rule, *row))));
    // no block is too long to be read whole: those were split
    let (chosen, _) = list.sample(TRAINING_PAIRS, u32::MAX as usize, number);
    Patterns::gather(chosen.into_par_iter(), |patterns, (): &mut (), (_, block)| {
        for (i, a) in block.iter().enumerate() {
            for b in &block[i + 1..] {
                if columns.traits[*a as usize].listing != columns.traits[*b as usize].listing {
                    // a birth date implied by an equal NIK still says how dates of one person differ
                    let mut levels = levels(columns, *a, *b);
                    let birth = &mut levels[ComparedField::Birth as usize];
                    if *birth == BirthLevel::Implied as u8 {
                        *birth = BirthLevel::Equal as u8;
                    }
                    patterns.add(Vector::new(&levels), 1);
                }
            }
        }
    })
}

fn levels(columns: &Columns, a: u32, b: u32) -> Levels {
    let (x, y) = (&columns.traits[a as usize], &columns.traits[b as usize]);
    let mut levels = quick(x, y);
    with_names(&mut levels, x, y, &columns.names, &columns.mothers);
    levels
}

/// Pairs of rows drawn by a fixed sequence over the content order: the same pairs whatever the order of the input.
fn random_pairs(columns: &Columns) -> Patterns {
    let n = columns.order.len() as u64;
    Patterns::gather((0..SAMPLE).into_par_iter(), |patterns, (): &mut (), k| {
        let (i, j) = (nth(2 * k) % n, nth(2 * k + 1) % n);
        let (a, b) = (columns.order[i as usize], columns.order[j as usize]);
        if i != j && columns.traits[a as usize].listing != columns.traits[b as usize].listing {
            patterns.add(Vector::new(&levels(columns, a, b)), 1);
        }
    })
}

/// Members listed side by side, of families drawn in content order.
fn siblings(columns: &Columns) -> Patterns {
    let n = columns.order.len();
    let step = (n / 100_000).max(1);
    Patterns::gather((0..n).into_par_iter().step_by(step), |patterns, (): &mut (), i| {
        let a = columns.order[i];
        let members = columns.listings.members(columns.traits[a as usize].listing);
        if members.len() <= 30 {
            let others = members.iter().filter(|b| **b != a);
            others.for_each(|b| patterns.add(Vector::new(&levels(columns, a, *b)), 1));
        }
    })
}

fn known(columns: &Columns) -> Known {
    // how often two rows drawn at random share a value, and how many rows do
    let share = |values: Vec<u64>| -> (f64, f64) {
        let total = values.len() as f64;
        let groups = count(values);
        let squares: u128 = groups.values().map(|n| u128::from(*n).pow(2)).sum();
        (squares as f64 / (total * total).max(1.0), total / groups.len().max(1) as f64)
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
