//! crosswalk.csv: which person and family each row stands for. One line for every row that stands for a person, the
//! quarantined ones with empty ids.

use bansos_linkage::register::Linkage;
use bansos_registers::Intake;
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};

/// Writes crosswalk.csv. `row` is the 1-based data row of its `file` and `sheet`.
///
/// # Errors
/// `write.refused` where the system refuses.
pub fn write(intake: &Intake, linkage: &Linkage, out: &OutFolder) -> Result<(), WriteError> {
    let mut lines: Vec<(u16, u32, &'static str, Option<usize>)> = intake
        .persons
        .iter()
        .enumerate()
        .map(|(i, p)| (p.origin.file, p.origin.row, p.origin.source.word(), Some(i)))
        .collect();
    let stands_for_person = |file: u16| intake.files.get(usize::from(file)).is_some_and(|f| f.kind.has_persons());
    lines.extend(
        intake.quarantine.iter().filter(|q| stands_for_person(q.file)).map(|q| (q.file, q.row, q.source.word(), None)),
    );
    lines.sort_unstable();

    let header = ["source", "row", "person_id", "family_id", "file", "sheet"];
    let mut csv = SafeCsv::begin_plain(&out.path("crosswalk.csv"), &header)?;
    for (file, row, source, person) in lines {
        let (person_id, family_id) = match person {
            Some(i) => (linkage.person_id(linkage.persons[i]), linkage.family_id(linkage.families[i])),
            None => Default::default(),
        };
        let file = intake.files.get(usize::from(file));
        let (path, sheet) = file.map_or(("", ""), |f| (f.path.as_str(), f.sheet.as_deref().unwrap_or("")));
        csv.row([source, &row.to_string(), &person_id, &family_id, path, sheet])?;
    }
    csv.finish()
}
