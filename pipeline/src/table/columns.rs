//! Column builders with the few types our tables need.

use arrow_array::ArrayRef;
use arrow_array::builder::{BooleanBuilder, Date32Builder, Int64Builder, ListBuilder, StringBuilder};
use bansos::{Date, date::to_epoch_days};
use std::sync::Arc;

/// Text, perhaps missing.
#[derive(Default)]
pub(crate) struct Texts(StringBuilder);

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.0.append_value(text);
    }
    pub(crate) fn maybe(&mut self, text: Option<&str>) {
        self.0.append_option(text);
    }
    pub(crate) fn done(mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}

/// Lists of text.
#[derive(Default)]
pub(crate) struct TextLists(ListBuilder<StringBuilder>);

impl TextLists {
    pub(crate) fn push<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        for text in texts {
            self.0.values().append_value(text);
        }
        self.0.append(true);
    }
    pub(crate) fn done(mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}

/// Whole numbers, perhaps missing.
#[derive(Default)]
pub(crate) struct Numbers(Int64Builder);

impl Numbers {
    pub(crate) fn push(&mut self, n: i64) {
        self.0.append_value(n);
    }
    pub(crate) fn maybe(&mut self, n: Option<i64>) {
        self.0.append_option(n);
    }
    pub(crate) fn done(mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}

/// Yes, no or unknown.
#[derive(Default)]
pub(crate) struct Flags(BooleanBuilder);

impl Flags {
    pub(crate) fn maybe(&mut self, yes: Option<bool>) {
        self.0.append_option(yes);
    }
    pub(crate) fn done(mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}

/// Dates, perhaps missing.
#[derive(Default)]
pub(crate) struct Dates(Date32Builder);

impl Dates {
    pub(crate) fn maybe(&mut self, date: Option<Date>) {
        self.0.append_option(date.map(to_epoch_days));
    }
    pub(crate) fn done(mut self) -> ArrayRef {
        Arc::new(self.0.finish())
    }
}
