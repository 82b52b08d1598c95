//! Indonesian personal names: what belongs to the name and what stands around it, one form for its spellings, and how
//! alike two names are.
//!
//! The same person is `H. Moh. Sholeh, S.Pd.` on one list and `MUHAMMAD SALEH` on the next. [`Name::read`] sets titles,
//! degrees, aliases and the father's name aside, opens abbreviations and folds spellings, and can say what it did
//! ([`Name::explain`]). [`NameBook`] holds the names of a register as numbers and compares them; it knows how common
//! each is, since two bearers of a common name are often two persons.
//!
//! The word lists are data (`data/names/*.toml`). Sources: Permendagri 73/2022 on how names are written; the spelling
//! reforms of 1947 and 1972; U. Priyadi's phonetic algorithm for Indonesian (2005) for the sounds that are exchanged.
//!
//! ```
//! use bansos::text::name::Name;
//! let name = Name::read("H. Moh. Sholeh, S.Pd.");
//! assert_eq!(name.to_string(), "MUHAMMAD SOLEH");
//! assert_eq!(Name::read("Drs. MUHAMMAD SALEH").to_string(), "MUHAMMAD SOLEH");
//! ```

mod book;
mod fold;
mod rank;
mod spell;
#[rustfmt::skip]
mod table;

pub use book::{NameBook, NameId};
pub use rank::Likeness;

use fold::Word;
use std::fmt;

/// A name taken apart.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// The words of the name, folded, abbreviations opened and known variants brought to one form.
    pub words: Vec<String>,
    /// The words of another name of the same person (behind ALIAS, in brackets).
    pub alias: Vec<String>,
    /// The father's name behind BIN or BINTI.
    pub parent: Vec<String>,
    /// The name carries ALM or ALMH.
    pub deceased: bool,
}

words! {
    /// What was done to a name, in the order it was done.
    pub enum NameStep {
        /// Letters were folded: case, marks, apostrophes, digits inside words.
        Folded = "folded", id: "huruf, aksen, apostrof dan angka dirapikan", en: "case, marks, apostrophes and digits folded";
        /// A title before the name was set aside.
        Title = "title", id: "gelar di depan disisihkan", en: "title in front set aside";
        /// A degree behind the name was set aside.
        Degree = "degree", id: "gelar di belakang disisihkan", en: "degree behind set aside";
        /// ALM became a flag.
        Deceased = "deceased", id: "alm. dicatat sebagai tanda meninggal", en: "alm. noted as a mark of death";
        /// Another name was set aside.
        Alias = "alias", id: "nama lain disisihkan", en: "another name set aside";
        /// The father's name was set aside.
        Parent = "parent", id: "nama ayah disisihkan", en: "the father's name set aside";
        /// A word was opened or brought to its usual form.
        Variant = "variant", id: "singkatan atau ejaan disamakan", en: "abbreviation or spelling brought to one form";
    }
}

impl fmt::Debug for Name {
    /// Says how many words there are, never which.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({} words)", self.words.len())
    }
}

impl fmt::Display for Name {
    /// The words of the name, with a space between.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words.join(" "))
    }
}

impl Name {
    /// Takes a written name apart. Text without a letter gives a name without words.
    ///
    /// Reading what it printed gives the same words again.
    pub fn read(text: &str) -> Self {
        Self::take_apart(text, |_| ())
    }

    /// The same, with what was done.
    pub fn explain(text: &str) -> (Self, Vec<NameStep>) {
        let mut steps = Vec::new();
        let name = Self::take_apart(text, |s| {
            if !steps.contains(&s) {
                steps.push(s);
            }
        });
        (name, steps)
    }

    /// Whether nothing of a name is there.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn take_apart(text: &str, mut note: impl FnMut(NameStep)) -> Self {
        let mut words = fold::words(text);
        if text.trim() != words.iter().map(|w| w.letters.as_str()).collect::<Vec<_>>().join(" ") {
            note(NameStep::Folded);
        }
        let mut name = Self::default();
        set_alias_aside(&mut words, &mut name, &mut note);
        let before = words.len();
        if before > 1 {
            words.retain(|w| !listed(table::DECEASED, &w.letters));
            if words.len() < before {
                name.deceased = true;
                note(NameStep::Deceased);
            }
        }
        set_titles_aside(&mut words, &mut note);
        if let Some(at) = words.iter().skip(1).position(|w| listed(table::PATRONYMIC, &w.letters)) {
            // position counts from the second word; the marker itself is dropped
            let behind = words.split_off(at + 1);
            name.parent = behind.into_iter().skip(1).map(|w| usual(w.letters, false, &mut note)).collect();
            note(NameStep::Parent);
        }
        let last = words.len().saturating_sub(1);
        name.words = words.into_iter().enumerate().map(|(i, w)| usual(w.letters, i < last, &mut note)).collect();
        name
    }
}

/// What each word of a name sounds like: spelling variants share it, and so do many slips. For blocking, not for judging.
///
/// ```
/// use bansos::text::name::{Name, sounds};
/// assert_eq!(sounds(&Name::read("SOEPARDJO")), sounds(&Name::read("SUPARJO")));
/// ```
pub fn sounds(name: &Name) -> Vec<u32> {
    name.words.iter().map(|w| spell::skeleton(&spell::canonical(w))).filter(|s| *s != 0).collect()
}

fn listed(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

fn find(list: &'static [(&str, &str)], word: &str) -> Option<&'static str> {
    list.binary_search_by_key(&word, |(form, _)| form).ok().and_then(|i| list.get(i)).map(|(_, kept)| *kept)
}

/// The usual form of a word.
fn usual(word: String, before_others: bool, note: &mut impl FnMut(NameStep)) -> String {
    let kept = if before_others { find(table::LEADING, &word) } else { None }.or_else(|| find(table::WORDS, &word));
    match kept {
        Some(kept) if kept != word => {
            note(NameStep::Variant);
            kept.to_owned()
        }
        _ => word,
    }
}

fn set_alias_aside(words: &mut Vec<Word>, name: &mut Name, note: &mut impl FnMut(NameStep)) {
    if let Some(at) =
        words.iter().skip(1).position(|w| listed(table::ALIAS, &w.letters) && (w.dotted || w.letters != "AL"))
    {
        let behind = words.split_off(at + 1);
        name.alias.extend(behind.into_iter().skip(1).map(|w| usual(w.letters, false, note)));
        note(NameStep::Alias);
    }
    // brackets around everything are no aside
    if words.iter().any(|w| !w.aside) && words.iter().any(|w| w.aside) {
        let (aside, kept) = std::mem::take(words).into_iter().partition(|w| w.aside);
        *words = kept;
        let aside: Vec<Word> = aside;
        if aside.iter().any(|w| listed(table::DECEASED, &w.letters)) {
            name.deceased = true;
            note(NameStep::Deceased);
        }
        let more = aside.into_iter().filter(|w| !listed(table::DECEASED, &w.letters));
        let before = name.alias.len();
        name.alias.extend(more.map(|w| usual(w.letters, false, note)));
        if name.alias.len() > before {
            note(NameStep::Alias);
        }
    }
}

fn set_titles_aside(words: &mut Vec<Word>, note: &mut impl FnMut(NameStep)) {
    while words.len() > 1 && words.first().is_some_and(|w| listed(table::FRONT, &w.letters)) {
        words.remove(0);
        note(NameStep::Title);
    }
    while words.len() > 1 {
        let Some(last) = words.last() else { break };
        let behind_comma = words.iter().skip(1).any(|w| w.after_comma) && {
            // everything from the comma on is a degree
            let from = words.iter().rposition(|w| w.after_comma).unwrap_or(words.len());
            from > 0 && from < words.len()
        };
        let degree = listed(table::BACK, &last.letters) && (last.dotted || last.after_comma || behind_comma);
        let title = listed(table::FRONT, &last.letters) && last.after_comma;
        if !(degree || title) {
            break;
        }
        words.pop();
        note(NameStep::Degree);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_titles_and_degrees_away() {
        for (text, kept) in [
            ("H. SLAMET", "SLAMET"),
            ("Hj. Siti Aminah", "SITI AMINAH"),
            ("DRS. H. BUDI SANTOSO, M.SI", "BUDI SANTOSO"),
            ("Dr. Ir. Joko Susilo, S.T., M.T.", "JOKO SUSILO"),
            ("SRI WAHYUNI S.PD", "SRI WAHYUNI"),
            ("SRI WAHYUNI, SE, MM", "SRI WAHYUNI"),
            ("R. SUPRAPTO", "SUPRAPTO"),
            // traps: these are names
            ("DRAJAT", "DRAJAT"),
            ("IRFAN HADI", "IRFAN HADI"),
            ("SEPTIANI", "SEPTIANI"),
            ("H", "H"),
            ("SE HADI", "SE HADI"),
        ] {
            assert_eq!(Name::read(text).to_string(), kept, "{text}");
        }
    }

    #[test]
    fn opens_abbreviations_and_folds_variants() {
        for (a, b) in [
            ("MOH. ALI", "MUHAMMAD ALI"),
            ("MOCH ALI", "MOHAMAD ALI"),
            ("ABD. ROCHMAN", "ABDUL RAHMAN"),
            ("ST. AMINAH", "SITI AMINAH"),
            ("NOER HAJATI", "NUR HAJATI"),
            ("SJAIFUL", "SAIFUL"),
        ] {
            assert_eq!(Name::read(a).words, Name::read(b).words, "{a} {b}");
        }
    }

    #[test]
    fn sets_alias_father_and_death_aside() {
        let n = Name::read("SUKIRMAN ALIAS KIRMAN");
        assert_eq!((n.to_string().as_str(), n.alias.as_slice()), ("SUKIRMAN", ["KIRMAN".to_owned()].as_slice()));
        let n = Name::read("PAIMIN (PAK MIN)");
        assert_eq!((n.words.len(), n.alias.len()), (1, 2));
        let n = Name::read("AMAT BIN SAID");
        assert_eq!((n.words.len(), n.parent.as_slice()), (1, ["SAID".to_owned()].as_slice()));
        assert!(Name::read("BINTI KHASANAH").parent.is_empty(), "a given name in East Java");
        for text in ["ALM. SLAMET", "SLAMET (ALM)", "SLAMET ALM"] {
            let n = Name::read(text);
            assert!(n.deceased && n.to_string() == "SLAMET", "{text}");
        }
    }

    #[test]
    fn tells_what_it_did() {
        assert_eq!(Name::explain("SLAMET").1, []);
        assert_eq!(
            Name::explain("H. Moh. Ali, S.E.").1,
            [NameStep::Folded, NameStep::Title, NameStep::Degree, NameStep::Variant]
        );
    }

    #[test]
    fn hides_the_name_in_debug() {
        assert_eq!(format!("{:?}", Name::read("SLAMET")), "Name(1 words)");
    }

    proptest! {
        #[test]
        fn reading_again_changes_nothing(text in "[A-Za-z0-9'., ()]{0,40}") {
            let once = Name::read(&text).words;
            prop_assert_eq!(&Name::read(&once.join(" ")).words, &once);
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}") {
            let _ = Name::explain(&text);
        }

        #[test]
        fn case_does_not_matter(text in "[A-Za-z ]{0,30}") {
            prop_assert_eq!(Name::read(&text).words, Name::read(&text.to_uppercase()).words);
        }
    }
}
