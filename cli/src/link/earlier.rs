//! What an earlier run called each row, so that identifiers stay when files are added.

use crate::failure::Failure;
use crate::input::open_table;
use bansos::source::Origin;
use bansos_linkage::register::{Earlier, Linkage};
use bansos_registers::Intake;
use bansos_registers::table::Row;
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};
use std::collections::HashMap;
use std::path::Path;

/// The file that says it.
pub(super) const ROWS: &str = "rows.csv";
const COLUMNS: [&str; 4] = ["file", "row", "person_id", "family_id"];
/// With what was added later: the sheet, and the line that an editor or Excel shows.
const HEADER: [&str; 6] = ["file", "row", "person_id", "family_id", "sheet", "line"];

/// One line for each person row and each family row; a family row has no person.
pub(super) fn write(intake: &Intake, linkage: &Linkage, out: &OutFolder) -> Result<(), WriteError> {
    let mut csv = SafeCsv::begin_plain(&out.path(ROWS), &HEADER)?;
    let named = |o: Origin| {
        let file = intake.files.get(usize::from(o.file));
        let line = file.map(|f| f.lines.of(o.row).to_string()).unwrap_or_default();
        let (path, sheet) = file.map_or(("", ""), |f| (f.path.as_str(), f.sheet.as_deref().unwrap_or("")));
        (path, o.row.to_string(), sheet, line)
    };
    for (i, p) in intake.persons.iter().enumerate() {
        let (file, row, sheet, line) = named(p.origin);
        let (person, family) = (linkage.person_id(linkage.persons[i]), linkage.family_id(linkage.families[i]));
        csv.row([file, &row, &person, &family, sheet, &line])?;
    }
    for (i, f) in intake.families.iter().enumerate() {
        let (file, row, sheet, line) = named(f.origin);
        csv.row([file, &row, "", &linkage.family_id(linkage.family_records[i]), sheet, &line])?;
    }
    csv.finish()
}

/// Gives persons and families the identifiers that a file of an earlier run has for their rows.
pub(super) fn keep_ids(linkage: &mut Linkage, intake: &Intake, path: &Path) -> Result<(), Failure> {
    let table = open_table(path, COLUMNS)?;
    let number = |cell: &str| cell.get(1..).and_then(|n| n.parse::<u32>().ok());
    let mut known: HashMap<(String, String, u32), Earlier> = HashMap::new();
    let mut last = Earlier::default();
    let column = |name: &str| table.column(name).map_err(Failure::input);
    let [file, at, person, family] = COLUMNS.map(column);
    let (file, at, person, family) = (file?, at?, person?, family?);
    // files of earlier editions read one sheet of a workbook and do not say which
    let sheet = table.find(&["sheet"]).map_err(Failure::input)?;
    let mut rows = table.rows().map_err(Failure::input)?;
    let mut row = Row::new();
    while rows.read(&mut row).map_err(Failure::input)? {
        let earlier = Earlier { person: number(&row.text(person)), family: number(&row.text(family)) };
        last = Earlier { person: last.person.max(earlier.person), family: last.family.max(earlier.family) };
        if let Ok(at) = row.text(at).parse() {
            // a row that describes a family and its head has two lines
            let slot = known
                .entry((row.text(file).into_owned(), sheet.map(|s| row.text(s).into_owned()).unwrap_or_default(), at))
                .or_default();
            *slot = Earlier { person: earlier.person.or(slot.person), family: earlier.family.or(slot.family) };
        }
    }
    let of = |o: Origin| -> Earlier {
        let Some(file) = intake.files.get(usize::from(o.file)) else { return Earlier::default() };
        let of_sheet = |sheet: &str| known.get(&(file.path.clone(), sheet.to_owned(), o.row)).copied();
        let sheet = file.sheet.as_deref().unwrap_or("");
        let earlier = of_sheet(sheet).or_else(|| if file.one_of_several { None } else { of_sheet("") });
        earlier.unwrap_or_default()
    };
    let persons: Vec<Earlier> = intake.persons.iter().map(|p| of(p.origin)).collect();
    let families: Vec<Earlier> = intake.families.iter().map(|f| of(f.origin)).collect();
    linkage.keep_ids(&persons, &families, last);
    Ok(())
}
