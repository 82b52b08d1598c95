//! A column of NIKs to be judged.

use super::ipc::{broken, bytes, column, read, write};
use super::{Judged, Work};
use arrow_array::{Array, RecordBatch, StringArray};
use bansos::nik::Class;
use bansos::{Sex, date};
use bansos_arrow::nik::{Columns, Wanted, examine};
use bansos_interop::{Error as Refusal, read_as, value::Day};
use napi::bindgen_prelude::{AsyncTask, Either, Uint8Array};
use napi_derive::napi;
use serde_json::{Map, Value};
use std::time::Instant;

/// Judges a column of NIKs: lists in JSON for a list, Arrow IPC for the first column of Arrow IPC.
#[napi(ts_return_type = "Promise<Made>")]
pub fn nik_column(
    values: Either<Vec<Option<String>>, Uint8Array>,
    given_away: bool,
    as_of: String,
    wanted: Vec<String>,
) -> AsyncTask<Work> {
    let has = |name: &str| wanted.iter().any(|w| w == name);
    let wanted = Wanted {
        class: has("class"),
        region: has("region"),
        birth_date: has("birthDate"),
        sex: has("sex"),
        flags: has("flags"),
    };
    let day =
        move || -> Judged<Day> { read_as(&Value::from(as_of)).map_err(|e| Refusal { path: "/asOf".into(), ..e }) };
    AsyncTask::new(match values {
        Either::A(texts) => Work::new(move || {
            let cells: StringArray = texts.into_iter().collect();
            Ok((plain(&judge(&cells, wanted, &day()?)?), None))
        }),
        Either::B(given) => {
            let given = bytes(given, given_away);
            Work::new(move || {
                let (day, (schema, batches)) = (day()?, read(given)?);
                let cells = column(&schema, &batches, 0)?;
                let start = Instant::now();
                let judged = cells.iter().map(|c| judge(c.as_ref(), wanted, &day)?.to_batch().map_err(broken));
                let judged: Vec<RecordBatch> = judged.collect::<Judged<_>>()?;
                Ok((Value::Null, Some(write(&judged, start.elapsed())?)))
            })
        }
    })
}

fn judge(cells: &dyn Array, wanted: Wanted, as_of: &Day) -> Judged<Columns> {
    examine(cells, wanted, as_of.0).map_err(|e| Refusal::at("", &e))
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
