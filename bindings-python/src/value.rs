//! Python values to plain data and back.

use bansos_interop::{Error, InputError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde_json::{Map, Number, Value};

/// Deeper than any request, shallower than any stack.
const DEPTH: usize = 100;

/// A request as plain data: None, bool, int, float, str, dict, any sequence or iterator, and whatever has
/// `to_dict()` (an answer given back) or `isoformat()` (a date).
pub(crate) fn from_python(value: &Bound<'_, PyAny>) -> Result<Value, Error> {
    walk(value, &mut String::new(), 0)
}

fn walk(value: &Bound<'_, PyAny>, path: &mut String, depth: usize) -> Result<Value, Error> {
    let wrong = |path: &str, code: InputError| Error::at(path, &code);
    if depth > DEPTH {
        return Err(wrong("", InputError::Depth));
    }
    if value.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(text) = value.cast::<PyString>() {
        return text.extract().map(Value::String).map_err(|_| wrong(path, InputError::Unicode));
    }
    if let Ok(b) = value.cast::<PyBool>() {
        return Ok(Value::Bool(b.is_true()));
    }
    if value.is_instance_of::<PyFloat>() {
        let n = value.extract::<f64>().unwrap_or(f64::NAN);
        return Number::from_f64(n).map(Value::Number).ok_or_else(|| wrong(path, InputError::NotFinite));
    }
    // numpy's whole numbers are no int but can stand for one
    if value.is_instance_of::<PyInt>() || value.hasattr("__index__").unwrap_or(false) {
        return whole(value).ok_or_else(|| wrong(path, InputError::Range { expected: "-2^63 … 2^64-1".to_owned() }));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let mut members = Map::new();
        for (key, item) in dict {
            let key: String = key.extract().map_err(|_| wrong(path, InputError::Host))?;
            let item = step(path, &key, |path| walk(&item, path, depth + 1))?;
            members.insert(key, item);
        }
        return Ok(Value::Object(members));
    }
    for method in ["to_dict", "isoformat"] {
        if value.hasattr(method).unwrap_or(false) {
            let plain = value.call_method0(method).map_err(|_| wrong(path, InputError::Host))?;
            return walk(&plain, path, depth + 1);
        }
    }
    if value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>()
        || value.hasattr("__len__").unwrap_or(false)
    {
        let items = value.try_iter().map_err(|_| wrong(path, InputError::Host))?;
        return items
            .enumerate()
            .map(|(i, item)| {
                let item = item.map_err(|_| wrong(path, InputError::Host))?;
                step(path, &i.to_string(), |path| walk(&item, path, depth + 1))
            })
            .collect::<Result<_, _>>()
            .map(Value::Array);
    }
    Err(wrong(path, InputError::Host))
}

fn step<T>(path: &mut String, name: &str, then: impl FnOnce(&mut String) -> T) -> T {
    let length = path.len();
    path.push('/');
    path.push_str(name);
    let result = then(path);
    path.truncate(length);
    result
}

fn whole(value: &Bound<'_, PyAny>) -> Option<Value> {
    match value.extract::<i64>() {
        Ok(n) => Some(n.into()),
        Err(_) => value.extract::<u64>().ok().map(Into::into),
    }
}

/// An answer as Python's own values.
pub(crate) fn to_python(py: Python<'_>, value: &Value) -> PyResult<Py<PyAny>> {
    Ok(match value {
        Value::Null => py.None(),
        Value::Bool(b) => PyBool::new(py, *b).to_owned().into_any().unbind(),
        Value::String(s) => PyString::new(py, s).into_any().unbind(),
        Value::Number(n) => match (n.as_i64(), n.as_u64()) {
            (Some(n), _) => n.into_pyobject(py)?.into_any().unbind(),
            (_, Some(n)) => n.into_pyobject(py)?.into_any().unbind(),
            _ => PyFloat::new(py, n.as_f64().unwrap_or(f64::NAN)).into_any().unbind(),
        },
        Value::Array(items) => {
            let items = items.iter().map(|v| to_python(py, v)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any().unbind()
        }
        Value::Object(members) => {
            let dict = PyDict::new(py);
            for (key, item) in members {
                dict.set_item(key, to_python(py, item)?)?;
            }
            dict.into_any().unbind()
        }
    })
}
