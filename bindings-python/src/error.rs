//! Errors of the library as Python exceptions.

use crate::value;
use bansos_interop::Error;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// `bansos._values.exception(code, path, params, message)`, looked up once.
static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// The exception for an error, of the class that its code asks for.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    match exception(py, error) {
        Ok(made) => PyErr::from_value(made),
        Err(why) => why,
    }
}

fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let make = MAKE.get_or_try_init(py, || py.import("bansos._values")?.getattr("exception").map(Bound::unbind))?;
    let plain = serde_json::to_value(error).unwrap_or_default();
    make.bind(py).call1((value::to_python(py, &plain)?,))
}

/// The exception for an item of a list of texts that is none.
pub(crate) fn not_text(item: &Bound<'_, PyAny>, index: usize) -> PyErr {
    let place = format!("/{index}");
    let error = match value::from_python(item) {
        Ok(plain) => bansos_interop::read_as::<bansos_interop::value::Key>(&plain).err(),
        Err(error) => Some(error),
    };
    let error = error.unwrap_or_else(|| Error::at("", &bansos_interop::InputError::Unicode));
    raise(item.py(), &Error { path: place + &error.path, ..error })
}
