//! Filling the programmes one after the other.

use super::result::{Allocation, Allotment, Line};
use super::{AllocationError, Families, Quota, Slate};
use crate::eligibility::Outcome;
use crate::policy::Policy;
use crate::{Date, Rupiah};

/// Gives the places of all programmes, in the order of the list.
///
/// # Errors
/// Columns of different lengths, a programme twice, more than 32 programmes, a negative amount.
pub fn allocate(
    families: &Families<'_>,
    slates: &[Slate<'_>],
    policy: &Policy,
    date: Date,
) -> Result<Allocation, AllocationError> {
    check(families, slates)?;
    let mut given = vec![0u32; families.len()];
    let mut result = Allocation::new(families.len(), families.regions, slates);
    for (k, slate) in slates.iter().enumerate() {
        let barred = excluded_by(slate, slates, k, policy, date);
        let mut fill = Fill::new(slate, families.regions);
        let mut places = vec![Allotment::Ineligible; families.len()];
        let passes: &[Option<bool>] = if slate.present.is_some() { &[Some(true), Some(false)] } else { &[None] };
        for pass in passes {
            for &i in &families.order {
                let i = i as usize;
                let present = slate.present.and_then(|p| p.get(i)).copied();
                if pass.is_some() && present != *pass {
                    continue;
                }
                let region = families.region.get(i).map_or(0, |r| *r as usize);
                let has = given.get(i).copied().unwrap_or(0);
                let place = fill.place(slate, i, region, has & barred);
                if let Some(slot) = places.get_mut(i) {
                    *slot = place;
                }
                if let (Allotment::Given, Some(marks)) = (place, given.get_mut(i)) {
                    *marks |= 1 << k;
                }
            }
        }
        result.add(k, places, fill.lines);
    }
    result.set_given(given);
    Ok(result)
}

fn check(families: &Families<'_>, slates: &[Slate<'_>]) -> Result<(), AllocationError> {
    if slates.len() > 32 {
        return Err(AllocationError::TooManyProgrammes);
    }
    for (k, s) in slates.iter().enumerate() {
        let present = s.present.map_or(families.len(), <[bool]>::len);
        if s.standing.len() != families.len() || s.amount.len() != families.len() || present != families.len() {
            return Err(AllocationError::Lengths);
        }
        if slates.iter().skip(k + 1).any(|t| t.programme == s.programme) {
            return Err(AllocationError::ProgrammeTwice);
        }
        if s.amount.iter().any(|a| a.0 < 0) {
            return Err(AllocationError::AmountNegative);
        }
    }
    Ok(())
}

/// The earlier programmes, as bits, that keep a family from this one.
fn excluded_by(slate: &Slate<'_>, slates: &[Slate<'_>], k: usize, policy: &Policy, date: Date) -> u32 {
    let mut mask = 0;
    for (j, other) in slates.iter().take(k).enumerate() {
        let own = slate.own_rules.iter().chain(&other.own_rules).find(|o| {
            o.covers(date)
                && ((o.programme == slate.programme && o.with == other.programme)
                    || (o.with == slate.programme && o.programme == other.programme))
        });
        let rule = own.or_else(|| policy.overlap(&slate.programme, &other.programme, date));
        let tiers = slate.one_tier && slate.tier != other.tier;
        if tiers || rule.is_some_and(|r| !r.allowed) {
            mask |= 1 << j;
        }
    }
    mask
}

/// What is left of a programme while it is being filled.
struct Fill {
    national: u64,
    by_region: Option<Vec<u64>>,
    budget: Option<i64>,
    lines: Vec<Line>,
}

impl Fill {
    fn new(slate: &Slate<'_>, regions: usize) -> Self {
        let by_region = if let Quota::ByRegion(q) = &slate.quota {
            let mut left = q.clone();
            left.resize(regions.max(q.len()), 0);
            Some(left)
        } else {
            None
        };
        let mut lines = vec![Line::default(); regions];
        for (r, line) in lines.iter_mut().enumerate() {
            line.quota = by_region.as_ref().and_then(|q| q.get(r)).copied();
        }
        Self {
            national: if let Quota::National(n) = slate.quota { n } else { u64::MAX },
            by_region,
            budget: slate.budget.map(|b| b.0),
            lines,
        }
    }

    fn place(&mut self, slate: &Slate<'_>, i: usize, region: usize, barred: u32) -> Allotment {
        let Some(line) = self.lines.get_mut(region) else { return Allotment::Ineligible };
        line.families += 1;
        match slate.standing.get(i) {
            Some(Outcome::Eligible) => {}
            Some(Outcome::Undetermined) => {
                line.undetermined += 1;
                return Allotment::Undetermined;
            }
            _ => {
                line.ineligible += 1;
                return Allotment::Ineligible;
            }
        }
        if barred != 0 {
            line.excluded += 1;
            return Allotment::Excluded(u8::try_from(barred.trailing_zeros()).unwrap_or(u8::MAX));
        }
        let amount = slate.amount.get(i).map_or(0, |a| a.0);
        let left_here = self.by_region.as_ref().map_or(u64::MAX, |q| q.get(region).copied().unwrap_or(0));
        if left_here == 0 || self.national == 0 || self.budget.is_some_and(|b| b < amount) {
            line.waiting += 1;
            return Allotment::Waiting(u32::try_from(line.waiting).unwrap_or(u32::MAX));
        }
        self.national -= 1;
        if let Some(left) = self.by_region.as_mut().and_then(|q| q.get_mut(region)) {
            *left -= 1;
        }
        if let Some(b) = &mut self.budget {
            *b -= amount;
        }
        line.given += 1;
        line.rupiah += Rupiah(amount);
        Allotment::Given
    }
}
