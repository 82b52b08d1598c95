//! Civil dates, and the ways registers write them: ISO, DD/MM/YYYY, Excel serial days.

pub use jiff::civil::Date;

codes! {
    /// Observations about a date as written.
    #[derive(Copy)]
    pub enum DateFinding {
        /// The text is a date that exists in no calendar, such as 31/02/2001.
        Impossible = "date.impossible", Warning,
            id: "tanggal ini tidak ada di kalender",
            en: "this date is in no calendar";
        /// The text is in no known form.
        Unreadable = "date.unreadable", Warning,
            id: "tanggal tidak dapat dibaca; tulis seperti 31/12/1980 atau 1980-12-31",
            en: "the date cannot be read; write it like 31/12/1980 or 1980-12-31";
        /// The date lies after the reference date.
        Future = "date.future", Warning,
            id: "tanggal ini setelah tanggal acuan",
            en: "this date is after the reference date";
        /// The text was an Excel serial day.
        ExcelSerial = "date.excel_serial", Info,
            id: "tanggal tertulis sebagai nomor hari Excel dan telah diterjemahkan",
            en: "the date was an Excel day number and was translated";
    }
}

/// What a date cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateCell {
    /// The date, where there is one.
    pub date: Option<Date>,
    /// What was noticed while reading it.
    pub finding: Option<DateFinding>,
}

/// Whole years completed from birth to `on`. `None` where `on` is before birth.
///
/// One who is born on 29 February completes a year on 1 March of a common year.
///
/// ```
/// use bansos::date::{age_on, Date};
/// assert_eq!(age_on(Date::constant(1960, 7, 1), Date::constant(2020, 6, 30)), Some(59));
/// assert_eq!(age_on(Date::constant(1960, 7, 1), Date::constant(2020, 7, 1)), Some(60));
/// ```
pub fn age_on(birth: Date, on: Date) -> Option<u16> {
    if on < birth {
        return None;
    }
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    u16::try_from(i32::from(on.year()) - i32::from(birth.year()) - i32::from(!had_birthday)).ok()
}

/// Reads a date cell: `YYYY-MM-DD`, `DD/MM/YYYY` (also with `-` or `.`, and a time of day behind it), `YYYYMMDD`,
/// or an Excel serial day (1900 system, 60 is the day that never was).
///
/// Empty text, and the marks people write for nothing (`-`, `0`, `NULL`, `00/00/0000`), is no date and no finding.
///
/// ```
/// use bansos::date::{read, Date, DateFinding};
/// assert_eq!(read("31/12/1980").date, Some(Date::constant(1980, 12, 31)));
/// assert_eq!(read("1980-12-31 00:00:00").date, Some(Date::constant(1980, 12, 31)));
/// assert_eq!(read("29586").date, Some(Date::constant(1980, 12, 31)));
/// assert_eq!(read("31/02/2001").finding, Some(DateFinding::Impossible));
/// ```
pub fn read(text: &str) -> DateCell {
    const NONE: DateCell = DateCell { date: None, finding: None };
    let text = text.trim().trim_start_matches('\'');
    if crate::text::is_empty_like(text) {
        return NONE;
    }
    // a time of day behind the date says nothing here
    let day = text.split([' ', 'T']).next().unwrap_or(text);
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let number = |s: &str| -> Option<i32> {
        if s.is_empty() || s.len() > 4 || !s.bytes().all(|b| b.is_ascii_digit()) { None } else { s.parse().ok() }
    };
    match parts.as_slice() {
        [a, b, c] => {
            let (Some(x), Some(y), Some(z)) = (number(a), number(b), number(c)) else { return unreadable() };
            if x == 0 && y == 0 && z == 0 {
                return NONE;
            }
            match (a.len(), c.len()) {
                (4, 1..=2) => checked(x, y, z),
                (1..=2, 4) => checked(z, y, x),
                _ => unreadable(),
            }
        }
        [all] if all.len() == 8 && all.bytes().all(|b| b.is_ascii_digit()) => {
            let take = |from: usize, to: usize| all.get(from..to).and_then(|s| s.parse::<i32>().ok());
            match (take(0, 4), take(4, 6), take(6, 8)) {
                (Some(y), Some(m), Some(d)) => checked(y, m, d),
                _ => unreadable(),
            }
        }
        // `29586` or `29586.5`: a day number, perhaps with a time of day
        [whole] | [whole, _]
            if (1..=5).contains(&whole.len()) && day.bytes().all(|b| b.is_ascii_digit() || b == b'.') =>
        {
            match whole.parse().ok().and_then(from_excel_serial) {
                Some(date) => DateCell { date: Some(date), finding: Some(DateFinding::ExcelSerial) },
                None => unreadable(),
            }
        }
        _ => unreadable(),
    }
}

fn unreadable() -> DateCell {
    DateCell { date: None, finding: Some(DateFinding::Unreadable) }
}

fn checked(y: i32, m: i32, d: i32) -> DateCell {
    match new(y, m, d) {
        Some(date) => DateCell { date: Some(date), finding: None },
        None => DateCell { date: None, finding: Some(DateFinding::Impossible) },
    }
}

/// The date, if it is one.
pub fn new(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// An Excel serial day of the 1900 system; serials of people alive today lie between 1 (1900) and 73,050 (2099).
pub fn from_excel_serial(serial: i64) -> Option<Date> {
    if !(1..=73_050).contains(&serial) || serial == 60 {
        return None;
    }
    // Excel counts a 29 February 1900 that never was
    let days = if serial < 60 { serial } else { serial - 1 };
    Date::constant(1899, 12, 31).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Days from 1 January 1970, negative before: the form dates take in columns.
pub fn to_epoch_days(date: Date) -> i32 {
    // civil-from-days arithmetic over March-based years
    let (y, m, d) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

/// The date that many days after 1 January 1970.
pub fn from_epoch_days(days: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_registers_use() {
        let d = Some(Date::constant(1961, 11, 9));
        for text in [
            "09/11/1961",
            "9/11/1961",
            "9-11-1961",
            "09.11.1961",
            "1961-11-09",
            "19611109",
            "09/11/1961 0:00:00",
            "1961-11-09T00:00:00",
            "22594",
            "22594.0",
        ] {
            assert_eq!(read(text).date, d, "{text}");
        }
        for text in ["", "-", "0", "NULL", "00/00/0000"] {
            assert_eq!(read(text), DateCell { date: None, finding: None }, "{text}");
        }
        for text in ["31/02/2001", "29/02/1900", "2001-13-01", "30/13/1990"] {
            assert_eq!(read(text).finding, Some(DateFinding::Impossible), "{text}");
        }
        for text in ["kemarin", "1/2", "1/2/3/4", "12-Mei-1990", "9999999999"] {
            assert_eq!(read(text).finding, Some(DateFinding::Unreadable), "{text}");
        }
    }

    #[test]
    fn excel_days() {
        assert_eq!(from_excel_serial(1), Some(Date::constant(1900, 1, 1)));
        assert_eq!(from_excel_serial(59), Some(Date::constant(1900, 2, 28)));
        assert_eq!(from_excel_serial(60), None);
        assert_eq!(from_excel_serial(61), Some(Date::constant(1900, 3, 1)));
    }

    #[test]
    fn epoch_days_round_trip() {
        for days in [-40_000, -1, 0, 1, 11_016, 20_000, 30_000] {
            assert_eq!(from_epoch_days(days).map(to_epoch_days), Some(days));
        }
    }

    #[test]
    fn a_leap_child_turns_a_year_older_in_march() {
        let born = Date::constant(2000, 2, 29);
        assert_eq!(age_on(born, Date::constant(2001, 2, 28)), Some(0));
        assert_eq!(age_on(born, Date::constant(2001, 3, 1)), Some(1));
        assert_eq!(age_on(born, Date::constant(1999, 3, 1)), None);
    }
}
