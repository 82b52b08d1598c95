//! Writing results: a folder that appears whole or not at all, and CSV that a spreadsheet opens safely.

mod book;
mod folder;
mod sheet_safe;

pub use book::{Cell, Sheet, write_book};
pub use folder::{OutFolder, WriteError};
pub use sheet_safe::{SafeCsv, safe_cell};
