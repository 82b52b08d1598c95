//! Names of files, folders and sheets as they may be shown: whoever names a file may write an identifier into the name, or
//! characters that steer a terminal.

use bansos::region::{Level, RegionCode, Scheme, status};
use std::path::Path;

/// So many digits in a row may be an identifier, or most of one.
const RUN: usize = 8;
/// So many digits may be an identifier that is written in groups.
const GROUPED: std::ops::RangeInclusive<usize> = 15..=17;

/// A name as a screen, a table or a page may show it: control characters, invisible and bidirectional marks are written out, and
/// the digits of what may be an identifier are stars. Days, moments of this century and codes of desa stay.
///
/// ```
/// use bansos_registers::shown_name;
/// assert_eq!(shown_name("DTKS 3508-1052-0380-9001.csv"), "DTKS ****-****-****-****.csv");
/// assert_eq!(shown_name("dtks_20251130_3508162001.csv"), "dtks_20251130_3508162001.csv");
/// assert_eq!(shown_name("a\u{1b}[2Jb\u{202e}.csv"), "a\\u{1b}[2Jb\\u{202e}.csv");
/// ```
pub fn shown_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let taken = span(rest);
        if taken == 0 {
            rest.first().into_iter().for_each(|c| push(&mut out, *c));
            at += 1;
        } else {
            hide(rest.get(..taken).unwrap_or_default(), &mut out);
            at += taken;
        }
    }
    out
}

/// A path as it may be shown; see [`shown_name`].
pub fn shown_path(path: &Path) -> String {
    shown_name(&path.to_string_lossy())
}

fn push(out: &mut String, c: char) {
    let steers = c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    if steers { out.extend(c.escape_unicode()) } else { out.push(c) }
}

/// Letters from here that are digits with at most one separator between two.
fn span(letters: &[char]) -> usize {
    let (mut end, mut at) = (0, 0);
    while let Some(c) = letters.get(at) {
        if c.is_numeric() {
            end = at + 1;
        } else if end == 0 || end != at || !matches!(c, ' ' | '.' | '-' | '_' | '\'' | '\u{a0}') {
            break;
        }
        at += 1;
    }
    end
}

/// Digits in one go are judged each for itself, and all together where they are as many as an identifier has.
fn hide(span: &[char], out: &mut String) {
    let digits = span.iter().filter(|c| c.is_numeric()).count();
    // no NIK and no No. KK begins with 20: there is no such province
    let dated = matches!(span, ['2', '0', ..]);
    let all = GROUPED.contains(&digits) && !dated;
    for run in span.chunk_by(|a, b| a.is_numeric() && b.is_numeric()) {
        let long = run.len() >= RUN && !is_known(&run.iter().collect::<String>());
        for c in run {
            if c.is_numeric() && (all || long) { out.push('*') } else { push(out, *c) }
        }
    }
}

/// Whether the digits are a day, a moment, or the code of a desa.
fn is_known(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|text| text.parse::<u32>().ok());
    let day = |year: Option<u32>, month: Option<u32>, day: Option<u32>| {
        matches!((year, month, day), (Some(2000..=2099), Some(1..=12), Some(1..=31)))
    };
    let clock = |from: usize| {
        (from..digits.len()).step_by(2).zip([23, 59, 59]).all(|(at, most)| part(at, at + 2).is_some_and(|n| n <= most))
    };
    match digits.len() {
        8 => day(part(0, 4), part(4, 6), part(6, 8)) || day(part(4, 8), part(2, 4), part(0, 2)),
        10 => RegionCode::parse(Scheme::Kemendagri, digits).is_ok_and(is_village),
        12 | 14 => day(part(0, 4), part(4, 6), part(6, 8)) && clock(8),
        _ => false,
    }
}

/// A kelurahan's number begins with 1, a desa's with 2.
fn is_village(code: RegionCode) -> bool {
    let own = code.number() % 10_000;
    (1_000..3_000).contains(&own) && code.at(Level::District).is_some_and(|d| status(d).was_issued())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_in_every_spelling_are_hidden() {
        for (name, shown) in [
            ("3508040509109001_BUDI.csv", "****************_BUDI.csv"),
            ("nik 350804 050910 9001", "nik ****** ****** ****"),
            ("35.08.04.050910.9001", "**.**.**.******.****"),
            ("081234567890.xlsx", "************.xlsx"),
            ("３５０８０４０５０９１０９００１", "****************"),
            ("x19800517.csv", "x********.csv"),
        ] {
            assert_eq!(shown_name(name), shown);
        }
    }

    #[test]
    fn days_codes_and_small_numbers_stay() {
        for name in [
            "dtks 2025-11-30 (2).csv",
            "30112025.csv",
            "regsosek_20251130123059.parquet",
            "periode 2024-01-01_2025-01-01.csv",
            "3508162001 tempeh lor.csv",
            "35.08.16.2001.csv",
            "Lembar1",
            "",
        ] {
            assert_eq!(shown_name(name), name);
        }
    }
}
