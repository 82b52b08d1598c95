//! Values that a whole column repeats: a day that everybody is born on, a number that everybody has. They say nothing of the person and
//! are withheld; that is said once for the file.

use crate::FileNote;
use crate::read::digits::{born, is_of_woman, parts};
use bansos::household::FamilyRecord;
use bansos::person::{PersonRecord, Relation};
use bansos::source::{Field, Identifier, Sixteen};
use bansos::{Date, Sex};
use rustc_hash::{FxHashMap, FxHashSet};

/// Rows that have to repeat a birth date, and their share of a hundred: nobody's family does, and no day of the calendar.
const DATE: (usize, usize) = (6, 10);

/// Rows whose names are looked at.
const NAMES: usize = 1000;

/// Withholds such values from the rows of one file.
pub(in crate::read) fn withhold(
    persons: &mut [PersonRecord],
    families: &mut [FamilyRecord],
    name: impl Fn(Field) -> String,
) -> Vec<FileNote> {
    let found = [nik(persons), card(persons, families), dates(persons), sex(persons)];
    let note = |(field, rows, all): (Field, usize, usize)| {
        let percent = u32::try_from(rows * 100 / all.max(1)).unwrap_or(100);
        FileNote::Repeated { column: name(field), percent }
    };
    found.into_iter().flatten().map(note).collect()
}

/// The column, how many rows repeat a value, and how many have one.
type Found = Option<(Field, usize, usize)>;

fn nik(persons: &mut [PersonRecord]) -> Found {
    let (nik, rows, all) = most(persons, |p| number(&p.nik))?;
    // one person may stand in many rows
    if !are_several(persons.iter().filter(|p| number(&p.nik) == Some(nik)).filter_map(|p| p.name.as_deref())) {
        return None;
    }
    persons.iter_mut().for_each(|p| withhold_number(&mut p.nik, nik));
    Some((Field::Nik, rows, all))
}

/// A card of several heads is no family's; two may be the old one and the new.
fn card(persons: &mut [PersonRecord], families: &mut [FamilyRecord]) -> Found {
    let of_persons = most(persons, |p| number(&p.family_card)).filter(|(card, ..)| {
        let of_card = persons.iter().filter(|p| number(&p.family_card) == Some(*card));
        are_several(of_card.filter(|p| p.relation == Some(Relation::Head)).filter_map(|p| p.name.as_deref()))
    });
    let of_families = || {
        most(families, |f| number(&f.family_card)).filter(|(card, ..)| {
            let of_card = families.iter().filter(|f| number(&f.family_card) == Some(*card));
            are_several(of_card.filter_map(|f| f.head_name.as_deref()))
        })
    };
    let (card, rows, all) = of_persons.or_else(of_families)?;
    persons.iter_mut().for_each(|p| withhold_number(&mut p.family_card, card));
    families.iter_mut().for_each(|f| withhold_number(&mut f.family_card, card));
    Some((Field::FamilyCard, rows, all))
}

/// Whether three names among the first are different.
fn are_several<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    names.take(NAMES).map(str::to_uppercase).collect::<FxHashSet<_>>().len() > 2
}

/// Birth dates, of all that are repeated so: what a row's own NIK says too stays.
fn dates(persons: &mut [PersonRecord]) -> Found {
    let mut counts: FxHashMap<Date, usize> = FxHashMap::default();
    for date in persons.iter().filter_map(|p| p.birth_date) {
        *counts.entry(date).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    counts.retain(|_, n| *n >= DATE.0 && *n * 100 >= all * DATE.1);
    if counts.is_empty() {
        return None;
    }
    let mut rows = 0;
    for person in persons {
        if let Some(date) = person.birth_date
            && counts.contains_key(&date)
            && person.nik.value().is_none_or(|nik| born(nik.to_u64()) != parts(date))
        {
            person.birth_date = None;
            rows += 1;
        }
    }
    (rows > 0).then_some((Field::BirthDate, rows, all))
}

/// A sex that everybody has though a quarter of the NIK say the other.
fn sex(persons: &mut [PersonRecord]) -> Found {
    let mut sexes = persons.iter().filter_map(|p| p.sex);
    let first = sexes.next()?;
    if !sexes.all(|sex| sex == first) {
        return None;
    }
    let numbers = || persons.iter().filter_map(|p| p.nik.value());
    let others = numbers().filter(|nik| is_of_woman(nik.to_u64()) != (first == Sex::Female)).count();
    if others < 3 || others * 4 < numbers().count() {
        return None;
    }
    let all = persons.iter().filter(|p| p.sex.is_some()).count();
    persons.iter_mut().for_each(|p| p.sex = None);
    Some((Field::Sex, all, all))
}

fn number<T: Sixteen>(identifier: &Identifier<T>) -> Option<u64> {
    identifier.value().map(Sixteen::to_number)
}

/// The number that most rows have, how many they are, and of how many.
fn most<R>(rows: &[R], of: impl Fn(&R) -> Option<u64>) -> Option<(u64, usize, usize)> {
    // who outvotes all others is the last one standing
    let (mut candidate, mut votes) = (0, 0usize);
    for value in rows.iter().filter_map(&of) {
        if votes == 0 {
            candidate = value;
        }
        votes = if candidate == value { votes + 1 } else { votes - 1 };
    }
    let all = rows.iter().filter_map(&of).count();
    let same = rows.iter().filter_map(&of).filter(|other| *other == candidate).count();
    (same > 2 && same * 2 > all).then_some((candidate, same, all))
}

/// The number stays as it was written, and is nobody's.
fn withhold_number<T: Sixteen>(identifier: &mut Identifier<T>, number: u64) {
    if self::number(identifier) == Some(number) {
        let written = identifier.raw().map_or_else(|| format!("{number:016}").as_str().into(), Into::into);
        *identifier = Identifier::from_reading(bansos::nik::repair::Reading::default(), Some(written));
    }
}
