//! No. KK, the number of a family card: shaped like a NIK, but its date is the day of recording, with no +40.

use std::fmt;

/// A family-card number by shape: sixteen digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyCard(u64);

codes! {
    /// Observations about a family-card number.
    #[derive(Copy)]
    pub enum FamilyCardFinding {
        /// Serial 0000.
        SerialZero = "family_card.serial_zero", Error,
            id: "nomor urut KK 0000 tidak pernah diterbitkan; biasanya digit terakhir hilang di Excel",
            en: "family-card serial 0000 is never issued; usually a spreadsheet lost the last digit";
    }
}

impl FamilyCard {
    /// Back from [`FamilyCard::to_u64`].
    pub const fn from_u64(n: u64) -> Option<Self> {
        if n < 10_000_000_000_000_000 { Some(Self(n)) } else { None }
    }

    /// The number, below 10¹⁶.
    pub const fn to_u64(self) -> u64 {
        self.0
    }

    /// All sixteen digits.
    pub fn to_digits(self) -> String {
        format!("{:016}", self.0)
    }
}

impl fmt::Debug for FamilyCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FamilyCard({:02}**************)", self.0 / 100_000_000_000_000)
    }
}
