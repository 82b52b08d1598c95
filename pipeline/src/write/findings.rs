//! findings.csv and findings.parquet: what was noticed, by file, row and column; never a person's value.

use crate::Results;
use crate::places::Place;
use crate::table::{Numbers, Table, Texts};
use bansos::{Coded, Severity};
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};
use std::sync::Arc;

const HEADER: [&str; 13] = [
    "file",
    "source",
    "row",
    "field",
    "severity",
    "code",
    "pesan",
    "message",
    "kecamatan",
    "desa",
    "village_code",
    "sheet",
    "line",
];

pub(super) fn write(results: &Results, out: &OutFolder) -> Result<(), WriteError> {
    let mut csv = SafeCsv::begin(&out.path("findings.csv"), &HEADER)?;
    let mut columns: [Texts; 11] = Default::default();
    let (mut rows, mut lines) = (Numbers::default(), Numbers::default());
    // of a file or a sheet as a whole, without a row
    for said in of_files(results) {
        let [file, source, sheet] = [&said.file, said.source, &said.sheet].map(|text: &str| text);
        let (severity, code, id, en) = (said.severity, said.code, &*said.said.id, &*said.said.en);
        csv.row([file, source, "", "", severity, code, id, en, "", "", "", sheet, ""])?;
        rows.maybe(None);
        lines.maybe(None);
        let cells = [file, source, "", severity, code, id, en, "", "", "", sheet];
        columns.iter_mut().zip(cells).for_each(|(column, text)| column.push(text));
    }
    let mut place = (std::ptr::null(), Place::default());
    for (origin, noticed, residence) in results.each_finding() {
        // rows of one family share their residence, and stand together
        if place.0 != Arc::as_ptr(residence) {
            place = (Arc::as_ptr(residence), results.places.of(Some(residence)));
        }
        let file = results.intake.files.get(usize::from(origin.file));
        let line = file.map_or(0, |f| f.lines.of(origin.row));
        let (file, sheet) = file.map_or(("", ""), |f| (f.path.as_str(), f.sheet.as_deref().unwrap_or("")));
        let said = noticed.finding.messages();
        let (row, field) = (origin.row.to_string(), noticed.field.word());
        let (severity, code) = (noticed.finding.severity().word(), noticed.finding.code());
        let Place { district, village, village_code, .. } = &place.1;
        let (source, id, en) = (origin.source.word(), &*said.id, &*said.en);
        let at = line.to_string();
        csv.row([file, source, &row, field, severity, code, id, en, district, village, village_code, sheet, &at])?;
        rows.push(origin.row.into());
        lines.maybe(i64::try_from(line).ok());
        for (column, text) in columns.iter_mut().zip([
            file,
            source,
            field,
            severity,
            code,
            id,
            en,
            district,
            village,
            village_code,
            sheet,
        ]) {
            column.push(text);
        }
    }
    csv.finish()?;
    let mut table = Table::default();
    for (name, column) in HEADER.into_iter().filter(|n| !["row", "line"].contains(n)).zip(columns) {
        table.add(name, column.done());
    }
    table.add("row", rows.done());
    table.add("line", lines.done());
    table.write(&out.path("findings.parquet"))
}

/// What is said of a file, or of a sheet that was not read.
pub(crate) struct OfFile {
    pub(crate) file: String,
    pub(crate) sheet: String,
    pub(crate) source: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) code: &'static str,
    pub(crate) said: bansos::Bilingual,
}

/// Notes that are more than information, and sheets that were not read.
pub(crate) fn of_files(results: &Results) -> impl Iterator<Item = OfFile> {
    let notes = results.intake.files.iter().flat_map(|f| {
        f.notes.iter().filter(|n| n.severity() > Severity::Info).map(|n| OfFile {
            file: f.path.clone(),
            sheet: f.sheet.clone().unwrap_or_default(),
            source: f.source.word(),
            severity: n.severity().word(),
            code: n.code(),
            said: n.messages(),
        })
    });
    let unread = results.intake.unread.iter().map(|u| OfFile {
        file: u.file.clone(),
        sheet: u.sheet.clone(),
        source: "",
        severity: u.reason.severity().word(),
        code: u.reason.code(),
        said: u.reason.messages(),
    });
    notes.chain(unread)
}
