//! `report.html`: one page for the head of a social-affairs office. It needs no network, holds no person, speaks Indonesian and
//! English, and prints. [`render`] is a pure function of counts.

mod annex;
mod charts;
mod closing;
pub(crate) mod command;
pub(crate) mod data;
mod levels;
mod page;
mod places;
mod plain;
#[cfg(test)]
mod sample;
mod sections;
mod suppress;
#[cfg(test)]
mod tests;
mod view;
mod widgets;
pub(crate) mod words;

use data::{ReportData, ReportOptions};

/// The report as one HTML file.
pub(crate) fn render(data: &ReportData, options: &ReportOptions) -> String {
    page::page(&view::View::new(data, *options)).into_string()
}
