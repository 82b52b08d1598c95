//! `bansos verivali plan` as its users call it: the ground check of Lumajang in March 2025, with invented shares.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod common;

use common::{bansos, csv_rows, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/lumajang-ground-check").join(name)
}

fn plan(officers: &Path, start: &str, out: &Path, more: &[&str]) -> common::Run {
    let places = example("desa.csv");
    bansos()
        .args(["verivali", "plan", "--start", start, "--json", "--targets"])
        .arg(example("targets.csv"))
        .arg("--officers")
        .arg(officers)
        .arg("--places")
        .arg(places)
        .arg("--holidays")
        .arg(example("holidays.txt"))
        .arg("--out")
        .arg(out)
        .args(more)
}

#[test]
fn lumajang_takes_31_working_days_and_goes_on_when_two_are_ill() {
    let at = tempfile::tempdir().unwrap();
    let (first, second) = (at.path().join("first"), at.path().join("second"));
    plan(&example("officers.csv"), "2025-03-03", &first, &[]).succeeds();
    let summary = json(&first.join("summary.json"));
    // 46,933 at 130 x 12 a day
    assert_eq!((summary["planned"].as_u64(), summary["working_days"].as_u64()), (Some(46_933), Some(31)));
    assert_eq!((&summary["least_working_days"], &summary["closes"]), (&31.into(), &true.into()));
    assert_eq!(summary["finish"], "2025-04-24");

    let visits = csv_rows(&first.join("visits.csv"));
    let days: BTreeSet<&str> = visits[1..].iter().map(|v| v[0].as_str()).collect();
    assert_eq!(days.len(), 31);
    assert!(!days.contains("2025-03-28") && !days.contains("2025-04-07"), "holidays");
    assert_eq!(visits[1..].iter().map(|v| &v[4]).collect::<BTreeSet<_>>().len(), 46_933);
    let mut a_day: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    visits[1..].iter().for_each(|v| *a_day.entry((&v[0], &v[1])).or_default() += 1);
    assert!(a_day.values().all(|n| *n <= 12));

    // two officers are ill in the second week
    let ill = std::fs::read_to_string(example("officers.csv")).unwrap();
    let mut lines: Vec<String> = ill.lines().map(str::to_owned).collect();
    for k in [17, 80] {
        lines[k] += "2025-03-10..2025-03-14";
    }
    let officers = at.path().join("officers.csv");
    std::fs::write(&officers, lines.join("\n")).unwrap();
    plan(&officers, "2025-03-10", &second, &["--previous", first.to_str().unwrap()]).succeeds();
    let again = json(&second.join("summary.json"));
    let before = visits[1..].iter().filter(|v| v[0].as_str() < "2025-03-10").count() as u64;
    assert_eq!(again["visited_before"].as_u64(), Some(before));
    assert_eq!((again["planned"].as_u64(), &again["closes"]), (Some(46_933 - before), &true.into()));
    assert_eq!(again["working_days"], again["least_working_days"]);
    // theirs of that week and little more
    assert!(again["changed_hands"].as_u64().unwrap() < 400, "{again}");
    assert!(
        csv_rows(&second.join("visits.csv"))[1..]
            .iter()
            .all(|v| !["P017", "P080"].contains(&&*v[1]) || v[0].as_str() > "2025-03-14")
    );
}

#[test]
fn what_does_not_fit_before_the_deadline_is_listed_and_the_exit_code_says_so() {
    let at = tempfile::tempdir().unwrap();
    let out = at.path().join("plan");
    let officers = at.path().join("officers.csv");
    std::fs::write(&officers, "officer;home;per_day\nA;35.08.16.2010;3\n").unwrap();
    let targets = at.path().join("targets.csv");
    std::fs::write(
        &targets,
        "id;desa;desil\na;3508162010;4\nb;;1\nc;35.08.16.2010;1\na;3508162010;1\nd;3508162010;\ne;3508162010;2\n",
    )
    .unwrap();
    let run = || {
        bansos()
            .args(["verivali", "plan", "--start", "2025-03-03", "--targets"])
            .arg(&targets)
            .arg("--officers")
            .arg(&officers)
    };
    run().args(["--until", "2025-03-03", "--out"]).arg(&out).fails(5);
    let ids = |name: &str, column: usize| {
        csv_rows(&out.join(name))[1..].iter().map(|r| r[column].clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids("visits.csv", 4), ["c", "e", "a"]);
    assert_eq!((ids("unserved.csv", 0), ids("unserved.csv", 2)), (vec!["d".to_owned()], vec!["no_time".to_owned()]));
    assert_eq!(ids("quarantine.csv", 2), ["plan.row_without_place", "plan.target_twice"]);
    assert_eq!(json(&out.join("summary.json"))["closes"], true);

    for (option, value, code) in [
        ("--weekdays", "0-3", "plan.bad_option"),
        ("--within", "5", "plan.bad_option"),
        ("--until", "besok", "cli.bad_date"),
    ] {
        let said = run().args([option, value, "--out"]).arg(at.path().join("x")).fails(2);
        assert!(said.contains(code), "{said}");
    }
    let said = run().args(["--travel", "km", "--out"]).arg(at.path().join("x")).fails(3);
    assert!(said.contains("plan.place_without_coordinates") && said.contains("35.08.16.2010"), "{said}");
    std::fs::write(&officers, "officer\nA\n").unwrap();
    assert!(run().arg("--out").arg(at.path().join("x")).fails(3).contains("read.no_column"));
}
