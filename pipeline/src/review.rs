//! A review file that somebody filled in, read back.

use crate::write::duplicates;
use crate::{JobError, PipelineError};
use bansos::source::{Origin, Source};
use bansos_linkage::register::Decision;
use bansos_registers::table::{Column, Table};
use bansos_registers::write::safe_cell;
use bansos_registers::{Intake, ReadError, shown_path};
use std::path::Path;

/// The filled-in lines of a review.csv. Files are found by name, so that a folder with one more file keeps its decisions.
///
/// # Errors
/// The file cannot be read or lacks a column; `cli.bad_decision` for a line that names no row of these registers or whose
/// answer is neither yes nor no.
pub fn read_decisions(path: &Path, intake: &Intake) -> Result<Vec<Decision>, PipelineError> {
    let bad = |line: u64| JobError::BadDecision { path: shown_path(path), line };
    let table = match Table::options().looking_for(duplicates::REVIEW_HEADER).open(path) {
        // begun, and nothing decided yet
        Err(ReadError::Empty { .. }) => return Ok(Vec::new()),
        other => other?,
    };
    let column = |name: &str| table.column(name);
    let same = column("same")?;
    let a = [column("source_a")?, column("file_a")?, column("row_a")?];
    let b = [column("source_b")?, column("file_b")?, column("row_b")?];
    // files of earlier editions have no sheets
    let (sheet_a, sheet_b) = (table.find(&["sheet_a"])?, table.find(&["sheet_b"])?);
    let mut all = Vec::new();
    for row in table.rows()? {
        let row = row?;
        let same = match row.text(same).to_ascii_lowercase().as_str() {
            "" => continue,
            "yes" | "y" | "ya" | "1" | "true" => true,
            "no" | "n" | "tidak" | "t" | "0" | "false" => false,
            _ => return Err(bad(row.line()).into()),
        };
        let side = |[source, file, at]: [Column; 3], sheet: Option<Column>| {
            let sheet = sheet.and_then(|column| row.filled(column));
            let name = row.text(file);
            let file = intake.files.iter().position(|f| {
                (f.path == name || safe_cell(&f.path) == name)
                    && sheet.as_deref().is_none_or(|sheet| f.sheet.as_deref() == Some(sheet))
            })?;
            Some(Origin {
                source: Source::from_word(&row.text(source))?,
                file: u16::try_from(file).ok()?,
                row: row.text(at).parse().ok()?,
            })
        };
        let (Some(a), Some(b)) = (side(a, sheet_a), side(b, sheet_b)) else { return Err(bad(row.line()).into()) };
        all.push(Decision { a, b, same });
    }
    Ok(all)
}
