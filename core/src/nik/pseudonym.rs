//! Keyed pseudonyms: the same number gives the same pseudonym under one key, and nothing without it.
//!
//! A plain hash of a NIK is no pseudonym: districts × days × serials are some 5·10⁹ numbers, which a graphics card hashes in under a
//! second. So only HMAC-SHA-256 with a secret key is offered (RFC 2104, FIPS 198-1). Whoever holds the key can still find the number
//! of a pseudonym by trying: the key belongs to the owner of the register and not beside the data (UU 27/2022 on personal data
//! regards pseudonymous data as personal).

use crate::{FamilyCard, Nik};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

codes! {
    /// Why bytes are no key.
    #[derive(Copy, thiserror::Error)]
    pub enum KeyError {
        /// Too few to be secret.
        Short { bytes: u32 } = "pseudonym.key_short", Error,
            id: "kunci hanya {bytes} byte; perlu paling sedikit 32 byte acak",
            en: "the key has {bytes} bytes; it needs at least 32 random bytes";
        /// The same byte again and again.
        Constant = "pseudonym.key_constant", Error,
            id: "kunci berisi satu nilai yang berulang; buat dengan pembangkit acak",
            en: "the key is one value repeated; make it with a random generator";
    }
}

/// Bytes that go into every pseudonym first, so that a NIK and a family card of the same digits differ, and a later scheme too.
const NIK: &[u8] = b"bansos/nik/1\0";
const FAMILY_CARD: &[u8] = b"bansos/family_card/1\0";

/// Makes pseudonyms with one key. The key is wiped from memory when this is dropped.
///
/// ```
/// use bansos::Nik;
/// use bansos::nik::pseudonym::Pseudonymiser;
/// let key: Vec<u8> = (0..32).collect(); // for the example only: a real key is random
/// let maker = Pseudonymiser::new(&key)?;
/// let nik = Nik::parse("3508126801809001").unwrap();
/// assert_eq!(maker.nik(nik), maker.nik(nik));
/// assert_eq!(maker.nik(nik).to_string().len(), 32);
/// # Ok::<(), bansos::nik::pseudonym::KeyError>(())
/// ```
pub struct Pseudonymiser {
    // with hmac's and sha2's own zeroize the states made from the key are wiped as well
    keyed: Hmac<Sha256>,
}

/// A pseudonym: the first sixteen bytes of the authentication code, written as 32 hexadecimal digits. Two of 3·10⁸ residents share one with a
/// chance of about 10⁻²².
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pseudonym([u8; 16]);

impl Pseudonymiser {
    /// Takes a key of at least 32 random bytes.
    pub fn new(key: &[u8]) -> Result<Self, KeyError> {
        if key.len() < 32 {
            return Err(KeyError::Short { bytes: u32::try_from(key.len()).unwrap_or(u32::MAX) });
        }
        if key.iter().all(|b| Some(b) == key.first()) {
            return Err(KeyError::Constant);
        }
        // HMAC takes keys of any length; the error cannot come
        Hmac::new_from_slice(key).map(|keyed| Self { keyed }).map_err(|_| KeyError::Constant)
    }

    /// The pseudonym of a NIK.
    pub fn nik(&self, nik: Nik) -> Pseudonym {
        self.of(NIK, &Zeroizing::new(nik.to_bytes()))
    }

    /// The pseudonym of a family card.
    pub fn family_card(&self, card: FamilyCard) -> Pseudonym {
        self.of(FAMILY_CARD, &Zeroizing::new(card.to_bytes()))
    }

    fn of(&self, area: &[u8], digits: &[u8; 16]) -> Pseudonym {
        let mut mac = self.keyed.clone();
        mac.update(area);
        mac.update(digits);
        let whole: [u8; 32] = mac.finalize().into_bytes().into();
        let mut half = [0; 16];
        for (to, from) in half.iter_mut().zip(whole) {
            *to = from;
        }
        Pseudonym(half)
    }
}

impl fmt::Debug for Pseudonymiser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pseudonymiser(key hidden)")
    }
}

impl Pseudonym {
    /// The sixteen bytes.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pseudonym({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Vec<u8> {
        (0..32).collect()
    }

    /// HMAC-SHA-256 computed by another program: Python's hmac module over the area and the digits
    #[test]
    fn is_hmac_sha_256_as_others_compute_it() {
        let maker = Pseudonymiser::new(&key()).unwrap();
        let nik = Nik::parse("3508126801809001").unwrap();
        let card = FamilyCard::parse("3508126801809001").unwrap();
        assert_eq!(maker.nik(nik).to_string(), EXPECTED_NIK);
        assert_eq!(maker.family_card(card).to_string(), EXPECTED_CARD);
    }
    const EXPECTED_NIK: &str = "770c89eddc4dd621d529cbcea48026a4";
    const EXPECTED_CARD: &str = "9b152384cdd78dcafc0726d28324354a";

    #[test]
    fn another_key_another_pseudonym() {
        let nik = Nik::parse("3508126801809001").unwrap();
        let other: Vec<u8> = (1..33).collect();
        assert_ne!(Pseudonymiser::new(&key()).unwrap().nik(nik), Pseudonymiser::new(&other).unwrap().nik(nik));
    }

    #[test]
    fn keys_that_are_none() {
        assert_eq!(Pseudonymiser::new(b"rahasia").err(), Some(KeyError::Short { bytes: 7 }));
        assert_eq!(Pseudonymiser::new(&[7; 64]).err(), Some(KeyError::Constant));
    }
}
