//! The cuts of one group as whole numbers, so that placing needs comparisons and no division.

use bansos::ranking::{By, RankOptions, Rule, WEIGHT_LIMIT};

/// Where a group's line is cut. A family's *point* is B, B+w or 2B+w by the rule; its part is one more than the number of
/// thresholds its point has reached. Equal to [`bansos::ranking::place`] for every span, as a test holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Cutter {
    rule: Rule,
    /// Least weight a family can have.
    least: u128,
    thresholds: Vec<u128>,
}

impl Cutter {
    /// Cuts a line of this total weight; `None` where there is no line.
    pub(super) fn new(options: &RankOptions, total: u128) -> Option<Self> {
        if total == 0 || total > WEIGHT_LIMIT {
            return None;
        }
        let parts = u128::from(options.scale.parts());
        let threshold = |k: u128| match options.rule {
            Rule::Start => (k * total).div_ceil(parts),
            Rule::Upper => k * total / parts + 1,
            Rule::Midpoint => (2 * k * total).div_ceil(parts),
        };
        let least = u128::from(options.by == By::Families);
        Some(Self { rule: options.rule, least, thresholds: (1..parts).map(threshold).collect() })
    }

    /// Whether it cuts into so many parts.
    pub(super) fn is_sound(&self, parts: u8) -> bool {
        self.thresholds.len() + 1 == usize::from(parts) && self.thresholds.is_sorted()
    }

    /// The point of a stretch.
    #[inline]
    fn point(&self, before: u128, own: u128) -> u128 {
        match self.rule {
            Rule::Start => before,
            Rule::Upper => before + own,
            Rule::Midpoint => 2 * before + own,
        }
    }

    /// The part of a stretch.
    #[inline]
    pub(super) fn part(&self, before: u128, own: u128) -> u8 {
        let point = self.point(before, own);
        self.thresholds.partition_point(|&t| t <= point) as u8 + 1
    }

    /// The part of a stretch known not to lie in a part before `from`: for walks along the line.
    #[inline]
    pub(super) fn part_from(&self, from: u8, before: u128, own: u128) -> u8 {
        let point = self.point(before, own);
        let rest = self.thresholds.get(usize::from(from) - 1..).unwrap_or_default();
        from + rest.iter().take_while(|&&t| t <= point).count() as u8
    }

    /// The poorest and the richest part that any family of a stretch can be in, whatever its order inside; `from` as in
    /// [`Self::part_from`].
    #[inline]
    pub(super) fn parts_within(&self, from: u8, before: u128, weight: u128) -> (u8, u8) {
        let least = self.least.min(weight);
        let first = self.part_from(from, before, least);
        (first, self.part_from(first, before + weight - least, least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::ranking::{Scale, Span, place};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn thresholds_place_as_the_definition_does(
            weights in prop::collection::vec(prop_oneof![0..5_u64, any::<u64>()], 1..60),
            rule in prop::sample::select(Rule::ALL), percent: bool
        ) {
            let scale = if percent { Scale::Percentiles } else { Scale::Deciles };
            let options = RankOptions { rule, scale, by: By::Persons, ..RankOptions::default() };
            let total = weights.iter().map(|&w| u128::from(w)).sum();
            let Some(cutter) = Cutter::new(&options, total) else {
                prop_assert_eq!(total, 0);
                return Ok(());
            };
            let (mut before, mut last) = (0, 1);
            let (first, most) = cutter.parts_within(1, 0, total);
            for own in weights.into_iter().map(u128::from) {
                let part = place(rule, scale, Span { before, own, total }).unwrap();
                prop_assert_eq!(cutter.part(before, own), part);
                prop_assert_eq!(cutter.part_from(last, before, own), part);
                prop_assert!(first <= part && part <= most);
                before += own;
                last = part;
            }
        }
    }
}
