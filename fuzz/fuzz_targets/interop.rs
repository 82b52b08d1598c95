//! Every row operation by its name, with its example changed at any place, in both spellings: an answer or an error with a code.
#![no_main]

#[path = "common/json.rs"]
mod json;

use arbitrary::Arbitrary;
use bansos_interop::{Names, OPERATIONS, guarded};
use json::Edit;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

#[derive(Arbitrary, Debug)]
struct Input {
    operation: u8,
    camel: bool,
    edits: Vec<Edit>,
}

fuzz_target!(|input: Input| {
    let operation = &OPERATIONS[usize::from(input.operation) % OPERATIONS.len()];
    let mut request: Value = serde_json::from_str(operation.example).unwrap();
    input.edits.iter().take(8).for_each(|edit| edit.apply(&mut request));
    let names = if input.camel { Names::Camel } else { Names::Snake };
    if let Err(error) = guarded(operation.name, request, names) {
        assert_ne!(error.code, "internal.fault");
        assert!(!error.code.is_empty());
    }
});
