//! **bansos-report**: plain counts in, one HTML page out, for the head of a social-affairs office.
//!
//! The page needs no network, holds no person, speaks Indonesian and English, and prints. [`html`] is a pure function of
//! [`ReportData`], which a run of the main job fills and leaves as `report.json`; [`annex::sheets`] gives the same numbers
//! as tables by desa. Small counts are hidden, and so many others that no hidden one can be worked out from the sums.
//!
//! ```
//! use bansos_report::{ReportData, ReportOptions, html};
//! let mut data = ReportData::default();
//! data.about.region = "Kabupaten Lumajang".to_owned();
//! data.totals.families = 1200;
//! let page = html(&data, &ReportOptions::default());
//! assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Kabupaten Lumajang"));
//! ```

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
