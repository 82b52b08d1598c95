//! A layout bound to a file's header, and what is said of the columns it does not read.

use super::parts::Parts;
use super::title::TitlePlace;
use super::{Column, Layout};
use crate::{FileNote, Kind};
use bansos::source::Field;

/// A layout that fits: where the header stands and which column is what.
#[derive(Debug)]
pub(crate) struct Fit<'a> {
    pub(crate) layout: &'a Layout,
    /// What a row stands for: a list of families that says more of the head than a name stands for the head too.
    pub(crate) kind: Kind,
    pub(crate) candidate: usize,
    /// 0-based first row of the header among the candidate's rows.
    pub(crate) header: usize,
    /// Rows of the header.
    pub(crate) depth: usize,
    pub(crate) header_cells: Vec<String>,
    /// By column, whether the layout knows it.
    pub(crate) known: Vec<bool>,
    /// By column, whether what stands over it is surely a heading: else it may be somebody's data.
    pub(crate) named: Vec<bool>,
    /// Columns of fields: (field, the layout's column, column of the file).
    pub(crate) fields: Vec<(Field, &'a Column, usize)>,
    /// Fields whose parts stand in columns of their own.
    pub(crate) parts: Vec<(Field, Parts)>,
    /// Columns of welfare variables: (place among `layout.welfare`, column of the file).
    pub(crate) welfare: Vec<(usize, usize)>,
    /// The place that the rows above the header name, where the table has no column of it.
    pub(crate) place: TitlePlace,
    pub(crate) notes: Vec<FileNote>,
}

impl Fit<'_> {
    /// Takes the columns of a list of recipients as known; what such a list need not have is not missing.
    pub(crate) fn is_list(&mut self, reads: impl Fn(usize) -> bool) {
        for (at, known) in self.known.iter_mut().enumerate() {
            *known |= reads(at);
        }
        self.notes.retain(|note| !matches!(note, FileNote::UnknownColumns { .. } | FileNote::MissingColumns { .. }));
        self.say_unknown();
        if !self.fields.iter().any(|(field, ..)| *field == Field::Nik) {
            self.notes.push(FileNote::MissingColumns { columns: self.layout.label(Field::Nik).to_owned() });
        }
    }

    /// Columns that the layout expects and the file lacks, and those that nobody knows.
    pub(super) fn say_what_is_not_read(&mut self) {
        let has = |f: &Field| self.fields.iter().any(|(have, ..)| have == f);
        let have = |f: &Field| has(f) || (in_one_cell(*f) && has(&Field::BirthPlaceDate));
        let expected: Vec<&str> =
            self.layout.expected.iter().filter(|f| !have(f)).map(|f| self.layout.label(*f)).collect();
        let missing = FileNote::MissingColumns { columns: expected.join(", ") };
        self.notes.extend((!expected.is_empty()).then_some(missing));
        self.say_unknown();
    }

    fn say_unknown(&mut self) {
        let columns = self.unknown();
        if !columns.is_empty() {
            self.notes.push(FileNote::UnknownColumns { columns });
        }
    }

    /// The columns that nobody knows, by name; only counted where they may be somebody's data because the header runs into the first
    /// row.
    fn unknown(&self) -> String {
        let columns = self.header_cells.iter().zip(&self.known).zip(&self.named);
        let open = columns.filter(|((cell, known), _)| !**known && !cell.is_empty());
        let (names, rest): (Vec<_>, Vec<_>) = open.partition(|(_, named)| **named);
        let mut said: Vec<String> = names.into_iter().map(|((cell, _), _)| cell.clone()).collect();
        said.extend((!rest.is_empty()).then(|| format!("({})", rest.len())));
        said.join(", ")
    }
}

/// One cell may hold two things.
pub(super) fn in_one_cell(field: Field) -> bool {
    matches!(field, Field::BirthDate | Field::BirthPlace)
}
