//! Prints the operations, or the schemas of one: `cargo run -q -p bansos-interop --features schema --bin operations -- nik.parse`.
#![allow(clippy::print_stdout, reason = "a command line prints")]

use bansos_interop::{OPERATIONS, registry};

fn main() -> std::process::ExitCode {
    let Some(name) = std::env::args().nth(1) else {
        for op in OPERATIONS {
            println!("{:<24} {}", op.name, op.doc);
        }
        return std::process::ExitCode::SUCCESS;
    };
    let Some(op) = registry::find(&name) else {
        eprintln!("no operation is called that; without an argument the list is printed");
        return std::process::ExitCode::FAILURE;
    };
    let both = serde_json::json!({ "request": (op.request_schema)(), "response": (op.response_schema)() });
    println!("{both:#}");
    std::process::ExitCode::SUCCESS
}
