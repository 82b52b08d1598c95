//! Cells as text: decoding, trimming, sharing equal texts.

use bansos::Text;
use bansos::source::CodeList;
use rustc_hash::FxHashSet;

/// Whether a coded or numeric cell says nothing. Unlike in a name, a `0` here is an answer.
pub(super) fn is_blank(text: &str) -> bool {
    text.is_empty() || (!text.bytes().any(|b| b == b'0') && bansos::text::is_empty_like(text))
}

/// Keeps one copy of equal texts.
#[derive(Default)]
pub(super) struct Interner(FxHashSet<Text>);

impl Interner {
    pub(super) fn get(&mut self, text: &str) -> Text {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new: Text = text.into();
        self.0.insert(new.clone());
        new
    }
}

/// Remembers the few texts a coded column has, so that the list is asked once for each.
#[derive(Default)]
pub(super) struct Memo(Vec<(Box<str>, Option<usize>)>);

impl Memo {
    pub(super) fn place(&mut self, list: &CodeList, text: &str) -> Option<usize> {
        if let Some((_, place)) = self.0.iter().find(|(known, _)| **known == *text) {
            return *place;
        }
        let place = list.place(text);
        if self.0.len() < 32 {
            self.0.push((text.into(), place));
        }
        place
    }
}

/// A whole number as cells hold it: `4`, `4.0`, `1.234.567`, `Rp 350.000`, `54,5` (cut off).
pub(super) fn whole_number(text: &str) -> Option<i64> {
    let text = text.trim_start_matches("Rp").trim_start_matches('.').trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    if let Ok(n) = text.parse::<i64>() {
        return Some(n);
    }
    // the last separator stands before decimals unless exactly three digits follow
    let cut = match text.rfind(['.', ',']) {
        Some(at) if text.len() - at - 1 != 3 => &text[..at],
        _ => text,
    };
    let grouped = cut
        .split(['.', ','])
        .enumerate()
        .all(|(i, part)| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) && (i == 0 || part.len() == 3));
    if grouped { cut.replace(['.', ','], "").parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, n) in
            [("4", 4), ("4.0", 4), ("-1", -1), ("1.234.567", 1_234_567), ("Rp 350.000", 350_000), ("54,5", 54)]
        {
            assert_eq!(whole_number(text), Some(n), "{text}");
        }
        for text in ["", "empat", "1.2.3", "1,23,4", "4 orang", "."] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }

    #[test]
    fn zero_is_an_answer_in_a_code() {
        assert!(!is_blank("0"));
        assert!(!is_blank("00"));
        assert!(is_blank("-") && is_blank("NULL") && is_blank(""));
    }
}
