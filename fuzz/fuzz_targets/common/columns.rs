//! A table of every kind of column, and every column operation over whatever came.

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, StructArray,
};
use arrow_schema::{DataType, Field};
use bansos_interop::columns::{COLUMN_OPERATIONS, Table, call, unwatched};
use serde_json::{Value, json};
use std::sync::Arc;

pub fn sample() -> RecordBatch {
    let nik = ["3508126801809001", "350812680180900", "3508124601719001"];
    let texts = [Some("SITI AMINAH"), None, Some("Nama yang panjang sekali")];
    let inner: ArrayRef = Arc::new(StringArray::from(texts.to_vec()));
    let part = StructArray::from(vec![(Arc::new(Field::new("x", DataType::Utf8, true)), inner.clone())]);
    RecordBatch::try_from_iter([
        ("nik", Arc::new(StringArray::from(nik.to_vec())) as ArrayRef),
        ("large", Arc::new(LargeStringArray::from(texts.to_vec()))),
        ("view", Arc::new(StringViewArray::from(texts.to_vec()))),
        ("word", Arc::new(nik.into_iter().collect::<DictionaryArray<Int32Type>>())),
        ("score", Arc::new(Float64Array::from(vec![Some(1.5), None, Some(-0.0)]))),
        ("whole", Arc::new(Int64Array::from(vec![1, -1, i64::MAX]))),
        ("truth", Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)]))),
        ("part", Arc::new(part)),
    ])
    .unwrap()
}

/// The names of its columns.
pub const NAMES: [&str; 8] = ["nik", "large", "view", "word", "score", "whole", "truth", "part"];

/// Runs every column operation, with each of the named columns in its places.
pub fn answered(table: &Table, names: &[&str]) {
    for operation in COLUMN_OPERATIONS {
        let example: Value = serde_json::from_str(operation.example.options).unwrap();
        for name in names {
            let mut options = example.clone();
            match operation.name {
                "deciles" => {
                    options["score"] = json!(name);
                    options["group"] = json!(names.first());
                }
                "link" => {
                    options = json!(
                        options.to_string().replace("\"born\"", &json!(name).to_string()).parse::<Value>().unwrap()
                    )
                }
                _ => {}
            }
            let _ = call(operation.name, &options, table, &unwatched);
        }
    }
}
