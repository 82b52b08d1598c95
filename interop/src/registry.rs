//! The table of operations: what a binding generates its surface from.

use crate::{Error, ops, read};
use serde_json::Value;

/// One operation.
#[derive(Clone, Copy)]
pub struct Operation {
    /// `area.what`, or one word.
    pub name: &'static str,
    /// One line about it.
    pub doc: &'static str,
    /// A request that has an answer, as JSON: every language shows it in its documentation, and tests run it.
    pub example: &'static str,
    /// Request in, answer out.
    pub call: fn(&Value) -> Result<Value, Error>,
    /// JSON Schema of the request.
    #[cfg(feature = "schema")]
    pub request_schema: fn() -> schemars::Schema,
    /// JSON Schema of the answer.
    #[cfg(feature = "schema")]
    pub response_schema: fn() -> schemars::Schema,
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Operation({})", self.name)
    }
}

/// The operation of that name.
pub fn find(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|op| op.name == name)
}

macro_rules! operations {
    ($( $name:literal, $doc:literal, $example:literal, $call:path, $request:ty => $response:ty; )*) => {
        /// Every operation, in the order of the documentation.
        pub const OPERATIONS: &[Operation] = &[$(
            Operation {
                name: $name,
                doc: $doc,
                example: $example,
                call: |value| {
                    let answer: $response = $call(read::request::<$request>(value)?)?;
                    Ok(serde_json::to_value(answer).unwrap_or(Value::Null))
                },
                #[cfg(feature = "schema")]
                request_schema: || schemars::schema_for!($request),
                #[cfg(feature = "schema")]
                response_schema: || {
                    schemars::generate::SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<$response>()
                },
            },
        )*];
    };
}

operations! {
    "version", "Which library this is, with which data.", "{}",
        ops::version::version, ops::version::VersionRequest => ops::version::Version;
    "nik.parse", "Judges the shape of a NIK alone: exactly sixteen digits.", r#"{"nik":"3508126801019001"}"#,
        ops::nik::parse, ops::nik::NikParse => ops::nik::NikParsed;
}

/// The codes of errors that operations return.
pub(crate) const CODES: &[&[bansos::message::CodeInfo]] =
    &[crate::error::InputError::TABLE, crate::error::InternalError::TABLE, bansos::nik::NikError::TABLE];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_an_answer() {
        for op in OPERATIONS {
            let answer = crate::call_json(op.name, op.example);
            assert!(answer.starts_with("{\"ok\""), "{}: {answer}", op.name);
        }
    }

    #[test]
    fn names_are_unique_and_plain() {
        let mut names: Vec<_> = OPERATIONS.iter().map(|op| op.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), OPERATIONS.len());
        assert!(names.iter().all(|n| n.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.')));
    }
}
