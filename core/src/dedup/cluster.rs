//! Clusters under constraints: of the rows that hang together, which are one person. Not connected components: one
//! wrong pair must not join two families' worth of rows.

/// What two rows say about being one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bond {
    /// The pair's weight, log2 odds.
    Weight(f32),
    /// They may never join, whatever others say.
    CannotLink,
    /// A person decided that they are one.
    MustLink,
}

/// Joins rows into clusters by mean weight: the two clusters with the greatest mean weight between their rows join
/// first, as long as it is at least `threshold` and no two of their rows may not link. Ties go to the lower rows, so the
/// caller's order should be one of content.
///
/// Returns a label for each row: the lowest row of its cluster. `n` is small: the caller cuts a register into
/// components first. Time grows with n³.
///
/// ```
/// use bansos::dedup::{agglomerate, Bond};
/// // 0 and 1 are alike, 1 and 2 are alike, but 0 and 2 contradict each other: the stronger pair joins
/// let bond = |a: usize, b: usize| match (a, b) {
///     (0, 1) => Bond::Weight(9.0),
///     (1, 2) => Bond::Weight(5.0),
///     _ => Bond::Weight(-20.0),
/// };
/// assert_eq!(agglomerate(3, 3.0, bond).labels, [0, 0, 2]);
/// ```
pub fn agglomerate(n: usize, threshold: f32, bond: impl Fn(usize, usize) -> Bond) -> Clusters {
    let mut sum = vec![0f64; n * n];
    let mut barred = vec![false; n * n];
    let mut label: Vec<usize> = (0..n).collect();
    let mut size = vec![1f64; n];
    let mut must = Vec::new();
    for a in 0..n {
        for b in a + 1..n {
            match bond(a, b) {
                Bond::Weight(w) => put(&mut sum, n, a, b, f64::from(w)),
                Bond::CannotLink => put(&mut barred, n, a, b, true),
                Bond::MustLink => must.push((a, b)),
            }
        }
    }
    let mut held_apart = 0;
    for (a, b) in must {
        let (a, b) = (at(&label, a), at(&label, b));
        if a != b {
            join(n, a.min(b), a.max(b), &mut sum, &mut barred, &mut size, &mut label);
        }
    }
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for a in 0..n {
            if at(&label, a) != a {
                continue;
            }
            for b in a + 1..n {
                if at(&label, b) != b || get(&barred, n, a, b) {
                    continue;
                }
                let mean = get(&sum, n, a, b) / (at(&size, a) * at(&size, b)).max(1.0);
                if mean >= f64::from(threshold) && best.is_none_or(|(w, ..)| mean > w) {
                    best = Some((mean, a, b));
                }
            }
        }
        let Some((_, a, b)) = best else { break };
        join(n, a, b, &mut sum, &mut barred, &mut size, &mut label);
    }
    for a in 0..n {
        for b in a + 1..n {
            let heavy = get(&sum, n, a, b) / (at(&size, a) * at(&size, b)).max(1.0) >= f64::from(threshold);
            if at(&label, a) == a && at(&label, b) == b && get(&barred, n, a, b) && heavy {
                held_apart += 1;
            }
        }
    }
    Clusters { labels: label, held_apart }
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

fn join(n: usize, a: usize, b: usize, sum: &mut [f64], barred: &mut [bool], size: &mut [f64], label: &mut [usize]) {
    for c in 0..n {
        if c != a && c != b {
            let s = get(sum, n, a, c) + get(sum, n, b, c);
            put(sum, n, a, c, s);
            let no = get(barred, n, a, c) || get(barred, n, b, c);
            put(barred, n, a, c, no);
        }
    }
    let total = at(size, a) + at(size, b);
    if let Some(s) = size.get_mut(a) {
        *s = total;
    }
    for l in label.iter_mut().filter(|l| **l == b) {
        *l = a;
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

    proptest! {
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
