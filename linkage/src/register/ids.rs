//! Numbers that stay: a person found again keeps the number that an earlier run gave.

use crate::count::count;
use rustc_hash::FxHashMap;

/// The numbers by which persons and families go in files; their own order where there was no earlier run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    persons: Vec<u32>,
    families: Vec<u32>,
    /// The highest number ever given, from 0.
    last: (u32, u32),
}

/// What an earlier run called a row's person and family, by number from 1 as their identifiers have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Number in the person's identifier; a family row has none.
    pub person: Option<u32>,
    /// Number in the family's identifier.
    pub family: Option<u32>,
}

impl Ids {
    /// The numbers of so many persons and families, by what an earlier run called their rows; see [`votes`].
    pub(super) fn kept(votes: [&[(u32, u32)]; 2], counts: [u32; 2], last: Earlier) -> Self {
        let [persons, families] = votes;
        let persons = assign(persons, counts[0], last.person.unwrap_or(0));
        let families = assign(families, counts[1], last.family.unwrap_or(0));
        let top = |all: &[u32], last: Option<u32>| {
            all.iter().copied().max().unwrap_or(0).max(last.unwrap_or(0).saturating_sub(1))
        };
        let last = (top(&persons, last.person), top(&families, last.family));
        Self { persons, families, last }
    }

    pub(super) fn person(&self, person: u32, count: u32) -> String {
        id('P', &self.persons, person, self.last.0, count)
    }

    pub(super) fn family(&self, family: u32, count: u32) -> String {
        id('K', &self.families, family, self.last.1, count)
    }
}

/// Each row's cluster with the number, from 0, that an earlier run gave it.
pub(super) fn votes(list: &[Earlier], labels: &[u32], of: fn(&Earlier) -> Option<u32>) -> Vec<(u32, u32)> {
    list.iter().zip(labels).filter_map(|(e, l)| Some((*l, of(e)?.checked_sub(1)?))).collect()
}

fn id(letter: char, numbers: &[u32], ordinal: u32, last: u32, count: u32) -> String {
    let width = u64::from(last.max(count.saturating_sub(1))).saturating_add(1).to_string().len().max(6);
    let number = numbers.get(ordinal as usize).copied().unwrap_or(ordinal);
    format!("{letter}{:0width$}", u64::from(number) + 1)
}

/// A number from 0 for each of so many clusters: its rows' earlier number, by most rows; new ones from `next` on.
fn assign(votes: &[(u32, u32)], clusters: u32, next: u32) -> Vec<u32> {
    let mut all: Vec<(u32, (u32, u32))> = count(votes.iter().copied()).into_iter().map(|(vote, n)| (n, vote)).collect();
    all.sort_unstable_by_key(|(n, (cluster, number))| (std::cmp::Reverse(*n), *number, *cluster));
    let mut out: Vec<Option<u32>> = vec![None; clusters as usize];
    let mut taken: FxHashMap<u32, ()> = FxHashMap::default();
    let mut next = next;
    for (_, (cluster, number)) in all {
        next = next.max(number.saturating_add(1));
        if let Some(slot @ None) = out.get_mut(cluster as usize)
            && taken.insert(number, ()).is_none()
        {
            *slot = Some(number);
        }
    }
    out.into_iter()
        .map(|slot| {
            slot.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_the_most_rows() {
        // earlier 5 had three rows, of which one is now cluster 1's; earlier 2 has joined cluster 0; cluster 2 is new
        let votes = [(0, 5), (0, 5), (1, 5), (0, 2), (1, 7)];
        assert_eq!(assign(&votes, 3, 9), [5, 7, 9]);
        // a split: the greater part keeps the number, the other gets one never given before
        assert_eq!(assign(&[(0, 3), (1, 3), (1, 3)], 2, 4), [4, 3]);
        assert_eq!(assign(&[], 2, 0), [0, 1]);
    }
}
