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
    findings(stated, members.iter().map(|m| m.relation)).map(|(field, finding)| Noticed::new(field, finding)).collect()
}

/// What members' relations and a stated size say of each other, and which field says it.
pub(super) fn findings(
    stated: Option<u32>,
    relations: impl Iterator<Item = Option<Relation>>,
) -> impl Iterator<Item = (Field, HouseholdFinding)> {
    let (mut listed, mut heads) = (0u32, 0u32);
    for relation in relations {
        listed = listed.saturating_add(1);
        heads = heads.saturating_add(u32::from(relation == Some(Relation::Head)));
    }
    let differs = stated.filter(|n| *n != listed).map(|stated| HouseholdFinding::SizeDiffers { stated, listed });
    let no_head = (heads != 1 && listed > 0).then_some(HouseholdFinding::Heads { heads });
    differs.map(|f| (Field::Size, f)).into_iter().chain(no_head.map(|f| (Field::Relation, f)))
}
