//! SHA-256 digests: of events, and of the files that prove them.

use crate::message::{Param, Value};
use std::fmt;

/// A SHA-256 digest. SHA-256 rather than a faster hash, because an auditor finds it everywhere: `sha256sum`, Node's
/// `crypto`, PHP's `hash`, and it is fast enough (see benches/).
///
/// ```
/// use bansos::verivali::Digest;
/// let of = Digest::compute(b"berita acara");
/// assert_eq!(Digest::parse(&of.to_string()), Some(of));
/// assert_eq!(Digest::parse("abc"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of some bytes: an attachment, a canonical event.
    pub fn compute(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// From its 32 bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its 32 bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits, of either case.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        let text = text.as_bytes();
        if text.len() != 64 {
            return None;
        }
        let mut bytes = [0u8; 32];
        for (pair, byte) in text.chunks_exact(2).zip(&mut bytes) {
            let [high, low] = pair else { return None };
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(bytes))
    }

    /// 64 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let nibble = |n: u8| DIGITS.get(usize::from(n)).copied().map_or('0', char::from);
        self.0.iter().flat_map(|b| [nibble(b >> 4), nibble(b & 15)]).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.hex().get(..12).unwrap_or_default())
    }
}

impl Value for Digest {
    fn param(&self) -> Param {
        Param::Text(self.hex())
    }
}
