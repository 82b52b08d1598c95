//! bansos: registers in, decisions out.
fn main() {}
