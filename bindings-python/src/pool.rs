//! Threads that outlive a `fork`. A child has none of its parent's threads, and rayon's global pool would wait for them for ever;
//! `multiprocessing` forks by default before Python 3.14. Each process therefore works in a pool of its own.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::{Arc, Mutex, PoisonError};

/// The pool, and the process whose threads it has.
static POOL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// Runs `work`, and all that it does in parallel, in this process's pool; without one where the system gives no threads.
pub(crate) fn install<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match current() {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

fn current() -> Option<Arc<ThreadPool>> {
    let process = std::process::id();
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, pool)) = pool.as_ref()
        && *of == process
    {
        return Some(pool.clone());
    }
    let fresh = Arc::new(ThreadPoolBuilder::new().build().ok()?);
    // the parent's pool must not be dropped: that would wait for threads that are not here
    std::mem::forget(pool.replace((process, fresh.clone())));
    Some(fresh)
}
