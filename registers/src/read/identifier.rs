//! NIK and No. KK cells: the clean number where the cell holds one or where nothing but form has to be mended.

use super::cell::is_blank;
use bansos::source::Identifier;

/// Reads sixteen digits out of a cell. The raw text is kept unless it is simply those digits.
pub(super) fn read<T>(text: &str, make: fn(u64) -> Option<T>) -> Identifier<T> {
    if is_blank(text) || bansos::text::is_empty_like(text) {
        return Identifier::default();
    }
    match sixteen(text) {
        Some(n) if text.len() == 16 && text.bytes().all(|b| b.is_ascii_digit()) => {
            Identifier { value: make(n), raw: None }
        }
        other => Identifier { value: other.and_then(make), raw: Some(text.into()) },
    }
}

/// Digits with separators, quotes and look-alike letters mended; never a number that lost digits.
fn sixteen(text: &str) -> Option<u64> {
    let text = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    let (mut n, mut digits) = (0u64, 0u32);
    for c in text.chars() {
        let digit = match c {
            '0'..='9' => u64::from(c) - u64::from('0'),
            '\u{ff10}'..='\u{ff19}' => u64::from(c) - 0xff10,
            'O' | 'o' => 0,
            'I' | 'l' | '|' => 1,
            ' ' | '.' | '-' | '\'' | '\u{2019}' | '\u{2018}' | '`' | '"' | '\u{a0}' => continue,
            c if c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2010}'..='\u{2015}') => {
                continue;
            }
            _ => return None,
        };
        n = n.checked_mul(10)?.checked_add(digit)?;
        digits += 1;
    }
    (digits == 16).then_some(n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::Nik;

    #[test]
    fn form_is_mended_and_the_raw_text_kept() {
        let want = Nik::parse("3508204103659004").ok();
        let clean = read("3508204103659004", Nik::from_u64);
        assert!(clean.value == want && clean.raw.is_none());
        for text in [
            "'3508204103659004",
            "350820 410365 9004",
            "35.08.20.410365.9004",
            "35O82O41O3659OO4",
            "3508204103659004.0",
        ] {
            let got = read(text, Nik::from_u64);
            assert!(got.value == want, "{}", text.len());
            assert_eq!(got.raw.as_deref(), Some(text));
        }
    }

    #[test]
    fn lost_digits_stay_lost() {
        for text in ["3.50820E+15", "350820410365900", "35082041036590041", "TIDAK PUNYA"] {
            let got = read(text, Nik::from_u64);
            assert!(got.value.is_none());
            assert_eq!(got.raw.as_deref(), Some(text));
        }
        for text in ["", "-", "0", "NULL", "0000000000000000"] {
            let got = read(text, Nik::from_u64);
            assert!(got.value.is_none() && got.raw.is_none(), "{text}");
        }
    }
}
