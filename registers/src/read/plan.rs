//! A layout bound to the columns of one file.

use super::born;
use super::column::Remedy;
use super::words;
use crate::layout::{Column, Fit, Meant, Parts, TitlePlace, normal};
use crate::receipt::ReceiptColumns;
use crate::table::{Cells, decode};
use crate::{ColumnMeaning, ColumnUse, Kind};
use bansos::Text;
use bansos::date::{self, DateStyle};
use bansos::person::Presence;
use bansos::region::Scheme;
use bansos::source::{Field, Source};
use std::borrow::Cow;
use std::sync::Arc;

/// Where each field of the model stands in a file, ready to read rows.
pub(super) struct Plan<'a> {
    pub(super) source: Source,
    pub(super) kind: Kind,
    pub(super) scheme: Option<Scheme>,
    pub(super) header: Vec<String>,
    /// The rows from the top of the file to the first of data, normal: pages of print repeat them.
    pub(super) top: Vec<Vec<String>>,
    /// The header's names, normal.
    pub(super) names: Vec<String>,
    /// Of each group, one has to be there.
    required: &'a [Vec<Field>],
    /// Names of places that stand above the table.
    pub(super) place: TitlePlace,
    /// The column that has birthplace and birth date in one cell.
    born: Option<usize>,
    /// Remarks, of which a word may say that somebody died or moved.
    remark: Option<usize>,
    /// Fields whose parts stand in columns of their own.
    parts: Vec<(Field, Parts)>,
    /// By `Field as usize`.
    fields: Vec<Option<(usize, &'a Column)>>,
    pub(super) welfare: Vec<Answer<'a>>,
    pub(super) welfare_names: Arc<[Text]>,
    /// How many coded columns there are, each with a memo.
    pub(super) memos: usize,
    /// How the file writes dates.
    pub(super) style: DateStyle,
    /// What is read otherwise than it is written.
    pub(super) remedy: Remedy,
    /// Of a list of recipients: the columns that say what is received.
    pub(super) receipts: Option<ReceiptColumns>,
}

/// One column of housing and assets.
pub(super) struct Answer<'a> {
    pub(super) at: usize,
    pub(super) column: &'a Column,
    /// Value of each entry of its list: the code itself, or 1 and 0 where it means yes and no.
    pub(super) values: Vec<Option<i32>>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(fit: &Fit<'a>, style: DateStyle) -> Self {
        let mut fields = vec![None; Field::ALL.len()];
        for (field, column, at) in &fit.fields {
            if let Some(slot) = fields.get_mut(*field as usize) {
                *slot = Some((*at, *column));
            }
        }
        let both = fields.get(Field::BirthPlaceDate as usize).copied().flatten();
        for field in [Field::BirthPlace, Field::BirthDate] {
            if let Some(slot) = fields.get_mut(field as usize) {
                *slot = slot.or(both);
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
            kind: fit.kind,
            scheme: fit.layout.scheme,
            header: fit.header_cells.clone(),
            top: Vec::new(),
            names: fit.header_cells.iter().map(|name| normal(name)).collect(),
            required: &fit.layout.required,
            place: fit.place.clone(),
            born: both.map(|(at, _)| at),
            parts: fit.parts.clone(),
            remark: remark(fit),
            fields,
            memos: Field::ALL.len() + welfare.len(),
            welfare,
            welfare_names: names.into(),
            style,
            remedy: Remedy::default(),
            receipts: None,
        }
    }

    /// From here on the columns are read so.
    pub(super) fn undo(&mut self, remedy: Remedy) {
        if remedy.exchanged && !self.remedy.exchanged {
            let (nik, card) = (Field::Nik as usize, Field::FamilyCard as usize);
            if let (Some(Some(nik_at)), Some(Some(card_at))) =
                (self.fields.get(nik).copied(), self.fields.get(card).copied())
            {
                self.fields[nik] = Some((card_at.0, nik_at.1));
                self.fields[card] = Some((nik_at.0, card_at.1));
            }
        }
        self.style.month_first = remedy.month_first;
        self.remedy = remedy;
    }

    /// Whether a row that ends early still has what a row must have, and no cell that belongs to another column; then only
    /// empty cells were left out.
    pub(super) fn has_required(&self, row: &Cells) -> bool {
        let cell = |field| self.column(field).and_then(|(_, column)| Some((self.text(row, field)?.0, column)));
        let filled = |field: &Field| cell(*field).is_some_and(|(text, _)| !text.is_empty());
        let known = |(text, column): (Cow<'_, str>, &Column)| {
            text.is_empty() || column.codes.as_deref().is_none_or(|list| list.place(&text).is_some())
        };
        let dated = self.text(row, Field::BirthDate).is_none_or(|(text, _)| date::read(&text).finding.is_none());
        !self.required.is_empty()
            && self.required.iter().all(|any| any.iter().any(filled))
            && Field::ALL.iter().filter_map(|field| cell(*field)).all(known)
            && dated
    }

    pub(super) fn column(&self, field: Field) -> Option<(usize, &'a Column)> {
        self.fields.get(field as usize).copied().flatten()
    }

    /// The text of a field, and whether it is in another encoding; of a cell that holds two things, its part.
    pub(super) fn text<'r>(&self, row: &'r Cells, field: Field) -> Option<(Cow<'r, str>, bool)> {
        let (at, _) = self.column(field)?;
        if let Some((_, parts)) = self.parts.iter().find(|(of, _)| *of == field) {
            return Some(parts.text(row));
        }
        let (text, foreign) = decode(row.get(at)?);
        let text = match field {
            Field::BirthPlace if self.born == Some(at) => part(text, |text| born::split(text).0),
            Field::BirthDate if self.born == Some(at) => part(text, |text| born::split(text).1),
            _ => text,
        };
        Some((text, foreign))
    }

    /// What becomes of each column of the file that this plan was made for.
    pub(super) fn uses(&self, fit: &Fit<'_>) -> Vec<ColumnUse> {
        let is = |flags: &[bool], at: usize| flags.get(at).copied().unwrap_or(false);
        let of = |at: usize| {
            let both = self.born == Some(at);
            let joined = |field: &Field| self.parts.iter().any(|(of, parts)| of == field && parts.has(at));
            let here = |field: &Field| self.column(*field).is_some_and(|(of, _)| of == at) || joined(field);
            // a cell with place and date is one thing
            let part = |field: &Field| both && matches!(field, Field::BirthPlace | Field::BirthDate);
            let fields: Vec<Field> = Field::ALL.iter().copied().filter(|field| here(field) && !part(field)).collect();
            let answer = self.welfare.iter().position(|answer| answer.at == at);
            match answer.and_then(|place| self.welfare_names.get(place)) {
                _ if !fields.is_empty() => ColumnMeaning::Fields(fields),
                None if self.remark == Some(at) => ColumnMeaning::Fields(vec![Field::Presence]),
                Some(name) => ColumnMeaning::Welfare(name.clone()),
                None if self.receipts.as_ref().is_some_and(|receipts| receipts.reads(at)) => ColumnMeaning::Receipt,
                None if is(&fit.known, at) => ColumnMeaning::PassedOver,
                None => ColumnMeaning::Unknown,
            }
        };
        let columns = self.header.iter().enumerate();
        let name = |at: usize, name: &String| if is(&fit.named, at) { name.trim().to_owned() } else { String::new() };
        columns.map(|(at, text)| ColumnUse { name: name(at, text), meaning: of(at) }).collect()
    }

    /// What a column of remarks says of somebody who is gone.
    pub(super) fn gone(&self, row: &Cells) -> Option<Presence> {
        words::gone(&decode(row.get(self.remark?)?).0)
    }

    /// Whether a normal name is one of those by which the layout knows what stands in a column.
    pub(super) fn knows(&self, at: usize, name: &str) -> bool {
        self.fields.iter().flatten().any(|(of, column)| *of == at && column.names.iter().any(|known| known == name))
    }

    /// The name of a field's column as the file writes it.
    pub(super) fn column_name(&self, field: Field) -> Option<String> {
        let (at, _) = self.column(field)?;
        self.header.get(at).map(|h| h.trim().to_owned())
    }
}

/// The column of remarks, where none says who is there.
fn remark(fit: &Fit<'_>) -> Option<usize> {
    const NAMES: [&str; 10] = [
        "keterangan",
        "ket",
        "catatan",
        "respon",
        "statuskpm",
        "alasan",
        "alasannonaktif",
        "statuspenduduk",
        "keterangankpm",
        "keteranganlain",
    ];
    let names: Vec<String> = fit.header_cells.iter().map(|name| normal(name)).collect();
    let read = |at: usize| fit.fields.iter().any(|(_, _, of)| *of == at);
    let present = fit.fields.iter().any(|(field, ..)| *field == Field::Presence);
    NAMES.iter().filter_map(|name| names.iter().position(|own| own == name)).find(|at| !present && !read(*at))
}

fn part<'t>(text: Cow<'t, str>, of: impl Fn(&str) -> &str) -> Cow<'t, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(of(text)),
        Cow::Owned(text) => Cow::Owned(of(&text).to_owned()),
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
