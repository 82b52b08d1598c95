//! A table linked, kept so that more can be asked of it. What it says is interop's.

use crate::capsule::{Given, Table};
use crate::columns::watched;
use crate::{error, pool, value};
use bansos_interop::columns::link::Linked;
use bansos_interop::{Error, shielded};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;

/// A table linked: pairs, clusters, and the model.
#[pyclass(frozen, module = "bansos._native")]
pub(crate) struct LinkedTable(Linked);

/// Links the rows of columns: the column operation `link` with the linker kept.
#[pyfunction]
pub(crate) fn link_table(py: Python<'_>, table: Given<'_>, options: &Bound<'_, PyAny>) -> PyResult<LinkedTable> {
    let options = value::from_python(options).map_err(|e| error::raise(py, &e))?;
    watched(py, table, None, |table, watch| Linked::new(&options, table, watch)).map(LinkedTable)
}

/// What is asked of the linker, a fault of its own as an exception too.
fn given<T: Send>(py: Python<'_>, ask: impl FnOnce() -> Result<T, Error> + Send) -> PyResult<T> {
    py.detach(|| shielded(|| pool::install(ask))).map_err(|e| error::raise(py, &e))
}

#[pymethods]
impl LinkedTable {
    /// row_l, row_r, match_weight, match_probability, and gamma_… per comparison: the level's number, null where missing.
    fn pairs(&self, py: Python<'_>) -> PyResult<Table> {
        given(py, || self.0.pairs()).map(Into::into)
    }

    /// cluster per row: the cluster's lowest row.
    fn clusters(&self, py: Python<'_>) -> PyResult<Table> {
        given(py, || self.0.clusters()).map(Into::into)
    }

    /// The model, the rules and the weights.
    fn report(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let report = given(py, || self.0.report())?;
        value::to_python(py, &serde_json::to_value(report).unwrap_or_default())
    }

    /// (step, bits) of the weight of two rows.
    fn waterfall(&self, row_l: u32, row_r: u32) -> PyResult<Vec<(String, f32)>> {
        let last = self.0.rows().saturating_sub(1);
        self.0.waterfall(row_l, row_r).ok_or_else(|| PyIndexError::new_err(format!("rows are two of 0 to {last}")))
    }

    /// Per row the weight it reaches against a copy of itself.
    fn self_weights(&self, py: Python<'_>) -> PyResult<Table> {
        given(py, || self.0.self_weights()).map(Into::into)
    }
}
