//! Columns of scores to be ranked.

use super::ipc::{broken, bytes, column, read, write};
use super::{Judged, Work};
use arrow_array::{Array, ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, UInt8Array};
use arrow_schema::{DataType, Field, Schema};
use arrow_select::concat::concat;
use bansos::ranking::RankOptions;
use bansos_arrow::ranking::{Arrays, rank_arrays};
use bansos_interop::{Error as Refusal, InputError, camel, read_as, rename, snake};
use napi::bindgen_prelude::{AsyncTask, Either, Uint8Array};
use napi_derive::napi;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Columns of a table as JavaScript has them.
#[napi(object)]
pub struct RankLists {
    /// Scores.
    pub score: Vec<Option<f64>>,
    /// Members of each family.
    pub size: Option<Vec<Option<i64>>>,
    /// Identifiers that order equal scores.
    pub key: Option<Vec<Option<String>>>,
    /// Groupings, in the order of their names.
    pub groups: Vec<Vec<Option<String>>>,
}

/// Which columns of an Arrow table are what.
#[napi(object)]
pub struct RankNames {
    /// Scores.
    pub score: String,
    /// Members of each family.
    pub size: Option<String>,
    /// Identifiers that order equal scores.
    pub key: Option<String>,
    /// Groupings.
    pub group: Vec<String>,
}

/// Ranks by each grouping and all together. Lists give lists in JSON, Arrow IPC gives Arrow IPC.
#[napi(ts_return_type = "Promise<Made>")]
pub fn rank_columns(
    table: Either<RankLists, Uint8Array>,
    given_away: bool,
    names: RankNames,
    options: String,
) -> AsyncTask<Work> {
    AsyncTask::new(match table {
        Either::A(lists) => Work::new(move || {
            let text = |c: Vec<Option<String>>| Arc::new(StringArray::from(c)) as ArrayRef;
            let table = Table {
                score: Arc::new(Float64Array::from(lists.score)),
                size: lists.size.map(|c| Arc::new(Int64Array::from(c)) as ArrayRef),
                key: lists.key.map(text),
                groups: lists.groups.into_iter().map(text).collect(),
            };
            let (ranked, _) = table.rank(&names, &options)?;
            let lists = ranked.iter().map(|(name, parts, _)| (name.clone(), parts.iter().collect()));
            Ok((json!({ "columns": lists.collect::<Map<_, _>>(), "reports": reports(&ranked) }), None))
        }),
        Either::B(given) => {
            let given = bytes(given, given_away);
            Work::new(move || {
                let (ranked, took) = Table::read(given, &names)?.rank(&names, &options)?;
                let fields: Vec<_> = ranked.iter().map(|(n, ..)| Field::new(n, DataType::UInt8, true)).collect();
                let parts = ranked.iter().map(|(_, parts, _)| Arc::new(parts.clone()) as ArrayRef).collect();
                let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), parts).map_err(broken)?;
                Ok((json!({ "reports": reports(&ranked) }), Some(write(&[batch], took)?)))
            })
        }
    })
}

struct Table {
    score: ArrayRef,
    size: Option<ArrayRef>,
    key: Option<ArrayRef>,
    groups: Vec<ArrayRef>,
}

/// A grouping's name, parts and report.
type Ranked = (String, UInt8Array, Value);

fn reports(ranked: &[Ranked]) -> Map<String, Value> {
    ranked.iter().map(|(name, _, report)| (name.clone(), report.clone())).collect()
}

impl Table {
    fn read(given: arrow_buffer::Buffer, names: &RankNames) -> Judged<Self> {
        let (schema, batches) = read(given)?;
        let named = |name: &str, path: &str| -> Judged<ArrayRef> {
            let at = schema
                .index_of(name)
                .map_err(|_| Refusal::at(path, &InputError::Missing { field: name.to_owned() }))?;
            let chunks = column(&schema, &batches, at)?;
            let chunks: Vec<&dyn Array> = chunks.iter().map(AsRef::as_ref).collect();
            concat(&chunks).map_err(broken)
        };
        Ok(Self {
            score: named(&names.score, "/score")?,
            size: names.size.as_ref().map(|n| named(n, "/size")).transpose()?,
            key: names.key.as_ref().map(|n| named(n, "/key")).transpose()?,
            groups: names.group.iter().map(|n| named(n, "/group")).collect::<Judged<_>>()?,
        })
    }

    fn rank(&self, names: &RankNames, options: &str) -> Judged<(Vec<Ranked>, Duration)> {
        let options = rename(bansos_interop::parse(options)?, snake);
        if options.get("by").is_none() {
            return Err(Refusal::at("/by", &InputError::Missing { field: "by".into() }));
        }
        let options: RankOptions = read_as(&options).map_err(|e| Refusal { path: camel(&e.path), ..e })?;
        let arrays = Arrays { score: &self.score, size: self.size.as_deref(), key: self.key.as_deref() };
        let mut by: Vec<Option<&dyn Array>> = vec![None];
        by.extend(self.groups.iter().map(|g| Some(g.as_ref())));
        let start = Instant::now();
        let ranked = rank_arrays(&arrays, &by, &options).map_err(|e| Refusal::at("", &e))?;
        let took = start.elapsed();
        let word = if options.scale.parts() == 10 { "decile" } else { "percentile" };
        let called = std::iter::once(word.to_owned()).chain(names.group.iter().map(|n| format!("{word}_{n}")));
        let all = called.zip(ranked).map(|(name, r)| {
            let report = rename(serde_json::to_value(&r.report).unwrap_or_default(), camel);
            (name, r.parts, json!({ "groups": r.groups, "report": report }))
        });
        Ok((all.collect(), took))
    }
}
