//! **bansos-registers**: reads Indonesia's social registers as they come (CSV, XLSX, Parquet) through *source layouts*.
//!
//! A file is recognised by its header, never by its name. Reading is forgiving in form (delimiter, byte-order mark,
//! encoding, title rows, date notations) and strict in meaning: every row ends either as accepted, perhaps with
//! findings, or as quarantined with a reason, and the counts always close.
//!
//! ```
//! use bansos_registers::{ReadOptions, read_file};
//! let dir = tempfile::tempdir()?;
//! let path = dir.path().join("anggota.csv");
//! std::fs::write(&path, "id_keluarga;nik;nama;hubungan;jenis_kelamin;tanggal_lahir\n\
//!                        R1;3508204103659004;NGATINI;1;2;01/03/1965\n")?;
//! let intake = read_file(&path, &ReadOptions::new(bansos::Date::constant(2025, 1, 1)))?;
//! assert_eq!(intake.files[0].layout, "regsosek-anggota");
//! assert_eq!(intake.persons[0].sex, Some(bansos::Sex::Female));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod intake;
pub mod layout;
pub mod ledger;
mod read;
pub mod synth;
pub mod table;
pub mod write;

pub use error::{FileNote, ReadError, RowFault};
pub use intake::{FileReport, Intake, Kind, Quarantined, Refused};
pub use read::{Progress, ReadOptions, read_bytes, read_file, read_folder};
