//! The files of the result. Names and the crosswalk's columns are a contract: other programs read them.

pub mod crosswalk;
mod decisions;
pub mod duplicates;
mod families;
mod findings;
mod persons;
mod quarantine;
mod summary;

pub(crate) use findings::each as each_finding;
pub(crate) use summary::summary;

use crate::Results;
use bansos_registers::write::{OutFolder, WriteError};
use bansos_report::ReportOptions;
use bansos_report::html;
use rayon::prelude::*;

/// Writes everything into a folder that is not yet in its place.
pub(crate) fn all(results: &Results, out: &OutFolder, options: &ReportOptions) -> Result<(), WriteError> {
    let data = &results.report_data();
    let Results { intake, linkage, .. } = results;
    let writers: [&(dyn Fn() -> Result<(), WriteError> + Sync); 11] = [
        &|| persons::write(results, out),
        &|| families::write(results, out),
        &|| decisions::write(results, out),
        &|| findings::write(results, out),
        &|| crosswalk::write(intake, linkage, out),
        &|| decisions::write_deciles(results, out),
        &|| duplicates::write(intake, linkage, out),
        &|| duplicates::write_review(intake, linkage, out),
        &|| quarantine::write(results, out),
        &|| text(out, "summary.json", &summary(results)),
        &|| {
            text(out, "report.json", &serde_json::to_string(data).unwrap_or_default())?;
            text(out, "report.html", &html(data, options))
        },
    ];
    writers.par_iter().map(|write| write()).collect()
}

fn text(out: &OutFolder, name: &str, content: &str) -> Result<(), WriteError> {
    let path = out.path(name);
    std::fs::write(&path, content).map_err(|e| WriteError::refused(&path, e))
}
