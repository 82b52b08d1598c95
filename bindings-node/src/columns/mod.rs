//! Columns: plain lists, or an Arrow IPC stream; the work runs on a worker thread.

mod ipc;
mod nik;
mod rank;

use bansos_interop::Error as Refusal;
use napi::bindgen_prelude::{Buffer, Env, Result, Task};
use napi_derive::napi;
use serde_json::{Value, json};

/// What goes wrong on the worker thread.
type Judged<T> = std::result::Result<T, Refusal>;

/// An answer: JSON, and columns where Arrow came in.
#[napi(object)]
pub struct Made {
    /// `{"ok": …}` or `{"error": …}`.
    pub json: String,
    /// An Arrow IPC stream.
    pub data: Option<Buffer>,
}

/// Work for a worker thread, done once.
pub struct Work(Option<Box<dyn FnOnce() -> Judged<(Value, Option<Vec<u8>>)> + Send>>);

impl Work {
    fn new(work: impl FnOnce() -> Judged<(Value, Option<Vec<u8>>)> + Send + 'static) -> Self {
        Self(Some(Box::new(work)))
    }
}

impl Task for Work {
    type Output = (String, Option<Vec<u8>>);
    type JsValue = Made;

    fn compute(&mut self) -> Result<Self::Output> {
        Ok(match self.0.take().map_or(Ok((Value::Null, None)), |work| work()) {
            Ok((ok, data)) => (json!({ "ok": ok }).to_string(), data),
            Err(refusal) => (json!({ "error": refusal }).to_string(), None),
        })
    }

    fn resolve(&mut self, _: Env, (json, data): Self::Output) -> Result<Made> {
        Ok(Made { json, data: data.map(Into::into) })
    }
}
