//! Showing an identifier without giving it away.

use super::digits;
use std::fmt;

words! {
    /// How much of a NIK or family-card number is shown.
    ///
    /// A NIK is birth date, sex and district: hiding its last four digits hides nobody. So the default shows the province
    /// alone.
    #[derive(Default)]
    pub enum Mask {
        /// The first two digits: the province.
        #[default]
        Province = "province", id: "dua digit pertama", en: "first two digits";
        /// The first four: the regency.
        Region = "region", id: "empat digit pertama", en: "first four digits";
        /// The last four: for a clerk who compares a card in the hand.
        LastFour = "last_four", id: "empat digit terakhir", en: "last four digits";
        /// None.
        Full = "full", id: "semua disamarkan", en: "all masked";
    }
}

/// A number that prints masked. See [`super::Nik::masked`].
#[derive(Clone, Copy)]
pub struct Masked {
    digits: [u8; 16],
}

impl Masked {
    pub(crate) fn new(number: u64, mask: Mask) -> Self {
        let mut all = digits::write(number);
        let shown = match mask {
            Mask::Province => 0..2,
            Mask::Region => 0..4,
            Mask::LastFour => 12..16,
            Mask::Full => 0..0,
        };
        for (place, digit) in all.iter_mut().enumerate() {
            if !shown.contains(&place) {
                *digit = b'*';
            }
        }
        Self { digits: all }
    }

    /// The sixteen characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits).unwrap_or_default()
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
