//! New rows into a linked table: only what they touch is looked at again.

use super::compare::Scratch;
use super::{TableLinker, TablePair, content, lowest, sources};
use bansos::dedup::table::TableError;
use rayon::prelude::*;

/// What new rows changed.
#[derive(Clone, Debug)]
pub struct Grown {
    /// Pairs with at least one new row that reach the threshold.
    pub pairs: Vec<TablePair>,
    /// Candidate pairs compared.
    pub compared: u64,
    /// Label of every row, old and new: the lowest row of its cluster.
    pub labels: Vec<u32>,
}

impl TableLinker {
    /// Adds rows and links them under the model as it is: m, u, prior and the frequency of values stay, so the clusters are
    /// those of linking all rows at once under this model. `pairs` and `labels` are the state so far; both are needed again
    /// next time, with what is returned added.
    ///
    /// Blocks are not split here, so the settings must not cap them.
    pub fn grow<'a, R>(
        &mut self,
        rows: impl IntoIterator<Item = R>,
        pairs: &[TablePair],
        labels: &[u32],
    ) -> Result<Grown, TableError>
    where
        R: IntoIterator<Item = Option<&'a str>>,
    {
        let first = self.table.rows();
        rows.into_iter().for_each(|r| self.table.push(r));
        self.comparer.extend(&self.table);
        self.keys.extend(&self.table, &self.comparer.parts, &self.settings.blocking, first);
        if self.settings.source.is_some() {
            self.sources = sources(&self.table, &self.settings)?;
        }
        self.content.extend(content(&self.table, &self.comparer, first));
        let candidates = self.keys.touching(first);
        let (prior, least) = (self.prior(), self.settings.threshold);
        let found: Vec<TablePair> = candidates
            .par_chunks(1024)
            .flat_map_iter(|chunk| {
                let mut s = Scratch::default();
                let one = |(a, b): &(u32, u32)| {
                    if !self.meet(*a, *b) {
                        return None;
                    }
                    let (weight, vector) = self.comparer.score(*a, *b, prior, least, &mut s)?;
                    Some(TablePair { a: *a, b: *b, weight, vector })
                };
                chunk.iter().filter_map(one).collect::<Vec<_>>()
            })
            .collect();
        let labels = self.relabel(pairs, labels, &found, first);
        Ok(Grown { compared: candidates.len() as u64, pairs: found, labels })
    }

    /// Clusters again those components that a new pair touches; the others keep their labels.
    fn relabel(&self, pairs: &[TablePair], labels: &[u32], new: &[TablePair], first: usize) -> Vec<u32> {
        let n = self.table.rows();
        let mut out: Vec<u32> = labels.iter().copied().chain(first as u32..n as u32).collect();
        // a component may be several clusters: all rows reachable over pairs from a touched row
        let mut touched = vec![false; n];
        let mut queue: Vec<u32> = Vec::new();
        let reach = |r: u32, touched: &mut Vec<bool>, queue: &mut Vec<u32>| {
            if !std::mem::replace(&mut touched[r as usize], true) {
                queue.push(r);
            }
        };
        for p in new {
            reach(p.a, &mut touched, &mut queue);
            reach(p.b, &mut touched, &mut queue);
        }
        if queue.is_empty() {
            return out;
        }
        // pairs are few beside rows; passes over them until nothing more is reached
        loop {
            let before = queue.len();
            for p in pairs {
                if touched[p.a as usize] != touched[p.b as usize] {
                    reach(p.a, &mut touched, &mut queue);
                    reach(p.b, &mut touched, &mut queue);
                }
            }
            if queue.len() == before {
                break;
            }
        }
        let inside: Vec<TablePair> = pairs.iter().filter(|p| touched[p.a as usize]).chain(new).copied().collect();
        let fresh = self.cluster_rows(&inside);
        for r in queue {
            out[r as usize] = r;
        }
        for (row, label) in fresh {
            out[row as usize] = label;
        }
        lowest(out)
    }

    /// Clusters of the rows that pairs name: (row, label).
    fn cluster_rows(&self, pairs: &[TablePair]) -> Vec<(u32, u32)> {
        // the same as for the whole table, over the few rows there are
        let mut rows: Vec<u32> = pairs.iter().flat_map(|p| [p.a, p.b]).collect();
        rows.sort_unstable();
        rows.dedup();
        let at = |r: u32| rows.binary_search(&r).unwrap_or(0) as u32;
        let threshold = self.settings.threshold;
        let strong: Vec<(u32, u32, f32)> =
            pairs.iter().filter(|p| p.weight >= threshold).map(|p| (at(p.a), at(p.b), p.weight)).collect();
        let labels = self.cluster_strong(rows.len(), &strong, threshold, &|r| rows[r as usize]);
        rows.iter().zip(labels).map(|(r, l)| (*r, rows[l as usize])).collect()
    }
}
