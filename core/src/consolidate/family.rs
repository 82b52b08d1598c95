//! One family from the rows that describe it and the rows of its members.

use super::person::received;
use super::{Precedence, rank, take};
use crate::household::FamilyRecord;
use crate::person::{PersonRecord, Relation};
use crate::region::Residence;
use crate::source::{Conflict, Field, Kept, Origin, Source, Welfare};
use crate::{Decile, FamilyCard, Rupiah};
use std::sync::Arc;

/// A family, once, with the provenance of every value. Its members are persons of their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Family {
    /// All rows that describe the family or one of its members, in order.
    pub rows: Vec<Origin>,
    /// No. KK.
    pub card: Option<Kept<FamilyCard>>,
    /// Place.
    pub residence: Option<Kept<Arc<Residence>>>,
    /// Stated number of members.
    pub stated_size: Option<Kept<u32>>,
    /// Housing and assets, from one questionnaire as a whole.
    pub welfare: Option<Kept<Welfare>>,
    /// Spending per head and month, where sampled.
    pub spending_per_capita: Option<Kept<Rupiah>>,
    /// Deciles the sources state; each of its own base and year, so none is preferred.
    pub stated_deciles: Vec<Kept<Decile>>,
    /// PKH stated as received.
    pub receives_pkh: Option<Kept<bool>>,
    /// Sembako (BPNT) stated as received.
    pub receives_sembako: Option<Kept<bool>>,
    /// BST stated as received.
    pub receives_bst: Option<Kept<bool>>,
    /// What the rows disagree about.
    pub conflicts: Vec<Conflict>,
}

impl Family {
    /// The registers that know the family.
    pub fn sources(&self) -> Vec<Source> {
        let mut all: Vec<Source> = self.rows.iter().map(|r| r.source).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Makes one family of the family rows and person rows that belong to it. The order in which they are given does not matter.
pub fn consolidate_family(families: &[&FamilyRecord], persons: &[&PersonRecord], precedence: &Precedence) -> Family {
    let order = |o: Origin| (rank(&precedence.family, o.source), o);
    let mut described = families.to_vec();
    described.sort_by_key(|f| order(f.origin));
    let mut listed = persons.to_vec();
    // the head's row speaks for the family before its members'
    listed.sort_by_key(|p| (rank(&precedence.family, p.origin.source), p.relation != Some(Relation::Head), p.origin));

    let mut conflicts = Vec::new();
    let mut rows: Vec<Origin> = described.iter().map(|f| f.origin).chain(listed.iter().map(|p| p.origin)).collect();
    rows.sort_unstable();
    rows.dedup(); // a P3KE row is both

    // card and place: every row of the family may name them
    let said: Vec<Said<'_>> = {
        let mut all: Vec<Said<'_>> = described
            .iter()
            .map(|f| Said { origin: f.origin, card: f.family_card.value.as_ref(), residence: &f.residence })
            .chain(listed.iter().map(|p| Said {
                origin: p.origin,
                card: p.family_card.value.as_ref(),
                residence: &p.residence,
            }))
            .collect();
        all.sort_by_key(|s| order(s.origin));
        all
    };
    let said: Vec<&Said<'_>> = said.iter().collect();
    let card = take(&said, |s| s.origin, Field::FamilyCard, |s| s.card, |a, b| a == b, &mut conflicts);
    let residence = take(
        &said,
        |s| s.origin,
        Field::RegionCode,
        |s| (**s.residence != Residence::default()).then_some(s.residence),
        |a, b| a.region.is_none() || b.region.is_none() || a.region == b.region,
        &mut conflicts,
    );
    let origin = |f: &FamilyRecord| f.origin;
    let stated_size = take(&described, origin, Field::Size, |f| f.size.as_ref(), |a, b| a == b, &mut conflicts);
    let spending_per_capita =
        take(&described, origin, Field::Spending, |f| f.spending_per_capita.as_ref(), |a, b| a == b, &mut conflicts);
    // answers of two questionnaires cannot be compared, so there is no conflict between them
    let welfare =
        described.iter().find(|f| !f.welfare.is_empty()).map(|f| Kept { value: f.welfare.clone(), from: f.origin });
    let stated_deciles =
        described.iter().filter_map(|f| Some(Kept { value: f.stated_decile?, from: f.origin })).collect();
    let receipts =
        || described.iter().map(|f| (f.origin, &f.receives)).chain(listed.iter().map(|p| (p.origin, &p.receives)));
    Family {
        rows,
        card,
        residence,
        stated_size,
        welfare,
        spending_per_capita,
        stated_deciles,
        receives_pkh: received(receipts(), |r| r.pkh),
        receives_sembako: received(receipts(), |r| r.sembako),
        receives_bst: received(receipts(), |r| r.bst),
        conflicts,
    }
}

struct Said<'a> {
    origin: Origin,
    card: Option<&'a FamilyCard>,
    residence: &'a Arc<Residence>,
}
