//! Columns across the border without copying: the Arrow PyCapsule interface over Arrow's C data interface.
//!
//! Own glue rather than pyo3-arrow, so that one abi3 wheel serves CPython 3.9 and later.
#![allow(unsafe_code, reason = "the C data interface hands over pointers; each use says why it is sound")]

use crate::sound::sound;
use crate::{error, mixed};
use arrow_array::builder::StringBuilder;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator, StructArray, make_array};
use arrow_buffer::NullBuffer;
use arrow_data::ArrayData;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use bansos_interop::{Error, InputError, shielded};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList, PyTuple};
use std::ffi::{CStr, c_char, c_void};
use std::sync::Arc;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// Columns by name, as Python gives them.
pub(crate) type Given<'py> = Vec<(String, Bound<'py, PyAny>)>;

/// The columns, each in chunks and sound. Whatever goes wrong on the way is an exception, a panic of a decoder too.
pub(crate) fn columns(given: Given<'_>) -> PyResult<Vec<(String, Vec<ArrayRef>)>> {
    let chunks = |(name, given): (String, Bound<'_, PyAny>)| {
        let read = shielded(|| Ok(chunks(&name, &given))).map_err(|fault| error::raise(given.py(), &fault))?;
        read.map(|chunks| (name, chunks))
    };
    given.into_iter().map(chunks).collect()
}

fn bad(why: impl Into<String>) -> PyErr {
    PyValueError::new_err(why.into())
}

/// What the decoder says of it may quote the data, or be of its own insides.
fn unsound<E>(_: E) -> PyErr {
    bad("the Arrow data are not what their schema says, or of a type that is not read")
}

/// A column in chunks: anything with `__arrow_c_stream__` or `__arrow_c_array__`, or a list of texts. Of a table with one
/// column, that column.
fn chunks(name: &str, given: &Bound<'_, PyAny>) -> PyResult<Vec<ArrayRef>> {
    let chunks = if given.is_instance_of::<PyList>() || given.is_instance_of::<PyTuple>() {
        return Ok(vec![texts(given)?]);
    } else if given.hasattr("__arrow_c_stream__")? {
        // the stream first: a chunked array or a table has only that
        let capsule = given.call_method0("__arrow_c_stream__").map_err(|why| mixed::refused(name, given, why))?;
        let capsule = capsule.cast_into::<PyCapsule>().map_err(PyErr::from)?;
        let stream = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: the capsule's name says what it points to; `from_raw` moves the stream out and leaves an empty one
        // behind, whose release is null, so that the capsule's destructor does nothing.
        drain(unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr()) })?
    } else if given.hasattr("__arrow_c_array__")? {
        let pair = given.call_method0("__arrow_c_array__").map_err(|why| mixed::refused(name, given, why))?;
        vec![array(&pair)?]
    } else {
        return Err(PyTypeError::new_err(format!(
            "expected a column (pyarrow, polars, pandas >= 2.2, duckdb: anything with __arrow_c_stream__) or a list of str, got {}",
            given.get_type().name()?
        )));
    };
    let mut rows = 0;
    let checked = chunks.into_iter().map(|chunk| {
        let first = rows;
        rows += chunk.len();
        let array = sound(chunk).map_err(|row| {
            let damaged = InputError::ColumnDamaged { column: name.to_owned(), row: (first + row) as u64 };
            error::raise(given.py(), &Error::at("", &damaged))
        });
        column(array?)
    });
    checked.collect()
}

/// The one column of a table's chunk.
fn column(chunk: ArrayRef) -> PyResult<ArrayRef> {
    match chunk.as_any().downcast_ref::<StructArray>() {
        None => Ok(chunk),
        Some(table) => match table.columns() {
            // what a row that is null holds below is no value
            [one] if table.null_count() > 0 && one.data_type() != &DataType::Null => {
                let nulls = NullBuffer::union(table.nulls(), one.nulls());
                one.to_data().into_builder().nulls(nulls).build().map(make_array).map_err(unsound)
            }
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

/// `struct ArrowSchema` of the C data interface, up to what says whether it was released; arrow-schema does not tell.
#[repr(C)]
struct RawSchema {
    _texts: [*const c_char; 3],
    _numbers: [i64; 2],
    _children: *const c_void,
    _dictionary: *const c_void,
    release: *const c_void,
}

fn array(pair: &Bound<'_, PyAny>) -> PyResult<ArrayData> {
    let pair = pair.cast::<PyTuple>().map_err(PyErr::from)?;
    let schema = pair.get_item(0)?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
    let array = pair.get_item(1)?.cast_into::<PyCapsule>().map_err(PyErr::from)?;
    let schema_at = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    let array_at = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    // SAFETY: the capsules' names say what they point to, and they live until the end of this function.
    let (array, schema) = unsafe { (array_at.as_ref(), schema_at.as_ref()) };
    // a released array or schema is one that somebody else has taken: nothing of it may be touched
    // SAFETY: as above; `RawSchema` is the struct of the C data interface up to the field that is read.
    let schema_released = unsafe { schema_at.cast::<RawSchema>().as_ref() }.release.is_null();
    if array.is_released() || schema_released {
        return Err(bad("this Arrow array was read before"));
    }
    // SAFETY: neither is released; `from_raw` moves the array out and leaves a released one behind, so that the capsule's destructor
    // does nothing. That lengths and pointers are those of the schema is the producer's promise by the C data interface, which nobody
    // can check; all that can be is checked by `sound` before the data is used.
    let array = unsafe { FFI_ArrowArray::from_raw(array_at.as_ptr()) };
    if let Some(nothing) = nothing(&array, schema) {
        return Ok(nothing);
    }
    // SAFETY: as above.
    unsafe { from_ffi(array, schema) }.map_err(unsound)
}

/// A column of the kind Null, or a table of one: it has no values, only a length. Polars gives it a buffer that the format does not
/// know, and `from_ffi` takes no such array.
fn nothing(array: &FFI_ArrowArray, schema: &FFI_ArrowSchema) -> Option<ArrayData> {
    let null = match DataType::try_from(schema).ok()? {
        DataType::Null => true,
        DataType::Struct(fields) => matches!(fields.as_ref(), [field] if field.data_type() == &DataType::Null),
        _ => false,
    };
    null.then(|| ArrayData::new_null(&DataType::Null, array.len()))
}

/// Reads a stream of any type (arrow-array's own reader takes tables only).
fn drain(mut stream: FFI_ArrowArrayStream) -> PyResult<Vec<ArrayData>> {
    let (Some(get_schema), Some(get_next)) = (stream.get_schema, stream.get_next) else {
        return Err(bad("this Arrow stream was read before"));
    };
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: the stream is alive and ours; both functions fill what they are given or say that they did not.
    let code = unsafe { get_schema(&raw mut stream, &raw mut schema) };
    check(code)?;
    let mut chunks = Vec::new();
    loop {
        let mut chunk = FFI_ArrowArray::empty();
        // SAFETY: as above.
        let code = unsafe { get_next(&raw mut stream, &raw mut chunk) };
        check(code)?;
        if chunk.is_released() {
            break;
        }
        if let Some(nothing) = nothing(&chunk, &schema) {
            chunks.push(nothing);
            continue;
        }
        // SAFETY: the chunk is of the stream's schema, neither is released, and both are ours; for the rest see `array`.
        chunks.push(unsafe { from_ffi(chunk, &schema) }.map_err(unsound)?);
    }
    if chunks.is_empty() {
        let field = Field::try_from(&schema).map_err(unsound)?;
        chunks.push(ArrayData::new_empty(field.data_type()));
    }
    Ok(chunks)
}

fn check(code: i32) -> PyResult<()> {
    if code == 0 {
        return Ok(());
    }
    // what the producer says of it may quote the data
    Err(bad(format!("the Arrow stream failed with code {code}")))
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
        let again = |b: &RecordBatch| RecordBatch::try_new(schema.clone(), b.columns().to_vec()).map_err(unsound);
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
