//! Tables as they are written: columns built row by row, one Parquet file or one CSV from the same columns.
//!
//! Text columns that repeat (codes, places) are dictionary-encoded by Parquet itself, so plain arrays do here.

mod columns;
mod write;

pub(crate) use columns::{Dates, Flags, Numbers, TextLists, Texts};
pub(crate) use write::{Table, write_chunks};
