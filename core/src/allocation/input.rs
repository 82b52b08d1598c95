//! Families in columns, and what each programme has to give.

use super::AllocationError;
use crate::eligibility::Outcome;
use crate::programme::Tier;
use crate::{Rupiah, policy::Overlap};

/// Families in rank order. One allocation sees one set of families; regions can be allocated apart and put together,
/// since no quota by region looks over its border.
#[derive(Clone, Debug)]
pub struct Families<'a> {
    /// Region of each family, as an index of the caller's.
    pub(super) region: &'a [u32],
    /// Families from the poorest on.
    pub(super) order: Vec<u32>,
    pub(super) regions: usize,
}

impl<'a> Families<'a> {
    /// From scores (lower is poorer), keys that break ties, and regions. The order does not depend on the order of rows.
    ///
    /// # Errors
    /// Columns of different lengths; a key that occurs twice; more families than 2³²−1.
    pub fn new(score: &[i64], key: &[u64], region: &'a [u32]) -> Result<Self, AllocationError> {
        let n = score.len();
        if key.len() != n || region.len() != n {
            return Err(AllocationError::Lengths);
        }
        let count = u32::try_from(n).map_err(|_| AllocationError::TooManyFamilies)?;
        let at = |i: u32| {
            let i = i as usize;
            (score.get(i).copied().unwrap_or(i64::MAX), key.get(i).copied().unwrap_or(u64::MAX))
        };
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_unstable_by_key(|i| at(*i));
        if order.iter().zip(order.iter().skip(1)).any(|(a, b)| at(*a) == at(*b)) {
            return Err(AllocationError::KeyTwice);
        }
        let regions = region.iter().max().map_or(0, |m| *m as usize + 1);
        Ok(Self { region, order, regions })
    }

    /// Number of families.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

/// How many places a programme has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Quota {
    /// As many as are eligible.
    #[default]
    Unlimited,
    /// So many over all regions.
    National(u64),
    /// So many for each region, by its index; a region beyond the list has none.
    ByRegion(Vec<u64>),
}

/// A programme to be filled.
#[derive(Clone, Debug)]
pub struct Slate<'a> {
    /// Programme id, as in the overlap matrix.
    pub programme: String,
    /// Whose programme it is.
    pub tier: Tier,
    pub(super) standing: &'a [Outcome],
    pub(super) amount: &'a [Rupiah],
    pub(super) quota: Quota,
    pub(super) budget: Option<Rupiah>,
    pub(super) present: Option<&'a [bool]>,
    pub(super) one_tier: bool,
    pub(super) own_rules: Vec<Overlap>,
}

impl<'a> Slate<'a> {
    /// A national programme with standings and yearly amounts by family.
    pub fn new(programme: &str, standing: &'a [Outcome], amount: &'a [Rupiah]) -> Self {
        Self {
            programme: programme.to_owned(),
            tier: Tier::National,
            standing,
            amount,
            quota: Quota::Unlimited,
            budget: None,
            present: None,
            one_tier: false,
            own_rules: Vec::new(),
        }
    }
    /// Its tier.
    #[must_use]
    pub fn tier(mut self, tier: Tier) -> Self {
        self.tier = tier;
        self
    }
    /// How many places it has.
    #[must_use]
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = quota;
        self
    }
    /// The most rupiah it may spend in the year. A family whose amount no longer fits waits; a smaller amount behind it may
    /// still fit, and then goes to the next in rank order.
    #[must_use]
    pub fn budget(mut self, budget: Rupiah) -> Self {
        self.budget = Some(budget);
        self
    }
    /// Carry-over: present recipients who are still eligible come before newcomers.
    #[must_use]
    pub fn carry_over(mut self, present: &'a [bool]) -> Self {
        self.present = Some(present);
        self
    }
    /// Passes over families that another tier already helps ("sudah dibantu pusat").
    #[must_use]
    pub fn only_unhelped_by_other_tiers(mut self) -> Self {
        self.one_tier = true;
        self
    }
    /// Overlap rules beside the policy's.
    #[must_use]
    pub fn rules(mut self, rules: Vec<Overlap>) -> Self {
        self.own_rules = rules;
        self
    }
}
