//! The vectors that are about a column, through the column kernels: a NIK as a column of one cell, families as columns.
//! What a column does not hold (findings by sentence, what is declared) is not compared here.

mod families;

use arrow_array::{Array, Date32Array, Float64Array, Int64Array, StringArray};
use bansos::ranking::RankOptions;
use bansos::{Sex, date};
use bansos_arrow::nik::{Wanted, examine};
use bansos_arrow::ranking::{Arrays, rank_arrays};
use bansos_conformance::{Case, difference, groups, print_counts};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Map, Value, json};
use std::process::ExitCode;

type Trouble = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let groups = match groups() {
        Ok(groups) => groups,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let mut trials = Vec::new();
    for group in groups {
        for case in &group.cases {
            let kernel: fn(&Case) -> Result<(), Failed> = match group.operation_of(case) {
                "nik.examine" => nik,
                "ranking.deciles" => ranking,
                "eligibility.determine" if families::is_column(case) => families::eligibility,
                _ => continue,
            };
            // a request that is none (a number for a text) is no column either
            let code = case.expect["error"]["code"].as_str().unwrap_or_default();
            if code.starts_with("input.") {
                continue;
            }
            // rows have doubles alone; a column's whole numbers and decimals are exact beyond 2^53
            if code == "ranking.score_too_large" {
                continue;
            }
            let case = case.clone();
            trials.push(Trial::test(format!("{}: {}", case.id, case.title), move || kernel(&case)));
        }
    }
    let done = libtest_mimic::run(&arguments, trials);
    print_counts("rust-columns", done.num_passed, done.num_failed, 0);
    done.exit_code()
}

/// Only the members that a column has.
fn only(expect: &Value, names: &[&str]) -> Value {
    let kept = expect["ok"].as_object().into_iter().flatten().filter(|(name, _)| names.contains(&name.as_str()));
    json!({ "ok": kept.map(|(k, v)| (k.clone(), v.clone())).collect::<Map<_, _>>() })
}

fn agrees(expect: &Value, answer: &Value) -> Result<(), Failed> {
    difference(expect, answer).map_or(Ok(()), |why| Err(why.into()))
}

fn day(value: &Value) -> Result<bansos::Date, Trouble> {
    let day: bansos_interop::value::Day = bansos_interop::read_as(value)?;
    Ok(day.0)
}

fn nik(case: &Case) -> Result<(), Failed> {
    let cells = StringArray::from(vec![case.input["nik"].as_str()]);
    let found = examine(&cells, Wanted::ALL, day(&case.input["as_of"])?)?;
    let class = found.class.as_ref().and_then(|c| bansos::nik::Class::ALL.get(usize::try_from(c.value(0)).ok()?));
    let class = class.ok_or("no class")?.word();
    // a shape that a row refuses is a class of a column
    if let Some(code) = case.expect["error"]["code"].as_str() {
        return if code == format!("nik.{class}") { Ok(()) } else { Err(format!("{class}, not {code}").into()) };
    }
    let birth = found.birth_date.as_ref().filter(|b: &&Date32Array| b.is_valid(0)).map(|b| b.value(0));
    let sex =
        found.sex.as_ref().filter(|s| s.is_valid(0)).and_then(|s| Sex::ALL.get(usize::try_from(s.value(0) - 1).ok()?));
    let answer = json!({ "ok": {
        "class": class,
        "birth_date": birth.and_then(date::from_epoch_days).map(|d| d.to_string()),
        "sex": sex.map(|s| s.word()),
    }});
    // with facts beside the number a row may settle on the other century
    let alone = case.input.get("declared").is_none();
    let known: &[&str] = if alone { &["class", "birth_date", "sex"] } else { &["class", "sex"] };
    let mut want = only(&case.expect, known);
    // a column gives the younger of two possible dates
    if let (Some(ok), Some([younger, ..])) =
        (want["ok"].as_object_mut(), case.expect["ok"]["birth_dates"].as_array().map(Vec::as_slice))
        && alone
    {
        ok.insert("birth_date".to_owned(), younger.clone());
    }
    agrees(&want, &answer)
}

fn ranking(case: &Case) -> Result<(), Failed> {
    let families = case.input["families"].as_array().ok_or("no families")?;
    let text = |name: &str| StringArray::from_iter(families.iter().map(|f| f[name].as_str()));
    let score = Float64Array::from_iter(families.iter().map(|f| f["score"].as_f64()));
    let size = Int64Array::from_iter(families.iter().map(|f| f["size"].as_i64()));
    let (key, group) = (text("key"), text("group"));
    let mut options = case.input.clone();
    options.as_object_mut().ok_or("no object")?.remove("families");
    let mut whole = serde_json::to_value(RankOptions::default())?;
    for (name, value) in options.as_object().into_iter().flatten() {
        whole[name] = value.clone();
    }
    let options: RankOptions = bansos_interop::read_as(&whole)?;
    let given = |column: &dyn Array| column.null_count() < column.len();
    let arrays = Arrays { score: &score, size: given(&size).then_some(&size), key: Some(&key) };
    let grouped: Option<&dyn Array> = given(&group).then_some(&group as &dyn Array);
    let answer = match rank_arrays(&arrays, &[grouped], &options) {
        Err(why) => json!({ "error": bansos_interop::host_error("/families", &why) }),
        Ok(ranked) => {
            let parts = ranked.first().ok_or("no ranking")?.parts.iter();
            let name = if options.scale.parts() == 10 { "decile" } else { "percentile" };
            json!({ "ok": { "places": parts.map(|p| json!({ name: p })).collect::<Vec<_>>() } })
        }
    };
    let Some(places) = case.expect["ok"]["places"].as_array() else {
        // of the rest an error's code says all; the report has tests of its own
        let code = |v: &Value| v["error"]["code"].clone();
        let same = code(&case.expect) == code(&answer);
        return if same { Ok(()) } else { Err(format!("expected {}, got {answer}", code(&case.expect)).into()) };
    };
    let scaled = if options.scale.parts() == 10 { "decile" } else { "percentile" };
    let ranked = places.iter().map(|p| p.get(scaled).map_or_else(|| json!({}), |d| json!({ scaled: d })));
    agrees(&json!({ "ok": { "places": ranked.collect::<Vec<_>>() } }), &answer)
}
