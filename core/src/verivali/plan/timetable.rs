//! From shares to visits on days.

use std::collections::BTreeMap;

use super::assign::{Job, Limits, Shares};
use super::{Settings, Visit, urgency};
use crate::Date;

/// Deals the targets of each desa to its officers, the most urgent in turn to all of them, and fills each officer's days:
/// urgent bands first, within a band the nearest desa first.
pub(super) fn deal(
    limits: &Limits<'_>,
    job: &Job<'_>,
    shares: &Shares,
    days: &[Date],
    settings: &Settings,
) -> Vec<Visit> {
    let mut visits = Vec::with_capacity(job.wanted.len());
    for (officer, list) in (0u32..).zip(hands(limits, job, shares)) {
        let Some(who) = limits.officers.get(officer as usize) else { continue };
        let mut list: Vec<_> = list
            .into_iter()
            .filter_map(|(rank, i)| {
                let target = job.targets.get(i as usize)?;
                let band = urgency::band(target, &settings.order);
                Some((band, limits.cost(who, target.place), target.place, rank, i))
            })
            .collect();
        list.sort_unstable();
        let slots = days.iter().flat_map(|day| (0..who.on(*day)).map(|_| *day));
        visits.extend(slots.zip(list).map(|(day, (_, _, place, _, target))| Visit { day, officer, place, target }));
    }
    // a day keeps its order: the most urgent first
    visits.sort_by_key(|v| (v.day, v.officer));
    visits
}

/// Per officer: rank and index of the targets that fall to him.
fn hands(limits: &Limits<'_>, job: &Job<'_>, shares: &Shares) -> Vec<Vec<(usize, u32)>> {
    let mut served = shares.served.clone();
    let mut left = shares.visits.clone();
    let mut hands = vec![Vec::new(); limits.officers.len()];
    let mut give = |officer: u32, rank: usize, target: u32| {
        if let Some(hand) = hands.get_mut(officer as usize) {
            hand.push((rank, target));
        }
    };
    let mut open: BTreeMap<u32, Vec<(usize, u32)>> = BTreeMap::new();
    for (rank, (i, target, band)) in job.each().enumerate() {
        let Some(n) = served.get_mut(&(target.place, band)).filter(|n| **n > 0) else { continue };
        *n -= 1;
        let stays = target.keep.and_then(|o| left.get_mut(&(o, target.place)).filter(|n| **n > 0).map(|n| (o, n)));
        match stays {
            Some((officer, n)) => {
                *n -= 1;
                give(officer, rank, i);
            }
            None => open.entry(target.place).or_default().push((rank, i)),
        }
    }
    for (place, targets) in open {
        let of_place = |((officer, p), n): (&(u32, u32), &u64)| (*p == place && *n > 0).then_some((*officer, *n));
        let quotas: Vec<(u32, u64)> = left.iter().filter_map(of_place).collect();
        for (officer, (rank, i)) in turns(&quotas).into_iter().zip(targets) {
            give(officer, rank, i);
        }
    }
    hands
}

/// The officers in turn, each as often as his quota says and evenly spread: turn k of n falls at (2k + 1) / 2n.
fn turns(quotas: &[(u32, u64)]) -> Vec<u32> {
    let mut turns: Vec<(u64, u32)> = quotas
        .iter()
        .flat_map(|(officer, n)| (0..*n).map(move |k| (u64::MAX / (2 * n) * (2 * k + 1), *officer)))
        .collect();
    turns.sort_unstable();
    turns.into_iter().map(|(_, officer)| officer).collect()
}
