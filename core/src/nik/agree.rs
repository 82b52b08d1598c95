//! Whether what was declared says the same as the number. Every difference is lawful; none refuses a NIK.

use super::birth::BirthDate;
use crate::Date;
use crate::region::{Level, RegionCode, Scheme, bridge, succession};

words! {
    /// How a declared birth date agrees with the number's.
    pub enum DateAgreement {
        /// The same day.
        Same = "same", id: "sama", en: "the same";
        /// Day and month changed places.
        DayMonthSwapped = "day_month_swapped", id: "hari dan bulan tertukar", en: "day and month swapped";
        /// One year off, same day.
        YearOff1 = "year_off_1", id: "selisih satu tahun", en: "one year off";
        /// Ten years off, same day.
        YearOff10 = "year_off_10", id: "selisih sepuluh tahun", en: "ten years off";
        /// A century off, same day.
        YearOff100 = "year_off_100", id: "selisih seratus tahun", en: "a century off";
        /// Another digit at one place of DDMMYY.
        OneDigit = "one_digit", id: "berbeda satu digit", en: "one digit off";
        /// The declared day is one that is written when the real one is not known (1 January, 1 July, 31 December).
        DeclaredDefault = "declared_default", id: "tanggal di data berupa tanggal bawaan",
            en: "the declared date is a default";
        /// The number's day is such a day.
        NikDefault = "nik_default", id: "tanggal pada NIK berupa tanggal bawaan", en: "the number's date is a default";
        /// Another day altogether.
        Differs = "differs", id: "berbeda", en: "different";
    }
}

words! {
    /// How a declared place agrees with the number's first six digits.
    pub enum RegionAgreement {
        /// The number's district, or a place above or in it.
        Same = "same", id: "sama", en: "the same";
        /// The place that took over the number's code.
        Successor = "successor", id: "penggantinya", en: "its successor";
        /// Another district of the same regency (or of its successor).
        SameRegency = "same_regency", id: "kabupaten/kota sama", en: "the same regency";
        /// Somewhere else: normal, people move.
        Elsewhere = "elsewhere", id: "daerah lain", en: "elsewhere";
    }
}

/// Days that stand where the real one is not known.
fn is_default(date: Date) -> bool {
    matches!((date.day(), date.month()), (1, 1 | 7) | (31, 12))
}

/// How a declared birth date agrees with what the number says, the most favourable reading first.
pub(super) fn date(declared: Date, number: BirthDate) -> Option<DateAgreement> {
    number.possible().map(|of_number| compare(declared, of_number)).min()
}

fn compare(declared: Date, number: Date) -> DateAgreement {
    use DateAgreement::{
        DayMonthSwapped, DeclaredDefault, Differs, NikDefault, OneDigit, Same, YearOff1, YearOff10, YearOff100,
    };
    if declared == number {
        return Same;
    }
    let same_day = (declared.day(), declared.month()) == (number.day(), number.month());
    match declared.year().abs_diff(number.year()) {
        0 if (declared.day(), declared.month()) == (number.month(), number.day()) => return DayMonthSwapped,
        1 if same_day => return YearOff1,
        10 if same_day => return YearOff10,
        100 if same_day => return YearOff100,
        _ => {}
    }
    match (is_default(declared), is_default(number)) {
        (true, false) => return DeclaredDefault,
        (false, true) => return NikDefault,
        _ => {}
    }
    if one_digit(declared, number) { OneDigit } else { Differs }
}

/// Whether DDMMYY differ at exactly one place and the years lie less than a century apart.
fn one_digit(a: Date, b: Date) -> bool {
    let fields = |d: Date| {
        let year = d.year().rem_euclid(100);
        [i16::from(d.day()), i16::from(d.month()), year].map(|f| [f / 10, f % 10])
    };
    let (x, y) = (fields(a), fields(b));
    let differing = x.as_flattened().iter().zip(y.as_flattened()).filter(|(p, q)| p != q).count();
    differing == 1 && a.year().abs_diff(b.year()) < 100
}

/// How a declared place agrees with the number's. A BPS code is compared as its regency, or not at all where there is no bridge.
pub(super) fn region(declared: RegionCode, number: RegionCode) -> Option<RegionAgreement> {
    let declared = match (declared.scheme(), declared.level()) {
        (Scheme::Bps, _) => bridge(declared)?,
        (_, Level::Village) => declared.at(Level::District)?,
        _ => declared,
    };
    if number.is_within(declared) {
        return Some(RegionAgreement::Same);
    }
    let now = |code: RegionCode| succession(code).map_or(code, |s| s.successor);
    let number_now = match succession(number) {
        Some(s) => s.successor,
        // a district whose own successor is not known still has its regency's
        None => number.at(Level::Regency).map_or(number, now),
    };
    let declared_now = now(declared);
    if number_now.is_within(declared_now) {
        return Some(RegionAgreement::Successor);
    }
    let regency = |code: RegionCode| code.at(Level::Regency);
    if declared.level() != Level::Province && regency(number_now) == regency(declared_now) {
        return Some(RegionAgreement::SameRegency);
    }
    Some(RegionAgreement::Elsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_dates() {
        use DateAgreement::*;
        let number = Date::constant(1980, 8, 5);
        for (declared, kind) in [
            ((1980, 8, 5), Same),
            ((1980, 5, 8), DayMonthSwapped),
            ((1981, 8, 5), YearOff1),
            ((1990, 8, 5), YearOff10),
            ((1880, 8, 5), YearOff100),
            ((1980, 8, 6), OneDigit),
            ((1980, 8, 15), OneDigit),
            ((1986, 8, 5), OneDigit),
            ((1980, 1, 1), DeclaredDefault),
            ((1975, 12, 31), DeclaredDefault),
            ((1975, 3, 14), Differs),
        ] {
            let declared = Date::constant(declared.0, declared.1, declared.2);
            assert_eq!(compare(declared, number), kind, "{declared}");
        }
        assert_eq!(compare(number, Date::constant(1980, 7, 1)), NikDefault);
        let both = BirthDate::Ambiguous { younger: Date::constant(2020, 5, 10), older: Date::constant(1920, 5, 10) };
        assert_eq!(date(Date::constant(1921, 5, 10), both), Some(YearOff1));
        assert_eq!(date(number, BirthDate::Impossible), None);
    }

    #[test]
    fn kinds_of_places() {
        use RegionAgreement::*;
        let is = |declared, number| {
            region(RegionCode::kemendagri(declared).unwrap(), RegionCode::kemendagri(number).unwrap())
        };
        assert_eq!(is(35_08_16, 35_08_16), Some(Same));
        assert_eq!(is(35_08_16_2010, 35_08_16), Some(Same));
        assert_eq!(is(35_08, 35_08_16), Some(Same));
        assert_eq!(is(35, 35_08_16), Some(Same));
        assert_eq!(is(35_08_01, 35_08_16), Some(SameRegency));
        assert_eq!(is(35_09_01, 35_08_16), Some(Elsewhere));
        assert_eq!(is(94_04, 91_09_01), Some(Successor));
        assert_eq!(is(94_04_01, 91_09_01), Some(Successor));
        assert_eq!(is(94_04_02, 91_09_01), Some(SameRegency));
        assert_eq!(is(94, 91_09_01), Some(Successor));
        assert_eq!(is(91_09, 94_04_01), Some(Successor));
        assert_eq!(is(76_04, 73_19_01), Some(Successor));
        assert_eq!(is(76_04_02, 73_19_01), Some(SameRegency));
        let bps =
            |text| region(RegionCode::parse(Scheme::Bps, text).unwrap(), RegionCode::kemendagri(11_09_01).unwrap());
        // 1101 is Simeulue, Kemendagri's 11.09; 9671 is of the numbering that is not bridged
        assert_eq!(bps("1101010"), Some(Same));
        assert_eq!(bps("1109"), Some(Elsewhere));
        assert_eq!(bps("9671"), None);
    }
}
