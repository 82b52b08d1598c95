//! Civil dates, and the ways registers write them: ISO, DD/MM/YYYY, months in words, Excel serial days.

mod month;
mod read;
mod serial;

pub use jiff::civil::Date;
pub use read::{Plain, read, read_as};
pub use serial::{DAYS_TO_1904, from_excel_serial};

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
        /// A year, or a month and a year, and no day.
        NoDay = "date.no_day", Warning,
            id: "hanya tahun, atau bulan dan tahun, yang tertulis; tanggalnya tidak diketahui",
            en: "only a year, or a month and a year, is written; the day is not known";
        /// Two digits of the year: the latest such year that is not after the reference date, as with a NIK.
        ShortYear = "date.short_year", Info,
            id: "tahunnya hanya dua angka; dibaca sebagai tahun terakhir yang tidak melewati tanggal acuan",
            en: "the year has two digits; read as the latest such year that is not after the reference date";
        /// The date lies after the reference date.
        Future = "date.future", Warning,
            id: "tanggal ini setelah tanggal acuan",
            en: "this date is after the reference date";
        /// The text was an Excel serial day.
        ExcelSerial = "date.excel_serial", Info,
            id: "tanggal tertulis sebagai nomor hari Excel dan telah diterjemahkan",
            en: "the date was an Excel day number and was translated";
        /// The text was an instant of UTC that is midnight in Indonesia: the day is the next one.
        LocalMidnight = "date.local_midnight", Info,
            id: "tertulis sebagai waktu UTC yang di Indonesia sudah tengah malam; tanggalnya hari berikutnya",
            en: "written as an instant of UTC that is midnight in Indonesia; the day is the next one";
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

/// How a column writes its dates, where the cell alone does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateStyle {
    /// `03/11/1965` is 11 March: the month stands before the day.
    pub month_first: bool,
    /// Day numbers count from 1904, as in workbooks that were begun on an old Macintosh.
    pub from_1904: bool,
    /// A year of two digits is the latest that does not go beyond this day; without it, such a date cannot be read.
    pub as_of: Option<Date>,
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

/// The date, if it is one.
pub fn new(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
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
