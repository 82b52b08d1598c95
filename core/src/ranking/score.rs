//! What can be a score: numbers with an exact order.

/// A number that families can be ranked by. Implemented for `f64` (non-finite values are no score), `i64`, and `i128`
/// (the digits of a decimal; all of one scale).
pub trait Score: Copy + PartialEq + std::fmt::Debug + private::Sealed {
    /// An unsigned integer in the same order.
    type Key: Ord + Copy + Default + std::fmt::Debug;

    /// The order key, or `None` where the value cannot be ranked. `-0.0` and `0.0` are the same score.
    fn key(self) -> Option<Self::Key>;

    /// The score of an order key.
    fn from_key(key: Self::Key) -> Self;

    /// The key of the reverse order.
    fn reverse(key: Self::Key) -> Self::Key;

    /// Whether two scores lie at most `margin` apart. Integers are compared as integers.
    fn within(self, other: Self, margin: f64) -> bool;

    /// The difference `self - other`, for people to read.
    fn minus(self, other: Self) -> f64;
}

mod private {
    pub trait Sealed {}
    impl Sealed for f64 {}
    impl Sealed for i64 {}
    impl Sealed for i128 {}
}

const SIGN: u64 = 1 << 63;

impl Score for f64 {
    type Key = u64;

    #[inline]
    fn key(self) -> Option<u64> {
        // adding +0.0 turns -0.0 into +0.0 and changes nothing else
        let bits = (self + 0.0).to_bits();
        self.is_finite().then_some(if bits & SIGN == 0 { bits | SIGN } else { !bits })
    }

    #[inline]
    fn from_key(key: u64) -> Self {
        Self::from_bits(if key & SIGN == 0 { !key } else { key & !SIGN })
    }

    #[inline]
    fn reverse(key: u64) -> u64 {
        !key
    }

    fn within(self, other: Self, margin: f64) -> bool {
        (self - other).abs() <= margin
    }

    fn minus(self, other: Self) -> f64 {
        self - other
    }
}

impl Score for i64 {
    type Key = u64;

    #[inline]
    fn key(self) -> Option<u64> {
        Some(self.cast_unsigned() ^ SIGN)
    }

    #[inline]
    fn from_key(key: u64) -> Self {
        (key ^ SIGN).cast_signed()
    }

    #[inline]
    fn reverse(key: u64) -> u64 {
        !key
    }

    fn within(self, other: Self, margin: f64) -> bool {
        u128::from(self.abs_diff(other)) <= whole(margin)
    }

    fn minus(self, other: Self) -> f64 {
        (i128::from(self) - i128::from(other)) as f64
    }
}

impl Score for i128 {
    type Key = u128;

    #[inline]
    fn key(self) -> Option<u128> {
        Some(self.cast_unsigned() ^ (1 << 127))
    }

    #[inline]
    fn from_key(key: u128) -> Self {
        (key ^ (1 << 127)).cast_signed()
    }

    #[inline]
    fn reverse(key: u128) -> u128 {
        !key
    }

    fn within(self, other: Self, margin: f64) -> bool {
        self.abs_diff(other) <= whole(margin)
    }

    fn minus(self, other: Self) -> f64 {
        match self.checked_sub(other) {
            Some(difference) => difference as f64,
            None => self as f64 - other as f64,
        }
    }
}

/// The whole part of a margin; an `as` cast saturates, and a margin that large holds everything.
fn whole(margin: f64) -> u128 {
    margin.floor() as u128
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zero_has_one_key_and_the_end_points_are_ordered() {
        assert_eq!((-0.0_f64).key(), 0.0_f64.key());
        let tiny = f64::from_bits(1);
        for (low, high) in [(f64::MIN, -tiny), (-tiny, 0.0), (0.0, tiny), (tiny, f64::MAX)] {
            assert!(low.key() < high.key());
        }
        assert_eq!(f64::NAN.key().or(f64::INFINITY.key()).or(f64::NEG_INFINITY.key()), None);
    }

    #[test]
    fn a_margin_compares_whole_numbers_beyond_what_a_float_can_hold() {
        let base = (1_i64 << 62) + 1;
        assert!(base.within(base + 1, 1.0) && !base.within(base + 2, 1.5));
        assert!(i64::MIN.within(i64::MAX, 1e30) && !i64::MIN.within(i64::MAX, 1e10));
    }

    proptest! {
        #[test]
        fn keys_keep_the_order_and_come_back(a: f64, b: f64, i: i64, j: i64, x: i128, y: i128) {
            if let (Some(ka), Some(kb)) = (a.key(), b.key()) {
                prop_assert_eq!(ka.cmp(&kb), a.partial_cmp(&b).unwrap());
                prop_assert_eq!(f64::from_key(ka), a);
                prop_assert_eq!(f64::reverse(ka).cmp(&f64::reverse(kb)), b.partial_cmp(&a).unwrap());
            }
            prop_assert_eq!(i.key().cmp(&j.key()), i.cmp(&j));
            prop_assert_eq!(x.key().cmp(&y.key()), x.cmp(&y));
            prop_assert_eq!((i64::from_key(i.key().unwrap()), i128::from_key(x.key().unwrap())), (i, x));
        }
    }
}
