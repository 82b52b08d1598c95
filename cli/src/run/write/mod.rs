//! The files of the result. Names and the crosswalk's columns are a contract: other programs read them.

pub(crate) mod crosswalk;
mod decisions;
pub(crate) mod duplicates;
mod families;
mod findings;
mod persons;
mod quarantine;
mod summary;

pub(crate) use findings::each as each_finding;
pub(crate) use summary::summary;

use super::{RunArgs, Settled};
use bansos_report::data::{ReportData, ReportOptions};
use bansos_report::html;
use bansos_registers::write::{OutFolder, WriteError};
use rayon::prelude::*;

/// Writes everything into a folder that is not yet in its place.
pub(crate) fn all(settled: &Settled, data: &ReportData, out: &OutFolder, args: &RunArgs) -> Result<(), WriteError> {
    let Settled { intake, linkage, .. } = settled;
    let writers: [&(dyn Fn() -> Result<(), WriteError> + Sync); 11] = [
        &|| persons::write(settled, out),
        &|| families::write(settled, out),
        &|| decisions::write(settled, out),
        &|| findings::write(settled, out),
        &|| crosswalk::write(intake, linkage, out),
        &|| decisions::write_deciles(settled, out),
        &|| duplicates::write(intake, linkage, out),
        &|| duplicates::write_review(intake, linkage, out),
        &|| quarantine::write(settled, out),
        &|| text(out, "summary.json", &summary(settled)),
        &|| {
            text(out, "report.json", &serde_json::to_string(data).unwrap_or_default())?;
            text(out, "report.html", &html(data, &ReportOptions { small_cell: args.small_cell }))
        },
    ];
    writers.par_iter().map(|write| write()).collect()
}

fn text(out: &OutFolder, name: &str, content: &str) -> Result<(), WriteError> {
    let path = out.path(name);
    std::fs::write(&path, content).map_err(|e| WriteError::refused(&path, e))
}
