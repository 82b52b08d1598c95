//! Which target is visited before which.

use crate::Date;

use super::Target;

words! {
    /// What makes a target urgent.
    pub enum Urgency {
        /// The poorest decile first; a family without a decile last.
        Decile = "decile", id: "desil terendah lebih dulu", en: "lowest decile first";
        /// Where a wrong place on the list is likeliest.
        Doubt = "doubt", id: "yang paling diragukan lebih dulu", en: "most doubtful first";
        /// The oldest record first; one without a date before all.
        Age = "age", id: "data terlama lebih dulu", en: "oldest record first";
    }
}

impl Urgency {
    /// A number that is smaller for the more urgent.
    fn key(self, target: &Target) -> i32 {
        match self {
            Self::Decile => target.decile.map_or(11, |d| d.get().into()),
            Self::Doubt => -i32::from(target.doubt),
            Self::Age => target.recorded.map_or(i32::MIN, day_number),
        }
    }

    /// Coarse steps of the same: within one, an officer rather stays where he is than goes on to a slightly more urgent
    /// family in the next desa. Two deciles, a quarter of certainty, a year.
    fn band(self, target: &Target) -> i32 {
        match self {
            Self::Decile => (self.key(target) + 1) / 2,
            Self::Doubt => (self.key(target) + 1_000).div_euclid(250),
            Self::Age => target.recorded.map_or(i32::MIN, |day| day.year().into()),
        }
    }
}

fn day_number(day: Date) -> i32 {
    i32::from(day.year()) * 366 + i32::from(day.day_of_year())
}

/// Indices of the targets, the most urgent first; equal ones by place, then as they stand.
pub(super) fn order(targets: &[Target], by: &[Urgency]) -> Vec<u32> {
    let mut order: Vec<(Vec<i32>, u32, u32)> = (0u32..)
        .zip(targets)
        .map(|(i, target)| (by.iter().map(|u| u.key(target)).collect(), target.place, i))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, _, i)| i).collect()
}

/// The band of a target by the weightiest criterion.
pub(super) fn band(target: &Target, by: &[Urgency]) -> i32 {
    by.first().map_or(0, |u| u.band(target))
}
