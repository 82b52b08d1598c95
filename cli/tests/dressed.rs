//! One reader of identifiers: what stands around the digits of a NIK or No. KK changes nothing of who is who.

mod common;

use common::{bansos, csv_rows};
use std::path::Path;

/// Puts a text before every cell of a column that has something in it, as some registers write it.
fn dress(file: &Path, column: &str, front: &str) -> usize {
    let mut rows = csv_rows(file);
    let at = rows[0].iter().position(|name| name.eq_ignore_ascii_case(column)).unwrap();
    let mut dressed = 0;
    for cell in rows.iter_mut().skip(1).map(|row| &mut row[at]).filter(|cell| !cell.is_empty()) {
        cell.insert_str(0, front);
        dressed += 1;
    }
    let delimiter =
        if std::fs::read_to_string(file).unwrap().lines().next().unwrap().contains(';') { b';' } else { b',' };
    let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_path(file).unwrap();
    rows.iter().for_each(|row| csv.write_record(row).unwrap());
    csv.flush().unwrap();
    dressed
}

fn linked(folder: &Path, out: &Path) -> Vec<Vec<Vec<String>>> {
    bansos().arg("link").arg(folder).arg("--out").arg(out).succeeds();
    let mut tables: Vec<_> = std::fs::read_dir(out).unwrap().map(|f| f.unwrap().path()).collect();
    tables.retain(|path| path.extension().is_some_and(|e| e == "csv"));
    tables.sort();
    assert!(tables.len() >= 3, "{tables:?}");
    tables.iter().map(|path| csv_rows(path)).collect()
}

#[test]
fn a_label_before_every_number_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (plain, labelled) = (dir.path().join("plain"), dir.path().join("labelled"));
    for folder in [&plain, &labelled] {
        bansos().arg("synth").arg(folder).args(["--families", "60", "--regency", "35.08", "--seed", "7"]).succeeds();
    }
    let dressed = [
        dress(&labelled.join("dtks.csv"), "NIK", "NIK: "),
        dress(&labelled.join("p3ke.csv"), "NIK", "NIK: "),
        dress(&labelled.join("regsosek_anggota.csv"), "nik", "NIK: "),
        dress(&labelled.join("regsosek_keluarga.csv"), "no_kk", "No. KK "),
    ];
    assert!(dressed.iter().all(|n| *n >= 30), "{dressed:?}");
    let (with, without) = (linked(&labelled, &dir.path().join("b")), linked(&plain, &dir.path().join("a")));
    assert_eq!(with, without);
}
