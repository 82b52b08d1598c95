//! `decide`, `simulate`, `allocate` and `targeting` as their users call them: on families typed in, and on the result of
//! the main job over an invented kabupaten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod common;

use common::{Run, bansos, csv_rows};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A finished result, made once: 1,500 invented families in three registers, run on a day of 2025.
static RESULT: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let at = tempfile::tempdir().unwrap();
    let registers = at.path().join("registers");
    bansos().arg("synth").arg(&registers).args(["-n", "1500", "--seed", "6", "--as-of", "2025-06-30"]).succeeds();
    bansos()
        .arg("run")
        .arg(&registers)
        .arg("--out")
        .arg(at.path().join("hasil"))
        .args(["--as-of", "2025-07-01"])
        .succeeds();
    at
});

fn result() -> PathBuf {
    RESULT.path().join("hasil")
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/kabupaten-programme").join(name)
}

fn on_result(command: &str) -> Run {
    bansos().arg(command).arg(result()).args(["--on", "2025-07-01"])
}

/// Every line of JSON that was said.
fn lines(said: &str) -> Vec<Value> {
    said.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn write(name: &str, text: &str) -> PathBuf {
    let path = RESULT.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn number(v: &Value) -> u64 {
    v.as_u64().unwrap()
}

// ------------------------------------------------------------------ decide

fn decide(more: &[&str]) -> Run {
    bansos()
        .args(["decide", "--programme", "lansia-tunggal", "--on", "2026-02-01", "--own"])
        .arg(example("lansia-tunggal.toml"))
        .arg(example("keluarga.jsonl"))
        .args(more)
}

#[test]
fn decide_reads_a_regions_own_programme_and_answers_line_by_line() {
    let answers = lines(&decide(&["--json"]).succeeds());
    let of = |key: &str| answers.iter().map(|a| a[key].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(of("id"), ["A", "B", "C", "D", "E", "F"]);
    let eligible = "eligible";
    assert_eq!(of("outcome"), [eligible, eligible, eligible, "ineligible", "undetermined", "ineligible"]);
    assert_eq!(answers[0]["amounts"]["year"], 3_000_000);
    assert_eq!(answers[4]["missing"][0]["detail"], "luas_lantai");
    // sentences for people, in the language asked for, and the reason that decides marked
    let said = decide(&["--lang", "id"]).succeeds();
    assert!(
        said.contains("D  Bantuan Lansia Tunggal: tidak layak") && said.contains("• Keluarga menerima pkh"),
        "{said}"
    );
}

#[test]
fn decide_names_the_overlay_in_every_answer() {
    let overlay = example("usul-desil-2.toml");
    let answers = lines(&decide(&["--json", "--overlay", overlay.to_str().unwrap()]).succeeds());
    assert!(answers.iter().all(|a| a["overlays"][0] == "usul desil 2"));
    assert_eq!(answers[2]["outcome"], "ineligible", "decile 3 is above the proposal's ceiling");
    assert_eq!(answers[1]["outcome"], "eligible");
}

#[test]
fn decide_says_where_a_line_is_wrong_and_repeats_no_value() {
    let family = |text: &str| {
        let path = write("keluarga.jsonl", &format!("{{\"id\":1,\"decile\":2}}\n{text}\n"));
        bansos().args(["decide", "--programme", "pkh", "--on", "2025-07-01", "--lang", "en"]).arg(path).fails(3)
    };
    for (text, code) in [
        (r#"{"decile": 12}"#, "input.range"),
        (r#"{"members": [{"school_level": "RAHASIA"}]}"#, "input.word"),
        (r#"{"members": [{"flags": {"RAHASIA": true}}]}"#, "input.word"),
        (r#"{"members": [{"hobi": "RAHASIA"}]}"#, "input.field_unknown"),
        (r#"{"decile": 2"#, "line 2"),
    ] {
        let said = family(text);
        assert!(said.contains("line 2") && said.contains(code) && !said.contains("RAHASIA"), "{text}: {said}");
    }
    let unknown = bansos().args(["decide", "--programme", "bansos-x", "--on", "2025-07-01"]).fails(2);
    assert!(unknown.contains("cli.unknown_programme") && unknown.contains("pkh"), "{unknown}");
}

// ------------------------------------------------------------------ simulate

const CEILING: &str =
    "name = \"batas desil 3\"\nset = [{ parameter = \"pkh.max_decile\", from = \"2025-04-01\", value = 3 }]\n";

fn simulate(overlay: &Path, more: &[&str]) -> Vec<Value> {
    lines(&on_result("simulate").args(["--programme", "pkh", "--json", "--overlay"]).arg(overlay).args(more).succeeds())
}

#[test]
fn simulate_counts_who_falls_out_under_a_lower_ceiling() {
    let overlay = write("batas.toml", CEILING);
    let answer = &simulate(&overlay, &["--small-cell", "1"])[0];
    assert_eq!(answer["overlays"][0], "batas desil 3");
    let (all, fourth) = (&answer["all"], &answer["deciles"][3]);
    let left = number(&all["left"]);
    assert!(left > 0, "{all}");
    // only the fourth decile is touched, and all of it
    assert_eq!((number(&fourth["left"]), number(&fourth["after"])), (left, 0));
    assert_eq!(number(&all["entered"]) + number(&all["more"]) + number(&all["less"]), 0);
    assert_eq!(number(&all["before"]) - left, number(&all["after"]));
    // the cost of all areas is the cost of the whole, and so by decile
    let cost = |v: &Value| v["cost"].as_str().unwrap().parse::<i64>().unwrap();
    assert!(cost(all) < 0);
    assert_eq!(answer["regions"].as_object().unwrap().values().map(cost).sum::<i64>(), cost(all));
    assert_eq!(
        answer["deciles"].as_array().unwrap().iter().map(cost).sum::<i64>() + cost(&answer["unranked"]),
        cost(all)
    );
}

#[test]
fn simulate_hides_small_cells_and_asks_for_a_change() {
    let overlay = write("batas-kecil.toml", CEILING);
    let answer = &simulate(&overlay, &["--small-cell", "100000"])[0];
    assert!(answer["all"]["left"].is_null() && answer["all"]["cost"].is_null(), "{}", answer["all"]);
    assert!(on_result("simulate").fails(2).contains("cli.no_change"));
    let wrong = write("salah.toml", &CEILING.replace("pkh.max_decile", "pkh.max_desil"));
    assert!(on_result("simulate").arg("--overlay").arg(wrong).fails(2).contains("policy.unknown_parameter"));
}

#[test]
fn simulate_takes_an_alternative_of_a_disputed_figure() {
    let said = on_result("simulate")
        .args([
            "--programme",
            "sembako",
            "--alternative",
            "sembako.max_decile/four_in_2025",
            "--json",
            "--small-cell",
            "1",
        ])
        .succeeds();
    let answer = &lines(&said)[0];
    assert_eq!(number(&answer["deciles"][4]["after"]), 0);
    assert_eq!(answer["all"]["left"], answer["deciles"][4]["left"]);
}

// ------------------------------------------------------------------ allocate

/// (place, detail) of each family and programme.
fn places(path: &Path) -> BTreeMap<(String, String), (String, String)> {
    let rows = csv_rows(path);
    assert_eq!(rows[0], ["family_id", "programme", "place", "detail"]);
    rows[1..].iter().map(|r| ((r[0].clone(), r[1].clone()), (r[2].clone(), r[3].clone()))).collect()
}

#[test]
fn allocate_gives_places_by_district_and_leaves_nobody_out() {
    let free = lines(&on_result("allocate").args(["--place", "pkh", "--json"]).succeeds());
    let areas = free[0]["areas"].as_object().unwrap();
    // half of what is asked for in each kecamatan, rounded down; one kecamatan is left out of the file, one has nobody
    let asked: Vec<(&String, u64)> =
        areas.iter().filter(|(a, _)| *a != "0").map(|(a, l)| (a, number(&l["given"]) / 2)).collect();
    assert!(asked.len() > 3, "{areas:?}");
    let mut text = "program;wilayah;kuota\n".to_owned();
    for (area, n) in &asked[1..] {
        text += &format!("pkh;{area};{n}\n");
    }
    let file = write("kuota.csv", &format!("{text}pkh;11.01.01;7\n"));
    let out = RESULT.path().join("tempat.csv");
    let said = on_result("allocate")
        .args(["--place", "pkh", "--place", "sembako=100", "--json", "--quotas"])
        .arg(&file)
        .arg("--out")
        .arg(&out)
        .succeeds();
    let answers = lines(&said);
    let (pkh, sembako) = (&answers[0], &answers[1]);
    assert_eq!((&pkh["closes"], &pkh["places_in_other_areas"]), (&true.into(), &7.into()));
    for (area, n) in &asked[1..] {
        assert_eq!((number(&pkh["areas"][*area]["given"]), number(&pkh["areas"][*area]["quota"])), (*n, *n));
    }
    assert_eq!(number(&pkh["areas"][asked[0].0]["given"]), 0, "an area left out has no places");
    assert_eq!(number(&sembako["total"]["given"]), 100);
    // every family has a line for each programme, and the lines say what the totals say
    let places = places(&out);
    let count = |programme: &str, word: &str| {
        places.iter().filter(|((_, p), (w, _))| p == programme && w == word).count() as u64
    };
    for (programme, answer) in [("pkh", pkh), ("sembako", sembako)] {
        let words = ["given", "waiting", "excluded", "ineligible", "undetermined"];
        words.iter().for_each(|w| assert_eq!(count(programme, w), number(&answer["total"][*w]), "{programme} {w}"));
        assert_eq!(words.iter().map(|w| count(programme, w)).sum::<u64>(), number(&answer["total"]["families"]));
    }
    // a second run says the same
    let again =
        on_result("allocate").args(["--place", "pkh", "--place", "sembako=100", "--json", "--quotas"]).arg(&file);
    assert_eq!(again.succeeds(), said);
}

#[test]
fn allocate_keeps_a_budget_and_puts_present_recipients_first() {
    let free = lines(&on_result("allocate").args(["--place", "sembako", "--json"]).succeeds());
    let most = number(&free[0]["total"]["given"]) / 3;
    let budget = format!("sembako={}", most * 2_400_000 + 1);
    let answer =
        &lines(&on_result("allocate").args(["--place", "sembako", "--budget", &budget, "--json"]).succeeds())[0];
    assert_eq!(number(&answer["total"]["given"]), most);
    assert_eq!(number(&answer["total"]["rupiah"]), most * 2_400_000);

    let out = RESULT.path().join("lama.csv");
    let place = format!("sembako={most}");
    on_result("allocate").args(["--place", &place, "--carry-over", "sembako", "--out"]).arg(&out).succeeds();
    let receives: BTreeMap<String, bool> = families_receiving("receives_sembako");
    let places = places(&out);
    let waits = |f: &str| places[&(f.to_owned(), "sembako".to_owned())].0 == "waiting";
    let newcomer = |f: &str| places[&(f.to_owned(), "sembako".to_owned())].0 == "given" && !receives[f];
    let anyone = |test: &dyn Fn(&str) -> bool| receives.keys().any(|f| test(f));
    assert!(receives.values().filter(|r| **r).count() > 10);
    // no newcomer has a place while a present recipient waits
    assert!(!(anyone(&newcomer) && anyone(&|f| receives[f] && waits(f))));
}

/// The families of the result that receive a programme, as it says.
fn families_receiving(column: &str) -> BTreeMap<String, bool> {
    use arrow_array::cast::AsArray;
    let file = std::fs::File::open(result().join("families.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let mut all = BTreeMap::new();
    for batch in reader.map(Result::unwrap) {
        let ids = batch.column_by_name("family_id").unwrap().as_string::<i32>().clone();
        let said = batch.column_by_name(column).unwrap().as_boolean().clone();
        all.extend(ids.iter().zip(&said).map(|(f, r)| (f.unwrap().to_owned(), r == Some(true))));
    }
    all
}

#[test]
fn allocate_says_what_is_wrong_with_its_options() {
    let quotas = |text: &str| {
        let path = write("kuota-salah.csv", text);
        on_result("allocate").args(["--place", "pkh", "--lang", "en", "--quotas"]).arg(path)
    };
    let head = "programme,area,places\n";
    for (text, exit, code) in [
        (format!("{head}pkh,35.08.01,5\npkh,3508,4\n"), 3, "cli.quota_levels"),
        (format!("{head}pkh,35.08.01,5\npkh,350801,4\n"), 3, "cli.quota_twice"),
        (format!("{head}pkh,35.08.01,banyak\n"), 3, "cli.bad_quota"),
        (format!("{head}pkh,35.08.01.2001,3\n"), 3, "cli.bad_quota"),
        (format!("{head}sembako,35.08.01,3\n"), 2, "cli.quota_idle"),
        ("a,b\n1,2\n".to_owned(), 3, "read.no_column"),
    ] {
        let said = quotas(&text).fails(exit);
        assert!(said.contains(code), "{text}: {said}");
    }
    let option = |more: &[&str]| on_result("allocate").args(["--place", "pkh=3"]).args(more).fails(2);
    assert!(option(&["--place", "sembako=many"]).contains("cli.bad_place"));
    assert!(option(&["--budget", "sembako=3"]).contains("cli.not_filled"));
    assert!(option(&["--budget", "pkh"]).contains("cli.bad_place"));
    assert!(option(&["--carry-over", "bst"]).contains("cli.not_filled"));
    let path = write("kuota-ganda.csv", &format!("{head}pkh,35.08.01,5\n"));
    assert!(option(&["--quotas", path.to_str().unwrap()]).contains("cli.quota_idle"));
    let said = on_result("allocate").args(["--place", "pbi-jkn", "--carry-over", "pbi-jkn"]).fails(3);
    assert!(said.contains("cli.no_receipts"), "{said}");
}

// ------------------------------------------------------------------ targeting

#[test]
fn targeting_of_the_eligible_is_what_the_rules_promise() {
    let measure = |more: &[&str]| {
        lines(&on_result("targeting").args(["--json", "--covered", "eligible"]).args(more).succeeds())[0].clone()
    };
    // Sembako has no condition but decile and flags: meant are deciles 1-5, so nobody else is covered
    let m = measure(&["--programme", "sembako", "--meant-decile", "5", "--small-cell", "1"]);
    let of = |name: &str| m["measures"][name].as_f64().unwrap();
    assert_eq!((of("inclusion_error_of_covered"), of("inclusion_error_of_not_meant")), (0.0, 0.0));
    assert!((of("coverage_of_meant") + of("exclusion_error") - 1.0).abs() < 1e-12);
    assert!((of("total_error") + of("total_accuracy") - 1.0).abs() < 1e-12);
    assert!((of("targeting_differential_grosh") - of("coverage_of_meant")).abs() < 1e-12);
    assert!((of("targeting_differential_ravallion") - of("coverage_of_meant")).abs() < 1e-12);
    // all of the money goes to the poorest half: twice its share
    assert_eq!(m["cgh_poorest_percent"], 50);
    let deciles = m["deciles"].as_array().unwrap();
    let sum = |name: &str| deciles.iter().filter_map(|d| d[name].as_f64()).sum::<f64>();
    assert!((sum("beneficiary_incidence") - 1.0).abs() < 1e-9 && (sum("benefit_incidence") - 1.0).abs() < 1e-9);
    assert_eq!(deciles[7]["coverage"], 0.0);
    assert_eq!(m["withheld_districts"], 0);
}

#[test]
fn targeting_says_how_many_areas_it_withholds() {
    let all = lines(&on_result("targeting").args(["--json", "--small-cell", "1"]).succeeds())[0].clone();
    let some = lines(&on_result("targeting").args(["--json", "--small-cell", "12"]).succeeds())[0].clone();
    let shown = |m: &Value| m["districts"].as_object().unwrap().len() as u64;
    let withheld = number(&some["withheld_districts"]);
    assert!(withheld > 0);
    assert_eq!(shown(&some) + withheld, shown(&all));
    let printed = |lang: &str| on_result("targeting").args(["--small-cell", "12", "--lang", lang]).succeeds();
    assert!(
        printed("en").contains(&format!("{withheld} areas withheld: a group there has fewer than 12 families")),
        "{}",
        printed("en")
    );
    assert!(
        printed("id").contains(&format!(
            "{withheld} wilayah tidak ditampilkan: ada kelompok yang berisi kurang dari 12 keluarga"
        ))
    );
    assert!(
        printed("id").contains("pkh: sasaran desil 1–4, penerima = yang tercatat menerima, dihitung dalam keluarga")
    );
}
