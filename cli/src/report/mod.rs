//! report.html
pub(crate) mod data;
mod suppress;
