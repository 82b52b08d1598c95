//! Every command that takes a table takes it as offices have it: a `;` CSV, a tab-separated one, a workbook.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod common;

use bansos_registers::write::{Cell, Sheet, write_book};
use common::{Run, bansos, csv_rows};
use std::path::{Path, PathBuf};

/// The same rows as `;` CSV, as tab-separated UTF-16, and as a workbook.
fn forms(folder: &Path, name: &str, rows: &[Vec<String>]) -> [PathBuf; 3] {
    let paths = ["csv", "txt", "xlsx"].map(|end| folder.join(format!("{name}.{end}")));
    let joined = |with: &str| rows.iter().map(|row| row.join(with) + "\n").collect::<String>();
    std::fs::write(&paths[0], joined(";")).unwrap();
    let tabs: Vec<u8> = format!("\u{feff}{}", joined("\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&paths[1], tabs).unwrap();
    let text = |row: &Vec<String>| row.iter().map(|cell| Cell::Text(cell.clone())).collect();
    let sheet = Sheet { name: "Data".into(), header: rows[0].clone(), rows: rows[1..].iter().map(text).collect() };
    write_book(&paths[2], &[sheet]).unwrap();
    paths
}

fn rows(table: &[&[&str]]) -> Vec<Vec<String>> {
    table.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

/// What a command makes of each form; they must agree.
fn same<T: PartialEq + std::fmt::Debug>(paths: [PathBuf; 3], make: impl Fn(&Path) -> T) -> T {
    let [first, second, third] = paths.map(|path| make(&path));
    assert_eq!((&first, &first), (&second, &third));
    first
}

/// Lines with any delimiter as cells.
fn cells(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split([';', '\t', ',']).map(str::to_owned).collect()).collect()
}

fn decided(run: Run) -> Vec<Vec<String>> {
    cells(&run.args(["-q"]).succeeds())
}

#[test]
fn nik_and_region() {
    let dir = tempfile::tempdir().unwrap();
    let table = rows(&[&["Nama", "No. NIK"], &["SITI", "3508126801809001"], &["ANI", "3508124107609002"]]);
    let paths = || forms(dir.path(), "nik", &table);
    let seen = same(paths(), |path| decided(bansos().args(["nik", "check", "--as-of", "2026-01-01"]).arg(path)));
    assert_eq!((seen.len(), &seen[0][1], &seen[1][2]), (3, &"No. NIK".to_owned(), &"true".to_owned()));
    let table = rows(&[&["kab", "kec"], &["LUMAJANG", "KEDUNG JAJANG"]]);
    let seen = same(forms(dir.path(), "kab", &table), |path| {
        decided(bansos().args(["region", "code", "--regency", "KAB", "--district", "Kec"]).arg(path))
    });
    assert_eq!(seen[1][2], "35.08.16");
}

#[test]
fn rank() {
    let dir = tempfile::tempdir().unwrap();
    let mut table = rows(&[&["ID Keluarga", "Skor"]]);
    (0..40).for_each(|n| table.push(vec![format!("K{n}"), format!("{}.5", n * 7 % 40)]));
    let seen = same(forms(dir.path(), "skor", &table), |path| {
        let out = dir.path().join("out.csv");
        let run = bansos().arg("rank").arg(path).args(["--score", "skor", "--key", "id_keluarga", "--json", "--out"]);
        run.arg(&out).succeeds();
        csv_rows(&out)
    });
    assert_eq!(seen.len(), 41);
    let said = bansos().arg("rank").arg(dir.path().join("skor.xlsx")).args(["--score", "skore"]).fails(2);
    assert!(said.contains("read.no_column") && said.contains("Skor") && said.contains("[Data]"), "{said}");
}

const SETTINGS: &str = r#"{"blocking": [[{"column": "lahir"}]], "unique_id": "id", "prior": 0.01, "comparisons": [{"name": "nama", "levels": [
    {"label": "equal", "when": {"exact": {"column": "nama"}}, "m": 0.9, "u": 0.01},
    {"label": "else", "when": "else", "m": 0.1, "u": 0.99}]}]}"#;

#[test]
fn dedupe_and_add() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    std::fs::write(at("s.json"), SETTINGS).unwrap();
    let all: &[&[&str]] = &[
        &["ID", "Nama", "LAHIR"],
        &["1", "SITI", "1980-01-02"],
        &["2", "SITI", "1980-01-02"],
        &["3", "BUDI", "1980-01-02"],
    ];
    let clusters = |out: &Path| csv_rows(&out.join("clusters.csv"));
    let seen = same(forms(dir.path(), "all", &rows(all)), |path| {
        let run = bansos().arg("dedupe").arg(path).arg("--settings").arg(at("s.json"));
        run.args(["--threshold", "-5", "--keep-state", "--out"]).arg(at("out")).succeeds();
        clusters(&at("out"))
    });
    assert_eq!(seen.len(), 4);
    assert!(seen[1][1] == seen[2][1] && seen[1][1] != seen[3][1], "{seen:?}");
    let more = rows(&[&["ID", "Nama", "LAHIR"], &["4", "BUDI", "1980-01-02"]]);
    let grown = same(forms(dir.path(), "more", &more), |path| {
        bansos().arg("dedupe").arg(path).arg("--add-to").arg(at("out")).arg("--out").arg(at("grown")).succeeds();
        clusters(&at("grown"))
    });
    assert_eq!((grown.len(), &grown[3][1]), (5, &grown[4][1]));
}

#[test]
fn link_reads_decisions_and_earlier_rows_saved_by_excel() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let registers = at("registers");
    bansos().arg("synth").arg(&registers).args(["-n", "150", "--seed", "4", "--noise", "3"]).succeeds();
    let link = |out: &str| bansos().arg("link").arg(&registers).arg("--out").arg(at(out));
    link("first").succeeds();
    let mut review = csv_rows(&at("first/review.csv"));
    assert!(review.len() > 1, "some pair is doubtful");
    review[1][7] = "ya".to_owned();
    review.iter_mut().for_each(|row| row.truncate(8));
    let earlier = csv_rows(&at("first/rows.csv"));
    let seen = same(forms(dir.path(), "review", &review), |path| {
        link("again").arg("--decisions").arg(path).succeeds();
        csv_rows(&at("again/crosswalk.csv"))
    });
    assert!(seen.len() > 100);
    // the rows of the earlier run, saved again with semicolons
    let ids = || csv_rows(&at("later/rows.csv"));
    link("later").arg("--earlier").arg(at("first")).succeeds();
    let plain = ids();
    let semicolons: String = earlier.iter().map(|row| row.join(";") + "\r\n").collect();
    std::fs::write(at("first/rows.csv"), semicolons).unwrap();
    link("later").arg("--earlier").arg(at("first")).succeeds();
    assert_eq!(ids(), plain);
}

#[test]
fn clk_links_codes() {
    let dir = tempfile::tempdir().unwrap();
    let code = "0f".repeat(64);
    let table = rows(&[&["row", "clk"], &["a.csv:1", &code]]);
    let seen = same(forms(dir.path(), "codes", &table), |path| {
        let out = dir.path().join("pairs.csv");
        bansos().args(["clk", "link"]).arg(path).arg(path).arg("--out").arg(&out).succeeds();
        csv_rows(&out)
    });
    assert_eq!(seen[1], ["a.csv:1", "a.csv:1", "1.000"]);
}

#[test]
fn verivali_plan_and_import() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let targets = rows(&[&["ID", "Desa", "Desil"], &["a", "35.08.16.2010", "2"], &["b", "35.08.16.2010", "1"]]);
    let officers = rows(&[&["Petugas", "Desa", "Per hari"], &["A", "35.08.16.2010", "3"]]);
    let [semicolons, _, book] = forms(dir.path(), "officers", &officers);
    let seen = same(forms(dir.path(), "targets", &targets), |path| {
        let officers = if path.extension().is_some_and(|e| e == "xlsx") { &book } else { &semicolons };
        let run = bansos().args(["verivali", "plan", "--start", "2025-03-03", "--targets"]).arg(path);
        run.arg("--officers").arg(officers).arg("--out").arg(at("plan")).succeeds();
        csv_rows(&at("plan/visits.csv"))
    });
    assert_eq!((seen.len(), seen[1][4].as_str()), (3, "b"));
    let list = rows(&[&["ID BDT", "Kode Desa"], &["R1", "6402012001"], &["R2", "6402012001"]]);
    let said = same(forms(dir.path(), "list", &list), |path| {
        let ledger = path.with_extension(format!("{}.jsonl", path.extension().unwrap().display()));
        let run = bansos().args(["verivali", "import"]).arg(path).arg("--ledger").arg(ledger);
        let run =
            run.args(["--origin", "dinsos", "--id", "id_bdt", "--place", "kode_desa", "--list", "--on", "2022-08-01"]);
        let run =
            run.args(["--workflow", "kukar-2022", "--stage", "daftar-awal", "--role", "dinsos", "--actor", "D-01"]);
        run.args(["--lang", "en"]).succeeds()
    });
    assert!(said.starts_with("2 rows = 2 recorded"), "{said}");
}

#[test]
fn allocate_reads_quotas() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    bansos().arg("synth").arg(at("registers")).args(["-n", "200", "--seed", "6", "--as-of", "2025-06-30"]).succeeds();
    let run = bansos().arg("run").arg(at("registers")).arg("--out").arg(at("hasil"));
    run.args(["--as-of", "2025-07-01"]).succeeds();
    let quotas = rows(&[&["Program", "Kode Wilayah", "KUOTA"], &["pkh", "35.08", "3"]]);
    let said = same(forms(dir.path(), "kuota", &quotas), |path| {
        let run = bansos().arg("allocate").arg(at("hasil")).args(["--on", "2025-07-01", "--place", "pkh", "--json"]);
        run.arg("--quotas").arg(path).succeeds()
    });
    assert!(said.contains("\"closes\":true"), "{said}");
}
