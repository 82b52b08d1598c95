//! Estimation: shares of levels, and m by EM over the distinct vectors of a rule's pairs. Its cost does not grow with the
//! number of pairs.

use super::{Comparison, MISSING, Packed, TableWeights};
use rustc_hash::FxHashMap;

/// How often each vector was seen.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    counts: FxHashMap<u64, u64>,
}

/// What EM found over the pairs of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// m of each level of each comparison; empty for the comparisons that the rule itself uses.
    pub m: Vec<Vec<f64>>,
    /// Pairs of one person among the rule's pairs, as expected.
    pub matched: f64,
    /// Pairs.
    pub pairs: u64,
    /// Rounds until nothing moved by more than a hundred-thousandth.
    pub rounds: u32,
}

impl Patterns {
    /// Counts one pair.
    #[inline]
    pub fn add(&mut self, vector: Packed) {
        *self.counts.entry(vector.0).or_default() += 1;
    }

    /// Counts a pair that stands for so many.
    #[inline]
    pub fn add_many(&mut self, vector: Packed, pairs: u64) {
        *self.counts.entry(vector.0).or_default() += pairs;
    }

    /// Takes another's counts.
    pub fn merge(&mut self, other: Self) {
        for (v, n) in other.counts {
            *self.counts.entry(v).or_default() += n;
        }
    }

    /// Counts every pair so many times: a sample stands for the whole.
    pub fn scale(&mut self, by: u64) {
        self.counts.values_mut().for_each(|n| *n *= by);
    }

    /// Pairs counted.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Vectors and counts, in an order that depends on the content alone.
    pub fn sorted(&self) -> Vec<(Packed, u64)> {
        let mut all: Vec<_> = self.counts.iter().map(|(v, n)| (Packed(*v), *n)).collect();
        all.sort_unstable();
        all
    }

    /// Share of each level per comparison, among pairs where it says something. A level that was not seen is given half a
    /// pair: rare is not impossible.
    pub fn shares(&self, comparisons: &[Comparison]) -> Vec<Vec<f64>> {
        let weighted: Vec<(Packed, f64)> = self.sorted().into_iter().map(|(v, n)| (v, n as f64)).collect();
        shares(&weighted, comparisons, 0.5)
    }

    /// Expected pairs of one person under a model and prior odds (log2) that fit the pairs themselves: the share is moved
    /// until it agrees with what the weights say.
    pub fn matched(&self, weights: &TableWeights) -> f64 {
        let all = self.sorted();
        let total = all.iter().map(|(_, n)| *n as f64).sum::<f64>().max(1.0);
        let mut share = 0.5f64;
        for _ in 0..60 {
            let prior = (share / (1.0 - share)).log2();
            let matched: f64 = all.iter().map(|(v, n)| posterior(prior, weights, *v) * *n as f64).sum();
            let next = (matched / total).clamp(1e-9, 1.0 - 1e-9);
            if (next - share).abs() < 1e-9 {
                break;
            }
            share = next;
        }
        share * total
    }

    /// m by EM with u held fixed; comparisons in `blind` agree by the rule's construction, so they neither vote nor learn.
    pub fn maximise(&self, comparisons: &[Comparison], blind: &[usize]) -> Session {
        let found = maximise_together(&[(self, blind.to_vec())], comparisons);
        found.into_iter().next().unwrap_or(Session { m: Vec::new(), matched: 0.0, pairs: 0, rounds: 0 })
    }

    fn blinded(&self, blind: &[usize]) -> Vec<(Packed, u64)> {
        let mut counts: FxHashMap<u64, u64> = FxHashMap::default();
        for (v, n) in &self.counts {
            let v = blind.iter().fold(Packed(*v), |v, i| v.blind(*i));
            *counts.entry(v.0).or_default() += n;
        }
        Self { counts }.sorted()
    }
}

/// m by EM over the pairs of several rules at once: one m for all, and for each rule its own share of pairs of one person. A
/// rule whose pairs are mostly of two persons cannot take families or villages for persons, since the others hold m.
pub fn maximise_together(rules: &[(&Patterns, Vec<usize>)], comparisons: &[Comparison]) -> Vec<Session> {
    let vectors: Vec<Vec<(Packed, u64)>> = rules.iter().map(|(p, blind)| p.blinded(blind)).collect();
    let pairs: Vec<u64> = vectors.iter().map(|v| v.iter().map(|(_, n)| n).sum()).collect();
    let learns = |i: usize| rules.iter().any(|(_, blind)| !blind.contains(&i));
    let mut model = comparisons.to_vec();
    let (mut shares_of, mut rounds) = (vec![0.3f64; rules.len()], 0);
    for _ in 0..60 {
        rounds += 1;
        let weights = TableWeights::new(&model);
        let mut weighted: Vec<(Packed, f64)> = Vec::with_capacity(vectors.iter().map(Vec::len).sum());
        let mut moved = 0f64;
        for ((share, vectors), pairs) in shares_of.iter_mut().zip(&vectors).zip(&pairs) {
            let prior = (*share / (1.0 - *share)).log2();
            let mut matched = 0.0;
            for (v, n) in vectors {
                let w = posterior(prior, &weights, *v) * *n as f64;
                matched += w;
                weighted.push((*v, w));
            }
            let next = (matched / (*pairs as f64).max(1.0)).clamp(1e-9, 1.0 - 1e-9);
            moved = moved.max((next - *share).abs());
            *share = next;
        }
        let m = shares(&weighted, comparisons, 0.5);
        for (_, (c, m)) in model.iter_mut().zip(&m).enumerate().filter(|(i, _)| learns(*i)) {
            for (level, m) in c.levels.iter_mut().zip(m) {
                moved = moved.max((level.m.unwrap_or(0.0) - m).abs());
                level.m = Some(*m);
            }
        }
        if moved < 1e-5 {
            break;
        }
    }
    let of = |i: usize, c: &Comparison, blind: &[usize]| {
        if blind.contains(&i) { Vec::new() } else { c.levels.iter().filter_map(|l| l.m).collect() }
    };
    rules
        .iter()
        .zip(shares_of)
        .zip(pairs)
        .map(|(((_, blind), share), pairs)| Session {
            m: model.iter().enumerate().map(|(i, c)| of(i, c, blind)).collect(),
            matched: share * pairs as f64,
            pairs,
            rounds,
        })
        .collect()
}

fn posterior(prior: f64, weights: &TableWeights, v: Packed) -> f64 {
    1.0 / (1.0 + (-(prior + f64::from(weights.sum(v)))).exp2())
}

fn shares(weighted: &[(Packed, f64)], comparisons: &[Comparison], unseen: f64) -> Vec<Vec<f64>> {
    comparisons
        .iter()
        .enumerate()
        .map(|(i, c)| {
            let mut sums = vec![0f64; c.levels.len()];
            for (v, n) in weighted.iter().filter(|(v, _)| v.level(i) != MISSING) {
                if let Some(cell) = sums.get_mut(usize::from(v.level(i))) {
                    *cell += n;
                }
            }
            let floor = |x: &f64| x.max(unseen);
            let total: f64 = sums.iter().map(floor).sum();
            sums.iter().map(|x| floor(x) / total).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Level, Test};
    use super::*;

    fn comparison(m: &[f64], u: &[f64]) -> Comparison {
        let levels = m
            .iter()
            .zip(u)
            .map(|(m, u)| Level { label: String::new(), when: Test::Else, m: Some(*m), u: Some(*u), frequency: None })
            .collect();
        Comparison { name: String::new(), needs: Vec::new(), levels }
    }

    #[test]
    fn em_finds_what_the_pairs_were_drawn_from() {
        let truth = [
            comparison(&[0.9, 0.1], &[0.05, 0.95]),
            comparison(&[0.8, 0.15, 0.05], &[0.02, 0.08, 0.9]),
            comparison(&[0.7, 0.3], &[0.1, 0.9]),
        ];
        // expected counts of a mixture of 20 % matches, without chance
        let mut p = Patterns::default();
        for a in 0..2usize {
            for b in 0..3usize {
                for c in 0..2usize {
                    let of = |pick: fn(&Level) -> f64| {
                        pick(&truth[0].levels[a]) * pick(&truth[1].levels[b]) * pick(&truth[2].levels[c])
                    };
                    let n = 1e6 * (0.2 * of(|l| l.m.unwrap()) + 0.8 * of(|l| l.u.unwrap()));
                    let v = Packed::default().with(0, a as u8).with(1, b as u8).with(2, c as u8);
                    p.counts.insert(v.0, n.round() as u64);
                }
            }
        }
        let mut start = truth.clone();
        start[1] = comparison(&[0.5, 0.3, 0.2], &[0.02, 0.08, 0.9]);
        let found = p.maximise(&start, &[]);
        assert!((found.matched / found.pairs as f64 - 0.2).abs() < 0.005, "{found:?}");
        assert!((found.m[1][0] - 0.8).abs() < 0.01, "{found:?}");
        let matched = p.matched(&TableWeights::new(&truth));
        assert!((matched / 1e6 - 0.2).abs() < 0.002, "{matched}");
        assert!(p.maximise(&start, &[1]).m[1].is_empty(), "a blind comparison learns nothing");
    }

    #[test]
    fn more_evidence_never_weighs_less() {
        // turning one comparison from its weakest to its strongest level raises the weight
        let w = TableWeights::new(&[comparison(&[0.9, 0.1], &[0.05, 0.95]), comparison(&[0.8, 0.2], &[0.1, 0.9])]);
        for other in [0u8, 1, MISSING] {
            let at = |l: u8| w.sum(Packed::default().with(0, l).with(1, other));
            assert!(at(0) > at(MISSING) && at(MISSING) > at(1));
        }
    }
}
