//! What the columns of a file are likely to be, and a layout made of it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use bansos::policy::Confidence;
use bansos::source::Field;
use bansos::{Coded as _, Date};
use bansos_registers::layout::{GuessReason, Layout, LayoutGuess, guess};
use bansos_registers::{Kind, ReadError, ReadOptions, read_bytes};

fn look(text: &str) -> Result<LayoutGuess, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("warga.csv");
    std::fs::write(&file, text).unwrap();
    guess(&file, None)
}

fn of(text: &str) -> LayoutGuess {
    look(text).unwrap()
}

fn fields(guess: &LayoutGuess) -> Vec<Option<&'static str>> {
    guess.columns.iter().map(|column| column.field.map(Field::word)).collect()
}

/// Ten rows of a list under a header.
fn list(header: &str) -> String {
    let mut text = format!("{header}\n");
    for n in 1..=10 {
        let (day, sex) = if n % 2 == 0 { (n + 40, "P") } else { (n, "L") };
        let name = ["SITI ROHMAH", "BUDI SANTOSO", "DEWI LESTARI", "PAIJO", "SUTRISNO HADI"][n % 5];
        let relation = if n % 3 == 0 { "KEPALA KELUARGA" } else { "ANAK" };
        text += &format!(
            "{n};350816100610{:04};350816{day:02}03659{n:03};{name} {};{sex};LUMAJANG, {n:02}-03-1965;{relation};desa sukamaju;08123456{n:04}\n",
            9001 + n / 3,
            ["A", "HADI", "RINI"][n % 3],
        );
    }
    text
}

const ALL: [Option<&str>; 9] = [
    None,
    Some("family_card"),
    Some("nik"),
    Some("name"),
    Some("sex"),
    Some("birth_place_date"),
    Some("relation"),
    None,
    None,
];

#[test]
fn cells_tell_what_headings_do_not() {
    let guess = of(&list("A;B;C;D;E;F;G;H;I"));
    assert_eq!(fields(&guess), ALL, "{guess:#?}");
    assert!(guess.columns[0].why.contains(&GuessReason::Numbering));
    assert_eq!((guess.rows, guess.header_row, guess.kind()), (10, 1, Kind::Persons));
}

#[test]
fn words_in_headings_make_it_sure() {
    let header = "Urut;Kartu Kel Warga;Nmr Induk Kependudukan Warga;Nama Org;Kelamin Org;Tempat Tgl Lahir Org;Hub dlm Kel;Desa Asal;Kontak HP";
    let guess = of(&list(header));
    let mut want = ALL;
    want[7] = Some("village");
    assert_eq!(fields(&guess), want, "{guess:#?}");
    assert_eq!(guess.columns[2].confidence, Confidence::High);
}

#[test]
fn what_cells_contradict_is_not_read() {
    let guess =
        of("NIK;NAMA;DESIL\nSITI;3508165103659001;sedang\nBUDI;3508160203659002;baik\nDEWI;3508164403659003;baik\n");
    assert_ne!(guess.columns[0].field, Some(Field::Nik));
    assert_eq!(guess.columns[2].field, None);
    assert!(guess.columns[2].why.iter().any(|why| why.code() == "guess.against"), "{:?}", guess.columns[2].why);
}

#[test]
fn a_heading_that_its_cells_contradict_is_no_obstacle() {
    let guess = of("NAMA;KEL;X\nSITI;3508161006109001;a\nBUDI;3508161006109001;b\nDEWI;3508161006109002;c\n");
    assert_eq!(guess.columns[1].field, Some(Field::FamilyCard), "no sex");
}

#[test]
fn a_header_that_runs_into_a_row_shows_nothing_of_it() {
    let guess = of("NAMA;NIK;SITI ROHMAH;DESA A\nBUDI;3508165103659001\nDEWI;3508164403659003\n");
    assert!(!format!("{guess:?}{}", guess.to_toml()).contains("ROHMAH"));
}

#[test]
fn nobody_is_shown() {
    let guess = of(&list("A;B;C;D;E;F;G;H;I"));
    let shown = format!("{guess:?}");
    for word in ["SITI", "3508161", "1965", "sukamaju"] {
        assert!(!shown.contains(word), "{word}");
    }
    assert_eq!(guess.columns[4].samples, ["L", "P"]);
}

#[test]
fn a_layout_made_of_it_reads_the_file() {
    let text = list("A;B;C;D;E;F;G;H;I");
    let day = Date::constant(2026, 11, 22);
    let file = || [("warga.csv", text.clone().into_bytes())];
    assert!(read_bytes(file(), &ReadOptions::new(day)).is_err());
    let mut guess = of(&text);
    guess.set(7, Some(Field::Village));
    let mut options = ReadOptions::new(day);
    options.layouts.push(Layout::from_toml("own.toml", &guess.to_toml()).unwrap());
    let intake = read_bytes(file(), &options).unwrap();
    assert_eq!((intake.persons.len(), intake.files[0].layout.as_str()), (10, "own-warga"));
    let first = &intake.persons[0];
    assert_eq!(first.nik.value().map(|nik| nik.to_u64()), Some(3_508_160_103_659_001));
    assert_eq!(first.birth_date, bansos::date::new(1965, 3, 1));
    assert_eq!(first.residence.village_name.as_deref(), Some("desa sukamaju"));
    assert!(first.relation.is_some() && first.sex.is_some() && first.family_card.value().is_some());
}

#[test]
fn a_field_is_one_columns() {
    let mut guess = of(&list("A;B;C;D;E;F;G;H;I"));
    guess.set(8, Some(Field::Name));
    assert_eq!((guess.columns[3].field, guess.columns[8].field), (None, Some(Field::Name)));
    guess.columns.iter_mut().for_each(|column| column.field = None);
    assert!(!guess.has_somebody());
}

#[test]
fn without_headings_there_is_no_layout() {
    for rows in [
        "SITI ROHMAH;SITI ROHMAH\nBUDI;1965-03-11\nTONO;1965-03-12\n",
        "3508165103659001;SITI\n3508160203659002;BUDI\n",
        "SITI;DESA A\nBUDI;DESA B\n",
        "NIK;3508165103659001\nSITI;x\n",
    ] {
        assert_eq!(look(rows).unwrap_err().code(), "read.no_known_column", "{rows}");
    }
}
