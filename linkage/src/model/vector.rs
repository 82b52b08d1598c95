//! The levels of a pair in one number.

/// The level reached on each comparison, four bits each, the first comparison lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vector(pub u64);

/// Comparisons that a vector holds.
pub const MOST_COMPARISONS: usize = 16;
/// Levels that four bits hold, less the one for "missing".
pub const MOST_LEVELS: usize = 15;
/// The level of a comparison that says nothing, one of its values being missing.
pub const MISSING: u8 = 15;

impl Vector {
    /// The levels of each comparison in order, [`MOST_COMPARISONS`] at most.
    ///
    /// ```
    /// use bansos_linkage::model::{MISSING, Vector};
    /// let v = Vector::new(&[3, 0, MISSING]);
    /// assert_eq!((v.level(0), v.level(2)), (3, MISSING));
    /// assert_eq!(v, Vector::default().with(0, 3).with(2, MISSING));
    /// ```
    #[inline]
    pub fn new(levels: &[u8]) -> Self {
        levels.iter().enumerate().fold(Self::default(), |v, (i, l)| v.with(i, *l))
    }

    /// With the level of one comparison set; each may be set once.
    #[inline]
    #[must_use]
    pub const fn with(self, comparison: usize, level: u8) -> Self {
        Self(self.0 | (level as u64) << (4 * comparison))
    }

    /// The level of one comparison.
    #[inline]
    pub const fn level(self, comparison: usize) -> u8 {
        (self.0 >> (4 * comparison) & 15) as u8
    }

    /// With one comparison made missing.
    #[must_use]
    pub const fn blind(self, comparison: usize) -> Self {
        Self(self.0 | 15 << (4 * comparison))
    }

    /// A number in whose order the first comparison counts most.
    pub(super) const fn first_highest(self) -> u64 {
        const LOW: u64 = 0x0f0f_0f0f_0f0f_0f0f;
        let bytes = self.0.swap_bytes();
        (bytes & LOW) << 4 | bytes >> 4 & LOW
    }
}
