//! Occupations as population and welfare registers write them, and the flags they stand for.

mod generated;

use super::{Flag, Flags};

/// One word or phrase of an occupation and the flag it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OccupationRule {
    /// In upper case, words separated by single spaces.
    pub phrase: &'static str,
    /// Must be the whole text; otherwise it may stand anywhere in it as whole words.
    pub whole: bool,
    /// The flag.
    pub flag: Flag,
}

/// The table, from data/policy/occupations.toml.
pub fn occupations() -> &'static [OccupationRule] {
    generated::OCCUPATIONS
}

impl Flags {
    /// The flags that an occupation answers: a known occupation says yes or no for each flag that is an occupation, and
    /// leaves the others (company register, vehicle, wage) unchecked. An empty text answers nothing.
    ///
    /// ```
    /// use bansos::person::{Flag, Flags};
    /// assert_eq!(Flags::from_occupation("Pegawai Negeri Sipil (PNS)").get(Flag::Asn), Some(true));
    /// assert_eq!(Flags::from_occupation("PETANI/PEKEBUN").get(Flag::Asn), Some(false));
    /// assert_eq!(Flags::from_occupation("PETANI/PEKEBUN").get(Flag::Car), None);
    /// assert_eq!(Flags::from_occupation("-").get(Flag::Asn), None);
    /// ```
    pub fn from_occupation(text: &str) -> Self {
        if crate::text::is_empty_like(text) {
            return Self::UNCHECKED;
        }
        let clean = normal(text);
        let mut flags = Self::UNCHECKED;
        for rule in occupations() {
            if flags.get(rule.flag).is_none() {
                flags = flags.with(rule.flag, false);
            }
            let hit = if rule.whole { clean == rule.phrase } else { has_words(&clean, rule.phrase) };
            if hit {
                flags = flags.with(rule.flag, true);
            }
        }
        flags
    }
}

/// Upper case, everything but letters and digits as one space.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_uppercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn has_words(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + phrase.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        assert_eq!(Flags::from_occupation("Tentara Nasional Indonesia").get(Flag::TniPolri), Some(true));
        assert_eq!(Flags::from_occupation("TNI").get(Flag::TniPolri), Some(true));
        assert_eq!(Flags::from_occupation("PETANI").get(Flag::TniPolri), Some(false)); // the letters TNI never stand alone
        assert_eq!(Flags::from_occupation("perangkat desa").get(Flag::VillageOfficial), Some(true));
        assert_eq!(Flags::from_occupation("PENSIUNAN").get(Flag::Pensioner), Some(true));
        assert_eq!(Flags::from_occupation("Karyawan BUMN").get(Flag::StateEnterprise), Some(true));
        assert_eq!(Flags::from_occupation("GURU").get(Flag::CertifiedTeacher), None); // certification is not an occupation
    }
}
