//! A family's rows held against each other.

use super::HouseholdFinding;
use crate::person::{PersonRecord, Relation};
use crate::source::{Field, Noticed};

/// What a family's rows say of each other: one head, and as many members as are stated. A family without rows has
/// nothing to say.
///
/// ```
/// use bansos::source::{Origin, Source};
/// use bansos::person::PersonRecord;
/// use bansos::{Coded, household, person::Relation};
///
/// let mut head = PersonRecord::blank(Origin { source: Source::Dtks, file: 0, row: 1 });
/// head.relation = Some(Relation::Head);
/// let noticed = household::check(Some(3), &[head.clone(), head]);
/// let codes: Vec<_> = noticed.iter().map(|n| n.finding.code()).collect();
/// assert_eq!(codes, ["household.size_differs", "household.heads"]);
/// ```
pub fn check(stated: Option<u32>, members: &[PersonRecord]) -> Vec<Noticed> {
    let mut noticed = Vec::new();
    let listed = u32::try_from(members.len()).unwrap_or(u32::MAX);
    if let Some(stated) = stated.filter(|n| *n != listed) {
        noticed.push(Noticed::new(Field::Size, HouseholdFinding::SizeDiffers { stated, listed }));
    }
    let heads = members.iter().filter(|m| m.relation == Some(Relation::Head)).count();
    let heads = u32::try_from(heads).unwrap_or(u32::MAX);
    if heads != 1 && !members.is_empty() {
        noticed.push(Noticed::new(Field::Relation, HouseholdFinding::Heads { heads }));
    }
    noticed
}
