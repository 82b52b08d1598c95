//! quarantine.csv: the rows set aside, where they stand and why (`line` is the line that an editor or
//! Excel shows); never what stands in them.

use crate::Results;
use bansos::Coded;
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};

pub(super) fn write(results: &Results, out: &OutFolder) -> Result<(), WriteError> {
    let header = ["file", "source", "row", "column", "code", "pesan", "message", "sheet", "line"];
    let mut csv = SafeCsv::begin(&out.path("quarantine.csv"), &header)?;
    for q in &results.intake.quarantine {
        let file = results.intake.files.get(usize::from(q.file));
        let line = file.map(|f| f.lines.of(q.row).to_string()).unwrap_or_default();
        let (file, sheet) = file.map_or(("", ""), |f| (f.path.as_str(), f.sheet.as_deref().unwrap_or("")));
        let said = q.reason.messages();
        let row = q.row.to_string();
        let column = q.column.as_deref().unwrap_or("");
        csv.row([file, q.source.word(), &row, column, q.reason.code(), &said.id, &said.en, sheet, &line])?;
    }
    csv.finish()
}
