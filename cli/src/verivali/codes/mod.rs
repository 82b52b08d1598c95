//! `bansos verivali import` and `export`: result files of other systems, in and out, by their codes.

mod export;
mod import;

use super::book::VerivaliError;
use crate::failure::Failure;
use bansos::verivali::{CodedField, SubjectKind, code_map, code_maps};

pub(crate) use export::{ExportArgs, export};
#[cfg(test)]
pub(crate) use import::RowFinding;
pub(crate) use import::{ImportArgs, import};

fn bad(name: &'static str, text: &str) -> Failure {
    Failure::usage(VerivaliError::BadOption { name, text: text.to_owned() })
}

fn field<'a>(map: &str, column: &str) -> Result<&'a CodedField, Failure> {
    let known = || code_maps().iter().map(|m| m.id.as_str()).collect::<Vec<_>>().join(", ");
    let map = code_map(map)
        .ok_or_else(|| Failure::usage(VerivaliError::NoCodeMap { name: map.to_owned(), known: known() }))?;
    map.field(column).ok_or_else(|| {
        let known = map.fields.iter().map(|f| f.column.as_str()).collect::<Vec<_>>().join(", ");
        Failure::usage(VerivaliError::NoCodeMap { name: format!("{}/{column}", map.id), known })
    })
}

fn kind_of(text: Option<&str>, default: SubjectKind) -> Result<SubjectKind, Failure> {
    text.map_or(Ok(default), |t| SubjectKind::from_word(t).ok_or_else(|| bad("kind", t)))
}
