//! A Fellegi–Sunter model: for every level of every field, how often it is seen between two rows of one person (m)
//! and between rows of two persons (u). The match weight of a level is log2(m/u); a pair's weight is the prior's log2
//! odds plus the weights of its levels.

use bansos::dedup::{ComparedField, FIELDS, LEVELS, Vector};

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

/// The model as match weights, ready for the kernel.
#[derive(Clone, Debug)]
pub struct Weights {
    table: [[f32; LEVELS]; FIELDS],
}

impl Regime {
    /// log2(m/u) of every level. A missing value weighs nothing.
    pub fn weights(&self) -> Weights {
        let mut table = [[0f32; LEVELS]; FIELDS];
        for c in &self.comparisons {
            let Some(row) = table.get_mut(c.field as usize) else { continue };
            let last = c.field.level_count() - 1;
            for ((w, m), u) in row.iter_mut().zip(&c.m).zip(&c.u).take(last) {
                // a level that neither kind of pair is counted at (birth dates implied by the NIK) says nothing
                *w = if *m == 0.0 && *u == 0.0 { 0.0 } else { (m.max(1e-9) / u.max(1e-12)).log2() as f32 };
            }
        }
        Weights { table }
    }
}

impl Weights {
    /// The match weight of one level of one field.
    #[inline]
    pub fn of(&self, field: ComparedField, level: u8) -> f32 {
        self.table.get(field as usize).and_then(|row| row.get(usize::from(level))).copied().unwrap_or(0.0)
    }

    /// The greatest weight the field can give.
    pub fn best(&self, field: ComparedField) -> f32 {
        self.table.get(field as usize).map_or(0.0, |row| row.iter().copied().fold(0.0, f32::max))
    }

    /// The sum over a vector, without the prior.
    #[inline]
    pub fn sum(&self, vector: &Vector) -> f32 {
        self.table.iter().zip(vector).map(|(row, l)| row.get(usize::from(*l)).copied().unwrap_or(0.0)).sum()
    }
}
