//! The code of a place: its scheme, its depth, its digits.

use super::{Level, Scheme};
use crate::message::{Lang, Param, Value};
use std::fmt;

codes! {
    /// Why a text is no region code.
    #[derive(Copy, thiserror::Error)]
    pub enum RegionError {
        /// The number of digits fits no level of the scheme.
        Length { digits: u32, scheme: Scheme } = "region.length", Error,
            id: "kode wilayah {scheme} tidak ada yang {digits} digit",
            en: "no {scheme} region code has {digits} digits";
        /// Something other than digits and dots.
        Charset { position: u32 } = "region.charset", Error,
            id: "kode wilayah hanya berisi angka dan titik; ada yang lain di posisi {position}",
            en: "a region code has digits and dots only; something else is at position {position}";
        /// Dots, but not where the levels end.
        Dots = "region.dots", Error,
            id: "titik pada kode wilayah tidak berada di batas tingkatnya, misalnya 35.08.16.2010",
            en: "the dots of the region code are not between its levels, as in 35.08.16.2010";
    }
}

/// A region code: 2, 4, 6 or 10 digits (Kemendagri), 2, 4, 7 or 10 (BPS). Whether it names a place is asked of
/// [`super::lookup`]. Codes of one scheme sort a parent before its children only within a level.
///
/// ```
/// use bansos::region::{Level, RegionCode, Scheme};
/// let village = RegionCode::parse(Scheme::Kemendagri, "35.08.16.2010")?;
/// assert_eq!(village.level(), Level::Village);
/// assert_eq!(village.parent(), RegionCode::parse(Scheme::Kemendagri, "350816").ok());
/// assert_eq!(village.at(Level::Regency).map(|r| r.to_string()).as_deref(), Some("35.08"));
/// assert_eq!(village.digits(), "3508162010");
/// # Ok::<(), bansos::region::RegionError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode {
    scheme: Scheme,
    level: Level,
    number: u64,
}

impl Scheme {
    /// How many digits a code of a level has.
    pub const fn digits(self, level: Level) -> u32 {
        match (level, self) {
            (Level::Province, _) => 2,
            (Level::Regency, _) => 4,
            (Level::District, Scheme::Kemendagri) => 6,
            (Level::District, Scheme::Bps) => 7,
            (Level::Village, _) => 10,
        }
    }
}

impl RegionCode {
    /// Reads a code with or without dots; blanks around it are no matter.
    ///
    /// Ten plain digits are a village in both schemes: only the caller knows which scheme a column is in.
    pub fn parse(scheme: Scheme, text: &str) -> Result<Self, RegionError> {
        let text = text.trim();
        let (mut number, mut digits, mut dots) = (0u64, 0u32, [0u32; 4]);
        let mut seen_dots = 0usize;
        for (i, c) in text.bytes().enumerate() {
            match c {
                b'0'..=b'9' => {
                    number = number.wrapping_mul(10).wrapping_add(u64::from(c - b'0'));
                    digits = digits.saturating_add(1);
                }
                b'.' => {
                    *dots.get_mut(seen_dots).ok_or(RegionError::Dots)? = digits;
                    seen_dots += 1;
                }
                _ => return Err(RegionError::Charset { position: u32::try_from(i + 1).unwrap_or(u32::MAX) }),
            }
        }
        let level = Level::ALL
            .iter()
            .copied()
            .find(|l| scheme.digits(*l) == digits)
            .ok_or(RegionError::Length { digits, scheme })?;
        let ends = Level::ALL.iter().map(|l| scheme.digits(*l)).filter(|d| *d < digits);
        let seen = dots.iter().copied().take(seen_dots);
        if seen_dots > 0 && !ends.eq(seen) {
            return Err(RegionError::Dots);
        }
        Ok(Self { scheme, level, number })
    }

    /// Reads the cell of a table: a code as [`parse`](Self::parse) reads it, also where a program made a number of its digits
    /// and put `.0` behind them. `35.1` is no code: whether it was 35.10 or 35.01 nobody can say.
    ///
    /// ```
    /// use bansos::region::{RegionCode, Scheme};
    /// let read = |text| RegionCode::from_cell(Scheme::Kemendagri, text).ok().map(|c| c.to_string());
    /// assert_eq!(read("3508162010.0").as_deref(), Some("35.08.16.2010"));
    /// assert_eq!(read("35.1"), None);
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn from_cell(scheme: Scheme, text: &str) -> Result<Self, RegionError> {
        let text = text.trim();
        let number = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).filter(|n| !n.contains(['.', ',']));
        Self::parse(scheme, number.unwrap_or(text))
    }

    /// A code from its digits as a number; `None` where the level has fewer digits.
    pub const fn new(scheme: Scheme, level: Level, number: u64) -> Option<Self> {
        if number < 10u64.pow(scheme.digits(level)) { Some(Self { scheme, level, number }) } else { None }
    }

    /// A Kemendagri code from its digits as a number, the level told by their count (provinces start at 11).
    pub const fn kemendagri(number: u64) -> Option<Self> {
        let level = match number {
            10..=99 => Level::Province,
            1_000..=9_999 => Level::Regency,
            100_000..=999_999 => Level::District,
            1_000_000_000..=9_999_999_999 => Level::Village,
            _ => return None,
        };
        Some(Self { scheme: Scheme::Kemendagri, level, number })
    }

    /// The scheme.
    pub const fn scheme(self) -> Scheme {
        self.scheme
    }

    /// The depth.
    pub const fn level(self) -> Level {
        self.level
    }

    /// The digits as a number.
    pub const fn number(self) -> u64 {
        self.number
    }

    /// The code without dots, as columns hold it.
    pub fn digits(self) -> String {
        format!("{:0width$}", self.number, width = self.scheme.digits(self.level) as usize)
    }

    /// The place at a level above (or the same); `None` where the level lies below.
    pub const fn at(self, level: Level) -> Option<Self> {
        let (own, wanted) = (self.scheme.digits(self.level), self.scheme.digits(level));
        if wanted > own {
            return None;
        }
        Some(Self { scheme: self.scheme, level, number: self.number / 10u64.pow(own - wanted) })
    }

    /// One level up; `None` above a province.
    pub const fn parent(self) -> Option<Self> {
        match self.level {
            Level::Province => None,
            Level::Regency => self.at(Level::Province),
            Level::District => self.at(Level::Regency),
            Level::Village => self.at(Level::District),
        }
    }

    /// Whether this place is `other` or lies in it, by their codes. Never across schemes.
    pub fn is_within(self, other: Self) -> bool {
        self.scheme == other.scheme && self.at(other.level) == Some(other)
    }

    /// Whether the number says kota (third and fourth digit 71 to 99; Permendagri 58/2021 Pasal 4). `None` for a province.
    pub const fn is_city(self) -> Option<bool> {
        match self.at(Level::Regency) {
            Some(r) => Some(r.number % 100 > 70),
            None => None,
        }
    }
}

impl fmt::Display for RegionCode {
    /// Kemendagri codes with dots, as decrees print them; BPS codes without.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.number;
        match (self.scheme, self.level) {
            (Scheme::Bps, _) => f.write_str(&self.digits()),
            (_, Level::Province) => write!(f, "{n:02}"),
            (_, Level::Regency) => write!(f, "{:02}.{:02}", n / 100, n % 100),
            (_, Level::District) => write!(f, "{:02}.{:02}.{:02}", n / 10_000, n / 100 % 100, n % 100),
            (_, Level::Village) => {
                write!(f, "{:02}.{:02}.{:02}.{:04}", n / 100_000_000, n / 1_000_000 % 100, n / 10_000 % 100, n % 10_000)
            }
        }
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {self}", self.scheme.word())
    }
}

impl Value for RegionCode {
    fn param(&self) -> Param {
        Param::Text(self.to_string())
    }
    fn show(&self, _lang: Lang) -> String {
        self.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dots_and_lengths() {
        let kemendagri = |t| RegionCode::parse(Scheme::Kemendagri, t);
        let bps = |t| RegionCode::parse(Scheme::Bps, t);
        assert_eq!(kemendagri(" 64.02.12.2007 ").map(RegionCode::number), Ok(6_402_122_007));
        assert_eq!(kemendagri("6402122007").map(RegionCode::level), Ok(Level::Village));
        assert_eq!(kemendagri("6402120"), Err(RegionError::Length { digits: 7, scheme: Scheme::Kemendagri }));
        assert_eq!(bps("6402120").map(RegionCode::level), Ok(Level::District));
        assert_eq!(bps("6402120001").ok().and_then(RegionCode::parent), bps("6402120").ok());
        assert_eq!(kemendagri("6402.12"), Err(RegionError::Dots));
        assert_eq!(kemendagri("64..02"), Err(RegionError::Dots));
        assert_eq!(kemendagri("64.02."), Err(RegionError::Dots));
        assert_eq!(kemendagri("1.2.3.4.5.6"), Err(RegionError::Dots));
        assert_eq!(kemendagri("64 02"), Err(RegionError::Charset { position: 3 }));
        assert_eq!(kemendagri(""), Err(RegionError::Length { digits: 0, scheme: Scheme::Kemendagri }));
        assert!(kemendagri("9".repeat(300).as_str()).is_err());
    }

    #[test]
    fn schemes_never_mix() {
        let ours = RegionCode::parse(Scheme::Kemendagri, "1101").unwrap();
        let theirs = RegionCode::parse(Scheme::Bps, "1101").unwrap();
        assert_ne!(ours, theirs);
        assert!(!ours.is_within(theirs));
        assert!(ours.is_within(ours));
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(n in 0u64..10_000_000_000, level in 0usize..4, bps: bool) {
            let scheme = if bps { Scheme::Bps } else { Scheme::Kemendagri };
            let level = Level::ALL[level];
            let code = RegionCode::new(scheme, level, n % 10u64.pow(scheme.digits(level))).unwrap();
            prop_assert_eq!(RegionCode::parse(scheme, &code.to_string()), Ok(code));
            prop_assert_eq!(RegionCode::parse(scheme, &code.digits()), Ok(code));
            if let Some(parent) = code.parent() {
                prop_assert!(code.is_within(parent) && !parent.is_within(code));
            }
        }

        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = RegionCode::parse(Scheme::Kemendagri, &text);
            let _ = RegionCode::parse(Scheme::Bps, &text);
        }
    }
}
