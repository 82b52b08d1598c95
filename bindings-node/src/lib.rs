//! The native module behind `index.js`: interop's JSON door, once on the caller's thread and once on a worker thread.
#![allow(unreachable_pub, reason = "the macros of napi ask for pub")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod columns;

use bansos_interop::{Names, call_json_named, guarded, parse, shielded};
use napi::bindgen_prelude::{AbortSignal, AsyncTask, Env, Result, Task};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How often progress is told, in requests.
const STEP: usize = 1_000;

/// Calls an operation: JSON in, `{"ok": …}` or `{"error": …}` out.
#[napi]
pub fn call(name: String, request: String) -> String {
    call_json_named(&name, &request, Names::Camel)
}

/// The library's error for a value of the host that cannot be data.
#[napi]
pub fn refuse(code: String, path: String) -> String {
    bansos_interop::refuse(&code, &path)
}

/// Many requests of one operation.
pub struct Batch {
    name: String,
    requests: String,
    progress: Option<ThreadsafeFunction<u32>>,
    stop: Arc<AtomicBool>,
}

impl Task for Batch {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        let requests = match shielded(|| parse(&self.requests)) {
            Ok(Value::Array(requests)) => requests,
            Ok(_) => Vec::new(),
            Err(error) => return Ok(json!({ "error": error }).to_string()),
        };
        let mut answers = Vec::with_capacity(requests.len());
        for (done, request) in requests.into_iter().enumerate() {
            if done % STEP == 0 {
                if self.stop.load(Ordering::Relaxed) {
                    break;
                }
                if let Some(progress) = &self.progress {
                    let done = u32::try_from(done).unwrap_or(u32::MAX);
                    progress.call(Ok(done), ThreadsafeFunctionCallMode::NonBlocking);
                }
            }
            answers.push(match guarded(&self.name, request, Names::Camel) {
                Ok(ok) => json!({ "ok": ok }),
                Err(error) => json!({ "error": error }),
            });
        }
        Ok(Value::Array(answers).to_string())
    }

    fn resolve(&mut self, _: Env, answers: String) -> Result<String> {
        Ok(answers)
    }
}

/// [`call`] for a JSON list of requests, off the main thread. An abort leaves the rest undone.
#[napi(
    ts_return_type = "Promise<string>",
    ts_args_type = "name: string, requests: string, progress?: ((err: Error | null, done: number) => void) | null, signal?: AbortSignal | null"
)]
pub fn batch(
    name: String,
    requests: String,
    progress: Option<ThreadsafeFunction<u32>>,
    signal: Option<AbortSignal>,
) -> AsyncTask<Batch> {
    let stop = stop_of(signal.as_ref());
    AsyncTask::new(Batch { name, requests, progress, stop })
}

/// A flag that an abort sets.
fn stop_of(signal: Option<&AbortSignal>) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    if let Some(signal) = signal {
        let stop = stop.clone();
        signal.on_abort(move || stop.store(true, Ordering::Relaxed));
    }
    stop
}
