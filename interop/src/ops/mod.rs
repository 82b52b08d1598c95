//! The operations by area. Each is a request, an answer and a function that maps the one to the other through the core.

pub mod nik;
pub mod version;
