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

/// One line for each person row and each family row; a family row has no person.
pub(super) fn write(intake: &Intake, linkage: &Linkage, out: &OutFolder) -> Result<(), WriteError> {
    let mut csv = SafeCsv::begin_plain(&out.path(ROWS), &COLUMNS)?;
    let named = |o: Origin| {
        let file = intake.files.get(usize::from(o.file)).map_or("", |f| f.path.as_str());
        (file.to_owned(), o.row.to_string())
    };
    for (i, p) in intake.persons.iter().enumerate() {
        let (file, row) = named(p.origin);
        let (person, family) = (linkage.person_id(linkage.persons[i]), linkage.family_id(linkage.families[i]));
        csv.row([file.as_str(), &row, &person, &family])?;
    }
    for (i, f) in intake.families.iter().enumerate() {
        let (file, row) = named(f.origin);
        csv.row([file.as_str(), &row, "", &linkage.family_id(linkage.family_records[i])])?;
    }
    csv.finish()
}

/// Gives persons and families the identifiers that a file of an earlier run has for their rows.
pub(super) fn keep_ids(linkage: &mut Linkage, intake: &Intake, path: &Path) -> Result<(), Failure> {
    let table = open_table(path, COLUMNS)?;
    let number = |cell: &str| cell.get(1..).and_then(|n| n.parse::<u32>().ok());
    let mut known: HashMap<(String, u32), Earlier> = HashMap::new();
    let mut last = Earlier::default();
    let column = |name: &str| table.column(name).map_err(Failure::input);
    let [file, at, person, family] = COLUMNS.map(column);
    let (file, at, person, family) = (file?, at?, person?, family?);
    let mut rows = table.rows().map_err(Failure::input)?;
    let mut row = Row::new();
    while rows.read(&mut row).map_err(Failure::input)? {
        let earlier = Earlier { person: number(&row.text(person)), family: number(&row.text(family)) };
        last = Earlier { person: last.person.max(earlier.person), family: last.family.max(earlier.family) };
        if let Ok(at) = row.text(at).parse() {
            // a row that describes a family and its head has two lines
            let slot = known.entry((row.text(file).into_owned(), at)).or_default();
            *slot = Earlier { person: earlier.person.or(slot.person), family: earlier.family.or(slot.family) };
        }
    }
    let of = |o: Origin| -> Earlier {
        let file = intake.files.get(usize::from(o.file)).map_or("", |f| f.path.as_str());
        known.get(&(file.to_owned(), o.row)).copied().unwrap_or_default()
    };
    let persons: Vec<Earlier> = intake.persons.iter().map(|p| of(p.origin)).collect();
    let families: Vec<Earlier> = intake.families.iter().map(|f| of(f.origin)).collect();
    linkage.keep_ids(&persons, &families, last);
    Ok(())
}
