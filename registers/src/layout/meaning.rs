//! What an entry of a code list stands for, typed by field.

use super::LayoutFault;
use bansos::person::{Attendance, Employment, Marital, Presence, Relation, SchoolLevel, Sex};
use bansos::source::{CodeList, Field};

/// The typed meaning of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    Sex(Sex),
    Relation(Relation),
    Marital(Marital),
    Attendance(Attendance),
    SchoolLevel(SchoolLevel),
    Employment(Employment),
    Presence(Presence),
    Truth(bool),
    /// In the list, and the model has no word for it (a level above secondary in a list of levels, "not known").
    Nothing,
}

impl Meant {
    /// Whether the field's cells are codes or fixed words.
    pub(crate) fn is_coded(field: Field) -> bool {
        use Field as F;
        matches!(
            field,
            F::Sex
                | F::Relation
                | F::Marital
                | F::Attendance
                | F::SchoolLevel
                | F::Employment
                | F::Presence
                | F::Pregnant
                | F::SevereDisability
                | F::Matched
                | F::ReceivesPkh
                | F::ReceivesSembako
                | F::ReceivesBst
        )
    }

    /// The meanings of a list's entries for a field; an error names the word that the field does not have.
    pub(crate) fn all(field: Field, list: &CodeList) -> Result<Vec<Self>, LayoutFault> {
        list.entries()
            .iter()
            .map(|entry| match entry.means.as_deref() {
                None => Ok(Self::Nothing),
                Some(word) => Self::of(field, word).ok_or_else(|| LayoutFault::NoWord {
                    list: list.name().to_string(),
                    word: word.to_owned(),
                    field: field.word().to_owned(),
                }),
            })
            .collect()
    }

    fn of(field: Field, word: &str) -> Option<Self> {
        use Field as F;
        Some(match field {
            F::Sex => Self::Sex(Sex::from_word(word)?),
            F::Relation => Self::Relation(Relation::from_word(word)?),
            F::Marital => Self::Marital(Marital::from_word(word)?),
            F::Attendance => Self::Attendance(Attendance::from_word(word)?),
            F::SchoolLevel => Self::SchoolLevel(SchoolLevel::from_word(word)?),
            F::Employment => Self::Employment(Employment::from_word(word)?),
            F::Presence => Self::Presence(Presence::from_word(word)?),
            _ => match word {
                "yes" => Self::Truth(true),
                "no" => Self::Truth(false),
                _ => return None,
            },
        })
    }
}
