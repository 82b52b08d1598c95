//! One record of many rows: nothing invented, nothing lost, order without effect.

use super::*;
use crate::household::{FamilyRecord, Keluarga};
use crate::person::{Person, PersonRecord, Presence, Relation, Sex};
use crate::source::Identifier;
use crate::{Date, FamilyCard, Nik};

fn origin(source: Source, row: u32) -> Origin {
    Origin { source, file: 0, row }
}

fn nik(digits: &str) -> Identifier<Nik> {
    Identifier::from_cell(digits)
}

/// A row of a woman born on 6 January 1971 whose NIK says so.
fn row(source: Source, at: u32) -> PersonRecord {
    PersonRecord {
        nik: nik("3508124601719001"),
        name: Some("SITI AMINAH".into()),
        birth_date: Some(Date::constant(1971, 1, 6)),
        sex: Some(Sex::Female),
        ..PersonRecord::blank(origin(source, at))
    }
}

#[test]
fn identity_comes_from_the_soundest_row_and_is_not_mixed() {
    // the preferred register has a birth date that its own NIK does not carry
    let wrong = PersonRecord {
        birth_date: Some(Date::constant(1971, 1, 1)),
        name: Some("SITI AMINA".into()),
        ..row(Source::Regsosek, 1)
    };
    let sound = row(Source::Dtks, 9);
    let person = consolidate_person(&[&wrong, &sound], &Precedence::default());
    assert_eq!(person.name.as_ref().map(|k| (&*k.value, k.from)), Some(("SITI AMINAH", sound.origin)));
    assert_eq!(person.birth_date.as_ref().map(|k| k.from), Some(sound.origin));
    let fields: Vec<Field> = person.conflicts.iter().map(|c| c.field).collect();
    assert_eq!(fields, [Field::Name, Field::BirthDate]);
    assert!(person.conflicts.iter().all(|c| c.kept == sound.origin && c.others == [wrong.origin]));
}

#[test]
fn gaps_are_filled_and_say_from_where() {
    let bare = PersonRecord { mother_name: None, ..row(Source::Regsosek, 1) };
    let full =
        PersonRecord { mother_name: Some("PAINEM".into()), relation: Some(Relation::Head), ..row(Source::P3ke, 2) };
    let person = consolidate_person(&[&bare, &full], &Precedence::default());
    assert_eq!(person.mother_name.as_ref().map(|k| k.from), Some(full.origin));
    assert_eq!(person.relation.as_ref().map(|k| k.from), Some(full.origin));
    assert!(person.conflicts.is_empty(), "a gap contradicts nothing");
    assert!(person.marital.is_none(), "what no row says stays unknown");
}

#[test]
fn a_row_that_says_dead_is_never_outvoted() {
    let alive = |at| PersonRecord { presence: Some(Presence::Present), ..row(Source::Regsosek, at) };
    let dead = PersonRecord { presence: Some(Presence::Dead), ..row(Source::Dtks, 7) };
    let (x, y) = (alive(1), alive(2));
    let person = consolidate_person(&[&x, &y, &dead], &Precedence::default());
    assert_eq!(person.presence.as_ref().map(|k| k.value), Some(Presence::Dead));
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let a = PersonRecord { name: Some("SITI".into()), ..row(Source::P3ke, 3) };
    let (b, c) = (row(Source::Dtks, 2), row(Source::Regsosek, 1));
    let p = Precedence::default();
    let one = consolidate_person(&[&a, &b, &c], &p);
    assert_eq!(consolidate_person(&[&c, &a, &b], &p), one);
    let mut rows = vec![a.origin, b.origin, c.origin];
    rows.sort_unstable();
    assert_eq!(one.rows, rows, "every row is accounted for");
}

#[test]
fn precedence_is_data() {
    let newer = PersonRecord { relation: Some(Relation::Spouse), ..row(Source::Regsosek, 1) };
    let older = PersonRecord { relation: Some(Relation::Head), ..row(Source::Dtks, 1) };
    let usual = consolidate_person(&[&newer, &older], &Precedence::default());
    let turned = Precedence { family: vec![Source::Dtks, Source::Regsosek], ..Precedence::default() };
    let other = consolidate_person(&[&newer, &older], &turned);
    let relation = |p: &Person| p.relation.as_ref().map(|k| k.value);
    assert_eq!((relation(&usual), relation(&other)), (Some(Relation::Spouse), Some(Relation::Head)));
}

#[test]
fn a_family_keeps_each_value_with_its_row_and_each_disagreement() {
    let card = |digits: &str| Identifier::<FamilyCard>::from_cell(digits);
    let family = |source, at, digits: &str, size| FamilyRecord {
        family_card: card(digits),
        size: Some(size),
        ..FamilyRecord::blank(origin(source, at))
    };
    let (a, b) = (family(Source::Regsosek, 4, "3508120101209001", 3), family(Source::P3ke, 8, "3508120101209002", 3));
    let member = row(Source::Regsosek, 11);
    let made: Keluarga<u32> = consolidate_family(&[&b, &a], &[&member], &Precedence::default());
    assert_eq!(made, consolidate_family(&[&a, &b], &[&member], &Precedence::default()));
    assert_eq!(made.card.as_ref().map(|k| k.from), Some(a.origin));
    assert_eq!(
        made.conflicts.iter().map(|c| (c.field, c.others.clone())).collect::<Vec<_>>(),
        [(Field::FamilyCard, vec![b.origin])]
    );
    assert_eq!(made.rows.len(), 3, "every row is accounted for");
    assert_eq!(made.sources().len(), 2);
}
