//! Clusters under constraints: of the rows that hang together, which are one person. Not connected components: one
//! wrong pair must not join two families' worth of rows.

/// What two rows say about being one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bond {
    /// The pair's weight, log2 odds.
    Weight(f32),
    /// They look alike, but so do two persons (two lines of one listing, twins with like names): counts as no evidence, so
    /// that other rows decide, and two clusters with two such pairs between them stay apart: written twice once is a slip,
    /// written twice in two registers is two persons.
    Doubtful,
    /// They may never join, whatever others say.
    CannotLink,
    /// A person decided that they are one.
    MustLink,
}

impl Bond {
    /// Whether the two may ever be in one cluster.
    pub fn may_join(self) -> bool {
        self != Self::CannotLink
    }
}

/// Joins rows into clusters by mean weight: the two clusters with the greatest mean weight between their rows join
/// first, as long as it is at least `threshold` and no two of their rows may not link. Ties go to the lower rows, so the
/// caller's order should be one of content.
///
/// Returns a label for each row: the lowest row of its cluster. The caller cuts a register into components first: memory grows
/// with n², and so does time, but for heaps in which every join changes what is best for all.
///
/// ```
/// use bansos_linkage::clusters::{agglomerate, Bond};
/// // 0 and 1 are alike, 1 and 2 are alike, but 0 and 2 contradict each other: the stronger pair joins
/// let bond = |a: usize, b: usize| match (a, b) {
///     (0, 1) => Bond::Weight(9.0),
///     (1, 2) => Bond::Weight(5.0),
///     _ => Bond::Weight(-20.0),
/// };
/// assert_eq!(agglomerate(3, 3.0, bond).labels, [0, 0, 2]);
/// ```
pub fn agglomerate(n: usize, threshold: f32, bond: impl Fn(usize, usize) -> Bond) -> Clusters {
    let mut table = Table::new(n);
    let mut must = Vec::new();
    for a in 0..n {
        for b in a + 1..n {
            match bond(a, b) {
                Bond::Weight(w) => put(&mut table.sum, n, a, b, f64::from(w)),
                Bond::Doubtful => put(&mut table.doubts, n, a, b, 1),
                Bond::CannotLink => put(&mut table.barred, n, a, b, true),
                Bond::MustLink => must.push((a, b)),
            }
        }
    }
    for (a, b) in must {
        let (a, b) = (at(&table.label, a), at(&table.label, b));
        if a != b {
            table.join(a.min(b), a.max(b));
        }
    }
    let threshold = f64::from(threshold);
    let mut best: Vec<Best> = (0..n).map(|a| table.best_of(a, threshold)).collect();
    while let Some((a, b)) = strongest(&best) {
        table.join(a, b);
        table.renew(&mut best, (a, b), threshold);
    }
    let held_apart = table.held_apart(threshold);
    Clusters { labels: table.label, held_apart }
}

/// A mean weight, and the cluster that it would be joined with.
type Best = Option<(f64, usize)>;

/// The two clusters that join first, the lowest of equals.
fn strongest(best: &[Best]) -> Option<(usize, usize)> {
    let mut strongest: Option<(f64, (usize, usize))> = None;
    for (a, (mean, b)) in best.iter().enumerate().filter_map(|(a, best)| best.map(|best| (a, best))) {
        if strongest.is_none_or(|(w, _)| mean > w) {
            strongest = Some((mean, (a, b)));
        }
    }
    strongest.map(|(_, pair)| pair)
}

/// Clusters so far: a cluster is known by its lowest row; squares hold what lies between two clusters.
struct Table {
    n: usize,
    sum: Vec<f64>,
    barred: Vec<bool>,
    doubts: Vec<u32>,
    size: Vec<f64>,
    label: Vec<usize>,
}

impl Table {
    fn new(n: usize) -> Self {
        Self {
            n,
            sum: vec![0.0; n * n],
            barred: vec![false; n * n],
            doubts: vec![0; n * n],
            size: vec![1.0; n],
            label: (0..n).collect(),
        }
    }

    fn mean(&self, a: usize, b: usize) -> f64 {
        get(&self.sum, self.n, a, b) / (at(&self.size, a) * at(&self.size, b)).max(1.0)
    }

    fn apart(&self, a: usize, b: usize) -> bool {
        get(&self.barred, self.n, a, b) || get(&self.doubts, self.n, a, b) > 1
    }

    /// Pairs of clusters, lower first.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let alive = |i: &usize| at(&self.label, *i) == *i;
        (0..self.n).filter(alive).flat_map(move |a| (a + 1..self.n).filter(alive).map(move |b| (a, b)))
    }

    fn alive(&self, a: usize) -> bool {
        at(&self.label, a) == a
    }

    /// The mean weight that would join two clusters.
    fn joins(&self, a: usize, b: usize, threshold: f64) -> Option<f64> {
        let mean = self.mean(a, b);
        (self.alive(a) && self.alive(b) && !self.apart(a, b) && mean >= threshold).then_some(mean)
    }

    /// What a cluster would join first of those above it, the lowest of equals.
    fn best_of(&self, a: usize, threshold: f64) -> Best {
        let mut best: Best = None;
        for b in a + 1..self.n {
            if let Some(mean) = self.joins(a, b, threshold).filter(|mean| best.is_none_or(|(w, _)| *mean > w)) {
                best = Some((mean, b));
            }
        }
        best
    }

    /// Brings what each cluster would join first up to date, now that `b` has gone into `a`.
    fn renew(&self, best: &mut [Best], (a, b): (usize, usize), threshold: f64) {
        for c in 0..self.n.min(b + 1) {
            let Some(now) = best.get(c).copied() else { continue };
            let lost = c == a || c == b || now.is_some_and(|(_, with)| with == b || with == a);
            let new = if lost {
                self.best_of(c, threshold)
            } else if c < a {
                match (now, self.joins(c, a, threshold)) {
                    (Some((w, with)), Some(mean)) if mean > w || mean >= w && a < with => Some((mean, a)),
                    (None, Some(mean)) => Some((mean, a)),
                    (now, _) => now,
                }
            } else {
                continue;
            };
            if let Some(slot) = best.get_mut(c) {
                *slot = new;
            }
        }
    }

    fn held_apart(&self, threshold: f64) -> u64 {
        self.pairs().filter(|(a, b)| self.apart(*a, *b) && self.mean(*a, *b) >= threshold).count() as u64
    }

    fn join(&mut self, a: usize, b: usize) {
        let n = self.n;
        for c in (0..n).filter(|c| *c != a && *c != b) {
            let sum = get(&self.sum, n, a, c) + get(&self.sum, n, b, c);
            put(&mut self.sum, n, a, c, sum);
            let barred = get(&self.barred, n, a, c) || get(&self.barred, n, b, c);
            put(&mut self.barred, n, a, c, barred);
            let doubts = get(&self.doubts, n, a, c) + get(&self.doubts, n, b, c);
            put(&mut self.doubts, n, a, c, doubts);
        }
        let total = at(&self.size, a) + at(&self.size, b);
        if let Some(s) = self.size.get_mut(a) {
            *s = total;
        }
        for l in self.label.iter_mut().filter(|l| **l == b) {
            *l = a;
        }
    }
}

/// What [`agglomerate`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clusters {
    /// For each row the lowest row of its cluster.
    pub labels: Vec<usize>,
    /// Pairs of clusters that weight would join and a constraint keeps apart.
    pub held_apart: u64,
}

fn at<T: Copy + Default>(list: &[T], i: usize) -> T {
    list.get(i).copied().unwrap_or_default()
}

fn get<T: Copy + Default>(square: &[T], n: usize, a: usize, b: usize) -> T {
    at(square, a.min(b) * n + a.max(b))
}

fn put<T>(square: &mut [T], n: usize, a: usize, b: usize, value: T) {
    if let Some(cell) = square.get_mut(a.min(b) * n + a.max(b)) {
        *cell = value;
    }
}

/// Components by union-find: the root of a component is its lowest member.
#[derive(Clone, Debug)]
pub struct Components {
    parent: Vec<u32>,
}

impl Components {
    /// So many rows, each alone.
    pub fn new(n: usize) -> Self {
        Self { parent: (0..n as u32).collect() }
    }

    /// The root of a row's component.
    pub fn root(&mut self, mut x: u32) -> u32 {
        while let Some(&p) = self.parent.get(x as usize) {
            if p == x {
                break;
            }
            let grand = at(&self.parent, p as usize);
            if let Some(slot) = self.parent.get_mut(x as usize) {
                *slot = grand;
            }
            x = grand;
        }
        x
    }

    /// Joins two components; true if they were two.
    pub fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(slot) = self.parent.get_mut(high as usize) {
            *slot = low;
        }
        low != high
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn constraints_hold_and_decisions_bind() {
        let bond = |a: usize, b: usize| match (a, b) {
            (0, 1) | (1, 2) => Bond::Weight(9.0),
            (0, 2) => Bond::CannotLink,
            _ => Bond::Weight(-9.0),
        };
        let c = agglomerate(3, 3.0, bond);
        assert_eq!(c.labels, [0, 0, 2]);
        let decided = |a: usize, b: usize| if (a, b) == (0, 3) { Bond::MustLink } else { bond(a, b) };
        assert_eq!(agglomerate(4, 3.0, decided).labels, [0, 1, 1, 0], "must-link binds, and 1 now fits 2 better");
    }

    #[test]
    fn one_doubt_is_settled_by_others_and_two_are_not() {
        // 0 and 1 are two lines of one listing, 2 is the other register's one line
        let once = |a: usize, b: usize| if (a, b) == (0, 1) { Bond::Doubtful } else { Bond::Weight(15.0) };
        assert_eq!(agglomerate(3, 3.0, once).labels, [0, 0, 0]);
        assert_eq!(agglomerate(2, 3.0, once).labels, [0, 1]);
        // the other register has two lines too
        let twice = |a: usize, b: usize| match (a, b) {
            (0, 1) | (2, 3) => Bond::Doubtful,
            (0, 2) | (1, 3) => Bond::Weight(20.0),
            _ => Bond::Weight(15.0),
        };
        assert_eq!(agglomerate(4, 3.0, twice).labels, [0, 1, 0, 1]);
    }

    /// The same by looking at all pairs again after each join.
    fn slowly(n: usize, threshold: f64, bond: impl Fn(usize, usize) -> f64) -> Vec<usize> {
        let mut label: Vec<usize> = (0..n).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            let of = |label: &[usize], l: usize| (0..n).filter(|r| label[*r] == l).collect::<Vec<_>>();
            for a in 0..n {
                for b in a + 1..n {
                    let (x, y) = (of(&label, a), of(&label, b));
                    if x.is_empty() || y.is_empty() {
                        continue;
                    }
                    let sum: f64 = x.iter().flat_map(|i| y.iter().map(|j| bond(*i.min(j), *i.max(j)))).sum();
                    let mean = sum / (x.len() * y.len()) as f64;
                    if mean >= threshold && best.is_none_or(|(w, _, _)| mean > w) {
                        best = Some((mean, a, b));
                    }
                }
            }
            let Some((_, a, b)) = best else { return label };
            label.iter_mut().filter(|l| **l == b).for_each(|l| *l = a);
        }
    }

    proptest! {
        // whole weights: sums are exact in whatever order, and ties are many
        #[test]
        fn what_is_remembered_changes_nothing(weights in proptest::collection::vec(-6i8..6, 144)) {
            let of = |a: usize, b: usize| f64::from(weights[a * 12 + b]);
            let fast = agglomerate(12, 0.0, |a, b| Bond::Weight(of(a, b) as f32)).labels;
            prop_assert_eq!(fast, slowly(12, 0.0, of));
        }

        #[test]
        fn no_cluster_holds_a_barred_pair(weights in proptest::collection::vec(-10f32..10.0, 36)) {
            let bond = |a: usize, b: usize| {
                let w = weights[a * 6 + b];
                if w < -7.0 { Bond::CannotLink } else { Bond::Weight(w) }
            };
            let labels = agglomerate(6, 0.0, bond).labels;
            for a in 0..6 {
                for b in a + 1..6 {
                    if labels[a] == labels[b] {
                        prop_assert_ne!(bond(a, b), Bond::CannotLink);
                    }
                }
            }
        }

        #[test]
        fn components_do_not_depend_on_order(mut edges in proptest::collection::vec((0u32..20, 0u32..20), 0..30)) {
            let roots = |edges: &[(u32, u32)]| {
                let mut c = Components::new(20);
                for (a, b) in edges { c.join(*a, *b); }
                (0..20).map(|i| c.root(i)).collect::<Vec<_>>()
            };
            let before = roots(&edges);
            edges.reverse();
            prop_assert_eq!(before, roots(&edges));
        }
    }
}
