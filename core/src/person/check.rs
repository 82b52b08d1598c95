//! One row's facts held against each other: the NIK beside the declared birth date, sex and place; the family card beside
//! its recording date. What a single cell is by itself was noticed when it was read.

use crate::Date;
use crate::nik::Declared;
use crate::person::PersonRecord;
use crate::source::{Field, Noticed};

/// What a row's facts say of each other on a date.
///
/// A NIK is never judged wrong by what was declared beside it: the law keeps it when a birth date is corrected or a
/// person moves. So disagreement is a warning, and a NIK of another place is only worth knowing.
///
/// ```
/// use bansos::source::{Origin, Source};
/// use bansos::person::PersonRecord;
/// use bansos::{Coded, Date, Nik, Sex, person};
///
/// let mut row = PersonRecord::blank(Origin { source: Source::Dtks, file: 0, row: 1 });
/// row.nik = Nik::parse("3508126801809001")?.into(); // a woman's, by its day
/// row.sex = Some(Sex::Male);
/// let noticed = person::check(&row, Date::constant(2026, 11, 22));
/// assert_eq!(noticed.iter().map(|n| n.finding.code()).collect::<Vec<_>>(), ["nik.sex_differs"]);
/// # Ok::<(), bansos::nik::NikError>(())
/// ```
pub fn check(row: &PersonRecord, as_of: Date) -> Vec<Noticed> {
    let declared = Declared { birth_date: row.birth_date, sex: row.sex, region: row.residence.region, role: None };
    let number = row.nik.value().map(|n| n.examine(&declared, as_of));
    let card = row.family_card.value().map(|c| c.examine(row.nik.value(), as_of));
    let of_number = number.iter().flat_map(|n| n.findings()).map(|f| Noticed::new(Field::Nik, f));
    let of_card = card.iter().flat_map(|c| c.findings()).map(|f| Noticed::new(Field::FamilyCard, f));
    of_number.chain(of_card).collect()
}
