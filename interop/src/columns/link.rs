//! `link`: a table of the caller's linked under settings of its own: who is who, and why.

use super::asked::{Asked, Call, Column, arrow};
use super::{Beside, ColumnOperation, Example, Input, Made, Output, OutputKind, Place, Report, Table, Watch};
use crate::error::ColumnKind;
use crate::{Error, InputError, InternalError, read};
use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, Float32Array, Float64Array, Int8Array, RecordBatch, UInt32Array};
use arrow_schema::DataType as T;
use arrow_select::take::take;
use bansos::message::Coded;
use bansos_linkage::model::MISSING;
use bansos_linkage::table::{self, TableLinker, TablePair, TableSettings};
use bansos_linkage::watch::{LinkError, Progress};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;

pub(super) const OPERATION: ColumnOperation = ColumnOperation {
    name: "link",
    doc: "Links the rows of a table under settings of your own; what the settings leave open is estimated from the table.",
    example: Example {
        table: r#"{"name":["SITI AMINAH","St. Aminah","BUDI SANTOSO","JOKO"],"born":["1971-01-06","1971-01-06","1980-03-09","1980-03-09"]}"#,
        options: r#"{"settings":{"blocking":[[{"column":"born"}]],"comparisons":[{"name":"name","levels":[{"label":"alike","when":{"name":{"column":"name","at_least":"variant"}},"m":0.9,"u":0.001},{"label":"else","when":"else","m":0.1,"u":0.999}]},{"name":"born","levels":[{"label":"equal","when":{"exact":{"column":"born"}},"m":0.95,"u":0.0001},{"label":"else","when":"else","m":0.05,"u":0.9999}]}],"prior":0.01},"threshold":6}"#,
        column: "cluster",
        answer: "[0,0,2,3]",
    },
    inputs: &[Input {
        name: "compared",
        kinds: &[ColumnKind::Text],
        required: true,
        place: Place::Within(compared),
        doc: "Every column that the settings name, as texts: linkage compares what is written.",
    }],
    outputs: &[Output::new("cluster", OutputKind::Whole, "The cluster of each row, named by its lowest row.")],
    tables: &[Beside {
        name: "pairs",
        doc: "The pairs that reach the threshold, with their levels as Splink counts them.",
        outputs: &[
            Output::new("row_l", OutputKind::Whole, "The lower row."),
            Output::new("row_r", OutputKind::Whole, "The higher row."),
            Output::new("match_weight", OutputKind::Number, "log2 of the odds that both are one."),
            Output::new("match_probability", OutputKind::Number, "The same as a probability."),
            Output::new(
                "gamma_",
                OutputKind::Whole,
                "The level reached, 0 for \"else\"; null where a value is missing.",
            )
            .nullable()
            .each("comparison"),
        ],
    }],
    report: Some(Report {
        per_column: false,
        #[cfg(feature = "schema")]
        schema: || {
            let settings = schemars::generate::SchemaSettings::default().for_serialize();
            settings.into_generator().into_root_schema_for::<LinkReport>()
        },
    }),
    progress: false,
    #[cfg(feature = "schema")]
    options_schema: || schemars::schema_for!(LinkOptions),
    misfit: |_| None,
    run: |call| Linked::of(call)?.made(),
};

/// How a table is linked.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct LinkOptions {
    /// Blocking rules, comparisons with their levels, and m and u where known: an object or its JSON text. Settings and trained
    /// models of Splink (3 to 5, DuckDB dialect) are understood where their conditions have a counterpart.
    settings: Settings,
    /// Pairs from this match weight (log2 odds) up are kept and joined; without one the settings' own.
    threshold: Option<f32>,
}

impl LinkOptions {
    fn settings(self) -> Result<TableSettings, Error> {
        let read = match self.settings.0 {
            Value::String(text) => TableSettings::from_json(&text),
            value => TableSettings::from_value(value),
        };
        let mut settings = read.map_err(|e| Error::at("/settings", &e))?;
        settings.threshold = self.threshold.unwrap_or(settings.threshold);
        Ok(settings)
    }
}

/// Settings of a linkage, in their own form.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Settings(Value);

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Settings {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Settings".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, { "type": "object" }] })
    }
}

/// The columns that settings name.
fn compared(options: &Value) -> Result<Vec<String>, Error> {
    let settings = read::request::<LinkOptions>(options)?.settings()?;
    let mut names = settings.columns();
    names.extend(settings.source.filter(|s| !names.contains(s)));
    Ok(names)
}

/// What a linkage says about itself.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkReport {
    /// The trained settings: save them, and give them as settings again.
    pub model: Map<String, Value>,
    /// What each blocking rule costs.
    pub rules: Vec<LinkRule>,
    /// m, u and match weight of every level of every comparison.
    pub weights: Vec<LinkWeight>,
}

/// What a blocking rule costs.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkRule {
    /// Pairs of rows with one key.
    pub pairs: u64,
    /// Rows of the largest block before splitting.
    pub largest: u64,
    /// Blocks split for being over the cap.
    pub split: u64,
}

/// What a level of a comparison weighs.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkWeight {
    /// The comparison.
    pub comparison: String,
    /// The level's label.
    pub level: String,
    /// Share of the pairs of one person that reach it.
    pub m: Option<f64>,
    /// Share of the pairs of two persons that reach it.
    pub u: Option<f64>,
    /// log2 of m/u.
    pub match_weight: f32,
}

/// A table linked, to be asked further.
#[derive(Debug)]
pub struct Linked {
    linker: TableLinker,
    pairs: Vec<TablePair>,
    labels: Vec<u32>,
}

impl Linked {
    /// Links a table: [`super::call`] with the linker kept.
    ///
    /// # Errors
    /// As [`super::call`].
    pub fn new(options: &Value, table: &Table, watch: Watch<'_>) -> Result<Self, Error> {
        Self::of(&Asked::read(&OPERATION, options)?.of(table, watch)?)
    }

    fn of(call: &Call<'_>) -> Result<Self, Error> {
        let settings = call.options::<LinkOptions>()?.settings()?;
        let columns: Vec<(String, Vec<ArrayRef>)> =
            call.columns("compared").map(|c| Ok((c.name.to_owned(), plain(c)?))).collect::<Result<_, Error>>()?;
        let texts = columns.iter().map(|(name, chunks)| {
            let texts: Vec<Option<&str>> = chunks.iter().flat_map(texts).collect();
            (name.clone(), texts)
        });
        let table = table::Table::from_columns(texts.collect()).map_err(|e| refused(&e))?;
        let mut linker = TableLinker::new(table, settings).map_err(|e| refused(&e))?;
        // how far it is counts pairs of each stage, not rows: the caller's watcher is only asked whether to go on
        let watch = |_: Progress| (call.watch)(0, call.rows());
        linker.train(&watch).map_err(stopped)?;
        let pairs = linker.predict(&watch).map_err(stopped)?;
        let labels = linker.cluster(&pairs, &watch).map_err(stopped)?;
        Ok(Self { linker, pairs, labels })
    }

    fn made(&self) -> Result<Made, Error> {
        let report = serde_json::to_value(self.report()?).map_err(|_| fault())?;
        Ok(Made {
            batches: vec![self.clusters()?],
            tables: vec![("pairs", self.pairs()?)],
            reports: vec![(String::new(), report)],
            ..Made::default()
        })
    }

    /// The cluster of each row: its lowest row.
    ///
    /// # Errors
    /// A fault of the library, here as below.
    pub fn clusters(&self) -> Result<RecordBatch, Error> {
        batch([("cluster".to_owned(), Arc::new(self.labels.iter().copied().collect::<UInt32Array>()) as _, false)])
    }

    /// The pairs, with their weight, probability and levels: 0 is "else" and the strongest level highest, as in Splink.
    pub fn pairs(&self) -> Result<RecordBatch, Error> {
        let p = &self.pairs;
        let mut columns: Vec<(String, ArrayRef, bool)> = vec![
            ("row_l".to_owned(), Arc::new(p.iter().map(|x| x.a).collect::<UInt32Array>()), false),
            ("row_r".to_owned(), Arc::new(p.iter().map(|x| x.b).collect::<UInt32Array>()), false),
            ("match_weight".to_owned(), Arc::new(p.iter().map(|x| x.weight).collect::<Float32Array>()), false),
            (
                "match_probability".to_owned(),
                Arc::new(p.iter().map(TablePair::probability).collect::<Float64Array>()),
                false,
            ),
        ];
        for (i, c) in self.linker.settings().comparisons.iter().enumerate() {
            let level = |x: &TablePair| match x.vector.level(i) {
                MISSING => None,
                level => i8::try_from(c.levels.len() - 1 - usize::from(level)).ok(),
            };
            columns.push((format!("gamma_{}", c.name), Arc::new(p.iter().map(level).collect::<Int8Array>()), true));
        }
        batch(columns)
    }

    /// Per row the weight it reaches against a copy of itself, `match_weight`.
    pub fn self_weights(&self) -> Result<RecordBatch, Error> {
        let weights = self.linker.self_weights().into_iter().collect::<Float32Array>();
        batch([("match_weight".to_owned(), Arc::new(weights) as _, false)])
    }

    /// The steps of the weight of two rows; nothing where they are not two rows of the table.
    pub fn waterfall(&self, row_l: u32, row_r: u32) -> Option<Vec<(String, f32)>> {
        let there = |row: u32| (row as usize) < self.rows();
        (there(row_l) && there(row_r) && row_l != row_r).then(|| self.linker.waterfall(&self.linker.pair(row_l, row_r)))
    }

    /// Rows of the table.
    pub fn rows(&self) -> usize {
        self.labels.len()
    }

    /// The model, the rules and the weights.
    pub fn report(&self) -> Result<LinkReport, Error> {
        let settings = self.linker.settings();
        // through text, where 0.1 stays 0.1 however many bits it has
        let text = serde_json::to_string(settings).map_err(|_| fault())?;
        let model = serde_json::from_str(&text).map_err(|_| fault())?;
        let rule = |c: &table::RuleCount| LinkRule { pairs: c.pairs, largest: c.largest, split: c.split };
        let of_level = settings.weights();
        let mut weights = Vec::new();
        for (i, c) in settings.comparisons.iter().enumerate() {
            weights.extend((0u8..).zip(&c.levels).map(|(l, level)| LinkWeight {
                comparison: c.name.clone(),
                level: level.label.clone(),
                m: level.m,
                u: level.u,
                match_weight: of_level.of(i, l),
            }));
        }
        Ok(LinkReport { model, rules: self.linker.counts().iter().map(rule).collect(), weights })
    }
}

fn batch(columns: impl IntoIterator<Item = (String, ArrayRef, bool)>) -> Result<RecordBatch, Error> {
    RecordBatch::try_from_iter_with_nullable(columns).map_err(arrow)
}

fn refused(why: &dyn Coded) -> Error {
    Error::at("", why)
}

/// A linkage that the caller stopped is stopped like any other operation.
fn stopped(why: LinkError) -> Error {
    match why {
        LinkError::Cancelled => Error::at("", &InputError::Stopped),
        other => refused(&other),
    }
}

fn fault() -> Error {
    Error::at("", &InternalError::Fault)
}

/// The chunks of a column, a categorical as the texts it stands for.
fn plain(column: &Column<'_>) -> Result<Vec<ArrayRef>, Error> {
    let plain = |chunk: &ArrayRef| match chunk.as_any_dictionary_opt() {
        Some(words) => take(words.values(), words.keys(), None).map_err(arrow),
        None => Ok(chunk.clone()),
    };
    column.chunks.iter().map(plain).collect()
}

fn texts(chunk: &ArrayRef) -> Vec<Option<&str>> {
    match chunk.data_type() {
        T::Utf8 => chunk.as_string::<i32>().iter().collect(),
        T::LargeUtf8 => chunk.as_string::<i64>().iter().collect(),
        T::Utf8View => chunk.as_string_view().iter().collect(),
        // a column of nulls alone
        _ => vec![None; chunk.len()],
    }
}
