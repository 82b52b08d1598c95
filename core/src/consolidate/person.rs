//! One person from all rows that stand for the person.

use super::{Precedence, rank, take};
use crate::person::{Person, PersonRecord, Presence};
use crate::source::{Field, Kept, Origin, Received};
use crate::{Date, Text};
use std::cmp::Reverse;

/// How well the facts of a row support each other: a NIK whose birth-date and sex digits agree with the row's own columns
/// is the best witness there is.
fn soundness(row: &PersonRecord) -> u8 {
    let Some(nik) = row.nik.value() else { return 0 };
    // as of the declared day itself, so that the century is that day's; the sex does not depend on it
    let decoded = nik.decode(row.birth_date.unwrap_or(Date::constant(2000, 1, 1)));
    let date = row.birth_date.is_some_and(|declared| decoded.birth.possible().any(|day| day == declared));
    let sex = decoded.sex.is_some() && decoded.sex == row.sex;
    1 + u8::from(date) * 4 + u8::from(sex) * 2 + u8::from(row.matched == Some(true))
}

fn completeness(row: &PersonRecord) -> usize {
    [row.name.is_some(), row.birth_date.is_some(), row.sex.is_some(), row.mother_name.is_some()]
        .into_iter()
        .filter(|there| *there)
        .count()
}

fn same_text(a: &Text, b: &Text) -> bool {
    let plain =
        |t: &Text| -> Vec<char> { t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect() };
    plain(a) == plain(b)
}

/// Makes one person of the rows of one cluster. The answer does not depend on the order in which they are given.
pub fn consolidate_person(rows: &[&PersonRecord], precedence: &Precedence) -> Person {
    // identity: the soundest row first, then precedence
    let mut identity = rows.to_vec();
    identity.sort_by_cached_key(|r| {
        (Reverse((soundness(r), completeness(r))), rank(&precedence.identity, r.origin.source), r.origin)
    });
    // everything else: precedence alone, newest register first
    let mut facts = rows.to_vec();
    facts.sort_by_key(|r| (rank(&precedence.family, r.origin.source), r.origin));

    let mut person = Person { rows: rows.iter().map(|r| r.origin).collect(), ..Person::default() };
    person.rows.sort_unstable();
    let mut conflicts = Vec::new();
    let origin = |r: &PersonRecord| r.origin;
    macro_rules! kept {
        ($field:ident, $from:expr, $of:expr) => {
            kept!($field, $from, $of, |a, b| a == b)
        };
        ($field:ident, $from:expr, $of:expr, $same:expr) => {
            person.$field = take($from, origin, $of, |r: &PersonRecord| r.$field.as_ref(), $same, &mut conflicts)
        };
    }
    person.nik = take(&identity, origin, Field::Nik, |r| r.nik.value(), |a, b| a == b, &mut conflicts);
    kept!(name, &identity, Field::Name, same_text);
    kept!(sex, &identity, Field::Sex);
    kept!(birth_date, &identity, Field::BirthDate);
    kept!(birth_place, &identity, Field::BirthPlace, same_text);
    kept!(mother_name, &identity, Field::MotherName, same_text);
    kept!(relation, &facts, Field::Relation);
    kept!(marital, &facts, Field::Marital);
    kept!(attendance, &facts, Field::Attendance);
    kept!(school_level, &facts, Field::SchoolLevel);
    kept!(pregnant, &facts, Field::Pregnant);
    kept!(severe_disability, &facts, Field::SevereDisability);
    kept!(occupation, &facts, Field::Occupation, same_text);
    kept!(employment, &facts, Field::Employment);
    facts.sort_by_key(|r| r.presence != Some(Presence::Dead));
    kept!(presence, &facts, Field::Presence);
    person.conflicts = conflicts;
    person
}

/// Whether a programme is received: yes where any row says yes, no where one says no and none yes.
pub(super) fn received<'a>(
    rows: impl Iterator<Item = (Origin, &'a Received)>,
    get: fn(&Received) -> Option<bool>,
) -> Option<Kept<bool>> {
    let mut answer: Option<Kept<bool>> = None;
    for (from, receives) in rows {
        match get(receives) {
            Some(true) if !answer.as_ref().is_some_and(|a| a.value) => answer = Some(Kept { value: true, from }),
            Some(false) if answer.is_none() => answer = Some(Kept { value: false, from }),
            _ => {}
        }
    }
    answer
}
