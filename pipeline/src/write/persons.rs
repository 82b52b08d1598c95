//! persons.parquet: one line for each person, with the row every value came from.

use crate::Results;
use crate::table::{Dates, Flags, Numbers, Table, TextLists, Texts, write_chunks};
use bansos::person::Person;
use bansos::source::{Conflict, Kept, Origin};
use bansos_registers::write::{OutFolder, WriteError};
use std::fmt::Write as _;
use std::ops::Range;

pub(super) fn write(results: &Results, out: &OutFolder) -> Result<(), WriteError> {
    write_chunks(&out.path("persons.parquet"), results.people.persons.len(), |rows| columns(results, rows))
}

fn columns(results: &Results, range: Range<u32>) -> Table {
    let Results { linkage, people, .. } = results;
    let [mut id, mut family, mut nik, mut name, mut sex, mut place, mut mother] = <[Texts; 7]>::default();
    let [mut relation, mut marital, mut attendance, mut level, mut occupation, mut employment, mut presence] =
        <[Texts; 7]>::default();
    let (mut birth, mut rows) = (Dates::default(), Numbers::default());
    let [mut pregnant, mut disability] = <[Flags; 2]>::default();
    let mut sources = TextLists::default();
    let [mut provenance, mut conflicts] = <[Texts; 2]>::default();

    for i in range {
        let p = &people.persons[i as usize];
        id.push(&linkage.person_id(i));
        family.push(&linkage.family_id(people.family_of[i as usize]));
        nik.maybe(p.nik.as_ref().map(|k| k.value.to_digits()).as_deref());
        name.maybe(text(&p.name));
        sex.maybe(p.sex.as_ref().map(|k| k.value.word()));
        birth.maybe(p.birth_date.as_ref().map(|k| k.value));
        place.maybe(text(&p.birth_place));
        mother.maybe(text(&p.mother_name));
        relation.maybe(p.relation.as_ref().map(|k| k.value.word()));
        marital.maybe(p.marital.as_ref().map(|k| k.value.word()));
        attendance.maybe(p.attendance.as_ref().map(|k| k.value.word()));
        level.maybe(p.school_level.as_ref().map(|k| k.value.word()));
        pregnant.maybe(p.pregnant.as_ref().map(|k| k.value));
        disability.maybe(p.severe_disability.as_ref().map(|k| k.value));
        occupation.maybe(text(&p.occupation));
        employment.maybe(p.employment.as_ref().map(|k| k.value.word()));
        presence.maybe(p.presence.as_ref().map(|k| k.value.word()));
        rows.push(p.rows.len() as i64);
        let mut known: Vec<&str> = p.rows.iter().map(|r| r.source.word()).collect();
        known.dedup();
        sources.push(known);
        provenance.push(&of_person(p));
        conflicts.push(&listed(&p.conflicts));
    }
    let mut table = Table::default();
    for (name, column) in [
        ("person_id", id.done()),
        ("family_id", family.done()),
        ("nik", nik.done()),
        ("name", name.done()),
        ("sex", sex.done()),
        ("birth_date", birth.done()),
        ("birth_place", place.done()),
        ("mother_name", mother.done()),
        ("relation", relation.done()),
        ("marital", marital.done()),
        ("attendance", attendance.done()),
        ("school_level", level.done()),
        ("pregnant", pregnant.done()),
        ("severe_disability", disability.done()),
        ("occupation", occupation.done()),
        ("employment", employment.done()),
        ("presence", presence.done()),
        ("rows", rows.done()),
        ("sources", sources.done()),
        ("provenance", provenance.done()),
        ("conflicts", conflicts.done()),
    ] {
        table.add(name, column);
    }
    table
}

fn text(kept: &Option<Kept<bansos::Text>>) -> Option<&str> {
    kept.as_ref().map(|k| &*k.value)
}

/// `field=source:row` for every value, separated by spaces.
fn of_person(p: &Person) -> String {
    let mut said = String::with_capacity(160);
    macro_rules! say {
        ($($field:ident)*) => { $(if let Some(k) = &p.$field { entry(&mut said, stringify!($field), k.from); })* };
    }
    say!(nik name sex birth_date birth_place mother_name relation marital attendance school_level pregnant
        severe_disability occupation employment presence);
    said
}

/// Adds `field=source:row`.
pub(super) fn entry(said: &mut String, field: &str, from: Origin) {
    let space = if said.is_empty() { "" } else { " " };
    let _ = write!(said, "{space}{field}={}:{}", from.source.word(), from.row);
}

/// `field: kept source:row, against source:row …`, separated by `; `.
pub(super) fn listed(conflicts: &[Conflict]) -> String {
    let mut said = String::new();
    for c in conflicts {
        let separator = if said.is_empty() { "" } else { "; " };
        let _ = write!(said, "{separator}{}: {}:{} ≠", c.field.word(), c.kept.source.word(), c.kept.row);
        for o in &c.others {
            let _ = write!(said, " {}:{}", o.source.word(), o.row);
        }
    }
    said
}
