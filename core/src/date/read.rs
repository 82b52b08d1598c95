//! Reading a date cell.

use super::month::{is_before_a_date, month};
use super::{DAYS_TO_1904, DateCell, DateFinding, DateStyle, from_excel_serial, new};

const NONE: DateCell = DateCell { date: None, finding: None };

/// Reads a date cell: `YYYY-MM-DD`, `DD/MM/YYYY` (also with `-`, `.` or blanks, and a time of day behind it), `YYYYMMDD`,
/// `DDMMYYYY`, `11 Maret 1965` and `March 11, 1965` (a weekday before it is no hindrance), or an Excel serial day of five
/// digits, which begin in 1927.
///
/// Empty text, and the marks people write for nothing (`-`, `0`, `NULL`, `00/00/0000`), is no date and no finding. A text
/// that is not wholly a date gives none; a year alone is [`DateFinding::NoDay`], and one of two digits cannot be read without a
/// reference date ([`DateStyle::as_of`]).
///
/// ```
/// use bansos::date::{read, Date, DateFinding};
/// assert_eq!(read("31/12/1980").date, Some(Date::constant(1980, 12, 31)));
/// assert_eq!(read("1980-12-31 00:00:00").date, Some(Date::constant(1980, 12, 31)));
/// assert_eq!(read("Jumat, 5-Juli-1968").date, Some(Date::constant(1968, 7, 5)));
/// assert_eq!(read("29586").date, Some(Date::constant(1980, 12, 31)));
/// assert_eq!(read("31/02/2001").finding, Some(DateFinding::Impossible));
/// assert_eq!(read("1965").finding, Some(DateFinding::NoDay));
/// ```
pub fn read(text: &str) -> DateCell {
    read_as(text, DateStyle::default())
}

/// Reads a date cell of a column that writes its dates in this style.
///
/// ```
/// use bansos::date::{read_as, Date, DateStyle};
/// let style = DateStyle { month_first: true, ..DateStyle::default() };
/// assert_eq!(read_as("03/11/1965", style).date, Some(Date::constant(1965, 3, 11)));
/// assert_eq!(read_as("1965-03-11", style).date, Some(Date::constant(1965, 3, 11)));
/// ```
pub fn read_as(text: &str, style: DateStyle) -> DateCell {
    // nearly every cell of a register
    match Plain::read(text) {
        Some(Plain { first: 0, second: 0, year: 0, .. }) | None => slowly(text, style),
        Some(plain) => plain.date(style),
    }
}

/// Two numbers and a year, at their full width: `31/12/1980`, `1980-12-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    /// The number in front, or in ISO the last: the day, unless the column puts months first.
    pub first: i32,
    /// The number in the middle.
    pub second: i32,
    /// Four digits.
    pub year: i32,
    /// The year stands in front.
    pub iso: bool,
}

impl Plain {
    /// The parts of a date of this form, and of no other.
    ///
    /// ```
    /// use bansos::date::Plain;
    /// assert_eq!(Plain::read("31/12/1980"), Some(Plain { first: 31, second: 12, year: 1980, iso: false }));
    /// assert_eq!(Plain::read("31 Desember 1980"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
        let number = |from: usize, to: usize| {
            bytes.get(from..to)?.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i32::from(b - b'0')))
        };
        let mark = |a: u8, b: u8| a == b && matches!(a, b'/' | b'-' | b'.');
        let [_, _, two, _, four, five, _, seven, ..] = *bytes;
        if mark(two, five) {
            Some(Self { first: number(0, 2)?, second: number(3, 5)?, year: number(6, 10)?, iso: false })
        } else if mark(four, seven) {
            Some(Self { first: number(8, 10)?, second: number(5, 7)?, year: number(0, 4)?, iso: true })
        } else {
            None
        }
    }

    fn date(self, style: DateStyle) -> DateCell {
        let (day, month) =
            if style.month_first && !self.iso { (self.second, self.first) } else { (self.first, self.second) };
        checked(self.year, month, day)
    }
}

fn slowly(text: &str, style: DateStyle) -> DateCell {
    let text = text.trim().trim_start_matches('\'').trim_end_matches(['.', ',', ';', '*']).trim_end();
    if crate::text::is_empty_like(text) {
        return NONE;
    }
    let Some((parts, rest)) = parts(text) else { return found(DateFinding::Unreadable) };
    let Some(time) = time(rest) else { return found(DateFinding::Unreadable) };
    let cell = day(parts, style);
    match cell.date {
        // a day number goes on with a fraction and with nothing else
        Some(_)
            if cell.finding == Some(DateFinding::ExcelSerial)
                && text.contains(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')) =>
        {
            found(DateFinding::Unreadable)
        }
        Some(date) if time == Time::LocalMidnight => match date.tomorrow() {
            Ok(date) => DateCell { date: Some(date), finding: Some(DateFinding::LocalMidnight) },
            Err(_) => found(DateFinding::Impossible),
        },
        _ => cell,
    }
}

fn found(finding: DateFinding) -> DateCell {
    DateCell { date: None, finding: Some(finding) }
}

/// A part of a date.
#[derive(Clone, Copy)]
enum Part {
    /// Digits: how many, and what they come to.
    Number(usize, i32),
    /// A month in words.
    Month(i32),
    /// Nothing further.
    End,
}

/// Up to three parts, and what stands behind them.
fn parts(text: &str) -> Option<([Part; 3], &str)> {
    let mut parts = [Part::End; 3];
    let mut rest = text;
    let (word, after) = split(rest, |c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}'));
    if is_before_a_date(word) {
        rest = after.trim_start_matches([',', '.', ':', '-', ' ']);
    }
    for part in &mut parts {
        let (digits, after_digits) = split(rest, |c| c.is_ascii_digit());
        if digits.is_empty() {
            let (word, after) = split(rest, char::is_alphabetic);
            if word.is_empty() {
                break;
            }
            *part = Part::Month(month(word)?);
            rest = after;
        } else if digits.len() > 8 {
            return None;
        } else {
            *part = Part::Number(digits.len(), digits.parse().ok()?);
            rest = after_digits;
        }
        let next = rest.trim_start();
        let next = next.strip_prefix(['/', '-', '.', ',', '\\', '\u{2013}']).unwrap_or(next).trim_start();
        // what goes on with a time, or does not go on, is no further part
        if next.is_empty() || time(rest).is_some() {
            break;
        }
        rest = next;
    }
    Some((parts, rest))
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c: char| !belongs(c)).unwrap_or(text.len()))
}

fn day(parts: [Part; 3], style: DateStyle) -> DateCell {
    use Part::{End, Month, Number};
    match parts {
        [Number(_, 0), Number(_, 0), Number(_, 0)] => NONE,
        [Number(4, y), Number(1..=2, m), Number(1..=2, d)] => checked(y, m, d),
        [Number(1..=2, a), Number(1..=2, b), Number(4, y)] => {
            let (d, m) = if style.month_first { (b, a) } else { (a, b) };
            checked(y, m, d)
        }
        [Number(4, y), Month(m), Number(1..=2, d)]
        | [Number(1..=2, d), Month(m), Number(4, y)]
        | [Month(m), Number(1..=2, d), Number(4, y)] => checked(y, m, d),
        [Number(1..=2, a), Number(1..=2, b), Number(2, yy)] => {
            let (d, m) = if style.month_first { (b, a) } else { (a, b) };
            short(yy, m, d, style)
        }
        [Number(1..=2, d), Month(m), Number(2, yy)] => short(yy, m, d, style),
        [Number(8, all), End, End] => whole(all),
        [Number(4, 1900..=2099), End, End]
        | [Number(1..=2, 0..=12) | Month(_), Number(4, 1900..=2099), End]
        | [Number(4, 1900..=2099), Number(1..=2, 0..=12) | Month(_), End] => found(DateFinding::NoDay),
        // `29586` or `29586.5`: a day number, perhaps with a time of day
        [Number(5, serial), End | Number(..), End] => excel(serial.into(), style),
        _ => found(DateFinding::Unreadable),
    }
}

/// A year of two digits: the latest that the style allows.
fn short(yy: i32, m: i32, d: i32, style: DateStyle) -> DateCell {
    let Some(as_of) = style.as_of else { return found(DateFinding::Unreadable) };
    let century = i32::from(as_of.year()) / 100 * 100;
    match checked(century + yy, m, d) {
        DateCell { date: Some(date), .. } if date <= as_of => {
            DateCell { date: Some(date), finding: Some(DateFinding::ShortYear) }
        }
        _ => match checked(century - 100 + yy, m, d) {
            cell @ DateCell { date: Some(_), .. } => DateCell { finding: Some(DateFinding::ShortYear), ..cell },
            cell => cell,
        },
    }
}

/// Eight digits, the year in front or behind: no text is both.
fn whole(all: i32) -> DateCell {
    let of_year = |year: i32| (1800..=2199).contains(&year);
    let (front, back) = (all / 10_000, all % 10_000);
    if !of_year(front) && of_year(back) {
        return checked(back, front % 100, front / 100);
    }
    match checked(front, back / 100, back % 100) {
        cell if cell.date.is_none() && of_year(back) => checked(back, front % 100, front / 100),
        cell => cell,
    }
}

fn excel(serial: i64, style: DateStyle) -> DateCell {
    match from_excel_serial(serial + if style.from_1904 { DAYS_TO_1904 } else { 0 }) {
        Some(date) => DateCell { date: Some(date), finding: Some(DateFinding::ExcelSerial) },
        None => found(DateFinding::Unreadable),
    }
}

fn checked(y: i32, m: i32, d: i32) -> DateCell {
    match new(y, m, d) {
        Some(date) => DateCell { date: Some(date), finding: None },
        None if d == 0 && m <= 12 && y > 0 => found(DateFinding::NoDay),
        None => found(DateFinding::Impossible),
    }
}

/// A time of day behind a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    /// It says nothing of the day.
    Any,
    /// UTC at an hour that is midnight in one of Indonesia's zones: a program wrote a local day as an instant.
    LocalMidnight,
}

/// The time in a text that is one or nothing; else nothing.
fn time(rest: &str) -> Option<Time> {
    let rest = rest.strip_prefix(['T', 't', ',']).unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some(Time::Any);
    }
    // Indonesian Excel writes 00.00.00
    let mark = if rest.contains(':') { ':' } else { '.' };
    let mut numbers = rest.splitn(3, mark);
    let hour = two_digits(numbers.next()?)?;
    let (minute, behind) = split(numbers.next()?, |c| c.is_ascii_digit());
    let minute = two_digits(minute)?;
    let (second, behind) = match numbers.next() {
        Some(text) if behind.is_empty() => split(text, |c| c.is_ascii_digit() || c == '.'),
        Some(_) if !behind.trim_start().starts_with(['+', '-']) => return None,
        // the colon was one of the zone: `00:00+07:00`
        Some(_) | None => ("0", behind),
    };
    let zone = zone(behind)?;
    let whole = second.split('.').next().unwrap_or(second);
    let sharp = second.bytes().all(|b| matches!(b, b'0' | b'.'));
    if hour > 24 || minute > 59 || whole.len() > 2 || !second.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // WIB was half an hour further from 1950 to 1963
    let midnight = sharp && matches!((hour, minute), (15..=17, 0) | (16, 30));
    Some(if zone == Zone::Utc && midnight { Time::LocalMidnight } else { Time::Any })
}

fn two_digits(text: &str) -> Option<u32> {
    if (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[derive(PartialEq, Eq)]
enum Zone {
    Utc,
    Other,
}

/// `Z`, `UTC`, `WIB`, `+07:00`, `AM`; nothing where the text is none of them.
fn zone(text: &str) -> Option<Zone> {
    let text = text.trim();
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(&["Z", "UTC", "GMT", "+00:00", "+0000", "+00"]) {
        return Some(Zone::Utc);
    }
    let offset = |rest: &str| (1..=5).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let other = is(&["", "AM", "PM", "WIB", "WITA", "WIT"]) || text.strip_prefix(['+', '-']).is_some_and(offset);
    other.then_some(Zone::Other)
}

#[cfg(test)]
mod tests {
    use super::super::Date;
    use super::*;

    fn finds(text: &str) -> Option<DateFinding> {
        read(text).finding
    }

    #[test]
    fn two_digits_of_a_year_are_the_latest_before_the_reference_date() {
        let style = DateStyle { as_of: Some(Date::constant(2026, 11, 22)), ..DateStyle::default() };
        for (text, date) in [
            ("25-Mar-71", Date::constant(1971, 3, 25)),
            ("25.03.71 0:00", Date::constant(1971, 3, 25)),
            ("25/3/01", Date::constant(2001, 3, 25)),
            ("22/11/26", Date::constant(2026, 11, 22)),
            ("23/11/26", Date::constant(1926, 11, 23)),
            ("29/02/00", Date::constant(2000, 2, 29)),
        ] {
            let cell = read_as(text, style);
            assert_eq!((cell.date, cell.finding), (Some(date), Some(DateFinding::ShortYear)), "{text}");
        }
        let months = DateStyle { month_first: true, ..style };
        assert_eq!(read_as("3/25/71", months).date, Some(Date::constant(1971, 3, 25)));
        assert_eq!(read_as("3/25/71", style).finding, Some(DateFinding::Impossible));
        assert_eq!(read("25/3/71").finding, Some(DateFinding::Unreadable));
    }

    #[test]
    fn reads_the_forms_registers_use() {
        let date = Some(Date::constant(1961, 11, 9));
        for text in [
            "09/11/1961",
            "9/11/1961",
            "9-11-1961",
            "09.11.1961",
            "09 11 1961",
            "09 - 11 - 1961",
            "1961-11-09",
            "1961/11/09",
            "19611109",
            "09111961",
            "09/11/1961 0:00:00",
            "09/11/1961 00.00.00",
            "1961-11-09T00:00:00",
            "1961-11-09T00:00:00Z",
            "1961-11-09T00:00:00.000+07:00",
            "1961-11-09 00:00:00 WIB",
            "22594",
            "22594.0",
            "22594,5",
            "'09/11/1961",
            "09\\11\\1961",
            "09/11/1961.",
            "09-11-1961 *",
        ] {
            assert_eq!(read(text).date, date, "{text}");
        }
        for text in ["", "-", "0", "NULL", "00/00/0000", "00-00-00"] {
            assert_eq!(read(text), NONE, "{text}");
        }
        for text in ["31/02/2001", "29/02/1900", "2001-13-01", "30/13/1990", "31 Februari 2001"] {
            assert_eq!(finds(text), Some(DateFinding::Impossible), "{text}");
        }
        for text in [
            "kemarin",
            "1/2",
            "1/2/3/4",
            "9999999999",
            "12 Mei",
            "12 Mei 90",
            "9",
            "11",
            "1234",
            "9999",
            "350816",
            "12 orang",
            "11 Maret 1965 di Lumajang",
            "Maret",
            "Sumarni 12",
            "1965 orang",
            "22594 rupiah",
            "11/03/65",
            "22594/3",
            "22594 10:00",
        ] {
            assert_eq!(finds(text), Some(DateFinding::Unreadable), "{text}");
        }
    }

    #[test]
    fn months_in_words() {
        let date = Some(Date::constant(1965, 3, 11));
        for text in [
            "11 Maret 1965",
            "11-Mar-1965",
            "11/MRT/1965",
            "11.maret.1965",
            "11Maret1965",
            "March 11, 1965",
            "Maret 11 1965",
            "1965-Mar-11",
            "Kamis, 11 Maret 1965",
            "Kamis 11-03-1965",
            "Tgl. 11 Maret 1965",
            "11-III-1965",
            "11 Maret, 1965",
        ] {
            assert_eq!(read(text).date, date, "{text}");
        }
        for (text, month) in [
            ("1 Djanuari 1950", 1),
            ("1 Pebruari 1950", 2),
            ("1 Djuni 1950", 6),
            ("1 Djuli 1950", 7),
            ("1 Agst 1950", 8),
            ("1 Agoestoes 1950", 8),
            ("1 Sept 1950", 9),
            ("1 Okt 1950", 10),
            ("1 Nopember 1950", 11),
            ("1 Des 1950", 12),
            ("Jum'at, 1 Mei 1950", 5),
            ("1 Aug 1950", 8),
        ] {
            assert_eq!(read(text).date, new(1950, month, 1), "{text}");
        }
    }

    #[test]
    fn without_a_day_there_is_no_date() {
        for text in ["1950", "2005", "Maret 1965", "03/1965", "1965-03", "00/00/1965", "00-03-1965", "1950-00-00"] {
            assert_eq!(read(text), found(DateFinding::NoDay), "{text}");
        }
    }

    #[test]
    fn the_column_says_what_the_cell_does_not() {
        let us = DateStyle { month_first: true, ..DateStyle::default() };
        assert_eq!(read_as("03/11/1965", us).date, new(1965, 3, 11));
        assert_eq!(read_as("13/11/1965", us).finding, Some(DateFinding::Impossible));
        assert_eq!(read_as("11 Maret 1965", us).date, new(1965, 3, 11));
        let mac = DateStyle { from_1904: true, ..DateStyle::default() };
        assert_eq!(read_as("22350", mac).date, new(1965, 3, 11));
        assert_eq!(read("23812").date, new(1965, 3, 11));
    }

    #[test]
    fn midnight_in_indonesia_as_utc_is_the_next_day() {
        for text in ["1965-03-10T17:00:00.000Z", "1965-03-10 16:00:00 UTC", "1965-03-10T15:00:00+00:00"] {
            let cell = read(text);
            assert_eq!((cell.date, cell.finding), (new(1965, 3, 11), Some(DateFinding::LocalMidnight)), "{text}");
        }
        for text in ["1965-03-11T17:00:00+07:00", "1965-03-11 17:00:00", "1965-03-11T12:00:00Z"] {
            assert_eq!((read(text).date, read(text).finding), (new(1965, 3, 11), None), "{text}");
        }
    }
}
