//! Columns across the border without copying: the Arrow PyCapsule interface over Arrow's C data interface.
//!
//! Own glue rather than pyo3-arrow, so that one abi3 wheel serves CPython 3.9 and later.
#![allow(unsafe_code, reason = "the C data interface hands over pointers; each use says why it is sound")]

use arrow_array::builder::StringBuilder;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StructArray, make_array};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList, PyTuple};
use std::ffi::CStr;
use std::sync::Arc;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// A column given by Python, in chunks: anything with `__arrow_c_stream__` or `__arrow_c_array__`, or a list of texts.
/// Of a table with one column, that column.
pub(crate) struct Chunks(pub(crate) Vec<ArrayRef>);

fn bad(why: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(why.to_string())
}

impl<'a, 'py> FromPyObject<'a, 'py> for Chunks {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let chunks = if given.is_instance_of::<PyList>() || given.is_instance_of::<PyTuple>() {
            vec![texts(&given)?]
        } else if given.hasattr("__arrow_c_stream__")? {
            // the stream first: a chunked array or a table has only that
            let capsule = given.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
            let stream = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
            // SAFETY: the capsule's name says what it points to; `from_raw` moves the stream out and leaves an empty one
            // behind, whose release is null, so that the capsule's destructor does nothing.
            drain(unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr()) })?
        } else if given.hasattr("__arrow_c_array__")? {
            vec![array(&given)?]
        } else {
            return Err(PyTypeError::new_err(format!(
                "expected a column (pyarrow, polars, pandas >= 2.2, duckdb: anything with __arrow_c_stream__) or a list of str, got {}",
                given.get_type().name()?
            )));
        };
        chunks.into_iter().map(column).collect::<PyResult<_>>().map(Self)
    }
}

/// The one column of a table's chunk.
fn column(chunk: ArrayRef) -> PyResult<ArrayRef> {
    match chunk.as_any().downcast_ref::<StructArray>() {
        None => Ok(chunk),
        Some(table) => match table.columns() {
            [one] => Ok(one.clone()),
            many => Err(PyTypeError::new_err(format!("expected one column, got a table of {}", many.len()))),
        },
    }
}

/// A list of texts, copied; a number in it is refused like anywhere.
fn texts(given: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let mut built = StringBuilder::new();
    for (i, item) in given.try_iter()?.enumerate() {
        let item = item?;
        match item.extract::<Option<String>>() {
            Ok(text) => built.append_option(text),
            Err(_) => return Err(crate::error::not_text(&item, i)),
        }
    }
    Ok(Arc::new(built.finish()))
}

fn array(given: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let pair = given.call_method0("__arrow_c_array__")?.cast_into::<PyTuple>().map_err(PyErr::from)?;
    let schema = pair.get_item(0)?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
    let array = pair.get_item(1)?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
    let schema_at = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    let array_at = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    // SAFETY: as for the stream; the schema is only read while its capsule lives.
    let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array_at.as_ptr()), schema_at.as_ref()) };
    data.map(make_array).map_err(bad)
}

/// Reads a stream of any type (arrow-array's own reader takes tables only).
fn drain(mut stream: FFI_ArrowArrayStream) -> PyResult<Vec<ArrayRef>> {
    let (Some(get_schema), Some(get_next)) = (stream.get_schema, stream.get_next) else {
        return Err(bad("this Arrow stream was read before"));
    };
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream is alive and ours; both functions fill what they are given or say that they did not.
    let code = unsafe { get_schema(&raw mut stream, &raw mut schema) };
    check(&mut stream, code)?;
    let mut chunks = Vec::new();
    loop {
        let mut chunk = FFI_ArrowArray::empty();
        // SAFETY: as above.
        let code = unsafe { get_next(&raw mut stream, &raw mut chunk) };
        check(&mut stream, code)?;
        if chunk.is_released() {
            break;
        }
        // SAFETY: the chunk is of the stream's schema.
        chunks.push(make_array(unsafe { from_ffi(chunk, &schema) }.map_err(bad)?));
    }
    if chunks.is_empty() {
        let field = Field::try_from(&schema).map_err(bad)?;
        chunks.push(arrow_array::new_empty_array(field.data_type()));
    }
    Ok(chunks)
}

fn check(stream: &mut FFI_ArrowArrayStream, code: i32) -> PyResult<()> {
    if code == 0 {
        return Ok(());
    }
    // SAFETY: the text belongs to the stream and is copied before the stream is used again.
    let text = stream.get_last_error.map(|say| unsafe { say(&raw mut *stream) }).filter(|text| !text.is_null());
    let text = text.map(|text| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned());
    Err(bad(text.unwrap_or_else(|| format!("the Arrow stream failed with code {code}"))))
}

/// Columns of the library: every Arrow library takes them by `__arrow_c_stream__`, without a copy.
#[pyclass(frozen)]
pub(crate) struct Table {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
    /// Seconds that the kernel took, without the crossing.
    #[pyo3(get)]
    pub(crate) kernel_seconds: f64,
}

impl From<RecordBatch> for Table {
    fn from(batch: RecordBatch) -> Self {
        Self { schema: batch.schema(), batches: vec![batch], kernel_seconds: 0.0 }
    }
}

#[pymethods]
impl Table {
    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    /// The same columns under other names.
    fn renamed(&self, names: Vec<String>) -> PyResult<Self> {
        let fields = self.schema.fields().iter().zip(names).map(|(f, name)| f.as_ref().clone().with_name(name));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let again = |b: &RecordBatch| RecordBatch::try_new(schema.clone(), b.columns().to_vec()).map_err(bad);
        let batches = self.batches.iter().map(again).collect::<PyResult<_>>()?;
        Ok(Self { schema, batches, kernel_seconds: self.kernel_seconds })
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("<bansos.Table {} rows: {}>", self.__len__(), self.column_names().join(", "))
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // another schema is best effort by the specification, and this never casts
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok::<_, ArrowError>);
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
    }
}
