//! Two tables of the same persons, one below the other, as the card of a family is printed: the second goes on where the paper
//! was too narrow, and its rows have the numbers of the first's.

use super::find::{Candidate, Place, places};
use super::header::{Heading, ROWS};
use super::model::{Known, general};
use super::normal;
use crate::Kind;
use bansos::source::Field;
use rustc_hash::{FxHashMap, FxHashSet};

/// Where the second table stands, and what of it goes to the rows of the first.
pub(crate) struct Second {
    /// Rows of the headers.
    first: (usize, usize),
    second: (usize, usize),
    /// Columns of the first.
    pub(crate) width: usize,
    /// The first row of each header, as it comes again for the next family.
    tops: [Vec<String>; 2],
    /// Where the numbers stand.
    numbers: [usize; 2],
    /// Columns of the second, and what stands over them.
    columns: Vec<usize>,
    names: Vec<String>,
}

/// Rows by whatever they are counted by.
#[derive(Default)]
pub(crate) struct Joined {
    /// Cells of the second table for the rows of the first.
    cells: FxHashMap<u64, Vec<String>>,
    /// Rows of the second table.
    rows: FxHashSet<u64>,
    /// Rows behind those, up to the first table of the next family: who signed the card.
    around: FxHashSet<u64>,
}

impl Joined {
    pub(crate) fn cells(&self, row: u64) -> Option<&[String]> {
        self.cells.get(&row).map(Vec::as_slice)
    }

    pub(crate) fn is_second(&self, row: u64) -> bool {
        self.rows.contains(&row)
    }

    pub(crate) fn is_around(&self, row: u64) -> bool {
        self.around.contains(&row)
    }

    /// How many rows of the first have some of the second.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }
}

/// What the list of persons knows a column as.
fn known(heading: &Heading) -> Option<Field> {
    let layout = general(Kind::Persons)?;
    heading.names.iter().flatten().find_map(|name| match layout.index.get(name) {
        Some(Known::Own(at, _)) => layout.columns.get(*at).map(|(field, _)| *field),
        _ => None,
    })
}

fn number(place: &Place<'_>) -> Option<usize> {
    let is =
        |heading: &Heading| matches!(normal(&heading.shown).as_str(), "no" | "nomor" | "nourut" | "nomorurut" | "urut");
    place.headings.iter().position(is)
}

impl Second {
    /// Looks for two such headers among the rows at the top.
    pub(crate) fn find(candidate: &Candidate) -> Option<Self> {
        let candidates = std::slice::from_ref(candidate);
        let all = || (1..=ROWS).flat_map(|depth| places(candidates, depth));
        let fields = |place: &Place<'_>| place.headings.iter().filter_map(known).collect::<Vec<_>>();
        let of_person = |field: &Field| matches!(field, Field::Nik | Field::FamilyCard | Field::BirthDate);
        let first = |place: &Place<'_>| {
            let fields = fields(place);
            let fits = fields.contains(&Field::Name) && fields.iter().any(of_person) && number(place).is_some();
            fits.then_some(fields.len())
        };
        let goes_on = |field: &Field| matches!(field, Field::Relation | Field::Marital | Field::MotherName);
        let second = |place: &Place<'_>| {
            let fields = fields(place);
            let names = fields.iter().any(|field| *field == Field::Name || of_person(field));
            (!names && fields.iter().any(goes_on) && number(place).is_some()).then_some(fields.len())
        };
        let scored = |fits: &dyn Fn(&Place<'_>) -> Option<usize>, from: usize| -> Vec<(usize, usize, usize)> {
            let found = all().filter(|place| place.row >= from);
            found.filter_map(|place| fits(&place).map(|known| (known, place.row, place.depth))).collect()
        };
        // of equals the first, and the one of fewer rows
        let best = |mut found: Vec<(usize, usize, usize)>| {
            found.sort_by_key(|(known, row, depth)| (usize::MAX - known, *row, *depth));
            found.first().map(|(_, row, depth)| (*row, *depth))
        };
        let first = best(scored(&first, 0))?;
        let below = first.0 + first.1;
        let second = best(scored(&second, below + 1))?;
        let place = |(row, depth): (usize, usize)| places(candidates, depth).find(|place| place.row == row);
        Self::of(candidate, place(first)?, place(second)?)
    }

    fn of(candidate: &Candidate, first: Place<'_>, second: Place<'_>) -> Option<Self> {
        let numbers = [number(&first)?, number(&second)?];
        let has: Vec<String> = first.headings.iter().map(|heading| normal(&heading.shown)).collect();
        let open = |(at, heading): &(usize, &Heading)| {
            let name = normal(&heading.shown);
            *at != numbers[1] && !name.is_empty() && !has.contains(&name)
        };
        let (columns, names) =
            second.headings.iter().enumerate().filter(open).map(|(at, heading)| (at, heading.shown.clone())).unzip();
        let top = |place: &Place<'_>| candidate.rows.get(place.row).map(|row| normal_row(row)).unwrap_or_default();
        Some(Self {
            tops: [top(&first), top(&second)],
            first: (first.row, first.depth),
            second: (second.row, second.depth),
            width: first.headings.len(),
            numbers,
            columns,
            names,
        })
    }

    /// The names of the columns that come from the second table.
    pub(crate) fn names(&self) -> String {
        self.names.join(", ")
    }

    /// The rows of the first table with the numbers of the rows of the second, family by family.
    pub(crate) fn join(&self, rows: impl Iterator<Item = (u64, Vec<String>)>) -> Joined {
        let mut joined = Joined::default();
        // by number, the row of the first; none where two have it
        let mut numbered: FxHashMap<u32, Option<u64>> = FxHashMap::default();
        let (mut in_second, mut header) = (false, 0);
        for (at, row) in rows {
            let own = normal_row(&row);
            let is = |top: &Vec<String>| own == *top;
            if self.tops.first().is_some_and(is) {
                (in_second, header) = (false, 0);
                numbered.clear();
            } else if self.tops.last().is_some_and(is) {
                (in_second, header) = (true, self.second.1);
            }
            if header > 0 {
                header -= 1;
                joined.rows.insert(at);
                continue;
            }
            let column = if in_second { self.numbers[1] } else { self.numbers[0] };
            let Some(number) = row.get(column).and_then(|cell| cell.trim().trim_end_matches('.').parse::<u32>().ok())
            else {
                if in_second {
                    joined.around.insert(at);
                }
                continue;
            };
            if !in_second {
                numbered.entry(number).and_modify(|row| *row = None).or_insert(Some(at));
            } else if joined.rows.insert(at)
                && let Some(Some(first)) = numbered.insert(number, None)
            {
                let cells = self.columns.iter().map(|at| row.get(*at).cloned().unwrap_or_default());
                joined.cells.insert(first, cells.collect());
            }
        }
        joined
    }

    /// The rows at the top as if they were of one table.
    pub(crate) fn apply(&self, candidate: &Candidate) -> Candidate {
        let joined = self.join((0..).zip(candidate.rows.iter().cloned()));
        let header = self.first.0..self.first.0 + self.first.1;
        let mut rows = Vec::with_capacity(candidate.rows.len());
        for (at, row) in candidate.rows.iter().enumerate() {
            let key = at as u64;
            if joined.is_second(key) {
                continue;
            }
            let more = if header.contains(&at) { Some(self.names.as_slice()) } else { joined.cells(key) };
            let mut row = row.clone();
            if let Some(more) = more {
                row.resize(self.width, String::new());
                row.extend_from_slice(more);
            }
            rows.push(row);
        }
        Candidate { rows }
    }
}

/// Without the empty cells at its end.
fn normal_row(row: &[String]) -> Vec<String> {
    let mut row: Vec<String> = row.iter().map(|cell| normal(cell)).collect();
    while row.last().is_some_and(String::is_empty) {
        row.pop();
    }
    row
}
