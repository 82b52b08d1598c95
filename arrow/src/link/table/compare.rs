//! The settings' comparisons over numbered columns.

use super::columns::{Part, Rows, Table, Wants};
use bansos::dedup::table::{KeyPart, MISSING, MOST_COMPARISONS, Packed, TableError, TableSettings, TableWeights, Test};
use bansos::text::metric::Pattern;
use bansos::text::name::Likeness;
use rayon::prelude::*;

#[derive(Debug)]
enum Op {
    Exact(usize),
    /// Similarity from so much up.
    Alike(Metric, usize, f64),
    /// So many edits at most.
    Edits(Metric, usize, u32),
    Days(usize, f64),
    Number(usize, f64),
    Name(usize, Likeness),
    Exchanged(usize, usize),
    All(Vec<Op>),
    Any(Vec<Op>),
    Else,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Metric {
    JaroWinkler,
    Jaro,
    Levenshtein,
    Osa,
}

#[derive(Debug)]
struct Compiled {
    needs: Vec<Vec<usize>>,
    ops: Vec<Op>,
    /// Per level the column whose frequency counts, and log2 of u there.
    frequency: Vec<Option<(usize, f32)>>,
    /// Bits this comparison can add at most.
    best: f32,
    /// Where the first level is equality of one part and that part is all it needs: the part, and the most that the levels
    /// behind the first can add. Whether two numbers are equal is known before any text is looked at.
    equality: Option<(usize, f32)>,
}

/// All comparisons of a model.
#[derive(Debug)]
pub(super) struct Comparer {
    pub(super) parts: Vec<Part>,
    rows: Rows,
    /// The columns in `rows`, and where each part's stands.
    columns: Vec<usize>,
    place: Vec<usize>,
    comparisons: Vec<Compiled>,
    weights: TableWeights,
    /// Comparisons, cheapest first.
    order: Vec<usize>,
}

/// What a worker keeps between pairs.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Per comparison and metric the value last prepared.
    patterns: Vec<(usize, u32, Pattern)>,
    memo: Vec<(Metric, usize, f64)>,
}

impl Comparer {
    pub(super) fn new(table: &Table, settings: &TableSettings) -> Result<Self, TableError> {
        let mut found: Vec<(KeyPart, Wants)> = Vec::new();
        for c in &settings.comparisons {
            c.levels.iter().for_each(|l| {
                want(&l.when, &mut found);
                l.frequency.iter().for_each(|f| note(&KeyPart::whole(f), Wants::default(), &mut found));
            });
            c.needs.iter().flatten().for_each(|n| note(&KeyPart::whole(n), Wants::default(), &mut found));
        }
        for rule in settings.blocking.iter().chain(&settings.training).flatten() {
            note(rule, Wants::default(), &mut found);
        }
        let parts: Vec<Part> = found.par_iter().map(|(p, w)| Part::new(table, p, *w)).collect::<Result<_, _>>()?;
        let mut columns: Vec<usize> = parts.iter().map(|p| p.column).collect();
        columns.sort_unstable();
        columns.dedup();
        let place = parts.iter().map(|p| columns.iter().position(|c| *c == p.column).unwrap_or(0)).collect();
        let mut rows = Rows::default();
        rows.extend(table, &columns);
        let mut new = Self {
            parts,
            rows,
            columns,
            place,
            comparisons: Vec::new(),
            weights: TableWeights::new(&settings.comparisons),
            order: Vec::new(),
        };
        new.comparisons = settings
            .comparisons
            .iter()
            .map(|c| {
                let ops: Vec<Op> = c.levels.iter().map(|l| new.op(&l.when)).collect();
                let needs = if c.needs.is_empty() {
                    let mut first = Vec::new();
                    if let Some(l) = c.levels.first() {
                        l.when.parts(&mut first);
                    }
                    vec![first.iter().map(|p| new.part(p)).collect()]
                } else {
                    c.needs.iter().map(|set| set.iter().map(|n| new.part(&KeyPart::whole(n))).collect()).collect()
                };
                Compiled { needs, ops, frequency: Vec::new(), best: 0.0, equality: None }
            })
            .collect();
        new.weigh(settings);
        Ok(new)
    }

    /// Takes in rows that the table has got since.
    pub(super) fn extend(&mut self, table: &Table) {
        self.parts.par_iter_mut().for_each(|p| p.extend(table));
        self.rows.extend(table, &self.columns);
    }

    /// Takes the settings' m and u.
    pub(super) fn weigh(&mut self, settings: &TableSettings) {
        self.weights = TableWeights::new(&settings.comparisons);
        for (i, c) in settings.comparisons.iter().enumerate() {
            let (mut best, mut behind) = (0f32, f32::NEG_INFINITY);
            let frequency = c
                .levels
                .iter()
                .enumerate()
                .map(|(l, level)| {
                    let plain = self.weights.of(i, l as u8);
                    let adjusted = level.frequency.as_ref().map(|of| {
                        let part = self.part(&KeyPart::whole(of));
                        let common = self.parts[part].collision().max(1e-12).log2() as f32;
                        let rarest = self.parts[part].rarity.iter().copied().fold(0f32, f32::min);
                        (part, common, plain + common - rarest)
                    });
                    let most = adjusted.map_or(plain, |a| plain.max(a.2));
                    best = best.max(most);
                    if l > 0 {
                        behind = behind.max(most);
                    }
                    adjusted.map(|(part, common, _)| (part, common))
                })
                .collect();
            if let Some(compiled) = self.comparisons.get_mut(i) {
                compiled.frequency = frequency;
                compiled.best = best;
                compiled.equality = match (compiled.ops.first(), compiled.needs.as_slice()) {
                    (Some(Op::Exact(p)), [needs]) if needs.as_slice() == [*p] => Some((*p, behind)),
                    _ => None,
                };
            }
        }
        let mut order: Vec<usize> = (0..self.comparisons.len()).collect();
        order.sort_by_key(|i| self.comparisons[*i].ops.iter().map(cost).sum::<u32>());
        self.order = order;
    }

    fn part(&self, of: &KeyPart) -> usize {
        self.parts.iter().position(|p| p.same_as(of)).unwrap_or(0)
    }

    fn op(&self, test: &Test) -> Op {
        match test {
            Test::Exact { of } => Op::Exact(self.part(of)),
            Test::JaroWinkler { of, at_least } => Op::Alike(Metric::JaroWinkler, self.part(of), *at_least),
            Test::Jaro { of, at_least } => Op::Alike(Metric::Jaro, self.part(of), *at_least),
            Test::Levenshtein { of, at_most } => Op::Edits(Metric::Levenshtein, self.part(of), *at_most),
            Test::DamerauLevenshtein { of, at_most } => Op::Edits(Metric::Osa, self.part(of), *at_most),
            Test::DaysApart { of, at_most } => Op::Days(self.part(of), *at_most),
            Test::NumberApart { of, at_most } => Op::Number(self.part(of), *at_most),
            Test::Name { of, at_least } => Op::Name(self.part(of), *at_least),
            Test::Exchanged { a, b } => Op::Exchanged(self.part(&KeyPart::whole(a)), self.part(&KeyPart::whole(b))),
            Test::All { of } => Op::All(of.iter().map(|t| self.op(t)).collect()),
            Test::Any { of } => Op::Any(of.iter().map(|t| self.op(t)).collect()),
            Test::Else => Op::Else,
        }
    }

    #[inline]
    fn ids(&self, part: usize, a: u32, b: u32) -> (u32, u32) {
        let (p, at) = (&self.parts[part], self.place[part]);
        (p.id(self.rows.of(a)[at]), p.id(self.rows.of(b)[at]))
    }

    /// The levels of a pair, all of them.
    pub(super) fn vector(&self, a: u32, b: u32, s: &mut Scratch) -> Packed {
        (0..self.comparisons.len()).fold(Packed::default(), |v, i| v.with(i, self.level(i, a, b, s)))
    }

    /// Weight and levels of a pair, if the weight can reach `least`.
    #[inline]
    pub(super) fn score(&self, a: u32, b: u32, prior: f32, least: f32, s: &mut Scratch) -> Option<(f32, Packed)> {
        // what each can add at most, equality known and nothing else
        let mut most = [0f32; MOST_COMPARISONS];
        let mut equal = 0u32;
        let mut rest = 0f32;
        for (i, (c, most)) in self.comparisons.iter().zip(&mut most).enumerate() {
            *most = match c.equality {
                None => c.best,
                Some((part, behind)) => match self.ids(part, a, b) {
                    (0, _) | (_, 0) => 0.0,
                    (x, y) if x == y => {
                        equal |= 1 << i;
                        c.best
                    }
                    _ => behind,
                },
            };
            rest += *most;
        }
        let (mut weight, mut vector) = (prior, Packed::default());
        // the sums are taken in different orders: a hundredth of a bit covers what rounding may do
        let enough = |weight: f32, rest: f32| weight + rest >= least - 0.01;
        if !enough(weight, rest) {
            return None;
        }
        for i in &self.order {
            rest -= most[*i];
            let level = if equal >> i & 1 == 1 { 0 } else { self.level(*i, a, b, s) };
            vector = vector.with(*i, level);
            if level != MISSING {
                weight += self.weights.of(*i, level) + self.frequency(*i, level, a, b);
            }
            if !enough(weight, rest) {
                return None;
            }
        }
        (weight >= least).then_some((weight, vector))
    }

    /// Bits that the value's frequency adds to one level: agreement on a rare value says more.
    #[inline]
    pub(super) fn frequency(&self, comparison: usize, level: u8, a: u32, b: u32) -> f32 {
        let c = &self.comparisons[comparison];
        let Some(Some((part, common))) = c.frequency.get(usize::from(level)) else { return 0.0 };
        let (x, y) = self.ids(*part, a, b);
        if x == 0 || y == 0 {
            return 0.0;
        }
        let rarity = &self.parts[*part].rarity;
        common - rarity[x as usize - 1].max(rarity[y as usize - 1])
    }

    #[inline]
    fn level(&self, comparison: usize, a: u32, b: u32, s: &mut Scratch) -> u8 {
        let c = &self.comparisons[comparison];
        let there = |part: &usize| {
            let (x, y) = self.ids(*part, a, b);
            x != 0 && y != 0
        };
        if !c.needs.iter().any(|set| set.iter().all(there)) {
            return MISSING;
        }
        s.memo.clear();
        for (l, op) in c.ops.iter().enumerate() {
            if self.holds(op, a, b, s) {
                return l as u8;
            }
        }
        MISSING
    }

    fn holds(&self, op: &Op, a: u32, b: u32, s: &mut Scratch) -> bool {
        let both = |part: usize| {
            let (x, y) = self.ids(part, a, b);
            (x != 0 && y != 0).then_some((x, y))
        };
        match op {
            Op::Else => true,
            Op::Exact(p) => both(*p).is_some_and(|(x, y)| x == y),
            Op::Alike(metric, p, least) => {
                both(*p).is_some_and(|(x, y)| x == y || self.alike(*metric, *p, x, y, *least, s))
            }
            Op::Edits(metric, p, most) => {
                both(*p).is_some_and(|(x, y)| x == y || self.few_edits(*metric, *p, x, y, *most, s))
            }
            Op::Days(p, most) => {
                both(*p).is_some_and(|(x, y)| self.parts[*p].days_apart(x, y).is_some_and(|d| d <= *most))
            }
            Op::Number(p, most) => both(*p).is_some_and(|(x, y)| self.parts[*p].numbers_apart(x, y) <= *most),
            Op::Name(p, least) => both(*p).is_some_and(|(x, y)| x == y || self.parts[*p].likeness(x, y) <= *least),
            Op::Exchanged(p, q) => match (both(*p), both(*q)) {
                (Some((ap, bp)), Some((aq, bq))) => {
                    let (p, q) = (&self.parts[*p].hashes, &self.parts[*q].hashes);
                    p[ap as usize - 1] == q[bq as usize - 1] && p[bp as usize - 1] == q[aq as usize - 1]
                }
                _ => false,
            },
            Op::All(of) => of.iter().all(|o| self.holds(o, a, b, s)),
            Op::Any(of) => of.iter().any(|o| self.holds(o, a, b, s)),
        }
    }

    /// Whether the similarity is at least so much; the letters alone often say that it cannot be.
    #[inline]
    fn alike(&self, metric: Metric, part: usize, x: u32, y: u32, least: f64, s: &mut Scratch) -> bool {
        if s.memo.is_empty()
            && let Some((m, n, common)) = self.parts[part].common(x, y)
        {
            let c = f64::from(common);
            let jaro = if common == 0 { 0.0 } else { (c / m as f64 + c / n as f64 + 1.0) / 3.0 };
            // four equal letters in front add at most four tenths of what is missing, and nothing up to 0.7
            let most = if metric == Metric::JaroWinkler && jaro > 0.7 { jaro + 0.4 * (1.0 - jaro) } else { jaro };
            if most < least {
                return false;
            }
        }
        self.measure(metric, part, x, y, s) >= least
    }

    /// The same for edits: each byte that the other has not is one.
    #[inline]
    fn few_edits(&self, metric: Metric, part: usize, x: u32, y: u32, most: u32, s: &mut Scratch) -> bool {
        if s.memo.is_empty()
            && let Some((m, n, common)) = self.parts[part].common(x, y)
            && m.max(n) as u32 > common + most
        {
            return false;
        }
        self.measure(metric, part, x, y, s) <= f64::from(most)
    }

    /// A metric of two values, measured once a pair however many levels ask.
    fn measure(&self, metric: Metric, part: usize, x: u32, y: u32, s: &mut Scratch) -> f64 {
        if let Some((_, _, value)) = s.memo.iter().find(|(m, p, _)| *m == metric && *p == part) {
            return *value;
        }
        let texts = &self.parts[part];
        let slot = match s.patterns.iter().position(|(p, _, _)| *p == part) {
            Some(slot) => slot,
            None => {
                s.patterns.push((part, 0, Pattern::default()));
                s.patterns.len() - 1
            }
        };
        // the first row of a block is compared with all the others: its pattern stays
        let (_, held, pattern) = &mut s.patterns[slot];
        let (one, other) = if *held == y { (y, x) } else { (x, y) };
        if *held != one {
            pattern.set(texts.bytes(one));
            *held = one;
        }
        let other = texts.bytes(other);
        let value = match metric {
            Metric::JaroWinkler => pattern.jaro_winkler(other),
            Metric::Jaro => pattern.jaro(other),
            Metric::Levenshtein => f64::from(pattern.levenshtein(other)),
            Metric::Osa => f64::from(pattern.osa(other)),
        };
        s.memo.push((metric, part, value));
        value
    }
}

fn cost(op: &Op) -> u32 {
    match op {
        Op::Exact(_) | Op::Else => 1,
        Op::Days(..) | Op::Number(..) | Op::Exchanged(..) => 2,
        Op::Alike(..) | Op::Edits(..) => 20,
        Op::Name(..) => 60,
        Op::All(of) | Op::Any(of) => of.iter().map(cost).sum(),
    }
}

fn note(part: &KeyPart, wants: Wants, found: &mut Vec<(KeyPart, Wants)>) {
    match found.iter_mut().find(|(p, _)| p == part) {
        Some((_, w)) => {
            w.days |= wants.days;
            w.numbers |= wants.numbers;
            w.names |= wants.names;
        }
        None => found.push((part.clone(), wants)),
    }
}

fn want(test: &Test, found: &mut Vec<(KeyPart, Wants)>) {
    let none = Wants::default();
    match test {
        Test::DaysApart { of, .. } => note(of, Wants { days: true, ..none }, found),
        Test::NumberApart { of, .. } => note(of, Wants { numbers: true, ..none }, found),
        Test::Name { of, .. } => note(of, Wants { names: true, ..none }, found),
        Test::All { of } | Test::Any { of } => of.iter().for_each(|t| want(t, found)),
        other => {
            let mut parts = Vec::new();
            other.parts(&mut parts);
            parts.iter().for_each(|p| note(p, none, found));
        }
    }
}
