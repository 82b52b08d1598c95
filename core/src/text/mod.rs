//! Texts as registers hold them: cells that mean nothing, names, places.

pub mod metric;
pub mod name;

/// Whether a cell stands for "nothing here": empty, dashes, `NULL`, `0`, `#N/A` and the like.
///
/// ```
/// assert!(bansos::text::is_empty_like(" - "));
/// assert!(!bansos::text::is_empty_like("SLAMET"));
/// ```
pub fn is_empty_like(text: &str) -> bool {
    let t = text.trim().trim_matches(['\'', '"', '\u{feff}', '\u{a0}']);
    t.is_empty()
        || t.chars().all(|c| matches!(c, '-' | '_' | '.' | '0' | '?' | '*' | '\u{2013}' | '\u{2014}'))
        || ["null", "nan", "none", "n/a", "#n/a", "na", "nil", "<na>", "tidak ada", "kosong", "#ref!", "#value!"]
            .iter()
            .any(|w| t.eq_ignore_ascii_case(w))
}
