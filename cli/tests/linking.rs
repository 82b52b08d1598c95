//! Linking as its users do: any table under settings of one's own, rows added later, doubtful pairs decided, and encoded
//! registers of two offices.

mod common;

use common::{bansos, csv_rows};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Invented people, half of them twice, the second time with a slip in the name: identifier, name, birth date, truth.
fn people() -> Vec<[String; 4]> {
    const FIRST: [&str; 8] = ["SITI", "BUDI", "WAGIYEM", "SLAMET", "RINA", "TUKIMAN", "DEWI", "YOHANES"];
    const LAST: [&str; 9] =
        ["AMINAH", "SANTOSO", "LESTARI", "WIBOWO", "HARTONO", "RAHAYU", "PURNOMO", "KARTIKA", "MULYADI"];
    let mut out = Vec::new();
    for i in 0..72u32 {
        let name = format!("{} {}", FIRST[i as usize % 8], LAST[i as usize % 9]);
        let born = format!("{}-{:02}-{:02}", 1950 + i % 50, 1 + i % 12, 1 + (i * 7) % 28);
        out.push([format!("a{i}"), name.clone(), born.clone(), i.to_string()]);
        if i % 2 == 0 {
            out.push([format!("b{i}"), name.replacen('A', "AA", 1), born, i.to_string()]);
        }
    }
    out
}

fn table(path: &Path, rows: &[[String; 4]]) {
    let mut text = "unique_id,name,born,truth\n".to_owned();
    rows.iter().for_each(|r| writeln!(text, "{}", r.join(",")).unwrap());
    std::fs::write(path, text).unwrap();
}

/// Names and dates, m and u given: no training is needed.
fn settings(path: &Path) {
    let text = r#"{
        "blocking": [[{"column": "born"}], [{"column": "name", "take": "sound"}]],
        "comparisons": [
            {"name": "name", "levels": [
                {"label": "equal", "when": {"exact": {"column": "name"}}, "m": 0.8, "u": 0.01},
                {"label": "alike", "when": {"name": {"column": "name", "at_least": "near"}}, "m": 0.15, "u": 0.01},
                {"label": "else", "when": "else", "m": 0.05, "u": 0.98}]},
            {"name": "born", "levels": [
                {"label": "equal", "when": {"exact": {"column": "born"}}, "m": 0.95, "u": 0.001},
                {"label": "else", "when": "else", "m": 0.05, "u": 0.999}]}],
        "prior": 0.01
    }"#;
    std::fs::write(path, text).unwrap();
}

fn clusters(folder: &Path) -> BTreeSet<BTreeSet<String>> {
    let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in csv_rows(&folder.join("clusters.csv")).into_iter().skip(1) {
        sets.entry(row[1].clone()).or_default().insert(row[0].clone());
    }
    sets.into_values().collect()
}

#[test]
fn a_table_is_linked_under_its_own_settings() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let people = people();
    table(&at("people.csv"), &people);
    settings(&at("settings.json"));
    let dedupe = || bansos().arg("dedupe").arg(at("people.csv")).arg("--settings").arg(at("settings.json"));

    let counted = dedupe().arg("--count").succeeds();
    assert!(counted.lines().count() == 2 && counted.contains("pasangan"), "{counted}");

    dedupe().args(["--truth", "truth"]).arg("--out").arg(at("out")).succeeds();
    let found = clusters(&at("out"));
    let mut truth: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    people.iter().for_each(|p| {
        truth.entry(&p[3]).or_default().insert(p[0].clone());
    });
    assert_eq!(found, truth.into_values().collect());

    let pairs = csv_rows(&at("out/pairs.csv"));
    assert_eq!(pairs[0], ["id_l", "id_r", "match_weight", "match_probability", "name", "born", "row_l", "row_r"]);
    assert_eq!(pairs.len() - 1, 36);
    let curve = csv_rows(&at("out/curve.csv"));
    assert!(curve.iter().any(|r| r[5] == "1.000000"), "some threshold finds all pairs and no other");
    assert_eq!(csv_rows(&at("out/weights.csv")).len() - 1, 5);
    assert!(!at("out/state.bin").exists(), "values are kept only when asked for");

    // a trained model is settings again
    let again = bansos().arg("dedupe").arg(at("people.csv")).arg("--settings").arg(at("out/model.json"));
    again.arg("--out").arg(at("again")).succeeds();
    assert_eq!(clusters(&at("again")), found);
}

#[test]
fn rows_added_later_link_as_if_they_had_been_there() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let people = people();
    let (old, new) = people.split_at(80);
    table(&at("all.csv"), &people);
    table(&at("old.csv"), old);
    table(&at("new.csv"), new);
    settings(&at("settings.json"));
    let fresh = |file: &str, out: &str| {
        let run = bansos().arg("dedupe").arg(at(file)).arg("--settings").arg(at("settings.json"));
        run.arg("--keep-state").arg("--out").arg(at(out)).succeeds();
    };
    fresh("all.csv", "all");
    fresh("old.csv", "grown");
    assert_ne!(clusters(&at("all")), clusters(&at("grown")));
    // into the same folder: the old result is replaced by the new one
    let add = || bansos().arg("dedupe").arg(at("new.csv")).arg("--add-to").arg(at("grown"));
    let said = add().arg("--out").arg(at("grown")).arg("--json").succeeds();
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((said["rows"].as_u64(), said["added"].as_u64()), (Some(108), Some(28)));
    assert_eq!(clusters(&at("grown")), clusters(&at("all")));
    let pairs = |out: &str| -> BTreeSet<Vec<String>> { csv_rows(&at(out).join("pairs.csv")).into_iter().collect() };
    assert_eq!(pairs("grown"), pairs("all"));

    std::fs::write(at("grown/state.bin"), b"bansos table 1\nand then nothing").unwrap();
    assert!(add().arg("--out").arg(at("x")).fails(3).contains("tidak utuh"));
    std::fs::write(at("new.csv"), "unique_id,name\n1,SITI\n").unwrap();
    // a state that was tampered with is not ours any more, and stays until somebody removes it
    std::fs::remove_dir_all(at("grown")).unwrap();
    fresh("old.csv", "grown");
    assert!(add().arg("--out").arg(at("x")).fails(2).contains("born"), "the missing column is named");
}

fn registers(dir: &Path) -> PathBuf {
    let folder = dir.join("registers");
    bansos().arg("synth").arg(&folder).args(["-n", "250", "--seed", "4", "--noise", "3"]).succeeds();
    folder
}

#[test]
fn what_a_person_decides_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, decisions) = (registers(dir.path()), dir.path().join("decisions.csv"));
    let review = || bansos().arg("review").arg(&folder).arg("--decisions").arg(&decisions);
    let said = review().answers("bukan jawaban\ny\nt\nl\ns\n");
    assert!(said.contains("2 diputuskan"), "{said}");
    let decided = csv_rows(&decisions);
    assert_eq!(decided.iter().skip(1).map(|r| r[7].as_str()).collect::<Vec<_>>(), ["ya", "tidak"]);

    let out = dir.path().join("out");
    let counted = bansos().arg("link").arg(&folder).args(["--count", "--json"]).succeeds();
    let counted: serde_json::Value = serde_json::from_str(&counted).unwrap();
    assert!(counted["rules"].as_array().unwrap().iter().any(|r| r["rule"] == "nik" && r["pairs"].as_u64() > Some(100)));
    bansos().arg("link").arg(&folder).arg("--decisions").arg(&decisions).arg("--out").arg(&out).succeeds();
    let persons: BTreeMap<(String, String), String> = csv_rows(&out.join("crosswalk.csv"))
        .into_iter()
        .skip(1)
        .map(|r| ((r[0].clone(), r[1].clone()), r[2].clone()))
        .collect();
    for (row, same) in decided[1..].iter().zip([true, false]) {
        let person = |i: usize| &persons[&(row[i].clone(), row[i + 2].clone())];
        assert_eq!(person(0) == person(3), same);
    }
    // a second sitting asks about others
    let pair = |r: &Vec<String>| r[..6].to_vec();
    review().answers("l\nt\ns\n");
    let more = csv_rows(&decisions);
    assert_eq!(more.len(), decided.len() + 1);
    assert_ne!(pair(&more[3]), pair(&decided[1]));
    assert_ne!(pair(&more[3]), pair(&decided[2]));
}

#[test]
fn identifiers_stay_when_a_register_is_added() {
    let dir = tempfile::tempdir().unwrap();
    let folder = registers(dir.path());
    let at = |name: &str| dir.path().join(name);
    let ids = |out: &str| -> BTreeMap<(String, String), (String, String)> {
        let rows = csv_rows(&at(out).join("rows.csv")).into_iter().skip(1).filter(|r| !r[2].is_empty());
        rows.map(|r| ((r[0].clone(), r[1].clone()), (r[2].clone(), r[3].clone()))).collect()
    };
    // one register first, then all of them
    std::fs::rename(folder.join("dtks.csv"), at("dtks.csv")).unwrap();
    bansos().arg("link").arg(&folder).arg("--out").arg(at("first")).succeeds();
    std::fs::rename(at("dtks.csv"), folder.join("dtks.csv")).unwrap();
    let again = || bansos().arg("link").arg(&folder).arg("--earlier").arg(at("first"));
    again().arg("--out").arg(at("second")).succeeds();
    let (first, second) = (ids("first"), ids("second"));
    assert!(second.len() > first.len() + 200);
    let kept = first.iter().filter(|(row, id)| second.get(*row) == Some(id)).count();
    assert!(kept * 100 > first.len() * 97, "{kept} of {}", first.len());
    // who is new has a number that nobody had before
    let before: BTreeSet<&String> = first.values().map(|id| &id.0).collect();
    let old: BTreeSet<&String> = first.keys().filter_map(|row| second.get(row)).map(|id| &id.0).collect();
    let new: BTreeSet<&String> = second.values().map(|id| &id.0).filter(|id| !old.contains(id)).collect();
    assert!(new.len() > 5 && new.iter().all(|id| !before.contains(*id)));
    // the clusters are those of linking everything under that model
    let run = bansos().arg("link").arg(&folder).arg("--model").arg(at("first/model.json"));
    run.arg("--out").arg(at("whole")).succeeds();
    let sets = |out: &str| -> BTreeSet<Vec<(String, String)>> {
        let mut sets: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        ids(out).into_iter().for_each(|(row, id)| sets.entry(id.0).or_default().push(row));
        sets.into_values().collect()
    };
    assert_eq!(sets("second"), sets("whole"));
}

#[test]
fn two_offices_link_without_showing_names() {
    let dir = tempfile::tempdir().unwrap();
    let folder = registers(dir.path());
    let at = |name: &str| dir.path().join(name);
    std::fs::write(at("key"), (7..47).collect::<Vec<u8>>()).unwrap();
    std::fs::write(at("short"), b"too short").unwrap();
    let encode = |source: &str, key: &str| {
        let run =
            bansos().args(["clk", "encode"]).arg(&folder).args(["--source", source]).arg("--key-file").arg(at(key));
        run.arg("--out").arg(at(&format!("{source}.csv")))
    };
    encode("dtks", "key").succeeds();
    encode("regsosek", "key").succeeds();
    encode("dtks", "short").fails(2);
    let codes = csv_rows(&at("dtks.csv"));
    assert!(codes.len() > 100 && codes[1..].iter().all(|r| r[1].len() == 128));
    // no name of the register stands in the codes
    let text = std::fs::read_to_string(at("dtks.csv")).unwrap();
    for person in csv_rows(&folder.join("truth/people.csv")).iter().skip(1) {
        assert!(!text.contains(&person[2]) && !text.contains(&person[3]));
    }

    let link =
        || bansos().args(["clk", "link"]).arg(at("dtks.csv")).arg(at("regsosek.csv")).arg("--out").arg(at("pairs"));
    link().succeeds();
    let truth: BTreeMap<(String, String), String> = csv_rows(&folder.join("truth/rows.csv"))
        .into_iter()
        .skip(1)
        .map(|r| ((r[0].replace("_anggota", ""), r[1].clone()), r[2].clone()))
        .collect();
    let pairs = csv_rows(&at("pairs"));
    let person = |source: &str, cell: &str| {
        truth.get(&(source.to_owned(), cell.rsplit(':').next().unwrap().to_owned())).cloned().unwrap()
    };
    let right = pairs[1..].iter().filter(|r| person("dtks", &r[0]) == person("regsosek", &r[1])).count();
    assert!(pairs.len() > 100 && right * 100 > (pairs.len() - 1) * 85, "{right} of {}", pairs.len() - 1);
    link().args(["--least", "0.2"]).fails(2);
}
