//! findings.csv and findings.parquet: what was noticed, by file, row and column; never a person's value.

use crate::Results;
use crate::places::Place;
use crate::table::{Numbers, Table, Texts};
use bansos::Coded;
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};
use std::sync::Arc;

const HEADER: [&str; 11] =
    ["file", "source", "row", "field", "severity", "code", "pesan", "message", "kecamatan", "desa", "village_code"];

pub(super) fn write(results: &Results, out: &OutFolder) -> Result<(), WriteError> {
    let mut csv = SafeCsv::begin(&out.path("findings.csv"), &HEADER)?;
    let mut columns: [Texts; 10] = Default::default();
    let mut rows = Numbers::default();
    let mut place = (std::ptr::null(), Place::default());
    for (origin, noticed, residence) in results.each_finding() {
        // rows of one family share their residence, and stand together
        if place.0 != Arc::as_ptr(residence) {
            place = (Arc::as_ptr(residence), Place::of(Some(residence)));
        }
        let file = results.intake.files.get(usize::from(origin.file)).map_or("", |f| f.path.as_str());
        let said = noticed.finding.messages();
        let (row, field) = (origin.row.to_string(), noticed.field.word());
        let (severity, code) = (noticed.finding.severity().word(), noticed.finding.code());
        let Place { district, village, village_code, .. } = &place.1;
        let (source, id, en) = (origin.source.word(), &*said.id, &*said.en);
        csv.row([file, source, &row, field, severity, code, id, en, district, village, village_code])?;
        rows.push(origin.row.into());
        for (column, text) in
            columns.iter_mut().zip([file, source, field, severity, code, id, en, district, village, village_code])
        {
            column.push(text);
        }
    }
    csv.finish()?;
    let mut table = Table::default();
    for (name, column) in HEADER.into_iter().filter(|n| *n != "row").zip(columns) {
        table.add(name, column.done());
    }
    table.add("row", rows.done());
    table.write(&out.path("findings.parquet"))
}
