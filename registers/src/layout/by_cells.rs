//! Columns whose heading nobody knows, known by what stands in them: only where the cells can hardly be anything else.

use super::fit::Fit;
use super::{Column, Layout, Meant};
use crate::FileNote;
use crate::read::born::{self as place_and_date, is_date};
use crate::read::digits::{born, is_of_woman, parts};
use bansos::Date;
use bansos::date::read;
use bansos::nik::{Class, Nik};
use bansos::person::{Relation, Sex};
use bansos::source::{CodeList, Field};

/// Cells that have to be there.
const FEW: usize = 3;

/// Whether a number is a NIK does not change by the year.
const TODAY: Date = Date::constant(2026, 12, 31);

/// Reads such columns as relation, sex and birth date where the header names none. Returns the columns that are surely NIK and stay
/// unread: whose they are, the child's or the mother's, the cells do not say.
pub(super) fn read_by_cells(fit: &mut Fit<'_>, below: &[Vec<String>]) -> Vec<usize> {
    let mut numbers = Vec::new();
    let open = |fit: &Fit<'_>, at: usize| fit.known.get(at) == Some(&false) && fit.named.get(at) == Some(&true);
    for at in 0..fit.header_cells.len() {
        if !open(fit, at) {
            continue;
        }
        let cells = cells(below, at);
        if cells.len() < FEW {
            continue;
        }
        let heading = fit.header_cells.get(at).map(|h| super::normal(h)).unwrap_or_default();
        let found = meant(fit, &heading, &cells, at, below)
            .filter(|(field, column)| !contradicted(fit, *field, column, at, below));
        if let Some((field, column)) = found {
            fit.fields.push((field, column, at));
            if let Some(known) = fit.known.get_mut(at) {
                *known = true;
            }
            let shown = fit.header_cells.get(at).filter(|shown| !shown.trim().is_empty()).cloned();
            let shown = shown.unwrap_or_else(|| format!("#{}", at + 1));
            fit.notes.push(FileNote::GuessedColumn { column: shown, meant: column.label.clone() });
        } else if is_lacking(fit, Field::Nik) && are_niks(&cells)
            || is_register_without_families(fit) && are_cards(&cells)
        {
            numbers.push(at);
        }
    }
    numbers
}

/// Two columns whose cells are the other's and not their own are read the other way round.
pub(super) fn exchange(fit: &mut Fit<'_>, below: &[Vec<String>]) {
    let columns: Vec<(usize, Field, usize)> =
        fit.fields.iter().enumerate().map(|(place, (field, _, at))| (place, *field, *at)).collect();
    for (place, first, at) in &columns {
        for (other_place, second, other_at) in columns.iter().skip(place + 1) {
            let (mine, theirs) = (cells(below, *at), cells(below, *other_at));
            let fits = |field: Field, cells: &[&str]| fits(fit.layout, field, cells);
            let crossed = fits(*first, &theirs) == Some(true) && fits(*second, &mine) == Some(true);
            if at == other_at || !crossed || fits(*first, &mine) != Some(false) || fits(*second, &theirs) != Some(false)
            {
                continue;
            }
            for (place, to) in [(place, other_at), (other_place, at)] {
                if let Some((.., at)) = fit.fields.get_mut(*place) {
                    *at = *to;
                }
            }
            let name = |at: &usize| fit.header_cells.get(*at).map(|h| h.trim().to_owned()).unwrap_or_default();
            fit.notes.push(FileNote::ColumnsExchanged { first: name(at), second: name(other_at) });
            return;
        }
    }
}

fn cells(below: &[Vec<String>], at: usize) -> Vec<&str> {
    below.iter().map(|row| row.get(at).map_or("", |c| c.trim())).filter(|c| !c.is_empty()).collect()
}

/// Whether nearly all cells can be the field's, or nearly none; nothing where neither is so, or it cannot be told.
fn fits(layout: &Layout, field: Field, cells: &[&str]) -> Option<bool> {
    let listed = |field: Field, text: &str| {
        layout.column(field).and_then(|c| c.codes.as_ref()).is_some_and(|list| list.place(text).is_some())
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let is = |text: &str| match field {
        Field::Sex | Field::Relation => listed(field, text),
        Field::BirthDate => is_date(text),
        Field::Nik | Field::FamilyCard => (14..=17).contains(&digits(text)),
        // a name is what none of the others is
        _ => digits(text) == 0 && !listed(Field::Sex, text) && !listed(Field::Relation, text) && !is_date(text),
    };
    if cells.len() < FEW
        || !matches!(
            field,
            Field::Sex | Field::Relation | Field::BirthDate | Field::Nik | Field::FamilyCard | Field::Name
        )
    {
        return None;
    }
    match cells.iter().filter(|text| is(text)).count() * 10 {
        n if n >= cells.len() * 9 => Some(true),
        n if n <= cells.len() => Some(false),
        _ => None,
    }
}

/// Where a field stands.
fn place(fit: &Fit<'_>, field: Field) -> Option<usize> {
    fit.fields.iter().find(|(have, ..)| *have == field).map(|(.., at)| *at)
}

fn has(fit: &Fit<'_>, field: Field) -> bool {
    place(fit, field).is_some()
}

fn is_lacking(fit: &Fit<'_>, field: Field) -> bool {
    !has(fit, field) && fit.layout.column(field).is_some()
}

/// Relations without a family that they are in.
fn is_register_without_families(fit: &Fit<'_>) -> bool {
    has(fit, Field::Relation) && is_lacking(fit, Field::FamilyCard) && !has(fit, Field::FamilyKey)
}

/// Sound numbers, some of them of several rows.
fn are_cards(cells: &[&str]) -> bool {
    let mut different: Vec<&str> = cells.to_vec();
    different.sort_unstable();
    different.dedup();
    different.len() < cells.len() && most(cells, is_card)
}

fn meant<'a>(
    fit: &Fit<'a>,
    heading: &str,
    cells: &[&str],
    at: usize,
    below: &[Vec<String>],
) -> Option<(Field, &'a Column)> {
    let layout = fit.layout;
    let offer = |field: Field| layout.column(field).filter(|_| !has(fit, field)).map(|column| (field, column));
    let listed = |field: Field| {
        offer(field).filter(|(_, column)| column.codes.as_ref().is_some_and(|codes| are_words(cells, codes)))
    };
    // many a date is nobody's birth
    let birth = || {
        let of_other = ["ibu", "ayah", "bapak", "anak", "suami", "istri"].iter().any(|who| heading.contains(who));
        let said = ["lahir", "lhr", "birth"].iter().any(|word| heading.contains(word)) && !of_other;
        let undated = !has(fit, Field::BirthDate) && !has(fit, Field::BirthPlaceDate);
        let is_both = |text: &str| {
            let (place, date) = place_and_date::split(text);
            !place.is_empty() && is_date(date)
        };
        match () {
            () if undated && says_what_nik_say(fit, at, below) => offer(Field::BirthDate),
            () if !said || !undated => None,
            () if most(cells, is_date) => offer(Field::BirthDate),
            () if most(cells, is_both) => offer(Field::BirthPlaceDate),
            () => None,
        }
    };
    let said = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let of_other = said(&OTHERS);
    let number = || {
        if !of_other && said(&["nik", "ktp", "penduduk", "identitas"]) && are_niks(cells) {
            return offer(Field::Nik);
        }
        let of_family = said(&["kk", "kartu", "klg", "keluarga"])
            && !said(&["kks", "sejahtera", "kip", "kis", "bpjs", "rekening", "atm"]);
        offer(Field::FamilyCard).filter(|_| !of_other && of_family && most(cells, is_card))
    };
    let present = || listed(Field::Presence).filter(|_| said(&["status", "keadaan", "kondisi", "keberadaan", "hidup"]));
    listed(Field::Relation).or_else(|| listed(Field::Sex)).or_else(present).or_else(birth).or_else(number)
}

/// Whether what stands beside them in the rows speaks against cells that are words of a field: NIK of the other sex, families with
/// several heads or none.
fn contradicted(fit: &Fit<'_>, field: Field, column: &Column, at: usize, below: &[Vec<String>]) -> bool {
    let of = |field: Field| place(fit, field);
    let cell = |row: &Vec<String>, at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let means = |row: &Vec<String>| {
        let place = column.codes.as_ref().and_then(|list| list.place(&cell(row, at)))?;
        column.means.get(place).copied()
    };
    match field {
        Field::Sex => of(Field::Nik).is_some_and(|nik| {
            let said = below.iter().filter_map(|row| match means(row)? {
                Meant::Sex(sex) => Some((sex == Sex::Female) == of_woman(&cell(row, nik))?),
                _ => None,
            });
            let said: Vec<bool> = said.collect();
            said.iter().filter(|agrees| !**agrees).count() * 5 > said.len()
        }),
        Field::Relation => of(Field::FamilyCard).or_else(|| of(Field::FamilyKey)).is_some_and(|card| {
            let rows = |row: &Vec<String>| (cell(row, card), means(row) == Some(Meant::Relation(Relation::Head)));
            let mut rows: Vec<(String, bool)> = below.iter().map(rows).filter(|(card, _)| !card.is_empty()).collect();
            rows.sort();
            let families = || rows.chunk_by(|a, b| a.0 == b.0).filter(|family| family.len() > 1);
            let headed = families().filter(|family| family.iter().filter(|(_, head)| *head).count() == 1).count();
            headed * 2 < families().count()
        }),
        _ => false,
    }
}

/// Whether a sound NIK is a woman's.
fn of_woman(cell: &str) -> Option<bool> {
    sound(cell).map(|nik| is_of_woman(nik.to_u64()))
}

/// A NIK as it stands alone in its cell.
fn sound(cell: &str) -> Option<Nik> {
    let nik = cell.parse().ok().filter(|_| cell.len() == 16).and_then(Nik::from_u64)?;
    Class::from_nik(nik, TODAY).is_valid().then_some(nik)
}

/// Whether a column has the birth dates that the NIK beside it say, whatever stands over it.
fn says_what_nik_say(fit: &Fit<'_>, at: usize, below: &[Vec<String>]) -> bool {
    let Some(nik) = place(fit, Field::Nik) else { return false };
    let cell = |row: &Vec<String>, at: usize| row.get(at).map(|cell| cell.trim().to_owned());
    let dated = below.iter().filter_map(|row| Some((sound(&cell(row, nik)?)?, read(&cell(row, at)?).date?)));
    let agree: Vec<bool> = dated.map(|(nik, date)| born(nik.to_u64()) == parts(date)).collect();
    agree.len() >= FEW && agree.iter().filter(|agrees| **agrees).count() * 10 >= agree.len() * 8
}

/// Nine cells of ten.
fn most(cells: &[&str], is: impl Fn(&str) -> bool) -> bool {
    cells.iter().filter(|cell| is(cell)).count() * 10 >= cells.len() * 9
}

/// Words of the list, no numbers, and more than one thing.
fn are_words(cells: &[&str], list: &CodeList) -> bool {
    let place = |cell: &str| list.place(cell).filter(|_| cell.chars().any(char::is_alphabetic));
    let mut different: Vec<usize> = cells.iter().filter_map(|cell| place(cell)).collect();
    different.sort_unstable();
    different.dedup();
    different.len() > 1 && most(cells, |cell| place(cell).is_some())
}

/// Whose number it may be, if not the person's own.
const OTHERS: [&str; 13] = [
    "ibu",
    "ayah",
    "bapak",
    "anak",
    "suami",
    "istri",
    "pasangan",
    "pendamping",
    "kepala",
    "waris",
    "wali",
    "petugas",
    "lama",
];

/// Sixteen digits that are of a place and a day.
fn is_card(cell: &str) -> bool {
    sound(cell).is_some()
}

/// Sound numbers, of women too: a card's number begins with a day of issue.
fn are_niks(cells: &[&str]) -> bool {
    most(cells, |cell| sound(cell).is_some()) && cells.iter().any(|cell| of_woman(cell) == Some(true))
}
