//! The values of rows: every part of a column that some test or rule looks at.

use super::super::columns::{Part, Rows, Table, Wants};
use crate::table::{KeyPart, TableError};
use bansos::plumbing::mix;
use rayon::prelude::*;

/// Parts of columns, and each row's number in each.
#[derive(Debug)]
pub(in crate::table) struct Values {
    pub(in crate::table) parts: Vec<Part>,
    pub(super) rows: Rows,
    /// The columns in `rows`, and where each part's stands.
    columns: Vec<usize>,
    pub(super) place: Vec<usize>,
}

impl Values {
    pub(super) fn new(table: &Table, found: &[(KeyPart, Wants)]) -> Result<Self, TableError> {
        let parts: Vec<Part> = found.par_iter().map(|(p, w)| Part::new(table, p, *w)).collect::<Result<_, _>>()?;
        let mut columns: Vec<usize> = parts.iter().map(|p| p.column).collect();
        columns.sort_unstable();
        columns.dedup();
        let place = parts.iter().map(|p| columns.iter().position(|c| *c == p.column).unwrap_or(0)).collect();
        let mut rows = Rows::default();
        rows.extend(table, &columns);
        Ok(Self { parts, rows, columns, place })
    }

    /// Lets go of the table, which is about to get rows.
    pub(in crate::table) fn release(&mut self) {
        self.parts.iter_mut().for_each(Part::release);
    }

    /// Takes in rows that the table has got since.
    pub(in crate::table) fn extend(&mut self, table: &Table) {
        self.parts.par_iter_mut().for_each(|p| p.extend(table));
        self.rows.extend(table, &self.columns);
    }

    /// The place of a part.
    pub(in crate::table) fn part(&self, of: &KeyPart) -> usize {
        self.parts.iter().position(|p| p.same_as(of)).unwrap_or(0)
    }

    /// A number of the content of a row's parts, the same in every run.
    pub(in crate::table) fn key(&self, parts: &[usize], row: u32) -> u64 {
        parts.iter().fold(0, |key, p| {
            let part = &self.parts[*p];
            match part.id(self.rows.of(row).get(self.place[*p])) {
                0 => mix(key),
                id => mix(key ^ part.hash(id)),
            }
        })
    }

    /// Whether both rows have the part, and the same.
    #[inline]
    pub(in crate::table) fn equal(&self, part: usize, a: u32, b: u32) -> bool {
        let (x, y) = self.ids(part, a, b);
        x == y && x != 0
    }

    #[inline(always)]
    pub(super) fn ids(&self, part: usize, a: u32, b: u32) -> (u32, u32) {
        let (p, at) = (&self.parts[part], self.place[part]);
        (p.id(self.rows.of(a).get(at)), p.id(self.rows.of(b).get(at)))
    }
}
