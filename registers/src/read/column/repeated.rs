//! Values that a whole column repeats: a day that everybody is born on, a number that everybody has. They say nothing of the person and
//! are withheld; that is said once for the file.

use super::tally::{born, parts};
use crate::FileNote;
use bansos::person::{PersonRecord, Relation};
use bansos::source::{Field, Identifier, Sixteen};
use bansos::{Date, Sex};
use rustc_hash::{FxHashMap, FxHashSet};

/// Rows that have to repeat a birth date, and their share of a hundred: nobody's family does, and no day of the calendar.
const DATE: (usize, usize) = (6, 10);

/// Withholds such values from the rows of one file.
pub(in crate::read) fn withhold(persons: &mut [PersonRecord], name: impl Fn(Field) -> String) -> Vec<FileNote> {
    let mut notes = Vec::new();
    let percent = |part: usize, all: usize| u32::try_from(part * 100 / all.max(1)).unwrap_or(100);
    let mut said = |field: Field, rows: usize, all: usize| {
        notes.push(FileNote::Repeated { column: name(field), percent: percent(rows, all) });
    };
    if let Some((nik, rows, all)) = most(persons, |p| p.nik.value().map(Sixteen::to_number))
        && names_with(persons, |p| p.nik.value().map(Sixteen::to_number) == Some(nik)) > 2
    {
        said(Field::Nik, rows, all);
        persons.iter_mut().for_each(|p| withhold_number(&mut p.nik, nik));
    }
    if let Some((card, rows, all)) = most(persons, |p| p.family_card.value().map(Sixteen::to_number))
        && heads_with(persons, card) > 1
    {
        said(Field::FamilyCard, rows, all);
        persons.iter_mut().for_each(|p| withhold_number(&mut p.family_card, card));
    }
    for date in dates(persons) {
        let all = persons.iter().filter(|p| p.birth_date.is_some()).count();
        let others = |p: &&mut PersonRecord| p.birth_date == Some(date) && !of_nik(p, date);
        let rows = persons.iter_mut().filter(others).map(|p| p.birth_date = None).count();
        if rows > 0 {
            said(Field::BirthDate, rows, all);
        }
    }
    let sexes = persons.iter().filter(|p| p.sex.is_some()).count();
    if contradicted(persons) {
        persons.iter_mut().for_each(|p| p.sex = None);
        said(Field::Sex, sexes, sexes);
    }
    notes
}

/// The value that most rows have, how many they are, and of how many.
fn most<T: PartialEq + Copy>(
    persons: &[PersonRecord],
    of: impl Fn(&PersonRecord) -> Option<T>,
) -> Option<(T, usize, usize)> {
    // who outvotes all others is the last one standing
    let (mut candidate, mut votes) = (None, 0usize);
    for value in persons.iter().filter_map(&of) {
        if votes == 0 {
            candidate = Some(value);
        }
        votes = if candidate == Some(value) { votes + 1 } else { votes - 1 };
    }
    let value = candidate?;
    let all = persons.iter().filter_map(&of).count();
    let rows = persons.iter().filter_map(&of).filter(|other| *other == value).count();
    (rows > 2 && rows * 2 > all).then_some((value, rows, all))
}

/// How many different names those rows have; more than three are three.
fn names_with(persons: &[PersonRecord], has: impl Fn(&PersonRecord) -> bool) -> usize {
    let mut names = FxHashSet::default();
    for name in persons.iter().filter(|p| has(p)).filter_map(|p| p.name.as_deref()) {
        names.insert(name.to_uppercase());
        if names.len() > 2 {
            break;
        }
    }
    names.len()
}

fn heads_with(persons: &[PersonRecord], card: u64) -> usize {
    let of_card = |p: &&PersonRecord| p.family_card.value().map(Sixteen::to_number) == Some(card);
    persons.iter().filter(of_card).filter(|p| p.relation == Some(Relation::Head)).count()
}

/// The number stays as it was written, and is nobody's.
fn withhold_number<T: Sixteen>(identifier: &mut Identifier<T>, number: u64) {
    if identifier.value().map(Sixteen::to_number) == Some(number) {
        let written = identifier.raw().map_or_else(|| format!("{number:016}").as_str().into(), Into::into);
        *identifier = Identifier::from_reading(bansos::nik::repair::Reading::default(), Some(written));
    }
}

fn dates(persons: &[PersonRecord]) -> Vec<Date> {
    let mut counts: FxHashMap<Date, usize> = FxHashMap::default();
    for date in persons.iter().filter_map(|p| p.birth_date) {
        *counts.entry(date).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let mut often: Vec<Date> =
        counts.into_iter().filter(|(_, n)| *n >= DATE.0 && n * 100 >= all * DATE.1).map(|(date, _)| date).collect();
    often.sort_unstable();
    often
}

/// Whether the row's own NIK says so too.
fn of_nik(person: &PersonRecord, date: Date) -> bool {
    person.nik.value().is_some_and(|nik| born(nik.to_u64()) == parts(date))
}

/// Whether everybody is of one sex though a quarter of the NIK say the other.
fn contradicted(persons: &[PersonRecord]) -> bool {
    let mut sexes = persons.iter().filter_map(|p| p.sex);
    let Some(first) = sexes.next() else { return false };
    if !sexes.all(|sex| sex == first) {
        return false;
    }
    let numbers = || persons.iter().filter_map(|p| p.nik.value());
    let of_woman = |number: u64| (number / 100_000_000) % 100 > 40;
    let others = numbers().filter(|nik| of_woman(nik.to_u64()) != (first == Sex::Female)).count();
    others > 2 && others * 4 >= numbers().count()
}
