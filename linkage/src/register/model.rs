//! The model of registers: m and u of every level of every field, in each of three situations.

use crate::model::{Shares, Weights};
use bansos::dedup::{ComparedField, FIELDS};

/// m and u of one field's levels, in the order of the field's level list.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Comparison {
    /// The field.
    pub field: ComparedField,
    /// Share of the pairs of one person that reach each level, among pairs where neither side is missing.
    pub m: Vec<f64>,
    /// The same among pairs of different persons.
    pub u: Vec<f64>,
}

/// The model in one situation.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Regime {
    /// Expected number of other rows of the same person that a row has in this situation: in one other source, and in
    /// its own source. Divided by the number of rows compared with, it is the prior probability of a pair.
    pub expected_across: f64,
    /// The same within one source.
    pub expected_within: f64,
    /// The comparisons, in the order of [`ComparedField::ALL`].
    pub comparisons: Vec<Comparison>,
}

bansos::words! {
    /// Situations in which the same agreement means different things. Members of one family share card, village, mother
    /// and often the date, so what identifies a stranger says nothing between siblings and twins.
    pub enum Situation {
        /// Nothing is known of the two families.
        Open = "open", id: "dua keluarga yang belum diketahui hubungannya", en: "two families of which nothing is known";
        /// The two rows stand in listings of what is known to be one family.
        Family = "family", id: "satu keluarga dalam dua daftar", en: "one family in two listings";
        /// The two rows stand in one listing of one source: two persons, or one entered twice.
        Listing = "listing", id: "satu daftar keluarga", en: "one listing of a family";
    }
}

/// A trained or given model.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Model {
    /// Which model this is; estimated ones say from which.
    pub edition: String,
    /// Two rows about whose families nothing is known.
    pub open: Regime,
    /// Two rows in listings of one family.
    pub family: Regime,
    /// Two rows of one listing.
    pub listing: Regime,
}

impl Model {
    /// The part of the model that holds in a situation.
    pub fn regime(&self, situation: Situation) -> &Regime {
        match situation {
            Situation::Open => &self.open,
            Situation::Family => &self.family,
            Situation::Listing => &self.listing,
        }
    }
}

impl Regime {
    /// m and u of every field, in the order of [`ComparedField::ALL`], without "missing".
    pub(super) fn shares(&self) -> Vec<Shares> {
        let mut all = vec![Shares::default(); FIELDS];
        for c in &self.comparisons {
            let levels = c.field.level_count() - 1;
            if let Some(slot) = all.get_mut(c.field as usize) {
                *slot = Shares {
                    m: c.m.iter().copied().take(levels).collect(),
                    u: c.u.iter().copied().take(levels).collect(),
                };
            }
        }
        all
    }

    /// The match weight of every level of every field, a field's place being that in [`ComparedField::ALL`]. A missing value weighs
    /// nothing.
    pub fn weights(&self) -> Weights {
        Weights::new(&self.shares())
    }
}
