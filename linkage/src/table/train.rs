//! m and u of the table itself: u from random pairs and from frequencies, m by EM over each training rule's pairs.

use super::TableLinker;
use super::blocks::Keys;
use super::compare::Scratch;
use crate::blocks::{BlockList, pairs_of};
use crate::model::{Em, Order, Patterns, Rule, Session, Shares, Side, Unseen, maximise, maximise_alone};
use crate::table::{Block, KeyPart, Test};
use crate::watch::{LinkError, Stage, Watch, Work};
use bansos::plumbing::mix;
use rayon::prelude::*;

/// Rows that random pairs are drawn from: few enough to stay in a processor's cache.
const SAMPLE_ROWS: usize = 8_000;
/// Pairs that a training rule is read for.
const TRAINING_PAIRS: u64 = 100_000;
/// A block of more rows is read for as many pairs as one of this size has.
const BLOCK_ROWS: usize = 300;

/// A level that was not seen is given half a pair: rare is not impossible.
const EM: Em = Em {
    share: 0.3,
    margin: 1e-9,
    rounds: 60,
    still: 1e-5,
    still_levels: true,
    unseen: Unseen::AtLeast(0.5),
    order: Order::LastHighest,
};

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

/// A share as settings may have it. What was never seen, or always, weighs what the least and greatest share do.
fn kept(found: f64) -> f64 {
    found.clamp(1e-12, 1.0 - 1e-12)
}

impl TableLinker {
    /// Estimates what the settings leave open: u, m, and the prior. Values given are kept. The same rows in another order
    /// give the same model.
    ///
    /// # Errors
    /// `link.cancelled` where the watcher stopped it; the settings then have part of the estimates.
    pub fn train(&mut self, watch: Watch<'_>) -> Result<Trained, LinkError> {
        let given: Vec<Vec<(bool, bool)>> = self
            .settings
            .comparisons
            .iter()
            .map(|c| c.levels.iter().map(|l| (l.m.is_some(), l.u.is_some())).collect())
            .collect();
        let chosen = !self.settings.training.is_empty();
        let rules = if chosen { &self.settings.training } else { &self.settings.blocking }.clone();
        let work = Work::begin(watch, Stage::Train, 1 + rules.len() as u64)?;
        let random_pairs = self.learn_u(&given);
        work.advance(1);
        work.end()?;
        self.start_m();
        let (mut sessions, mut believed) = (Vec::new(), Vec::new());
        if given.iter().flatten().any(|(m, _)| !m) {
            let mut read = Vec::new();
            for rule in &rules {
                read.push((self.rule_patterns(rule, chosen), self.blind(rule)));
                work.advance(1);
                work.end()?;
            }
            let rules: Vec<Rule<'_>> = read.iter().map(|(pairs, blind)| Rule { pairs, blind }).collect();
            let shares = self.settings.shares();
            sessions = rules.iter().map(|rule| maximise_alone(*rule, &shares, &EM)).collect();
            if !chosen {
                together(&rules, &mut sessions, &shares);
            }
            believed = self.take_m(&sessions, &given);
        }
        if self.settings.prior.is_none() {
            self.settings.prior = Some(self.learn_prior(&sessions, &believed));
        }
        self.comparer.weigh(&self.settings);
        Ok(Trained { random_pairs, sessions, prior: self.settings.prior.unwrap_or(0.0) })
    }

    /// The pairs of a training rule.
    fn rule_patterns(&self, rule: &Block, chosen: bool) -> Patterns {
        // a rule that also blocks is sorted already; where blocks were split, it is not as it was asked for
        let whole = self.settings.block_cap < 2 || !chosen;
        let known = self.settings.blocking.iter().position(|b| b == rule && whole);
        match known.and_then(|at| self.keys.lists().get(at)) {
            Some(list) => self.patterns(rule, list),
            None => self.patterns(rule, &Keys::list(&self.table, &self.comparer.values, rule)),
        }
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
        let chunks = (0..pairs.div_ceil(chunk)).into_par_iter();
        let patterns = Patterns::gather(chunks, |patterns, s: &mut Scratch, c| {
            for k in c * chunk..((c + 1) * chunk).min(pairs) {
                // one row against many: its values stay at hand
                let (i, j) = (mix(k / 64) % n, mix(k) % n);
                let (a, b) = (rows[i as usize].1, rows[j as usize].1);
                if a != b && self.meet(a, b) {
                    patterns.add(self.comparer.vector(a, b, s), 1);
                }
            }
        });
        let total = patterns.total();
        let shares = patterns.shares(&self.settings.shares(), Side::U, EM.unseen, EM.order);
        for ((c, share), given) in self.settings.comparisons.iter_mut().zip(shares).zip(given) {
            // how often two rows have one value is known exactly
            let exact: Vec<Option<f64>> = c
                .levels
                .iter()
                .map(|l| match &l.when {
                    Test::Exact { of } => {
                        self.comparer.values.parts.iter().find(|p| p.same_as(of)).map(|p| p.collision().max(1e-10))
                    }
                    _ => None,
                })
                .collect();
            let first_exact = exact.first().copied().flatten();
            for (i, ((l, s), (_, u))) in c.levels.iter_mut().zip(share).zip(given).enumerate() {
                if !u {
                    l.u = Some(kept(if i == 0 { first_exact.unwrap_or(s) } else { s }));
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
        let touches = |c: &crate::table::Comparison| {
            let mut parts = Vec::new();
            c.levels.iter().for_each(|l| l.when.parts(&mut parts));
            parts.iter().any(|p| rule.iter().any(|r| r.column == p.column))
        };
        self.settings.comparisons.iter().enumerate().filter(|(_, c)| touches(c)).map(|(i, _)| i).collect()
    }

    /// Vectors of one rule's pairs: of some blocks, chosen by their key, where there are too many; of a large block for pairs
    /// drawn from its rows in content order.
    fn patterns(&self, rule: &[KeyPart], list: &BlockList) -> Patterns {
        let parts: Vec<usize> = rule.iter().map(|k| self.comparer.values.part(k)).collect();
        let most = pairs_of(BLOCK_ROWS);
        let (chosen, every) =
            list.sample(TRAINING_PAIRS, BLOCK_ROWS, |block| self.comparer.values.key(&parts, block[0]));
        let chunks = chosen.par_chunks(chosen.len().div_ceil(64).max(1));
        let mut all = Patterns::gather(chunks, |patterns, s: &mut Scratch, blocks| {
            let mut read = |a: u32, b: u32, times: u64| {
                if self.meet(a, b) && parts.iter().all(|part| self.comparer.values.equal(*part, a, b)) {
                    patterns.add(self.comparer.vector(a, b, s), times);
                }
            };
            for (key, block) in blocks {
                if block.len() <= BLOCK_ROWS {
                    for (i, a) in block.iter().enumerate() {
                        block[i + 1..].iter().for_each(|b| read(*a, *b, 1));
                    }
                    continue;
                }
                let mut rows = block.to_vec();
                rows.sort_unstable_by_key(|r| self.content[*r as usize]);
                let (n, times) = (rows.len() as u64, pairs_of(rows.len()) / most);
                for k in 0..most {
                    let (i, j) = (mix(key ^ (2 * k)) % n, mix(key ^ (2 * k + 1)) % n);
                    if i != j {
                        read(rows[i as usize], rows[j as usize], times);
                    }
                }
            }
        });
        all.scale(every);
        all
    }

    /// Each comparison's m is the mean over the sessions that could see it, weighted by their pairs of one person; where the
    /// rules were read together, all say the same. Gives the sessions that were believed.
    fn take_m(&mut self, sessions: &[Session], given: &[Vec<(bool, bool)>]) -> Vec<usize> {
        let mut believed = Vec::new();
        for (i, (c, given)) in self.settings.comparisons.iter_mut().zip(given).enumerate() {
            let first = |s: &Session| s.m.get(i).and_then(|m| m.first()).copied().unwrap_or(0.0);
            let seen: Vec<(usize, &Session)> =
                sessions.iter().enumerate().filter(|(_, s)| first(s) > 0.0 && s.matched >= 1.0).collect();
            let total: f64 = seen.iter().map(|(_, s)| s.matched).sum();
            if total <= 0.0 {
                continue;
            }
            believed.extend(seen.iter().map(|(at, _)| *at));
            for (l, (level, (m, _))) in c.levels.iter_mut().zip(given).enumerate() {
                if !m {
                    let of = |s: &Session| s.m.get(i).and_then(|m| m.get(l)).copied().unwrap_or(0.0) * s.matched;
                    level.m = Some(kept(seen.iter().map(|(_, s)| of(s)).sum::<f64>() / total));
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
                    let of_column = |c: &&crate::table::Comparison| {
                        c.levels.first().is_some_and(|l| matches!(&l.when, Test::Exact { of } if of.column == k.column))
                    };
                    let equal = self.settings.comparisons.iter().find(of_column).and_then(|c| c.levels.first()?.m);
                    let part = self.comparer.values.parts.iter().find(|p| p.same_as(k));
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

/// Rules that nobody chose for training are not all fit for it: in one whose pairs are mostly of two persons, EM takes families
/// or villages for persons, and those agree less. The sessions in which every comparison agrees nearly as often as where it
/// agrees most are read again as one; the others are not believed.
fn together(read: &[Rule<'_>], sessions: &mut [Session], given: &[Shares]) {
    let first = |s: &Session, i: usize| s.m.get(i).and_then(|m| m.first()).copied();
    let enough = if sessions.iter().any(|s| s.matched >= 50.0) { 50.0 } else { 1.0 };
    let best: Vec<f64> = (0..given.len())
        .map(|i| sessions.iter().filter(|s| s.matched >= enough).filter_map(|s| first(s, i)).fold(0.0, f64::max))
        .collect();
    let fit = |s: &Session| {
        s.matched >= enough && best.iter().enumerate().all(|(i, best)| first(s, i).is_none_or(|m| m >= NEARLY * best))
    };
    let kept: Vec<usize> = sessions.iter().enumerate().filter(|(_, s)| fit(s)).map(|(at, _)| at).collect();
    if kept.is_empty() {
        return;
    }
    let rules: Vec<Rule<'_>> = kept.iter().filter_map(|at| read.get(*at)).copied().collect();
    let found = maximise(&rules, given, &EM);
    sessions.iter_mut().for_each(|s| s.m.iter_mut().for_each(Vec::clear));
    for (at, s) in kept.into_iter().zip(found) {
        sessions[at] = s;
    }
}

/// How nearly. F1 on RLdata, FEBRL and invented persons is the same from 0.6 to 0.9.
const NEARLY: f64 = 0.8;
