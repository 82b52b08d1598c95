//! Several lists one below the other in one sheet, each with a header of its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::{Coded, Date};
use bansos_registers::{Intake, ReadOptions, read_bytes};

fn read(text: &str) -> Intake {
    let options = ReadOptions::new(Date::constant(2026, 11, 22));
    let intake = read_bytes([("warga.csv", text.as_bytes().to_vec())], &options).unwrap();
    assert!(intake.closes());
    intake
}

fn people(intake: &Intake) -> Vec<(String, bool, bool, Option<String>, Option<String>)> {
    let of = |p: &bansos::person::PersonRecord| {
        let date = p.birth_date.map(|date| date.to_string());
        let relation = p.relation.map(|relation| format!("{relation:?}"));
        (
            p.name.as_deref().unwrap_or_default().to_owned(),
            p.nik.value().is_some(),
            p.family_card.value().is_some(),
            date,
            relation,
        )
    };
    intake.persons.iter().map(of).collect()
}

fn notes(intake: &Intake) -> Vec<&'static str> {
    intake.files[0].notes.iter().map(|note| note.code()).collect()
}

const FIRST: &str = "No;No KK;NIK;Nama;JK;Tgl Lahir;Hubungan;;
1;3508160101209001;3508161103659001;SUTRISNO;L;11-03-1965;Kepala Keluarga;;
2;3508160101209001;3508164507689002;NGATINI;P;05-07-1968;Istri;;
;;;;;;;;
";

fn is_whole(intake: &Intake) {
    let all = people(intake);
    let names: Vec<&str> = all.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["SUTRISNO", "NGATINI", "PAIJO", "SITI ROHMAH"]);
    assert!(all.iter().all(|(_, nik, card, ..)| *nik && *card), "{all:?}");
    let dates: Vec<&str> = all.iter().filter_map(|(_, _, _, date, _)| date.as_deref()).collect();
    assert_eq!(dates, ["1965-03-11", "1968-07-05", "1970-08-17", "1974-12-02"]);
    let relations: Vec<&str> = all.iter().filter_map(|(.., relation)| relation.as_deref()).collect();
    assert_eq!(relations, ["Head", "Spouse", "Head", "Spouse"]);
}

#[test]
fn a_list_below_with_a_column_more_is_read_and_none_of_the_first_is_lost() {
    let second = "DUSUN B;;;;;;;;
No;No KK;NIK;Nama;JK;Tempat Lahir;Tgl Lahir;Hubungan;Alamat
1;3508160202209002;3508161708709004;PAIJO;L;JEMBER;17-08-1970;Kepala Keluarga;KRAJAN
2;3508160202209002;3508164212749005;SITI ROHMAH;P;JEMBER;02-12-1974;Istri;KRAJAN
";
    let intake = read(&format!("{FIRST}{second}"));
    is_whole(&intake);
    assert!(notes(&intake).contains(&"file.further_table"), "{:?}", notes(&intake));
}

#[test]
fn a_list_below_in_another_order_is_read_by_its_own_header() {
    let second = "No;Nama;NIK;No KK;Hubungan;JK;Tgl Lahir;;
1;PAIJO;3508161708709004;3508160202209002;Kepala Keluarga;L;17-08-1970;;
2;SITI ROHMAH;3508164212749005;3508160202209002;Istri;P;02-12-1974;;
";
    is_whole(&read(&format!("{FIRST}{second}")));
    // a third in the order of the first
    let third = "No;No KK;NIK;Nama;JK;Tgl Lahir;Hubungan;;
1;3508160303209003;3508167004509007;MARIYAM;P;30-04-1950;Kepala Keluarga;;
";
    let intake = read(&format!("{FIRST}{second}{third}"));
    assert_eq!(people(&intake).last().unwrap().0, "MARIYAM");
    assert_eq!(people(&intake).last().unwrap().3.as_deref(), Some("1950-04-30"));
}

#[test]
fn a_list_below_with_columns_less_leaves_them_empty() {
    let second = "No;NIK;Nama;Nominal;;;;;
1;3508161708709004;PAIJO;600000;;;;;
";
    let intake = read(&format!("{FIRST}{second}"));
    let all = people(&intake);
    let last = all.last().unwrap();
    assert_eq!((all.len(), last.0.as_str(), last.1, last.2), (3, "PAIJO", true, false), "{all:?}");
    assert_eq!(last.3, None);
}

#[test]
fn far_below_the_rows_that_a_header_is_looked_for_in() {
    let row = |n: u32| format!("{n};3508160101209001;35081611036590{n:02};ORANG {n};L;11-03-1965;Anak;;\n");
    let many: String = (3..90).map(row).collect();
    let second = "No;Nama;NIK;No KK;Hubungan;JK;Tgl Lahir;;
1;PAIJO;3508161708709104;3508160202209002;Kepala Keluarga;L;17-08-1970;;
";
    let intake = read(&format!("{FIRST}{many}{second}"));
    let all = people(&intake);
    assert_eq!((all.len(), all.last().unwrap().0.as_str()), (90, "PAIJO"));
    assert_eq!(all.last().unwrap().3.as_deref(), Some("1970-08-17"));
}

#[test]
fn the_same_header_again_and_a_title_above_stay_what_they_were() {
    let again = "No;No KK;NIK;Nama;JK;Tgl Lahir;Hubungan;;
1;3508160202209002;3508161708709004;PAIJO;L;17-08-1970;Kepala Keluarga;;
2;3508160202209002;3508164212749005;SITI ROHMAH;P;02-12-1974;Istri;;
";
    let intake = read(&format!("DATA WARGA;;;;;;;;\n{FIRST}{again}"));
    is_whole(&intake);
    assert!(!notes(&intake).contains(&"file.further_table"));
}

#[test]
fn a_remark_that_somebody_died_and_labels_with_numbers() {
    let intake = read(
        "No KK;NIK;Nama;JK;Tgl Lahir;Hubungan;Keterangan
3508160101209001;3508161103659001;SUTRISNO;1. Laki-laki;11-03-1965;01. Kepala Keluarga;Meninggal Dunia
3508160101209001;3508164507689002;NGATINI;2. Perempuan;05-07-1968;Istri (ke 1);Lansia
",
    );
    let [husband, wife] = intake.persons.as_slice() else { panic!("two rows") };
    assert_eq!(husband.presence, Some(bansos::person::Presence::Dead));
    assert_eq!((wife.presence, wife.sex), (None, Some(bansos::Sex::Female)));
    assert_eq!(husband.relation, Some(bansos::person::Relation::Head));
    assert_eq!(wife.relation, Some(bansos::person::Relation::Spouse));
}
