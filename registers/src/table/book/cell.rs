//! A cell as text. Numbers keep every digit that the file stores; dates become ISO.

use super::fault::Fault;
use crate::damage::Damage;
use crate::table::row::{Mark, Row};
use bansos::date::DAYS_TO_1904;

/// Rows of a sheet, as Excel has them.
pub(super) const ROWS: u32 = 1 << 20;
/// Columns of a sheet, as Excel has them.
pub(in crate::table) const COLUMNS: usize = 1 << 14;

/// What the workbook says of its numbers.
#[derive(Default)]
pub(super) struct Numbers {
    /// By style: whether its numbers are days.
    pub(super) days: Vec<bool>,
    /// Days are counted from 1904 (old Macs).
    pub(super) from_1904: bool,
}

impl Numbers {
    pub(super) fn is_day(&self, style: usize) -> bool {
        self.days.get(style).copied().unwrap_or(false)
    }

    /// A number that is written as text.
    pub(super) fn written(&self, row: &mut Row, text: &str, day: bool) {
        let bytes = text.as_bytes();
        // most are short whole numbers, and are written as we would write them
        let short = bytes.len() <= 15 && bytes.first() != Some(&b'0') && bytes.iter().all(u8::is_ascii_digit);
        match text.parse() {
            _ if short && !day => row.cells.push(bytes),
            Ok(number) => self.number(row, number, day),
            Err(_) => row.cells.push(bytes),
        }
    }

    pub(super) fn number(&self, row: &mut Row, number: f64, day: bool) {
        if day {
            return row.cells.push(self.day(number).as_bytes());
        }
        // only a number too long for a float is worth a word
        if number.abs() >= 1e15 {
            row.mark(row.cells.len(), Mark::Float);
        }
        // Rust prints the shortest decimal that gives back the same float, and never an exponent
        row.cells.push(number.to_string().as_bytes());
    }

    fn day(&self, number: f64) -> String {
        #[allow(clippy::cast_possible_truncation, reason = "serial days are small; the fraction is the time of day")]
        let serial = number.floor() as i64;
        let from = if self.from_1904 { DAYS_TO_1904 } else { 0 };
        match bansos::date::from_excel_serial(serial.saturating_add(from)) {
            Some(date) => date.to_string(),
            None => serial.to_string(),
        }
    }
}

/// An error such as `#N/A`, of whatever name: Excel has new ones every few years.
pub(super) fn error(row: &mut Row) {
    row.mark(row.cells.len(), Mark::Error);
    row.cells.push(b"");
}

pub(super) fn truth(row: &mut Row, yes: bool) {
    row.cells.push(if yes { b"TRUE" } else { b"FALSE" });
}

/// Goes to a column: never backwards, never farther than a sheet is wide.
pub(super) fn go_to(row: &mut Row, column: usize) -> Result<(), Fault> {
    if column >= COLUMNS {
        return Err(Damage::Beyond.into());
    }
    if column < row.cells.len() {
        return Err(Damage::Order.into());
    }
    row.cells.pad(column);
    Ok(())
}

/// Refuses a row that has grown beyond the limit.
pub(super) fn check_length(row: &Row, limit: usize) -> Result<(), Fault> {
    if row.cells.size() > limit { Err(Damage::Long.into()) } else { Ok(()) }
}

/// Whether a number format shows days or times: a letter of a date outside of quotes, escapes and brackets, in the part for
/// positive numbers; `[h]` and its like are times too.
pub(super) fn shows_days(format: &str) -> bool {
    let mut letters = format.chars();
    let mut previous = ' ';
    while let Some(letter) = letters.next() {
        match letter {
            // the next letter stands for itself
            '\\' | '_' | '*' => {
                letters.next();
            }
            '"' => {
                letters.find(|c| *c == '"');
            }
            '[' => {
                let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                let first = inside.chars().next().map(|c| c.to_ascii_lowercase());
                if matches!(first, Some('h' | 'm' | 's'))
                    && inside.chars().all(|c| Some(c.to_ascii_lowercase()) == first)
                {
                    return true;
                }
            }
            ';' => return false,
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return true,
            // a/p, A/P: the half of the day
            '/' if previous.eq_ignore_ascii_case(&'a') => return true,
            _ => {}
        }
        previous = letter;
    }
    false
}

/// Excel's own formats that show days or times.
pub(super) fn is_day_format(id: u16) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_told_from_others() {
        for format in
            ["dd/mm/yyyy", "H:MM:SS;@", "m\"M\"d\"D\";@", "[$-421]dd mmmm yyyy", "[h]:mm", "[ss]", "*-yyyy", "ha/p"]
        {
            assert!(shows_days(format), "{format}");
        }
        for format in ["General", "0", "#,##0.00", "\"Y: \"0.00", "[Red]0", "#,##0*y", "\\Y000", "@", "0 ;[Red]dd"] {
            assert!(!shows_days(format), "{format}");
        }
    }

    #[test]
    fn days_of_both_calendars() {
        let (old, new) = (Numbers { from_1904: true, ..Numbers::default() }, Numbers::default());
        assert_eq!((old.day(27276.0), new.day(28738.75)), ("1978-09-05".to_owned(), "1978-09-05".to_owned()));
    }
}
