//! One row of a source that describes a family: read, typed, nothing decided.

use crate::region::Residence;
use crate::source::{Identifier, Noticed, Origin, Received, Welfare};
use crate::{Decile, FamilyCard, Rupiah, Text};
use std::sync::Arc;

/// A row that describes a family: a Regsosek family, a P3KE family, a BDT household.
#[derive(Clone, PartialEq)]
pub struct FamilyRecord {
    /// Source, file and row.
    pub origin: Origin,
    /// The source's own key.
    pub family_key: Option<Text>,
    /// Family-card number.
    pub family_card: Identifier<FamilyCard>,
    /// Name of the head as written.
    pub head_name: Option<Text>,
    /// Stated number of members.
    pub size: Option<u32>,
    /// Where the family lives; shared with its members.
    pub residence: Arc<Residence>,
    /// Housing and assets.
    pub welfare: Welfare,
    /// Spending per head and month, where it was sampled.
    pub spending_per_capita: Option<Rupiah>,
    /// The decile the source states; of another base and year than ours.
    pub stated_decile: Option<Decile>,
    /// Programmes the row says are received.
    pub receives: Received,
    /// What was noticed while reading the row, and in which field.
    pub findings: Vec<Noticed>,
}

crate::reticent! { FamilyRecord { origin, findings } }

impl FamilyRecord {
    /// A row of which nothing is known yet.
    pub fn blank(origin: Origin) -> Self {
        Self {
            origin,
            family_key: None,
            family_card: Identifier::default(),
            head_name: None,
            size: None,
            residence: Arc::default(),
            welfare: Welfare::default(),
            spending_per_capita: None,
            stated_decile: None,
            receives: Received::default(),
            findings: Vec::new(),
        }
    }
}
