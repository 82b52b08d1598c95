//! The rows of the generated tables. Everything here is worked out by the compiler.

use super::laws::LAWS;

/// A province.
#[derive(Debug)]
pub(super) struct Province {
    pub(super) code: u8,
    pub(super) name: &'static str,
    /// Place in `LAWS` plus one; 0: older than the history kept here.
    pub(super) formed: u8,
}

/// A regency code, in force or retired. District numbers are bits 1 to 99.
#[derive(Debug)]
pub(super) struct Regency {
    pub(super) code: u16,
    pub(super) name: &'static str,
    /// Districts in force; of a retired regency the last ones known.
    pub(super) listed: u128,
    /// Numbers that were given out and vacated before 2015.
    pub(super) vacated: u128,
    /// Place in `LAWS` plus one; 0: not known to us.
    pub(super) formed: u8,
    /// Code that took its place; 0: in force.
    pub(super) successor: u16,
    /// Place in `LAWS` plus one; 0: in force.
    pub(super) ended: u8,
}

pub(super) const fn province(code: u8, name: &'static str, formed: &str) -> Province {
    Province { code, name, formed: law_place(formed) }
}

pub(super) const fn now(code: u16, name: &'static str, listed: &str, vacated: &str, formed: &str) -> Regency {
    Regency {
        code,
        name,
        listed: numbers(listed),
        vacated: numbers(vacated),
        formed: law_place(formed),
        successor: 0,
        ended: 0,
    }
}

pub(super) const fn old(
    code: u16,
    name: &'static str,
    listed: &str,
    vacated: &str,
    formed: &str,
    successor: u16,
    ended: &str,
) -> Regency {
    Regency { successor, ended: law_place(ended), ..now(code, name, listed, vacated, formed) }
}

/// `"1-9 12"` as bits.
#[allow(clippy::indexing_slicing, reason = "runs in the compiler only, where a wrong index is a compile error")]
const fn numbers(text: &str) -> u128 {
    let bytes = text.as_bytes();
    let (mut bits, mut from, mut n, mut i) = (0u128, 0u32, 0u32, 0);
    while i <= bytes.len() {
        match if i == bytes.len() { b' ' } else { bytes[i] } {
            b'-' => {
                from = n;
                n = 0;
            }
            b' ' => {
                let mut k = if from == 0 { n } else { from };
                while k <= n && n > 0 {
                    bits |= 1 << k;
                    k += 1;
                }
                from = 0;
                n = 0;
            }
            digit => n = n * 10 + (digit - b'0') as u32,
        }
        i += 1;
    }
    bits
}

/// Where a law stands in `LAWS`, plus one; 0 for none. A law that is missing there is a compile error.
#[allow(clippy::indexing_slicing, reason = "runs in the compiler only, where a wrong index is a compile error")]
const fn law_place(text: &str) -> u8 {
    if text.is_empty() {
        return 0;
    }
    let mut i = 0;
    while !same(LAWS[i].text, text) {
        i += 1;
    }
    i as u8 + 1
}

#[allow(clippy::indexing_slicing, reason = "runs in the compiler only, where a wrong index is a compile error")]
const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_bits() {
        assert_eq!(numbers(""), 0);
        assert_eq!(numbers("1"), 0b10);
        assert_eq!(numbers("1-3 5"), 0b10_1110);
        assert_eq!(numbers("12 31-32"), 1 << 12 | 1 << 31 | 1 << 32);
    }
}
