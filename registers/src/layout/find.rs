//! Finding the layout of a file by its header: all forms of the header are tried against all layouts.

use super::{Layout, normal};
use crate::FileNote;
use bansos::source::Field;

/// Rows from the top of a file under one reading of it (a delimiter, a sheet).
pub(crate) struct Candidate {
    pub(crate) rows: Vec<Vec<String>>,
}

/// A layout that fits: where the header stands and which column is what.
#[derive(Debug)]
pub(crate) struct Fit<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) candidate: usize,
    /// 0-based row of the header among the candidate's rows.
    pub(crate) header: usize,
    pub(crate) header_cells: Vec<String>,
    /// Columns of fields: (field, place among `layout.columns`, column of the file).
    pub(crate) fields: Vec<(Field, usize, usize)>,
    /// Columns of welfare variables: (place among `layout.welfare`, column of the file).
    pub(crate) welfare: Vec<(usize, usize)>,
    pub(crate) notes: Vec<FileNote>,
}

/// Why none fits.
#[derive(Debug)]
pub(crate) enum NoFit {
    /// The nearest layout that knows a column, and what it lacks.
    Unknown {
        columns: usize,
        nearest: Option<(String, String)>,
    },
    Ambiguous {
        first: String,
        second: String,
    },
    Doubled {
        column: String,
    },
}

struct Tried<'a> {
    fit: Fit<'a>,
    missing: Vec<String>,
    doubled: Option<String>,
    known: usize,
}

/// The layout that knows the most columns of a header among the first rows, under any reading.
pub(crate) fn best<'a>(layouts: &[&'a Layout], candidates: &[Candidate]) -> Result<Fit<'a>, NoFit> {
    let mut tried: Vec<Tried<'a>> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for (row, cells) in candidate.rows.iter().enumerate() {
            let names: Vec<String> = cells.iter().map(|c| normal(c)).collect();
            if names.iter().filter(|n| !n.is_empty()).count() < 2 {
                continue;
            }
            tried.extend(layouts.iter().map(|layout| attempt(layout, at, row, cells, &names)));
        }
    }
    // most columns known; then nothing missing; the first reading and row win a draw within one layout
    let good = |t: &Tried| t.missing.is_empty() && t.known > 1;
    let Some(top) = tried.iter().filter(|t| good(t)).map(|t| t.known).max() else {
        let columns = candidates.iter().flat_map(|c| c.rows.iter().map(Vec::len)).max().unwrap_or(0);
        let near = tried.iter().filter(|t| t.known > 0).max_by(|a, b| {
            (a.known, std::cmp::Reverse(a.missing.len())).cmp(&(b.known, std::cmp::Reverse(b.missing.len())))
        });
        return Err(NoFit::Unknown { columns, nearest: near.map(|t| (t.fit.layout.id.clone(), t.missing.join(", "))) });
    };
    let mut winners = tried.into_iter().filter(|t| t.missing.is_empty() && t.known == top);
    let Some(first) = winners.next() else {
        return Err(NoFit::Unknown { columns: 0, nearest: None });
    };
    if let Some(other) = winners.find(|t| t.fit.layout.id != first.fit.layout.id) {
        return Err(NoFit::Ambiguous { first: first.fit.layout.id.clone(), second: other.fit.layout.id.clone() });
    }
    if let Some(column) = first.doubled {
        return Err(NoFit::Doubled { column });
    }
    Ok(first.fit)
}

fn attempt<'a>(layout: &'a Layout, candidate: usize, header: usize, cells: &[String], names: &[String]) -> Tried<'a> {
    let mut taken = vec![false; names.len()];
    let mut fields: Vec<(Field, usize, usize)> = Vec::new();
    let mut welfare: Vec<(usize, usize)> = Vec::new();
    let mut doubled = None;
    let mut guessed: Vec<(usize, &str)> = Vec::new();
    let mut claim = |wanted: &super::Column, taken: &mut Vec<bool>| -> Option<usize> {
        // the first name of the list that the header has wins; the same name twice cannot be decided
        for name in &wanted.names {
            let mut places = names.iter().enumerate().filter(|(i, n)| *n == name && !taken[*i]).map(|(i, _)| i);
            if let Some(place) = places.next() {
                if let Some(again) = places.next() {
                    doubled = Some(cells[again].trim().to_owned());
                    taken[again] = true;
                }
                taken[place] = true;
                return Some(place);
            }
        }
        None
    };
    for (i, (field, column)) in layout.columns.iter().enumerate() {
        if let Some(place) = claim(column, &mut taken) {
            fields.push((*field, i, place));
        }
    }
    for (i, (_, column)) in layout.welfare.iter().enumerate() {
        if let Some(place) = claim(column, &mut taken) {
            welfare.push((i, place));
        }
    }
    let mut known = fields.len() + welfare.len();
    // aliases of a field that is already there, and columns that carry nothing, are known too
    let also_known = |name: &String| {
        layout.ignored.contains(name)
            || layout.columns.iter().any(|(_, c)| c.names.contains(name))
            || layout.welfare.iter().any(|(_, c)| c.names.contains(name))
    };
    for (i, name) in names.iter().enumerate() {
        if !taken[i] && !name.is_empty() && also_known(name) {
            taken[i] = true;
            known += 1;
        }
    }
    // misspelt headers: one letter off, long enough, and only one thing it can mean
    for i in 0..names.len() {
        if taken[i] || names[i].len() < 8 {
            continue;
        }
        let open_fields = layout.columns.iter().enumerate().filter(|(k, _)| !fields.iter().any(|f| f.1 == *k));
        let open_welfare = layout.welfare.iter().enumerate().filter(|(k, _)| !welfare.iter().any(|w| w.0 == *k));
        let near = |c: &super::Column| c.names.iter().any(|n| n.len() >= 8 && one_off(n, &names[i]));
        let mut meant = open_fields
            .filter(|(_, (_, c))| near(c))
            .map(|(k, (f, c))| (Some(*f), k, c))
            .chain(open_welfare.filter(|(_, (_, c))| near(c)).map(|(k, (_, c))| (None, k, c)));
        if let (Some((field, k, column)), None) = (meant.next(), meant.next()) {
            taken[i] = true;
            known += 1;
            guessed.push((i, &column.label));
            match field {
                Some(field) => fields.push((field, k, i)),
                None => welfare.push((k, i)),
            }
        }
    }
    let have = |f: &Field| fields.iter().any(|(h, _, _)| h == f);
    let missing = layout
        .required
        .iter()
        .filter(|any| !any.iter().any(have))
        .map(|any| any.iter().map(|f| layout.label(*f)).collect::<Vec<_>>().join(" / "))
        .collect();
    let mut notes = Vec::new();
    if header > 0 {
        notes.push(FileNote::TitleRows { rows: u32::try_from(header).unwrap_or(u32::MAX) });
    }
    let expected: Vec<&str> = layout.expected.iter().filter(|f| !have(f)).map(|f| layout.label(*f)).collect();
    if !expected.is_empty() {
        notes.push(FileNote::MissingColumns { columns: expected.join(", ") });
    }
    let unknown: Vec<&str> =
        (0..names.len()).filter(|i| !taken[*i] && !names[*i].is_empty()).map(|i| cells[i].trim()).collect();
    if !unknown.is_empty() {
        notes.push(FileNote::UnknownColumns { columns: unknown.join(", ") });
    }
    for (i, label) in guessed {
        notes.push(FileNote::GuessedColumn { column: cells[i].trim().to_owned(), meant: label.to_owned() });
    }
    let fit = Fit { layout, candidate, header, header_cells: cells.to_vec(), fields, welfare, notes };
    Tried { fit, missing, doubled, known }
}

/// Whether two words differ by one letter put in, left out or changed.
fn one_off(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = if short.len() == long.len() { same + 1 } else { same };
    short.get(rest..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_off() {
        assert!(one_off("jumlahkerbau", "jumahkerbau"));
        assert!(one_off("jenisatap", "jenisatep"));
        assert!(!one_off("penerimabpnt", "penerimabpum"));
        assert!(one_off("abc", "abcd"));
        assert!(!one_off("abc", "abcde"));
    }
}
