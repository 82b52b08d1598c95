//! The one loop of the ranking that gains from wider vectors than every x86-64 has, compiled a second time for AVX2.
//! The only unsafe code of the ranking is the call of that second copy, made only where this processor has been found to
//! have AVX2. Both copies are the same lines of safe code, so they cannot differ in what they answer.
#![allow(unsafe_code, reason = "a call of a function with a target feature; the argument stands above")]

use super::map;

/// [`map::linear`], with the widest vectors there are.
#[inline]
pub(super) fn linear(lo: f64, scale: f64, scores: &[f64], out: &mut [u16]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2 is there.
        unsafe { linear_avx2(lo, scale, scores, out) };
        return;
    }
    map::linear(lo, scale, scores, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn linear_avx2(lo: f64, scale: f64, scores: &[f64], out: &mut [u16]) {
    map::linear(lo, scale, scores, out);
}
