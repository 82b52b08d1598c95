//! The districts in force as one bit each, by the first six digits: 125 kB, made once.

use bansos::region::{self, Status};
use std::sync::OnceLock;

/// Words of the bitmap: 10⁶ bits.
pub(super) const WORDS: usize = 31_250;

/// Bit `n % 32` of word `n / 32` says whether `n` is a district in force.
pub(super) type Bitmap = [u32; WORDS];

/// The bitmap of the core's table.
pub(super) fn current() -> &'static Bitmap {
    static BITMAP: OnceLock<Box<Bitmap>> = OnceLock::new();
    BITMAP.get_or_init(|| {
        let mut bits = Box::new([0; WORDS]);
        for district in region::regencies().filter(|r| region::status(*r) == Status::Current).flat_map(region::children)
        {
            let n = district.number() as usize;
            if let Some(word) = bits.get_mut(n / 32) {
                *word |= 1 << (n % 32);
            }
        }
        bits
    })
}
