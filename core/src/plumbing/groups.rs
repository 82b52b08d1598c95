//! Items by group, by counting: two looks at each item, no comparison, no hashing.

/// The items of every group, group after group: those of group `g` are `items[starts[g]..starts[g + 1]]`, in the order in
/// which they come. `each` is walked twice and must say the same both times. What belongs to no group is left out.
pub fn by_group<T: Copy + Default, I: Iterator<Item = (usize, T)>>(
    groups: usize,
    each: impl Fn() -> I,
) -> (Vec<u32>, Vec<T>) {
    let mut starts = vec![0u32; groups + 1];
    for (group, _) in each().filter(|(group, _)| *group < groups) {
        if let Some(count) = starts.get_mut(group + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut items = vec![T::default(); sum as usize];
    let mut next = starts.clone();
    for (group, item) in each().filter(|(group, _)| *group < groups) {
        if let Some(at) = next.get_mut(group) {
            if let Some(slot) = items.get_mut(*at as usize) {
                *slot = item;
            }
            *at += 1;
        }
    }
    (starts, items)
}

/// Indices in groups, in rising order unless sorted otherwise.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Groups {
    /// Groups `0..count` from each item's group.
    pub fn from_group_of(group_of: &[u32], count: usize) -> Self {
        let (starts, items) = by_group(count, || group_of.iter().map(|group| *group as usize).zip(0u32..));
        Self { starts, items }
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no group.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The items of a group.
    pub fn get(&self, group: u32) -> &[u32] {
        self.items.get(self.range(group as usize)).unwrap_or_default()
    }

    /// Where each group starts, and the end; and all items.
    pub fn into_parts(self) -> (Vec<u32>, Vec<u32>) {
        (self.starts, self.items)
    }

    /// Puts the items of every group in another order.
    pub fn sort_each_by_key<K: Ord>(&mut self, key: impl Fn(u32) -> K) {
        for group in 0..self.len() {
            let range = self.range(group);
            self.items.get_mut(range).unwrap_or_default().sort_by_cached_key(|item| key(*item));
        }
    }

    fn range(&self, group: usize) -> std::ops::Range<usize> {
        let at = |i: usize| self.starts.get(i).map_or(0, |start| *start as usize);
        at(group)..at(group + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_a_stable_sort_has_them(group_of in prop::collection::vec(0u32..9, 0..60)) {
            let groups = Groups::from_group_of(&group_of, 8);
            prop_assert_eq!(groups.len(), 8);
            for group in 0..8 {
                let want: Vec<u32> = (0u32..).zip(&group_of).filter(|(_, g)| **g == group).map(|(i, _)| i).collect();
                prop_assert_eq!(groups.get(group), want);
            }
            prop_assert!(groups.get(8).is_empty());
        }
    }
}
