#![doc = include_str!("../README.md")]
//!
//! [`OPERATIONS`] says what there is, [`call`] does it, and every error has the one form [`Error`].
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[cfg(feature = "columns")]
pub mod columns;
pub mod error;
mod names;
mod once;
pub mod ops;
mod read;
pub mod registry;
mod shield;
pub mod value;

pub use error::{Error, InputError, InternalError};
pub use names::{Names, camel, rename, snake};
pub use registry::{OPERATIONS, Operation};
pub use shield::shielded;

use bansos::message::Coded;
use serde_json::Value;

/// Calls an operation with a request already parsed.
///
/// # Errors
/// `input.*` when there is no such operation or the request cannot be read; else the operation's own codes.
pub fn call(name: &str, request: &Value) -> Result<Value, Error> {
    let operation = registry::find(name).ok_or_else(|| Error::at("", &InputError::Operation))?;
    (operation.call)(request)
}

/// The same with member names as a language spells them.
///
/// # Errors
/// As [`call`]; the path and the parameters are spelled the same way.
pub fn call_named(name: &str, request: Value, names: Names) -> Result<Value, Error> {
    match names {
        Names::Snake => call(name, &request),
        Names::Camel => call(name, &names::rename(request, snake))
            .map(|answer| names::rename(answer, camel))
            .map_err(|e| names::spell(e, names)),
    }
}

/// The same with JSON texts: the answer is `{"ok": …}` or `{"error": …}`, never a panic.
pub fn call_json(name: &str, request: &str) -> String {
    call_json_named(name, request, Names::Snake)
}

/// [`call_json`] with member names as a language spells them.
pub fn call_json_named(name: &str, request: &str, names: Names) -> String {
    let answer = parse(request).and_then(|request| guarded(name, request, names));
    let envelope = match answer {
        Ok(ok) => serde_json::json!({ "ok": ok }),
        Err(error) => serde_json::json!({ "error": error }),
    };
    envelope.to_string()
}

/// A JSON text as a value, with the library's error when it is none.
///
/// # Errors
/// `input.json` and `input.member_twice` with line and column; `input.depth` when nested too deep.
pub fn parse(request: &str) -> Result<Value, Error> {
    serde_json::from_str(request).map(|once::Once(value)| value).map_err(|e| {
        let code = if e.to_string().starts_with("recursion limit") {
            InputError::Depth
        } else if e.to_string().starts_with(once::TWICE) {
            InputError::MemberTwice { line: e.line() as u64, column: e.column() as u64 }
        } else if e.to_string().contains("hex escape") {
            InputError::Unicode
        } else {
            InputError::Json { line: e.line() as u64, column: e.column() as u64 }
        };
        Error::at("", &code)
    })
}

/// [`call_named`], where even a fault of the library is an [`Error`]: a host must not go down with it.
///
/// # Errors
/// As [`call_named`], and `internal.fault`.
pub fn guarded(name: &str, request: Value, names: Names) -> Result<Value, Error> {
    shielded(|| call_named(name, request, names))
}

/// Reads plain data as a type that has serde, with the errors of a request: for options of column operations.
///
/// # Errors
/// `input.*` with the place.
pub fn read_as<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, Error> {
    read::request(value)
}

/// Every error and finding code that a surface can show, for documentation and completeness.
pub fn codes() -> impl Iterator<Item = &'static bansos::message::CodeInfo> {
    registry::CODES.iter().copied().flatten().chain(bansos::Finding::table())
}

/// The answer to a request that a host found to be no data before it was a JSON text: `{"error": …}`.
///
/// ```
/// assert!(bansos_interop::refuse("input.not_finite", "/families/0/score").contains("input.not_finite"));
/// ```
pub fn refuse(code: &str, path: &str) -> String {
    serde_json::json!({ "error": Error::at(path, &InputError::from_word(code)) }).to_string()
}

/// An error of a binding's own making (a value that cannot be data, text that is not Unicode), in the one form.
pub fn host_error(path: &str, code: &dyn Coded) -> Error {
    Error::at(path, code)
}
