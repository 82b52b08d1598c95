//! Linking a table of the caller's: columns in, clusters and pairs out, the model between them.

use crate::capsule::{Chunks, Table};
use crate::{error, value};
use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, Float32Array, Float64Array, Int8Array, RecordBatch, UInt32Array};
use arrow_schema::{DataType, Field, Schema};
use bansos_linkage::table::splink::SplinkSettings;
use bansos_linkage::table::{self, MISSING, TableError, TableLinker, TablePair, TableSettings, TableWeights};
use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use std::sync::Arc;

fn bad(why: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(why.to_string())
}

fn refused(py: Python<'_>, why: &TableError) -> PyErr {
    error::raise(py, &bansos_interop::Error::at("", why))
}

/// Reads settings as JSON, ours or Splink's, and gives them as ours.
fn read_settings(py: Python<'_>, text: &str) -> PyResult<TableSettings> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(bad)?;
    let of_splink =
        value.get("comparisons").and_then(|c| c.get(0)).is_some_and(|c| c.get("comparison_levels").is_some());
    if of_splink {
        let theirs: SplinkSettings = serde_json::from_value(value).map_err(bad)?;
        return theirs.try_into().map_err(|e| refused(py, &e));
    }
    serde_json::from_value(value).map_err(bad)
}

/// The columns that settings name.
#[pyfunction]
pub(crate) fn link_columns(py: Python<'_>, settings: &str) -> PyResult<Vec<String>> {
    let settings = read_settings(py, settings)?;
    let mut names = settings.columns();
    names.extend(settings.source.filter(|s| !names.contains(s)));
    Ok(names)
}

/// A table linked: pairs, clusters, and the model.
#[pyclass(frozen, module = "bansos._native")]
pub(crate) struct LinkedTable {
    linker: TableLinker,
    pairs: Vec<TablePair>,
    labels: Vec<u32>,
}

/// Links the rows of columns of text.
#[pyfunction]
#[pyo3(signature = (columns, settings, threshold=None))]
pub(crate) fn link_table(
    py: Python<'_>,
    columns: Vec<(String, Chunks)>,
    settings: &str,
    threshold: Option<f32>,
) -> PyResult<LinkedTable> {
    let mut settings = read_settings(py, settings)?;
    settings.threshold = threshold.unwrap_or(settings.threshold);
    let arrays: Vec<(String, ArrayRef)> =
        columns.into_iter().map(|(name, chunks)| Ok((name, chunks.joined()?))).collect::<PyResult<_>>()?;
    let texts: Vec<(String, Vec<Option<&str>>)> = arrays
        .iter()
        .map(|(name, array)| texts(array).map(|t| (name.clone(), t)).ok_or_else(|| not_text(name, array)))
        .collect::<PyResult<_>>()?;
    let work = || -> Result<LinkedTable, TableError> {
        let mut linker = TableLinker::new(table::Table::from_columns(texts)?, settings)?;
        linker.train();
        let pairs = linker.predict();
        let labels = linker.cluster(&pairs);
        Ok(LinkedTable { linker, pairs, labels })
    };
    py.detach(work).map_err(|e| refused(py, &e))
}

fn texts(array: &ArrayRef) -> Option<Vec<Option<&str>>> {
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().iter().collect()),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().iter().collect()),
        DataType::Utf8View => Some(array.as_string_view().iter().collect()),
        DataType::Null => Some(vec![None; array.len()]),
        _ => None,
    }
}

fn not_text(name: &str, array: &ArrayRef) -> PyErr {
    PyTypeError::new_err(format!("column {name} is {}, not text", array.data_type()))
}

fn made(fields: Vec<Field>, arrays: Vec<ArrayRef>) -> PyResult<Table> {
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(schema.clone(), arrays).map_err(bad)?;
    Ok(Table { schema, batches: vec![batch], kernel_seconds: 0.0 })
}

#[pymethods]
impl LinkedTable {
    /// row_l, row_r, match_weight, match_probability, and gamma_… per comparison: the level's number, null where missing.
    fn pairs(&self) -> PyResult<Table> {
        let p = &self.pairs;
        let mut fields = vec![
            Field::new("row_l", DataType::UInt32, false),
            Field::new("row_r", DataType::UInt32, false),
            Field::new("match_weight", DataType::Float32, false),
            Field::new("match_probability", DataType::Float64, false),
        ];
        let mut arrays: Vec<ArrayRef> = vec![
            Arc::new(p.iter().map(|x| x.a).collect::<UInt32Array>()),
            Arc::new(p.iter().map(|x| x.b).collect::<UInt32Array>()),
            Arc::new(p.iter().map(|x| x.weight).collect::<Float32Array>()),
            Arc::new(p.iter().map(TablePair::probability).collect::<Float64Array>()),
        ];
        for (i, c) in self.linker.settings().comparisons.iter().enumerate() {
            // as Splink counts them: 0 is "else", the strongest level highest
            let top = c.levels.len() as i8 - 1;
            let level = |x: &TablePair| match x.vector.level(i) {
                MISSING => None,
                l => Some(top - l as i8),
            };
            fields.push(Field::new(format!("gamma_{}", c.name), DataType::Int8, true));
            arrays.push(Arc::new(p.iter().map(level).collect::<Int8Array>()));
        }
        made(fields, arrays)
    }

    /// cluster per row: the cluster's lowest row.
    fn clusters(&self) -> PyResult<Table> {
        let labels: ArrayRef = Arc::new(self.labels.iter().copied().collect::<UInt32Array>());
        made(vec![Field::new("cluster", DataType::UInt32, false)], vec![labels])
    }

    /// The trained settings as JSON.
    fn model(&self) -> PyResult<String> {
        serde_json::to_string(self.linker.settings()).map_err(bad)
    }

    /// (comparison, level, m, u, weight) of every level.
    fn weights(&self) -> Vec<(String, String, Option<f64>, Option<f64>, f32)> {
        let weights = TableWeights::new(&self.linker.settings().comparisons);
        let mut out = Vec::new();
        for (i, c) in self.linker.settings().comparisons.iter().enumerate() {
            for (l, level) in (0u8..).zip(&c.levels) {
                out.push((c.name.clone(), level.label.clone(), level.m, level.u, weights.of(i, l)));
            }
        }
        out
    }

    /// (step, bits) of the weight of two rows.
    fn waterfall(&self, row_l: u32, row_r: u32) -> PyResult<Vec<(String, f32)>> {
        let rows = self.linker.table().rows() as u32;
        if row_l >= rows || row_r >= rows || row_l == row_r {
            return Err(PyIndexError::new_err(format!("rows are two of 0 to {}", rows.saturating_sub(1))));
        }
        Ok(self.linker.waterfall(&self.linker.pair(row_l, row_r)))
    }

    /// Per row the weight it reaches against a copy of itself.
    fn self_weights(&self) -> PyResult<Table> {
        let weights: ArrayRef = Arc::new(self.linker.self_weights().into_iter().collect::<Float32Array>());
        made(vec![Field::new("match_weight", DataType::Float32, false)], vec![weights])
    }

    /// (pairs, rows of the largest block) per blocking rule.
    fn counts(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let all: Vec<_> = self
            .linker
            .counts()
            .iter()
            .map(|c| serde_json::json!({ "pairs": c.pairs, "largest": c.largest, "split": c.split }))
            .collect();
        value::to_python(py, &serde_json::Value::Array(all))
    }
}
