//! How many targets of each desa fall to each officer: a flow of least cost.

use std::collections::BTreeMap;

use ac_library::{MfGraph, MinCostFlowGraph};

use super::{Officer, PlanVillage, Settings, Target, Travel, urgency};
use crate::Date;

/// Who may go where, and what it costs.
pub(super) struct Limits<'a> {
    places: &'a [PlanVillage],
    pub(super) officers: &'a [Officer],
    travel: Travel,
    reach: Option<u32>,
    even: bool,
}

/// An officer's capacity is filled in this many steps, each dearer than the one before, so that nobody is far on while another
/// has not begun.
const STEPS: i128 = 16;

/// What is to be visited.
pub(super) struct Job<'a> {
    pub(super) targets: &'a [Target],
    /// Targets somebody can reach, the most urgent first.
    pub(super) wanted: Vec<u32>,
    /// Their bands of urgency, numbered from 0; one target one band.
    pub(super) bands: Vec<u32>,
}

/// What falls to whom.
pub(super) struct Shares {
    /// By officer and place: how many targets.
    pub(super) visits: BTreeMap<(u32, u32), u64>,
    /// By place and band: how many of its targets are visited at all.
    pub(super) served: BTreeMap<(u32, u32), u64>,
}

impl<'a> Job<'a> {
    /// Targets somebody can reach, and those nobody can.
    pub(super) fn new(
        limits: &Limits<'_>,
        targets: &'a [Target],
        order: &[u32],
        settings: &Settings,
    ) -> (Self, Vec<u32>) {
        let near: Vec<bool> = (0u32..)
            .zip(limits.places)
            .map(|(p, _)| limits.officers.iter().any(|o| o.per_day > 0 && limits.cost(o, p).is_some()))
            .collect();
        let target = |i: &u32| targets.get(*i as usize).copied().unwrap_or_default();
        let (wanted, far): (Vec<u32>, Vec<u32>) =
            order.iter().partition(|i| near.get(target(i).place as usize) == Some(&true));
        let words: Vec<i32> = wanted.iter().map(|i| urgency::band(&target(i), &settings.order)).collect();
        let mut distinct = words.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let bands = words.iter().map(|w| distinct.partition_point(|d| d < w)).map(index).collect();
        (Self { targets, wanted, bands }, far)
    }

    pub(super) fn keep_most_urgent(&mut self, capacity: u64) {
        let n = usize::try_from(capacity).unwrap_or(usize::MAX);
        self.wanted.truncate(n);
        self.bands.truncate(n);
    }

    /// Each wanted target with its band.
    pub(super) fn each(&self) -> impl Iterator<Item = (u32, Target, u32)> {
        self.wanted.iter().zip(&self.bands).filter_map(|(i, band)| Some((*i, *self.targets.get(*i as usize)?, *band)))
    }
}

/// Indices are `u32` by the types of the input; a list that is longer is cut there.
fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl<'a> Limits<'a> {
    pub(super) fn new(places: &'a [PlanVillage], officers: &'a [Officer], settings: &Settings) -> Self {
        Self { places, officers, travel: settings.travel, reach: settings.reach, even: settings.even }
    }

    /// What a visit there costs the officer; `None` where it is too far.
    pub(super) fn cost(&self, officer: &Officer, place: u32) -> Option<u32> {
        let at = |i: u32| self.places.get(i as usize);
        let (home, there) = (at(officer.home)?, at(place)?);
        let cost = match self.travel {
            _ if officer.home == place => 0,
            Travel::Shared if home.district == there.district => 1,
            Travel::Shared => 2,
            Travel::Distance => hundred_metres(home.at?, there.at?),
        };
        self.reach.is_none_or(|most| cost <= most).then_some(cost)
    }

    /// The greatest cost of any visit.
    fn farthest(&self) -> i128 {
        let all = |o| (0u32..).zip(self.places).filter_map(move |(p, _)| self.cost(o, p));
        self.officers.iter().flat_map(all).max().unwrap_or(0).into()
    }

    pub(super) fn same_district(&self, officer: &Officer, place: u32) -> bool {
        let district = |i: u32| self.places.get(i as usize).map(|p| p.district);
        district(officer.home) == district(place)
    }

    /// The least number of days, and whether everything is visited in them. What the capacity alone asks for suffices where anybody
    /// may go anywhere; else days are added until the flow carries all.
    pub(super) fn days(&self, job: &Job<'_>, days: &[Date], bound: Option<usize>) -> (usize, bool) {
        let Some(bound) = bound else { return (days.len(), false) };
        let fits = |n: &usize| self.carries_all(job, days.get(..*n).unwrap_or(days));
        if self.reach.is_none() || fits(&bound) {
            return (bound, true);
        }
        let (mut low, mut step) = (bound, 1);
        let high = loop {
            let next = (low + step).min(days.len());
            if fits(&next) {
                break next;
            }
            if next == days.len() {
                return (next, false);
            }
            (low, step) = (next, step * 2);
        };
        let mut tried = low + 1..high;
        while !tried.is_empty() {
            let middle = usize::midpoint(tried.start, tried.end);
            if fits(&middle) { tried.end = middle } else { tried.start = middle + 1 }
        }
        (tried.end, true)
    }

    fn carries_all(&self, job: &Job<'_>, days: &[Date]) -> bool {
        let (source, sink) = (0, 1);
        let place_node = |p: u32| 2 + self.officers.len() + p as usize;
        let mut graph = MfGraph::<i64>::new(2 + self.officers.len() + self.places.len());
        for (k, officer) in self.officers.iter().enumerate() {
            graph.add_edge(source, 2 + k, signed(officer.capacity(days)));
            for p in (0u32..).zip(self.places).map(|(p, _)| p).filter(|p| self.cost(officer, *p).is_some()) {
                graph.add_edge(2 + k, place_node(p), i64::MAX / 2);
            }
        }
        let mut here: BTreeMap<u32, i64> = BTreeMap::new();
        for (_, target, _) in job.each() {
            *here.entry(target.place).or_default() += 1;
        }
        for (p, n) in here {
            graph.add_edge(place_node(p), sink, n);
        }
        graph.flow(source, sink) == signed(job.wanted.len() as u64)
    }

    /// The best shares for these days. Costs are weighted so that no sum of a later aim reaches one unit of an earlier one;
    /// which bands are served follows their order whatever the weights, since the sets that can be served form a matroid.
    pub(super) fn assign(&self, job: &Job<'_>, days: &[Date]) -> Shares {
        let total = job.wanted.len() as i128;
        // of each aim: what one unit costs, above all that the later aims together can
        let reach = self.farthest();
        let (change, travel, uneven) = if self.even {
            (1, total + 1, (total + 1) * (reach * total + 1))
        } else {
            (STEPS * total + 1, (STEPS * total + 1) * (total + 1), 1)
        };
        let mut here: BTreeMap<(u32, u32), i128> = BTreeMap::new();
        let mut kept: BTreeMap<(u32, u32), i128> = BTreeMap::new();
        for (_, target, band) in job.each() {
            *here.entry((target.place, band)).or_default() += 1;
            if let Some(officer) = target.keep {
                *kept.entry((officer, target.place)).or_default() += 1;
            }
        }
        let (source, sink) = (0, 1);
        let place_node = |p: u32| 2 + self.officers.len() + p as usize;
        let mut graph = MinCostFlowGraph::<i128>::new(2 + self.officers.len() + self.places.len() + here.len());
        let mut arcs = Vec::new();
        for (k, officer) in (0u32..).zip(self.officers) {
            let node = 2 + k as usize;
            let own = i128::from(officer.capacity(days));
            for step in 0..STEPS {
                let visits = own * (step + 1) / STEPS - own * step / STEPS;
                graph.add_edge(source, node, visits, step * uneven);
            }
            for p in (0u32..).zip(self.places).map(|(p, _)| p) {
                let Some(cost) = self.cost(officer, p) else { continue };
                let cost = i128::from(cost) * travel;
                let stays = kept.get(&(k, p)).copied().unwrap_or(0);
                if stays > 0 {
                    arcs.push((k, p, graph.add_edge(node, place_node(p), stays, cost)));
                }
                arcs.push((k, p, graph.add_edge(node, place_node(p), total, cost + change)));
            }
        }
        let urgency = (total + 1) * (reach + 1) * travel.max(STEPS * uneven);
        let mut wells = Vec::new();
        for (i, ((p, band), n)) in here.iter().enumerate() {
            let node = 2 + self.officers.len() + self.places.len() + i;
            graph.add_edge(place_node(*p), node, *n, i128::from(*band) * urgency);
            wells.push((*p, *band, graph.add_edge(node, sink, *n, 0)));
        }
        graph.flow(source, sink, total);
        let mut shares = Shares { visits: BTreeMap::new(), served: BTreeMap::new() };
        for (k, p, arc) in arcs {
            *shares.visits.entry((k, p)).or_default() += count(graph.get_edge(arc).flow);
        }
        for (p, band, arc) in wells {
            *shares.served.entry((p, band)).or_default() += count(graph.get_edge(arc).flow);
        }
        shares
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX / 2)
}

fn count(flow: i128) -> u64 {
    u64::try_from(flow).unwrap_or(0)
}

/// Great-circle distance on a sphere of 6,371 km.
fn hundred_metres(a: (f64, f64), b: (f64, f64)) -> u32 {
    let (lat, lon) = ((b.0 - a.0).to_radians() / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = lat.sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * lon.sin().powi(2);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 200,151 on this sphere")]
    let metres = (2.0 * 63_710.0 * h.sqrt().min(1.0).asin()).round() as u32;
    metres
}
