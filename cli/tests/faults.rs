//! Files as they should not be: each is answered by a clear error or finding, and nothing is lost.

mod common;

use common::{bansos, csv_rows, json};
use std::fs;
use std::path::Path;

const HEADER: &str = "IDDTKS;PROVINSI;KABUPATEN;KECAMATAN;KELURAHAN;ALAMAT;NOKK;NIK;NAMA;TEMPAT_LAHIR;TGL_LAHIR;JENIS_KELAMIN;NAMA_IBU_KANDUNG;HUB_KELUARGA;PEKERJAAN;PKH;BPNT;BST\n";

fn row(nik: &str, born: &str) -> String {
    format!(
        "35080000001;JAWA TIMUR;KABUPATEN LUMAJANG;TEMPEH;TEMPEH LOR;Dusun Krajan RT 01 RW 02;3508101201159001;{nik};SITI AMINAH;LUMAJANG;{born};PEREMPUAN;SULASTRI;KEPALA KELUARGA;PEDAGANG;TIDAK;TIDAK;TIDAK\n"
    )
}

fn good() -> String {
    format!("{HEADER}{}", row("3508105203809001", "12/03/1980"))
}

/// Runs on a folder with these files; gives the exit code, the answer and the folder of the result.
fn run_on(files: &[(&str, &[u8])], check: impl FnOnce(i32, String, &Path)) {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir(&folder).unwrap();
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
    let answer = bansos()
        .arg("run")
        .arg(&folder)
        .arg("--out")
        .arg(&out)
        .args(["--as-of", "2026-11-22", "--lang", "en"])
        .output();
    let said = common::text(&answer.stdout) + &common::text(&answer.stderr);
    check(answer.status.code().unwrap_or(-1), said, &out);
}

fn refused(content: &[u8], name: &str, expected: &str) {
    run_on(&[(name, content)], |code, said, out| {
        assert_eq!(code, 3, "{said}");
        assert!(said.contains(expected), "{said}");
        assert!(!out.exists(), "a failed run leaves nothing");
    });
}

#[test]
fn an_empty_file() {
    refused(b"", "dtks.csv", "dtks.csv");
}

#[test]
fn an_unknown_header() {
    refused(b"a,b,c\n1,2,3\n", "x.csv", "x.csv");
}

#[test]
fn a_truncated_workbook() {
    refused(b"PK\x03\x04 and then nothing", "dtks.xlsx", "dtks.xlsx");
}

#[test]
fn a_missing_folder() {
    let said = bansos()
        .args(["run", "/no/such/folder", "--out"])
        .arg(std::env::temp_dir().join("bansos-none"))
        .args(["--lang", "en"])
        .fails(3);
    assert!(said.contains("read.no_folder"), "{said}");
}

#[test]
fn a_header_only() {
    refused(HEADER.as_bytes(), "dtks.csv", "read.header_only");
}

#[test]
fn one_bad_file_does_not_hide_a_good_one() {
    run_on(&[("dtks.csv", good().as_bytes()), ("catatan.csv", b"a,b\n1,2\n")], |code, said, out| {
        assert_eq!(code, 0, "{said}");
        let summary = json(&out.join("summary.json"));
        assert_eq!(summary["rows"]["accepted"], 1);
        assert_eq!(summary["refused"][0]["file"], "catatan.csv");
    });
}

#[test]
fn damaged_cells_become_findings_with_their_place() {
    let content = format!("{}{}{}", good(), row("3.50811E+15", "31/02/2001"), row("'3508104501909002", "1990-01-05"));
    run_on(&[("dtks.csv", content.as_bytes())], |code, said, out| {
        assert_eq!(code, 0, "{said}");
        let findings = csv_rows(&out.join("findings.csv"));
        let at = |row: &str, field: &str| -> Vec<&str> {
            findings.iter().filter(|f| f[2] == row && f[3] == field).map(|f| f[5].as_str()).collect()
        };
        assert!(at("2", "nik").contains(&"nik.scientific"), "{findings:?}");
        assert!(at("2", "birth_date").contains(&"date.impossible"), "{findings:?}");
        assert!(at("3", "nik").contains(&"nik.cleaned"), "{findings:?}");
        for f in &findings {
            assert!(
                !f.iter().any(|cell| cell.contains("AMINAH") || cell.contains("350810")),
                "a value stands in a finding"
            );
        }
        let crosswalk = csv_rows(&out.join("crosswalk.csv"));
        assert_eq!(crosswalk.len(), 4);
    });
}

#[test]
fn rows_of_another_width_are_quarantined_not_lost() {
    let content = format!("{}1;2;3\n{}", good(), row("3508104501909002", "05/01/1990"));
    run_on(&[("dtks.csv", content.as_bytes())], |code, said, out| {
        assert_eq!(code, 0, "{said}");
        let rows = &json(&out.join("summary.json"))["rows"];
        assert_eq!((&rows["read"], &rows["accepted"], &rows["quarantined"]), (&3.into(), &2.into(), &1.into()));
        let quarantine = csv_rows(&out.join("quarantine.csv"));
        assert_eq!((quarantine[1][0].as_str(), quarantine[1][2].as_str()), ("dtks.csv", "2"));
        let crosswalk = csv_rows(&out.join("crosswalk.csv"));
        assert_eq!(crosswalk[2][..], ["dtks", "2", "", "", "dtks.csv", ""].map(str::to_owned));
    });
}

#[test]
fn windows_1252_and_tabs() {
    let content = good().replace(';', "\t").replace("SITI AMINAH", "RENE");
    let mut bytes = content.into_bytes();
    let at = bytes.windows(4).position(|w| w == b"RENE").unwrap();
    bytes[at + 3] = 0xC9; // É
    run_on(&[("dtks.txt", &bytes), ("dtks.csv", &bytes)], |code, said, out| {
        assert_eq!(code, 0, "{said}");
        assert!(json(&out.join("summary.json"))["rows"]["accepted"].as_u64().unwrap() >= 1);
    });
}

#[test]
fn two_files_of_one_source_are_both_read() {
    let other = good() + "\n";
    run_on(&[("a.csv", good().as_bytes()), ("b.csv", other.as_bytes())], |code, said, out| {
        assert_eq!(code, 0, "{said}");
        let crosswalk = csv_rows(&out.join("crosswalk.csv"));
        assert_eq!(crosswalk.len(), 3);
        assert_eq!(crosswalk[1][2], crosswalk[2][2], "the same person");
    });
}

#[test]
fn a_foreign_output_folder_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("dtks.csv"), good()).unwrap();
    fs::create_dir(&out).unwrap();
    fs::write(out.join("surat.docx"), "x").unwrap();
    let said = bansos().arg("run").arg(&folder).arg("--out").arg(&out).args(["--lang", "en"]).fails(4);
    assert!(said.contains("write.exists"), "{said}");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
}

#[test]
fn a_second_run_replaces_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir(&folder).unwrap();
    for content in [good(), format!("{}{}", good(), row("3508104501909002", "05/01/1990"))] {
        fs::write(folder.join("dtks.csv"), content).unwrap();
        bansos().arg("run").arg(&folder).arg("--out").arg(&out).succeeds();
    }
    assert_eq!(json(&out.join("summary.json"))["rows"]["accepted"], 2);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "nothing is left beside the result");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_the_old_result_stays() {
    if !Path::new("/dev/full").exists() {
        eprintln!("SKIPPED: no /dev/full");
        return;
    }
    // a result folder on a tiny file system would need root; the writer's own path to the error is the same
    let path = Path::new("/dev/full");
    let mut csv = bansos_registers::write::SafeCsv::begin_plain(path, &["a"]).unwrap();
    let mut failed = false;
    for _ in 0..400_000 {
        failed |= csv.row(["0123456789"]).is_err();
    }
    let error = if failed { true } else { csv.finish().is_err() };
    assert!(error, "a full disk must be an error");
}
