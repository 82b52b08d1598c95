//! Rupiah per stage, month and year.
//!
//! A year's amount is split over the stages by their months: each stage gets ⌊amount × months / 12⌋, person by person.
//! What does not divide goes to the last stage (`last_stage`, so the stages sum to the year) or nowhere (`dropped`, as
//! the printed two-monthly tables of 2024 do). The sources do not state the rule, so it is a parameter.

use crate::Rupiah;
use crate::policy::Installment;

/// One payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StageAmount {
    /// Stage of the year, from 1.
    pub stage: u8,
    /// Month of payment, 1 to 12.
    pub pay: u8,
    /// First month paid for.
    pub first: u8,
    /// How many months are paid for.
    pub months: u8,
    /// The amount.
    pub amount: Rupiah,
}

/// What a programme pays a family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Amounts {
    /// For a component programme the full year at the rates in force on the date; for a monthly programme the months of
    /// that calendar year in which it pays. Zero unless eligible.
    pub year: Rupiah,
    /// The year's amount if every unknown fact turned out in the family's favour.
    pub at_most: Rupiah,
    /// The amount of the month asked about, for monthly programmes.
    pub month: Option<Rupiah>,
    /// Extra amounts of that calendar year, not part of `year`.
    pub topup_year: Rupiah,
    /// The payments of the year, without extra amounts.
    pub stages: Vec<StageAmount>,
    /// The extra payments of the year.
    pub topups: Vec<StageAmount>,
}

/// Adds a year's amount to the stages by months.
pub(super) fn spread(stages: &mut [StageAmount], year: i64, keep_remainder: bool) {
    let mut given = 0;
    for stage in stages.iter_mut() {
        let part = year * i64::from(stage.months) / 12;
        stage.amount += Rupiah(part);
        given += part;
    }
    // Only a calendar that covers the whole year leaves a remainder of division; a shorter one pays its months.
    let covered: i64 = stages.iter().map(|s| i64::from(s.months)).sum();
    if keep_remainder
        && covered == 12
        && let Some(last) = stages.last_mut()
    {
        last.amount += Rupiah(year - given);
    }
}

/// Empty stages of a calendar.
pub(super) fn empty(calendar: &[Installment]) -> Vec<StageAmount> {
    let mut stage = 0u8;
    calendar
        .iter()
        .map(|i| {
            stage = stage.saturating_add(1);
            StageAmount { stage, pay: i.pay, first: i.first, months: i.months, amount: Rupiah(0) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(months: u8) -> Vec<Installment> {
        (0..12 / months).map(|i| Installment { pay: i * months + 1, first: i * months + 1, months }).collect()
    }

    #[test]
    fn quarters_and_printed_splits_of_sma() {
        let amounts = |months, keep| {
            let mut s = empty(&calendar(months));
            spread(&mut s, 2_000_000, keep);
            s.iter().map(|s| s.amount.0).collect::<Vec<_>>()
        };
        assert_eq!(amounts(3, true), [500_000; 4]);
        assert_eq!(amounts(2, true), [333_333, 333_333, 333_333, 333_333, 333_333, 333_335]);
        assert_eq!(amounts(2, false), [333_333; 6]);
        assert_eq!(amounts(1, false), [166_666; 12]);
        assert_eq!(amounts(1, true).iter().sum::<i64>(), 2_000_000);
    }
}
