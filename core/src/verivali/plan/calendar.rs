//! Working days.

use jiff::{ToSpan, civil::Weekday};

use super::Officer;
use crate::Date;

/// Days on which visits are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The first day that may be used.
    pub start: Date,
    /// The last one; `None`: as long as it takes, at most ten years.
    pub until: Option<Date>,
    /// Worked weekdays, Monday first.
    pub weekdays: [bool; 7],
    /// Days off for everybody.
    pub holidays: Vec<Date>,
}

impl From<Date> for Calendar {
    /// Monday to Friday from this day on, no holidays, no deadline.
    fn from(start: Date) -> Self {
        Self { start, until: None, weekdays: [true, true, true, true, true, false, false], holidays: Vec::new() }
    }
}

impl Calendar {
    /// The working days, in order.
    ///
    /// ```
    /// use bansos::{Date, verivali::plan::Calendar};
    /// let mut march = Calendar::from(Date::constant(2025, 3, 1)); // a Saturday
    /// march.until = Some(Date::constant(2025, 3, 31));
    /// march.holidays = vec![Date::constant(2025, 3, 31)];
    /// assert_eq!(march.days().len(), 20);
    /// ```
    pub fn days(&self) -> Vec<Date> {
        let end = self.start.saturating_add(10.years());
        let last = self.until.map_or(end, |until| until.min(end));
        let works = |day: &Date| self.weekdays.get(place(day.weekday())) == Some(&true) && !self.holidays.contains(day);
        self.start.series(1.day()).take_while(|day| *day <= last).filter(works).collect()
    }
}

fn place(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or(0)
}

/// Visits that all officers together can make on these days.
pub(super) fn capacity(officers: &[Officer], days: &[Date]) -> u64 {
    officers.iter().map(|o| o.capacity(days)).sum()
}

/// How many of the days it takes at least, if everybody is always at work: no plan can be shorter.
pub(super) fn first_day(officers: &[Officer], days: &[Date], targets: usize) -> Option<usize> {
    let mut left = targets as u64;
    if left == 0 {
        return Some(0);
    }
    days.iter()
        .position(|day| {
            left = left.saturating_sub(officers.iter().map(|o| o.on(*day)).sum());
            left == 0
        })
        .map(|i| i + 1)
}
