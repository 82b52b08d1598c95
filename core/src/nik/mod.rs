//! NIK (Nomor Induk Kependudukan): the number a person keeps for life.
//!
//! Sixteen digits: six for the district of **first registration**, six for the birth date (a woman's day plus 40), four for
//! a serial that starts at 0001 (PP 37/2007 Pasal 37). There is no check digit, so most slips of the pen give another possible NIK:
//! the declared birth date, sex and regency are the real check.
//!
//! - [`Nik::parse`] judges shape alone;
//! - [`Nik::examine`] looks at region, date, sex, serial and at what was declared, each by itself, and answers with findings;
//!   refusing a genuine number is the worst mistake, so a code that once was in force is fine for ever, and a date that differs
//!   from the declared one is only a warning: by law the NIK is not changed when a birth date is corrected;
//! - [`repair()`] takes a cell as it comes: what is lossless is done and said, the rest are candidates with their evidence, or
//!   it says why nothing can be done.

mod agree;
mod birth;
pub mod column;
mod declared;
pub(crate) mod digits;
mod examine;
mod finding;
mod flag;
mod mask;
#[cfg(feature = "pseudonym")]
pub mod pseudonym;
pub mod repair;

pub use agree::{DateAgreement, RegionAgreement};
pub use birth::{BirthDate, MAX_AGE};
pub use declared::{Declared, Role};
pub use examine::{Class, Decoded, Examination, Form};
pub use finding::NikFinding;
pub use flag::NikFlag;
pub use mask::{Mask, Masked};
pub use repair::{Repair, repair};

use crate::region::RegionCode;
use std::fmt;

/// A NIK by shape: sixteen digits in eight bytes. Whether the digits make sense is asked of [`Nik::examine`].
///
/// ```
/// use bansos::Nik;
/// let nik = Nik::parse("3508126801809001")?;
/// assert_eq!(format!("{nik:?}"), "Nik(35**************)");
/// assert_eq!(nik.to_digits(), "3508126801809001");
/// assert!(Nik::parse("3508126801809").is_err());
/// # Ok::<(), bansos::nik::NikError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nik(u64);

codes! {
    /// Why a text is no NIK.
    #[derive(Copy, thiserror::Error)]
    pub enum NikError {
        /// The text does not have sixteen digits.
        Length { digits: u32 } = "nik.length", Error,
            id: "NIK terdiri atas 16 digit; ini {digits} digit",
            en: "a NIK has 16 digits; this has {digits}";
        /// The text has something other than ASCII digits.
        Charset { position: u32 } = "nik.charset", Error,
            id: "NIK hanya berisi angka; ada yang lain di posisi {position}",
            en: "a NIK has digits only; something else is at position {position}";
    }
}

impl Nik {
    /// Judges shape alone: exactly sixteen ASCII digits, nothing around them. Positions count characters from 1.
    pub fn parse(text: &str) -> Result<Self, NikError> {
        digits::read(text).map(Self).map_err(|e| match e {
            digits::Shape::Length(digits) => NikError::Length { digits },
            digits::Shape::Charset(position) => NikError::Charset { position },
        })
    }

    /// The number, below 10¹⁶. For columns and keys; never for show.
    pub const fn to_u64(self) -> u64 {
        self.0
    }

    /// Back from [`Nik::to_u64`].
    pub const fn from_u64(n: u64) -> Option<Self> {
        if n < digits::LIMIT { Some(Self(n)) } else { None }
    }

    /// All sixteen digits. The one door through which a NIK leaves; it is never printed by accident.
    pub fn to_digits(self) -> String {
        format!("{:016}", self.0)
    }

    /// All sixteen digits as bytes, without an allocation.
    pub fn to_bytes(self) -> [u8; 16] {
        digits::write(self.0)
    }

    /// The number as it may be shown.
    ///
    /// ```
    /// use bansos::Nik;
    /// use bansos::nik::Mask;
    /// let nik = Nik::parse("3508126801809001")?;
    /// assert_eq!(nik.masked(Mask::default()).to_string(), "35**************");
    /// assert_eq!(nik.masked(Mask::LastFour).to_string(), "************9001");
    /// # Ok::<(), bansos::nik::NikError>(())
    /// ```
    pub fn masked(self, mask: Mask) -> Masked {
        Masked::new(self.0, mask)
    }

    /// The first six digits: the district of first registration, by Kemendagri's list of that day.
    pub const fn region(self) -> Option<RegionCode> {
        RegionCode::new(crate::region::Scheme::Kemendagri, crate::region::Level::District, self.prefix() as u64)
    }

    /// The last four digits.
    pub const fn serial(self) -> u16 {
        (self.0 % 10_000) as u16
    }

    /// Whether the serial is one that SIAK does not reach (9000 to 9999): by our rule, every made-up NIK in tests, examples
    /// and generated registers has such a serial, and no other number there may look like a NIK.
    pub const fn is_synthetic(self) -> bool {
        self.serial() >= 9_000
    }

    pub(crate) const fn prefix(self) -> u32 {
        (self.0 / 10_000_000_000) as u32
    }

    /// Digits seven to twelve.
    pub(crate) const fn day_month_year(self) -> (u8, u8, u8) {
        let date = (self.0 / 10_000) % 1_000_000;
        ((date / 10_000) as u8, (date / 100 % 100) as u8, (date % 100) as u8)
    }
}

impl std::str::FromStr for Nik {
    type Err = NikError;
    fn from_str(text: &str) -> Result<Self, NikError> {
        Self::parse(text)
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nik({})", self.masked(Mask::default()))
    }
}
