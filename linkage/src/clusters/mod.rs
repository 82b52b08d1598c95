//! Clusters over the pairs of a whole register: components by union-find, then constraints inside each.

mod agglomerate;

pub use agglomerate::{Bond, Clusters, Components, agglomerate};

use crate::watch::Work;
use rayon::prelude::*;

/// Components above this size are cut at their weak edges before they are clustered.
const COMPONENT_CAP: usize = 48;
/// Components that a worker takes at once.
const COMPONENTS_AT_ONCE: usize = 16;

/// Everything that hangs together: the lowest row of each row's component.
pub(crate) fn connected(n: usize, edges: &[(u32, u32, f32)]) -> Vec<u32> {
    let mut c = Components::new(n);
    for (a, b, _) in edges {
        c.join(*a, *b);
    }
    (0..n as u32).map(|r| c.root(r)).collect()
}

/// Clusters by mean weight under the bonds' constraints: a label per row, and how many pairs of clusters a constraint
/// held apart. `rank` orders rows by content, so that ties do not depend on the order of rows. Not whole
/// where `work` was stopped.
pub(crate) fn constrained<K: Ord + Send>(
    n: usize,
    strong: &[(u32, u32, f32)],
    least: f32,
    rank: &(dyn Fn(u32) -> K + Sync),
    bond: &(dyn Fn(u32, u32) -> Bond + Sync),
    work: &Work<'_>,
) -> (Vec<u32>, u64) {
    let mut label: Vec<u32> = (0..n as u32).collect();
    let mut held_apart = 0;
    let mut queue: Vec<Vec<u32>> = components(n, strong, least, None, rank);
    let mut threshold = least;
    while !queue.is_empty() {
        let (small, large): (Vec<_>, Vec<_>) = queue.into_iter().partition(|c| c.len() <= COMPONENT_CAP);
        let done: Vec<(&[u32], Clusters)> = small
            .par_chunks(COMPONENTS_AT_ONCE)
            .flat_map_iter(|chunk| {
                let rows = chunk.iter().map(Vec::len).sum::<usize>() as u64;
                let chunk = if work.advance(rows) { chunk } else { &[] };
                chunk.iter().map(|c| (c.as_slice(), agglomerate(c.len(), least, |i, j| bond(c[i], c[j]))))
            })
            .collect();
        for (c, found) in done {
            held_apart += found.held_apart;
            for (row, l) in c.iter().zip(&found.labels) {
                label[*row as usize] = c[*l];
            }
        }
        // cut the large ones at their weakest edges, a little more each time
        threshold += 4.0;
        let mut inside = vec![false; n];
        large.iter().flatten().for_each(|r| inside[*r as usize] = true);
        queue = if large.is_empty() || threshold > 200.0 {
            Vec::new()
        } else {
            components(n, strong, threshold, Some(&inside), rank)
        };
    }
    (label, held_apart)
}

/// Components of two rows and more over edges from `threshold` up, rows in content order.
fn components<K: Ord + Send>(
    n: usize,
    edges: &[(u32, u32, f32)],
    threshold: f32,
    inside: Option<&[bool]>,
    rank: &(dyn Fn(u32) -> K + Sync),
) -> Vec<Vec<u32>> {
    let mut c = Components::new(n);
    let mut touched: Vec<u32> = Vec::new();
    for (a, b, w) in edges {
        if *w >= threshold && inside.is_none_or(|i| i[*a as usize] && i[*b as usize]) {
            c.join(*a, *b);
            touched.extend([*a, *b]);
        }
    }
    touched.sort_unstable();
    touched.dedup();
    let mut rows: Vec<(u32, K, u32)> = touched.into_iter().map(|r| (c.root(r), rank(r), r)).collect();
    rows.par_sort_unstable();
    rows.chunk_by(|x, y| x.0 == y.0).map(|g| g.iter().map(|x| x.2).collect()).collect()
}
