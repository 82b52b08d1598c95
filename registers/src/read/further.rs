//! Further tables in one sheet: below the first stands another header, with its columns in another order, with more or with fewer.
//! Its rows are read by it, as if they stood in the first table.

use super::margin;
use super::plan::Plan;
use crate::layout::headings;
use crate::table::{Cells, Row, decode};
use crate::{FileNote, Lines};
use bansos::source::Field;

/// Where such a table begins, and for each column of the first where it has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Further {
    /// The row of its header.
    pub(super) row: u32,
    /// Its columns in the order of the first table's; nothing where they stand as there.
    columns: Option<Vec<Option<usize>>>,
    /// Names of its columns that the first table does not have.
    pub(super) extra: Vec<String>,
}

/// Columns that have to be the first table's too.
const FEW: usize = 3;

impl Further {
    /// The header that a row is, if it is one: half of its cells are names of the first table's columns, and one of them is the name's.
    pub(super) fn of(row: &Row, plan: &Plan<'_>) -> Option<Self> {
        if margin::has_number(&row.cells, plan) {
            return None;
        }
        // the first table's own header once more: from here on its columns stand as there
        if let Some(own) = margin::is_own_header(&row.cells, plan) {
            return own.then(|| Self { row: row.number(), columns: None, extra: Vec::new() });
        }
        let texts: Vec<String> = row.cells.iter().map(|cell| decode(cell).0.into_owned()).collect();
        let filled = texts.iter().filter(|text| !text.is_empty()).count();
        let digits = |text: &String| text.bytes().filter(u8::is_ascii_digit).count();
        if filled < FEW || texts.iter().any(|text| digits(text) > 5) {
            return None;
        }
        let names: Vec<Vec<String>> =
            headings(std::slice::from_ref(&texts)).into_iter().map(|h| h.names.concat()).collect();
        let place = |target: usize| {
            // the same name goes before another name of the same thing
            let same = |own: &Vec<String>| plan.names.get(target).is_some_and(|name| own.contains(name));
            let alike = |own: &Vec<String>| own.iter().any(|name| plan.knows(target, name));
            names.iter().position(same).or_else(|| names.iter().position(alike))
        };
        let mut columns: Vec<Option<usize>> = (0..plan.names.len()).map(place).collect();
        // one column stands for one
        for at in 0..columns.len() {
            if columns.iter().take(at).any(|before| before.is_some() && *before == columns.get(at).copied().flatten()) {
                columns[at] = None;
            }
        }
        let mapped = columns.iter().flatten().count();
        let has = |field: Field| plan.column(field).is_some_and(|(at, _)| columns.get(at).copied().flatten().is_some());
        if mapped < FEW || mapped * 2 < filled || !(has(Field::Name) || has(Field::HeadName)) {
            return None;
        }
        let is_extra = |(at, text): &(usize, &String)| !text.is_empty() && !columns.contains(&Some(*at));
        let extra = texts.iter().enumerate().filter(is_extra).map(|(_, text)| text.clone()).collect();
        let as_first = columns
            .iter()
            .enumerate()
            .all(|(at, of)| *of == Some(at) || plan.names.get(at).is_some_and(String::is_empty));
        Some(Self { row: row.number(), columns: (!as_first).then_some(columns), extra })
    }

    /// Whether its columns are not those of the first.
    pub(super) fn is_other(&self) -> bool {
        self.columns.is_some()
    }

    /// Puts the cells of a row where the first table has them.
    pub(super) fn arrange(&self, row: &mut Row) {
        let Some(columns) = &self.columns else { return };
        let mut cells = Cells::default();
        for at in columns {
            cells.push(at.and_then(|at| row.cells.get(at)).unwrap_or_default());
        }
        let to = |from: usize| columns.iter().position(|at| *at == Some(from)).and_then(|to| u32::try_from(to).ok());
        row.marks = row.marks.iter().filter_map(|(from, mark)| Some((to(*from as usize)?, *mark))).collect();
        row.cells = cells;
    }
}

/// The table that a row of this number stands in; none in the first.
pub(super) fn table(all: &[Further], row: u32) -> Option<&Further> {
    all.get(all.partition_point(|further| further.row <= row).checked_sub(1)?)
}

/// Says where the first of them begins, and which columns only they have.
pub(super) fn note(all: &[Further], lines: &Lines) -> Option<FileNote> {
    let first = all.iter().find(|further| further.is_other())?;
    let mut columns: Vec<&str> = Vec::new();
    for extra in all.iter().flat_map(|further| &further.extra) {
        if !columns.contains(&extra.as_str()) {
            columns.push(extra);
        }
    }
    Some(FileNote::FurtherTable { line: lines.of(first.row), columns: columns.join(", ") })
}
