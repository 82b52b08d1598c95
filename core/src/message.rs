//! Codes and sentences: every error and finding has a stable code `area.what`, typed parameters, and one sentence in
//! Indonesian and one in English, written side by side where the code is defined.

pub use crate::cause::{Cause, CauseKind};
use std::borrow::Cow;
use std::fmt;

/// A language of the sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Lang {
    /// Bahasa Indonesia, the default.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// Of two texts that say the same, the one in this language.
    pub const fn choose<'a>(self, id: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Id => id,
            Self::En => en,
        }
    }
}

/// One text in both languages.
///
/// ```
/// use bansos::{Bilingual, Lang};
/// const FAMILY: Bilingual = Bilingual::new("keluarga", "family");
/// assert_eq!(FAMILY.get(Lang::Id), "keluarga");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Bilingual {
    /// Bahasa Indonesia.
    pub id: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Bilingual {
    /// A text that is known when the program is built.
    pub const fn new(id: &'static str, en: &'static str) -> Self {
        Self { id: Cow::Borrowed(id), en: Cow::Borrowed(en) }
    }

    /// Two texts of which at least one is made while the program runs.
    pub fn from_texts(id: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { id: id.into(), en: en.into() }
    }

    /// A text that is made for each language.
    pub fn from_fn<T: Into<Cow<'static, str>>>(mut text: impl FnMut(Lang) -> T) -> Self {
        Self { id: text(Lang::Id).into(), en: text(Lang::En).into() }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.choose(&self.id, &self.en)
    }
}

/// A parameter of a code, as plain data. Never a person's value: counts, dates of law, region codes, kinds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum Param {
    /// A whole number.
    Int(i64),
    /// A word, code or ISO date.
    Text(String),
}

/// A type that may stand in a code's parameters.
pub trait Value {
    /// As plain data, the same in every language.
    fn param(&self) -> Param;
    /// As a reader sees it inside a sentence.
    fn show(&self, _lang: Lang) -> String {
        match self.param() {
            Param::Int(n) => n.to_string(),
            Param::Text(t) => t,
        }
    }
}

macro_rules! int_value { ($($t:ty),*) => { $(impl Value for $t {
    fn param(&self) -> Param { Param::Int(i64::try_from(*self).unwrap_or(i64::MAX)) }
})* } }
int_value!(u8, u16, u32, u64, usize, i16, i32, i64);

impl Value for &'static str {
    fn param(&self) -> Param {
        Param::Text((*self).to_owned())
    }
}

impl Value for String {
    fn param(&self) -> Param {
        Param::Text(self.clone())
    }
}

impl Value for Box<str> {
    fn param(&self) -> Param {
        Param::Text(self.to_string())
    }
}

impl Value for char {
    fn param(&self) -> Param {
        Param::Text(self.to_string())
    }
}

impl Value for crate::Date {
    fn param(&self) -> Param {
        Param::Text(self.to_string())
    }
}

/// What the documentation, the bindings and the completeness test know of one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// Stable, `area.what`, never renamed or reused.
    pub code: &'static str,
    /// Its severity.
    pub severity: crate::Severity,
    /// Names of its parameters.
    pub params: &'static [&'static str],
    /// Template of the Indonesian sentence.
    pub id: &'static str,
    /// Template of the English sentence.
    pub en: &'static str,
}

/// An error or finding with a stable code.
pub trait Coded: fmt::Debug {
    /// Stable code, `area.what`.
    fn code(&self) -> &'static str;
    /// Its severity. Errors are always [`crate::Severity::Error`].
    fn severity(&self) -> crate::Severity;
    /// Named parameters in the order of their declaration.
    fn params(&self) -> Vec<(&'static str, Param)>;
    /// The sentence as it follows a colon or a name: it begins with a small letter and has no full stop.
    fn message(&self, lang: Lang) -> String;
    /// Whether a parameter stands first in the sentence, which keeps its own small letter.
    fn begins_with_value(&self, lang: Lang) -> bool;
    /// Both sentences as a person reads each alone: with a capital, unless a value comes first.
    fn messages(&self) -> Bilingual {
        Bilingual::from_fn(|lang| match self.begins_with_value(lang) {
            true => self.message(lang),
            false => capitalised(&self.message(lang)),
        })
    }
}

/// Whether a template begins with a parameter. Asked by the compiler alone, so that no template is kept for it.
#[doc(hidden)]
pub const fn opens(template: &str) -> bool {
    matches!(template.as_bytes().first(), Some(b'{'))
}

/// The text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Declares an enum of codes with their sentences. Add `#[derive(Copy)]` where every parameter is, and
/// `#[derive(thiserror::Error)]` where the codes are errors and not findings. A parameter that is another's error carries
/// `#[from]` or `#[source]`; the error of a system or a library becomes a [`Cause`](crate::message::Cause).
///
/// ```ignore
/// codes! {
///     /// Why a text is no NIK.
///     #[derive(Copy, thiserror::Error)]
///     pub enum NikError {
///         /// The text does not have sixteen digits.
///         Length { digits: u8 } = "nik.length", Error,
///             id: "NIK terdiri atas 16 digit; ini {digits} digit",
///             en: "a NIK has 16 digits; this has {digits}";
///     }
/// }
/// ```
#[macro_export]
macro_rules! codes {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $variant:ident $({ $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })? = $code:literal, $severity:ident,
                    id: $id:literal,
                    en: $en:literal;
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$vmeta])*
                $variant $({ $($(#[$fmeta])* #[allow(missing_docs)] $field: $ty),* })?,
            )*
        }

        impl $name {
            /// Every code of this kind, for documentation and completeness tests.
            pub const TABLE: &'static [$crate::message::CodeInfo] = &[
                $($crate::message::CodeInfo {
                    code: $code,
                    severity: $crate::finding::Severity::$severity,
                    params: &[$($(stringify!($field)),*)?],
                    id: $id,
                    en: $en,
                },)*
            ];
        }

        impl $crate::message::Coded for $name {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)* }
            }
            fn severity(&self) -> $crate::finding::Severity {
                match self { $(Self::$variant { .. } => $crate::finding::Severity::$severity,)* }
            }
            fn params(&self) -> Vec<(&'static str, $crate::message::Param)> {
                match self {
                    $(Self::$variant $({ $($field),* })? =>
                        vec![$($((stringify!($field), $crate::message::Value::param($field))),*)?],)*
                }
            }
            fn begins_with_value(&self, lang: $crate::message::Lang) -> bool {
                match (self, lang) {
                    $(
                        (Self::$variant { .. }, $crate::message::Lang::Id) => const { $crate::message::opens($id) },
                        (Self::$variant { .. }, $crate::message::Lang::En) => const { $crate::message::opens($en) },
                    )*
                }
            }
            #[allow(unused_variables)]
            fn message(&self, lang: $crate::message::Lang) -> String {
                match self {
                    $(Self::$variant $({ $($field),* })? => {
                        $($(let $field = $crate::message::Value::show($field, lang);)*)?
                        match lang {
                            $crate::message::Lang::Id => format!($id),
                            $crate::message::Lang::En => format!($en),
                        }
                    })*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::message::Coded::message(self, $crate::message::Lang::En))
            }
        }
    };
}

/// Declares a closed list: an enum with one `snake_case` word per value for data, and one for readers in each language.
///
/// ```
/// bansos::closed_list! {
///     /// Sex as registered.
///     pub enum Sex {
///         /// Laki-laki.
///         Male = "male", id: "laki-laki", en: "male";
///         /// Perempuan.
///         Female = "female", id: "perempuan", en: "female";
///     }
/// }
/// assert_eq!(Sex::from_word("female"), Some(Sex::Female));
/// assert_eq!(Sex::Male.label(bansos::Lang::Id), "laki-laki");
/// ```
#[macro_export]
macro_rules! closed_list {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident = $word:literal, id: $id:literal, en: $en:literal; )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )*
        }

        impl $name {
            /// Every value, in order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word that stands for it in data.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The value a data word stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }

            /// As a person reads it.
            pub const fn label(self, lang: $crate::message::Lang) -> &'static str {
                match self { $(Self::$variant => lang.choose($id, $en),)* }
            }
        }

        impl $crate::message::Value for $name {
            fn param(&self) -> $crate::message::Param { $crate::message::Param::Text(self.word().to_owned()) }
            fn show(&self, lang: $crate::message::Lang) -> String { self.label(lang).to_owned() }
        }
    };
}

/// A [`closed_list`] whose words are also its data, with the feature `serde` of the crate that declares it.
#[macro_export]
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident = $word:literal, id: $id:literal, en: $en:literal; )*
        }
    ) => {
        $crate::closed_list! {
            $(#[$meta])*
            #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
            pub enum $name {
                $(
                    $(#[$vmeta])*
                    #[cfg_attr(feature = "serde", serde(rename = $word))]
                    $variant = $word, id: $id, en: $en;
                )*
            }
        }
    };
}
