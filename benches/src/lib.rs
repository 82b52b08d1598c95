//! Side-by-side comparisons.

pub mod meter;
pub mod population;

/// A seeded stream of numbers (SplitMix64), so that every run and every language sees the same data.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A stream.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let a = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ a >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        b ^ b >> 31
    }

    /// A number below `n`; the small bias does not matter here.
    pub const fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}
