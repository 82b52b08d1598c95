//! What `{:?}` shows of a person: where the row stands, and nothing of what it says.
#![allow(clippy::unwrap_used, reason = "a test")]

use bansos::dedup::ClkRecord;
use bansos::eligibility::FamilyFacts;
use bansos::household::FamilyRecord;
use bansos::person::{Person, PersonFacts, PersonRecord};
use bansos::region::Residence;
use bansos::source::{Identifier, Kept, Origin, Source, Welfare};
use bansos::{Date, Nik, Rupiah};

#[test]
fn nothing_that_a_row_says_is_shown() {
    let origin = Origin { source: Source::Dtks, file: 0, row: 17 };
    let mut row = PersonRecord::blank(origin);
    row.nik = Identifier::<Nik>::from_cell("3508164507689002");
    row.name = Some("NGATINI".into());
    row.birth_date = Some(Date::constant(1968, 7, 5));
    row.birth_place = Some("LUMAJANG".into());
    row.mother_name = Some("SUMIATI".into());
    row.occupation = Some("PETANI".into());
    row.pregnant = Some(true);
    row.residence = Residence { address: Some("JL MAWAR".into()), ..Residence::default() }.into();
    let mut family = FamilyRecord::blank(origin);
    family.head_name = row.name.clone();
    family.residence = row.residence.clone();
    family.spending_per_capita = Some(Rupiah(412_345));
    family.welfare = Welfare::new(["lantai".into()].into(), [Some(77)]);
    let name = row.name.clone().unwrap();
    let person = Person { rows: vec![origin], name: Some(Kept { value: name, from: origin }), ..Person::default() };
    let mut facts = PersonFacts::default();
    (facts.birth, facts.pregnant) = (row.birth_date, Some(true));
    let family_facts = FamilyFacts::from_members([facts]);
    let clk = ClkRecord { name: "NGATINI", birth: row.birth_date, ..ClkRecord::default() };
    let said = format!("{row:?} {family:?} {person:?} {:?} {facts:?} {family_facts:?} {clk:?}", person.name);
    for value in ["3508164507689002", "NGATINI", "1968", "LUMAJANG", "SUMIATI", "PETANI", "MAWAR", "412", "77", "true"]
    {
        assert!(!said.contains(value), "a value is shown: {said}");
    }
    assert!(said.contains("17"), "the row is: {said}");
}
