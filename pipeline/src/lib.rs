#![doc = include_str!("../README.md")]
//!
//! Stages, each a file here: read → [`check`] → link → consolidate ([`people`]) → rank ([`rank`]) → decide ([`decide`]).
//! [`Job::progress`] says how far they are, [`Job::cancel`] stops them. Nothing is written unless asked: [`Results::write`]
//! puts the files of a result into a folder, [`Results::report_data`] gives the counts of the report. Only functions that take
//! a path touch a disk, and nothing looks at a clock for a date. What the job chooses where no law and no form decides stands
//! in [`choices()`], each with its source.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod check;
pub mod choices;
pub mod decide;
mod error;
mod job;
pub mod people;
mod places;
mod progress;
pub mod rank;
mod recipients;
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
pub use recipients::{Recipient, RecipientCounts, Recipients};
pub use results::Results;
pub use review::read_decisions;
