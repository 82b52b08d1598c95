//! Policy: every amount, age, cap, ceiling, calendar and exclusion as a *dated parameter* with its basis.
//!
//! - [`Parameter`]: one number (or list) through time, each value with dates, sources and confidence;
//! - [`Policy`]: the built-in edition plus the alternatives and named [`Overlay`]s a caller chose;
//! - [`Policy::at`]: what is in force on a date: [`InForce::NotYet`], [`InForce::Value`] or [`InForce::Ended`].
//!
//! Where public sources disagree, one value is preferred (the reason stands beside it) and the others are kept as named
//! alternatives that a caller may select. A value holds until it is superseded: it never expires by the clock.
//!
//! ```
//! use bansos::policy::{InForce, Policy};
//! use bansos::date::Date;
//! let policy = Policy::builtin();
//! let InForce::Value(v) = policy.at("pkh.max_decile", Date::constant(2026, 1, 1)).unwrap() else { panic!() };
//! assert_eq!(v.value.int(), Some(4));
//! assert_eq!(policy.at("pkh.max_decile", Date::constant(2024, 1, 1)).unwrap().int(), None); // not yet
//! ```

mod edition;
#[rustfmt::skip]
mod generated;
mod lint;
mod overlay;
mod parameter;

pub use edition::{Current, InForce, Policy, PolicyError};
pub(crate) use edition::{owned, text};
pub(crate) use lint::fits;
pub use lint::{Lint, lint};
pub use overlay::{Overlay, OverlayValue};
pub use parameter::{
    Basis, Confidence, DatedValue, Installment, Overlap, Parameter, ParameterValue, SourceEntry, Unit,
};

/// The date in the built-in edition's name is the day its sources were last read.
pub const EDITION: &str = generated::EDITION;

/// Every built-in parameter.
pub fn parameters() -> &'static [Parameter] {
    generated::PARAMETERS
}

/// Every source that the built-in parameters cite.
pub fn sources() -> &'static [SourceEntry] {
    generated::SOURCES
}

/// The built-in overlap matrix: which programmes exclude each other, when.
pub fn overlaps() -> &'static [Overlap] {
    generated::OVERLAPS
}
