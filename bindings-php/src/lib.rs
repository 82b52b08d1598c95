//! The PHP extension: one door to interop, with PHP's own values in and out. Exceptions are made in the package over it.
#![allow(missing_docs, reason = "the module macro makes a function without any")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod value;

use bansos_interop::{Names, OPERATIONS, guarded};
use ext_php_rs::prelude::{ModuleBuilder, PhpResult, php_function, php_module, wrap_function};
use ext_php_rs::types::Zval;
use serde_json::{Value, json};

/// Calls an operation by name: `['ok' => …]` or `['error' => …]`.
#[php_function]
pub fn bansos_call(name: &str, request: &Zval) -> PhpResult<Zval> {
    let answer = value::from_php(request).and_then(|request| guarded(name, request, Names::Snake));
    let envelope = match answer {
        Ok(ok) => json!({ "ok": ok }),
        Err(error) => json!({ "error": error }),
    };
    value::to_php(&envelope)
}

/// Names of the operations.
#[php_function]
pub fn bansos_operations() -> PhpResult<Zval> {
    value::to_php(&Value::from_iter(OPERATIONS.iter().map(|op| op.name)))
}

/// The extension `bansos`.
#[php_module]
pub fn get_module(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module.name("bansos").function(wrap_function!(bansos_call)).function(wrap_function!(bansos_operations))
}
