//! A layout bound to the columns of one file.

use crate::Kind;
use crate::layout::{Column, Fit, Meant};
use bansos::Text;
use bansos::region::Scheme;
use bansos::source::{Field, Source};
use std::sync::Arc;

/// Where each field of the model stands in a file, ready to read rows.
pub(super) struct Plan<'a> {
    pub(super) source: Source,
    pub(super) kind: Kind,
    pub(super) scheme: Option<Scheme>,
    pub(super) header: Vec<String>,
    /// By `Field as usize`.
    fields: Vec<Option<(usize, &'a Column)>>,
    pub(super) welfare: Vec<Answer<'a>>,
    pub(super) welfare_names: Arc<[Text]>,
    /// How many coded columns there are, each with a memo.
    pub(super) memos: usize,
}

/// One column of housing and assets.
pub(super) struct Answer<'a> {
    pub(super) at: usize,
    pub(super) column: &'a Column,
    /// Value of each entry of its list: the code itself, or 1 and 0 where it means yes and no.
    pub(super) values: Vec<Option<i32>>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(fit: &Fit<'a>) -> Self {
        let mut fields = vec![None; Field::ALL.len()];
        for (field, place, at) in &fit.fields {
            if let (Some(slot), Some((_, column))) = (fields.get_mut(*field as usize), fit.layout.columns.get(*place)) {
                *slot = Some((*at, column));
            }
        }
        let mut welfare = Vec::new();
        let mut names = Vec::new();
        for (place, at) in &fit.welfare {
            let Some((name, column)) = fit.layout.welfare.get(*place) else { continue };
            names.push(name.clone());
            welfare.push(Answer { at: *at, column, values: values(column) });
        }
        Self {
            source: fit.layout.source,
            kind: fit.layout.kind,
            scheme: fit.layout.scheme,
            header: fit.header_cells.clone(),
            fields,
            memos: Field::ALL.len() + welfare.len(),
            welfare,
            welfare_names: names.into(),
        }
    }

    pub(super) fn column(&self, field: Field) -> Option<(usize, &'a Column)> {
        self.fields.get(field as usize).copied().flatten()
    }

    /// The name of a field's column as the file writes it.
    pub(super) fn column_name(&self, field: Field) -> Option<String> {
        let (at, _) = self.column(field)?;
        self.header.get(at).map(|h| h.trim().to_owned())
    }
}

fn values(column: &Column) -> Vec<Option<i32>> {
    let Some(list) = &column.codes else { return Vec::new() };
    list.entries()
        .iter()
        .map(|entry| match entry.means.as_deref() {
            Some("yes") => Some(1),
            Some("no") => Some(0),
            _ => entry.code.parse().ok(),
        })
        .collect()
}

/// The typed meaning of a place in a column's list.
pub(super) fn meant(column: &Column, place: usize) -> Meant {
    column.means.get(place).copied().unwrap_or(Meant::Nothing)
}
