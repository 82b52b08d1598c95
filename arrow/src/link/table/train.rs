//! m and u of the table itself: u from random pairs and from frequencies, m by EM over each training rule's pairs.

use super::TableLinker;
use super::blocks::{Keys, Sorted};
use super::columns::mix;
use super::compare::Scratch;
use bansos::dedup::table::{KeyPart, Patterns, Session, Test};
use rayon::prelude::*;

/// Rows that random pairs are drawn from: few enough to stay in a processor's cache.
const SAMPLE_ROWS: usize = 8_000;
/// Rows that a training rule is read for: those whose key says so, so that blocks stay whole.
const TRAINING_ROWS: u64 = 125_000;
/// Pairs that it is read for.
const TRAINING_PAIRS: u64 = 200_000;

/// What training found.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Random pairs compared for u.
    pub random_pairs: u64,
    /// Per training rule.
    pub sessions: Vec<Session>,
    /// Probability that two rows drawn at random are one.
    pub prior: f64,
}

impl TableLinker {
    /// Estimates what the settings leave open: u, m, and the prior. Values given are kept. The same rows in another order
    /// give the same model.
    pub fn train(&mut self) -> Trained {
        let given: Vec<Vec<(bool, bool)>> = self
            .settings
            .comparisons
            .iter()
            .map(|c| c.levels.iter().map(|l| (l.m.is_some(), l.u.is_some())).collect())
            .collect();
        let random_pairs = self.learn_u(&given);
        self.start_m();
        let (mut sessions, mut believed) = (Vec::new(), Vec::new());
        if given.iter().flatten().any(|(m, _)| !m) {
            let chosen = !self.settings.training.is_empty();
            let rules = if chosen { &self.settings.training } else { &self.settings.blocking }.clone();
            let own;
            let keys = if chosen {
                own = Keys::new(&self.table, &self.comparer.parts, &rules);
                &own
            } else {
                &self.keys
            };
            for (i, rule) in rules.iter().enumerate() {
                let patterns = self.patterns(keys, i);
                sessions.push(patterns.maximise(&self.settings.comparisons, &self.blind(rule)));
            }
            believed = self.take_m(&sessions, &given, chosen);
        }
        if self.settings.prior.is_none() {
            self.settings.prior = Some(self.learn_prior(&sessions, &believed));
        }
        self.comparer.weigh(&self.settings);
        Trained { random_pairs, sessions, prior: self.settings.prior.unwrap_or(0.0) }
    }

    fn learn_u(&mut self, given: &[Vec<(bool, bool)>]) -> u64 {
        if given.iter().flatten().all(|(_, u)| *u) {
            return 0;
        }
        // the rows of least content number: a sample that no order of rows changes
        let mut rows: Vec<(u64, u32)> = self.content.iter().enumerate().map(|(i, c)| (mix(*c), i as u32)).collect();
        if rows.len() > SAMPLE_ROWS {
            rows.select_nth_unstable(SAMPLE_ROWS);
            rows.truncate(SAMPLE_ROWS);
        }
        rows.sort_unstable();
        let n = rows.len() as u64;
        let pairs = self.settings.random_pairs.min(n * n.saturating_sub(1) / 2);
        let chunk = 4096;
        let patterns = (0..pairs.div_ceil(chunk))
            .into_par_iter()
            .map(|c| {
                let (mut p, mut s) = (Patterns::default(), Scratch::default());
                for k in c * chunk..((c + 1) * chunk).min(pairs) {
                    // one row against many: its values stay at hand
                    let (i, j) = (mix(k / 64) % n, mix(k) % n);
                    let (a, b) = (rows[i as usize].1, rows[j as usize].1);
                    if a != b && self.meet(a, b) {
                        p.add(self.comparer.vector(a, b, &mut s));
                    }
                }
                p
            })
            .reduce(Patterns::default, |mut a, b| {
                a.merge(b);
                a
            });
        let total = patterns.total();
        let shares = patterns.shares(&self.settings.comparisons);
        for ((c, share), given) in self.settings.comparisons.iter_mut().zip(shares).zip(given) {
            // how often two rows have one value is known exactly
            let exact: Vec<Option<f64>> = c
                .levels
                .iter()
                .map(|l| match &l.when {
                    Test::Exact { of } => {
                        self.comparer.parts.iter().find(|p| p.same_as(of)).map(|p| p.collision().max(1e-10))
                    }
                    _ => None,
                })
                .collect();
            let first_exact = exact.first().copied().flatten();
            for (i, ((l, s), (_, u))) in c.levels.iter_mut().zip(share).zip(given).enumerate() {
                if !u {
                    l.u = Some(if i == 0 { first_exact.unwrap_or(s) } else { s });
                }
            }
        }
        total
    }

    /// m to start from: most pairs of one person agree, the rest is spread.
    fn start_m(&mut self) {
        for c in &mut self.settings.comparisons {
            let rest = (c.levels.len() - 1) as f64;
            for (i, l) in c.levels.iter_mut().enumerate() {
                l.m = l.m.or(Some(if i == 0 { 0.9 } else { 0.1 / rest }));
            }
        }
    }

    /// The comparisons that look at a column of the rule: its pairs agree on them by construction.
    fn blind(&self, rule: &[KeyPart]) -> Vec<usize> {
        let touches = |c: &bansos::dedup::table::Comparison| {
            let mut parts = Vec::new();
            c.levels.iter().for_each(|l| l.when.parts(&mut parts));
            parts.iter().any(|p| rule.iter().any(|r| r.column == p.column))
        };
        self.settings.comparisons.iter().enumerate().filter(|(_, c)| touches(c)).map(|(i, _)| i).collect()
    }

    /// Vectors of one rule's pairs; of some blocks, chosen by their key, where there are too many.
    fn patterns(&self, keys: &Keys, rule: usize) -> Patterns {
        let rows_each = (self.table.rows() as u64 / TRAINING_ROWS).max(1);
        let sorted: Sorted = keys.sorted(rule, rows_each);
        let every = (sorted.pairs / TRAINING_PAIRS).max(1);
        let found = sorted.fold(
            || (Patterns::default(), Scratch::default()),
            |(p, s), a, b| {
                let pick = every == 1 || mix(self.content[a as usize] ^ self.content[b as usize]).is_multiple_of(every);
                if pick && keys.same(rule, a, b) && self.meet(a, b) {
                    p.add(self.comparer.vector(a, b, s));
                }
            },
        );
        let mut all = found.into_iter().fold(Patterns::default(), |mut all, (p, _)| {
            all.merge(p);
            all
        });
        all.scale(rows_each * every);
        all
    }

    /// Where the user chose the rules, each comparison's m is the mean over the sessions that could see it, weighted by
    /// their pairs of one person. Where nobody did, it is that of the session in which the strongest level is commonest: in a
    /// rule whose pairs are mostly of two persons, EM finds families or villages instead, and those agree less. Gives the
    /// sessions that were believed.
    fn take_m(&mut self, sessions: &[Session], given: &[Vec<(bool, bool)>], chosen: bool) -> Vec<usize> {
        let mut believed = Vec::new();
        for (i, (c, given)) in self.settings.comparisons.iter_mut().zip(given).enumerate() {
            let first = |s: &Session| s.m.get(i).and_then(|m| m.first()).copied().unwrap_or(0.0);
            let mut seen: Vec<(usize, &Session)> =
                sessions.iter().enumerate().filter(|(_, s)| first(s) > 0.0 && s.matched >= 1.0).collect();
            if !chosen {
                let enough = seen.iter().any(|(_, s)| s.matched >= 50.0);
                seen.retain(|(_, s)| !enough || s.matched >= 50.0);
                seen.sort_by(|x, y| first(y.1).total_cmp(&first(x.1)));
                seen.truncate(1);
            }
            let total: f64 = seen.iter().map(|(_, s)| s.matched).sum();
            if total <= 0.0 {
                continue;
            }
            believed.extend(seen.iter().map(|(at, _)| *at));
            for (l, (level, (m, _))) in c.levels.iter_mut().zip(given).enumerate() {
                if !m {
                    let of = |s: &Session| s.m.get(i).and_then(|m| m.get(l)).copied().unwrap_or(0.0) * s.matched;
                    level.m = Some(seen.iter().map(|(_, s)| of(s)).sum::<f64>() / total);
                }
            }
        }
        believed
    }

    /// Expected pairs of one person among all possible pairs: those that EM found under the rule that sees most, divided by
    /// the share of them that such a rule sees (both sides have its values, and the values are equal).
    fn learn_prior(&self, sessions: &[Session], believed: &[usize]) -> f64 {
        let rules = if self.settings.training.is_empty() { &self.settings.blocking } else { &self.settings.training };
        let rows = self.table.rows() as f64;
        let expected = |rule: &[KeyPart], matched: f64| -> f64 {
            let share: f64 = rule
                .iter()
                .map(|k| {
                    let of_column = |c: &&bansos::dedup::table::Comparison| {
                        c.levels.first().is_some_and(|l| matches!(&l.when, Test::Exact { of } if of.column == k.column))
                    };
                    let equal = self.settings.comparisons.iter().find(of_column).and_then(|c| c.levels.first()?.m);
                    let part = self.comparer.parts.iter().find(|p| p.same_as(k));
                    let there = part.map_or(1.0, |p| p.present() / rows);
                    equal.unwrap_or(0.9) * there * there
                })
                .product();
            matched / share.max(0.05)
        };
        let all = rules.iter().zip(sessions).enumerate().filter(|(i, _)| believed.contains(i));
        let most = all.map(|(_, (r, s))| expected(r, s.matched)).fold(0.0, f64::max);
        if most > 0.0 { (most / self.possible()).clamp(1e-12, 0.5) } else { 1e-4 }
    }
}
