//! Every way to read a file, and whether it is one table or a workbook of several.

use super::{ReadOptions, book, file};
use crate::layout::Candidate;
use crate::table::{self, Limits, Source};
use crate::{Intake, ReadError};

pub(super) fn read(source: &Source, options: &ReadOptions<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let name = source.name().to_owned();
    let (mut forms, mut candidates) = (Vec::new(), Vec::new());
    for reading in table::readings(source, &Limits::default())? {
        forms.push(reading.form);
        candidates.push(Candidate { rows: reading.top });
    }
    // read with another delimiter, a row of delimiters is a cell with nothing but delimiters
    let nothing = |cell: &String| cell.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"'));
    if candidates.iter().all(|c| c.rows.iter().flatten().all(nothing)) {
        return Err(ReadError::Empty { file: name });
    }
    if forms.iter().any(|form| form.sheet().is_some()) {
        book::read(source, options, &forms, &candidates, intake)
    } else {
        file::table(source, name, options, &forms, &candidates, intake)
    }
}
