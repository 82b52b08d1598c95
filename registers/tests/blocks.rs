//! Families in blocks: a line with the card above the rows of each, and no column of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::{Coded, Date};
use bansos_registers::{Intake, ReadOptions, read_bytes};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

const HEADER: [&str; 6] = ["No", "NIK", "Nama", "JK", "Tgl Lahir", "Hubungan"];
const CARDS: [&str; 3] = ["3508160101209001", "3508160202209002", "3508160303209003"];
/// Of three families.
const PEOPLE: [(usize, [&str; 6]); 6] = [
    (0, ["1", "3508161103659001", "SUTRISNO", "L", "11-03-1965", "Kepala Keluarga"]),
    (0, ["2", "3508164507689002", "NGATINI", "P", "05-07-1968", "Istri"]),
    (1, ["1", "3508161708709004", "PAIJO", "L", "17-08-1970", "Kepala Keluarga"]),
    (1, ["2", "3508164212749005", "SITI ROHMAH", "P", "02-12-1974", "Istri"]),
    (1, ["3", "3508164909019006", "DEWI LESTARI", "P", "09-09-2001", "Anak"]),
    (2, ["1", "3508167004509007", "MARIYAM", "P", "30-04-1950", "Kepala Keluarga"]),
];

type Rows = Vec<Vec<String>>;

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The families, each below the lines that `above` gives it.
fn blocks(above: impl Fn(usize, &str) -> Rows) -> Rows {
    let mut rows = Vec::new();
    for (of, card) in CARDS.iter().enumerate() {
        rows.extend(above(of, card));
        rows.extend(PEOPLE.iter().filter(|(family, _)| *family == of).map(|(_, cells)| row(cells)));
    }
    rows
}

fn put(sheet: &mut Worksheet, rows: &Rows) {
    for (at, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(at, column, cell).unwrap();
        }
    }
}

fn read_bytes_of(name: &str, bytes: Vec<u8>) -> Intake {
    let read = read_bytes([(name, bytes)], &ReadOptions::new(Date::constant(2026, 11, 22)));
    let intake = read.unwrap_or_else(|e| panic!("{e}"));
    assert!(intake.closes());
    intake
}

fn book(rows: &Rows) -> Intake {
    let mut book = Workbook::new();
    put(book.add_worksheet(), rows);
    read_bytes_of("data.xlsx", book.save_to_buffer().unwrap())
}

fn csv(rows: &Rows) -> Intake {
    let quoted = |cell: &String| if cell.contains('\n') { format!("\"{cell}\"") } else { cell.clone() };
    let text: String = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";") + "\n").collect();
    read_bytes_of("data.csv", text.into_bytes())
}

fn cards(intake: &Intake) -> Vec<Option<String>> {
    intake.persons.iter().map(|p| p.family_card.value().map(|card| card.to_digits().to_string())).collect()
}

fn notes(intake: &Intake) -> Vec<&'static str> {
    intake.files.iter().flat_map(|file| file.notes.iter().map(Coded::code)).collect()
}

fn set_aside(intake: &Intake, code: &str) -> usize {
    intake.quarantine.iter().filter(|q| q.reason.code() == code).count()
}

/// Everybody has the card above, and nobody else is a person.
fn is_whole(intake: &Intake, what: &str) {
    let names: Vec<_> = intake.persons.iter().filter_map(|p| p.name.as_deref()).collect();
    assert_eq!(names, PEOPLE.map(|(_, cells)| cells[2]), "{what}");
    let wanted: Vec<_> = PEOPLE.iter().map(|(of, _)| Some(CARDS[*of].to_owned())).collect();
    assert_eq!(cards(intake), wanted, "{what}");
    let said = notes(intake);
    assert!(said.contains(&"file.card_above"), "{what} {said:?}");
    assert!(!said.contains(&"file.card_above_unreadable") && !said.contains(&"file.no_family_column"), "{what}");
}

#[test]
fn a_card_above_the_rows_of_each_family_is_theirs() {
    let spaced = |card: &str| format!("{} {} {} {}", &card[..4], &card[4..8], &card[8..12], &card[12..]);
    let heads = ["SUTRISNO", "PAIJO", "MARIYAM"];
    type Lines<'l> = Box<dyn Fn(usize, &str) -> Rows + 'l>;
    let shapes: Vec<(&str, Lines<'_>)> = vec![
        ("two cells", Box::new(|_, card| vec![row(&["No. KK", card])])),
        ("one cell", Box::new(|_, card| vec![row(&[&format!("No. KK : {card}")])])),
        ("a colon of its own", Box::new(|_, card| vec![row(&["Nomor Kartu Keluarga", ":", card])])),
        ("glued", Box::new(|_, card| vec![row(&[&format!("NO.KK:{card}")])])),
        ("over the names", Box::new(|_, card| vec![row(&["", "", &format!("KK No. {card}")])])),
        ("dressed", Box::new(|_, card| vec![row(&["No KK", &format!("'{card}")])])),
        ("spaced", Box::new(|_, card| vec![row(&["No. Kartu Keluarga (KK)", &spaced(card)])])),
        (
            "boxes",
            Box::new(|_, card| vec![[vec!["No. KK".to_owned()], card.chars().map(String::from).collect()].concat()]),
        ),
        ("counted", Box::new(|of, card| vec![row(&[&format!("KELUARGA {}", of + 1)]), row(&["No. KK", card])])),
        ("counted in one", Box::new(|of, card| vec![row(&[&format!("KELUARGA KE-{} No. KK {card}", of + 1)])])),
        ("numbered", Box::new(|of, card| vec![row(&[&(of + 1).to_string(), &format!("No KK : {card}")])])),
        (
            "lines of a form",
            Box::new(|of, card| {
                vec![
                    vec![],
                    row(&["No. KK", "", format!(": {card}").as_str()]),
                    row(&["Kepala Keluarga", "", heads[of]]),
                    row(&["Alamat", "", "KRAJAN"]),
                    row(&["RT/RW", "", "001/002"]),
                ]
            }),
        ),
        (
            "one line",
            Box::new(|of, card| {
                vec![row(&[&format!("Kepala Keluarga : {}  No. KK : {card}  Alamat : KRAJAN RT 1 RW 2", heads[of])])]
            }),
        ),
        (
            "the head first",
            Box::new(|of, card| vec![row(&["Nama KK", heads[of], "", "No. KK", card, "Alamat", "KRAJAN"])]),
        ),
        (
            "labels above their values",
            Box::new(|of, card| {
                vec![
                    row(&["No. KK", "Kepala Keluarga", "Alamat", "RT", "RW"]),
                    row(&[card, heads[of], "KRAJAN", "01", "02"]),
                ]
            }),
        ),
        (
            "lines in one cell",
            Box::new(|of, card| {
                vec![row(&[&format!("No. KK : {card}\nKepala Keluarga : {}\nAlamat : KRAJAN", heads[of])])]
            }),
        ),
        ("whose", Box::new(|of, card| vec![row(&[&format!("Keluarga Bpk. {} - No. KK {card}", heads[of])])])),
    ];
    for (what, lines) in &shapes {
        for again in [true, false] {
            let rows = blocks(|of, card| {
                let header = (again || of == 0).then(|| row(&HEADER));
                [lines(of, card), header.into_iter().collect()].concat()
            });
            is_whole(&book(&rows), what);
            is_whole(&csv(&rows), what);
        }
        // the header first, and the lines below it
        let rows = [vec![row(&HEADER)], blocks(lines)].concat();
        is_whole(&book(&rows), what);
    }
}

#[test]
fn what_else_stands_above_belongs_to_the_family() {
    let places = ["TEMPURSARI", "JATISARI", "JATISARI"];
    let rows = blocks(|of, card| {
        vec![
            row(&["KARTU KELUARGA"]),
            row(&[&format!("No. {card}")]),
            row(&["Alamat", ":", &format!("JL. MELATI {of}")]),
            row(&["RT/RW", ":", "001/002"]),
            row(&["Desa/Kelurahan", ":", places[of]]),
            row(&HEADER),
        ]
    });
    let intake = book(&rows);
    is_whole(&intake, "a form");
    let homes: Vec<_> = intake.persons.iter().map(|p| p.residence.clone()).collect();
    assert_eq!(homes[1].address.as_deref(), Some("JL. MELATI 0 RT 001/002"));
    assert_eq!(homes[2].address.as_deref(), Some("JL. MELATI 1 RT 001/002"));
    let villages: Vec<_> = homes.iter().map(|home| home.village_name.as_deref().unwrap_or("")).collect();
    assert_eq!(villages, PEOPLE.map(|(of, _)| places[of]));
    assert_eq!(set_aside(&intake, "row.family_heading"), 4, "below the first row");
}

#[test]
fn the_labels_of_a_line_may_end_a_chunk_of_rows() {
    // 4,096 rows are read at once
    for blanks in 4094..4097 {
        let mut rows = vec![row(&HEADER), row(&PEOPLE[0].1)];
        rows.extend((0..blanks).map(|_| row(&["", "", "", "", "", ""])));
        rows.extend([row(&["No. KK", "Kepala Keluarga"]), row(&[CARDS[1], "PAIJO"]), row(&PEOPLE[2].1)]);
        assert_eq!(cards(&csv(&rows)), [None, Some(CARDS[1].to_owned())], "{blanks}");
    }
}

#[test]
fn who_signed_below_each_family_is_none_of_it() {
    let rows = blocks(|of, card| {
        let signed = [
            row(&["", "", "Lumajang, 12 Januari 2026"]),
            row(&["", "", "Ketua RT 01"]),
            vec![],
            row(&["", "", "SUKARDI"]),
        ];
        [if of > 0 { signed.to_vec() } else { vec![] }, vec![row(&["No. KK", card]), row(&HEADER)]].concat()
    });
    let intake = book(&rows);
    is_whole(&intake, "signed");
    assert_eq!((set_aside(&intake, "row.signature"), set_aside(&intake, "row.below_table")), (4, 2));
    // a name alone elsewhere is somebody
    let rows = blocks(|_, card| vec![row(&["No. KK", card]), row(&HEADER), row(&["3", "", "BAYI"])]);
    assert_eq!(book(&rows).persons.len(), 9);
}

#[test]
fn a_card_beside_the_header_or_above_each_sheet() {
    let rows = blocks(|_, card| vec![row(&[&HEADER[..], &[&format!("No. KK : {card}")]].concat())]);
    let intake = book(&rows);
    is_whole(&intake, "beside the header");
    let shown = intake.files[0].columns.iter().map(|c| c.name.as_str()).collect::<String>();
    assert!(!shown.contains(CARDS[0]), "no number is shown as a name of a column");
    // or above each sheet
    let mut by_sheet = Workbook::new();
    for (of, card) in CARDS.iter().enumerate() {
        let people = PEOPLE.iter().filter(|(family, _)| *family == of).map(|(_, cells)| row(cells));
        let rows = [vec![row(&["", "No. KK", card]), vec![], row(&HEADER)], people.collect()].concat();
        put(by_sheet.add_worksheet(), &rows);
    }
    is_whole(&read_bytes_of("data.xlsx", by_sheet.save_to_buffer().unwrap()), "by sheet");
}

#[test]
fn a_line_without_a_sound_number_ends_the_family_above() {
    let [first, _, third] = CARDS.map(|card| Some(card.to_owned()));
    for bad in ["350816020220900", "35081602022090022", "3508160202200000", "", "-", "belum ada", "3.50816E+15"] {
        let lines = |of: usize, card: &str| vec![row(&["No. KK", ":", if of == 1 { bad } else { card }]), row(&HEADER)];
        let intake = book(&blocks(lines));
        assert_eq!(cards(&intake), [first.clone(), first.clone(), None, None, None, third.clone()], "{bad}");
        let said = notes(&intake);
        assert!(said.contains(&"file.card_above") && said.contains(&"file.card_above_unreadable"), "{bad} {said:?}");
    }
    // a head's line without the card's, and no line at all where a second head stands
    for lines in [vec![row(&["KELUARGA 2"])], vec![row(&["Kepala Keluarga", ":", "PAIJO"])], vec![]] {
        let intake =
            book(&blocks(|of, card| if of == 1 { lines.clone() } else { vec![row(&["No. KK", card]), row(&HEADER)] }));
        assert_eq!(cards(&intake), [first.clone(), first.clone(), None, None, None, third.clone()], "{lines:?}");
        assert!(notes(&intake).contains(&"file.card_above_unreadable"));
    }
}

#[test]
fn numbers_that_a_spreadsheet_cut_are_no_cards() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = blocks(|_, card| vec![row(&["No. KK", card]), row(&HEADER)]);
    for (at, cells) in (0u32..).zip(&rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) if cells[0] == "No. KK" => {
                    sheet.write_number_with_format(at, column, (number / 10.0).floor() * 10.0, &Format::new()).unwrap();
                }
                _ => {
                    sheet.write_string(at, column, cell).unwrap();
                }
            }
        }
    }
    let intake = read_bytes_of("data.xlsx", book.save_to_buffer().unwrap());
    assert!(cards(&intake).iter().all(Option::is_none));
    assert!(notes(&intake).contains(&"file.card_above_unreadable"));
}

#[test]
fn a_cards_number_elsewhere_is_nobodys() {
    // in remarks, and above a long list
    let people: Rows = PEOPLE.iter().map(|(_, cells)| row(cells)).collect();
    for line in [
        row(&["Catatan: No. KK 3508160101209001 sudah pindah"]),
        row(&["", "", "Pecahan dari No. KK 3508160101209001"]),
        row(&["No. KK lama : 3508160101209001"]),
        row(&["Jumlah KK : 3"]),
        row(&["KK : 3"]),
        row(&["Jumlah", "3"]),
    ] {
        let intake = book(&[vec![row(&HEADER), people[0].clone(), line.clone()], people[1..].to_vec()].concat());
        assert_eq!(intake.persons.len(), 6, "{line:?}");
        assert!(cards(&intake).iter().all(Option::is_none), "{line:?}");
        assert!(!notes(&intake).iter().any(|note| note.starts_with("file.card_above")), "{line:?}");
    }
    let many: Rows =
        (0..40).map(|n| row(&[&n.to_string(), "", &format!("WARGA {n}"), "L", "11-03-1965", "Anak"])).collect();
    let intake = book(&[vec![row(&["No. KK", CARDS[0]]), row(&HEADER)], many].concat());
    assert_eq!((intake.persons.len(), cards(&intake).iter().flatten().count()), (40, 0));
}

#[test]
fn what_stands_to_the_right_of_a_table_costs_no_row() {
    let header = [&["No KK"][..], &HEADER[1..]].concat();
    let people = PEOPLE.iter().enumerate().map(|(at, (of, cells))| {
        let recap: &[&str] = match at {
            1 => &["", "", "L", "2"],
            2 => &["", "", "P", "4"],
            _ => &[],
        };
        row(&[&[CARDS[*of]], &cells[1..], recap].concat())
    });
    let rows: Rows =
        [vec![row(&header)], people.collect(), vec![row(&["", "", "", "", "", "", "", "", "Jumlah", "6"])]].concat();
    let intake = book(&rows);
    assert_eq!((intake.persons.len(), cards(&intake).iter().flatten().count()), (6, 6));
    assert!(intake.files[0].notes.contains(&bansos_registers::FileNote::CellsBeside { rows: 2 }));
    assert_eq!(intake.quarantine.len(), 1);
    // a cell too many in a text may have moved the others
    assert_eq!(csv(&rows).accepted(), 4);
}

#[test]
fn a_card_of_their_own_stays() {
    let header = [&HEADER[..], &["No KK"]].concat();
    let with = |own: &'static str| {
        move |of: usize| {
            let rows = PEOPLE.iter().filter(move |(family, _)| *family == of);
            rows.enumerate().map(move |(at, (_, cells))| row(&[&cells[..], &[if at == 0 { own } else { "" }]].concat()))
        }
    };
    let rows = |own| -> Rows {
        let mut all = vec![row(&["No. KK", CARDS[1]]), row(&header)];
        all.extend(with(own)(1));
        all
    };
    let all = |card: &str| vec![Some(card.to_owned()); 3];
    assert_eq!(cards(&book(&rows(CARDS[1]))), all(CARDS[1]));
    // whose card the others have, that of the line or that of the head, is not guessed from the line
    assert!(!cards(&book(&rows(CARDS[2]))).contains(&Some(CARDS[1].to_owned())));
    // rows of persons whose cells have labels are persons
    let labelled = row(&["No. KK: 3508160202209002", "NIK: 3508161708709004", "PAIJO", "L", "17-08-1970", "Anak"]);
    let header = ["No KK", "NIK", "Nama", "JK", "Tgl Lahir", "Hubungan"];
    let intake = book(&vec![row(&header), labelled]);
    assert_eq!((intake.persons.len(), cards(&intake)), (1, vec![Some(CARDS[1].to_owned())]));
}
