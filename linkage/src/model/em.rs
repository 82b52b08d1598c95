//! m by EM over the distinct vectors of the pairs that rules make, u held fixed. Its cost does not grow with the number of
//! pairs.

use super::patterns::{Order, Side, Unseen, shares};
use super::{Patterns, Shares, Vector, Weights};

/// How EM goes about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Em {
    /// Share of a rule's pairs that are of one person, to start from.
    pub share: f64,
    /// That share is kept so far from 0 and from 1.
    pub margin: f64,
    /// Rounds at most.
    pub rounds: u32,
    /// It ends when no share has moved by so much.
    pub still: f64,
    /// Whether shares of levels must stand still too.
    pub still_levels: bool,
    /// Levels hardly seen.
    pub unseen: Unseen,
    /// In what order sums are taken.
    pub order: Order,
}

/// The pairs of one rule, and the comparisons that it uses: its pairs agree on them by construction, so these neither vote
/// nor learn.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// The pairs.
    pub pairs: &'a Patterns,
    /// The comparisons.
    pub blind: &'a [usize],
}

/// What EM found over the pairs of one rule.
///
/// Candidates are no random sample of pairs (blocking chose them), so what is of one person among them says nothing yet of a
/// pair's prior.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// m of each level of each comparison; empty for the comparisons that the rule itself uses.
    pub m: Vec<Vec<f64>>,
    /// Pairs of one person among the rule's pairs, as expected.
    pub matched: f64,
    /// Pairs.
    pub pairs: u64,
    /// Rounds until nothing moved.
    pub rounds: u32,
}

/// m by EM over the pairs of rules: one m for all, and for each rule its own share of pairs of one person. A rule whose pairs
/// are mostly of two persons cannot take families or villages for persons where others hold m. A session for each rule.
pub fn maximise(rules: &[Rule<'_>], given: &[Shares], em: &Em) -> Vec<Session> {
    let vectors: Vec<Vec<(Vector, u64)>> = rules.iter().map(|r| r.pairs.blinded(r.blind).sorted(em.order)).collect();
    let pairs: Vec<u64> = vectors.iter().map(|v| v.iter().map(|(_, n)| n).sum()).collect();
    let learns = |i: usize| rules.iter().any(|r| !r.blind.contains(&i));
    let mut model = given.to_vec();
    let (mut matched, mut rounds) = (vec![em.within(em.share); rules.len()], 0);
    while rounds < em.rounds {
        rounds += 1;
        let mut weighted: Vec<(Vector, f64)> = Vec::with_capacity(vectors.iter().map(Vec::len).sum());
        let mut moved = em.expect(&Weights::new(&model), &vectors, &pairs, &mut matched, &mut weighted);
        let m = shares(&weighted, given, Side::M, em.unseen);
        for (_, (c, found)) in model.iter_mut().zip(m).enumerate().filter(|(i, _)| learns(*i)) {
            if em.still_levels {
                moved = c.m.iter().zip(&found).fold(moved, |moved, (old, new)| moved.max((old - new).abs()));
            }
            c.m = found;
        }
        if moved < em.still {
            break;
        }
    }
    let of = |rule: &Rule<'_>, i: usize, c: &Shares| if rule.blind.contains(&i) { Vec::new() } else { c.m.clone() };
    let session = |((rule, share), pairs): ((&Rule<'_>, f64), u64)| Session {
        m: model.iter().enumerate().map(|(i, c)| of(rule, i, c)).collect(),
        matched: share * pairs as f64,
        pairs,
        rounds,
    };
    rules.iter().zip(matched).zip(pairs).map(session).collect()
}

/// The same over the pairs of one rule.
pub fn maximise_alone(rule: Rule<'_>, given: &[Shares], em: &Em) -> Session {
    let nothing = Session { m: Vec::new(), matched: 0.0, pairs: 0, rounds: 0 };
    maximise(&[rule], given, em).pop().unwrap_or(nothing)
}

impl Em {
    fn within(&self, share: f64) -> f64 {
        share.clamp(self.margin, 1.0 - self.margin)
    }

    /// What each pair counts as one of one person, and how far the rules' shares have moved.
    fn expect(
        &self,
        weights: &Weights,
        vectors: &[Vec<(Vector, u64)>],
        pairs: &[u64],
        shares: &mut [f64],
        weighted: &mut Vec<(Vector, f64)>,
    ) -> f64 {
        let mut moved = 0f64;
        for ((share, vectors), pairs) in shares.iter_mut().zip(vectors).zip(pairs) {
            let prior = (*share / (1.0 - *share)).log2();
            let mut matched = 0.0;
            for (v, n) in vectors {
                let p = weights.posterior(prior, *v) * *n as f64;
                matched += p;
                weighted.push((*v, p));
            }
            let next = self.within(matched / (*pairs as f64).max(1.0));
            moved = moved.max((next - *share).abs());
            *share = next;
        }
        moved
    }
}
