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
        /// A short pattern again and again, or hardly any different values.
        Repeated = "pseudonym.key_repeated", Error,
            id: "kunci mengulang pola pendek atau hanya memuat sedikit nilai yang berbeda; buat dengan pembangkit acak",
            en: "the key repeats a short pattern or has few different values; make it with a random generator";
        /// Words or a table, which somebody can guess or has.
        Text = "pseudonym.key_text", Error,
            id: "kunci ini teks biasa (kalimat, daftar, atau tabel), bukan byte acak; buat dengan pembangkit acak",
            en: "the key is a text (a sentence, a list, a table) and no random bytes; make it with a random generator";
        /// No key is that long: some other file, or one without end.
        Long { most: u32 } = "pseudonym.key_long", Error,
            id: "kunci lebih panjang dari {most} byte; ini bukan kunci",
            en: "the key is longer than {most} bytes; this is no key";
    }
}

/// No key has more bytes; who reads one from a file need read no more than one byte beyond.
pub const LONGEST_KEY: u32 = 1 << 16;

/// Refuses what cannot be a secret. What passes need not be one: whether bytes are random, nobody can see.
pub(crate) fn check_key(key: &[u8]) -> Result<(), KeyError> {
    if key.len() > LONGEST_KEY as usize {
        return Err(KeyError::Long { most: LONGEST_KEY });
    }
    let is_text = |b: &u8| matches!(b, b' '..=b'~' | b'\t' | b'\r' | b'\n' | 0x80..);
    let text = key.iter().all(is_text) && std::str::from_utf8(key).is_ok();
    // an editor ends the last line
    let key = if text { key.trim_ascii_end() } else { key };
    if key.len() < 32 {
        return Err(KeyError::Short { bytes: u32::try_from(key.len()).unwrap_or(u32::MAX) });
    }
    if key.iter().all(|b| Some(b) == key.first()) {
        return Err(KeyError::Constant);
    }
    // hexadecimal digits and base64 of a random key are texts too, of one line without blanks or signs
    let coded = |b: &u8| b.is_ascii_alphanumeric() || b"+/=-_".contains(b);
    if text && !key.iter().filter(|b| !b"\r\n".contains(b)).all(coded) {
        return Err(KeyError::Text);
    }
    let mut seen = [false; 256];
    for b in key {
        if let Some(seen) = seen.get_mut(usize::from(*b)) {
            *seen = true;
        }
    }
    let few = seen.iter().filter(|s| **s).count() < 8;
    let repeats = |period: usize| key.iter().zip(key.iter().skip(period)).all(|(a, b)| a == b);
    if few || (1..=key.len() / 2).any(repeats) {
        return Err(KeyError::Repeated);
    }
    Ok(())
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
    ///
    /// # Errors
    /// [`KeyError`] for what can be no secret: too short, a pattern, a text, a whole file.
    pub fn new(key: &[u8]) -> Result<Self, KeyError> {
        check_key(key)?;
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
        let of = |key: &str| Pseudonymiser::new(key.as_bytes()).err();
        assert_eq!(of(&"a".repeat(64)), Some(KeyError::Constant));
        assert_eq!(of(&("a".repeat(64) + "\n")), Some(KeyError::Constant), "an editor ends the last line");
        for pattern in ["ab", "password", "0123456789abcdef", "passw0rd-2026"] {
            assert_eq!(of(&pattern.repeat(20)), Some(KeyError::Repeated), "{pattern}");
            assert_eq!(of(&(pattern.repeat(20) + pattern.get(..1).unwrap() + "\r\n")), Some(KeyError::Repeated));
        }
        assert_eq!(of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcdef"), Some(KeyError::Repeated));
        for text in [
            "nik,nama\n3508126801809001,SITI\n3508126801809002,BUDI\n",
            "kunci rahasia dinas sosial kabupaten lumajang",
            "nama;alamat;kecamatan;desa;nomor;tahun",
            "kunci: é, sangat rahasia dan panjang sekali",
        ] {
            assert_eq!(of(text), Some(KeyError::Text), "{text}");
        }
        assert_eq!(Pseudonymiser::new(&vec![0; 1 << 17]).err(), Some(KeyError::Long { most: LONGEST_KEY }));
        // what generators write
        for good in [
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\n",
        ] {
            assert_eq!(of(good), None, "{good}");
        }
    }
}
