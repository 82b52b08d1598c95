//! Day numbers of spreadsheets.

use super::Date;

/// Days from the first day of the 1900 system to that of the 1904 system.
pub const DAYS_TO_1904: i64 = 1462;

/// An Excel serial day of the 1900 system, from 1 (1 January 1900) to 73,050 (31 December 2099); 60 is the day that never was.
pub fn from_excel_serial(serial: i64) -> Option<Date> {
    if !(1..=73_050).contains(&serial) || serial == 60 {
        return None;
    }
    // Excel counts a 29 February 1900 that never was
    let days = if serial < 60 { serial } else { serial - 1 };
    Date::constant(1899, 12, 31).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_days() {
        assert_eq!(from_excel_serial(1), Some(Date::constant(1900, 1, 1)));
        assert_eq!(from_excel_serial(59), Some(Date::constant(1900, 2, 28)));
        assert_eq!(from_excel_serial(60), None);
        assert_eq!(from_excel_serial(61), Some(Date::constant(1900, 3, 1)));
    }
}
