//! What becomes of a value on its way into a blocking key or a test.

use bansos::text::name::{Name, sounds};

/// What of a value is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Take {
    /// The whole value.
    #[default]
    Whole,
    /// A part: the first character counts as 0.
    Part {
        /// Where it starts.
        from: u16,
        /// How many characters.
        chars: u16,
    },
    /// The value's last characters.
    Last {
        /// How many.
        chars: u16,
    },
    /// What stands before a mark: the user of a mail address before `@`.
    Before {
        /// The mark.
        mark: char,
    },
    /// Sounds, as names are folded here: spelling variants of one name share them, in any order of the words.
    Sound,
    /// The words in alphabetical order.
    Words,
}

impl Take {
    /// Whether it is the whole value.
    pub fn is_whole(&self) -> bool {
        *self == Self::Whole
    }

    /// The part of a value; `None` where nothing is left.
    ///
    /// ```
    /// use bansos_linkage::table::Take;
    /// assert_eq!(Take::Part { from: 0, chars: 4 }.of("1971-01-06").as_deref(), Some("1971"));
    /// assert_eq!(Take::Sound.of("SOEPARDJO"), Take::Sound.of("Suparjo"));
    /// ```
    pub fn of(&self, value: &str) -> Option<String> {
        let taken: String = match self {
            Self::Whole => value.to_owned(),
            Self::Part { from, chars } => value.chars().skip(usize::from(*from)).take(usize::from(*chars)).collect(),
            Self::Last { chars } => {
                let skip = value.chars().count().saturating_sub(usize::from(*chars));
                value.chars().skip(skip).collect()
            }
            Self::Before { mark } => value.split(*mark).next().unwrap_or("").to_owned(),
            Self::Sound => {
                let mut all = sounds(&Name::read(value));
                all.sort_unstable();
                all.iter().map(|s| format!("{s:x}.")).collect()
            }
            Self::Words => {
                let mut words: Vec<&str> = value.split_whitespace().collect();
                words.sort_unstable();
                words.join(" ")
            }
        };
        (!taken.is_empty()).then_some(taken)
    }
}
