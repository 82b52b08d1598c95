//! A named layer over the built-in edition: a proposal to simulate, or a rule of a region.

use super::{Basis, ParameterValue};
use crate::Date;
use std::borrow::Cow;

/// A named set of values that go before the built-in ones. Its name shows in every determination made with it.
///
/// ```
/// use bansos::policy::{Overlay, Policy};
/// use bansos::date::Date;
/// let on = Date::constant(2026, 1, 1);
/// let policy = Policy::builtin().with_overlay(Overlay::named("ceiling 3").set("pkh.max_decile", on, 3)).unwrap();
/// assert_eq!(policy.at("pkh.max_decile", on).unwrap().int(), Some(3));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Overlay {
    /// Shown in each determination.
    pub name: String,
    /// What it is for.
    #[cfg_attr(feature = "serde", serde(default))]
    pub note: String,
    /// The values it sets.
    #[cfg_attr(feature = "serde", serde(default, rename = "set"))]
    pub values: Vec<OverlayValue>,
}

/// One value of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct OverlayValue {
    /// Parameter id.
    pub parameter: Cow<'static, str>,
    /// First day of effect.
    pub from: Date,
    /// Last day of effect; none: without end.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub to: Option<Date>,
    /// The value; none ends the parameter: nothing is in force on those dates.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub value: Option<ParameterValue>,
    /// The overlay's own basis, such as a draft decree.
    #[cfg_attr(feature = "serde", serde(default))]
    pub basis: Vec<Basis>,
}

impl Overlay {
    /// An empty overlay.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Adds a number from a date on.
    #[must_use]
    pub fn set(mut self, parameter: &str, from: Date, value: i64) -> Self {
        self.values.push(OverlayValue {
            parameter: Cow::Owned(parameter.to_owned()),
            from,
            to: None,
            value: Some(ParameterValue::Int(value)),
            basis: Vec::new(),
        });
        self
    }
}
