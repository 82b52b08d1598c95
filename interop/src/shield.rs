//! A fault of the library stays in the library: a portal or a notebook must not go down with it, nor see what it was working on.

use crate::{Error, InternalError};
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside [`shielded`].
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

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
pub fn shielded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| if INSIDE.get() { place_only(info) } else { others(info) }));
    });
    let outer = INSIDE.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(outer);
    done.unwrap_or_else(|_| Err(Error::at("", &InternalError::Fault)))
}

#[allow(clippy::print_stderr, reason = "where a panic is always told")]
fn place_only(info: &PanicHookInfo<'_>) {
    let place = info.location().map(|l| format!(" ({}:{})", l.file(), l.line())).unwrap_or_default();
    eprintln!("bansos: internal.fault{place}");
}
