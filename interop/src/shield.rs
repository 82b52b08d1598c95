//! A fault of the library stays in the library: a portal or a notebook must not go down with it, nor see what it was working on.

use crate::{Error, InternalError};

/// Runs `work`; a panic becomes `internal.fault`. What a panic says may hold a person's values, so only the place in the source is
/// written to standard error. For everything that a binding does with a host's data: calls, decoders, columns.
///
/// # Errors
/// Those of `work`, and `internal.fault`.
///
/// ```
/// let text = String::from("é");
/// let fault = bansos_interop::shielded(|| Ok(text[1..].len())).unwrap_err();
/// assert_eq!(fault.code, "internal.fault");
/// ```
#[allow(clippy::print_stderr, reason = "where a panic is always told")]
pub fn shielded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    bansos::plumbing::shielded(work).unwrap_or_else(|place| {
        eprintln!("bansos: internal.fault ({place})");
        Err(Error::at("", &InternalError::Fault))
    })
}
