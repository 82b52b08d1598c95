//! EM finds what pairs were drawn from, and more evidence never weighs less.

use super::*;

fn shares(m: &[f64], u: &[f64]) -> Shares {
    Shares { m: m.to_vec(), u: u.to_vec() }
}

const EM: Em = Em {
    share: 0.3,
    margin: 1e-9,
    rounds: 60,
    still: 1e-5,
    still_levels: true,
    unseen: Unseen::AtLeast(0.5),
    order: Order::LastHighest,
};

/// Expected counts of a mixture of so many pairs of one person, without chance.
fn mixture(truth: &[Shares; 3], share: f64) -> Patterns {
    let mut pairs = Patterns::default();
    for a in 0..truth[0].m.len() {
        for b in 0..truth[1].m.len() {
            for c in 0..truth[2].m.len() {
                let of = |pick: fn(&Shares) -> &Vec<f64>| pick(&truth[0])[a] * pick(&truth[1])[b] * pick(&truth[2])[c];
                let n = 1e6 * (share * of(|s| &s.m) + (1.0 - share) * of(|s| &s.u));
                pairs.add(Vector::new(&[a as u8, b as u8, c as u8]), n.round() as u64);
            }
        }
    }
    pairs
}

#[test]
fn em_finds_what_the_pairs_were_drawn_from() {
    let truth = [
        shares(&[0.9, 0.1], &[0.05, 0.95]),
        shares(&[0.8, 0.15, 0.05], &[0.02, 0.08, 0.9]),
        shares(&[0.7, 0.3], &[0.1, 0.9]),
    ];
    let pairs = mixture(&truth, 0.2);
    let mut start = truth.clone();
    start[1] = shares(&[0.5, 0.3, 0.2], &[0.02, 0.08, 0.9]);
    for order in [Order::FirstHighest, Order::LastHighest] {
        let found = maximise_alone(Rule { pairs: &pairs, blind: &[] }, &start, &Em { order, ..EM });
        assert!((found.matched / found.pairs as f64 - 0.2).abs() < 0.005, "{found:?}");
        assert!((found.m[1][0] - 0.8).abs() < 0.01, "{found:?}");
    }
    let blind = maximise_alone(Rule { pairs: &pairs, blind: &[1] }, &start, &EM);
    assert!(blind.m[1].is_empty(), "a blind comparison learns nothing");
}

#[test]
fn more_evidence_never_weighs_less() {
    // turning one comparison from its weakest to its strongest level raises the weight
    let w = Weights::new(&[shares(&[0.9, 0.1], &[0.05, 0.95]), shares(&[0.8, 0.2], &[0.1, 0.9])]);
    for other in [0u8, 1, MISSING] {
        let at = |l: u8| w.sum(Vector::new(&[l, other]));
        assert!(at(0) > at(MISSING) && at(MISSING) > at(1));
        assert_eq!(at(0), w.sum_levels(&[0, other]), "packed or not");
    }
}

#[test]
fn orders_are_those_they_are_called_after() {
    let mut pairs = Patterns::default();
    for levels in [[1, 0], [0, 2]] {
        pairs.add(Vector::new(&levels), 1);
    }
    let first = |order| pairs.sorted(order)[0].0;
    assert_eq!(first(Order::FirstHighest), Vector::new(&[0, 2]));
    assert_eq!(first(Order::LastHighest), Vector::new(&[1, 0]));
}
