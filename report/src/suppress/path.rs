//! Flow in the net of sums: can a hidden count move, and what is the cheapest to hide so that it can?

use super::{Cell, Net, Shown};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Node 0 is the world outside: the other end of a count that stands in one sum only.
const OUTSIDE: usize = 0;

/// The net as arcs: raising a count carries one unit from `tail` to `head`.
pub(super) struct Graph {
    ends: Vec<Option<(usize, usize)>>,
    at: Vec<Vec<usize>>,
}

impl Graph {
    /// `None` when the sums are no network (signs that cannot be made to fit), which the report's tables never are.
    pub(super) fn new(net: &Net) -> Option<Self> {
        let mut at = vec![Vec::new(); net.sums + 1];
        for (i, cell) in net.cells.iter().enumerate() {
            for (sum, _) in cell.sums.iter().flatten() {
                at.get_mut(sum + 1)?.push(i);
            }
            if matches!(cell.sums, [Some(_), None]) {
                at.get_mut(OUTSIDE)?.push(i);
            }
        }
        // Every sum may be multiplied by −1: find the signs with which each count comes in at one end and goes out at the other.
        let mut flip: Vec<Option<bool>> = vec![None; net.sums + 1];
        for start in 1..=net.sums {
            if flip.get(start)?.is_some() {
                continue;
            }
            *flip.get_mut(start)? = Some(false);
            let mut open = vec![start];
            while let Some(node) = open.pop() {
                for &i in at.get(node)? {
                    let [Some((a, plus_a)), Some((b, plus_b))] = net.cells.get(i)?.sums else { continue };
                    let (other, here_plus, there_plus) =
                        if a + 1 == node { (b + 1, plus_a, plus_b) } else { (a + 1, plus_b, plus_a) };
                    let wanted = flip.get(node).copied()?? ^ (here_plus == there_plus);
                    match flip.get(other).copied()? {
                        None => {
                            *flip.get_mut(other)? = Some(wanted);
                            open.push(other);
                        }
                        Some(f) if f == wanted => {}
                        Some(_) => return None,
                    }
                }
            }
        }
        let ends = net
            .cells
            .iter()
            .map(|cell| {
                let (sum, plus) = cell.sums[0]?;
                let other = cell.sums[1].map_or(OUTSIDE, |(s, _)| s + 1);
                let into = plus ^ flip.get(sum + 1).copied().flatten().unwrap_or(false);
                Some(if into { (other, sum + 1) } else { (sum + 1, other) })
            })
            .collect();
        Some(Self { ends, at })
    }
}

/// One step of a path: a count raised or lowered by one.
#[derive(Clone, Copy, Debug)]
struct Step {
    cell: usize,
    up: bool,
}

/// The search, with its working memory.
pub(super) struct Search<'g> {
    graph: &'g Graph,
    k: u64,
    /// How far each count has been moved in the present trial; kept zero between trials.
    moved: Vec<i64>,
    touched: Vec<usize>,
    cost: Vec<u64>,
    came_by: Vec<Option<(usize, Step)>>,
    seen: Vec<usize>,
}

impl<'g> Search<'g> {
    pub(super) fn new(graph: &'g Graph, k: u64) -> Self {
        let nodes = graph.at.len();
        Self {
            graph,
            k,
            moved: vec![0; graph.ends.len()],
            touched: Vec::new(),
            cost: vec![u64::MAX; nodes],
            came_by: vec![None; nodes],
            seen: Vec::new(),
        }
    }

    /// Hides what must be hidden so that cell `i` has `need` other possible values. False when that cannot be done.
    pub(super) fn protect(&mut self, cells: &mut [Cell], i: usize, need: u64) -> bool {
        loop {
            let (up, down) = (self.reach(cells, i, true, need), self.reach(cells, i, false, need));
            if up + down >= need {
                return true;
            }
            let further = [(true, up), (false, down)]
                .into_iter()
                .filter_map(|(dir, free)| self.dearer(cells, i, dir, free))
                .min_by_key(|(cost, _)| *cost);
            match further {
                Some((_, hide)) => {
                    for j in hide {
                        if let Some(cell) = cells.get_mut(j) {
                            cell.shown = Shown::Withheld;
                        }
                    }
                }
                None => match cells.get_mut(i) {
                    // "1 to k−1" already says too much: say nothing.
                    Some(cell) if cell.shown == Shown::Small => cell.shown = Shown::Withheld,
                    _ => return false,
                },
            }
        }
    }

    /// By how much cell `i` can go up (down) while every sum stays and every shown count too; at most `limit`.
    fn reach(&mut self, cells: &[Cell], i: usize, up: bool, limit: u64) -> u64 {
        let mut n = 0;
        while n < limit && self.unit(cells, i, up, false).is_some() {
            n += 1;
        }
        self.forget();
        n
    }

    /// The cheapest counts to hide so that cell `i` moves one further than the `free` units it can move already.
    fn dearer(&mut self, cells: &[Cell], i: usize, up: bool, free: u64) -> Option<(u64, Vec<usize>)> {
        for _ in 0..free {
            self.unit(cells, i, up, false);
        }
        let found = self.unit(cells, i, up, true);
        self.forget();
        found
    }

    /// Moves cell `i` by one and everything else that must move with it. With `pay`, counts may move that are shown too
    /// plainly for it, at their cost: these are returned.
    fn unit(&mut self, cells: &[Cell], i: usize, up: bool, pay: bool) -> Option<(u64, Vec<usize>)> {
        let cell = cells.get(i)?;
        if !self.room(cell, self.at(i), up) {
            return None;
        }
        let Some((tail, head)) = self.graph.ends.get(i).copied().flatten() else {
            // It stands in no sum: free to move.
            self.shift(Step { cell: i, up });
            return Some((0, vec![]));
        };
        let (from, to) = if up { (head, tail) } else { (tail, head) };
        let cost = self.shortest(cells, i, from, to, pay)?;
        let mut path = vec![];
        let mut node = to;
        while node != from {
            let (before, step) = self.came_by.get(node).copied().flatten()?;
            path.push(step);
            node = before;
        }
        self.clear_search();
        let hide = path.iter().filter(|s| cells.get(s.cell).is_some_and(|c| !self.room(c, self.at(s.cell), s.up)));
        let hide = hide.map(|s| s.cell).collect();
        self.shift(Step { cell: i, up });
        for &step in &path {
            self.shift(step);
        }
        Some((cost, hide))
    }

    /// Dijkstra from `from` to `to`, not through cell `not`.
    fn shortest(&mut self, cells: &[Cell], not: usize, from: usize, to: usize, pay: bool) -> Option<u64> {
        self.clear_search();
        let mut open = BinaryHeap::new();
        *self.cost.get_mut(from)? = 0;
        self.seen.push(from);
        open.push(Reverse((0_u64, from)));
        while let Some(Reverse((cost, node))) = open.pop() {
            if node == to {
                return Some(cost);
            }
            if cost > self.cost.get(node).copied()? {
                continue;
            }
            for &j in self.graph.at.get(node)? {
                let Some((tail, head)) = self.graph.ends.get(j).copied().flatten().filter(|_| j != not) else {
                    continue;
                };
                let (step, other) =
                    if tail == node { (Step { cell: j, up: true }, head) } else { (Step { cell: j, up: false }, tail) };
                let Some(toll) = cells.get(j).and_then(|c| self.toll(c, step, pay)) else { continue };
                let sum = cost.saturating_add(toll);
                let best = self.cost.get_mut(other)?;
                if sum < *best {
                    if *best == u64::MAX {
                        self.seen.push(other);
                    }
                    *best = sum;
                    *self.came_by.get_mut(other)? = Some((node, step));
                    open.push(Reverse((sum, other)));
                }
            }
        }
        self.clear_search();
        None
    }

    /// What it costs to move a count one step: nothing when it may as it is shown, its price when it would have to be hidden.
    fn toll(&self, cell: &Cell, step: Step, pay: bool) -> Option<u64> {
        let at = self.at(step.cell);
        if self.room(cell, at, step.up) {
            return Some(0);
        }
        let withheld = Cell { shown: Shown::Withheld, ..*cell };
        (pay && cell.value > 0 && self.room(&withheld, at, step.up)).then_some(cell.cost)
    }

    /// Whether a count that has been moved by `at` can move one more, for all a reader knows of it.
    fn room(&self, cell: &Cell, at: i64, up: bool) -> bool {
        let now = i64::try_from(cell.value).unwrap_or(i64::MAX / 2) + at;
        match cell.shown {
            Shown::Exact(_) => false,
            Shown::Small if up => now < i64::try_from(self.k).unwrap_or(i64::MAX) - 1,
            Shown::Withheld if up => true,
            Shown::Small | Shown::Withheld => now > 1,
        }
    }

    fn at(&self, i: usize) -> i64 {
        self.moved.get(i).copied().unwrap_or(0)
    }

    fn shift(&mut self, step: Step) {
        if let Some(m) = self.moved.get_mut(step.cell) {
            *m += if step.up { 1 } else { -1 };
            self.touched.push(step.cell);
        }
    }

    fn forget(&mut self) {
        for i in self.touched.drain(..) {
            if let Some(m) = self.moved.get_mut(i) {
                *m = 0;
            }
        }
    }

    fn clear_search(&mut self) {
        for node in self.seen.drain(..) {
            if let Some(c) = self.cost.get_mut(node) {
                *c = u64::MAX;
            }
            if let Some(c) = self.came_by.get_mut(node) {
                *c = None;
            }
        }
    }
}
