//! A law that made or ended a code, as the generated list has it.

use crate::Date;

/// A law that made or ended a code.
#[derive(Debug)]
pub(super) struct Law {
    pub(super) text: &'static str,
    pub(super) on: Date,
    /// Whether `on` is the day of the law, or only the first day of its year.
    pub(super) exact: bool,
}

pub(super) const fn law(text: &'static str, year: i16, month: i8, day: i8, exact: bool) -> Law {
    Law { text, on: Date::constant(year, month, day), exact }
}
