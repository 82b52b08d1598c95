//! An independent, slow ranking: straight from the definition, in exact fractions, comparing each row with each other.
//! It shares no code with the library. `bansos-arrow` includes this file as well.
#![allow(dead_code, unreachable_pub, clippy::expect_used)] // a part of several test programs; each takes what it needs

use bansos::ranking::{By, RankOptions, Rule, Ties};
use std::cmp::Ordering;

/// One row as the reference sees it.
#[derive(Clone, Debug)]
pub struct Row<S> {
    pub key: Vec<u8>,
    pub score: Option<S>,
    pub size: Option<u64>,
    pub group: Option<u32>,
}

/// Scores the reference can compare without the library's order keys.
pub trait Plain: Copy {
    fn rankable(self) -> bool;
    fn order(self, other: Self) -> Ordering;
}
impl Plain for f64 {
    fn rankable(self) -> bool {
        self.is_finite()
    }
    fn order(self, other: Self) -> Ordering {
        self.partial_cmp(&other).expect("finite")
    }
}
impl Plain for i64 {
    fn rankable(self) -> bool {
        true
    }
    fn order(self, other: Self) -> Ordering {
        self.cmp(&other)
    }
}
impl Plain for i128 {
    fn rankable(self) -> bool {
        true
    }
    fn order(self, other: Self) -> Ordering {
        self.cmp(&other)
    }
}

/// `numerator / denominator` compared with `k / parts`, by cross multiplication.
fn against(numerator: u128, denominator: u128, k: u128, parts: u128) -> Ordering {
    (numerator * parts).cmp(&(k * denominator))
}

/// The place of every row: the part whose stretch `[(d-1)/parts, d/parts)` of the line holds the deciding point.
pub fn places<S: Plain>(rows: &[Row<S>], options: &RankOptions) -> Vec<Option<u8>> {
    let parts = u128::from(options.scale.parts());
    let ranked = |r: &Row<S>| r.score.is_some_and(Plain::rankable) && r.group.is_some();
    let weight = |r: &Row<S>| match options.by {
        By::Families => 1,
        By::Persons => u128::from(r.size.expect("the test gives every ranked row a size")),
    };
    let mut places = Vec::new();
    for me in rows {
        if !ranked(me) {
            places.push(None);
            continue;
        }
        let (mut before, mut own, mut total, mut members) = (0, 0, 0, 0);
        for other in rows.iter().filter(|r| ranked(r) && r.group == me.group) {
            members += 1;
            total += weight(other);
            let mut order = other.score.expect("ranked").order(me.score.expect("ranked"));
            if !options.lower_is_poorer {
                order = order.reverse();
            }
            match (options.ties, order) {
                (_, Ordering::Less) => before += weight(other),
                (Ties::Together, Ordering::Equal) => own += weight(other),
                (Ties::Split, Ordering::Equal) if other.key < me.key => before += weight(other),
                _ => {}
            }
        }
        if options.ties == Ties::Split {
            own = weight(me);
        }
        if total == 0 || members < options.min_group {
            places.push(None);
            continue;
        }
        // the deciding point as a fraction of the line, then the cuts it has passed
        let passed = match options.rule {
            Rule::Start => (1..parts).filter(|k| against(before, total, *k, parts) != Ordering::Less).count(),
            Rule::Upper => (1..parts).filter(|k| against(before + own, total, *k, parts) == Ordering::Greater).count(),
            Rule::Midpoint => {
                (1..parts).filter(|k| against(2 * before + own, 2 * total, *k, parts) != Ordering::Less).count()
            }
        };
        places.push(Some(u8::try_from(passed).expect("at most 99") + 1));
    }
    places
}

/// Every combination of the options that changes a place.
pub fn all_options() -> Vec<RankOptions> {
    let mut all = Vec::new();
    for &by in By::ALL {
        for &rule in Rule::ALL {
            for &ties in Ties::ALL {
                for &scale in bansos::ranking::Scale::ALL {
                    for lower_is_poorer in [true, false] {
                        for min_group in [0, 4] {
                            all.push(RankOptions { by, rule, ties, scale, lower_is_poorer, min_group, near: None });
                        }
                    }
                }
            }
        }
    }
    all
}
