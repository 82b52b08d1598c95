//! The card of a family as it is printed: what belongs to all stands above, and two tables of the same persons one below the other.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::person::{Marital, Relation};
use bansos::{Coded, Date};
use bansos_registers::{Intake, ReadOptions, read_bytes};
use rust_xlsxwriter::{Workbook, Worksheet};

const CARDS: [&str; 2] = ["3508160101209001", "3508160202209002"];
const FIRST: [&str; 9] = [
    "No",
    "Nama Lengkap",
    "NIK",
    "Jenis Kelamin",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Agama",
    "Pendidikan",
    "Jenis Pekerjaan",
];
const SECOND: [&str; 8] = [
    "No",
    "Status Perkawinan",
    "Status Hubungan Dalam Keluarga",
    "Kewarganegaraan",
    "Dokumen Imigrasi",
    "",
    "Nama Orang Tua",
    "",
];
const BELOW: [&str; 8] = ["", "", "", "", "No. Paspor", "No. KITAP", "Ayah", "Ibu"];

/// (number, name, NIK, sex, born, marital status, relation, mother)
type Member =
    (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);
const FAMILIES: [&[Member]; 2] = [
    &[
        ("1", "SUTRISNO", "3508161103659001", "LAKI-LAKI", "11-03-1965", "KAWIN", "KEPALA KELUARGA", "SUMINAH"),
        ("2", "NGATINI", "3508164507689002", "PEREMPUAN", "05-07-1968", "KAWIN", "ISTRI", "WAGINEM"),
        ("3", "BUDI SANTOSO", "3508162001959003", "LAKI-LAKI", "20-01-1995", "BELUM KAWIN", "ANAK", "NGATINI"),
    ],
    &[("1", "MARIYAM", "3508167004509007", "PEREMPUAN", "30-04-1950", "CERAI MATI", "KEPALA KELUARGA", "SARINEM")],
];

fn put(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, cell) in (0u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write_string(at, column, *cell).unwrap();
    }
}

/// Writes a card from a row on; returns the row behind it.
fn card(sheet: &mut Worksheet, from: u32, of: usize) -> u32 {
    let mut at = from;
    lines(of, &mut |cells| {
        put(sheet, at, cells);
        at += 1;
    });
    at + 2
}

/// The lines of a card, one by one.
fn lines(of: usize, line: &mut dyn FnMut(&[&str])) {
    let number = format!("No. {}", CARDS[of]);
    let family = FAMILIES[of];
    let title: [&[&str]; 9] = [
        &["KARTU KELUARGA"],
        &[&number],
        &["Nama Kepala Keluarga", "", &format!(": {}", family[0].1)],
        &["Alamat", "", ": JL. MELATI"],
        &["RT/RW", "", ": 001/002"],
        &["Desa/Kelurahan", "", ": TEMPURSARI"],
        &["Kecamatan", "", ": KEDUNGJAJANG"],
        &["Kabupaten/Kota", "", ": LUMAJANG"],
        &["Provinsi", "", ": JAWA TIMUR"],
    ];
    title.iter().for_each(|cells| line(cells));
    line(&[]);
    line(&FIRST);
    line(&["", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"]);
    for (n, name, nik, sex, born, ..) in family {
        line(&[n, name, nik, sex, "LUMAJANG", born, "ISLAM", "SLTA/SEDERAJAT", "PETANI"]);
    }
    line(&[&(family.len() + 1).to_string()]);
    line(&[]);
    line(&SECOND);
    line(&BELOW);
    line(&["", "(9)", "(10)", "(11)", "(12)", "(13)", "(14)", "(15)"]);
    for (n, .., marital, relation, mother) in family {
        line(&[n, marital, relation, "WNI", "-", "-", "SARIMIN", mother]);
    }
    line(&[&(family.len() + 1).to_string(), "-", "-"]);
    line(&[]);
    line(&["", "Dikeluarkan Tanggal : 11-01-2020"]);
    line(&["", "KEPALA KELUARGA", "", "", "", "KEPALA DINAS KEPENDUDUKAN"]);
    line(&["", family[0].1, "", "", "", "BAMBANG HARIADI, S.Sos"]);
}

fn read(mut book: Workbook) -> Intake {
    let read =
        read_bytes([("kk.xlsx", book.save_to_buffer().unwrap())], &ReadOptions::new(Date::constant(2026, 11, 22)));
    let intake = read.unwrap_or_else(|e| panic!("{e}"));
    assert!(intake.closes());
    intake
}

fn is_whole(intake: &Intake, families: usize) {
    let people: Vec<_> = FAMILIES[..families].concat();
    let names: Vec<_> = intake.persons.iter().filter_map(|p| p.name.as_deref()).collect();
    assert_eq!(names, people.iter().map(|p| p.1).collect::<Vec<_>>());
    for (person, (_, name, nik, _, _, marital, relation, mother)) in intake.persons.iter().zip(&people) {
        let card = if *name == "MARIYAM" { CARDS[1] } else { CARDS[0] };
        assert_eq!(person.nik.value().map(|n| n.to_digits().to_string()).as_deref(), Some(*nik));
        assert_eq!(person.family_card.value().map(|c| c.to_digits().to_string()).as_deref(), Some(card), "{name}");
        let wanted = match *relation {
            "KEPALA KELUARGA" => Relation::Head,
            "ISTRI" => Relation::Spouse,
            _ => Relation::Child,
        };
        assert_eq!((person.relation, person.mother_name.as_deref()), (Some(wanted), Some(*mother)), "{name}");
        let wanted = match *marital {
            "KAWIN" => Marital::Married,
            "BELUM KAWIN" => Marital::Single,
            _ => Marital::Widowed,
        };
        assert_eq!(person.marital, Some(wanted), "{name}");
        let home = &person.residence;
        assert_eq!(home.address.as_deref(), Some("JL. MELATI RT 001/002"), "{name}");
        assert_eq!(home.village_name.as_deref(), Some("TEMPURSARI"));
    }
    let said: Vec<_> = intake.files.iter().flat_map(|file| file.notes.iter().map(Coded::code)).collect();
    assert!(said.contains(&"file.second_table") && said.contains(&"file.card_above"), "{said:?}");
}

#[test]
fn a_card_of_a_family() {
    let mut book = Workbook::new();
    card(book.add_worksheet(), 0, 0);
    let intake = read(book);
    is_whole(&intake, 1);
    let second = intake.quarantine.iter().filter(|q| q.reason.code() == "row.second_table").count();
    assert_eq!(second, 6, "two rows of a header, three persons and a number without one");
    // rows as Excel shows them
    assert_eq!(intake.files[0].lines.of(intake.persons[0].origin.row), 13);
}

#[test]
fn a_card_that_was_saved_as_csv() {
    let mut text = String::new();
    lines(0, &mut |cells| text += &(cells.join(";") + "\n"));
    // its number alone, below the title
    for text in [text.clone(), text.replace("No. 3508160101209001", "3508160101209001")] {
        let read = read_bytes([("kk.csv", text.into_bytes())], &ReadOptions::new(Date::constant(2026, 11, 22)));
        is_whole(&read.unwrap_or_else(|e| panic!("{e}")), 1);
    }
}

#[test]
fn a_card_on_each_sheet_and_one_below_the_other() {
    let mut book = Workbook::new();
    card(book.add_worksheet(), 0, 0);
    card(book.add_worksheet(), 0, 1);
    let intake = read(book);
    assert_eq!(intake.files.len(), 2);
    is_whole(&intake, 2);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let next = card(sheet, 0, 0);
    card(sheet, next, 1);
    is_whole(&read(book), 2);
}

#[test]
fn rows_that_do_not_meet_by_their_numbers_stay_apart() {
    // a number that two rows have, and one that the first table has not
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows: [&[&str]; 10] = [
        &["No", "Nama", "NIK", "Tgl Lahir"],
        &["1", "SUTRISNO", "3508161103659001", "11-03-1965"],
        &["1", "NGATINI", "3508164507689002", "05-07-1968"],
        &["2", "BUDI SANTOSO", "3508162001959003", "20-01-1995"],
        &[],
        &["No", "Status Hubungan Dalam Keluarga", "Kewarganegaraan"],
        &["1", "KEPALA KELUARGA", "WNI"],
        &["2", "ANAK", "WNI"],
        &["3", "ANAK", "WNI"],
        &["Jumlah", "3"],
    ];
    (0..).zip(rows).for_each(|(at, cells)| put(sheet, at, cells));
    let intake = read(book);
    let relations: Vec<_> = intake.persons.iter().map(|p| p.relation).collect();
    assert_eq!(relations, [None, None, Some(Relation::Child)]);
    // a list whose second table is of other persons is no such form
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows: [&[&str]; 5] = [
        &["No", "Nama", "NIK", "Hubungan"],
        &["1", "SUTRISNO", "3508161103659001", "KEPALA KELUARGA"],
        &["2", "NGATINI", "3508164507689002", "ISTRI"],
        &["No", "Nama", "NIK", "Hubungan"],
        &["1", "MARIYAM", "3508167004509007", "KEPALA KELUARGA"],
    ];
    (0..).zip(rows).for_each(|(at, cells)| put(sheet, at, cells));
    assert_eq!(read(book).accepted(), 3);
}
