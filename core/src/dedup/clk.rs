//! Linkage between offices that may not show each other names or numbers: each encodes its rows under a secret key that
//! both hold, a third compares the codes and never sees a name (Schnell, Bachteler and Reiher 2009: cryptographic
//! long-term keys).
//!
//! A record becomes a Bloom filter of 1,024 bits over the bigrams of its name and the digits of its birth date and NIK.
//! Hardened against the attacks known: positions come from HMAC-SHA-256 under the key, drawn per token rather than by double
//! hashing (Niedermeyer et al. 2014 and Kroll and Steinmetzer 2015 broke the latter); all fields of a record share one
//! filter, so that no field can be attacked alone; the filter is folded upon itself by XOR to 512 bits (Schnell and Borgs
//! 2016), which leaves no bit that stands for one bigram.
//!
//! **Limits.** A code is still personal data under UU 27/2022: whoever has the key can try names until one fits, and whoever
//! has very many codes can count which are frequent. So the key stays with the two offices and never goes to the third; the
//! third deletes the codes after linking; codes are made anew, under a new key, for each purpose. Similarity is coarser
//! than comparing names: no nicknames, no frequency of names, no families.

use crate::Date;
use crate::dedup::Digits;
use crate::nik::pseudonym::KeyError;
use crate::person::Sex;
use crate::text::name::Name;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rustc_hash::FxHashMap;
use sha2::Sha256;

/// Words of 64 bits in a code.
const WORDS: usize = 8;
/// Bits of the filter before it is folded.
const BITS: u16 = 1024;

/// An encoded record: 512 bits, written as 128 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clk([u64; WORDS]);

impl Clk {
    /// Reads the 128 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() != WORDS * 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut words = [0u64; WORDS];
        for (i, w) in words.iter_mut().enumerate() {
            *w = u64::from_str_radix(text.get(i * 16..i * 16 + 16)?, 16).ok()?;
        }
        Some(Self(words))
    }

    /// Bits set.
    #[inline]
    pub fn ones(&self) -> u32 {
        self.0.iter().map(|w| w.count_ones()).sum()
    }

    /// Dice similarity, from 0 to 1: twice the bits in common over the bits of both.
    #[inline]
    pub fn dice(&self, other: &Self) -> f32 {
        let common: u32 = self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones()).sum();
        let both = self.ones() + other.ones();
        if both == 0 { 0.0 } else { 2.0 * common as f32 / both as f32 }
    }
}

impl std::fmt::Display for Clk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|w| write!(f, "{w:016x}"))
    }
}

impl std::fmt::Debug for Clk {
    /// How many bits are set, never which.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clk({} bits)", self.ones())
    }
}

/// What of a person is encoded. What is missing sets no bit.
#[derive(Clone, Copy, Default)]
pub struct ClkRecord<'a> {
    /// Name as written; titles and spellings are folded first.
    pub name: &'a str,
    /// Birth date.
    pub birth: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// NIK, as far as its digits are known.
    pub nik: Digits,
}

crate::reticent! { ClkRecord<'_> {} }

/// A token: field, place or first letter, digit or second letter.
type Token = [u8; 3];

/// Encodes records under one key.
///
/// ```
/// use bansos::dedup::{ClkEncoder, ClkRecord};
/// let key: Vec<u8> = (0..32).collect(); // for the example only: a real key is random, and both offices hold the same
/// let mut encoder = ClkEncoder::new(&key)?;
/// let birth = Some("1971-01-06".parse().unwrap());
/// let mut code = |name| encoder.encode(&ClkRecord { name, birth, ..ClkRecord::default() });
/// let (a, b, c) = (code("Hj. Siti Aminah"), code("St. Amina"), code("Budi Santoso"));
/// assert!(a.dice(&b) > 0.8 && a.dice(&c) < 0.7);
/// # Ok::<(), bansos::nik::pseudonym::KeyError>(())
/// ```
pub struct ClkEncoder {
    keyed: Hmac<Sha256>,
    places: FxHashMap<Token, [u16; 16]>,
}

/// Bits per token of each field: what identifies more sets more.
const NAME: (u8, usize) = (1, 10);
const BIRTH: (u8, usize) = (2, 12);
const SEX: (u8, usize) = (3, 8);
const NIK: (u8, usize) = (4, 6);

impl ClkEncoder {
    /// Takes a key of at least 32 random bytes, which both offices hold and the third does not.
    pub fn new(key: &[u8]) -> Result<Self, KeyError> {
        crate::nik::pseudonym::check_key(key)?;
        // HMAC takes keys of any length; the error cannot come
        let keyed = Hmac::new_from_slice(key).map_err(|_| KeyError::Constant)?;
        Ok(Self { keyed, places: FxHashMap::default() })
    }

    /// The code of a record.
    pub fn encode(&mut self, record: &ClkRecord<'_>) -> Clk {
        let mut bits = [0u64; 2 * WORDS];
        let name = Name::read(record.name);
        for word in &name.words {
            let mut before = b'_';
            for letter in word.bytes().chain([b'_']) {
                self.set(&mut bits, NAME, before, letter);
                before = letter;
            }
        }
        if let Some(d) = record.birth {
            let mut number = i64::from(d.year()) * 10_000 + i64::from(d.month()) * 100 + i64::from(d.day());
            for place in 0..8u8 {
                self.set(&mut bits, BIRTH, place, (number % 10) as u8);
                number /= 10;
            }
        }
        if let Some(sex) = record.sex {
            self.set(&mut bits, SEX, 0, u8::from(sex == Sex::Female));
        }
        // the first four digits are the same for a whole regency and tell nobody apart
        for place in 4..16u8 {
            let digit = (record.nik.bits() >> (60 - 4 * u32::from(place)) & 15) as u8;
            if record.nik.known_in(u32::from(place), u32::from(place) + 1) == 1 {
                self.set(&mut bits, NIK, place, digit);
            }
        }
        let mut folded = [0u64; WORDS];
        let (low, high) = bits.split_at(WORDS);
        for ((f, a), b) in folded.iter_mut().zip(low).zip(high) {
            *f = a ^ b;
        }
        Clk(folded)
    }

    fn set(&mut self, bits: &mut [u64; 2 * WORDS], (field, count): (u8, usize), a: u8, b: u8) {
        let keyed = &self.keyed;
        let places = self.places.entry([field, a, b]).or_insert_with(|| {
            let mut mac = keyed.clone();
            mac.update(b"bansos/clk/1\0");
            mac.update(&[field, a, b]);
            let code: [u8; 32] = mac.finalize().into_bytes().into();
            let mut out = [0u16; 16];
            for (slot, pair) in out.iter_mut().zip(code.chunks(2)) {
                *slot = pair.iter().fold(0u16, |n, byte| n << 8 | u16::from(*byte)) % BITS;
            }
            out
        });
        for place in places.iter().take(count) {
            if let Some(word) = bits.get_mut(usize::from(place / 64)) {
                *word |= 1 << (place % 64);
            }
        }
    }
}

impl std::fmt::Debug for ClkEncoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClkEncoder(key hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoder(first: u8) -> ClkEncoder {
        ClkEncoder::new(&(first..first + 32).collect::<Vec<u8>>()).unwrap()
    }

    fn record(name: &str) -> ClkRecord<'_> {
        let birth = Some(Date::constant(1971, 1, 6));
        ClkRecord { name, birth, sex: Some(Sex::Female), nik: Digits::from_number(3_508_124_601_719_001) }
    }

    #[test]
    fn the_key_decides_everything() {
        let (mut one, mut again, mut other) = (encoder(0), encoder(0), encoder(9));
        let a = one.encode(&record("SITI AMINAH"));
        assert_eq!(a, again.encode(&record("SITI AMINAH")));
        // under another key the same person looks like anybody
        let b = other.encode(&record("SITI AMINAH"));
        assert!(a.dice(&b) < 0.55, "{}", a.dice(&b));
        assert!(matches!(ClkEncoder::new(&[7; 32]), Err(KeyError::Constant)));
        assert!(matches!(ClkEncoder::new(&[1, 2, 3]), Err(KeyError::Short { bytes: 3 })));
    }

    #[test]
    fn alike_records_have_alike_codes() {
        let mut e = encoder(0);
        let a = e.encode(&record("SITI AMINAH"));
        let slip = e.encode(&record("SITI AMINHA"));
        let titled = e.encode(&record("Hj. St. Aminah"));
        let stranger = e.encode(&ClkRecord {
            name: "BUDI SANTOSO",
            birth: Some(Date::constant(1985, 9, 23)),
            sex: Some(Sex::Male),
            nik: Digits::from_number(3_508_122_309_859_002),
        });
        assert_eq!(a.dice(&titled), 1.0);
        assert!(a.dice(&slip) > 0.8 && a.dice(&slip) > a.dice(&stranger) + 0.2);
    }

    #[test]
    fn written_and_read() {
        let a = encoder(0).encode(&record("SITI AMINAH"));
        assert_eq!(Clk::parse(&a.to_string()), Some(a));
        assert_eq!(Clk::parse("00"), None);
        assert_eq!(Clk::parse(&"g".repeat(128)), None);
        // folding: neither nearly empty nor nearly full
        assert!((100..300).contains(&a.ones()), "{}", a.ones());
        assert!(!format!("{a:?}").contains(&a.to_string()));
    }
}
