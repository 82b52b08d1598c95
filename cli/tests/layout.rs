//! A layout of one's own: made by `layout new` of a file that no layout fits, and used.

mod common;

use common::{bansos, text};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/field/cases");
    let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("in")).collect();
    all.sort();
    all
}

/// A list as a desa writes it, under headings that no layout knows.
fn list(folder: &Path) -> PathBuf {
    let mut rows = "Urut;Identitas Warga;Kel;Sebutan;Jns;Lahir di\n".to_owned();
    for n in 1..=8 {
        let (day, sex) = if n % 2 == 0 { (n + 40, "Perempuan") } else { (n, "Laki-laki") };
        rows += &format!(
            "{n};350816{day:02}0365900{n};3508161006109001;{} {};{sex};Lumajang, {n:02} Maret 1965\n",
            ["BUDI", "SITI", "PAIJO"][n % 3],
            ["SANTOSO", "ROHMAH", "HADI", "LESTARI"][n % 4],
        );
    }
    fs::create_dir(folder.join("in")).unwrap();
    let file = folder.join("in/warga.csv");
    fs::write(&file, rows).unwrap();
    file
}

#[test]
fn a_list_that_is_refused_is_read_with_the_layout_made_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let (file, out) = (list(dir.path()), dir.path().join("tata.toml"));
    let refused = bansos().arg("read").arg(dir.path().join("in")).args(["--lang", "en"]).fails(3);
    assert!(refused.contains("bansos layout new"), "{refused}");

    let said = bansos().args(["layout", "new", "--lang", "en"]).arg(&file).arg("--out").arg(&out).succeeds();
    assert!(said.contains("Identitas Warga") && said.contains("35**************"), "{said}");
    assert!(!said.contains("3508160103659001") && !said.contains("SANTOSO"), "{said}");
    let id = bansos().args(["layout", "new"]).arg(&file).arg("--out").arg(dir.path().join("b.toml")).succeeds();
    assert!(id.contains("keyakinan") && said.contains("confidence"), "{id}");

    let read = bansos().arg("--json").arg("read").arg(dir.path().join("in")).arg("--layout").arg(&out).succeeds();
    let read: Value = serde_json::from_str(&read).unwrap();
    let file = &read["files"][0];
    assert_eq!((&file["layout"], &file["accepted"]), (&"own-warga".into(), &8.into()));
    let meant = |c: &'_ Value| c["fields"][0].as_str().or(c["use"].as_str()).map(str::to_owned).unwrap();
    let columns = file["columns"].as_array().unwrap();
    let uses: Vec<(&str, String)> = columns.iter().map(|c| (c["column"].as_str().unwrap(), meant(c))).collect();
    assert_eq!(
        uses.iter().map(|(column, meant)| (*column, meant.as_str())).collect::<Vec<_>>(),
        [
            ("Urut", "passed_over"),
            ("Identitas Warga", "nik"),
            ("Kel", "family_card"),
            ("Sebutan", "name"),
            ("Jns", "sex"),
            ("Lahir di", "birth_place_date")
        ]
    );
}

#[test]
fn what_is_there_is_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let (file, out) = (list(dir.path()), dir.path().join("tata.toml"));
    fs::write(&out, "mine").unwrap();
    let refused = bansos().args(["--json", "layout", "new"]).arg(&file).arg("--out").arg(&out).fails(4);
    assert!(refused.contains("cli.file_exists"), "{refused}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
}

#[test]
fn a_file_of_nobody_makes_no_layout() {
    let dir = tempfile::tempdir().unwrap();
    let (file, out) = (dir.path().join("harga.csv"), dir.path().join("tata.toml"));
    fs::write(&file, "Barang;Harga\nBeras;12000\nGula;15000\n").unwrap();
    let refused = bansos().args(["--json", "layout", "new"]).arg(&file).arg("--out").arg(&out).fails(3);
    assert!(refused.contains("cli.nobody_in_file") && !out.exists(), "{refused}");
}

/// Every file of offices that the layouts refuse, or read: `layout new` never fails otherwise than it says, and what it writes is
/// a layout that `read` takes.
#[test]
fn what_is_written_is_a_layout() {
    let mut written = 0;
    for folder in cases() {
        for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let dir = tempfile::tempdir().unwrap();
            let out = dir.path().join("tata.toml");
            let made = bansos().args(["--json", "layout", "new"]).arg(&file).arg("--out").arg(&out).output();
            if made.status.code() == Some(3) {
                assert!(text(&made.stderr).contains("\"code\"") && !out.exists(), "{}", file.display());
                continue;
            }
            assert!(made.status.success(), "{}: {}", file.display(), text(&made.stderr));
            let answer: Value = serde_json::from_slice(&made.stdout).unwrap();
            assert_eq!(answer["layout"].as_str().unwrap(), fs::read_to_string(&out).unwrap());
            let one = tempfile::tempdir().unwrap();
            fs::copy(&file, one.path().join(file.file_name().unwrap())).unwrap();
            let read = bansos().args(["--json", "read"]).arg(one.path()).arg("--layout").arg(&out).output();
            assert!(read.status.success(), "{}: {}", file.display(), text(&read.stderr));
            written += 1;
        }
    }
    assert!(written > 40, "{written}");
}
