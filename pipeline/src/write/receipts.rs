//! receipts.csv: every row of the lists of recipients, whose it is and what is wrong with it. Rows are named by file and row, never by
//! name or number.

use crate::Results;
use bansos::Coded;
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};

const HEADER: [&str; 14] = [
    "file",
    "sheet",
    "row",
    "line",
    "programme",
    "period",
    "amount",
    "paid",
    "person_id",
    "family_id",
    "registered",
    "findings",
    "temuan",
    "found",
];

/// Writes receipts.csv.
///
/// # Errors
/// `write.refused` where the system refuses.
pub(super) fn write(results: &Results, out: &OutFolder) -> Result<(), WriteError> {
    let Results { intake, linkage, recipients, .. } = results;
    let mut csv = SafeCsv::begin(&out.path("receipts.csv"), &HEADER)?;
    for row in recipients.rows() {
        let receipt = &row.receipt;
        let file = intake.files.get(usize::from(receipt.origin.file));
        let (path, sheet) = file.map_or(("", ""), |f| (f.path.as_str(), f.sheet.as_deref().unwrap_or("")));
        let line = file.map(|f| f.lines.of(receipt.origin.row).to_string()).unwrap_or_default();
        let codes: Vec<&str> = row.findings.iter().map(Coded::code).collect();
        let said: Vec<_> = row.findings.iter().map(Coded::messages).collect();
        let registered = match codes.contains(&"kpm.recipient_unregistered") {
            _ if !recipients.held_against_registers() => "",
            true => "false",
            false => "true",
        };
        let cells = [
            path.to_owned(),
            sheet.to_owned(),
            receipt.origin.row.to_string(),
            line,
            receipt.programme.unwrap_or_default().to_owned(),
            receipt.period.to_string(),
            receipt.amount.map(|amount| amount.0.to_string()).unwrap_or_default(),
            receipt.paid.map(|paid| paid.to_string()).unwrap_or_default(),
            row.person.map(|person| linkage.person_id(person)).unwrap_or_default(),
            row.family.map(|family| linkage.family_id(family)).unwrap_or_default(),
            registered.to_owned(),
            codes.join(" "),
            said.iter().map(|s| &*s.id).collect::<Vec<_>>().join("; "),
            said.iter().map(|s| &*s.en).collect::<Vec<_>>().join("; "),
        ];
        csv.row(cells.iter().map(String::as_str))?;
    }
    csv.finish()
}
