//! `bansos rank` as its users call it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use std::path::Path;
use std::process::{Command, Output};

fn bansos(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bansos"));
    command.current_dir(folder).arg("rank").args(args).env("BANSOS_LANG", "en").output().unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// A table with ties, gaps and three kabupaten; semicolons, a byte-order mark, decimals.
fn table(rows: u32) -> String {
    let mut text = String::from("\u{feff}id_keluarga;skor;jiwa;kabupaten\r\n");
    for n in 0..rows {
        let score = if n % 17 == 0 { String::new() } else { format!("{}.{:02}", n * 7919 % 503, n % 4 * 25) };
        let region = ["3508", "6402", "", "3509"][n as usize * 31 % 4];
        text += &format!("R{:05};{score};{};{region}\r\n", n * 7 % 10_007, n % 6 + 1);
    }
    text
}

#[test]
fn weights_reach_as_far_as_the_message_says() {
    let folder = tempfile::tempdir().unwrap();
    let ranked = |size: &str| {
        std::fs::write(folder.path().join("t.csv"), format!("id,skor,jiwa\nA,1,{size}\nB,2,1\n")).unwrap();
        bansos(folder.path(), &["t.csv", "--score", "skor", "--key", "id", "--size", "jiwa", "--by", "persons"])
    };
    for size in ["4", "9223372036854775808", "18446744073709551615"] {
        assert!(ranked(size).status.success(), "{size}: {}", String::from_utf8_lossy(&ranked(size).stderr));
    }
    for (size, code) in [
        ("18446744073709551616", "ranking.weight_too_large"),
        ("-1", "ranking.weight_negative"),
        ("empat", "rank.not_a_number"),
    ] {
        let refused = ranked(size);
        assert_eq!(refused.status.code(), Some(3), "{size}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(code), "{size}");
    }
}

#[test]
fn in_memory_or_in_passes_csv_or_parquet_the_answer_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("t.csv"), table(4000)).unwrap();
    let common =
        ["--score", "skor", "--key", "id_keluarga", "--size", "jiwa", "--group", "kabupaten", "--by", "persons"];
    let run = |input: &str, out: &str, more: &[&str]| {
        let mut args = vec![input, "--out", out, "--json", "--near", "0.5"];
        args.extend(common);
        args.extend(more);
        let done = bansos(at, &args);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        json(&done)
    };
    let whole = run("t.csv", "whole.csv", &[]);
    let passes = run("t.csv", "passes.csv", &["--memory", "0"]);
    assert_eq!(whole["groupings"], passes["groupings"]);
    assert!(passes["passes"].as_u64().unwrap() > whole["passes"].as_u64().unwrap());
    let read = |name: &str| std::fs::read(at.join(name)).unwrap();
    assert!(read("whole.csv") == read("passes.csv"));
    let total = &whole["groupings"][0]["report"]["total"];
    assert_eq!((total["families"].as_u64(), total["unranked"]["missing"].as_u64()), (Some(4000), Some(236)));
    assert!(total["decided_by_key"].as_u64().unwrap() > 0 && total["near_cut"].as_u64().unwrap() > 0);
    assert_eq!(whole["groupings"][1]["groups"], serde_json::json!(["3508", "3509", "6402"]));
    // the result as Parquet, ranked again, gives the same deciles
    run("t.csv", "whole.parquet", &[]);
    let again = bansos(at, &["whole.parquet", "--score", "skor", "--key", "id_keluarga", "--json"]);
    let families = bansos(at, &["t.csv", "--score", "skor", "--key", "id_keluarga", "--json"]);
    assert_eq!(json(&again)["groupings"][0]["report"], json(&families)["groupings"][0]["report"]);
}

#[test]
fn a_place_is_explained_and_two_editions_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rows: String = (0..20).map(|n| format!("F{n:02},{}\n", 1000 + 10 * n)).collect();
    std::fs::write(at.join("a.csv"), format!("key,score\n{rows}")).unwrap();
    std::fs::write(at.join("b.csv"), format!("key,score\n{}", rows.replace("F03,1030", "F03,5000"))).unwrap();
    let why = bansos(at, &["a.csv", "--score", "score", "--key", "key", "--explain", "F03", "--json"]);
    let standing = &json(&why)["explained"][0]["standing"];
    assert_eq!((standing["part"].as_u64(), standing["rank"].as_u64()), (Some(2), Some(4)));
    assert_eq!((standing["to_poorer"].as_f64(), standing["to_richer"].as_f64()), (Some(20.0), Some(10.0)));
    let none = bansos(at, &["a.csv", "--score", "score", "--key", "key", "--explain", "X"]);
    assert_eq!(none.status.code(), Some(2));
    for name in ["a", "b"] {
        let (input, out) = (format!("{name}.csv"), format!("{name}-desil.csv"));
        assert!(bansos(at, &[&input, "--score", "score", "--key", "key", "--out", &out]).status.success());
    }
    let moves = bansos(at, &["b-desil.csv", "--before", "a-desil.csv", "--key", "key", "--line", "1", "--json"]);
    let moves = &json(&moves)["moves"];
    assert_eq!(
        (moves["richer"].as_u64(), moves["far"].as_u64(), moves["crossed_down"].as_u64()),
        (Some(1), Some(1), Some(0))
    );
}

#[test]
fn a_model_file_makes_the_score() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let model = r#"
schema = 1
name = "teaching example"
status = "example"
note = "invented"
target = "log"
unit = "rupiah per head and month"
missing = "refuse"
least_known = 0
digits = 9
variables = [{ name = "luas", kind = "number", unit = "m2", min = 1.0 }, { name = "lantai", kind = "category" }]

[national]
intercept = 13.0

[[national.terms]]
kind = "number"
variable = "luas"
transform = "log"
coefficient = 0.25

[[national.terms]]
kind = "category"
variable = "lantai"
levels = [{ code = 2, coefficient = 0.0 }, { code = 7, coefficient = -0.4 }]

[[national.terms]]
kind = "product"
of = [{ variable = "lantai", is = 7 }, { variable = "luas", transform = "identity" }]
coefficient = -0.001
"#;
    std::fs::write(at.join("m.toml"), model).unwrap();
    std::fs::write(at.join("t.csv"), "id,luas,lantai\nA,36,7\nB,36,2\nC,,2\nD,20,9\n").unwrap();
    let done = bansos(at, &["t.csv", "--model", "m.toml", "--key", "id", "--out", "o.csv", "--json"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let out = std::fs::read_to_string(at.join("o.csv")).unwrap();
    let cells: Vec<Vec<&str>> = out.lines().map(|l| l.trim_end().split(',').collect()).collect();
    // an unknown area and a floor the model does not know: no score, no decile
    assert_eq!((cells[1][3], cells[2][3], cells[3][3], cells[4][3]), ("1", "6", "", ""));
    assert!((cells[1][2].parse::<f64>().unwrap() - (13.0 + 0.25 * 36_f64.ln() - 0.4 - 0.036)).abs() < 1e-8);
    std::fs::write(at.join("bad.toml"), model.replace("schema = 1", "schema = 9")).unwrap();
    let bad = bansos(at, &["t.csv", "--model", "bad.toml"]);
    assert!(bad.status.code() == Some(3) && String::from_utf8_lossy(&bad.stderr).contains("pmt.schema"));
}

#[test]
fn faults_have_codes_and_leave_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("t.csv"), "id,skor\nA,1\nA,2\n").unwrap();
    std::fs::write(at.join("text.csv"), "id,skor\nA,1\nB,miskin\n").unwrap();
    let code = |args: &[&str]| {
        let done = bansos(at, args);
        (done.status.code().unwrap(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    for (args, exit, expected) in [
        (vec!["t.csv", "--score", "skor", "--key", "id", "--out", "o.csv"], 3, "ranking.key_doubled"),
        (vec!["t.csv", "--score", "nilai"], 2, "read.no_column"),
        (vec!["t.csv", "--score", "skor", "--out", "o.txt"], 2, "rank.ending"),
        (vec!["t.csv", "--score", "skor", "--by", "persons"], 3, "ranking.weight_missing"),
        (vec!["text.csv", "--score", "skor"], 3, "rank.not_a_number"),
        (vec!["none.csv", "--score", "skor"], 3, "read.io"),
    ] {
        let (status, said) = code(&args);
        assert!(status == exit && said.contains(expected), "{args:?}: {status} {said}");
    }
    assert!(!at.join("o.csv").exists());
}
