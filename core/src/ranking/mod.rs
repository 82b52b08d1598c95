//! Welfare ranking: exact deciles.

/// A welfare decile, 1 (poorest) to 10. Unranked is `None`, never 0 or 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decile(u8);

impl Decile {
    /// 1..=10, or nothing.
    pub const fn new(n: u8) -> Option<Self> {
        if n >= 1 && n <= 10 { Some(Self(n)) } else { None }
    }
    /// 1..=10.
    pub const fn get(self) -> u8 {
        self.0
    }
}
