//! The small values that requests and answers share.

use crate::error::{Params, params};
use bansos::message::Coded;
use bansos::{Bilingual, Date, Severity};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

macro_rules! identifiers {
    ($( $(#[$doc:meta])* $name:ident; )*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Debug for $name {
            /// Never the digits.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                d.deserialize_str(IdentifierText).map(Self)
            }
        }
    )*};
}

identifiers! {
    /// A NIK: sixteen digits, always a text, never a number.
    Nik;
    /// A family-card number (No. KK): sixteen digits, always a text, never a number.
    FamilyCard;
    /// A region code: digits, with or without dots, always a text, never a number.
    RegionCode;
    /// A key of the caller's own, always a text, never a number.
    Key;
}

struct IdentifierText;

impl de::Visitor<'_> for IdentifierText {
    type Value = String;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("identifier")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
}

/// Gives a word list of the core its form on the wire: the word, and a schema with the labels.
macro_rules! word_lists {
    ($( $(#[$doc:meta])* $name:ident = $core:path; )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub $core);

        impl $name {
            const WORDS: [&'static str; <$core>::ALL.len()] = {
                let mut words = [""; <$core>::ALL.len()];
                let mut i = 0;
                while i < words.len() {
                    words[i] = <$core>::ALL[i].word();
                    i += 1;
                }
                words
            };
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.0.word())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Word;
                impl de::Visitor<'_> for Word {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("string")
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        <$core>::from_word(text).map($name).ok_or_else(|| E::unknown_variant("", &$name::WORDS))
                    }
                }
                d.deserialize_str(Word)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let lines: Vec<String> = <$core>::ALL
                    .iter()
                    .map(|w| format!("`{}`: {} / {}", w.word(), w.label(bansos::Lang::Id), w.label(bansos::Lang::En)))
                    .collect();
                schemars::json_schema!({ "type": "string", "enum": $name::WORDS.as_slice(), "description": lines.join("; ") })
            }
        }
    )*};
}

word_lists! {
    /// Sex as registered.
    Sex = bansos::Sex;
    /// Who numbered a place.
    Scheme = bansos::region::Scheme;
    /// Depth of a region code.
    Level = bansos::region::Level;
    /// What a region code is.
    RegionStatus = bansos::region::Status;
    /// Whether a region code could be in use on a day.
    InForce = bansos::region::CodeInForce;
    /// By which of its names a place was found.
    Via = bansos::region::Via;
    /// The verdict on a NIK in one word.
    NikClass = bansos::nik::Class;
    /// What sixteen digits look like.
    NikForm = bansos::nik::Form;
    /// What is known of a person beside the number.
    Role = bansos::nik::Role;
    /// How much of a number is shown.
    Mask = bansos::nik::Mask;
    /// A lossless step of a repair.
    RepairStep = bansos::nik::repair::Step;
    /// How a declared birth date agrees with the number's.
    DateAgreement = bansos::nik::DateAgreement;
    /// How a declared place agrees with the number's.
    RegionAgreement = bansos::nik::RegionAgreement;
    /// A field of a row.
    Field = bansos::source::Field;
    /// Relation to the head of the family.
    Relation = bansos::person::Relation;
    /// Whether a person was still there.
    Presence = bansos::person::Presence;
    /// Whether a person goes to school.
    Attendance = bansos::person::Attendance;
    /// School level.
    SchoolLevel = bansos::person::SchoolLevel;
    /// What each decile holds a tenth of.
    RankBy = bansos::ranking::By;
    /// Which point of a family's interval decides.
    RankRule = bansos::ranking::Rule;
    /// What happens to equal scores.
    RankTies = bansos::ranking::Ties;
    /// Ten parts or a hundred.
    RankScale = bansos::ranking::Scale;
    /// How a determination came out.
    Outcome = bansos::eligibility::Outcome;
    /// Yes, no, or unknown.
    Truth = bansos::eligibility::Truth;
    /// A fact that a rule asks for.
    Fact = bansos::eligibility::Fact;
    /// An assumption made where a fact was not given.
    Assumption = bansos::programme::Assumption;
    /// What a parameter counts.
    Unit = bansos::policy::Unit;
    /// Confidence in the value, by its sources.
    Confidence = bansos::policy::Confidence;
    /// A register.
    Source = bansos::source::Source;
    /// A field of comparison.
    DedupField = bansos::dedup::ComparedField;
    /// Whose programme it is.
    Tier = bansos::programme::Tier;
    /// The severity of a finding.
    Grade = Severity;
}

#[cfg(feature = "full")]
pub use linkage::{DedupKind, Situation, Verdict};

/// The word lists of operations that the small build leaves out.
#[cfg(feature = "full")]
mod linkage {
    use serde::{Deserialize, Deserializer, Serialize, de};
    use std::fmt;

    word_lists! {
        /// The verdict on two rows alone.
        Verdict = bansos_linkage::register::Verdict;
        /// What is known of the families of two rows.
        Situation = bansos_linkage::register::Situation;
        /// A kind of duplicate or conflict.
        DedupKind = bansos_linkage::register::DuplicateKind;
    }
}

/// A welfare decile, 1 (poorest) to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Decile(pub u8);

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Decile {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decile".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "integer", "minimum": 1, "maximum": 10, "description": "A welfare decile, 1 (poorest) to 10."
        })
    }
}

/// A civil date, `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Iso;
        impl de::Visitor<'_> for Iso {
            type Value = Day;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("date")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                iso(text).map(Day).ok_or_else(|| E::invalid_value(de::Unexpected::Str(""), &self))
            }
        }
        d.deserialize_str(Iso)
    }
}

/// `YYYY-MM-DD` and nothing else: a request is made by a program.
fn iso(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    let [y, m, d] = parts.as_slice() else { return None };
    let number = |s: &str, digits: usize| -> Option<i32> {
        (s.len() == digits && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten()
    };
    bansos::date::new(number(y, 4)?, number(m, 2)?, number(d, 2)?)
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date", "description": "A civil date, `YYYY-MM-DD`." })
    }
}

/// The schema of the core's [`Bilingual`], which knows nothing of schemas.
#[cfg(feature = "schema")]
pub(crate) struct TwoTexts;

#[cfg(feature = "schema")]
impl schemars::JsonSchema for TwoTexts {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Bilingual".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "description": "One text in both languages.",
            "properties": {
                "id": { "type": "string", "description": "Bahasa Indonesia." },
                "en": { "type": "string", "description": "English." }
            },
            "required": ["id", "en"]
        })
    }
}

/// An observation about data: graded, returned, never thrown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// Stable code, `area.what`.
    pub code: String,
    /// `info`, `warning` or `error`.
    pub severity: Grade,
    /// The code's parameters.
    pub params: Params,
    /// The sentence in both languages.
    #[cfg_attr(feature = "schema", schemars(with = "TwoTexts"))]
    pub message: Bilingual,
}

impl Finding {
    /// Of any code.
    pub fn from_coded(code: &dyn Coded) -> Self {
        Self {
            code: code.code().to_owned(),
            severity: Grade(code.severity()),
            params: params(code),
            message: code.messages(),
        }
    }
}

/// Findings of one kind as plain data.
pub(crate) fn findings<F: Coded>(all: impl IntoIterator<Item = F>) -> Vec<Finding> {
    all.into_iter().map(|f| Finding::from_coded(&f)).collect()
}
