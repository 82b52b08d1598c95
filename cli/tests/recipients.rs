//! "Nomor satu sampai sekian sudah dibantu pusat, jadi tidak double": lists of four programmes against one register.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod common;

use common::{bansos, csv_rows, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Four couples of one desa, by number.
fn nik(couple: u8, woman: bool) -> String {
    format!(
        "350816{:02}0370{:04}",
        if woman { 41 + couple } else { 1 + couple },
        9001 + u16::from(couple) * 2 + u16::from(woman)
    )
}

const MEN: [&str; 4] = ["SUTRISNO", "PAIJO", "TUKIMIN HARJO", "RAHMAT HIDAYAT"];
const WOMEN: [&str; 4] = ["NGATINI", "SITI ROHMAH", "SUMIATI LESTARI", "NUR AINI"];

fn register(folder: &Path) {
    let mut text =
        "IDDTKS,PROVINSI,KABUPATEN,KECAMATAN,KELURAHAN,NOKK,NIK,NAMA,TGL_LAHIR,JENIS_KELAMIN,HUB_KELUARGA\n".to_owned();
    for couple in 0..4u8 {
        for (woman, name) in [(false, MEN[usize::from(couple)]), (true, WOMEN[usize::from(couple)])] {
            let (sex, relation) = if woman { ("PEREMPUAN", "ISTRI") } else { ("LAKI-LAKI", "KEPALA KELUARGA") };
            text += &format!(
                "35080{couple},JAWA TIMUR,LUMAJANG,KEDUNGJAJANG,TEMPURSARI,350816010120{},{},{name},{:02}/03/1970,{sex},{relation}\n",
                9001 + u16::from(couple),
                nik(couple, woman),
                1 + couple
            );
        }
    }
    fs::write(folder.join("dtks.csv"), text).unwrap();
}

fn row(couple: u8, woman: bool) -> String {
    let name = if woman { WOMEN } else { MEN }[usize::from(couple)];
    format!("{},{name}", nik(couple, woman))
}

#[test]
fn four_lists_against_one_register() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("in");
    fs::create_dir(&folder).unwrap();
    register(&folder);
    let list = |name: &str, title: &str, rows: &[String]| {
        let rows: String = rows.iter().map(|row| format!("{row},300.000,SALUR\n")).collect();
        fs::write(folder.join(name), format!("{title},,,\nNIK,Nama,Jumlah,Keterangan\n{rows}")).unwrap();
    };
    list("a.csv", "DAFTAR PENERIMA PKH TAHAP 1 TAHUN 2020", &[row(0, true), row(1, true), row(1, false)]);
    list("b.csv", "PENERIMA BPNT TAHUN 2020", &[row(0, true), "3508164101709777,ORANG LAIN".to_owned()]);
    list("c.csv", "KPM BLT DANA DESA TAHUN ANGGARAN 2020", &[row(0, false), row(2, false)]);
    list("d.csv", "DATA MUSTAHIK BAZNAS 2020", &[row(0, false), row(3, false)]);
    let out = dir.path().join("hasil");
    let said = bansos().arg("run").arg(&folder).arg("--out").arg(&out).args(["--as-of", "2020-12-31"]).succeeds();
    assert!(said.contains("keluarga di beberapa daftar: baznas+blt-dana-desa+pkh+sembako 1"), "{said}");
    let summary = json(&out.join("summary.json"));
    let counts: BTreeMap<&str, [u64; 5]> = summary["recipients"]["programmes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| {
            (
                n["programme"].as_str().unwrap(),
                ["rows", "families", "unregistered", "twice", "excluded"].map(|k| n[k].as_u64().unwrap()),
            )
        })
        .collect();
    let right = [
        ("baznas", [2, 2, 0, 0, 0]),
        ("blt-dana-desa", [2, 2, 0, 0, 1]),
        ("pkh", [3, 2, 0, 2, 1]),
        ("sembako", [2, 2, 1, 0, 1]),
    ];
    assert_eq!(counts, right.into());
    assert_eq!(summary["duplicates"], serde_json::json!({}), "to receive is not to be registered twice");
    // nobody's number or name, and where it stands
    let receipts = csv_rows(&out.join("receipts.csv"));
    assert_eq!(receipts.len(), 10);
    assert_eq!(receipts[1][..8], ["a.csv", "", "1", "3", "pkh", "2020 tahap 1", "300000", "true"]);
    assert!(!fs::read_to_string(out.join("receipts.csv")).unwrap().contains("NGATINI"));
}
