//! What the columns of a file are likely to be, by their headings and by what stands in them: for a layout of one's own.
//!
//! A guess is for somebody to look at. Reading a register follows a layout, the built-in ones or one that was made here and looked
//! through, and guesses only what cells leave no doubt about (`by_cells`).

mod cells;
mod heading;
mod mask;
mod reason;
mod written;

pub use reason::GuessReason;

use super::find::{Candidate, Place, places};
use super::normal;
use crate::read::file::layout_command;
use crate::shown_name;
use crate::table::{Blanks, Form, Limits, Row, Source, Stream, decode, has_names, readings};
use crate::{Kind, ReadError};
use bansos::policy::Confidence;
use bansos::source::Field;
use cells::{Cells, Fit};
use heading::{Heard, Vocabulary};
use std::path::Path;

/// Rows that are looked at.
const ROWS: usize = 500;

/// What one file, or one sheet, seems to hold.
#[derive(Clone, Debug)]
pub struct LayoutGuess {
    /// File name without its folder.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// 1-based row of the header, of several the first.
    pub header_row: u32,
    /// Rows that were looked at.
    pub rows: u32,
    /// What each column seems to be, in the order of the file.
    pub columns: Vec<ColumnGuess>,
}

/// What one column seems to be.
#[derive(Clone, Debug)]
pub struct ColumnGuess {
    /// What stands over it; empty where that may be somebody's data.
    pub name: String,
    /// What it seems to be; none: it is not read.
    pub field: Option<Field>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why.
    pub why: Vec<GuessReason>,
    /// Some of its cells, masked: what kind of text they are and not whose.
    pub samples: Vec<String>,
}

/// Looks at a file; of a workbook, at the sheet of that name or at the one whose headings say most.
///
/// # Errors
///
/// The file cannot be read as a table, or has no row of headings (`read.no_known_column`).
pub fn guess(path: &Path, sheet: Option<&str>) -> Result<LayoutGuess, ReadError> {
    look(&Source::path(path), sheet)
}

pub(super) fn look(source: &Source, sheet: Option<&str>) -> Result<LayoutGuess, ReadError> {
    let wanted = |form: &Form| match (sheet, form) {
        (None, form) => !form.is_hidden(),
        (Some(sheet), form) => form.sheet() == Some(sheet),
    };
    let (mut forms, mut candidates) = (Vec::new(), Vec::new());
    for reading in readings(source, &Limits::default())?.into_iter().filter(|reading| wanted(&reading.form)) {
        forms.push(reading.form);
        candidates.push(Candidate { rows: reading.top });
    }
    let words = Vocabulary::new();
    let columns = candidates.iter().flat_map(|c| c.rows.iter().map(Vec::len)).max().unwrap_or(0);
    let none = || ReadError::NoKnownColumn {
        file: source.name().to_owned(),
        columns: u32::try_from(columns).unwrap_or(u32::MAX),
        command: layout_command(source.name()),
    };
    let place = header(&candidates, &words).filter(|place| is_header(place, &words)).ok_or_else(none)?;
    let form = forms.get(place.candidate).ok_or_else(none)?;
    let (cells, rows) = content(source, form, &place)?;
    let sheet = form.sheet().map(str::to_owned);
    Ok(LayoutGuess {
        file: shown_name(source.name()),
        sheet,
        header_row: u32::try_from(place.row + 1).unwrap_or(u32::MAX),
        rows,
        columns: decide(&place, &cells, &words),
    })
}

/// The header: the rows whose headings are known best, else the first that is filled like no other.
fn header<'c>(candidates: &'c [Candidate], words: &Vocabulary) -> Option<Place<'c>> {
    let worth = |place: &Place<'_>| {
        let known = place.headings.iter().filter(|heading| words.says(heading).is_some()).count();
        let filled = place.headings.iter().filter(|heading| !heading.shown.is_empty()).count();
        // of equal ones the shorter, and the first
        (known, filled, usize::MAX - place.depth, usize::MAX - place.row)
    };
    (1..=super::header::ROWS).flat_map(|depth| places(candidates, depth)).max_by_key(worth)
}

/// Whether those are surely headings: else a row of somebody's data would be shown, and written into a layout.
fn is_header(place: &Place<'_>, words: &Vocabulary) -> bool {
    let shown = place.shown();
    let known = place.headings.iter().filter(|heading| words.says(heading).is_some()).count();
    let mut names: Vec<String> = shown.iter().map(|cell| normal(cell)).filter(|name| !name.is_empty()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    // unknown headings differ from each other
    let differ = names.len() == all;
    place.clean && (known >= 2 || (differ && has_names(&shown, place.below, &[])))
}

/// What stands below the header, by column.
fn content(source: &Source, form: &Form, place: &Place<'_>) -> Result<(Vec<Cells>, u32), ReadError> {
    let width = place.headings.len();
    let mut cells: Vec<Cells> = (0..width).map(|_| Cells::default()).collect();
    let limits = Limits::default();
    let mut stream = Stream::open(source, form, place.row + place.depth, width, Blanks::Pass { list: false }, limits)?;
    let (mut row, mut rows) = (Row::new(), 0);
    while (rows as usize) < ROWS && stream.next(&mut row)? {
        rows += 1;
        for (at, column) in cells.iter_mut().enumerate() {
            let (text, _) = decode(row.cells.get(at).unwrap_or_default());
            column.take(&text);
        }
    }
    Ok((cells, rows))
}

/// Points from which a column is read.
const ENOUGH: i32 = 4;
/// Points from which a guess is fairly sure, and sure.
const FAIR: i32 = 6;
const SURE: i32 = 8;

/// Every column with the field that its heading and its cells speak for most; no field twice.
fn decide(place: &Place<'_>, cells: &[Cells], words: &Vocabulary) -> Vec<ColumnGuess> {
    let columns: Vec<(Heard, &Cells)> =
        place.headings.iter().zip(cells).map(|(heading, cells)| (words.hear(heading), cells)).collect();
    let mut offers: Vec<(i32, usize, Field)> = Vec::new();
    for (at, (heard, cells)) in columns.iter().enumerate() {
        // a heading that its cells contradict speaks against nothing else
        let misleads = heard.names().is_some_and(|field| cells.fit(field) == Fit::Against);
        for field in heading::FIELDS {
            let (said, fit) = (heard.points(field), cells.fit(field));
            let said = if misleads { said.max(0) } else { said };
            let points = said + fit.points();
            if points >= ENOUGH && (said > 0 || fit == Fit::Strong) {
                offers.push((points, at, field));
            }
        }
    }
    // the surest first; of equal ones the first column
    offers.sort_by_key(|(points, at, _)| (-points, *at));
    let mut taken: Vec<Option<(Field, i32)>> = vec![None; columns.len()];
    for (points, at, field) in offers {
        let free = !taken.iter().flatten().any(|(have, _)| *have == field);
        if let Some(slot) = taken.get_mut(at).filter(|slot| slot.is_none() && free) {
            *slot = Some((field, points));
        }
    }
    without_parts(&mut taken);
    let named = place.headings.iter().zip(columns).zip(taken);
    named
        .map(|((heading, (heard, cells)), taken)| {
            // where nothing stands below it, an unknown heading may be a cell of a row that the header runs into
            let surely = !cells.is_empty() || words.says(heading).is_some();
            column(if surely { &heading.shown } else { "" }, &heard, cells, taken)
        })
        .collect()
}

/// Place and date in one cell leave nothing for columns of the two.
fn without_parts(taken: &mut [Option<(Field, i32)>]) {
    let has = |field: Field| taken.iter().flatten().any(|(have, _)| *have == field);
    let (both, date) = (has(Field::BirthPlaceDate), has(Field::BirthDate));
    for slot in taken.iter_mut() {
        let drop = match slot {
            Some((Field::BirthPlaceDate, _)) => date,
            Some((Field::BirthPlace, _)) => both && !date,
            _ => false,
        };
        if drop {
            *slot = None;
        }
    }
}

fn column(name: &str, heard: &Heard, cells: &Cells, taken: Option<(Field, i32)>) -> ColumnGuess {
    // what has no part in comparing names has no part in a layout either
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = shown_name(&name).trim().to_owned();
    // a column that nothing stands over cannot be named
    let taken = taken.filter(|_| !normal(&name).is_empty());
    let (field, points) = taken.map_or((None, 0), |(field, points)| (Some(field), points));
    let confidence = match points {
        SURE.. => Confidence::High,
        FAIR.. => Confidence::Medium,
        _ => Confidence::Low,
    };
    let mut why = heard.why(field);
    why.extend(cells.why(field));
    if let (None, Some(what)) = (field, heard.names()) {
        why.push(match cells.percent(what).filter(|_| cells.fit(what) == Fit::Against) {
            Some(percent) => GuessReason::Against { percent, what },
            None => GuessReason::Taken { what },
        });
    }
    if why.is_empty() {
        why.push(GuessReason::Unclear);
    }
    ColumnGuess { name, field, confidence, why, samples: cells.samples() }
}

impl LayoutGuess {
    /// What a row of it stands for: a person, or where the name is a head's and nobody has a relation, a family.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let of = |field: Field| self.columns.iter().find(|column| column.field == Some(field));
        let head = of(Field::Name).is_some_and(|column| {
            let name = normal(&column.name);
            ["kepala", "krt"].iter().any(|word| name.contains(word))
        });
        if head && of(Field::Relation).is_none() { Kind::FamiliesWithHead } else { Kind::Persons }
    }

    /// Whether there is a column that can tell who a row stands for.
    #[must_use]
    pub fn has_somebody(&self) -> bool {
        let identity = |field: Field| matches!(field, Field::Name | Field::Nik | Field::FamilyCard);
        self.columns.iter().filter_map(|column| column.field).any(identity)
    }

    /// The fields that a column of a layout made here can be.
    #[must_use]
    pub fn fields() -> &'static [Field] {
        &heading::FIELDS
    }

    /// Says of one column what it is; a field that another column had is taken from it.
    pub fn set(&mut self, column: usize, field: Option<Field>) {
        for (at, guess) in self.columns.iter_mut().enumerate() {
            if at == column {
                guess.field = field;
            } else if field.is_some() && guess.field == field {
                guess.field = None;
            }
        }
    }
}
