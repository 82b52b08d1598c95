//! Counts over the rows of a file, made row by row and merged in any order.

use crate::read::digits::{born, is_of_woman, parts};
use bansos::date::{DAYS_TO_1904, Plain, from_epoch_days, to_epoch_days};
use bansos::{Date, Nik};

/// How many numbers of a column end in 0.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct Ends {
    pub(super) all: u64,
    pub(super) zero: u64,
    last: u64,
}

impl Ends {
    /// A number that stands below itself, as the card of a family does, counts once.
    fn push(&mut self, number: u64) {
        if number != self.last {
            self.all += 1;
            self.zero += u64::from(number.is_multiple_of(10));
            self.last = number;
        }
    }

    fn merge(&mut self, other: Self) {
        self.all += other.all;
        self.zero += other.zero;
    }
}

/// The numbers of one column.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct Numbers {
    /// In cells that are texts.
    pub(super) texts: Ends,
    /// In cells that are binary numbers.
    pub(super) floats: Ends,
}

impl Numbers {
    pub(in crate::read) fn push(&mut self, number: u64, float: bool) {
        if float { self.floats.push(number) } else { self.texts.push(number) }
    }

    /// How many of a hundred end in 0.
    pub(super) fn percent(self) -> u32 {
        let all = (self.texts.all + self.floats.all).max(1);
        u32::try_from((self.texts.zero + self.floats.zero) * 100 / all).unwrap_or(100)
    }

    fn merge(&mut self, other: Self) {
        self.texts.merge(other.texts);
        self.floats.merge(other.floats);
    }
}

/// Which of two things the cells speak for.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct Votes {
    /// As it is written.
    pub(super) usual: u64,
    /// The other way.
    pub(super) other: u64,
}

impl Votes {
    fn push(&mut self, other: bool) {
        *(if other { &mut self.other } else { &mut self.usual }) += 1;
    }

    fn merge(&mut self, more: Self) {
        self.usual += more.usual;
        self.other += more.other;
    }
}

/// What the rows of a file come to.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct Tally {
    pub(in crate::read) nik: Numbers,
    pub(in crate::read) card: Numbers,
    /// Day before month, or month before day, in dates of two numbers and a year.
    pub(super) order: Votes,
    /// Day and month as the cell has them, or exchanged, in dates that a spreadsheet understood.
    pub(super) swapped: Votes,
    /// Dates that are the NIK's, that lie 1,462 days before it, and behind it.
    pub(super) same: u64,
    pub(super) before: u64,
    pub(super) behind: u64,
    /// Rows whose NIK, or whose No. KK, has the birth date in it; and how many have all three.
    pub(super) in_nik: u64,
    pub(super) in_card: u64,
    pub(super) dated: u64,
    /// Numbers with a woman's day, by column, of rows that have both.
    pub(super) woman_nik: u64,
    pub(super) woman_card: u64,
    pub(super) pairs: u64,
}

/// The date so many days later.
pub(in crate::read) fn shifted(date: Date, days: i32) -> Option<Date> {
    from_epoch_days(to_epoch_days(date).saturating_add(days))
}

/// Between the first days of the two kinds of workbooks.
pub(super) const TO_1904: i32 = DAYS_TO_1904 as i32;

impl Tally {
    /// A date as it is written, and the NIK beside it.
    pub(in crate::read) fn date(&mut self, text: &str, nik: Option<Nik>) {
        let Some(Plain { first, second, year, iso }) = Plain::read(text).or_else(|| loose(text)) else { return };
        if first == second || !(1..=31).contains(&first) || !(1..=31).contains(&second) {
            return;
        }
        let unsigned = |n: i32| u64::try_from(n).unwrap_or(0);
        let nik = nik.map(|nik| born(nik.to_u64())).filter(|(_, _, yy)| *yy == unsigned(year) % 100);
        let (day, month) = (unsigned(first), unsigned(second));
        let votes = if iso { &mut self.swapped } else { &mut self.order };
        match (first > 12, second > 12) {
            (true, false) if !iso => votes.push(false),
            (false, true) if !iso => votes.push(true),
            (false, false) => match nik {
                Some((d, m, _)) if (d, m) == (day, month) => votes.push(false),
                Some((d, m, _)) if (d, m) == (month, day) => votes.push(true),
                _ => {}
            },
            _ => {}
        }
    }

    /// A person's birth date as it was read, and the numbers of the row.
    pub(in crate::read) fn row(&mut self, date: Option<Date>, nik: Option<Nik>, card: Option<u64>) {
        let nik = nik.map(Nik::to_u64);
        if let (Some(nik), Some(card)) = (nik, card) {
            self.pairs += 1;
            self.woman_nik += u64::from(is_of_woman(nik));
            self.woman_card += u64::from(is_of_woman(card));
        }
        let Some(date) = date else { return };
        let parts = parts(date);
        if let (Some(nik), Some(card)) = (nik, card) {
            self.dated += 1;
            self.in_nik += u64::from(born(nik) == parts);
            self.in_card += u64::from(born(card) == parts);
        }
        let Some(nik) = nik.map(born) else { return };
        if nik == parts {
            self.same += 1;
        } else {
            let moved = |days| shifted(date, days).is_some_and(|date| self::parts(date) == nik);
            self.before += u64::from(moved(TO_1904));
            self.behind += u64::from(moved(-TO_1904));
        }
    }

    pub(in crate::read) fn merge(&mut self, other: &Self) {
        self.nik.merge(other.nik);
        self.card.merge(other.card);
        self.order.merge(other.order);
        self.swapped.merge(other.swapped);
        for (mine, more) in [
            (&mut self.same, other.same),
            (&mut self.before, other.before),
            (&mut self.behind, other.behind),
            (&mut self.in_nik, other.in_nik),
            (&mut self.in_card, other.in_card),
            (&mut self.dated, other.dated),
            (&mut self.woman_nik, other.woman_nik),
            (&mut self.woman_card, other.woman_card),
            (&mut self.pairs, other.pairs),
        ] {
            *mine += more;
        }
    }
}

/// The same where a number has one digit, or a time of day stands behind.
fn loose(text: &str) -> Option<Plain> {
    let day = text.split([' ', 'T']).next()?;
    let mut parts = day.split(['/', '-', '.']);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || b.len() > 2 {
        return None;
    }
    let number = |s: &str| -> Option<i32> { if s.bytes().all(|b| b.is_ascii_digit()) { s.parse().ok() } else { None } };
    match (a.len(), c.len()) {
        (4, 1..=2) => Some(Plain { first: number(c)?, second: number(b)?, year: number(a)?, iso: true }),
        (1..=2, 4 | 2) => Some(Plain { first: number(a)?, second: number(b)?, year: number(c)?, iso: false }),
        _ => None,
    }
}
