#![doc = include_str!("../README.md")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod damage;
mod error;
mod intake;
pub mod layout;
pub mod ledger;
mod read;
mod receipt;
pub mod settings;
mod shown;
pub mod synth;
pub mod table;
pub mod write;

pub use error::{FileNote, ReadError, RowFault, SheetFault};
pub use intake::{ColumnMeaning, ColumnUse, FileReport, Intake, Kind, Lines, Quarantined, Refused, Unread};
pub use read::{Progress, ReadOptions, read_bytes, read_file, read_folder};
pub use receipt::{Period, Receipt};
pub use shown::{shown_name, shown_path};
