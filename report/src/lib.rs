#![doc = include_str!("../README.md")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

pub mod annex;
mod charts;
mod closing;
pub mod data;
mod error;
mod levels;
mod page;
mod places;
mod plain;
#[cfg(test)]
mod sample;
mod sections;
pub mod shell;
mod suppress;
#[cfg(test)]
mod tests;
mod view;
mod widgets;
pub mod words;

pub use data::{ReportData, ReportOptions};
pub use error::ReportError;

/// The report as one HTML file.
#[must_use]
pub fn html(data: &ReportData, options: &ReportOptions) -> String {
    page::page(&view::View::new(data, *options)).into_string()
}
