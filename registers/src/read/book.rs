//! A workbook: every visible sheet that fits a layout is read, each with its own; hidden sheets only where no visible one
//! fits. What is not read is said, with how many rows it has.

use super::ReadOptions;
use super::file::{refused, table};
use super::pass::Before;
use crate::intake::{Refused, Unread};
use crate::layout::{Candidate, best};
use crate::table::{Blanks, Form, Limits, Row, Source, Stream};
use crate::{Intake, ReadError, SheetFault};

pub(super) fn read(
    source: &Source,
    options: &ReadOptions<'_>,
    forms: &[Form],
    candidates: &[Candidate],
    intake: &mut Intake,
) -> Result<(), ReadError> {
    let before = Before::of(intake);
    let outcome = sheets(source, options, forms, candidates, intake, before.files);
    if outcome.is_err() {
        before.restore(intake);
    }
    let not_read = outcome?;
    let read = intake.files.get_mut(before.files..).unwrap_or_default();
    let several = read.len() > 1;
    read.iter_mut().for_each(|report| report.one_of_several = several);
    if read.is_empty() {
        return Err(why_none(source, options, candidates, not_read));
    }
    for (form, error) in not_read {
        let Some(sheet) = form.sheet() else { continue };
        let (file, sheet) = (source.name().to_owned(), sheet.to_owned());
        let rows = rows(source, form);
        let reason = match error {
            None => SheetFault::Hidden { rows },
            Some(ReadError::UnknownHeader { .. } | ReadError::NoKnownColumn { .. }) => SheetFault::NoLayout { rows },
            Some(ReadError::HeaderOnly { .. }) => SheetFault::HeaderOnly,
            Some(error) => {
                intake.refused.push(Refused { file: format!("{file} [{sheet}]"), error });
                continue;
            }
        };
        intake.unread.push(Unread { file, sheet, rows, reason });
    }
    Ok(())
}

/// Reads the sheets that fit, the visible ones first; gives those that were not read, with the error of those that were tried.
fn sheets<'f>(
    source: &Source,
    options: &ReadOptions<'_>,
    forms: &'f [Form],
    candidates: &[Candidate],
    intake: &mut Intake,
    before: usize,
) -> Result<Vec<(&'f Form, Option<ReadError>)>, ReadError> {
    let mut not_read = Vec::new();
    for hidden in [false, true] {
        let passed_over = hidden && intake.files.len() > before;
        for (form, candidate) in forms.iter().zip(candidates).filter(|(form, _)| form.is_hidden() == hidden) {
            if passed_over {
                not_read.push((form, None));
                continue;
            }
            let name = match form.sheet() {
                Some(sheet) if forms.len() > 1 => format!("{} [{sheet}]", source.name()),
                _ => source.name().to_owned(),
            };
            let only = std::slice::from_ref(candidate);
            match table(source, name, options, std::slice::from_ref(form), only, intake) {
                Ok(()) => {}
                // of this sheet alone
                Err(
                    error @ (ReadError::UnknownHeader { .. }
                    | ReadError::NoKnownColumn { .. }
                    | ReadError::HeaderOnly { .. }
                    | ReadError::Ambiguous { .. }
                    | ReadError::DoubledColumn { .. }
                    | ReadError::UnreadColumn { .. }
                    | ReadError::Empty { .. }),
                ) => not_read.push((form, Some(error))),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(not_read)
}

/// Where no sheet fits: what is wrong with one whose header is known, else what the nearest of all lacks.
fn why_none(
    source: &Source,
    options: &ReadOptions<'_>,
    candidates: &[Candidate],
    not_read: Vec<(&Form, Option<ReadError>)>,
) -> ReadError {
    use ReadError::{Empty, NoKnownColumn, UnknownHeader};
    let known = |error: &ReadError| !matches!(error, UnknownHeader { .. } | NoKnownColumn { .. } | Empty { .. });
    let name = source.name().to_owned();
    match not_read.into_iter().filter_map(|(_, error)| error).find(known) {
        Some(error) => error,
        None => best(&options.all_layouts(), candidates)
            .err()
            .map_or_else(|| ReadError::Empty { file: name.clone() }, |why| refused(source, name.clone(), why)),
    }
}

/// Rows of a sheet that are not blank; of a damaged one, those before the damage.
fn rows(source: &Source, form: &Form) -> u64 {
    let stream = Stream::open(source, form, 0, 0, Blanks::Pass { list: false }, Limits::default());
    let Ok(mut stream) = stream else { return 0 };
    let (mut row, mut rows) = (Row::new(), 0);
    while matches!(stream.next(&mut row), Ok(true)) {
        rows += 1;
    }
    rows
}
