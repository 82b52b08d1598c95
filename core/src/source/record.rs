//! What the rows of all sources have in common: where they stand, their identifiers, what they say is received.

use super::Source;
use crate::nik::repair::{Loss, Reading};
use crate::{FamilyCard, Nik, Text};
use std::marker::PhantomData;

/// Where a row came from. The pair (source, row) is what the crosswalk names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Origin {
    /// The register.
    pub source: Source,
    /// Which of the files read, in the order they were read.
    pub file: u16,
    /// 1-based data row of that file, after any title and header rows.
    pub row: u32,
}

/// A number of sixteen digits that a row may carry.
pub trait Sixteen: Sized {
    /// From the digits as a number below 10¹⁶.
    fn from_number(number: u64) -> Option<Self>;
    /// The digits as a number.
    fn to_number(self) -> u64;
}

impl Sixteen for Nik {
    fn from_number(number: u64) -> Option<Self> {
        Self::from_u64(number)
    }
    fn to_number(self) -> u64 {
        self.to_u64()
    }
}

impl Sixteen for FamilyCard {
    fn from_number(number: u64) -> Option<Self> {
        Self::from_u64(number)
    }
    fn to_number(self) -> u64 {
        self.to_u64()
    }
}

/// An identifier as a cell gave it: what was read in it, once and for everybody, and the text where that is not simply the
/// sixteen digits.
///
/// ```
/// use bansos::Nik;
/// use bansos::source::Identifier;
/// let cell = Identifier::<Nik>::from_cell("NIK: 3508126801809001");
/// assert_eq!(cell.value(), Nik::parse("3508126801809001").ok());
/// assert_eq!(cell.raw(), Some("NIK: 3508126801809001"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Identifier<T> {
    reading: Reading,
    raw: Option<Text>,
    of: PhantomData<T>,
}

impl<T: Sixteen> Identifier<T> {
    /// Reads a cell and keeps its text where the digits are not all of it. See [`Reading`].
    pub fn from_cell(text: &str) -> Self {
        let reading = Reading::from_cell(text);
        Self { reading, raw: (!reading.is_clean()).then(|| text.into()), of: PhantomData }
    }

    /// What was read in a cell, with the text for those who quarantine and mend.
    pub const fn from_reading(reading: Reading, raw: Option<Text>) -> Self {
        Self { reading, raw, of: PhantomData }
    }

    /// The number, where the text is one or lossless repair makes it one.
    pub fn value(&self) -> Option<T> {
        self.reading.number().and_then(T::from_number)
    }

    /// What was read; also of a cell that gives no number, such as the five digits left of `3.50812E+15`.
    pub const fn reading(&self) -> Reading {
        self.reading
    }

    /// The text as written, kept where it is not simply the sixteen digits.
    pub fn raw(&self) -> Option<&str> {
        self.raw.as_deref()
    }

    /// Whether the row has no such identifier at all.
    pub const fn is_missing(&self) -> bool {
        matches!(self.reading.loss(), Some(Loss::Missing)) && self.raw.is_none()
    }
}

impl<T: Sixteen> From<T> for Identifier<T> {
    fn from(number: T) -> Self {
        Self::from_reading(Reading::from_number(number.to_number()), None)
    }
}

impl<T: Sixteen> From<Option<T>> for Identifier<T> {
    fn from(number: Option<T>) -> Self {
        number.map_or_else(Self::default, Self::from)
    }
}

impl<T> Default for Identifier<T> {
    fn default() -> Self {
        Self { reading: Reading::default(), raw: None, of: PhantomData }
    }
}

impl<T> std::fmt::Debug for Identifier<T> {
    /// Says whether there is a value, never which.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match (self.reading.number(), self.reading.loss(), &self.raw) {
            (Some(_), _, None) => "Identifier(clean)",
            (Some(_), _, Some(_)) => "Identifier(repaired)",
            (None, Some(Loss::Missing), None) => "Identifier(missing)",
            (None, ..) => "Identifier(unusable)",
        })
    }
}

/// Whether a programme is received, as a source states it. `None`: the source does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Received {
    /// Program Keluarga Harapan.
    pub pkh: Option<bool>,
    /// Sembako, BPNT.
    pub sembako: Option<bool>,
    /// Bantuan Sosial Tunai.
    pub bst: Option<bool>,
}
