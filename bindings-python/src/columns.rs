//! Column operations: the kernels of bansos-arrow, with the GIL released, progress, and Ctrl-C.

use crate::capsule::{Chunks, Table};
use crate::{error, value};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema};
use bansos::ranking::RankOptions;
use bansos_arrow::nik::{Wanted, examine};
use bansos_arrow::ranking::{Arrays, rank_arrays};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Rows between two looks at the stop flag: some tens of milliseconds of work.
const SLICE: usize = 4 << 20;

/// Judges a column of NIKs: one row for each cell, with the columns wanted.
#[pyfunction]
#[pyo3(signature = (values, as_of, wanted, progress=None))]
pub(crate) fn nik_columns(
    py: Python<'_>,
    values: Chunks,
    as_of: &Bound<'_, PyAny>,
    wanted: Vec<String>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Table> {
    let as_of = value::from_python(as_of).and_then(|day| bansos_interop::read_as(&day));
    let as_of: bansos_interop::value::Day = as_of.map_err(|e| error::raise(py, &e))?;
    let has = |name: &str| wanted.iter().any(|w| w == name);
    let wanted = Wanted {
        class: has("class"),
        region: has("region"),
        birth_date: has("birth_date"),
        sex: has("sex"),
        flags: has("flags"),
    };
    let (done, stop, total) = (AtomicUsize::new(0), AtomicBool::new(false), values.len());
    let work = || -> Result<(Vec<RecordBatch>, f64), Failure> {
        let start = Instant::now();
        let mut batches = Vec::new();
        for chunk in &values.0 {
            for start in (0..chunk.len().max(1)).step_by(SLICE) {
                if stop.load(Ordering::Relaxed) {
                    return Ok((batches, 0.0));
                }
                let slice = chunk.slice(start, SLICE.min(chunk.len() - start));
                batches.push(examine(slice.as_ref(), wanted, as_of.0)?.to_batch()?);
                done.fetch_add(slice.len(), Ordering::Relaxed);
            }
        }
        Ok((batches, start.elapsed().as_secs_f64()))
    };
    let made = watched(py, work, &stop, || (done.load(Ordering::Relaxed), total), progress)?;
    let (batches, kernel_seconds) = made.map_err(|why| why.raise(py))?;
    let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
    Ok(Table { schema, batches, kernel_seconds })
}

/// Ranks columns by each grouping, `None` for all rows together: one column of parts (1..=10 or 1..=100, null where not
/// ranked) and one report for each.
#[pyfunction]
#[pyo3(signature = (score, size, key, groupings, options))]
pub(crate) fn rank_columns(
    py: Python<'_>,
    score: Chunks,
    size: Option<Chunks>,
    key: Option<Chunks>,
    groupings: Vec<Option<Chunks>>,
    options: &Bound<'_, PyAny>,
) -> PyResult<(Table, Py<PyAny>)> {
    let options = value::from_python(options).and_then(|o| bansos_interop::read_as(&o));
    let options: RankOptions = options.map_err(|e| error::raise(py, &e))?;
    let joined = |column: Option<Chunks>| column.map(|c| c.joined()).transpose();
    let (score, size, key) = (score.joined()?, joined(size)?, joined(key)?);
    let groupings: Vec<_> = groupings.into_iter().map(joined).collect::<PyResult<_>>()?;
    let by: Vec<_> = groupings.iter().map(Option::as_deref).collect();
    let arrays = Arrays { score: score.as_ref(), size: size.as_deref(), key: key.as_deref() };
    let start = Instant::now();
    let ranked = py.detach(|| rank_arrays(&arrays, &by, &options));
    let kernel_seconds = start.elapsed().as_secs_f64();
    let ranked = ranked.map_err(|e| error::raise(py, &bansos_interop::Error::at("", &e)))?;
    let word = if options.scale.parts() == 10 { "decile" } else { "percentile" };
    let (mut fields, mut parts, mut reports) = (Vec::new(), Vec::<ArrayRef>::new(), Vec::new());
    for (at, one) in ranked.into_iter().enumerate() {
        let name = if at == 0 { word.to_owned() } else { format!("{word}_{at}") };
        fields.push(Field::new(name, arrow_schema::DataType::UInt8, true));
        parts.push(Arc::new(one.parts));
        let report = serde_json::to_value(&one.report).unwrap_or_default();
        reports.push(serde_json::json!({ "groups": one.groups, "report": report }));
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(schema.clone(), parts).map_err(bad)?;
    Ok((Table { schema, batches: vec![batch], kernel_seconds }, value::to_python(py, &reports.into())?))
}

fn bad(why: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(why.to_string())
}

/// What can stop a kernel: a code of the library, or Arrow.
enum Failure {
    Code(bansos_interop::Error),
    Arrow(ArrowError),
}

impl Failure {
    fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Code(error) => error::raise(py, &error),
            Self::Arrow(why) => bad(why),
        }
    }
}

impl From<ArrowError> for Failure {
    fn from(why: ArrowError) -> Self {
        Self::Arrow(why)
    }
}

impl From<bansos_arrow::nik::NikColumnError> for Failure {
    fn from(why: bansos_arrow::nik::NikColumnError) -> Self {
        Self::Code(bansos_interop::Error::at("", &why))
    }
}

/// Runs `work` on another thread. This one tells `progress(done, total)` every tenth of a second and looks for Ctrl-C; an
/// exception of either stops the work and is raised after it.
fn watched<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send,
    stop: &AtomicBool,
    at: impl Fn() -> (usize, usize) + Sync,
    progress: Option<Py<PyAny>>,
) -> PyResult<T> {
    let tell = |py: Python<'_>| -> PyResult<()> {
        py.check_signals()?;
        progress.as_ref().map_or(Ok(()), |p| p.call1(py, at()).map(|_| ()))
    };
    let mut raised = None;
    let result = py.detach(|| {
        std::thread::scope(|scope| {
            // closed when the work ends, however it ends: nobody naps past it
            let (working, ended) = mpsc::channel::<()>();
            let worker = scope.spawn(move || {
                let _working = working;
                work()
            });
            while ended.recv_timeout(Duration::from_millis(100)) == Err(RecvTimeoutError::Timeout) {
                if raised.is_none() {
                    raised = Python::attach(tell).err();
                    stop.store(raised.is_some(), Ordering::Relaxed);
                }
            }
            worker.join()
        })
    });
    match (raised, result) {
        (Some(raised), _) => Err(raised),
        (None, Ok(result)) => tell(py).map(|()| result),
        (None, Err(_)) => Err(error::raise(py, &bansos_interop::Error::at("", &bansos_interop::InternalError::Fault))),
    }
}
