//! Numbers that look random and are the same in every run.

pub(crate) use bansos::plumbing::mix;

/// The number at a place of a fixed sequence (splitmix64).
pub(crate) fn nth(i: u64) -> u64 {
    mix(i.wrapping_mul(STEP))
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
