//! **bansos-pipeline**: the main job as a library. Registers in; one register of persons and families, a list of problems,
//! duplicates, deciles and decisions out, in memory.
//!
//! ```
//! use bansos::Date;
//! use bansos_pipeline::Job;
//! let files = [
//!     ("anggota.csv", "id_keluarga;nik;nama;hubungan;jenis_kelamin;tanggal_lahir\n\
//!                      R1;3508204103659004;NGATINI;1;2;01/03/1965\n\
//!                      R1;3508200505909001;BUDI;3;1;05/05/1990\n"),
//!     ("keluarga.csv", "id_keluarga;jumlah_anggota;kode_desa\nR1;2;3508202001\n"),
//! ];
//! let files = files.map(|(name, text)| (name, text.as_bytes().to_vec()));
//! let results = Job::from_files(files, Date::constant(2026, 11, 1)).run()?;
//! assert_eq!(results.people().persons().len(), 2);
//! assert!(results.intake().closes());
//! let page = bansos_report::html(&results.report_data(), &Default::default());
//! # assert!(page.contains("2026"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Stages, each a file here: read → [`check`] → link → consolidate ([`people`]) → rank ([`rank`]) → decide ([`decide`]).
//! [`Job::progress`] says how far they are, [`Job::cancel`] stops them. Nothing is written unless asked: [`Results::write`]
//! puts the files of a result into a folder, [`Results::report_data`] gives the counts of the report. Only functions that take
//! a path touch a disk, and nothing looks at a clock for a date. What the job chooses where no law and no form decides stands
//! in [`choices()`], each with its source.

mod check;
pub mod choices;
pub mod decide;
mod error;
mod job;
pub mod people;
mod places;
mod progress;
pub mod rank;
mod report;
mod results;
mod review;
pub mod rulings;
mod table;
pub mod write;

pub use check::check;
pub use choices::choices;
pub use error::{JobError, PipelineError};
pub use job::Job;
pub use progress::{Progress, Stage};
pub use results::Results;
pub use review::read_decisions;
