//! Money: whole rupiah, never a float.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub};

/// An amount of whole rupiah.
///
/// ```
/// use bansos::Rupiah;
/// assert_eq!(Rupiah(2_000_000).to_string(), "Rp2.000.000");
/// assert_eq!(Rupiah(2_000_000).split(6)[5], Rupiah(333_335)); // the remainder stands in the last part
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Rupiah(pub i64);

impl Rupiah {
    /// Splits into `parts` equal whole amounts; what does not divide goes to the last part, so the sum is kept.
    /// No parts give an empty list.
    pub fn split(self, parts: u32) -> Vec<Rupiah> {
        let n = i64::from(parts);
        if n == 0 {
            return Vec::new();
        }
        let each = self.0.div_euclid(n);
        let mut all = vec![Rupiah(each); parts as usize];
        if let Some(last) = all.last_mut() {
            last.0 += self.0 - each * n;
        }
        all
    }
}

impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        f.write_str(if self.0 < 0 { "-Rp" } else { "Rp" })?;
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

impl Add for Rupiah {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl Sub for Rupiah {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl AddAssign for Rupiah {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl Mul<i64> for Rupiah {
    type Output = Self;
    fn mul(self, n: i64) -> Self {
        Self(self.0.saturating_mul(n))
    }
}
impl std::iter::Sum for Rupiah {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self(0), Add::add)
    }
}
impl crate::message::Value for Rupiah {
    fn param(&self) -> crate::message::Param {
        crate::message::Param::Int(self.0)
    }
    fn show(&self, _lang: crate::Lang) -> String {
        self.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_thousands() {
        assert_eq!(Rupiah(0).to_string(), "Rp0");
        assert_eq!(Rupiah(999).to_string(), "Rp999");
        assert_eq!(Rupiah(-1_234_567).to_string(), "-Rp1.234.567");
    }

    #[test]
    fn a_split_keeps_the_sum() {
        for parts in 1..13 {
            assert_eq!(Rupiah(2_000_000).split(parts).into_iter().sum::<Rupiah>(), Rupiah(2_000_000));
        }
        assert!(Rupiah(5).split(0).is_empty());
    }
}
