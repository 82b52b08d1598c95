//! Writing results: a folder that appears whole or not at all, and CSV that a spreadsheet opens safely.

mod folder;
mod sheet_safe;

pub use folder::{OutFolder, WriteError};
pub use sheet_safe::{SafeCsv, safe_cell};
