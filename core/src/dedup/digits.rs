//! Sixteen-digit identifiers as linkage sees them: four bits a digit, and which digits the damage has left. A spreadsheet
//! that wrote `3.50812E+15` left five; one that rounded left fourteen or fifteen; a date part of nines left the region and
//! the serial. What is left is evidence; what is lost is neither for nor against.

use crate::nik::repair::{Loss, Reading};
use crate::source::Identifier;
use crate::{FamilyCard, Nik};

/// Sixteen digits, the first in the highest four bits; 15 stands for a digit that is not known. Zero bits throughout
/// would be sixteen zeros, which no register issues: that is how "missing" is kept.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Digits(u64);

const ONES: u64 = 0x1111_1111_1111_1111;
const UNKNOWN: u64 = 15;

/// How two identifiers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Digits known on both sides.
    pub common: u32,
    /// Of these, how many differ.
    pub differ: u32,
    /// Exactly one slip: one digit, or two neighbours exchanged.
    pub slip: bool,
    /// The differing digits, one bit per four.
    places: u64,
}

impl Agreement {
    /// Whether every difference lies in the digits `from..to` (0-based).
    pub const fn only_in(&self, from: u32, to: u32) -> bool {
        self.places & !span(from, to) == 0
    }
}

const fn span(from: u32, to: u32) -> u64 {
    let high = if to == 0 { 0 } else { u64::MAX << (64 - 4 * to) };
    let low = if from == 0 { 0 } else { u64::MAX << (64 - 4 * from) };
    high & !low
}

impl Digits {
    /// Nothing known.
    pub const NONE: Self = Self(0);

    /// A NIK as a record has it. A date part that no calendar has is not known.
    pub fn from_nik(nik: &Identifier<Nik>) -> Self {
        Self::from_reading(nik.reading()).without_impossible_date()
    }

    /// A family-card number as a record has it.
    pub fn from_card(card: &Identifier<FamilyCard>) -> Self {
        Self::from_reading(card.reading())
    }

    /// The sixteen digits of a card where the cell has them all and a serial among them: what the rows of one file share. Two rows with
    /// the same digits say the same of their card, whatever those digits end in.
    pub fn card_as_written(card: &Identifier<FamilyCard>) -> Option<u64> {
        let reading = card.reading();
        let whole = reading.loss().is_none() && reading.first_fifteen().is_none();
        reading.number().filter(|n| whole && n % 10_000 != 0 && !Self::from_leading(*n, 16).is_none())
    }

    /// Whether a card names a family, be it damaged: of a placeholder a place and zeros are known.
    pub fn names_a_family(card: &Identifier<FamilyCard>) -> bool {
        Self::from_card(card).known_in(0, 16) >= 13
    }

    /// Sixteen digits as a number. Zeros at the end that may be what rounding left are not known.
    pub fn from_number(n: u64) -> Self {
        Self::from_leading(n, 16).settled()
    }

    /// What a cell has left of its digits.
    pub fn from_reading(reading: Reading) -> Self {
        if let Some(front) = reading.first_fifteen() {
            return Self::from_leading(front, 15);
        }
        let (digits, count) = reading.evidence();
        match (reading.loss(), count) {
            // the last one shown is rounded
            (Some(Loss::Scientific { .. }), 1..) => Self::from_leading(digits / 10, count - 1),
            // and a double's last may be its neighbour's
            (Some(Loss::Float), _) => Self(Self::from_number(digits).0 | UNKNOWN),
            (_, 16) => Self::from_number(digits),
            // one or a few lost, most often at the end
            (_, 11..=15) => Self::from_leading(digits, count),
            _ => Self::NONE,
        }
    }

    /// So many digits from the front; nothing where they are too few or all the same.
    fn from_leading(digits: u64, count: u32) -> Self {
        if !(4..=16).contains(&count) {
            return Self::NONE;
        }
        let (mut bits, mut rest) = (u64::MAX, digits);
        for _ in 0..count {
            bits = bits >> 4 | (rest % 10) << 60;
            rest /= 10;
        }
        let same = bits.rotate_left(4) ^ bits;
        if same & span(0, count - 1) == 0 { Self::NONE } else { Self(bits) }
    }

    /// One number in ten ends in 0, so a zero at the end is a digit like another: whether a column lost its last digits is judged by
    /// the column. Three and more are seldom a serial and often what rounding left.
    const fn settled(self) -> Self {
        match self.0.trailing_zeros() / 4 {
            _ if self.is_none() => self,
            0..=2 => self,
            3 => Self(self.0 | span(13, 16)),
            _ => Self(self.0 | span(12, 16)),
        }
    }

    fn without_impossible_date(self) -> Self {
        if self.0 == 0 || self.known_in(6, 12) < 6 || self.birth().is_some() {
            return self;
        }
        Self(self.0 | span(6, 12))
    }

    /// Whether nothing is known.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Known digits among `from..to`.
    pub const fn known_in(self, from: u32, to: u32) -> u32 {
        if self.0 == 0 { 0 } else { (!unknown(self.0) & ONES & span(from, to)).count_ones() }
    }

    /// Whether all sixteen are known.
    pub const fn whole(self) -> bool {
        self.0 != 0 && unknown(self.0) == 0
    }

    /// The bits, for keys.
    pub const fn bits(self) -> u64 {
        self.0
    }

    const fn two(self, at: u32) -> u32 {
        let pair = (self.0 >> (56 - 4 * at)) & 0xff;
        ((pair >> 4) * 10 + (pair & 15)) as u32
    }

    /// Year (two digits), month and day that a NIK carries, where the date part is known and on the calendar.
    pub const fn birth(self) -> Option<(u8, u8, u8)> {
        if self.known_in(6, 12) < 6 {
            return None;
        }
        let (d, m, y) = (self.two(6), self.two(8), self.two(10));
        let day = if d > 40 { d - 40 } else { d };
        if day == 0
            || day > 31
            || m == 0
            || m > 12
            || (m == 2 && day > 29)
            || (day == 31 && matches!(m, 4 | 6 | 9 | 11))
        {
            return None;
        }
        Some((y as u8, m as u8, day as u8))
    }

    /// The six digits of the district, where known.
    pub const fn district(self) -> Option<u64> {
        if self.known_in(0, 6) < 6 {
            return None;
        }
        Some((self.two(0) * 10_000 + self.two(2) * 100 + self.two(4)) as u64)
    }

    /// Whether a NIK says female; `None` where the date part is not known.
    pub const fn female(self) -> Option<bool> {
        match self.birth() {
            Some(_) => Some(self.two(6) > 40),
            None => None,
        }
    }

    /// Compares digit by digit where both are known.
    #[inline]
    pub const fn compare(self, other: Self) -> Agreement {
        if self.0 == 0 || other.0 == 0 {
            return Agreement { common: 0, differ: 0, slip: false, places: 0 };
        }
        let known = !(unknown(self.0) | unknown(other.0)) & ONES;
        let x = self.0 ^ other.0;
        let d = (x | x >> 1 | x >> 2 | x >> 3) & known;
        let differ = d.count_ones();
        let slip = match differ {
            1 => true,
            2 => {
                let low = d.trailing_zeros();
                // neighbours, and each stands where the other stood
                d == 0x11 << low && {
                    let (a, b) = (self.0 >> low & 0xff, other.0 >> low & 0xff);
                    a >> 4 == b & 15 && b >> 4 == a & 15
                }
            }
            _ => false,
        };
        Agreement { common: known.count_ones(), differ, slip, places: d * 15 }
    }
}

impl std::fmt::Debug for Digits {
    /// How many digits are known, never which.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digits({} known)", self.known_in(0, 16))
    }
}

/// One bit per unknown digit.
const fn unknown(bits: u64) -> u64 {
    bits & bits >> 1 & bits >> 2 & bits >> 3 & ONES
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Digits {
        Digits::from_reading(Reading::from_cell(text))
    }

    #[test]
    fn damage_leaves_what_it_leaves() {
        for (text, known) in [
            ("3508201204569001", 16),
            (" '3508 2012 0456 9001", 16),
            ("35O8201204569001", 16),
            ("3508201204569001.0", 16),
            ("3508201204569000", 13),
            ("350820120456900", 15),
            ("3.50821E+15", 5),
            ("3508209999999001", 16),
            ("0000000000000000", 0),
            ("1111111111111111", 0),
            ("tidak punya", 0),
            ("", 0),
            ("NIK: 3508201204569001", 16),
            ("٣٥٠٨٢٠١٢٠٤٥٦٩٠٠١", 16),
            ("350B201204569001", 16),
            ("3508201204569001 *", 16),
            ("350820120456900.0", 15),
            ("3,50820120456E+15", 11),
            ("3.50821E+14", 0),
            ("9109016801809004.0", 15),
            ("3508201", 0),
            ("35082012045690011", 0),
            ("333333333333", 0),
        ] {
            assert_eq!(read(text).known_in(0, 16), known, "{text}");
        }
        assert_eq!(read("3508201204569010").known_in(0, 16), 16, "one in ten ends so");
        let card = |text| Digits::card_as_written(&Identifier::from_cell(text));
        assert_eq!(card("3508201204569000"), Some(3_508_201_204_569_000));
        for text in ["3508160000000000", "9999999999999999", "3.50821E+15", "350820120456900", "-"] {
            assert_eq!(card(text), None, "{text}");
        }
        assert_eq!(Digits::from_nik(&Identifier::from_cell("3508209999999001")).known_in(0, 16), 10);
    }

    #[test]
    fn finds_slips() {
        let a = read("3508201204569001");
        for (other, differ, slip) in [
            ("3508201204569001", 0, false),
            ("3508201204569002", 1, true),
            ("3508201204659001", 2, true),
            ("3508201204699001", 2, false),
            ("5308201204569001", 2, true),
        ] {
            let x = a.compare(read(other));
            assert_eq!((x.differ, x.slip), (differ, slip), "{other}");
        }
        assert!(a.compare(read("3508201204569002")).only_in(12, 16));
        assert!(!a.compare(read("3508201204659001")).only_in(12, 16));
        assert!(a.compare(read("5308201204569001")).only_in(0, 6));
    }

    #[test]
    fn carries_date_and_sex() {
        assert_eq!(read("3508205204569001").birth(), Some((56, 4, 12)));
        assert_eq!(read("3508205204569001").female(), Some(true));
        assert_eq!(read("3.50821E+15").birth(), None);
        assert_eq!(read("3508205204569001").district(), Some(350_820));
    }

    proptest! {
        /// Nothing that stands around the digits changes what is known of them.
        #[test]
        fn dress_changes_nothing(
            cell in "[0-9]{11,16}|[1-9]\\.[0-9]{3,8}E\\+15",
            front in "|NIK: |No\\. NIK |'|=\"| ",
            back in "|'|\u{a0}|\"",
        ) {
            prop_assert_eq!(read(&format!("{front}{cell}{back}")), read(&cell));
        }

        /// The first digits are kept in their places, and none that the cell does not have.
        #[test]
        fn leading_digits_keep_their_places(cell in "[0-9]{16}", count in 11usize..=15) {
            let cut = read(&cell[..count]);
            prop_assume!(!cut.is_none());
            prop_assert_eq!(cut.known_in(0, 16), count as u32);
            let whole = Digits::from_leading(cell.parse().unwrap(), 16);
            prop_assert_eq!(cut.compare(whole).differ, 0);
        }
    }
}
