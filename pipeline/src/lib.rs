//! **bansos-pipeline**: the main job as a library. Registers in; one register of persons and families, a list of problems,
//! duplicates, deciles and decisions out, in memory.
//!
//! Stages, each a file here: read → check → link → consolidate ([`people`]) → rank ([`rank`]) → decide ([`decide`]). Nothing
//! is written unless asked: [`Results::write`] puts the files of a result into a folder, [`Results::report_data`] gives the
//! counts of the report.

mod check;
pub mod decide;
mod error;
mod job;
pub mod people;
mod places;
mod progress;
pub mod rank;
mod report;
mod results;
pub mod rulings;
mod table;
pub mod write;

pub use check::check;
pub use error::{JobError, PipelineError};
pub use job::Job;
pub use progress::{Progress, Stage};
pub use results::Results;
