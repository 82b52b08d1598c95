//! Before and after a rule change: who gains, who loses, what it costs.

use crate::{Decile, Rupiah};
use std::collections::BTreeMap;

/// Families and rupiah of one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangeCell {
    /// Families.
    pub families: u64,
    /// Families paid before.
    pub before: u64,
    /// Families paid after.
    pub after: u64,
    /// Families that get nothing before and something after.
    pub entered: u64,
    /// Families that get something before and nothing after.
    pub left: u64,
    /// Families paid both times, more after.
    pub more: u64,
    /// Families paid both times, less after.
    pub less: u64,
    /// Rupiah before.
    pub rupiah_before: i128,
    /// Rupiah after.
    pub rupiah_after: i128,
}

impl ChangeCell {
    fn add(&mut self, before: i64, after: i64) {
        self.families += 1;
        self.before += u64::from(before > 0);
        self.after += u64::from(after > 0);
        self.rupiah_before += i128::from(before);
        self.rupiah_after += i128::from(after);
        match (before > 0, after > 0) {
            (false, true) => self.entered += 1,
            (true, false) => self.left += 1,
            (true, true) if after > before => self.more += 1,
            (true, true) if after < before => self.less += 1,
            _ => {}
        }
    }

    /// What the change costs; negative is a saving.
    pub fn cost(&self) -> i128 {
        self.rupiah_after - self.rupiah_before
    }
}

/// A change over a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RegisterChange {
    /// Everybody.
    pub all: ChangeCell,
    /// Deciles 1 to 10.
    pub deciles: [ChangeCell; 10],
    /// Families without a decile.
    pub unranked: ChangeCell,
    /// By the caller's region number.
    pub regions: BTreeMap<u64, ChangeCell>,
}

/// Compares the yearly amounts of the same families before and after: (decile, region, before, after).
pub fn change(rows: impl IntoIterator<Item = (Option<Decile>, u64, Rupiah, Rupiah)>) -> RegisterChange {
    let mut c = RegisterChange::default();
    for (decile, region, before, after) in rows {
        c.all.add(before.0, after.0);
        let line = decile.and_then(|d| c.deciles.get_mut(usize::from(d.get()) - 1));
        line.unwrap_or(&mut c.unranked).add(before.0, after.0);
        c.regions.entry(region).or_default().add(before.0, after.0);
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gainers_losers_and_cost() {
        let d = Decile::new;
        let c = change([
            (d(1), 3508, Rupiah(0), Rupiah(900)),
            (d(1), 3508, Rupiah(900), Rupiah(1200)),
            (d(5), 6402, Rupiah(900), Rupiah(0)),
            (None, 6402, Rupiah(0), Rupiah(0)),
        ]);
        assert_eq!((c.all.entered, c.all.left, c.all.more, c.all.less), (1, 1, 1, 0));
        assert_eq!(c.all.cost(), 300);
        assert_eq!(c.deciles[0].cost(), 1200);
        assert_eq!(c.unranked.families, 1);
        assert_eq!(c.regions.values().map(ChangeCell::cost).sum::<i128>(), c.all.cost());
    }
}
