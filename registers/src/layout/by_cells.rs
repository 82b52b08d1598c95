//! Columns whose heading nobody knows, known by what stands in them: only where the cells can hardly be anything else.

use super::find::Fit;
use super::{Column, Layout};
use crate::FileNote;
use crate::read::born;
use bansos::Date;
use bansos::date::{DateFinding, read};
use bansos::nik::{Class, Nik};
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
        let cells: Vec<&str> =
            below.iter().map(|row| row.get(at).map_or("", |c| c.trim())).filter(|c| !c.is_empty()).collect();
        if cells.len() < FEW {
            continue;
        }
        let heading = fit.header_cells.get(at).map(|h| super::normal(h)).unwrap_or_default();
        if let Some((field, column)) = meant(fit, &heading, &cells) {
            fit.fields.push((field, column, at));
            if let Some(known) = fit.known.get_mut(at) {
                *known = true;
            }
            let shown = fit.header_cells.get(at).cloned().unwrap_or_default();
            fit.notes.push(FileNote::GuessedColumn { column: shown, meant: column.label.clone() });
        } else if !has(fit, Field::Nik) && column(fit.layout, Field::Nik).is_some() && are_niks(&cells) {
            numbers.push(at);
        }
    }
    numbers
}

fn has(fit: &Fit<'_>, field: Field) -> bool {
    fit.fields.iter().any(|(have, ..)| *have == field)
}

fn column(layout: &Layout, field: Field) -> Option<&Column> {
    layout.columns.iter().chain(&layout.words).find(|(have, _)| *have == field).map(|(_, column)| column)
}

fn meant<'a>(fit: &Fit<'a>, heading: &str, cells: &[&str]) -> Option<(Field, &'a Column)> {
    let layout = fit.layout;
    let offer = |field: Field| column(layout, field).filter(|_| !has(fit, field)).map(|column| (field, column));
    let listed = |field: Field| {
        offer(field).filter(|(_, column)| column.codes.as_ref().is_some_and(|codes| are_words(cells, codes)))
    };
    // many a date is nobody's birth
    let born = || {
        let of_other = ["ibu", "ayah", "bapak", "anak", "suami", "istri"].iter().any(|who| heading.contains(who));
        let said = ["lahir", "lhr", "birth"].iter().any(|word| heading.contains(word)) && !of_other;
        let undated = !has(fit, Field::BirthDate) && !has(fit, Field::BirthPlaceDate);
        let is_date = |text: &str| {
            let cell = read(text);
            cell.date.is_some() && cell.finding != Some(DateFinding::ExcelSerial)
        };
        let is_both = |text: &str| {
            let (place, date) = born::split(text);
            !place.is_empty() && is_date(date)
        };
        match () {
            () if !said || !undated => None,
            () if most(cells, is_date) => offer(Field::BirthDate),
            () if most(cells, is_both) => offer(Field::BirthPlaceDate),
            () => None,
        }
    };
    listed(Field::Relation).or_else(|| listed(Field::Sex)).or_else(born)
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

/// Sound numbers, of women too: a card's number begins with a day of issue.
fn are_niks(cells: &[&str]) -> bool {
    let nik = |cell: &str| cell.parse().ok().filter(|_| cell.len() == 16).and_then(Nik::from_u64);
    let sound = |cell: &str| nik(cell).is_some_and(|nik| Class::from_nik(nik, TODAY).is_valid());
    let of_woman = |cell: &&&str| cell.get(6..8).and_then(|day| day.parse::<u8>().ok()).is_some_and(|day| day > 40);
    most(cells, sound) && cells.iter().any(|cell| of_woman(&cell))
}
