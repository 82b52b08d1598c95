use super::*;
use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray};
use serde_json::json;
use std::sync::Arc;

/// Lists as a host has them.
fn table(lists: &Value) -> Table {
    let column = |list: &Value| -> ArrayRef {
        let items = list.as_array().unwrap();
        match items.iter().any(Value::is_number) {
            true => Arc::new(items.iter().map(Value::as_f64).collect::<Float64Array>()),
            false => Arc::new(items.iter().map(Value::as_str).collect::<StringArray>()),
        }
    };
    Table::new(lists.as_object().unwrap().iter().map(|(n, l)| (n.clone(), vec![column(l)])).collect())
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn plainly(name: &str, options: Value, lists: Value) -> Result<Value, Error> {
    call(name, &options, &table(&lists), &unwatched).map(|made| super::lists(&made.batches, str::to_owned).into())
}

#[test]
fn every_example_has_its_answer() {
    for op in COLUMN_OPERATIONS {
        let made = plainly(op.name, json_of(op.example.options), json_of(op.example.table)).unwrap();
        assert_eq!(made[op.example.column], json_of(op.example.answer), "{}", op.name);
    }
}

/// A name is looked up in one place: no option may be called as a column is, or as the choice of outputs.
#[cfg(feature = "schema")]
#[test]
fn options_and_columns_share_no_name() {
    for op in COLUMN_OPERATIONS {
        let schema = (op.options_schema)().to_value();
        let options = schema["properties"].as_object().unwrap();
        assert!(!options.contains_key(asked::CHOICE), "{}", op.name);
        assert!(op.inputs.iter().all(|i| !options.contains_key(i.name)), "{}", op.name);
    }
}

#[test]
fn what_is_described_is_what_is_made() {
    for op in COLUMN_OPERATIONS {
        let mut options = json_of(op.example.options);
        if op.has_choice() {
            options["columns"] = op.outputs.iter().map(|o| o.name).collect();
        }
        let made = call(op.name, &options, &table(&json_of(op.example.table)), &unwatched).unwrap();
        let described = |outputs: &[Output], batch: &RecordBatch| {
            for field in batch.schema().fields() {
                let fits = |o: &&Output| {
                    if o.each.is_some() { field.name().starts_with(o.name) } else { field.name() == o.name }
                };
                let output = outputs.iter().rev().find(fits).unwrap_or_else(|| panic!("{}: {}", op.name, field.name()));
                assert!(
                    output.nullable || batch.column_by_name(field.name()).unwrap().null_count() == 0,
                    "{}",
                    output.name
                );
            }
        };
        described(op.outputs, &made.batches[0]);
        assert_eq!(op.tables.len(), made.tables.len());
        op.tables.iter().zip(&made.tables).for_each(|(described_, (name, batch))| {
            assert_eq!(described_.name, *name);
            described(described_.outputs, batch);
        });
        assert_eq!(op.report.is_some(), !made.reports.is_empty());
    }
}

#[test]
fn an_option_left_out_is_the_default_and_null_is_left_out() {
    let lists = json!({ "s": [3, 1, 2, 2], "k": ["a", "b", "c", "d"] });
    let short = json!({ "score": "s", "key": "k", "by": "families" });
    let long = json!({ "score": "s", "key": "k", "by": "families", "rule": "start", "ties": "split", "scale": "deciles",
        "lower_is_poorer": true, "min_group": 0, "near": null, "size": null, "group": null, "overall": true });
    assert_eq!(plainly("deciles", short, lists.clone()), plainly("deciles", long, lists));
}

#[test]
fn groups_alone_are_ranked_where_the_whole_is_not_wanted() {
    let lists = json!({ "s": [3, 1, 2], "g": ["x", "x", "y"] });
    let made = plainly("deciles", json!({ "score": "s", "by": "families", "group": "g", "overall": false }), lists);
    assert_eq!(made.unwrap(), json!({ "decile_g": [6, 1, 1] }));
}

#[test]
fn what_does_not_fit_says_which_column() {
    let refused = |name: &str, options: Value, lists: Value| {
        let e = plainly(name, options, lists).unwrap_err();
        (e.code, e.path)
    };
    let said = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    let lists = json!({ "s": [1, 2], "t": ["a", "b"], "short": ["a"] });
    let ask = |more: Value| {
        let mut options = json!({ "score": "s", "by": "families" });
        more.as_object().unwrap().iter().for_each(|(k, v)| options[k] = v.clone());
        refused("deciles", options, lists.clone())
    };
    assert_eq!(ask(json!({ "score": "skor" })), said("input.missing", "/score"));
    assert_eq!(ask(json!({ "score": null })), said("input.missing", "/score"));
    assert_eq!(ask(json!({ "by": null })), said("input.missing", "/by"));
    assert_eq!(ask(json!({ "by": "heads" })), said("input.word", "/by"));
    assert_eq!(ask(json!({ "bye": 1 })), said("input.field_unknown", ""));
    assert_eq!(ask(json!({ "group": 5 })), said("input.type", "/group"));
    assert_eq!(ask(json!({ "score": "t" })), said("ranking.column_type", ""));
    assert_eq!(ask(json!({ "key": "short" })), said("ranking.length", ""));
    assert_eq!(refused("desil", json!({}), json!({})), said("input.operation", ""));
    let nik = |options: Value, lists: Value| refused("nik", options, lists);
    assert_eq!(
        nik(json!({ "as_of": "2026-11-21" }), json!({ "n": [3508126801809001_u64] })),
        said("nik.column_type", "")
    );
    assert_eq!(nik(json!({}), json!({ "n": ["1"] })), said("input.missing", "/as_of"));
    let day = json!({ "as_of": "2026-11-21", "columns": ["class", "klass"] });
    assert_eq!(nik(day, json!({ "n": ["1"] })), said("input.word", "/columns/1"));
    let settings = json_of(COLUMN_OPERATIONS.last().unwrap().example.options);
    let numbers = json!({ "name": [1, 2], "born": ["a", "b"] });
    assert_eq!(refused("link", settings.clone(), numbers), said("input.column_type", "/compared"));
    let short = json!({ "name": ["a"], "born": ["a", "b"] });
    assert_eq!(refused("link", settings, short), said("input.column_length", "/compared"));
    assert_eq!(refused("link", json!({ "settings": "{" }), json!({})), said("table.settings", "/settings"));
}

#[test]
fn columns_in_chunks_of_their_own_are_ranked_and_judged_as_whole_ones() {
    let cells: ArrayRef = Arc::new(StringArray::from(vec!["3508126801809001", "1", "", "9999016801809001"]));
    let chunks = vec![cells.slice(0, 1), cells.slice(1, 0), cells.slice(1, 3)];
    let options = json!({ "as_of": "2026-11-21", "columns": ["class", "region"] });
    let reported = std::sync::Mutex::new(Vec::new());
    let watch = |done: usize, total: usize| {
        reported.lock().unwrap().push((done, total));
        ControlFlow::Continue(())
    };
    let made = call("nik", &options, &Table::new(vec![("nik".into(), chunks)]), &watch).unwrap();
    let whole = call("nik", &options, &Table::new(vec![("nik".into(), vec![cells.clone()])]), &unwatched).unwrap();
    assert_eq!(super::lists(&made.batches, str::to_owned), super::lists(&whole.batches, str::to_owned));
    assert_eq!(*reported.lock().unwrap(), [(0, 4), (1, 4), (4, 4)]);

    let scores: ArrayRef = Arc::new(Int64Array::from(vec![4, 3, 2, 1]));
    let keys: ArrayRef = Arc::new(StringArray::from(vec!["a", "b", "c", "d"]));
    let two = vec![scores.slice(0, 3), scores.slice(3, 1)];
    let options = json!({ "score": "s", "key": "k", "by": "families" });
    let made = |s: Vec<ArrayRef>| {
        let table = Table::new(vec![("k".into(), vec![keys.slice(0, 2), keys.slice(2, 2)]), ("s".into(), s)]);
        super::lists(&call("deciles", &options, &table, &unwatched).unwrap().batches, str::to_owned)
    };
    assert_eq!(made(two), made(vec![scores]));
}

#[test]
fn the_watcher_stops_the_work_and_no_rows_still_have_columns() {
    let options = json!({ "as_of": "2026-11-21" });
    let lists = table(&json!({ "nik": ["1"] }));
    let stopped = call("nik", &options, &lists, &|_, _| ControlFlow::Break(())).unwrap_err();
    assert_eq!(stopped.code, "input.stopped");
    assert_eq!(plainly("nik", options, json!({ "nik": [] })).unwrap(), json!({ "class": [] }));
}

#[test]
fn names_are_spelled_as_the_language_spells_them() {
    let lists = table(&json!({ "nik": ["3508126801809001"] }));
    let options = json!({ "asOf": "2026-11-21", "columns": ["birthDate"] });
    let made = call_named("nik", options, &lists, &unwatched, Names::Camel).unwrap();
    let op = find("nik").unwrap();
    let spell = |n: &str| if op.names(n) { names::camel(n) } else { n.to_owned() };
    assert_eq!(Value::Object(super::lists(&made.batches, spell)), json!({ "birthDate": ["1980-01-28"] }));
    let refused = call_named("nik", json!({ "asOf": "x" }), &lists, &unwatched, Names::Camel).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.path.as_str()), ("input.date", "/asOf"));
    // the caller's own names stay
    let lists = table(&json!({ "desa_kode": ["3508122001"], "s": [1] }));
    let options = json!({ "score": "s", "group": ["desa_kode"], "by": "families" });
    let made = call_named("deciles", options, &lists, &unwatched, Names::Camel).unwrap();
    assert_eq!(made.reports[1].0, "decile_desa_kode");
    assert_eq!(made.reports[1].1["report"]["total"]["sizeUnknown"], 1);
    let needs =
        needs("deciles", json!({ "score": "s", "group": "desa_kode", "by": "families" }), Names::Camel).unwrap();
    assert_eq!(
        serde_json::to_value(&needs[1]).unwrap(),
        json!({ "column": "desa_kode", "input": "group", "kind": "text" })
    );
}
