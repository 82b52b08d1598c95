//! Columns as plain lists, for hosts without Arrow.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Float32Type, Float64Type, Int8Type, Int32Type, UInt8Type, UInt32Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType as T;
use bansos::date;
use serde_json::{Map, Value};

/// The columns of batches as JSON lists, under the names that `spell` gives them: words as texts, dates as `YYYY-MM-DD`.
pub fn lists(batches: &[RecordBatch], spell: impl Fn(&str) -> String) -> Map<String, Value> {
    let Some(first) = batches.first() else { return Map::new() };
    let column = |at: usize| batches.iter().filter_map(move |b| b.columns().get(at));
    let fields = first.schema_ref().fields().iter().enumerate();
    fields.map(|(at, field)| (spell(field.name()), column(at).flat_map(list).collect())).collect()
}

fn list(column: &ArrayRef) -> Vec<Value> {
    match column.data_type() {
        T::Utf8 => column.as_string::<i32>().iter().map(Value::from).collect(),
        T::Int8 => column.as_primitive::<Int8Type>().iter().map(Value::from).collect(),
        T::Int32 => column.as_primitive::<Int32Type>().iter().map(Value::from).collect(),
        T::UInt8 => column.as_primitive::<UInt8Type>().iter().map(Value::from).collect(),
        T::UInt32 => column.as_primitive::<UInt32Type>().iter().map(Value::from).collect(),
        T::Float32 => column.as_primitive::<Float32Type>().iter().map(Value::from).collect(),
        T::Float64 => column.as_primitive::<Float64Type>().iter().map(Value::from).collect(),
        T::Date32 => {
            let day = |d: i32| date::from_epoch_days(d).map(|d| d.to_string());
            column.as_primitive::<Date32Type>().iter().map(|d| d.and_then(day).into()).collect()
        }
        _ => column.as_any_dictionary_opt().map_or_else(
            || vec![Value::Null; column.len()],
            |words| {
                let values = list(words.values());
                let keys = words.normalized_keys();
                let word = |(row, key): (usize, usize)| match words.is_valid(row) {
                    true => values.get(key).cloned().unwrap_or_default(),
                    false => Value::Null,
                };
                keys.into_iter().enumerate().map(word).collect()
            },
        ),
    }
}
