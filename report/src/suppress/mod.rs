//! Keeping small counts from being read, or worked out by subtraction.
//!
//! A count of 1 to k−1 persons or families may point at somebody. It is shown as `<k`; and because tables carry totals, other
//! counts are withheld (`•`) until no small count can be told from what is left. The tables of this report are sums over
//! places (desa, kecamatan, kabupaten) and over exclusive classes, in which every count stands in at most two sums. Such a
//! system is a network: sums are nodes, counts are arcs, and a change of the numbers that keeps every sum is a flow round a
//! cycle. So whether a hidden count could also have another value is a question of flow, answered exactly (Cox 1980 and
//! later work on complementary suppression), and the cheapest further counts to hide lie on a shortest path.
//!
//! What a reader is taken to know: every shown count, every sum, that `<k` stands for 1 to k−1, that `•` is not zero.
//! Promised ([`Net::solve`]): every count that is small has at least [`Net::candidates`] possible values.

mod path;
#[cfg(test)]
mod tests;

/// A count in the net.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellId(usize);

/// A count as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The number itself.
    Exact(u64),
    /// 1 to k−1.
    Small,
    /// Not zero; withheld so that small ones cannot be worked out.
    Withheld,
}

impl Shown {
    /// The number, when it may be shown.
    pub(crate) fn exact(self) -> Option<u64> {
        match self {
            Self::Exact(n) => Some(n),
            Self::Small | Self::Withheld => None,
        }
    }

    /// One count that stands in no sum.
    pub(crate) fn alone(n: u64, k: u64) -> Self {
        match n {
            0 => Self::Exact(0),
            n if n >= k => Self::Exact(n),
            _ if k > 2 => Self::Small,
            _ => Self::Withheld,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    value: u64,
    /// How dear it is to hide.
    cost: u64,
    /// Must not be told even when it is not small (its complement is).
    sensitive: bool,
    shown: Shown,
    /// The sums it stands in, with its sign there; at most two.
    sums: [Option<(usize, bool)>; 2],
}

/// Counts and the sums they stand in.
#[derive(Debug)]
pub(crate) struct Net {
    k: u64,
    cells: Vec<Cell>,
    sums: usize,
}

impl Net {
    /// A net that hides counts from 1 to `k - 1`; with `k` below 2 nothing is hidden.
    pub(crate) fn new(k: u64) -> Self {
        Self { k, cells: Vec::new(), sums: 0 }
    }

    /// Adds a count; `level` 0 is the lowest place. The higher the level and the greater the count, the later it is withheld.
    pub(crate) fn cell(&mut self, value: u64, level: u32) -> CellId {
        let cost = 1_000_u64.saturating_pow(level).saturating_mul(16 + u64::from(64 - value.leading_zeros()));
        self.cells.push(Cell { value, cost, sensitive: false, shown: Shown::Exact(value), sums: [None; 2] });
        CellId(self.cells.len() - 1)
    }

    /// Marks a count that must not be told although it is not small, because what is left of its whole is.
    pub(crate) fn guard(&mut self, id: CellId) {
        if let Some(cell) = self.cells.get_mut(id.0) {
            cell.sensitive = cell.value > 0;
        }
    }

    /// Marks a count that readers look for: others of its level are withheld before it.
    pub(crate) fn prefer(&mut self, id: CellId) {
        if let Some(cell) = self.cells.get_mut(id.0) {
            cell.cost = cell.cost.saturating_mul(8);
        }
    }

    /// Says that `parts` add up to `total`, or, without a cell for it, to a number that is known anyway.
    pub(crate) fn sum(&mut self, total: Option<CellId>, parts: &[CellId]) {
        let sum = self.sums;
        self.sums += 1;
        for (id, part) in total.iter().map(|id| (id, false)).chain(parts.iter().map(|id| (id, true))) {
            if let Some(cell) = self.cells.get_mut(id.0) {
                let free = cell.sums.iter_mut().find(|s| s.is_none());
                debug_assert!(free.is_some(), "a count may stand in two sums at most");
                if let Some(free) = free {
                    *free = Some((sum, part));
                }
            }
        }
    }

    /// How many values every small count must leave possible.
    pub(crate) fn candidates(&self) -> u64 {
        self.k.saturating_sub(1).clamp(2, 3)
    }

    /// Decides what is shown.
    pub(crate) fn solve(mut self) -> Solved {
        if self.k < 2 {
            return Solved(self.cells.iter().map(|c| c.shown).collect());
        }
        let k = self.k;
        for cell in &mut self.cells {
            cell.shown = if cell.sensitive && cell.value >= k { Shown::Withheld } else { Shown::alone(cell.value, k) };
        }
        let need = self.candidates() - 1;
        let Some(graph) = path::Graph::new(&self) else { return self.withhold_all() };
        let mut search = path::Search::new(&graph, k);
        for i in 0..self.cells.len() {
            if self.is_primary(i) && !search.protect(&mut self.cells, i, need) {
                return self.withhold_all();
            }
        }
        Solved(self.cells.iter().map(|c| c.shown).collect())
    }

    fn is_primary(&self, i: usize) -> bool {
        self.cells.get(i).is_some_and(|c| c.value > 0 && (c.sensitive || c.value < self.k))
    }

    /// The safe end of every doubt: nothing but zeros is told.
    fn withhold_all(self) -> Solved {
        Solved(self.cells.iter().map(|c| if c.value == 0 { Shown::Exact(0) } else { Shown::Withheld }).collect())
    }
}

/// What is shown of every count.
#[derive(Debug)]
pub(crate) struct Solved(Vec<Shown>);

impl Solved {
    /// What is shown of one.
    pub(crate) fn get(&self, id: CellId) -> Shown {
        self.0.get(id.0).copied().unwrap_or(Shown::Withheld)
    }
}
