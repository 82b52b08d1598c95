//! What is paid: per component person and year, or a fixed sum per month.

use super::{Number, PersonTest};
use crate::Bilingual;
use crate::message::{Lang, Param, Value};

/// A component: who counts, and what one counted person brings in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Component {
    /// Stable code, such as `ibu_hamil`.
    pub code: String,
    /// Its name.
    pub label: Bilingual,
    /// Who counts.
    pub test: PersonTest,
    /// Rupiah per counted person and year. The component exists while this parameter is in force.
    pub amount: Number,
    /// At most so many persons; none, or not in force: no cap of its own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub cap: Option<Number>,
}

/// A component in a sentence: by its code for programs, by its name for people.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ComponentName {
    /// See [`Component::code`].
    pub code: String,
    /// See [`Component::label`].
    pub label: Bilingual,
}

impl Value for ComponentName {
    fn param(&self) -> Param {
        Param::Text(self.code.clone())
    }
    fn show(&self, lang: Lang) -> String {
        self.label.get(lang).to_owned()
    }
}

/// A cap over several components together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Group {
    /// Codes of the components; empty: all of them.
    #[cfg_attr(feature = "serde", serde(default))]
    pub components: Vec<String>,
    /// At most so many persons.
    pub cap: Number,
}

words! {
    /// In which stage a family amount is paid.
    pub enum Placement {
        /// All of it in the year's first stage.
        FirstStage = "first_stage", id: "tahap pertama", en: "first stage";
        /// Spread over the stages by months.
        Spread = "spread", id: "dibagi ke semua tahap", en: "spread over the stages";
    }
}

/// A sum per family and year, whatever the components.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct FamilyAmount {
    /// Stable code.
    pub code: String,
    /// Its name.
    pub label: Bilingual,
    /// Rupiah per family and year.
    pub amount: Number,
    /// For families in hard-to-reach areas (yes), elsewhere (no), or both (absent).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub remote: Option<bool>,
    /// When it is paid.
    pub placement: Placement,
}

/// How the money of a programme is made up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Benefit {
    /// Persons count for components under caps; each counts once.
    Components {
        /// In the order used to break ties.
        components: Vec<Component>,
        /// Caps over several components.
        #[cfg_attr(feature = "serde", serde(default))]
        groups: Vec<Group>,
        /// Sums per family.
        #[cfg_attr(feature = "serde", serde(default))]
        family: Vec<FamilyAmount>,
        /// Parameter: the stages of a year.
        calendar: String,
        /// Parameter: where the rupiah go that do not divide (`last_stage` or `dropped`).
        remainder: String,
        /// Parameter: `best_total`, or `priority` with the order in `order`.
        choice: String,
        /// Parameter: the components in order of priority.
        order: String,
    },
    /// A fixed sum per month.
    Monthly {
        /// Rupiah per month: a parameter.
        amount: String,
        /// Extra rupiah per month, told apart from the regular amount: a parameter.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        topup: Option<String>,
        /// Paid per living member who passes the test; absent: once per family.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        per_person: Option<PersonTest>,
        /// Parameter: the stages of a year.
        calendar: String,
    },
}
