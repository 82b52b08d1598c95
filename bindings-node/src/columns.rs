//! Columns: a plain list of texts, or an Arrow IPC stream; on a worker thread.

use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_buffer::Buffer;
use arrow_ipc::{reader::StreamDecoder, writer::StreamWriter};
use arrow_schema::Schema;
use bansos::nik::Class;
use bansos::{Sex, date};
use bansos_arrow::nik::{Columns, Wanted, examine};
use bansos_interop::{Error as Refusal, InputError, read_as, value::Day};
use napi::bindgen_prelude::{AsyncTask, Buffer as JsBuffer, Either, Env, Result, Task, Uint8Array};
use napi_derive::napi;
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// What goes wrong on the worker thread.
type Judged<T> = std::result::Result<T, Refusal>;

/// A column of NIKs to be judged.
pub struct NikColumn {
    values: Either<Vec<Option<String>>, Vec<u8>>,
    as_of: String,
    wanted: Vec<String>,
}

impl NikColumn {
    fn work(&mut self) -> Judged<Either<String, Vec<u8>>> {
        let as_of: Day =
            read_as(&Value::from(self.as_of.as_str())).map_err(|e| Refusal { path: "/asOf".into(), ..e })?;
        let has = |name: &str| self.wanted.iter().any(|w| w == name);
        let wanted = Wanted {
            class: has("class"),
            region: has("region"),
            birth_date: has("birthDate"),
            sex: has("sex"),
            flags: has("flags"),
        };
        let judge = |cells: &dyn Array| examine(cells, wanted, as_of.0).map_err(|e| Refusal::at("", &e));
        match &mut self.values {
            Either::A(texts) => {
                let cells: StringArray = std::mem::take(texts).into_iter().collect();
                Ok(Either::A(json!({ "ok": plain(&judge(&cells)?) }).to_string()))
            }
            Either::B(bytes) => {
                let cells = first_column(std::mem::take(bytes))?;
                let start = Instant::now();
                let batches = cells.iter().map(|c| judge(c.as_ref())?.to_batch().map_err(ipc));
                let batches = batches.collect::<Judged<Vec<_>>>()?;
                Ok(Either::B(write(&batches, start.elapsed())?))
            }
        }
    }
}

fn ipc<E>(_: E) -> Refusal {
    Refusal::at("", &InputError::Ipc)
}

/// The chunks of a stream's first column, which lie in its bytes.
fn first_column(bytes: Vec<u8>) -> Judged<Vec<ArrayRef>> {
    let (mut bytes, mut decoder, mut cells) = (Buffer::from_vec(bytes), StreamDecoder::new(), Vec::new());
    while !bytes.is_empty() {
        let batch = decoder.decode(&mut bytes).map_err(ipc)?;
        cells.extend(batch.and_then(|b| b.columns().first().cloned()));
    }
    decoder.finish().map_err(ipc)?;
    let schema = decoder.schema().ok_or_else(|| ipc(()))?;
    let first = schema.fields().first().ok_or_else(|| ipc(()))?;
    // a stream without a batch still says its type
    cells.push(arrow_array::new_empty_array(first.data_type()));
    Ok(cells)
}

/// An Arrow IPC stream; what the kernel took, without the crossing, stands in its schema.
fn write(batches: &[RecordBatch], kernel: Duration) -> Judged<Vec<u8>> {
    let schema = batches.first().map(RecordBatch::schema).ok_or_else(|| ipc(()))?;
    let took = [("bansos.kernel_seconds".to_owned(), kernel.as_secs_f64().to_string())];
    let schema = Schema::clone(&schema).with_metadata(took.into_iter().collect());
    let size: usize = batches.iter().map(RecordBatch::get_array_memory_size).sum();
    let mut writer = StreamWriter::try_new(Vec::with_capacity(size + 4096), &schema).map_err(ipc)?;
    for batch in batches {
        writer.write(batch).map_err(ipc)?;
    }
    writer.into_inner().map_err(ipc)
}

/// The columns as plain lists, by name.
fn plain(found: &Columns) -> Value {
    let mut all = Map::new();
    if let Some(class) = &found.class {
        let words = class.values().iter().map(|c| Class::ALL.get(*c as usize).map(|c| c.word()));
        all.insert("class".into(), words.collect());
    }
    if let Some(region) = &found.region {
        all.insert("region".into(), region.iter().collect());
    }
    if let Some(birth_date) = &found.birth_date {
        let days = birth_date.iter().map(|d| d.and_then(date::from_epoch_days).map(|d| d.to_string()));
        all.insert("birthDate".into(), days.collect());
    }
    if let Some(sex) = &found.sex {
        let words = sex.iter().map(|s| s.and_then(|s| Sex::ALL.get(usize::try_from(s).ok()?.checked_sub(1)?)));
        all.insert("sex".into(), words.map(|s| s.map(|s| s.word())).collect());
    }
    if let Some(flags) = &found.flags {
        all.insert("flags".into(), flags.iter().collect());
    }
    Value::Object(all)
}

impl Task for NikColumn {
    type Output = Either<String, Vec<u8>>;
    type JsValue = Either<String, JsBuffer>;

    fn compute(&mut self) -> Result<Self::Output> {
        Ok(self.work().unwrap_or_else(|refusal| Either::A(json!({ "error": refusal }).to_string())))
    }

    fn resolve(&mut self, _: Env, made: Self::Output) -> Result<Self::JsValue> {
        Ok(match made {
            Either::A(json) => Either::A(json),
            Either::B(bytes) => Either::B(bytes.into()),
        })
    }
}

/// Judges a column of NIKs: JSON for a list, Arrow IPC for Arrow IPC; JSON for an error of either.
#[napi(ts_return_type = "Promise<string | Buffer>")]
pub fn nik_column(
    values: Either<Vec<Option<String>>, Uint8Array>,
    as_of: String,
    wanted: Vec<String>,
) -> AsyncTask<NikColumn> {
    // copied: the caller may transfer or detach the buffer while the worker reads
    let values = match values {
        Either::A(texts) => Either::A(texts),
        Either::B(bytes) => Either::B(bytes.to_vec()),
    };
    AsyncTask::new(NikColumn { values, as_of, wanted })
}
