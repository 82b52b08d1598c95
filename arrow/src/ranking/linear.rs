//! Cells of equal steps of the value: the one loop of the ranking that gains from wider vectors than every x86-64 has,
//! compiled a second time for AVX2. The only unsafe code of the ranking is the call of that second copy, made only where
//! this processor has been found to have AVX2. Both copies are the same lines of safe code, so they cannot differ in what
//! they answer.
#![allow(unsafe_code, reason = "a call of a function with a target feature; the argument stands above")]

/// Cells of the first look. A table of this many counters stays in a core's first cache.
pub(super) const FINE: usize = 1 << 13;
/// The cell of rows without a usable score.
pub(super) const NONE: u16 = FINE as u16;

/// The cell of each score, with the widest vectors there are.
#[inline]
pub(super) fn cells_of(lo: f64, scale: f64, scores: &[f64], out: &mut [u16]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2 is there.
        unsafe { cells_of_avx2(lo, scale, scores, out) };
        return;
    }
    equal_steps(lo, scale, scores, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn cells_of_avx2(lo: f64, scale: f64, scores: &[f64], out: &mut [u16]) {
    equal_steps(lo, scale, scores, out);
}

/// The largest float below 2^52 steps apart by one: adding it rounds to a whole number, which then stands in the low bits.
const WHOLE: f64 = 4_503_599_627_370_496.0;
const EXPONENT: u64 = 0x7ff0_0000_0000_0000;

/// `round((x - lo) · scale)` kept within the cells. Each step keeps the order (rounding does too), and none branches, so
/// that the loop runs on vectors.
#[inline(always)]
fn equal_steps(lo: f64, scale: f64, scores: &[f64], out: &mut [u16]) {
    const LAST: f64 = (FINE - 1) as f64;
    let mut no_number = 0_u64;
    for (out, &x) in out.iter_mut().zip(scores) {
        let at = (x - lo) * scale;
        let at = if at > 0.0 { at } else { 0.0 };
        let at = if at < LAST { at } else { LAST };
        *out = (at + WHOLE).to_bits() as u16;
        // an exponent of all ones carries into the sign bit
        no_number |= (x.to_bits() & EXPONENT) + (1 << 52);
    }
    if no_number >> 63 != 0 {
        for (out, x) in out.iter_mut().zip(scores) {
            if !x.is_finite() {
                *out = NONE;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small enough for Miri (`cargo xtask sanitize miri`): whole vectors, a rest, and what is no number.
    #[test]
    fn both_copies_agree() {
        let all = [0.0, 1.5, -3.0, f64::NAN, f64::INFINITY, 99.0, 1e300, -0.0, 7.25, 12.0, 4.0];
        for count in 0..=all.len() {
            let scores: Vec<f64> = all.iter().copied().take(count).collect();
            let (mut one, mut other) = (vec![0; count], vec![0; count]);
            cells_of(-1.0, 80.0, &scores, &mut one);
            equal_steps(-1.0, 80.0, &scores, &mut other);
            assert_eq!(one, other);
        }
    }
}
