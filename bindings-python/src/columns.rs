//! Column operations: interop's second table, with the GIL released, progress, and Ctrl-C.

use crate::capsule::{self, Given, Table};
use crate::{error, pool, value};
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use bansos_interop::columns as interop;
use bansos_interop::{Names, shielded};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// The names of the caller's columns that a call reads.
#[pyfunction]
pub(crate) fn column_needs(py: Python<'_>, name: &str, options: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let needs = value::from_python(options).and_then(|options| interop::needs(name, options, Names::Snake));
    let needs = needs.map_err(|e| error::raise(py, &e))?;
    Ok(needs.into_iter().map(|need| need.column).collect())
}

/// Runs a column operation: its columns, the tables beside them by name, and what it says of its work by column.
#[pyfunction]
#[pyo3(signature = (name, table, options, progress=None))]
pub(crate) fn columns<'py>(
    py: Python<'py>,
    name: &str,
    table: Given<'_>,
    options: &Bound<'py, PyAny>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Table, Bound<'py, PyDict>, Bound<'py, PyDict>)> {
    let options = value::from_python(options).map_err(|e| error::raise(py, &e))?;
    let made = watched(py, table, progress, |table, watch| interop::call(name, &options, table, watch))?;
    let (tables, reports) = (PyDict::new(py), PyDict::new(py));
    for (name, batch) in made.tables {
        tables.set_item(name, Table::from(batch).into_pyobject(py)?)?;
    }
    for (name, report) in &made.reports {
        reports.set_item(name, value::to_python(py, report)?)?;
    }
    let schema = made.batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
    let kernel_seconds = made.took.as_secs_f64();
    Ok((Table { schema, batches: made.batches, kernel_seconds }, tables, reports))
}

/// Runs `work` on another thread. This one tells `progress(done, total)` every tenth of a second and looks for Ctrl-C; an
/// exception of either stops the work and is raised after it.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    table: Given<'_>,
    progress: Option<Py<PyAny>>,
    work: impl FnOnce(&interop::Table, interop::Watch<'_>) -> Result<T, bansos_interop::Error> + Send,
) -> PyResult<T> {
    let table = capsule::columns(table)?;
    let rows = table.iter().map(|(_, chunks)| chunks.iter().map(|c| c.len()).sum()).max().unwrap_or(0);
    let (done, total, stop) = (AtomicUsize::new(0), AtomicUsize::new(rows), AtomicBool::new(false));
    let watch = |now: usize, of: usize| {
        done.store(now, Ordering::Relaxed);
        total.store(of, Ordering::Relaxed);
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let report_progress = |py: Python<'_>| -> PyResult<()> {
        py.check_signals()?;
        let far = (done.load(Ordering::Relaxed), total.load(Ordering::Relaxed));
        progress.as_ref().map_or(Ok(()), |p| p.call1(py, far).map(|_| ()))
    };
    let mut raised = None;
    let result = py.detach(|| {
        let (table, watch) = (interop::Table::new(table), &watch);
        std::thread::scope(|scope| {
            // closed when the work ends, however it ends: nobody naps past it
            let (working, ended) = mpsc::channel::<()>();
            let worker = scope.spawn(move || {
                let _working = working;
                shielded(|| pool::install(|| work(&table, watch)))
            });
            while ended.recv_timeout(Duration::from_millis(100)) == Err(RecvTimeoutError::Timeout) {
                if raised.is_none() {
                    raised = Python::attach(report_progress).err();
                    stop.store(raised.is_some(), Ordering::Relaxed);
                }
            }
            worker.join()
        })
    });
    match (raised, result) {
        (Some(raised), _) => Err(raised),
        (None, Ok(result)) => {
            let made = result.map_err(|e| error::raise(py, &e))?;
            report_progress(py).map(|()| made)
        }
        (None, Err(_)) => Err(error::raise(py, &bansos_interop::Error::at("", &bansos_interop::InternalError::Fault))),
    }
}
