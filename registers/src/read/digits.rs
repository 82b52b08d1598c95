//! What digits seven to twelve of a number say, whether it is a NIK or stands where one should.

use bansos::Date;

/// Day, month and year of the century in digits seven to twelve, a woman's day as a day.
pub(crate) fn born(number: u64) -> (u64, u64, u64) {
    let digits = (number / 10_000) % 1_000_000;
    let day = digits / 10_000;
    (if day > 40 { day - 40 } else { day }, digits / 100 % 100, digits % 100)
}

/// Whether the day is a woman's: forty is added to it. No card has such a day.
pub(crate) fn is_of_woman(number: u64) -> bool {
    (41..=71).contains(&(number / 100_000_000 % 100))
}

/// Day, month and year of the century of a date.
pub(crate) fn parts(date: Date) -> (u64, u64, u64) {
    let unsigned = |n: i16| u64::try_from(n).unwrap_or(0);
    (unsigned(date.day().into()), unsigned(date.month().into()), unsigned(date.year()) % 100)
}
