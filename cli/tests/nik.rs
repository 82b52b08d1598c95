//! `bansos nik` and `bansos region` as a user meets them.
#![allow(clippy::unwrap_used, reason = "a failing test is what unwrap makes here")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn bansos(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bansos"))
        .args(args)
        .env("BANSOS_LANG", "en")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a program that refuses its options may end before it reads
    let written = child.stdin.take().unwrap().write_all(input.as_bytes());
    assert!(written.is_ok() || written.is_err_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe));
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<String> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(str::to_owned).collect()
}

const LIST: &str = "3508126801809001\n\n9109016801809001\n3.50812E+15\n 3508 1268 0180 9001\n";
const DAY: [&str; 2] = ["--as-of", "2026-11-21"];

#[test]
fn a_list_keeps_its_rows_and_a_bad_number_is_exit_5() {
    let output = bansos(&[&["nik", "check", "-q"], &DAY[..]].concat(), LIST);
    assert_eq!(output.status.code(), Some(5));
    assert_eq!(
        lines(&output),
        [
            "3508126801809001,true,valid,",
            ",,empty,",
            "9109016801809001,true,valid_retired,region.retired",
            "3.50812E+15,false,charset,nik.scientific",
            " 3508 1268 0180 9001,false,charset,nik.cleaned",
        ]
    );
    let sound = bansos(&[&["nik", "check", "-q"], &DAY[..]].concat(), "3508126801809001\n");
    assert_eq!(sound.status.code(), Some(0));
}

#[test]
fn a_csv_keeps_its_columns_and_the_declared_facts_are_looked_at() {
    let csv = "nama;NIK;TGL_LAHIR;JK\nSITI;3508126801809001;28/01/1980;P\nBUDI;3508126881809001;28/01/1980;P\n";
    let beside = ["--birth-date", "tgl lahir", "--sex", "JK"];
    let checked = bansos(&[&["nik", "check", "-q"], &DAY[..], &beside[..]].concat(), csv);
    assert_eq!(
        lines(&checked),
        [
            "nama;NIK;TGL_LAHIR;JK;nik_valid;nik_class;nik_findings",
            "SITI;3508126801809001;28/01/1980;P;true;valid;",
            "BUDI;3508126881809001;28/01/1980;P;false;date_impossible;nik.date_impossible",
        ]
    );
    let repaired = bansos(&[&["nik", "repair", "-q"], &DAY[..], &beside[..]].concat(), csv);
    let rows = lines(&repaired);
    assert!(rows[1].ends_with(";clean;3508126801809001;;;0;"), "{}", rows[1]);
    // proposed in its own column, never put in the place of the clean number
    assert!(rows[2].contains(";candidates;;3508126801809001;replaced@9;"), "{}", rows[2]);
}

#[test]
fn hidden_numbers_are_hidden_and_so_is_what_is_no_number() {
    let csv = "nik,nama\n3508126801809001,SITI\n350812680180900,BUDI\n-,ANI\n";
    let masked = lines(&bansos(&["nik", "mask", "-q"], csv));
    assert_eq!(masked, ["nik,nama", "35**************,SITI", "***************,BUDI", ",ANI"]);
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    std::fs::write(&key, (0..32).collect::<Vec<u8>>()).unwrap();
    let hidden = lines(&bansos(&["nik", "pseudonymise", "--key-file", key.to_str().unwrap()], csv));
    assert!(hidden[1].len() == 37 && !hidden[1].contains("3508"), "{}", hidden[1]);
    std::fs::write(&key, b"short").unwrap();
    let refused = bansos(&["nik", "pseudonymise", "--key-file", key.to_str().unwrap()], csv);
    assert_eq!(refused.status.code(), Some(2));
    for weak in ["a".repeat(64), "password".repeat(4), csv.to_owned()] {
        std::fs::write(&key, weak).unwrap();
        let refused = bansos(&["nik", "pseudonymise", "--key-file", key.to_str().unwrap()], csv);
        assert_eq!(refused.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("pseudonym.key_"));
    }
    // what has no end is read no further than a key can reach
    let endless = std::path::Path::new("/dev/zero");
    if endless.exists() {
        let refused = bansos(&["nik", "pseudonymise", "--key-file", "/dev/zero"], csv);
        assert!(String::from_utf8_lossy(&refused.stderr).contains("pseudonym.key_long"));
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let missing = bansos(&["nik", "check", "--column", "nik_x"], "a,b\n1,2\n");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("read.no_column"));
    assert_eq!(bansos(&["nik", "check"], "").status.code(), Some(3));
    assert_eq!(bansos(&["region", "show", "350.8"], "").status.code(), Some(2));
}

#[test]
fn regions_by_code_and_name() {
    let shown = lines(&bansos(&["region", "show", "64.05"], ""));
    assert!(shown[0].contains("Nunukan") && shown[0].contains("65.03"), "{}", shown[0]);
    assert!(lines(&bansos(&["region", "search", "kab lumajng"], ""))[0].starts_with("35.08"));
    let coded =
        bansos(&["region", "code", "--regency", "kab", "--district", "kec"], "kab,kec\nLUMAJANG,KEDUNG JAJANG\n");
    assert_eq!(lines(&coded)[1], "LUMAJANG,KEDUNG JAJANG,35.08.16,Kecamatan Kedungjajang,1000,");
}

#[test]
fn no_cell_that_passes_by_becomes_a_formula() {
    let csv = "nik;nama;catatan\n3508126801809001;=cmd|' /C calc'!A0;X\t=1+1\n3508126801809001;\u{ff1d}1;-\n";
    for command in [&["nik", "mask", "-q"][..], &["nik", "decode", "-q"], &["region", "name", "--column", "nama", "-q"]]
    {
        let written = lines(&bansos(command, csv));
        assert!(written[1].contains(";'=cmd|") && written[1].contains("X\t'=1+1"), "{command:?} {written:?}");
        assert!(written[2].contains(";'\u{ff1d}1;-"), "{command:?} {written:?}");
    }
}

#[test]
fn two_columns_of_one_name_are_not_half_masked() {
    let table = "nik,nama,nik\n3508105203809001,SITI,3508105203809002\n";
    for command in ["mask", "check", "decode", "repair"] {
        let output = bansos(&["nik", command], table);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}: {said}");
        assert!(said.contains("read.doubled_column") && output.stdout.is_empty(), "{command}: {said}");
    }
}
