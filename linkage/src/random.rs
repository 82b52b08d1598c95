//! Numbers that look random and are the same in every run.

/// Spreads the bits (the last step of splitmix64).
pub(crate) fn mix(i: u64) -> u64 {
    let mut z = i.wrapping_add(STEP);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// The number at a place of a fixed sequence (splitmix64).
pub(crate) fn nth(i: u64) -> u64 {
    mix(i.wrapping_mul(STEP))
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
