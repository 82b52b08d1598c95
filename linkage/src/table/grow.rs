//! New rows into a linked table: only what they touch is looked at again.

use super::compare::Scratch;
use super::{TableLinker, TablePair, content, sources};
use crate::table::TableError;
use crate::watch::{Stage, Work, unwatched};
use rayon::slice::ParallelSliceMut as _;

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
    /// Blocks are not split here: under a cap, new rows are compared with all rows of their blocks.
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
        self.absorb(rows)?;
        let weights = (self.prior(), self.settings.threshold);
        let (mut found, mut compared) = (Vec::new(), 0);
        let all = self.keys.fold_new(
            first,
            || (Vec::new(), 0u64, Scratch::default()),
            |(kept, compared, s), rule, a, b| {
                *compared += 1;
                let skip = || !self.chosen(rule, a, b);
                if let Some((weight, vector)) = self.comparer.score(a, b, weights, skip, s) {
                    kept.push(TablePair { a, b, weight, vector });
                }
            },
        );
        for (mut kept, n, _) in all {
            found.append(&mut kept);
            compared += n;
        }
        found.par_sort_unstable_by_key(|p: &TablePair| (p.a, p.b));
        let labels = self.relabel(pairs, labels, &found, first);
        Ok(Grown { compared, pairs: found, labels })
    }

    /// Takes rows in without comparing them.
    pub(super) fn absorb<'a, R>(&mut self, rows: impl IntoIterator<Item = R>) -> Result<(), TableError>
    where
        R: IntoIterator<Item = Option<&'a str>>,
    {
        let first = self.table.rows();
        self.comparer.values.release();
        rows.into_iter().for_each(|r| self.table.push(r));
        self.table.freeze();
        self.comparer.values.extend(&self.table);
        self.keys.extend(&self.table, &self.comparer.values.parts, first);
        if self.settings.source.is_some() {
            self.sources = sources(&self.table, &self.settings)?;
        }
        self.content.extend(content(&self.table, &self.comparer.values, first));
        Ok(())
    }

    /// Clusters again those components that a new pair touches; the others keep their labels.
    fn relabel(&self, pairs: &[TablePair], labels: &[u32], new: &[TablePair], first: usize) -> Vec<u32> {
        let n = self.table.rows();
        let mut out: Vec<u32> = labels.iter().copied().chain(first as u32..n as u32).collect();
        // rows of one cluster hang together; what else does is seen from the few pairs between clusters
        let across: Vec<(u32, u32)> =
            pairs.iter().map(|p| (out[p.a as usize], out[p.b as usize])).filter(|(x, y)| x != y).collect();
        let mut touched = vec![false; n];
        for p in new {
            touched[out[p.a as usize] as usize] = true;
            touched[out[p.b as usize] as usize] = true;
        }
        loop {
            let mut more = false;
            for (x, y) in &across {
                let either = touched[*x as usize] || touched[*y as usize];
                more |= either && !(touched[*x as usize] && touched[*y as usize]);
                touched[*x as usize] |= either;
                touched[*y as usize] |= either;
            }
            if !more {
                break;
            }
        }
        let inside: Vec<TablePair> =
            pairs.iter().filter(|p| touched[out[p.a as usize] as usize]).chain(new).copied().collect();
        for (row, label) in self.cluster_rows(&inside) {
            out[row as usize] = label;
        }
        out
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
        let work = Work::new(&unwatched, Stage::Cluster, rows.len() as u64);
        let labels = self.cluster_strong(rows.len(), &strong, threshold, &|r| rows[r as usize], &work);
        rows.iter().zip(labels).map(|(r, l)| (*r, rows[l as usize])).collect()
    }
}
