//! `bansos verivali`, as its users call it.

mod common;

use common::bansos;
use std::fs;
use std::path::Path;
use std::process::Output;

/// The command with options, and what it said.
fn verivali(args: &[&str], dir: &Path) -> Output {
    let mut command = bansos().arg("verivali").0;
    command.current_dir(dir).args(["--lang", "en"]).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap() + &String::from_utf8_lossy(&output.stderr)
}

/// As [`verivali`], asserting its exit code.
fn printed(args: &[&str], dir: &Path, code: i32) -> String {
    let output = verivali(args, dir);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", out(&output));
    out(&output)
}

const DINSOS: [&str; 6] = ["--workflow", "kukar-2022", "--role", "dinsos", "--actor", "D-01"];

fn append<'a>(
    ledger: &'a str,
    origin: &'a str,
    stage: &'a str,
    role: &'a str,
    act: &'a str,
    more: &[&'a str],
) -> Vec<&'a str> {
    let mut all =
        vec!["append", ledger, "--origin", origin, "--workflow", "kukar-2022", "--stage", stage, "--role", role];
    all.extend(["--actor", "K-01", "--on", "2022-08-01", "--subject", "household:R1", "--act", act]);
    all.extend(more);
    all
}

#[test]
fn two_desks_grow_apart_contradict_each_other_and_are_reconciled() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("ba.pdf"), "berita acara").unwrap();
    let minutes = ["--evidence", "minutes=ba.pdf"];
    printed(&append("a.jsonl", "desa", "daftar-awal", "dinsos", "listed", &["--place", "64.02.01.2001"]), dir, 0);
    printed(&append("a.jsonl", "desa", "kunjungan", "puskesos", "visited", &["--verdict", "PINDAH"]), dir, 0);
    // both desks get the same ledger
    printed(&["merge", "a.jsonl", "--into", "b.db"], dir, 0);
    let refused =
        printed(&append("a.jsonl", "desa", "musyawarah", "desa", "decided", &["--verdict", "PINDAH"]), dir, 5);
    assert!(refused.contains("this decision needs minutes [workflow.missing_evidence]"), "{refused}");
    let decide = |ledger, origin, verdict| {
        append(ledger, origin, "musyawarah", "desa", "decided", &["--verdict", verdict, minutes[0], minutes[1]])
    };
    printed(&decide("a.jsonl", "desa", "PINDAH"), dir, 0);
    let kept = printed(&decide("b.db", "kelurahan", "LAYAK"), dir, 0);
    let merged = printed(&["merge", "a.jsonl", "b.db", "--into", "c.jsonl"], dir, 0);
    assert!(merged.contains("1 subjects with contradictory decisions"), "{merged}");
    let again = printed(&["merge", "b.db", "a.jsonl", "--into", "d.jsonl"], dir, 0);
    assert_eq!(merged, again);
    assert_eq!(fs::read(dir.join("c.jsonl")).unwrap(), fs::read(dir.join("d.jsonl")).unwrap());
    let recap = |ledger: &str| -> serde_json::Value {
        let said = printed(&["recap", ledger, "--at", "2022-12-31", "--json"], dir, 0);
        serde_json::from_str(&said).unwrap()
    };
    assert_eq!(recap("c.jsonl")["total"]["household"]["in_conflict"], 1);
    // nobody decides over a contradiction; who names the decision that holds, ends it
    let over = printed(&decide("c.jsonl", "kecamatan", "LAYAK"), dir, 5);
    assert!(over.contains("workflow.in_conflict"), "{over}");
    let names = ["--names", kept.trim(), minutes[0], minutes[1]];
    printed(&append("c.jsonl", "kecamatan", "pleno-kecamatan", "kecamatan", "resolved", &names), dir, 0);
    let after = recap("c.jsonl");
    assert_eq!((&after["total"]["household"]["eligible"], &after["closes"]), (&1.into(), &true.into()));
    assert!(printed(&["verify", "c.jsonl"], dir, 0).contains("whole"));
}

#[test]
fn a_result_file_goes_in_by_its_codes_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let rows = "Hasil SIKS-Droid\nid_bdt;kode_desa;hasil_verivali\nR1;6402012001;1\nR2;6402012001;2\nR3;6402012001;5\nR4;6402022001;6\n;6402022001;1\nR6;6402022001;9\n";
    fs::write(dir.join("hasil.csv"), rows).unwrap();
    let list = |more: &[&'static str]| {
        let mut all = vec![
            "import",
            "hasil.csv",
            "--ledger",
            "l.db",
            "--origin",
            "dinsos",
            "--id",
            "id_bdt",
            "--on",
            "2022-08-01",
        ];
        all.extend(DINSOS);
        all.extend(more);
        all
    };
    let said = printed(&list(&["--list", "--stage", "daftar-awal", "--place", "kode_desa"]), dir, 5);
    assert!(said.starts_with("6 rows = 5 recorded + 0 refused by the workflow + 1 passed over"), "{said}");
    // nothing is dropped unseen: a cell that cannot be read is listed, by row, in a file of its own
    fs::write(dir.join("kacau.csv"), "id_bdt;kode_desa;ganda\nR7;64x;\nR8;;3508205103659004\n;6402012001;\n").unwrap();
    let mut unread =
        list(&["--list", "--stage", "daftar-awal", "--place", "kode_desa", "--twin", "ganda", "--rest", "sisa.csv"]);
    unread[1] = "kacau.csv";
    unread[3] = "kacau.jsonl";
    let said = printed(&unread, dir, 5);
    assert!(said.starts_with("3 rows = 2 recorded + 0 refused by the workflow + 1 passed over"), "{said}");
    let rest = common::csv_rows(&dir.join("sisa.csv"));
    let rest: Vec<(&str, &str)> = rest[1..].iter().map(|r| (r[0].as_str(), r[1].as_str())).collect();
    assert_eq!(rest.iter().map(|(_, code)| *code).collect::<Vec<_>>(), ["import.place", "import.twin", "import.no_id"]);
    assert!(rest.windows(2).all(|pair| pair[0].0 < pair[1].0), "{rest:?}");
    assert!(!fs::read_to_string(dir.join("sisa.csv")).unwrap().contains("3508205103659004"));
    let visit = list(&["--map", "siks-droid", "--column", "hasil_verivali", "--stage", "kunjungan"]);
    let mut visit: Vec<&str> = visit.into_iter().map(|a| if a == "dinsos" { "puskesos" } else { a }).collect();
    visit[5] = "dinsos";
    let said = printed(&visit, dir, 5);
    assert!(said.starts_with("6 rows = 4 recorded + 0 refused by the workflow + 2 passed over"), "{said}");
    assert!(said.contains("1 × unknown code: 9"), "{said}");
    // five is a refusal in the application and has no word on paper
    printed(&["export", "l.db", "--map", "siks-droid", "--column", "hasil_verivali", "--out", "app.csv"], dir, 0);
    let back = common::csv_rows(&dir.join("app.csv"));
    let codes: Vec<(&str, &str)> = back[1..].iter().map(|r| (r[0].as_str(), r[1].as_str())).collect();
    assert_eq!(codes, [("R1", "1"), ("R2", "2"), ("R3", "5"), ("R4", "6")]);
    printed(
        &["export", "l.db", "--map", "siks-droid-kertas", "--column", "hasil_verivali", "--out", "paper.csv"],
        dir,
        0,
    );
    let back = common::csv_rows(&dir.join("paper.csv"));
    let codes: Vec<(&str, &str)> = back[1..].iter().map(|r| (r[0].as_str(), r[1].as_str())).collect();
    assert_eq!(codes, [("R1", "1"), ("R2", "2"), ("R3", ""), ("R4", "5")]);
    // the recap on disk
    printed(&["recap", "l.db", "--by", "desa", "--out", "recap", "--since", "2022-01-01"], dir, 0);
    for file in [
        "recap.csv",
        "recap.xlsx",
        "berita-acara.html",
        "proposals.csv",
        "without-effect.csv",
        "conflicts.csv",
        "changes.csv",
    ] {
        assert!(fs::metadata(dir.join("recap").join(file)).unwrap().len() > 0, "{file}");
    }
    let page = fs::read_to_string(dir.join("recap/berita-acara.html")).unwrap();
    assert!(page.contains("This recap closes"));
}

#[test]
fn damage_is_told_and_the_sound_part_saved() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    printed(&append("a.jsonl", "desa", "daftar-awal", "dinsos", "listed", &[]), dir, 0);
    printed(&append("a.jsonl", "desa", "kunjungan", "puskesos", "visited", &["--verdict", "PINDAH"]), dir, 0);
    let verified = printed(&["verify", "a.jsonl"], dir, 0);
    let mark = verified.lines().find_map(|l| l.strip_prefix("mark ")).unwrap().to_owned();
    let text = fs::read_to_string(dir.join("a.jsonl")).unwrap();
    fs::write(dir.join("a.jsonl"), text.replace("PINDAH", "MAMPU")).unwrap();
    let said = printed(&["verify", "a.jsonl", "--sound", "s.jsonl"], dir, 5);
    assert!(said.contains("[ledger.altered]") && said.contains("DAMAGED"), "{said}");
    assert!(
        printed(&append("a.jsonl", "desa", "kunjungan", "puskesos", "visited", &["--verdict", "MAMPU"]), dir, 4)
            .contains("ledger.damaged")
    );
    assert!(printed(&["verify", "s.jsonl"], dir, 0).starts_with("1 events, 1 sound"));
    // the mark on the minutes knows that something is missing
    assert!(printed(&["verify", "s.jsonl", "--mark", &mark], dir, 5).contains("[ledger.truncated]"));
    // a NIK is refused wherever it is offered
    let mut nik = append("n.jsonl", "desa", "daftar-awal", "dinsos", "listed", &[]);
    let at = nik.iter().position(|a| *a == "household:R1").unwrap();
    nik[at] = "household:3508126801809001";
    let said = printed(&nik, dir, 2);
    assert!(said.contains("verivali.name_identifier") && !said.contains("3508126801809001"), "{said}");
}

/// What the main job notices is proposed, decided, and seen by the next run on its day.
#[test]
fn from_a_finding_to_a_determination() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let run = |args: &[&str]| {
        let mut command = bansos().arg(args[0]).0;
        let output = command.current_dir(dir).args(&args[1..]).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", out(&output));
    };
    run(&["synth", "in", "--families", "300"]);
    run(&["run", "in", "--out", "before", "--as-of", "2025-07-01"]);
    let writer =
        ["--ledger", "l.jsonl", "--origin", "dinsos", "--on", "2025-06-01", "--role", "verifikator", "--actor", "D-01"];
    let mut propose = vec!["propose", "before", "--stage", "usulan", "--json"];
    propose.extend(writer);
    let first: serde_json::Value = serde_json::from_str(&printed(&propose, dir, 0)).unwrap();
    let proposed = first["proposed"].as_u64().unwrap();
    assert!(proposed > 0 && first["noticed"] == proposed);
    let again: serde_json::Value = serde_json::from_str(&printed(&propose, dir, 0)).unwrap();
    assert_eq!((&again["proposed"], &again["already_proposed"]), (&0.into(), &proposed.into()));
    // a family that gets PKH is found to be well off: proposed, decided by the musyawarah with its SPTJM
    fs::write(dir.join("sptjm.pdf"), "SPTJM").unwrap();
    // so few families have no deciles, and most programmes are open; but who is off the list is not eligible
    let ineligible = |result: &str| json_of(dir, result)["programmes"]["sembako"]["ineligible"].as_u64().unwrap();
    let mut family = String::new();
    for i in 1..=250 {
        let id = format!("family:K{i:06}");
        let act = |stage: &'static str, role: &'static str, act: &'static str, more: &[&str]| {
            let mut all =
                vec!["append", "l.jsonl", "--origin", "dinsos", "--on", "2025-06-10", "--stage", stage, "--role", role];
            all.extend(["--actor", "D-01", "--subject", &id, "--act", act, "--verdict", "MAMPU"]);
            all.extend(more);
            printed(&all, dir, 0);
        };
        if i % 10 == 0 {
            act("usulan", "desa", "proposed", &[]);
            act("musyawarah", "desa", "decided", &["--evidence", "responsibility=sptjm.pdf"]);
            family.clone_from(&id);
        }
    }
    assert!(!family.is_empty());
    run(&["run", "in", "--out", "after", "--as-of", "2025-07-01", "--ledger", "l.jsonl"]);
    run(&["run", "in", "--out", "early", "--as-of", "2025-06-05", "--ledger", "l.jsonl"]);
    run(&["run", "in", "--out", "then", "--as-of", "2025-06-05"]);
    let ledger = &json_of(dir, "after")["ledger"];
    assert_eq!(ledger["families_taken_off"], 25);
    assert!(ineligible("after") > ineligible("before") + 10, "{} {}", ineligible("after"), ineligible("before"));
    // before the decision nothing had changed
    assert_eq!(json_of(dir, "early")["ledger"]["families_taken_off"], 0);
    assert_eq!(ineligible("early"), ineligible("then"));
}

fn json_of(dir: &Path, result: &str) -> serde_json::Value {
    common::json(&dir.join(result).join("summary.json"))
}

#[test]
fn a_workflow_of_ones_own_has_a_name_of_its_own_and_stages_that_can_be_reached() {
    let dir = tempfile::tempdir().unwrap();
    let builtin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/verivali/workflows/kukar-2022.toml");
    let builtin = fs::read_to_string(builtin).unwrap();
    let own = |id: &str| builtin.replacen("id = \"kukar-2022\"", &format!("id = \"{id}\""), 1);
    fs::write(dir.path().join("buku.jsonl"), "").unwrap();
    let merge = |text: String, code: i32| {
        fs::write(dir.path().join("alur.toml"), text).unwrap();
        printed(&["merge", "buku.jsonl", "--into", "buku.jsonl", "--rules", "alur.toml"], dir.path(), code)
    };
    merge(own("lumajang-2026"), 0);
    for taken in ["kukar-2022", "KUKAR-2022"] {
        assert!(merge(own(taken), 3).contains("verivali.workflow_twice"), "{taken}");
    }
    let twice = ["--rules", "alur.toml", "--rules", "alur.toml"];
    merge(own("lumajang-2026"), 0);
    let said = printed(&[&["merge", "buku.jsonl", "--into", "buku.jsonl"][..], &twice].concat(), dir.path(), 3);
    assert!(said.contains("verivali.workflow_twice"), "{said}");
    // a stage after itself, and two after each other
    for after in ["kunjungan", "musyawarah"] {
        let said = merge(own("x").replacen("after = [\"daftar-awal\"]", &format!("after = [\"{after}\"]"), 1), 3);
        assert!(
            said.contains("verivali.bad_workflow") && said.contains("stage kunjungan comes after nothing"),
            "{said}"
        );
    }
}
