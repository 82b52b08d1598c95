//! The birth date in a NIK: two digits of the year, so the century is a question.

use super::declared::{Declared, Role};
use crate::date::{age_on, new};
use crate::{Date, Sex};
use std::fmt;

/// Nobody registered is older. A reading that makes a person older stands only where the declared date says the same.
pub const MAX_AGE: u16 = 110;

/// The birth date that digits seven to twelve give.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum BirthDate {
    /// One date is possible, or the declared date or role decided between two.
    Certain(Date),
    /// Two dates a century apart are possible.
    Ambiguous {
        /// Born in the 2000s.
        younger: Date,
        /// Born in the 1900s.
        older: Date,
    },
    /// No such day in any century.
    Impossible,
    /// A real day, but after the reference date in every century.
    Future,
}

impl BirthDate {
    /// The date; the younger one where two are possible.
    pub const fn likely(self) -> Option<Date> {
        match self {
            Self::Certain(date) | Self::Ambiguous { younger: date, .. } => Some(date),
            Self::Impossible | Self::Future => None,
        }
    }

    /// All dates that are possible, the younger first.
    pub fn possible(self) -> impl Iterator<Item = Date> {
        let older = match self {
            Self::Ambiguous { older, .. } => Some(older),
            _ => None,
        };
        self.likely().into_iter().chain(older)
    }

    /// Whether there is a date.
    pub const fn is_possible(self) -> bool {
        matches!(self, Self::Certain(_) | Self::Ambiguous { .. })
    }
}

impl fmt::Debug for BirthDate {
    /// Never the date.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certain(_) => "Certain",
            Self::Ambiguous { .. } => "Ambiguous",
            Self::Impossible => "Impossible",
            Self::Future => "Future",
        })
    }
}

/// Sex and day of the month, where the day field is one: 01-31 a man's, 41-71 a woman's.
pub(super) const fn sex_and_day(day: u8) -> Option<(Sex, u8)> {
    match day {
        1..=31 => Some((Sex::Male, day)),
        41..=71 => Some((Sex::Female, day - 40)),
        _ => None,
    }
}

/// Whether a day, month and two-digit year are a real day in some century: a year 00 has a 29 February because 2000 has one.
pub(super) fn is_day(day: u8, month: u8, yy: u8) -> bool {
    const DAYS: [u8; 16] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0];
    let last = DAYS.get(usize::from(month)).copied().unwrap_or(0);
    day.wrapping_sub(1) < last && !(month == 2 && day == 29 && !yy.is_multiple_of(4))
}

/// From this day on, every day of a calendar has been in some century: 29 February 2000 came last.
pub(super) const ALL_DAYS_HAVE_BEEN: Date = Date::constant(2000, 2, 29);

/// Resolves the century. Whole dates are compared, not years: on 21 November 2026, `221126` was born in 1926.
pub(super) fn resolve((day, month, yy): (u8, u8, u8), declared: &Declared, as_of: Date, max_age: u16) -> BirthDate {
    let Some((_, day)) = sex_and_day(day) else { return BirthDate::Impossible };
    let on = |century: i32| new(century + i32::from(yy), month.into(), day.into());
    let (older, younger) = (on(1900), on(2000));
    let lived = |date: &Date| *date <= as_of;
    if let Some(date) = declared.birth_date.filter(|d| lived(d) && (Some(*d) == older || Some(*d) == younger)) {
        return BirthDate::Certain(date);
    }
    let plausible = |date: &Date| age_on(*date, as_of).is_some_and(|age| age <= max_age);
    match (younger.filter(plausible), older.filter(plausible)) {
        (Some(younger), Some(older)) => match declared.role {
            Some(Role::CardHolder) if age_on(younger, as_of).is_some_and(|age| age < 17) => BirthDate::Certain(older),
            Some(Role::Child) => BirthDate::Certain(younger),
            _ => BirthDate::Ambiguous { younger, older },
        },
        (Some(date), None) | (None, Some(date)) => BirthDate::Certain(date),
        // older than anyone, but a real day that has been
        (None, None) => match (younger.filter(lived).or(older.filter(lived)), younger.or(older)) {
            (Some(date), _) => BirthDate::Certain(date),
            (None, Some(_)) => BirthDate::Future,
            (None, None) => BirthDate::Impossible,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ddmmyy: (u8, u8, u8), as_of: (i16, i8, i8)) -> BirthDate {
        resolve(ddmmyy, &Declared::default(), Date::constant(as_of.0, as_of.1, as_of.2), MAX_AGE)
    }
    fn certain(y: i16, m: i8, d: i8) -> BirthDate {
        BirthDate::Certain(Date::constant(y, m, d))
    }
    const NOW: (i16, i8, i8) = (2026, 11, 21);

    #[test]
    fn the_century_by_the_whole_date() {
        assert_eq!(at((22, 11, 26), NOW), certain(1926, 11, 22));
        assert_eq!(at((61, 11, 26), NOW), ambiguous(26, 11, 21));
        assert_eq!(at((10, 5, 27), NOW), certain(1927, 5, 10));
        assert_eq!(at((10, 5, 15), NOW), certain(2015, 5, 10));
        assert_eq!(at((31, 12, 16), NOW), ambiguous(16, 12, 31));
        assert_eq!(at((20, 11, 16), NOW), ambiguous(16, 11, 20));
        assert_eq!(at((20, 11, 15), NOW), certain(2015, 11, 20));
    }

    fn ambiguous(yy: i16, m: i8, d: i8) -> BirthDate {
        BirthDate::Ambiguous { younger: Date::constant(2000 + yy, m, d), older: Date::constant(1900 + yy, m, d) }
    }

    #[test]
    fn the_29th_of_february() {
        assert_eq!(at((29, 2, 0), NOW), certain(2000, 2, 29));
        assert_eq!(at((69, 2, 4), NOW), certain(2004, 2, 29));
        assert_eq!(at((29, 2, 88), NOW), certain(1988, 2, 29));
        assert_eq!(at((29, 2, 1), NOW), BirthDate::Impossible);
        assert_eq!(at((29, 2, 0), (1999, 1, 1)), BirthDate::Future);
    }

    #[test]
    fn days_and_months_that_are_none() {
        for day in (0..=99).filter(|d| !(1..=31).contains(d) && !(41..=71).contains(d)) {
            assert_eq!(at((day, 1, 80), NOW), BirthDate::Impossible, "{day}");
        }
        for (d, m) in [(1, 0), (1, 13), (31, 4), (71, 6), (30, 2), (1, 99)] {
            assert_eq!(at((d, m, 80), NOW), BirthDate::Impossible, "{d} {m}");
        }
    }

    #[test]
    fn what_was_declared_decides() {
        let as_of = Date::constant(2026, 11, 21);
        let by = |declared: &Declared| resolve((10, 5, 20), declared, as_of, MAX_AGE);
        let with = |y| Declared { birth_date: Some(Date::constant(y, 5, 10)), ..Declared::default() };
        assert_eq!(by(&with(1920)), certain(1920, 5, 10));
        assert_eq!(by(&with(2020)), certain(2020, 5, 10));
        assert_eq!(by(&with(1921)), ambiguous(20, 5, 10));
        assert_eq!(by(&Declared { role: Some(Role::CardHolder), ..Declared::default() }), certain(1920, 5, 10));
        assert_eq!(by(&Declared { role: Some(Role::Child), ..Declared::default() }), certain(2020, 5, 10));
        // a register that never removes the dead
        assert_eq!(resolve((10, 5, 12), &with(1912), as_of, MAX_AGE), certain(1912, 5, 10));
    }
}
