//! The files of the result. Names and the crosswalk's columns are a contract: other programs read them.

pub mod crosswalk;
mod decisions;
pub mod duplicates;
mod families;
mod findings;
mod persons;
mod quarantine;
mod receipts;
mod summary;

use crate::{PipelineError, Results};
use bansos_registers::write::{OutFolder, WriteError, write_whole};
use bansos_report::ReportOptions;
use bansos_report::html;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

impl Results {
    /// Writes the files of the result into a folder that is absent, empty or an earlier result, whole or not at all.
    ///
    /// # Errors
    /// `write.exists` where the folder holds anything else, `write.yours` where somebody's files are among an earlier result's,
    /// `write.over_input` where the job read from there; `write.refused` where the system refuses.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<(), PipelineError> {
        self.write_to(OutFolder::begin(folder.as_ref())?, &ReportOptions::default())
    }

    /// As [`Results::write`], into a folder begun before the work.
    ///
    /// # Errors
    /// `write.over_input`, `write.refused`; what stood in the result's place then still stands there.
    pub fn write_to(&self, out: OutFolder, options: &ReportOptions) -> Result<(), PipelineError> {
        out.keep_apart_from(self.read_from.iter().map(PathBuf::as_path))?;
        all(self, &out, options)?;
        Ok(out.finish()?)
    }
}

/// Writes everything into a folder that is not yet in its place.
fn all(results: &Results, out: &OutFolder, options: &ReportOptions) -> Result<(), WriteError> {
    let data = &results.report_data();
    let Results { intake, linkage, .. } = results;
    let writers: [&(dyn Fn() -> Result<(), WriteError> + Sync); 12] = [
        &|| persons::write(results, out),
        &|| families::write(results, out),
        &|| decisions::write(results, out),
        &|| findings::write(results, out),
        &|| crosswalk::write(intake, linkage, out),
        &|| decisions::write_deciles(results, out),
        &|| duplicates::write(intake, linkage, out),
        &|| duplicates::write_review(intake, linkage, out),
        &|| quarantine::write(results, out),
        &|| receipts::write(results, out),
        &|| text(out, "summary.json", &results.summary()),
        &|| {
            text(out, "report.json", &serde_json::to_string(data).unwrap_or_default())?;
            text(out, "report.html", &html(data, options))
        },
    ];
    writers.par_iter().map(|write| write()).collect()
}

fn text(out: &OutFolder, name: &str, content: &str) -> Result<(), WriteError> {
    write_whole(&out.path(name), content)
}
