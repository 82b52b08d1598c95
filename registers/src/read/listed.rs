//! Names that carry the mark of a list in their cell: `3. BUDI`, `1) SITI`, `- NGATINI`. No name begins so.

use bansos::Text;
use bansos::household::FamilyRecord;
use bansos::person::PersonRecord;

/// Takes the marks off; says of how many names.
pub(super) fn without_marks(persons: &mut [PersonRecord], families: &mut [FamilyRecord]) -> u32 {
    let persons = persons.iter_mut().map(|person| &mut person.name);
    let names = persons.chain(families.iter_mut().map(|family| &mut family.head_name));
    let mut rows = 0;
    for name in names.flatten() {
        if let Some(bare) = bare(name) {
            *name = Text::from(bare);
            rows += 1;
        }
    }
    rows
}

/// The name behind a number with a dot or a bracket, or behind a dash or a bullet; nothing where there is no such mark.
fn bare(name: &str) -> Option<&str> {
    let first = name.chars().next()?;
    let rest = if first.is_ascii_digit() {
        let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
        let short = name.len() - rest.len() <= 3;
        rest.trim_start().strip_prefix(['.', ')']).filter(|_| short)?
    } else {
        name.strip_prefix(['-', '–', '•', '*', '>', '·'])?
    };
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '.' | ')'));
    // two letters are a name
    (rest.starts_with(char::is_alphabetic) && rest.chars().filter(|c| c.is_alphabetic()).nth(1).is_some())
        .then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_list() {
        for name in ["3. BUDI", "3.BUDI", "12) BUDI", "1 . BUDI", "- BUDI", "-BUDI", "• BUDI", "* BUDI", "1.- BUDI"] {
            assert_eq!(bare(name), Some("BUDI"), "{name}");
        }
        for name in ["BUDI", "H. BUDI", "2 BUDI", "3508. BUDI", "- 3", "-", "1.", "A. BUDI", "1. B", ""] {
            assert_eq!(bare(name), None, "{name}");
        }
    }
}
