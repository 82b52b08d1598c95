//! Folding: a name as written becomes words of the letters A to Z. Unicode is decomposed and marks dropped, letters are
//! upper-cased, digits that stand for letters inside words become letters, and the apostrophe is read as Indonesian
//! writing uses it (MA'RUF is MAKRUF, ROBI'AH is ROBIAH).

use unicode_normalization::UnicodeNormalization as _;

/// A word as written: its letters, and the marks around it that titles are known by.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// A to Z only; never empty.
    pub(super) letters: String,
    /// A dot stood inside or behind it.
    pub(super) dotted: bool,
    /// A comma stood before it.
    pub(super) after_comma: bool,
    /// It stood in brackets or behind a mark that says "also called".
    pub(super) aside: bool,
}

crate::reticent! { Word {} }

/// Splits a written name into words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let (mut comma, mut aside) = (false, false);
    let mut current = String::new();
    let mut dotted = false;
    let mut chars = text.nfkd().filter(|c| !is_mark(*c)).flat_map(char::to_uppercase).peekable();
    let mut flush = |current: &mut String, dotted: &mut bool, comma: &mut bool, aside: bool| {
        let letters = letters_of(current);
        if !letters.is_empty() {
            out.push(Word { letters, dotted: *dotted, after_comma: *comma, aside });
            *comma = false;
        }
        current.clear();
        *dotted = false;
    };
    while let Some(c) = chars.next() {
        match c {
            'A'..='Z' | '0'..='9' => current.push(c),
            '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2bb}' | '\u{b4}' => {
                // before a consonant it is a glottal stop that registers write as K; elsewhere it is silent
                let next = chars.peek().copied().unwrap_or(' ');
                let inside = current.chars().last().is_some_and(is_vowel);
                if inside && next.is_ascii_alphabetic() && !is_vowel(next) {
                    current.push('K');
                }
            }
            // a dot with a letter on both sides belongs to the word (S.PD); behind a word it ends it (MOH.ALI is two)
            '.' => {
                dotted = true;
                let abbreviation = current.len() <= 3;
                if !(abbreviation && chars.peek().is_some_and(char::is_ascii_alphabetic) && is_degree_start(&current)) {
                    flush(&mut current, &mut dotted, &mut comma, aside);
                }
            }
            ',' => {
                flush(&mut current, &mut dotted, &mut comma, aside);
                comma = true;
            }
            '(' | '[' | '"' | '\u{201c}' => {
                flush(&mut current, &mut dotted, &mut comma, aside);
                aside = true;
            }
            ')' | ']' | '\u{201d}' => {
                flush(&mut current, &mut dotted, &mut comma, aside);
                aside = false;
            }
            '@' => {
                flush(&mut current, &mut dotted, &mut comma, aside);
                aside = true;
            }
            _ => flush(&mut current, &mut dotted, &mut comma, aside),
        }
    }
    flush(&mut current, &mut dotted, &mut comma, aside);
    out
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
}

/// S., M., A., D., B., P. and the like open a degree; what stands before the dot is a letter or two.
fn is_degree_start(current: &str) -> bool {
    current.len() <= 3
        && matches!(current.as_bytes().first(), Some(b'S' | b'M' | b'A' | b'D' | b'B' | b'P' | b'L'))
        && (current.len() == 1
            || current.starts_with("SP")
            || current.starts_with("AM")
            || current == "PH"
            || current == "STR"
            || current == "SST")
}

pub(super) const fn is_vowel(c: char) -> bool {
    matches!(c, 'A' | 'E' | 'I' | 'O' | 'U')
}

/// Digits among letters are letters mistyped: 0 is O, 1 is I, and the rest is dropped. A word of digits is nothing.
fn letters_of(word: &str) -> String {
    if !word.bytes().any(|b| b.is_ascii_uppercase()) {
        return String::new();
    }
    word.chars()
        .filter_map(|c| match c {
            '0' => Some('O'),
            '1' => Some('I'),
            'A'..='Z' => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.letters).collect()
    }

    #[test]
    fn folds_case_marks_digits_and_apostrophes() {
        assert_eq!(fold(" Siti  Fatim\u{e1}h "), ["SITI", "FATIMAH"]);
        assert_eq!(fold("J0KO SUS1LO"), ["JOKO", "SUSILO"]);
        assert_eq!(fold("MA'RUF ROBI'AH NU\u{2019}MAN"), ["MAKRUF", "ROBIAH", "NUKMAN"]);
        assert_eq!(fold("MOH.ALI"), ["MOH", "ALI"]);
        assert_eq!(fold("BUDI, S.Pd.I"), ["BUDI", "SPDI"]);
        assert_eq!(fold("SRI-WAHYUNI"), ["SRI", "WAHYUNI"]);
    }
}
