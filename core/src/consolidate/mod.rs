//! Consolidation: many rows of one person, or of one family, become one record. Every value keeps the row it came from,
//! and every disagreement is kept beside it.
//!
//! What belongs together is not mixed: NIK, birth date, sex and name come from one *anchor* row, the one whose NIK and
//! declared facts support each other best; only gaps are filled from other rows. Housing answers come from one
//! questionnaire as a whole. Which register goes before which is data ([`Precedence`]), because no published rule says.

mod family;
mod person;
mod ruta;
#[cfg(test)]
mod tests;

pub use family::consolidate_family;
pub use person::consolidate_person;
pub use ruta::{Home, consolidate_ruta};

use crate::source::{Conflict, Field, Kept, Origin, Source};
use std::borrow::Borrow;

/// Which register goes before which when they disagree.
///
/// BPS has not published how DTKS, P3KE and Regsosek are reconciled for one family, so this is ours, open and changeable:
/// the most recent door-to-door questionnaire first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Precedence {
    /// For NIK, name, birth date, sex, mother's name.
    pub identity: Vec<Source>,
    /// For the family: card, place, members, housing.
    pub family: Vec<Source>,
}

impl Default for Precedence {
    fn default() -> Self {
        let order = vec![Source::Dtsen, Source::Regsosek, Source::Dtks, Source::P3ke, Source::Bdt, Source::Other];
        Self { identity: order.clone(), family: order }
    }
}

/// Place in an order; what is not named comes last.
fn rank(order: &[Source], source: Source) -> usize {
    order.iter().position(|s| *s == source).unwrap_or(order.len())
}

/// Takes the value of the first row that has one, notes the later rows that say something else.
fn take<'a, R, T: Clone, V: Borrow<T>>(
    rows: &[&'a R],
    origin: impl Fn(&R) -> Origin,
    field: Field,
    get: impl Fn(&'a R) -> Option<V>,
    same: impl Fn(&T, &T) -> bool,
    conflicts: &mut Vec<Conflict>,
) -> Option<Kept<T>> {
    let mut kept: Option<Kept<T>> = None;
    let mut others = Vec::new();
    for row in rows {
        let Some(value) = get(row) else { continue };
        let value = value.borrow();
        match &kept {
            None => kept = Some(Kept { value: value.clone(), from: origin(row) }),
            Some(k) if !same(&k.value, value) => others.push(origin(row)),
            Some(_) => {}
        }
    }
    if let (Some(k), false) = (&kept, others.is_empty()) {
        others.sort_unstable();
        conflicts.push(Conflict { field, kept: k.from, others });
    }
    kept
}
