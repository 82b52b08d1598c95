//! Cells as they may be shown: what kind of text it is, and not whose.

/// Characters of a sample that are shown at most.
const LONGEST: usize = 24;

/// The first letter of each word and the first two digits of a long number stay, the rest becomes stars; what stands between them
/// stays. Short numbers stay: a decile or an RT is nobody's.
pub(super) fn masked(text: &str) -> String {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let (mut seen, mut in_word) = (0, false);
    let mut out = String::new();
    for c in text.chars().take(LONGEST) {
        let shown = if c.is_ascii_digit() {
            seen += 1;
            digits <= 3 || (digits >= 12 && seen <= 2)
        } else {
            !c.is_alphanumeric() || !in_word
        };
        in_word = c.is_alphanumeric();
        out.push(if shown { c } else { '*' });
    }
    if text.chars().count() > LONGEST {
        out.push('…');
    }
    crate::shown_name(&out)
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn nobody_is_shown() {
        for (text, shown) in [
            ("3508126801809001", "35**************"),
            ("SITI ROHMAH", "S*** R*****"),
            ("11/03/1965", "**/**/****"),
            ("001/002", "***/***"),
            ("3", "3"),
            ("L", "L"),
            ("Desil 3", "D**** 3"),
            ("Jl. Raya No. 12", "J*. R*** N*. 12"),
            ("", ""),
        ] {
            assert_eq!(masked(text), shown);
        }
        assert_eq!(masked(&"A".repeat(30)).chars().count(), 25);
    }
}
