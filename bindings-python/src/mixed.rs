//! A column that its own library cannot give as Arrow data: a pandas column of objects may hold texts beside numbers. What that
//! library says of it quotes a cell and is in its own words, so it is told again in ours.

use crate::error;
use bansos_interop::{Error, InputError};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use std::collections::BTreeSet;

/// Cells that are looked at for their kinds.
const LOOKED_AT: usize = 100_000;

/// The refusal in our words; an interrupt and the like stay what they are.
pub(crate) fn refused(column: &str, given: &Bound<'_, PyAny>, why: PyErr) -> PyErr {
    let py = given.py();
    if !why.is_instance_of::<PyException>(py) {
        return why;
    }
    let kinds = kinds(given).unwrap_or_default().into_iter().collect::<Vec<_>>().join(", ");
    error::raise(py, &Error::at("", &InputError::ColumnMixed { column: column.to_owned(), kinds }))
}

/// Names of the types of a column's cells, or of the only column's of a table.
fn kinds(given: &Bound<'_, PyAny>) -> PyResult<BTreeSet<String>> {
    let column = match given.getattr("columns") {
        Ok(columns) => given.get_item(columns.get_item(0)?)?,
        Err(_) => given.clone(),
    };
    // categories are what differs
    let cells = column.getattr("cat").and_then(|cat| cat.getattr("categories")).unwrap_or(column);
    let mut kinds = BTreeSet::new();
    for cell in cells.try_iter()?.take(LOOKED_AT) {
        let cell = cell?;
        // NaN is what pandas has for nothing
        let is_nan = || cell.extract::<f64>().is_ok_and(f64::is_nan);
        if !cell.is_none() && !is_nan() {
            kinds.insert(cell.get_type().name()?.to_string());
        }
    }
    Ok(kinds)
}
