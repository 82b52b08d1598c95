//! A fault stays where it happens: in our own code behind a binding, or in a library that reads what somebody else wrote.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside [`shielded`].
    static INSIDE: Cell<bool> = const { Cell::new(false) };
    /// Where in the source the last fault inside was.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs `work`. What a panic says may hold a person's values and is shown to nobody; its place in the source is the error.
///
/// # Errors
/// File and line of the panic.
///
/// ```
/// let text = String::from("é");
/// let place = bansos::plumbing::shielded(|| text[1..].len()).unwrap_err();
/// assert!(place.contains(".rs:"));
/// ```
pub fn shielded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| if INSIDE.get() { note(info) } else { others(info) }));
    });
    let outer = INSIDE.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(outer);
    done.map_err(|_| PLACE.take())
}

fn note(info: &PanicHookInfo<'_>) {
    PLACE.set(info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default());
}
