//! `bansos._native`: the door from Python to interop and arrow. Nothing is decided here.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod capsule;
mod columns;
mod error;
mod link;
mod mixed;
mod pool;
mod sound;
mod value;

use pyo3::prelude::*;
use pyo3::types::PyList;

/// Calls an operation by name: plain values in, plain values out. The GIL is released while it works.
#[pyfunction]
fn call(py: Python<'_>, name: &str, request: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    let request = value::from_python(request).map_err(|e| error::raise(py, &e))?;
    let answer = py.detach(|| bansos_interop::guarded(name, request, bansos_interop::Names::Snake));
    value::to_python(py, &answer.map_err(|e| error::raise(py, &e))?)
}

/// Names of the operations.
#[pyfunction]
fn operations(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    PyList::new(py, bansos_interop::OPERATIONS.iter().map(|op| op.name))
}

#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::{
        call,
        capsule::Table,
        columns::{column_needs, columns},
        link::{LinkedTable, link_table},
        operations,
    };
}
