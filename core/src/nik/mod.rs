//! NIK (Nomor Induk Kependudukan): sixteen digits, packed into eight bytes, masked in `Debug`.

use std::fmt;

/// A NIK by shape: sixteen digits. Whether the digits make sense is another question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nik(u64);

codes! {
    /// Why a text is no NIK.
    #[derive(Copy)]
    pub enum NikError {
        /// The text does not have sixteen digits.
        Length { digits: u32 } = "nik.length", Error,
            id: "NIK terdiri atas 16 digit; ini {digits} digit",
            en: "a NIK has 16 digits; this has {digits}";
        /// The text has something other than digits.
        Charset { position: u32 } = "nik.charset", Error,
            id: "NIK hanya berisi angka; ada yang lain di posisi {position}",
            en: "a NIK has digits only; something else stands at position {position}";
    }
}

codes! {
    /// Observations about a NIK.
    #[derive(Copy)]
    pub enum NikFinding {
        /// The last digit was lost to a spreadsheet.
        SerialZero = "nik.serial_zero", Error,
            id: "nomor urut 0000 tidak pernah diterbitkan; biasanya digit terakhir hilang di Excel",
            en: "serial 0000 is never issued; usually a spreadsheet lost the last digit";
    }
}

impl Nik {
    /// Judges shape alone: exactly sixteen ASCII digits.
    pub fn parse(text: &str) -> Result<Self, NikError> {
        digits(text).map(Self)
    }

    /// The number, below 10¹⁶. For columns and keys; never for show.
    pub const fn to_u64(self) -> u64 {
        self.0
    }

    /// Back from [`Nik::to_u64`].
    pub const fn from_u64(n: u64) -> Option<Self> {
        if n < 10_000_000_000_000_000 { Some(Self(n)) } else { None }
    }

    /// All sixteen digits. The one door through which a NIK leaves; it is never printed by accident.
    pub fn to_digits(self) -> String {
        format!("{:016}", self.0)
    }
}

fn digits(text: &str) -> Result<u64, NikError> {
    let mut n = 0u64;
    for (i, c) in text.bytes().enumerate() {
        if !c.is_ascii_digit() {
            return Err(NikError::Charset { position: u32::try_from(i + 1).unwrap_or(u32::MAX) });
        }
        n = n.wrapping_mul(10).wrapping_add(u64::from(c - b'0'));
    }
    if text.len() == 16 {
        Ok(n)
    } else {
        Err(NikError::Length { digits: u32::try_from(text.len()).unwrap_or(u32::MAX) })
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nik({:02}**************)", self.0 / 100_000_000_000_000)
    }
}
