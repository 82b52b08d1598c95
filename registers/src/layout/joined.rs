//! Finding the columns that together are one value: by their headings, and only where the cells are what the headings say.

use super::fit::Fit;
use super::normal;
use super::parts::{Parts, dated, numbers, ticked};
use crate::read::born::is_date;
use crate::{FileNote, Kind};
use bansos::source::Field;

/// Rows that have to show it.
const FEW: usize = 3;

/// Joins such columns, where the cells are what the headings say.
pub(super) fn join(fit: &mut Fit<'_>, below: &[Vec<String>]) {
    if fit.kind == Kind::Families {
        return;
    }
    let headings: Vec<Vec<String>> = fit.header_cells.iter().map(|shown| words(shown)).collect();
    let [nik, card] = two_numbers(fit, &headings, below);
    for (field, parts) in [sex(&headings, below), birth_date(fit, &headings, below), nik, card].into_iter().flatten() {
        let Some(column) = fit.layout.column(field) else { continue };
        // another column may have been taken for the value before
        let joined = fit.parts.clone();
        let is_part = |have: &Field| joined.iter().any(|(of, _)| of == have);
        fit.fields.retain(|(have, _, at)| *have != field && (is_part(have) || !parts.has(*at)));
        let columns: Vec<usize> = (0..headings.len()).filter(|at| parts.has(*at)).collect();
        for at in &columns {
            fit.known.get_mut(*at).into_iter().for_each(|known| *known = true);
        }
        let shown: Vec<&str> =
            columns.iter().filter_map(|at| fit.header_cells.get(*at)).map(|name| name.trim()).collect();
        fit.notes
            .retain(|note| !matches!(note, FileNote::GuessedColumn { column, .. } if shown.contains(&column.as_str())));
        fit.notes.push(FileNote::GuessedColumn { column: shown.join(" + "), meant: column.label.clone() });
        fit.fields.extend(columns.first().map(|at| (field, column, *at)));
        fit.parts.push((field, parts));
    }
}

fn words(shown: &str) -> Vec<String> {
    let lower = shown.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The heading without its last word, if that is one of these.
fn ends<'h>(heading: &'h [String], last: &[&str]) -> Option<&'h [String]> {
    let (end, front) = heading.split_last()?;
    last.contains(&end.as_str()).then_some(front)
}

/// Columns that count people, and no person's own sex.
const COUNTS: [&str; 9] = ["jumlah", "jml", "jlh", "anggota", "jiwa", "anak", "art", "tanggungan", "total"];

/// Two columns side by side, of which each row marks one.
fn sex(headings: &[Vec<String>], below: &[Vec<String>]) -> Option<(Field, Parts)> {
    let male = |h| ends(h, &["l", "lk", "laki", "pria"]);
    let female = |h| ends(h, &["p", "pr", "perempuan", "wanita"]);
    let side_by_side = headings.windows(2).enumerate().find_map(|(at, pair)| {
        let [left, right] = pair else { return None };
        // the same words over both
        let alike = |a: &[String], b: &[String]| {
            let front = |words: &[String]| words.iter().filter(|word| *word != "laki").cloned().collect::<Vec<_>>();
            front(a) == front(b) && !a.iter().any(|word| COUNTS.contains(&word.as_str()))
        };
        match (male(left), female(right), female(left), male(right)) {
            (Some(a), Some(b), ..) if alike(a, b) => Some(Parts::Ticked { male: at, female: at + 1 }),
            (.., Some(a), Some(b)) if alike(a, b) => Some(Parts::Ticked { male: at + 1, female: at }),
            _ => None,
        }
    });
    let parts @ Some(Parts::Ticked { male, female }) = side_by_side else { return None };
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let said: Vec<&str> =
        below.iter().map(|row| ticked(&cell(row, male), &cell(row, female))).filter(|said| !said.is_empty()).collect();
    let one = said.iter().filter(|said| said.len() == 1).count();
    let both_used = said.iter().any(|s| matches!(*s, "L" | "1")) && said.iter().any(|s| matches!(*s, "P" | "2"));
    (said.len() >= FEW && one * 10 >= said.len() * 9 && both_used).then_some((Field::Sex, parts?))
}

/// Three columns side by side that together are dates, under words of birth.
fn birth_date(fit: &Fit<'_>, headings: &[Vec<String>], below: &[Vec<String>]) -> Option<(Field, Parts)> {
    let born = |heading: &[String]| {
        let all = normal(&heading.concat());
        ["lahir", "lhr", "ttl"].iter().any(|word| all.contains(word))
            && !["ibu", "ayah", "bapak", "anak", "suami", "istri"].iter().any(|who| heading.iter().any(|w| w == who))
    };
    let last = |heading: &[String], names: &[&str]| {
        let own = heading.iter().rev().find(|word| !matches!(word.as_str(), "lahir" | "lhr" | "kelahiran"));
        own.is_some_and(|own| names.contains(&own.as_str()))
    };
    headings.windows(3).enumerate().find_map(|(at, three)| {
        let place = |names: &[&str]| three.iter().position(|heading| last(heading, names)).map(|offset| at + offset);
        let day = place(&["tgl", "tanggal", "tggl", "hari", "hr", "dd"])?;
        let month = place(&["bln", "bulan", "bl", "mm"])?;
        let year = place(&["thn", "tahun", "th", "thun", "yyyy"])?;
        let parts = Parts::Dated { day, month, year };
        // under words of birth, or alone and nobody else's
        let alone = three.iter().all(|heading| heading.len() == 1)
            && !fit
                .fields
                .iter()
                .any(|(have, _, at)| matches!(have, Field::BirthDate | Field::BirthPlaceDate) && !parts.has(*at));
        if !alone && !three.iter().any(|heading| born(heading)) {
            return None;
        }
        let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
        let texts: Vec<String> = below
            .iter()
            .map(|row| dated(&cell(row, day), &cell(row, month), &cell(row, year)))
            .filter(|text| !text.is_empty())
            .collect();
        let whole = texts.iter().filter(|text| text.matches('-').count() == 2 && is_date(text)).count();
        (texts.len() >= FEW && whole * 10 >= texts.len() * 8).then_some((Field::BirthDate, parts))
    })
}

/// One column that has both numbers in each cell, in the order of its heading.
fn two_numbers(fit: &Fit<'_>, headings: &[Vec<String>], below: &[Vec<String>]) -> [Option<(Field, Parts)>; 2] {
    let has = |field: Field| fit.fields.iter().any(|(have, ..)| *have == field);
    let both = headings.iter().enumerate().find_map(|(at, heading)| {
        let nik = heading.iter().position(|word| matches!(word.as_str(), "nik" | "ktp"))?;
        let card = heading.iter().position(|word| matches!(word.as_str(), "kk" | "nkk" | "kartu"))?;
        let cells = || below.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.trim().is_empty());
        let two = cells().filter(|cell| numbers(cell).len() == 2).count();
        (two >= FEW && two * 10 >= cells().count() * 8).then_some((at, nik > card))
    });
    let Some((at, nik_second)) = both.filter(|_| !has(Field::Nik) && !has(Field::FamilyCard)) else { return [None; 2] };
    [(Field::Nik, nik_second), (Field::FamilyCard, !nik_second)]
        .map(|(field, second)| Some((field, Parts::Number { at, second })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    fn headings(names: &[&str]) -> Vec<Vec<String>> {
        names.iter().map(|name| words(name)).collect()
    }

    #[test]
    fn a_sex_that_is_ticked() {
        let marks = rows(&[&["v", ""], &["", "v"], &["", "√"], &["1", "0"]]);
        for names in
            [["L", "P"], ["JENIS KELAMIN L", "JENIS KELAMIN P"], ["Laki-laki", "Perempuan"], ["UMUR L", "UMUR P"]]
        {
            let found = sex(&headings(&names), &marks);
            assert_eq!(found, Some((Field::Sex, Parts::Ticked { male: 0, female: 1 })), "{names:?}");
        }
        assert_eq!(sex(&headings(&["Jumlah L", "Jumlah P"]), &marks), None, "counts");
        assert_eq!(sex(&headings(&["Umur L", "Berat P"]), &marks), None, "two things");
        let counts = rows(&[&["2", "1"], &["1", "3"], &["1", ""]]);
        assert_eq!(sex(&headings(&["L", "P"]), &counts), None, "people of a family");
    }
}
