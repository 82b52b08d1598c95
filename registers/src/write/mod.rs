//! Writing results: files and folders that appear whole or not at all and never on an input, and CSV that a spreadsheet
//! opens safely. Nothing in bansos writes in another way, ledgers excepted, which only ever grow.

mod book;
mod error;
mod file;
mod folder;
mod manifest;
mod place;
mod sheet_safe;

pub use book::{Cell, Sheet, write_book};
pub use error::WriteError;
pub(crate) use file::for_owner_alone;
pub use file::{OutFile, open_to_append, write_whole};
pub use folder::{FolderKind, OutFolder};
pub use place::keep_apart;
pub(crate) use place::real;
pub use sheet_safe::{SafeCsv, safe_cell};
