//! The lossless rung: what stands around and between the digits is dropped, no digit changes.

use crate::nik::digits;

words! {
    /// Something that was done to a cell without touching its digits.
    pub enum Step {
        /// Blanks, byte-order marks, zero-width and control characters were dropped.
        Blanks = "blanks", id: "spasi atau karakter tak terlihat dibuang", en: "blanks or invisible characters dropped";
        /// Quotes, apostrophes, or `="…"` around the digits.
        Quotes = "quotes", id: "tanda kutip dibuang", en: "quotes dropped";
        /// A label in front: `NIK`, `No. KK`.
        Label = "label", id: "keterangan di depan angka dibuang", en: "a label in front dropped";
        /// Dots, commas, dashes, slashes between the digits.
        Separators = "separators", id: "tanda pemisah dibuang", en: "separators dropped";
        /// Full-width or Arabic digits became ASCII ones.
        ForeignDigits = "foreign_digits", id: "angka bentuk lain disalin menjadi 0–9", en: "digits of another script became 0–9";
        /// `.0` or `,00` behind.
        DecimalSuffix = "decimal_suffix", id: "akhiran desimal nol dibuang", en: "a zero decimal suffix dropped";
        /// `3.508126801809001E+15`: all sixteen digits are there.
        Scientific = "scientific", id: "notasi ilmiah lengkap ditulis ulang", en: "full scientific notation written out";
    }
}

/// Which steps were taken, in no order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Steps(u8);

impl Steps {
    /// Whether nothing was done.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a step was taken.
    pub const fn has(self, step: Step) -> bool {
        self.0 & 1 << step as u8 != 0
    }

    /// The steps taken.
    pub fn iter(self) -> impl Iterator<Item = Step> {
        Step::ALL.iter().copied().filter(move |s| self.has(*s))
    }

    pub(super) fn add(&mut self, step: Step) {
        self.0 |= 1 << step as u8;
    }
}

/// Why a cell does not give sixteen digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loss {
    /// Nothing there: empty, a dash, `NULL`, `0`.
    Missing,
    /// Digits only, but another number of them.
    Digits {
        /// How many.
        digits: u32,
    },
    /// A spreadsheet's number, such as `3.50812E+15`: this many leading digits are left.
    Scientific {
        /// How many.
        digits: u32,
    },
    /// A floating-point number that may stand for its neighbours too (above 2⁵³).
    Float,
    /// Letters that look like digits.
    Letters,
    /// Something else.
    Other,
}

/// A cell after the lossless rung: a number, or why there is none.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The sixteen digits, or the loss.
    pub(crate) number: Result<u64, Loss>,
    /// What was done.
    pub(crate) steps: Steps,
    /// What is left of the cell: digits, and letters where there are any.
    pub(crate) rest: String,
}

/// Reads a cell.
pub(crate) fn read(text: &str) -> Reading {
    match digits::read(text) {
        Ok(number) => Reading { number: filled(number), steps: Steps::default(), rest: String::new() },
        Err(_) => slowly(text),
    }
}

fn slowly(text: &str) -> Reading {
    let mut steps = Steps::default();
    if crate::text::is_empty_like(text) {
        return Reading { number: Err(Loss::Missing), steps, rest: String::new() };
    }
    let plain = plain(text, &mut steps);
    let body = without_label(&plain, &mut steps);
    let (number, rest) = if let Some((mantissa, exponent)) = scientific(body) {
        (from_scientific(&mantissa, exponent, &mut steps), mantissa)
    } else {
        from_digits(body, &mut steps)
    };
    Reading { number: number.and_then(filled), steps, rest }
}

/// Sixteen zeros fill a cell, they are no number.
const fn filled(number: u64) -> Result<u64, Loss> {
    if number == 0 { Err(Loss::Missing) } else { Ok(number) }
}

/// Blanks and quotes dropped, digits of other scripts turned into ASCII.
fn plain(text: &str, steps: &mut Steps) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' => out.push(c),
            '\'' | '"' | '`' | '=' | '\u{2018}'..='\u{201f}' | '\u{00b4}' | '\u{2032}' | '\u{2033}' => {
                steps.add(Step::Quotes)
            }
            _ if is_blank(c) => steps.add(Step::Blanks),
            _ => match foreign_digit(c) {
                Some(digit) => {
                    steps.add(Step::ForeignDigits);
                    out.push(digit);
                }
                None => out.push(c),
            },
        }
    }
    out
}

/// White space, and what is not seen: control characters, zero-width ones, marks of direction, the soft hyphen.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Digits of scripts met in registers: full-width (East Asian input), Arabic, Eastern Arabic, Javanese, Balinese.
fn foreign_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 5] = [0xff10, 0x0660, 0x06f0, 0xa9d0, 0x1b50];
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|d| *d < 10))?;
    char::from_digit(value, 10)
}

/// `NIK 3508…`, `No. KK: 3508…`, `KTP.3508…`; blanks are gone already.
fn without_label<'a>(text: &'a str, steps: &mut Steps) -> &'a str {
    const LABELS: [&str; 7] = ["nomornik", "nonik", "nomorkk", "nokk", "nik", "nkk", "ktp"];
    let Some(first) = text.find(|c: char| c.is_ascii_digit()) else { return text };
    let (front, body) = text.split_at(first);
    let letters: String = front.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let marks_only = front.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '.' | ':' | '-' | '#'));
    if marks_only && LABELS.contains(&letters.as_str()) {
        steps.add(Step::Label);
        return body;
    }
    text
}

const fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '-' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// `3.50812E+15` as the digits of its mantissa, and its exponent.
fn scientific(text: &str) -> Option<(String, u32)> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: u32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let fits = whole.len() == 1 && digits.bytes().all(|b| b.is_ascii_digit()) && exponent < 100;
    fits.then_some((digits, exponent))
}

fn from_scientific(mantissa: &str, exponent: u32, steps: &mut Steps) -> Result<u64, Loss> {
    let digits = u32::try_from(mantissa.len()).unwrap_or(u32::MAX);
    let number = digits::read(mantissa).ok().filter(|_| exponent == 15);
    let number = number.ok_or(Loss::Scientific { digits })?;
    steps.add(Step::Scientific);
    exact(number)
}

fn from_digits(body: &str, steps: &mut Steps) -> (Result<u64, Loss>, String) {
    let (front, suffix) = decimal_suffix(body);
    let rest: String = front.chars().filter(|c| !is_separator(*c)).collect();
    if rest.len() != front.len() {
        steps.add(Step::Separators);
    }
    if suffix {
        steps.add(Step::DecimalSuffix);
    }
    let number = match digits::read(&rest) {
        Ok(number) if suffix => exact(number),
        Ok(number) => Ok(number),
        Err(digits::Shape::Length(digits)) => Err(Loss::Digits { digits }),
        Err(digits::Shape::Charset(_)) if rest.chars().all(|c| c.is_ascii_digit() || like_digit(c).is_some()) => {
            Err(Loss::Letters)
        }
        Err(digits::Shape::Charset(_)) => Err(Loss::Other),
    };
    (number, rest)
}

/// `.0` or `,00` behind digits: the whole part, and whether there was such an end. `35.08.16.2010` has none, for its last part
/// is longer; `3.508.126.801.809.001,00` has one, for sixteen digits stand before it.
fn decimal_suffix(text: &str) -> (&str, bool) {
    let Some((front, end)) = text.rsplit_once(['.', ',']) else { return (text, false) };
    let zeros = (1..=2).contains(&end.len()) && end.bytes().all(|b| b == b'0');
    let plain = front.bytes().all(|b| b.is_ascii_digit());
    let whole = front.chars().filter(char::is_ascii_digit).count() == 16;
    if zeros && (plain || whole) { (front, true) } else { (text, false) }
}

/// Doubles above 2⁵³ are even, and an odd number becomes the multiple of four beside it. So a cell that went through a double is
/// certain only below 2⁵³, or where it is odd, or even and no multiple of four.
const fn exact(number: u64) -> Result<u64, Loss> {
    if number > 1 << 53 && number.is_multiple_of(4) { Err(Loss::Float) } else { Ok(number) }
}

/// The digit that a letter is mistaken for.
pub(super) const fn like_digit(c: char) -> Option<char> {
    match c {
        'O' | 'o' | 'Q' | 'D' => Some('0'),
        'l' | 'I' | 'i' | '|' | '!' => Some('1'),
        'Z' | 'z' => Some('2'),
        'S' | 's' => Some('5'),
        'G' => Some('6'),
        'B' => Some('8'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const N: u64 = 3_508_126_801_809_001;

    #[test]
    fn what_is_around_the_digits() {
        for (text, step) in [
            (" 3508126801809001\n", Step::Blanks),
            ("\u{feff}3508126801809001", Step::Blanks),
            ("3508 1268 0180 9001", Step::Blanks),
            ("3508\u{a0}1268\u{200b}0180\u{ad}9001", Step::Blanks),
            ("'3508126801809001", Step::Quotes),
            ("=\"3508126801809001\"", Step::Quotes),
            ("’3508126801809001", Step::Quotes),
            ("35.0812.680180.9001", Step::Separators),
            ("350812-680180-9001", Step::Separators),
            ("350812–680180–9001", Step::Separators),
            ("3,508,126,801,809,001", Step::Separators),
            ("3.508.126.801.809.001,00", Step::DecimalSuffix),
            ("3508126801809001.0", Step::DecimalSuffix),
            ("3508126801809001,0", Step::DecimalSuffix),
            ("３５０８１２６８０１８０９００１", Step::ForeignDigits),
            ("٣٥٠٨١٢٦٨٠١٨٠٩٠٠١", Step::ForeignDigits),
            ("NIK 3508126801809001", Step::Label),
            ("No. NIK: 3508126801809001", Step::Label),
            ("3.508126801809001E+15", Step::Scientific),
            ("3,508126801809001e15", Step::Scientific),
        ] {
            let found = read(text);
            assert!(found.number == Ok(N) && found.steps.has(step), "{text}");
        }
    }

    #[test]
    fn what_is_lost() {
        for (text, loss) in [
            ("", Loss::Missing),
            ("'-", Loss::Missing),
            ("#N/A", Loss::Missing),
            ("0000000000000", Loss::Missing),
            ("0000000000000000", Loss::Missing),
            // found by fuzzing: zeros that are only sixteen once cleaned
            ("00000000 00000000\u{16}.0", Loss::Missing),
            ("NIK 0000000000000000", Loss::Missing),
            ("350812680180900", Loss::Digits { digits: 15 }),
            ("350812680180900.0", Loss::Digits { digits: 15 }),
            ("35081268018090.00", Loss::Digits { digits: 14 }),
            ("35081268018090011", Loss::Digits { digits: 17 }),
            ("3.50812E+15", Loss::Scientific { digits: 6 }),
            ("3,50812680180900E+15", Loss::Scientific { digits: 15 }),
            ("3.508126801809001E+14", Loss::Scientific { digits: 16 }),
            ("35O8126801809001", Loss::Letters),
            ("tidak punya", Loss::Other),
            ("3508126801809001x", Loss::Other),
            ("9109016801809004.0", Loss::Float),
        ] {
            assert_eq!(read(text).number, Err(loss), "{text}");
        }
    }

    #[test]
    fn doubles() {
        assert_eq!(read("9109016801809002.0").number, Ok(9_109_016_801_809_002));
        assert_eq!(read("9109016801809004").number, Ok(9_109_016_801_809_004));
        // what is called certain really is: no other whole number becomes the same double
        for n in 9_109_016_801_809_000_u64..9_109_016_801_809_100 {
            let same = (n - 4..=n + 4).filter(|m| *m as f64 == n as f64).count();
            let is_a_double = n as f64 as u64 == n;
            if exact(n).is_ok() && is_a_double {
                assert_eq!(same, 1, "{n}");
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,40}") {
            let _ = read(&text);
        }

        /// Whatever is said to be lossless has the sixteen digits of the cell in their order.
        #[test]
        fn no_digit_changes(text in "[0-9 .,'’\u{a0}-]{14,24}") {
            let found = read(&text);
            if let Ok(number) = found.number {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let whole = format!("{number:016}");
                let rest = digits.strip_prefix(&whole).unwrap_or("?");
                prop_assert!(rest.is_empty() || (found.steps.has(Step::DecimalSuffix) && rest.bytes().all(|b| b == b'0')), "{}", text);
            }
        }
    }
}
