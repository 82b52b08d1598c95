//! One family from the rows that describe it and the rows of its members.

use super::person::received;
use super::{Precedence, rank, take};
use crate::household::{FamilyRecord, Keluarga};
use crate::person::{PersonRecord, Relation};
use crate::region::Residence;
use crate::source::{Field, Kept, Origin};
use crate::{Decile, FamilyCard};
use std::sync::Arc;

/// Makes one family of the family rows and person rows that belong to it. The order in which they are given does not matter.
/// Its members are persons of their own and are given to it with [`Keluarga::with_members`].
pub fn consolidate_family<P>(
    families: &[&FamilyRecord],
    persons: &[&PersonRecord],
    precedence: &Precedence,
) -> Keluarga<P> {
    let order = |o: Origin| (rank(&precedence.family, o.source), o);
    let mut described = families.to_vec();
    described.sort_by_key(|f| order(f.origin));
    let mut listed = persons.to_vec();
    // the head's row decides for the family before its members' do
    listed.sort_by_key(|p| (rank(&precedence.family, p.origin.source), p.relation != Some(Relation::Head), p.origin));

    let mut conflicts = Vec::new();
    let mut rows: Vec<Origin> = described.iter().map(|f| f.origin).chain(listed.iter().map(|p| p.origin)).collect();
    rows.sort_unstable();
    rows.dedup(); // a P3KE row is both

    // card and place: every row of the family may name them
    let mut said = Said::all(&described, &listed);
    said.sort_by_key(|s| order(s.origin));
    let said: Vec<&Said<'_>> = said.iter().collect();
    let card = take(&said, |s| s.origin, Field::FamilyCard, |s| s.card, |a, b| a == b, &mut conflicts);
    let residence = take(
        &said,
        |s| s.origin,
        Field::RegionCode,
        |s| (**s.residence != Residence::default()).then_some(s.residence),
        |a: &Arc<Residence>, b| a.region.is_none() || b.region.is_none() || a.region == b.region,
        &mut conflicts,
    );
    let origin = |f: &FamilyRecord| f.origin;
    let stated_size = take(&described, origin, Field::Size, |f| f.size.as_ref(), |a, b| a == b, &mut conflicts);
    let spending_per_capita =
        take(&described, origin, Field::Spending, |f| f.spending_per_capita.as_ref(), |a, b| a == b, &mut conflicts);
    // answers of two questionnaires cannot be compared, so there is no conflict between them
    let welfare =
        described.iter().find(|f| !f.welfare.is_empty()).map(|f| Kept { value: f.welfare.clone(), from: f.origin });
    let stated_deciles = stated_deciles(&described, &listed);
    let receipts =
        || described.iter().map(|f| (f.origin, &f.receives)).chain(listed.iter().map(|p| (p.origin, &p.receives)));
    Keluarga {
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
        ..Keluarga::default()
    }
}

/// What the rows of the family state; of a file whose every member repeats it, once.
fn stated_deciles(described: &[&FamilyRecord], listed: &[&PersonRecord]) -> Vec<Kept<Decile>> {
    let families = described.iter().map(|f| (f.stated_decile, f.origin));
    let members = listed.iter().map(|p| (p.stated_decile, p.origin));
    let mut all: Vec<Kept<Decile>> = families.filter_map(|(value, from)| Some(Kept { value: value?, from })).collect();
    for (value, from) in members.filter_map(|(value, from)| Some((value?, from))) {
        if !all.iter().any(|kept| kept.value == value && kept.from.file == from.file) {
            all.push(Kept { value, from });
        }
    }
    all
}

struct Said<'a> {
    origin: Origin,
    card: Option<FamilyCard>,
    residence: &'a Arc<Residence>,
}

impl<'a> Said<'a> {
    /// What each row says, of families and of persons.
    fn all(families: &[&'a FamilyRecord], persons: &[&'a PersonRecord]) -> Vec<Self> {
        let family =
            |f: &&'a FamilyRecord| Said { origin: f.origin, card: f.family_card.value(), residence: &f.residence };
        let person =
            |p: &&'a PersonRecord| Said { origin: p.origin, card: p.family_card.value(), residence: &p.residence };
        families.iter().map(family).chain(persons.iter().map(person)).collect()
    }
}
