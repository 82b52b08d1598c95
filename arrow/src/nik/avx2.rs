//! Eight cells at once with AVX2. The only unsafe code of this crate's NIK kernels, and why it is sound:
//!
//! - [`judge`] calls the kernel only where [`is_there`] has found AVX2 in this processor;
//! - the loads read sixteen bytes through a `&[u8; 16]`, so they stay inside it, and `loadu` asks for no alignment;
//! - the gather reads word `prefix >> 5` of a bitmap of 31,250 words. Bytes that are no digits are set to 0 before anything is
//!   computed, so every pair is at most 99 and `prefix` at most 999,999, whose word is 31,249.
//!
//! `tests` compares every outcome with the scalar path, over all bytes in all places and over random cells.
#![allow(unsafe_code, reason = "vector loads and a gather; the argument stands above")]

use super::table::Bitmap;

#[cfg(not(target_arch = "x86_64"))]
pub(super) fn is_there() -> bool {
    false
}

#[cfg(not(target_arch = "x86_64"))]
pub(super) fn judge(_eights: &[[[u8; 16]; 8]], _current: &Bitmap, _classes: &mut [[i8; 8]], _open: &mut [u8]) {}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{is_there, judge};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Bitmap;
    use bansos::nik::Class;
    use std::arch::x86_64::*;

    /// Whether this processor has AVX2 (asked once, then remembered by the standard library).
    pub(in super::super) fn is_there() -> bool {
        std::arch::is_x86_feature_detected!("avx2")
    }

    /// The class of every cell, where the kernel can tell, and in `open` a bit for those where it cannot.
    pub(in super::super) fn judge(
        eights: &[[[u8; 16]; 8]],
        current: &Bitmap,
        classes: &mut [[i8; 8]],
        open: &mut [u8],
    ) {
        if is_there() {
            // SAFETY: AVX2 is there.
            unsafe { all(eights, current, classes, open) }
        }
    }

    #[target_feature(enable = "avx2")]
    fn all(eights: &[[[u8; 16]; 8]], current: &Bitmap, classes: &mut [[i8; 8]], open: &mut [u8]) {
        for ((cells, class), open) in eights.iter().zip(classes).zip(open) {
            (*class, *open) = eight(cells, current);
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn eight(cells: &[[u8; 16]; 8], current: &Bitmap) -> ([i8; 8], u8) {
        let [a, b, c, d, e, f, g, h] = cells;
        let rows = [two(a, e), two(b, f), two(c, g), two(d, h)];

        // bytes 0 to 9, and where they are no digits 0
        let digits = rows.map(|row| _mm256_sub_epi8(row, _mm256_set1_epi8(b'0'.cast_signed())));
        let nine = _mm256_set1_epi8(9);
        let are = digits.map(|row| _mm256_cmpeq_epi8(_mm256_max_epu8(row, nine), nine));
        let [w, x, y, z] = are;
        let all = _mm256_movemask_epi8(_mm256_and_si256(_mm256_and_si256(w, x), _mm256_and_si256(y, z))) == -1;
        let (digits, digits_only) = if all {
            (digits, 0xff)
        } else {
            let [p, q, r, s] = digits;
            let clean =
                [_mm256_and_si256(p, w), _mm256_and_si256(q, x), _mm256_and_si256(r, y), _mm256_and_si256(s, z)];
            let mut only = 0u8;
            for (k, row) in are.into_iter().enumerate() {
                let mask = _mm256_movemask_epi8(row).cast_unsigned();
                only |= u8::from(mask & 0xffff == 0xffff) << k | u8::from(mask >> 16 == 0xffff) << (k + 4);
            }
            (clean, only)
        };

        // pairs of digits, then fours: province and regency, district and day, month and year, serial
        let tens = _mm256_set1_epi16(0x010a);
        let hundreds = _mm256_set1_epi32(0x0001_0064);
        let [p, q, r, s] = digits.map(|row| _mm256_madd_epi16(_mm256_maddubs_epi16(row, tens), hundreds));
        // turned round: one register for each of the four, cells 0 to 7 side by side
        let (pq, pq_high) = (_mm256_unpacklo_epi32(p, q), _mm256_unpackhi_epi32(p, q));
        let (rs, rs_high) = (_mm256_unpacklo_epi32(r, s), _mm256_unpackhi_epi32(r, s));
        let regency = _mm256_unpacklo_epi64(pq, rs);
        let district_day = _mm256_unpackhi_epi64(pq, rs);
        let month_year = _mm256_unpacklo_epi64(pq_high, rs_high);
        let serial = _mm256_unpackhi_epi64(pq_high, rs_high);

        let (district, day) = hundreds_and_rest(district_day);
        let (month, year) = hundreds_and_rest(month_year);

        // 100 x regency + district, its word of the bitmap, its bit moved to the top
        let both = _mm256_or_si256(regency, _mm256_slli_epi32::<16>(district));
        let prefix = _mm256_madd_epi16(both, hundreds);
        let word_at = _mm256_srli_epi32::<5>(prefix);
        // SAFETY: every digit is at most 9, so every prefix at most 999,999 and every index at most 31,249.
        let word = unsafe { _mm256_i32gather_epi32::<4>(current.as_ptr().cast::<i32>(), word_at) };
        let known = _mm256_sllv_epi32(word, _mm256_andnot_si256(prefix, _mm256_set1_epi32(31)));

        // a woman's day has 40 added; the month's last day by a look-up in one register
        let woman = _mm256_cmpgt_epi32(day, _mm256_set1_epi32(40));
        let day = _mm256_sub_epi32(day, _mm256_and_si256(woman, _mm256_set1_epi32(40)));
        let days =
            _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0));
        let at = _mm256_or_si256(
            _mm256_min_epi32(month, _mm256_set1_epi32(15)),
            _mm256_set1_epi32(0x8080_8000_u32.cast_signed()),
        );
        let last = _mm256_shuffle_epi8(days, at);
        let zero = _mm256_setzero_si256();
        let no_leap = _mm256_cmpgt_epi32(_mm256_and_si256(year, _mm256_set1_epi32(3)), zero);
        let february = _mm256_cmpeq_epi32(month, _mm256_set1_epi32(2));
        let on_29 = _mm256_cmpeq_epi32(day, _mm256_set1_epi32(29));
        let no_29 = _mm256_and_si256(no_leap, _mm256_and_si256(february, on_29));
        let no_day = _mm256_or_si256(
            _mm256_or_si256(_mm256_cmpgt_epi32(day, last), _mm256_cmpgt_epi32(_mm256_set1_epi32(1), day)),
            no_29,
        );

        // the date is judged before the serial; 0 is Class::Valid
        let serial_zero = _mm256_and_si256(_mm256_cmpeq_epi32(serial, zero), _mm256_set1_epi32(SERIAL_ZERO));
        let class = _mm256_blendv_epi8(serial_zero, _mm256_set1_epi32(DATE_IMPOSSIBLE), no_day);
        // the low byte of each of the eight numbers, four to a half
        let low = _mm256_setr_epi8(
            0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1,
            -1, -1, -1, -1,
        );
        let bytes = _mm256_shuffle_epi8(class, low);
        let [a, b, c, d] = _mm256_extract_epi32::<0>(bytes).to_le_bytes();
        let [e, f, g, h] = _mm256_extract_epi32::<4>(bytes).to_le_bytes();
        let valued = _mm256_movemask_ps(_mm256_castsi256_ps(known)) as u8 & digits_only;
        ([a, b, c, d, e, f, g, h].map(u8::cast_signed), !valued)
    }

    const SERIAL_ZERO: i32 = Class::SerialZero as i32;
    const DATE_IMPOSSIBLE: i32 = Class::DateImpossible as i32;

    /// Two cells in one register.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn two(low: &[u8; 16], high: &[u8; 16]) -> __m256i {
        // SAFETY: both references are to sixteen bytes, and loadu asks for no alignment.
        let (low, high) = unsafe { (_mm_loadu_si128(low.as_ptr().cast()), _mm_loadu_si128(high.as_ptr().cast())) };
        _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(low), high)
    }

    /// Numbers below 10,000 as hundreds and what is left: 5243 / 2^19 is 1/100 closely enough for all of them.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn hundreds_and_rest(number: __m256i) -> (__m256i, __m256i) {
        let hundreds = _mm256_srli_epi32::<3>(_mm256_mulhi_epu16(number, _mm256_set1_epi32(5243)));
        let rest = _mm256_sub_epi32(number, _mm256_mullo_epi16(hundreds, _mm256_set1_epi32(100)));
        (hundreds, rest)
    }
}
