//! No. KK, the number of a family card: shaped like a NIK, but its date is the day of recording, with no +40.
//!
//! Six digits for the region of issue, six for the day the family was recorded (DDMMYY), four for the family's serial. It is
//! given anew when the head changes or the family moves, so its region says where the card was issued, which is weak evidence of
//! where the family lives. SIAK, which makes the numbers, exists since 2003.

mod finding;

pub use finding::FamilyCardFinding;

use crate::nik::repair::{Loss, Reading, Steps};
use crate::nik::{Mask, Masked, digits};
use crate::region::{self, CodeInForce, Level, RegionCode, RegionFinding, Scheme, Status};
use crate::{Date, Finding, Nik, date};
use std::fmt;

/// A family-card number by shape: sixteen digits.
///
/// ```
/// use bansos::FamilyCard;
/// let card = FamilyCard::parse("3508161211219018")?;
/// assert_eq!(format!("{card:?}"), "FamilyCard(35**************)");
/// # Ok::<(), bansos::family_card::FamilyCardError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyCard(u64);

codes! {
    /// Why a text is no family-card number.
    #[derive(Copy, thiserror::Error)]
    pub enum FamilyCardError {
        /// The text does not have sixteen digits.
        Length { digits: u32 } = "family_card.length", Error,
            id: "No. KK terdiri atas 16 digit; ini {digits} digit",
            en: "a family-card number has 16 digits; this has {digits}";
        /// The text has something other than ASCII digits.
        Charset { position: u32 } = "family_card.charset", Error,
            id: "No. KK hanya berisi angka; ada yang lain di posisi {position}",
            en: "a family-card number has digits only; something else is at position {position}";
    }
}

/// The first day a family can have been recorded in SIAK.
const SIAK: Date = Date::constant(2003, 1, 1);

impl FamilyCard {
    /// Judges shape alone: exactly sixteen ASCII digits, nothing around them. Positions count characters from 1.
    pub fn parse(text: &str) -> Result<Self, FamilyCardError> {
        digits::read(text).map(Self).map_err(|e| match e {
            digits::Shape::Length(digits) => FamilyCardError::Length { digits },
            digits::Shape::Charset(position) => FamilyCardError::Charset { position },
        })
    }

    /// As a register is read: the sixteen digits of a cell and what was dropped around them, or why there are none. No digit is ever
    /// changed. See [`Nik::read`].
    pub fn read(text: &str) -> Result<(Self, Steps), Loss> {
        let reading = Reading::from_cell(text);
        reading.number().map(|n| (Self(n), reading.steps())).ok_or(reading.loss().unwrap_or(Loss::Other))
    }

    /// Back from [`FamilyCard::to_u64`].
    pub const fn from_u64(n: u64) -> Option<Self> {
        if n < digits::LIMIT { Some(Self(n)) } else { None }
    }

    /// The number, below 10¹⁶. For columns and keys; never for show.
    pub const fn to_u64(self) -> u64 {
        self.0
    }

    /// All sixteen digits.
    pub fn to_digits(self) -> String {
        format!("{:016}", self.0)
    }

    /// All sixteen digits as bytes, without an allocation.
    pub fn to_bytes(self) -> [u8; 16] {
        digits::write(self.0)
    }

    /// The number as it may be shown.
    pub fn masked(self, mask: Mask) -> Masked {
        Masked::new(self.0, mask)
    }

    /// The first six digits: the district of issue, by Kemendagri's list of the day of recording.
    pub const fn region(self) -> Option<RegionCode> {
        RegionCode::new(Scheme::Kemendagri, Level::District, self.0 / 10_000_000_000)
    }

    /// The last four digits.
    pub const fn serial(self) -> u16 {
        (self.0 % 10_000) as u16
    }

    /// Whether the serial is one that real numbers do not reach (9000 to 9999); see [`Nik::is_synthetic`].
    pub const fn is_synthetic(self) -> bool {
        self.serial() >= 9_000
    }
}

/// The day of recording that digits seven to twelve give. Its century is always the 2000s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recorded {
    /// A day since 2003, not after the reference date.
    On(Date),
    /// No such day.
    Impossible,
    /// A real day before 2003: a man's NIK, or no number of SIAK's.
    BeforeSiak,
    /// A real day of this or a coming year, after the reference date.
    Future,
    /// A day of 41 to 71: a woman's NIK.
    LooksLikeNik,
}

/// The answer of [`FamilyCard::examine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FamilyCardExamination {
    /// What the first six digits are or were.
    pub region: Status,
    /// The day of recording.
    pub recorded: Recorded,
    /// Whether the serial is 0000.
    pub serial_zero: bool,
    /// Whether the region code could be in use on the day of recording.
    pub in_force: CodeInForce,
    /// Whether the number is the person's own NIK.
    pub same_as_nik: bool,
    /// Eight digits twice and the like.
    pub patterned: bool,
    district: Option<RegionCode>,
}

impl FamilyCard {
    /// Checks the number's region, day of recording and serial on a reference date, each by itself; `nik` is the number
    /// that stands in the same row.
    ///
    /// ```
    /// use bansos::{Coded, Date, FamilyCard};
    /// let as_of = Date::constant(2026, 11, 21);
    /// let found = FamilyCard::parse("6501011203099001")?.examine(None, as_of);
    /// assert!(found.is_valid()); // and yet: Kalimantan Utara did not exist in 2009
    /// assert_eq!(found.findings().map(|f| f.code()).collect::<Vec<_>>(), ["region.not_yet"]);
    /// # Ok::<(), bansos::family_card::FamilyCardError>(())
    /// ```
    pub fn examine(self, nik: Option<Nik>, as_of: Date) -> FamilyCardExamination {
        let field = self.0 / 10_000 % 1_000_000;
        let recorded = recorded((field / 10_000) as u8, (field / 100 % 100) as u8, (field % 100) as u8, as_of);
        let region = region::prefix_status((self.0 / 10_000_000_000) as u32);
        let in_force = match (recorded, self.region()) {
            (Recorded::On(day), Some(code)) => region::in_force(code, day).0,
            _ => CodeInForce::Yes,
        };
        FamilyCardExamination {
            region,
            recorded,
            serial_zero: self.serial() == 0,
            in_force,
            same_as_nik: nik.is_some_and(|nik| nik.to_u64() == self.0),
            patterned: self.0 / 100_000_000 == self.0 % 100_000_000,
            district: self.region(),
        }
    }
}

fn recorded(day: u8, month: u8, yy: u8, as_of: Date) -> Recorded {
    let real = |day: u8, century: i32| date::new(century + i32::from(yy), month.into(), day.into());
    match day {
        1..=31 => match (real(day, 2000), real(day, 1900)) {
            (Some(date), _) if SIAK <= date && date <= as_of => Recorded::On(date),
            // 2000 to 2002, or a year that can only be meant as 19xx
            (Some(date), _) if date < SIAK => Recorded::BeforeSiak,
            (Some(date), _) if date.year() > as_of.year() + 1 => Recorded::BeforeSiak,
            (Some(_), _) => Recorded::Future,
            (None, Some(_)) => Recorded::BeforeSiak,
            (None, None) => Recorded::Impossible,
        },
        41..=71 if real(day - 40, 2000).or(real(day - 40, 1900)).is_some() => Recorded::LooksLikeNik,
        _ => Recorded::Impossible,
    }
}

impl FamilyCardExamination {
    /// Whether the number can have been issued. That the region code was not in force on that day is a warning only: our
    /// knowledge of the days on which SIAK changed its codes is thin.
    pub const fn is_valid(&self) -> bool {
        self.region.was_issued() && matches!(self.recorded, Recorded::On(_)) && !self.serial_zero
    }

    /// Findings, in the order of the digits.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        let district = self.district.and_then(|d| match (self.in_force, self.recorded) {
            (CodeInForce::NotYet | CodeInForce::Ended, Recorded::On(day)) => {
                let basis = region::in_force(d, day).1?;
                Some(match self.in_force {
                    CodeInForce::NotYet => RegionFinding::NotYet { law: basis.law, since: basis.on },
                    _ => RegionFinding::Ended { law: basis.law, since: basis.on },
                })
            }
            _ => region::of_status(self.region, d),
        });
        let recorded = match self.recorded {
            Recorded::On(_) => None,
            Recorded::Impossible => Some(FamilyCardFinding::DateImpossible),
            Recorded::BeforeSiak => Some(FamilyCardFinding::BeforeSiak),
            Recorded::Future => Some(FamilyCardFinding::DateFuture),
            Recorded::LooksLikeNik => Some(FamilyCardFinding::LooksLikeNik),
        };
        let rest = [
            recorded,
            self.serial_zero.then_some(FamilyCardFinding::SerialZero),
            self.same_as_nik.then_some(FamilyCardFinding::SameAsNik),
            self.patterned.then_some(FamilyCardFinding::SuspiciousPattern),
        ];
        district.map(Finding::from).into_iter().chain(rest.into_iter().flatten().map(Finding::from))
    }
}

impl std::str::FromStr for FamilyCard {
    type Err = FamilyCardError;
    fn from_str(text: &str) -> Result<Self, FamilyCardError> {
        Self::parse(text)
    }
}

impl fmt::Debug for FamilyCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FamilyCard({})", self.masked(Mask::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coded;
    use proptest::prelude::*;

    const AS_OF: Date = Date::constant(2026, 11, 21);

    fn codes(text: &str) -> Vec<&'static str> {
        FamilyCard::parse(text).unwrap().examine(None, AS_OF).findings().map(|f| f.code()).collect()
    }

    #[test]
    fn one_finding_for_every_fault() {
        for (text, expected) in [
            ("3508161211219018", &[][..]),
            ("6501011203099001", &["region.not_yet"]),
            ("6404011203209001", &["region.ended"]),
            ("6404011203099001", &["region.retired"]),
            ("9501011203159001", &["region.not_yet"]),
            ("1204011203059001", &["region.retired_inferred"]),
            ("3508165211219018", &["family_card.looks_like_nik"]),
            ("3508163112029001", &["family_card.before_siak"]),
            ("3508161705859001", &["family_card.before_siak"]),
            ("3508162211269001", &["family_card.date_future"]),
            ("3508160000009001", &["family_card.date_impossible"]),
            ("3508163102109001", &["family_card.date_impossible"]),
            ("3508167202109001", &["family_card.date_impossible"]),
            ("3508161211210000", &["family_card.serial_zero"]),
            ("3199011211219001", &["region.unknown_regency"]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
            let card = FamilyCard::parse(text).unwrap();
            let errors = card.examine(None, AS_OF).findings().any(|f| f.severity() == crate::Severity::Error);
            assert_eq!(card.examine(None, AS_OF).is_valid(), !errors, "{text}");
        }
        let same = FamilyCard::parse("3508161211219018").unwrap();
        assert!(same.examine(Nik::from_u64(same.to_u64()), AS_OF).same_as_nik);
    }

    proptest! {
        #[test]
        fn validity_is_the_absence_of_errors(number in 0..digits::LIMIT) {
            let found = FamilyCard(number).examine(None, AS_OF);
            let errors = found.findings().any(|f| f.severity() == crate::Severity::Error);
            prop_assert_eq!(found.is_valid(), !errors);
        }

        #[test]
        fn reads_what_it_writes(number in 0..digits::LIMIT) {
            let card = FamilyCard::from_u64(number).unwrap();
            prop_assert_eq!(FamilyCard::parse(&card.to_digits()), Ok(card));
        }
    }
}
