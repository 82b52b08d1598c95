//! PHP values to plain data and back.

use bansos_interop::{Error, InputError};
use ext_php_rs::boxed::ZBox;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::exception::PhpException;
use ext_php_rs::prelude::PhpResult;
use ext_php_rs::types::{ArrayKey, ZendHashTable, Zval};
use serde_json::{Map, Number, Value};

/// Deeper than any request, shallower than any stack; an array may contain itself by reference.
const DEPTH: usize = 100;

/// A request as plain data: null, bool, int, float, string (UTF-8), array, and a DateTimeInterface as its day.
pub(crate) fn from_php(value: &Zval) -> Result<Value, Error> {
    walk(value, &mut String::new(), 0)
}

fn walk(value: &Zval, path: &mut String, depth: usize) -> Result<Value, Error> {
    let wrong = |path: &str, code: InputError| Error::at(path, &code);
    if depth > DEPTH {
        return Err(wrong("", InputError::Depth));
    }
    let value = value.reference().unwrap_or(value);
    if let Some(text) = value.zend_str() {
        return match text.as_str() {
            Ok(text) => Ok(Value::String(text.to_owned())),
            Err(_) => Err(wrong(path, InputError::Unicode)),
        };
    }
    if let Some(array) = value.array() {
        return walk_array(array, path, depth);
    }
    if let Some(n) = value.long() {
        return Ok(n.into());
    }
    if let Some(n) = value.double() {
        return Number::from_f64(n).map(Value::Number).ok_or_else(|| wrong(path, InputError::NotFinite));
    }
    if let Some(b) = value.bool() {
        return Ok(Value::Bool(b));
    }
    if value.is_null() {
        return Ok(Value::Null);
    }
    // a DateTimeInterface is its day
    if let Some(object) = value.object()
        && let Ok(day) = object.try_call_method("format", vec![&"Y-m-d"])
        && let Some(day) = day.string()
    {
        return Ok(Value::String(day));
    }
    Err(wrong(path, InputError::Host))
}

fn walk_array(array: &ZendHashTable, path: &mut String, depth: usize) -> Result<Value, Error> {
    let mut child = |name: &str, item: &Zval| {
        let length = path.len();
        path.push('/');
        path.push_str(name);
        let made = walk(item, path, depth + 1);
        path.truncate(length);
        made
    };
    if array.has_sequential_keys() {
        let items = array.iter().enumerate().map(|(i, (_, item))| child(&i.to_string(), item));
        return items.collect::<Result<_, _>>().map(Value::Array);
    }
    let mut members = Map::new();
    for (key, item) in array.iter() {
        let key = match key {
            ArrayKey::Long(n) => n.to_string(),
            other => other.to_string(),
        };
        let item = child(&key, item)?;
        members.insert(key, item);
    }
    Ok(Value::Object(members))
}

/// An answer as PHP's own values.
pub(crate) fn to_php(value: &Value) -> PhpResult<Zval> {
    let mut zval = Zval::new();
    match value {
        Value::Null => zval.set_null(),
        Value::Bool(b) => zval.set_bool(*b),
        Value::Number(n) => match n.as_i64() {
            Some(n) => zval.set_long(n),
            None => zval.set_double(n.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(s) => zval.set_string(s, false).map_err(failed)?,
        Value::Array(items) => {
            let mut table = ZendHashTable::with_capacity(u32::try_from(items.len()).unwrap_or(0));
            for item in items {
                table.push(to_php(item)?).map_err(failed)?;
            }
            zval = into(table)?;
        }
        Value::Object(members) => {
            let mut table = ZendHashTable::with_capacity(u32::try_from(members.len()).unwrap_or(0));
            for (key, item) in members {
                table.insert(key.as_str(), to_php(item)?).map_err(failed)?;
            }
            zval = into(table)?;
        }
    }
    Ok(zval)
}

fn into(table: ZBox<ZendHashTable>) -> PhpResult<Zval> {
    table.into_zval(false).map_err(failed)
}

fn failed(why: impl std::fmt::Display) -> PhpException {
    PhpException::from_message(why.to_string())
}
