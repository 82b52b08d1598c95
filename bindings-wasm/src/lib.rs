//! The module behind `bansos-wasm`: interop's JSON door.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use bansos_interop::{Names, call_json_named};
use wasm_bindgen::prelude::wasm_bindgen;

/// Calls an operation: JSON in, `{"ok": …}` or `{"error": …}` out.
#[wasm_bindgen]
pub fn call(name: &str, request: &str) -> String {
    call_json_named(name, request, Names::Camel)
}

/// The library's error for a value of the host that cannot be data.
#[wasm_bindgen]
pub fn refuse(code: &str, path: &str) -> String {
    bansos_interop::refuse(code, path)
}
