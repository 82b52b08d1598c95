//! The best allowed assignment of persons to components.
//!
//! Each person has a set of components he fits; each component brings an amount; caps bound how many persons count for a
//! component or a group of components. The assignment with the greatest total is wanted; among equal totals the one that
//! counts more persons; among those the first in order: earlier members before later ones, and for one member the
//! component named earlier by the programme. Most families fit under the caps with everybody's best component, which is
//! then the best possible; the others are solved exactly by dynamic programming over the filled caps.

use rustc_hash::FxHashMap;

/// A cap: at most `most` persons over the components in `mask`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cap {
    pub(super) mask: u16,
    pub(super) most: u8,
}

/// What persons can be assigned to, resolved for one date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slots {
    /// Rupiah a year by component.
    pub(super) amounts: Vec<i64>,
    /// Caps of components and groups.
    pub(super) caps: Vec<Cap>,
    /// Components in order of priority; empty: best total.
    pub(super) priority: Vec<u8>,
}

/// Caps beyond these do not fit the packed state.
pub(super) const MAX_CAPS: usize = 16;

impl Slots {
    fn amount(&self, component: u8) -> i64 {
        self.amounts.get(usize::from(component)).copied().unwrap_or(0)
    }

    /// The component of a set that brings most; the earlier one where equal.
    fn best_of(&self, set: u16) -> Option<u8> {
        let mut best: Option<(i64, u8)> = None;
        for c in bits(set) {
            let a = self.amount(c);
            if best.is_none_or(|(most, _)| a > most) {
                best = Some((a, c));
            }
        }
        best.map(|(_, c)| c)
    }

    /// The component of a set that brings most: rupiah, and the caps it fills, one byte each.
    pub(super) fn best_entry(&self, set: u16) -> Option<(i64, u64)> {
        let c = self.best_of(set)?;
        let step = self.caps.iter().take(8).enumerate();
        let filled = step.filter(|(_, cap)| cap.mask & (1 << c) != 0).fold(0, |all, (k, _)| all | 1u64 << (8 * k));
        Some((self.amount(c), filled))
    }

    /// What each cap's byte lacks of 128 when the cap is just full: filled places plus this set a byte's highest bit as
    /// soon as the cap is passed, for up to 127 persons. A cap of 127 and more never binds them. None for more caps than
    /// bytes, and where everybody's best component is not what is chosen.
    pub(super) fn slack(&self) -> Option<u64> {
        let fits = self.caps.len() <= 8 && self.priority.is_empty();
        let byte = |cap: &Cap| u64::from(127u8.saturating_sub(cap.most));
        fits.then(|| self.caps.iter().enumerate().fold(0, |all, (k, cap)| all | byte(cap) << (8 * k)))
    }

    /// Total and number of persons without saying who: quick where no cap binds.
    pub(super) fn total(&self, fits: &[u16], scratch: &mut Vec<Option<u8>>) -> (i64, u32) {
        self.assign(fits, scratch);
        self.sum(scratch)
    }

    /// The most that any choice of persons could bring: what facts still open can come to, whatever the order of choice.
    pub(super) fn most(&self, fits: &[u16], scratch: &mut Vec<Option<u8>>) -> (i64, u32) {
        self.best_total(fits, scratch);
        self.sum(scratch)
    }

    fn sum(&self, chosen: &[Option<u8>]) -> (i64, u32) {
        let total = chosen.iter().flatten().map(|c| self.amount(*c)).sum();
        let persons = chosen.iter().flatten().count();
        (total, u32::try_from(persons).unwrap_or(u32::MAX))
    }

    /// Writes each member's component into `out`.
    pub(super) fn assign(&self, fits: &[u16], out: &mut Vec<Option<u8>>) {
        if self.priority.is_empty() {
            return self.best_total(fits, out);
        }
        out.clear();
        out.resize(fits.len(), None);
        self.by_priority(fits, out);
    }

    fn best_total(&self, fits: &[u16], out: &mut Vec<Option<u8>>) {
        out.clear();
        out.extend(fits.iter().map(|set| self.best_of(*set)));
        if !self.within(out) {
            self.exact(fits, out);
        }
    }

    fn within(&self, chosen: &[Option<u8>]) -> bool {
        self.caps.iter().all(|cap| {
            let n = chosen.iter().flatten().filter(|c| cap.mask & (1 << **c) != 0).count();
            n <= usize::from(cap.most)
        })
    }

    /// Components in order of priority take, member by member, those whose best component they are.
    fn by_priority(&self, fits: &[u16], out: &mut [Option<u8>]) {
        for &c in &self.priority {
            for i in 0..fits.len() {
                let mine = fits.get(i).and_then(|set| self.best_of(*set)) == Some(c);
                if let Some(slot) = out.get_mut(i)
                    && mine
                {
                    *slot = Some(c);
                    if !self.within(out)
                        && let Some(slot) = out.get_mut(i)
                    {
                        *slot = None;
                    }
                }
            }
        }
    }

    /// The filled caps after one more person in a component, or nothing where a cap is full. One byte per cap.
    fn step(&self, state: u128, component: u8) -> Option<u128> {
        let mut next = state;
        for (k, cap) in self.caps.iter().enumerate().take(MAX_CAPS) {
            if cap.mask & (1 << component) != 0 {
                let filled = (state >> (8 * k)) & 0xff;
                if filled >= u128::from(cap.most) {
                    return None;
                }
                next += 1 << (8 * k);
            }
        }
        Some(next)
    }

    /// Greatest (total, persons) packed in one number: a person weighs less than a rupiah.
    fn worth(&self, component: u8) -> i64 {
        self.amount(component) * 1024 + 1
    }

    fn exact(&self, fits: &[u16], out: &mut [Option<u8>]) {
        // Levels of reachable states, members in order.
        let mut levels: Vec<FxHashMap<u128, i64>> = vec![FxHashMap::default(); fits.len() + 1];
        if let Some(first) = levels.first_mut() {
            first.insert(0, 0);
        }
        for (i, &set) in fits.iter().enumerate() {
            let here: Vec<u128> = levels.get(i).map(|l| l.keys().copied().collect()).unwrap_or_default();
            let Some(next) = levels.get_mut(i + 1) else { return };
            for state in here {
                next.insert(state, 0);
                for c in bits(set) {
                    if let Some(s) = self.step(state, c) {
                        next.insert(s, 0);
                    }
                }
            }
        }
        // From the last member back: the most that the rest can bring from each state.
        for i in (0..fits.len()).rev() {
            let (left, right) = levels.split_at_mut(i + 1);
            let (Some(here), Some(next), Some(&set)) = (left.last_mut(), right.first(), fits.get(i)) else { return };
            for (state, best) in here.iter_mut() {
                *best = next.get(state).copied().unwrap_or(0);
                for c in bits(set) {
                    if let Some(rest) = self.step(*state, c).and_then(|s| next.get(&s)) {
                        *best = (*best).max(rest + self.worth(c));
                    }
                }
            }
        }
        // Forward: the first choice that keeps the best.
        let mut state = 0;
        for (i, &set) in fits.iter().enumerate() {
            let want = levels.get(i).and_then(|l| l.get(&state)).copied().unwrap_or(0);
            let choice = bits(set).find_map(|c| {
                let s = self.step(state, c)?;
                let rest = levels.get(i + 1)?.get(&s)?;
                (rest + self.worth(c) == want).then_some((c, s))
            });
            if let Some(slot) = out.get_mut(i) {
                *slot = choice.map(|(c, _)| c);
            }
            if let Some((_, s)) = choice {
                state = s;
            }
        }
    }

    /// The cap that keeps a member out of a component, given what is filled.
    pub(super) fn blocking(&self, chosen: &[Option<u8>], component: u8) -> Option<Cap> {
        self.caps.iter().copied().find(|cap| {
            cap.mask & (1 << component) != 0
                && chosen.iter().flatten().filter(|c| cap.mask & (1 << **c) != 0).count() >= usize::from(cap.most)
        })
    }
}

/// The components of a set in order.
pub(super) fn bits(set: u16) -> impl Iterator<Item = u8> {
    let mut left = set;
    std::iter::from_fn(move || {
        if left == 0 {
            return None;
        }
        let c = left.trailing_zeros();
        left &= left - 1;
        u8::try_from(c).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every assignment there is, the slow way, in the order that breaks ties.
    fn brute(slots: &Slots, fits: &[u16]) -> (i64, usize, Vec<Option<u8>>) {
        fn go(
            slots: &Slots,
            fits: &[u16],
            so_far: &mut Vec<Option<u8>>,
            best: &mut Option<(i64, usize, Vec<Option<u8>>)>,
        ) {
            if so_far.len() == fits.len() {
                if slots.within(so_far) {
                    let total: i64 = so_far.iter().flatten().map(|c| slots.amount(*c)).sum();
                    let n = so_far.iter().flatten().count();
                    if best.as_ref().is_none_or(|(t, m, _)| (total, n) > (*t, *m)) {
                        *best = Some((total, n, so_far.clone()));
                    }
                }
                return;
            }
            for choice in bits(fits[so_far.len()]).map(Some).chain([None]) {
                so_far.push(choice);
                go(slots, fits, so_far, best);
                so_far.pop();
            }
        }
        let mut best = None;
        go(slots, fits, &mut Vec::new(), &mut best);
        best.unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]
        #[test]
        fn the_assignment_is_the_best_there_is(
            fits in prop::collection::vec(0u16..32, 0..7),
            amounts in prop::collection::vec(prop::sample::select(vec![0i64, 900, 1500, 2000, 2400, 3000, 3000]), 5),
            caps in prop::collection::vec((1u16..32, 0u8..4), 0..4),
            family in 1u8..6,
        ) {
            let mut caps: Vec<Cap> = caps.into_iter().map(|(mask, most)| Cap { mask, most }).collect();
            caps.push(Cap { mask: u16::MAX, most: family });
            let slots = Slots { amounts, caps, priority: Vec::new() };
            let mut got = Vec::new();
            slots.assign(&fits, &mut got);
            let (total, persons, first) = brute(&slots, &fits);
            prop_assert!(slots.within(&got));
            prop_assert_eq!(got.iter().flatten().map(|c| slots.amount(*c)).sum::<i64>(), total);
            prop_assert_eq!(got.iter().flatten().count(), persons);
            prop_assert_eq!(got, first, "ties go to the first in order");
        }
    }

    #[test]
    fn a_large_family_stays_quick() {
        let fits = vec![0b111_u16; 60];
        let slots = Slots {
            amounts: vec![3_000_000, 2_400_000, 900_000],
            caps: vec![Cap { mask: 0b001, most: 2 }, Cap { mask: 0b111, most: 4 }],
            priority: Vec::new(),
        };
        let mut out = Vec::new();
        assert_eq!(slots.total(&fits, &mut out), (2 * 3_000_000 + 2 * 2_400_000, 4));
    }

    #[test]
    fn priority_takes_components_in_its_order() {
        // 0 toddler 3.0 m, 1 SD 0.9 m, 2 lansia 2.4 m; family cap 1; order SD, lansia, toddler
        let slots = Slots {
            amounts: vec![3_000_000, 900_000, 2_400_000],
            caps: vec![Cap { mask: 0b111, most: 1 }],
            priority: vec![1, 2, 0],
        };
        let mut out = Vec::new();
        slots.assign(&[0b001, 0b100, 0b010], &mut out);
        assert_eq!(out, [None, None, Some(1)]);
    }
}
