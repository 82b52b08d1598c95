//! Workbooks as offices write them: several sheets, hidden ones, and lines around the table that are no rows of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::{Coded, Date};
use bansos_registers::{FileNote, Intake, ReadError, ReadOptions, read_bytes};
use rust_xlsxwriter::{Workbook, Worksheet};

const HEADER: [&str; 9] =
    ["IDDTKS", "KELURAHAN", "NOKK", "NIK", "NAMA", "TGL_LAHIR", "JENIS_KELAMIN", "HUB_KELUARGA", "PKH"];
const PEOPLE: [[&str; 9]; 4] = [
    [
        "35080000001",
        "TEMPURSARI",
        "3508160101209001",
        "3508161103659001",
        "SUTRISNO",
        "11/03/1965",
        "LAKI-LAKI",
        "KEPALA KELUARGA",
        "YA",
    ],
    [
        "35080000001",
        "TEMPURSARI",
        "3508160101209001",
        "3508164507689002",
        "NGATINI",
        "05/07/1968",
        "PEREMPUAN",
        "ISTRI",
        "YA",
    ],
    [
        "35080000002",
        "JATISARI",
        "3508160202209002",
        "3508161708709004",
        "PAIJO",
        "17/08/1970",
        "LAKI-LAKI",
        "KEPALA KELUARGA",
        "TIDAK",
    ],
    [
        "35080000003",
        "JATISARI",
        "3508160303209003",
        "3508167004509007",
        "MARIYAM",
        "30/04/1950",
        "PEREMPUAN",
        "KEPALA KELUARGA",
        "TIDAK",
    ],
];

/// Cells at their places; empty ones are not stored.
fn put(sheet: &mut Worksheet, from: u32, rows: &[&[&str]]) -> u32 {
    for (row, cells) in (from..).zip(rows) {
        for (column, cell) in (0u16..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    from + u32::try_from(rows.len()).unwrap()
}

fn register<'b>(book: &'b mut Workbook, name: &str, people: &[[&str; 9]]) -> &'b mut Worksheet {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    put(sheet, 0, &[&HEADER]);
    put(sheet, 1, &people.iter().map(|p| p.as_slice()).collect::<Vec<_>>());
    sheet
}

fn try_read(mut book: Workbook) -> Result<Intake, ReadError> {
    let bytes = book.save_to_buffer().unwrap();
    read_bytes([("dtks.xlsx", bytes)], &ReadOptions::new(Date::constant(2026, 11, 22)))
}

fn read(book: Workbook) -> Intake {
    let intake = try_read(book).unwrap_or_else(|e| panic!("{e}"));
    assert!(intake.closes());
    intake
}

fn names(intake: &Intake) -> Vec<&str> {
    intake.persons.iter().map(|p| p.name.as_deref().unwrap_or("")).collect()
}

fn set_aside(intake: &Intake) -> Vec<(u64, &'static str)> {
    let line = |file: u16, row| intake.files[usize::from(file)].lines.of(row);
    intake.quarantine.iter().map(|q| (line(q.file, q.row), q.reason.code())).collect()
}

#[test]
fn every_visible_sheet_that_fits_is_read_and_the_others_are_said() {
    let mut book = Workbook::new();
    put(
        book.add_worksheet().set_name("Rekap").unwrap(),
        0,
        &[&["Desa", "Jumlah KK"], &["TEMPURSARI", "1"], &["JATISARI", "2"]],
    );
    register(&mut book, "Tempursari", &PEOPLE[..2]);
    // each with a header of its own, below a title
    let sheet = book.add_worksheet().set_name("Jatisari").unwrap();
    put(sheet, 0, &[&["DAFTAR DTKS DESA JATISARI"]]);
    put(sheet, 2, &[&HEADER, &PEOPLE[2], &PEOPLE[3]]);
    register(&mut book, "Lama", &PEOPLE[..1]).set_hidden(true);
    register(&mut book, "Sangat lama", &PEOPLE[..1]).set_very_hidden(true);
    book.add_worksheet().set_name("Kosong").unwrap();
    let intake = read(book);
    assert_eq!(names(&intake), ["SUTRISNO", "NGATINI", "PAIJO", "MARIYAM"]);
    let files: Vec<_> = intake.files.iter().map(|f| (f.name(), f.rows_read)).collect();
    assert_eq!(files, [("dtks.xlsx [Tempursari]".to_owned(), 2), ("dtks.xlsx [Jatisari]".to_owned(), 2)]);
    // rows as the crosswalk counts them, lines as Excel shows them
    assert_eq!(intake.persons[2].origin.row, 1);
    assert_eq!([intake.files[0].lines.of(1), intake.files[1].lines.of(1)], [2, 4]);
    let unread: Vec<_> = intake.unread.iter().map(|u| (u.sheet.as_str(), u.rows, u.reason.code())).collect();
    assert_eq!(
        unread,
        [("Rekap", 3, "sheet.no_layout"), ("Lama", 2, "sheet.hidden"), ("Sangat lama", 2, "sheet.hidden")]
    );
    assert!(intake.files.iter().all(|f| f.notes.iter().all(|n| n.code() != "file.same_content")));
}

#[test]
fn a_hidden_sheet_is_read_only_where_no_visible_one_fits() {
    let mut book = Workbook::new();
    register(&mut book, "Lama", &PEOPLE[..1]).set_very_hidden(true);
    register(&mut book, "Baru", &PEOPLE[1..]).set_active(true);
    let intake = read(book);
    assert_eq!((names(&intake), intake.unread.len()), (vec!["NGATINI", "PAIJO", "MARIYAM"], 1));
    assert_eq!(intake.files[0].name(), "dtks.xlsx");
    let mut book = Workbook::new();
    register(&mut book, "Data", &PEOPLE).set_hidden(true);
    put(book.add_worksheet().set_name("Sampul").unwrap().set_active(true), 0, &[&["Laporan"]]);
    let intake = read(book);
    assert_eq!(intake.accepted(), 4);
    assert!(intake.files[0].notes.contains(&FileNote::HiddenSheet));
}

/// The columns with which both forms of P3KE begin, and a family in them.
const P3KE: [&str; 8] = [
    "ID Keluarga P3KE",
    "Provinsi",
    "Kabupaten/Kota",
    "Kecamatan",
    "Desa/Kelurahan",
    "Kode Kemdagri",
    "Desil Kesejahteraan",
    "Alamat",
];
const P3KE_FAMILY: [&str; 8] =
    ["3508000009001", "JAWA TIMUR", "KABUPATEN LUMAJANG", "KEDUNGJAJANG", "TEMPURSARI", "3508162010", "1", "KRAJAN"];

#[test]
fn sheets_of_two_layouts_are_joined_as_two_files_would_be() {
    let mut book = Workbook::new();
    let families = book.add_worksheet().set_name("Keluarga").unwrap();
    put(
        families,
        0,
        &[
            &[
                &P3KE[..],
                &[
                    "Kepala Keluarga",
                    "NIK",
                    "Padan Dukcapil",
                    "Jenis Kelamin",
                    "Tanggal Lahir",
                    "Pekerjaan",
                    "Jenis Atap",
                ],
            ]
            .concat(),
            &[
                &P3KE_FAMILY[..],
                &["SUTRISNO", "3508161103659001", "Ya", "Laki-laki", "1965-03-11", "Petani", "Genteng"],
            ]
            .concat(),
        ],
    );
    let persons = book.add_worksheet().set_name("Individu").unwrap();
    put(
        persons,
        0,
        &[
            &[
                &P3KE[..],
                &[
                    "ID Individu",
                    "Nama",
                    "NIK",
                    "Padan Dukcapil",
                    "Jenis Kelamin",
                    "Hubungan dengan Kepala Keluarga",
                    "Tanggal Lahir",
                    "Status Kawin",
                    "Pekerjaan",
                ],
            ]
            .concat(),
            &[
                &P3KE_FAMILY[..],
                &[
                    "9000",
                    "SUTRISNO",
                    "3508161103659001",
                    "Ya",
                    "Laki-laki",
                    "Kepala Keluarga",
                    "1965-03-11",
                    "Kawin",
                    "Petani",
                ],
            ]
            .concat(),
            &[
                &P3KE_FAMILY[..],
                &["9001", "NGATINI", "3508164507689002", "Ya", "Perempuan", "Istri", "1968-07-05", "Kawin", "Petani"],
            ]
            .concat(),
        ],
    );
    let intake = read(book);
    let layouts: Vec<_> = intake.files.iter().map(|f| f.layout.as_str()).collect();
    assert_eq!((layouts, intake.accepted()), (vec!["p3ke-keluarga", "p3ke-individu"], 3));
}

#[test]
fn a_workbook_without_a_register_is_refused_as_before() {
    let mut book = Workbook::new();
    put(book.add_worksheet(), 0, &[&["Tanggal", "Suhu"], &["1", "30"]]);
    put(book.add_worksheet(), 0, &[&["Kode", "Arti"], &["1", "Ya"]]);
    assert_eq!(try_read(book).unwrap_err().code(), "read.no_known_column");
    let mut book = Workbook::new();
    register(&mut book, "Data", &[]);
    assert_eq!(try_read(book).unwrap_err().code(), "read.header_only");
}

#[test]
fn lines_around_the_table_are_set_aside_by_kind() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let blank = [""; 9];
    let at = |column: usize, text: &'static str| {
        let mut cells = [""; 9];
        cells[column] = text;
        cells
    };
    let number: Vec<String> = (1..=9).map(|n| n.to_string()).collect();
    let numbers: Vec<&str> = number.iter().map(String::as_str).collect();
    let bracketed: Vec<String> = (1..=9).map(|n| format!("({n})")).collect();
    let bracketed: Vec<&str> = bracketed.iter().map(String::as_str).collect();
    let mut total = at(0, "JUMLAH");
    total[4] = "4";
    let mut sum_of_name = at(4, "Jumlah Jiwa");
    sum_of_name[8] = "4";
    let lines: Vec<&[&str]> = vec![
        &HEADER,
        &PEOPLE[0],
        &PEOPLE[1],
        &HEADER,    // line 4
        &bracketed, // 5
        &PEOPLE[2],
        &numbers, // 7
        &PEOPLE[3],
        &total,       // 9
        &sum_of_name, // 10
    ];
    let next = put(sheet, 0, &lines);
    let signed = [
        at(4, "Lumajang, 12 Januari 2026"),
        at(4, "Kepala Desa Tempursari"),
        blank,
        at(4, "BAMBANG HARIADI, S.Sos"),
        at(4, "NIP. 19700101 199003 1 001"),
        at(0, "Halaman 1 dari 1"),
    ];
    put(sheet, next + 1, &signed.iter().map(|s| s.as_slice()).collect::<Vec<_>>());
    let intake = read(book);
    assert_eq!(names(&intake), ["SUTRISNO", "NGATINI", "PAIJO", "MARIYAM"]);
    let expected = [
        (4, "row.repeated_header"),
        (5, "row.numbering"),
        (7, "row.numbering"),
        (9, "row.total"),
        (10, "row.total"),
        (11, "row.blank"),
        (12, "row.signature"),
        (13, "row.signature"),
        (14, "row.blank"),
        (15, "row.below_table"),
        (16, "row.signature"),
        (17, "row.remark"),
    ];
    assert_eq!(set_aside(&intake), expected);
}

#[test]
fn people_with_such_names_are_people() {
    let mut people = PEOPLE;
    for (person, name) in people.iter_mut().zip(["JUMLAH", "TOTAL", "MARET", "SUMBER"]) {
        person[4] = name;
    }
    // without a number, a date or a relation says it
    people[0][2] = "";
    people[0][3] = "";
    people[1][2..4].copy_from_slice(&["", ""]);
    people[1][5] = "";
    people[1][0] = "";
    let mut book = Workbook::new();
    register(&mut book, "Data", &people);
    let intake = read(book);
    assert_eq!((names(&intake), intake.quarantined()), (vec!["JUMLAH", "TOTAL", "MARET", "SUMBER"], 0));
    // a last row with a name alone is somebody, where nothing stands between
    let mut book = Workbook::new();
    let mut people = PEOPLE;
    people[3] = ["", "JATISARI", "", "", "MARIYAM", "", "", "", ""];
    register(&mut book, "Data", &people);
    assert_eq!(read(book).accepted(), 4);
}
