//! Columns: plain lists, or an Arrow IPC stream; the work runs on a worker thread.

mod ipc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray};
use arrow_buffer::Buffer as Stream;
use bansos_interop::columns::{Made, Table, call_named, find, lists, needs};
use bansos_interop::{Names, camel, parse, shielded};
use bytes::Bytes;
use ipc::Judged;
use napi::bindgen_prelude::{AbortSignal, AsyncTask, Buffer, Either, Env, Result, Task, Uint8Array};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A column as JavaScript has it: one of the three.
#[napi(object)]
pub struct List {
    /// The column's name.
    pub name: String,
    /// Texts.
    pub texts: Option<Vec<Option<String>>>,
    /// Numbers.
    pub numbers: Option<Vec<Option<f64>>>,
    /// Whole numbers.
    pub wholes: Option<Vec<Option<i64>>>,
}

impl List {
    fn column(self) -> (String, Vec<ArrayRef>) {
        let array: ArrayRef = match (self.numbers, self.wholes) {
            (Some(numbers), _) => Arc::new(Float64Array::from(numbers)),
            (_, Some(wholes)) => Arc::new(Int64Array::from(wholes)),
            _ => Arc::new(StringArray::from(self.texts.unwrap_or_default())),
        };
        (self.name, vec![array])
    }
}

/// An answer: JSON, and columns where Arrow came in.
#[napi(object)]
pub struct Answer {
    /// `{"ok": …}` or `{"error": …}`.
    pub json: String,
    /// An Arrow IPC stream.
    pub data: Option<Buffer>,
    /// Further streams, by the name of the table.
    pub tables: Option<HashMap<String, Buffer>>,
}

/// Streams, still as bytes of Rust.
#[derive(Default)]
pub struct Streams {
    data: Option<Vec<u8>>,
    tables: Vec<(&'static str, Vec<u8>)>,
}

/// The columns that a call reads, in JSON: `[{ column, input, kind }]`.
#[napi]
pub fn column_needs(name: String, options: String) -> String {
    let answer = parse(&options).and_then(|options| needs(&name, options, Names::Camel));
    envelope(answer.map(|needs| json!(needs))).to_string()
}

fn envelope(answer: Judged<Value>) -> Value {
    match answer {
        Ok(ok) => json!({ "ok": ok }),
        Err(refusal) => json!({ "error": refusal }),
    }
}

/// A column operation on its way to a worker thread.
pub struct Work {
    name: String,
    table: Option<Either<Vec<List>, Stream>>,
    options: String,
    progress: Option<ThreadsafeFunction<Vec<u32>>>,
    stop: Arc<AtomicBool>,
}

/// Runs a column operation: lists give lists in JSON, an Arrow IPC stream gives Arrow IPC.
#[napi(ts_return_type = "Promise<Answer>")]
pub fn columns(
    name: String,
    table: Either<Vec<List>, Uint8Array>,
    given_away: bool,
    options: String,
    progress: Option<ThreadsafeFunction<Vec<u32>>>,
    signal: Option<AbortSignal>,
) -> AsyncTask<Work> {
    let stop = crate::stop_of(signal.as_ref());
    let table = Some(match table {
        Either::A(lists) => Either::A(lists),
        Either::B(given) => Either::B(bytes(given, given_away)),
    });
    AsyncTask::new(Work { name, table, options, progress, stop })
}

/// JavaScript's bytes: lent, where the caller gave them away (the module's own view is then the only one), else copied, so that
/// the caller may write to them or detach them while the worker reads.
fn bytes(given: Uint8Array, given_away: bool) -> Stream {
    if given_away { Stream::from(Bytes::from_owner(given)) } else { Stream::from_vec(given.to_vec()) }
}

impl Work {
    fn run(&mut self) -> Judged<(Value, Streams)> {
        let options = parse(&self.options)?;
        let (table, plain) = match self.table.take() {
            Some(Either::B(bytes)) => (ipc::read(bytes)?, false),
            Some(Either::A(lists)) => (Table::new(lists.into_iter().map(List::column).collect()), true),
            None => (Table::default(), true),
        };
        let watch = |done: usize, total: usize| {
            if let Some(progress) = &self.progress {
                let far = [done, total].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                progress.call(Ok(far.to_vec()), ThreadsafeFunctionCallMode::NonBlocking);
            }
            if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let made = call_named(&self.name, options, &table, &watch, Names::Camel)?;
        let mut ok = reports(&self.name, &made)?;
        if !plain {
            let data = Some(ipc::write(&made.batches, made.took)?);
            let table = |(name, batch)| Ok((name, ipc::write(&[batch], made.took)?));
            return Ok((
                ok.into(),
                Streams { data, tables: made.tables.into_iter().map(table).collect::<Judged<_>>()? },
            ));
        }
        let operation = find(&self.name)?;
        let spell = |name: &str| if operation.names(name) { camel(name) } else { name.to_owned() };
        ok.insert("columns".into(), lists(&made.batches, spell).into());
        if !made.tables.is_empty() {
            let tables = made.tables.iter().map(|(n, t)| (camel(n), lists(std::slice::from_ref(t), spell).into()));
            ok.insert("tables".into(), tables.collect::<Map<_, _>>().into());
        }
        Ok((ok.into(), Streams::default()))
    }
}

/// What the operation says about its work: `reports` by column, or one `report`.
fn reports(name: &str, made: &Made) -> Judged<Map<String, Value>> {
    let mut ok = Map::new();
    match find(name)?.report {
        None => {}
        Some(report) if report.per_column => {
            ok.insert("reports".into(), made.reports.iter().cloned().collect::<Map<_, _>>().into());
        }
        Some(_) => {
            ok.insert("report".into(), made.reports.first().map(|(_, r)| r.clone()).into());
        }
    }
    Ok(ok)
}

impl Task for Work {
    type Output = (String, Streams);
    type JsValue = Answer;

    fn compute(&mut self) -> Result<Self::Output> {
        let (answer, streams) = match shielded(|| self.run()) {
            Ok((ok, streams)) => (Ok(ok), streams),
            Err(refusal) => (Err(refusal), Streams::default()),
        };
        Ok((envelope(answer).to_string(), streams))
    }

    fn resolve(&mut self, _: Env, (json, streams): Self::Output) -> Result<Answer> {
        let tables: HashMap<String, Buffer> =
            streams.tables.into_iter().map(|(name, bytes)| (camel(name), bytes.into())).collect();
        Ok(Answer { json, data: streams.data.map(Into::into), tables: Some(tables).filter(|t| !t.is_empty()) })
    }
}
