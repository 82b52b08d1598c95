//! Clusters over the pairs of a whole register: components by union-find, then constraints inside each.

mod agglomerate;
mod large;

pub use agglomerate::{Bond, Clusters, Components, agglomerate};

use crate::watch::Work;
use rayon::prelude::*;

/// A component of more rows is not laid out as a square of all its pairs (13 bytes each) but joined from its strongest pairs.
const SQUARE_ROWS: usize = 1_000;
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
    let (small, large): (Vec<_>, Vec<_>) =
        components(n, strong, rank).into_iter().partition(|c| c.len() <= SQUARE_ROWS);
    let mut done: Vec<(&[u32], Clusters)> = small
        .par_chunks(COMPONENTS_AT_ONCE)
        .flat_map_iter(|chunk| {
            let rows = chunk.iter().map(Vec::len).sum::<usize>() as u64;
            let chunk = if work.advance(rows) { chunk } else { &[] };
            chunk.iter().map(|c| (c.as_slice(), agglomerate(c.len(), least, |i, j| bond(c[i], c[j]))))
        })
        .collect();
    for (c, edges) in large.iter().zip(inside(n, strong, &large)) {
        if work.advance(c.len() as u64) {
            done.push((c, large::by_strongest(c.len(), edges, least, |i, j| bond(c[i], c[j]), work)));
        }
    }
    let mut held_apart = 0;
    for (c, found) in done {
        held_apart += found.held_apart;
        for (row, l) in c.iter().zip(&found.labels) {
            label[*row as usize] = c[*l];
        }
    }
    (label, held_apart)
}

/// The pairs inside each component, by places in it.
fn inside(n: usize, strong: &[(u32, u32, f32)], components: &[Vec<u32>]) -> Vec<Vec<(u32, u32, f32)>> {
    let mut edges = vec![Vec::new(); components.len()];
    if components.is_empty() {
        return edges;
    }
    let mut place = vec![(u32::MAX, 0); n];
    for (i, c) in components.iter().enumerate() {
        c.iter().enumerate().for_each(|(at, row)| place[*row as usize] = (i as u32, at as u32));
    }
    for (a, b, weight) in strong {
        let ((i, x), (_, y)) = (place[*a as usize], place[*b as usize]);
        if let Some(edges) = edges.get_mut(i as usize) {
            edges.push((x.min(y), x.max(y), *weight));
        }
    }
    edges
}

/// Components of two rows and more, rows in content order.
fn components<K: Ord + Send>(n: usize, edges: &[(u32, u32, f32)], rank: &(dyn Fn(u32) -> K + Sync)) -> Vec<Vec<u32>> {
    let mut c = Components::new(n);
    let mut touched: Vec<u32> = Vec::new();
    for (a, b, _) in edges {
        c.join(*a, *b);
        touched.extend([*a, *b]);
    }
    touched.sort_unstable();
    touched.dedup();
    let mut rows: Vec<(u32, K, u32)> = touched.into_iter().map(|r| (c.root(r), rank(r), r)).collect();
    rows.par_sort_unstable();
    rows.chunk_by(|x, y| x.0 == y.0).map(|g| g.iter().map(|x| x.2).collect()).collect()
}
