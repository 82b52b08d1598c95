//! A column of identifiers as a whole: what one cell cannot show. A spreadsheet that cut the last digit, a column that was a float,
//! NIK and No. KK in each other's place.
//!
//! The tests are of shares, so a [`NikTally`] of fewer than [`ENOUGH`] numbers says nothing. Tallies merge, so they can be kept per desa,
//! per file, per thread.

use super::repair::{Loss, Step};
use super::{Class, Nik};
use crate::Date;

/// Numbers that a share must rest on.
pub const ENOUGH: u64 = 20;

codes! {
    /// Observations about a column of identifiers.
    #[derive(Copy)]
    pub enum ColumnFinding {
        /// Far more numbers end in 0 than serials explain: a spreadsheet keeps fifteen digits.
        LastDigitLost { percent: u8 } = "column.last_digit_lost", Warning,
            id: "{percent}% angka berakhir 0; kemungkinan digit terakhir hilang di Excel. Minta berkas asli dengan kolom berformat teks",
            en: "{percent}% of the numbers end in 0; a spreadsheet probably lost the last digit. Ask for the original file with the column as text";
        /// Serials of 0000 are that damage for sure.
        SerialsZero { percent: u8 } = "column.serials_zero", Warning,
            id: "{percent}% angka bernomor urut 0000, yang tidak pernah diterbitkan",
            en: "{percent}% of the numbers have serial 0000, which is never issued";
        /// Scientific notation or a decimal suffix.
        Float { percent: u8 } = "column.float", Warning,
            id: "{percent}% isi kolom pernah menjadi bilangan (E+15 atau ,0); simpan kolom ini sebagai teks",
            en: "{percent}% of the column has been numbers (E+15 or .0); keep this column as text";
        /// No woman's day at all, and only years since SIAK: a column of family cards.
        LooksLikeFamilyCard = "column.looks_like_family_card", Warning,
            id: "kolom ini tampaknya berisi No. KK: tidak ada hari 41–71, dan semua tahunnya sejak 2003",
            en: "this column seems to hold family cards: no day of 41–71, and every year since 2003";
        /// Many days of 41 to 71: a column of NIK.
        LooksLikeNik { percent: u8 } = "column.looks_like_nik", Warning,
            id: "kolom ini tampaknya berisi NIK: {percent}% berhari 41–71, yang hanya ada pada NIK perempuan",
            en: "this column seems to hold NIK: {percent}% have a day of 41–71, which only a woman's NIK has";
    }
}

/// What the column is said to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// NIK.
    Nik,
    /// No. KK.
    FamilyCard,
}

/// Counts over a column. Made cell by cell, merged in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NikTally {
    classes: [u64; Class::ALL.len()],
    /// Sixteen digits, after the lossless steps.
    numbers: u64,
    ends_in_zero: u64,
    woman_days: u64,
    /// Years 03 up to the reference date's.
    siak_years: u64,
    float: u64,
}

impl NikTally {
    /// Counts a cell. `None` is an empty one.
    pub fn push(&mut self, cell: Option<&str>, as_of: Date) {
        let text = cell.unwrap_or_default();
        let class = Class::from_text(text, as_of);
        if let Some(count) = self.classes.get_mut(class as usize) {
            *count += 1;
        }
        match Nik::read(text) {
            Ok((nik, steps)) => {
                self.number(nik, as_of);
                self.float += u64::from(steps.has(Step::DecimalSuffix) || steps.has(Step::Scientific));
            }
            Err(Loss::Scientific { .. } | Loss::Float) => self.float += 1,
            Err(_) => {}
        }
    }

    fn number(&mut self, nik: Nik, as_of: Date) {
        self.numbers += 1;
        self.ends_in_zero += u64::from(nik.to_u64().is_multiple_of(10));
        let (day, _, year) = nik.day_month_year();
        self.woman_days += u64::from((41..=71).contains(&day));
        let this_year = as_of.year() - 2000;
        self.siak_years += u64::from((3..=this_year).contains(&i16::from(year)));
    }

    /// Adds what another tally counted.
    pub fn merge(&mut self, other: &Self) {
        for (a, b) in self.classes.iter_mut().zip(other.classes) {
            *a += b;
        }
        self.numbers += other.numbers;
        self.ends_in_zero += other.ends_in_zero;
        self.woman_days += other.woman_days;
        self.siak_years += other.siak_years;
        self.float += other.float;
    }

    /// Cells counted.
    pub fn cells(&self) -> u64 {
        self.classes.iter().sum()
    }

    /// Cells of one class.
    pub fn class(&self, class: Class) -> u64 {
        self.classes.get(class as usize).copied().unwrap_or(0)
    }

    /// Valid cells.
    pub fn valid(&self) -> u64 {
        Class::ALL.iter().filter(|c| c.is_valid()).map(|c| self.class(*c)).sum()
    }

    /// What the column as a whole shows.
    ///
    /// ```
    /// use bansos::{Coded, Date, nik::column::{Holds, NikTally}};
    /// let as_of = Date::constant(2026, 11, 21);
    /// let mut tally = NikTally::default();
    /// for day in 1..=28 {
    ///     tally.push(Some(&format!("350812{day:02}01809010")), as_of);
    /// }
    /// let codes: Vec<&str> = tally.findings(Holds::Nik).iter().map(|f| f.code()).collect();
    /// assert_eq!(codes, ["column.last_digit_lost"]);
    /// ```
    pub fn findings(&self, holds: Holds) -> Vec<ColumnFinding> {
        let mut found = Vec::new();
        let filled = self.cells() - self.class(Class::Empty);
        if filled >= ENOUGH && self.float * 50 >= filled {
            found.push(ColumnFinding::Float { percent: percent(self.float, filled) });
        }
        if self.numbers < ENOUGH {
            return found;
        }
        let zeros = self.class(Class::SerialZero);
        if zeros * 50 >= self.numbers {
            found.push(ColumnFinding::SerialsZero { percent: percent(zeros, self.numbers) });
        }
        if too_many(self.ends_in_zero, self.numbers) {
            found.push(ColumnFinding::LastDigitLost { percent: percent(self.ends_in_zero, self.numbers) });
        }
        match holds {
            // half of the people are women: not one among twenty happens once in a million columns
            Holds::Nik if self.woman_days == 0 && self.siak_years * 20 >= self.numbers * 19 => {
                found.push(ColumnFinding::LooksLikeFamilyCard);
            }
            Holds::FamilyCard if self.woman_days * 5 >= self.numbers => {
                found.push(ColumnFinding::LooksLikeNik { percent: percent(self.woman_days, self.numbers) });
            }
            _ => {}
        }
        found
    }
}

fn percent(part: u64, whole: u64) -> u8 {
    u8::try_from((part * 100 + whole / 2) / whole.max(1)).unwrap_or(100)
}

/// More numbers ending in 0 than chance gives. Serials start at 0001 and most end below 0010, so a tenth is already much; four standard
/// deviations above a tenth is no chance. In integers: (10 part − whole)² ≥ 16 · 9 · whole.
fn too_many(part: u64, whole: u64) -> bool {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let over = (10 * part).saturating_sub(whole);
    over * over >= 144 * whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded;
    use proptest::prelude::*;

    const AS_OF: Date = Date::constant(2026, 11, 21);

    fn codes(cells: impl IntoIterator<Item = String>, holds: Holds) -> Vec<&'static str> {
        let mut tally = NikTally::default();
        cells.into_iter().for_each(|c| tally.push(Some(&c), AS_OF));
        tally.findings(holds).iter().map(|f| f.code()).collect()
    }

    /// Men and women, years 1950 to 1999, serials as in tests.
    fn people(n: u64) -> impl Iterator<Item = String> {
        (0..n).map(|i| {
            format!("350812{:02}{:02}{:02}{:04}", 1 + i % 28 + 40 * (i % 2), 1 + i % 12, 50 + i % 50, 9_001 + i % 999)
        })
    }

    fn cards(n: u64) -> impl Iterator<Item = String> {
        (0..n).map(|i| format!("350812{:02}{:02}{:02}{:04}", 1 + i % 28, 1 + i % 12, 5 + i % 20, 9_001 + i % 999))
    }

    #[test]
    fn a_sound_column_says_nothing() {
        assert_eq!(codes(people(500), Holds::Nik), Vec::<&str>::new());
        assert_eq!(codes(cards(500), Holds::FamilyCard), Vec::<&str>::new());
        assert_eq!(codes([], Holds::Nik), Vec::<&str>::new());
    }

    #[test]
    fn what_only_the_column_shows() {
        assert_eq!(codes(cards(50), Holds::Nik), ["column.looks_like_family_card"]);
        assert_eq!(codes(people(50), Holds::FamilyCard), ["column.looks_like_nik"]);
        let cut = |c: String| format!("{}0", &c[..15]);
        assert_eq!(codes(people(50).map(cut), Holds::Nik), ["column.last_digit_lost"]);
        assert_eq!(codes(people(50).map(|c| c + ".0"), Holds::Nik), ["column.float"]);
        let zero = |c: String| format!("{}0000", &c[..12]);
        assert_eq!(codes(people(40).map(zero), Holds::Nik), ["column.serials_zero", "column.last_digit_lost"]);
        // too few to say
        assert_eq!(codes(cards(19), Holds::Nik), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn merged_counts_are_the_whole(cells in prop::collection::vec("[0-9.E+]{0,20}", 0..60), at in 0usize..60) {
            let tally = |cells: &[String]| {
                let mut all = NikTally::default();
                cells.iter().for_each(|c| all.push(Some(c), AS_OF));
                all
            };
            let (a, b) = cells.split_at(at.min(cells.len()));
            let mut merged = tally(a);
            merged.merge(&tally(b));
            let whole = tally(&cells);
            prop_assert_eq!(merged.cells(), cells.len() as u64);
            prop_assert_eq!((merged.classes, merged.numbers, merged.float), (whole.classes, whole.numbers, whole.float));
        }
    }
}
