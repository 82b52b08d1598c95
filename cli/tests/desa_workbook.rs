//! A desa's own workbook, from the title above its tables to a list that says where in Excel to mend what is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod common;

use common::{bansos, csv_rows, json};
use parquet::file::reader::SerializedFileReader;
use parquet::record::Row;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::collections::BTreeMap;
use std::path::Path;

/// Number on the list, No. KK, NIK, name, L or P, TTL, relation.
type Person = (u32, &'static str, &'static str, &'static str, char, &'static str, &'static str);

const RT_1: [Person; 4] = [
    (1, "3508051101109001", "3508051103659001", "SUTRISNO", 'L', "LUMAJANG, 11-03-1965", "Kepala Keluarga"),
    (2, "3508051101109001", "3508054507689002", "NGATINI", 'P', "Lumajang, 5 Juli 1968", "Istri"),
    (3, "3508051101109001", "3508052001959003", "BUDI SANTOSO", 'L', "LUMAJANG/20-01-1995", "Anak"),
    (4, "3508051101109002", "3508051708709004", "PAIJO", 'L', "JEMBER, 17 Agustus 1970", "Kepala Keluarga"),
];

/// The second NIK has lost a digit, the third says another day than the date beside it.
const RT_2: [Person; 3] = [
    (1, "3508051101109003", "3508057004509007", "MARIYAM", 'P', "LUMAJANG, 30-04-1950", "Kepala Keluarga"),
    (2, "3508051101109004", "350805131059900", "SUPARDI", 'L', "LUMAJANG, 13-10-1959", "Kepala Keluarga"),
    (3, "3508051101109004", "3508056505619009", "WAGINEM", 'P', "LUMAJANG, 26-06-1961", "Istri"),
];

/// Rows above the first person: three of title, one empty, two of the header.
const ABOVE: u32 = 6;

fn sheet(book: &mut Workbook, name: &str, people: &[Person]) {
    let sheet: &mut Worksheet = book.add_worksheet().set_name(name).unwrap();
    let center = Format::new();
    for (row, title) in (0..).zip(["DATA WARGA DESA SELOK AWAR-AWAR", "KECAMATAN PASIRIAN", "KABUPATEN LUMAJANG"]) {
        sheet.merge_range(row, 0, row, 7, title, &center).unwrap();
    }
    let header = ["NO", "NO. KK", "NIK (16 digit)", "NAMA LENGKAP", "JENIS KELAMIN", "", "TTL", "HUBUNGAN KELUARGA"];
    for (column, heading) in (0u16..).zip(header) {
        match column {
            4 => drop(sheet.merge_range(4, 4, 4, 5, heading, &center).unwrap()),
            5 => {}
            _ => drop(sheet.merge_range(4, column, 5, column, heading, &center).unwrap()),
        }
    }
    sheet.write(5, 4, "L").unwrap().write(5, 5, "P").unwrap();
    for (row, (no, card, nik, name, sex, born, relation)) in (ABOVE..).zip(people) {
        sheet.write(row, 0, *no).unwrap();
        for (column, cell) in [(1, card), (2, nik), (3, name), (6, born), (7, relation)] {
            sheet.write(row, column, *cell).unwrap();
        }
        sheet.write(row, if *sex == 'L' { 4 } else { 5 }, "√").unwrap();
    }
    let below = ABOVE + u32::try_from(people.len()).unwrap();
    sheet.write(below, 3, "JUMLAH").unwrap().write(below, 4, u32::try_from(people.len()).unwrap()).unwrap();
    for (row, line) in
        [(2, "Selok Awar-Awar, 12 Nopember 2026"), (3, "Kepala Desa Selok Awar-Awar"), (7, "H. SUTAJI, S.E.")]
    {
        sheet.write(below + row, 6, line).unwrap();
    }
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let row = |row: Row| {
        let text = |field: &parquet::record::Field| match field {
            parquet::record::Field::Str(text) => text.clone(),
            parquet::record::Field::Date(days) => bansos::date::from_epoch_days(*days).unwrap().to_string(),
            parquet::record::Field::Null => String::new(),
            other => other.to_string(),
        };
        row.get_column_iter().map(|(name, field)| (name.clone(), text(field))).collect()
    };
    let file = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
    file.into_iter().map(Result::unwrap).map(row).collect()
}

#[test]
fn from_the_title_to_a_list_to_mend() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("in");
    std::fs::create_dir(&folder).unwrap();
    let mut book = Workbook::new();
    sheet(&mut book, "RT 01", &RT_1);
    sheet(&mut book, "RT 02", &RT_2);
    book.save(folder.join("warga.xlsx")).unwrap();
    let out = dir.path().join("hasil");
    bansos().arg("run").arg(&folder).arg("--out").arg(&out).args(["--as-of", "2026-11-22"]).succeeds();

    let persons = rows(&out.join("persons.parquet"));
    let mut read: Vec<String> = persons
        .iter()
        .map(|p| format!("{} {} {} {} {}", p["name"], p["sex"], p["birth_date"], p["birth_place"], p["relation"]))
        .collect();
    read.sort();
    assert_eq!(
        read,
        [
            "BUDI SANTOSO male 1995-01-20 LUMAJANG child",
            "MARIYAM female 1950-04-30 LUMAJANG head",
            "NGATINI female 1968-07-05 Lumajang spouse",
            "PAIJO male 1970-08-17 JEMBER head",
            "SUPARDI male 1959-10-13 LUMAJANG head",
            "SUTRISNO male 1965-03-11 LUMAJANG head",
            "WAGINEM female 1961-06-26 LUMAJANG spouse",
        ]
    );
    let families = rows(&out.join("families.parquet"));
    assert_eq!(families.len(), 4);
    for family in &families {
        let place = ["district", "village", "village_code"].map(|name| family[name].as_str());
        assert_eq!(place, ["Pasirian", "Selok Awar-Awar", "3508042005"], "the place above the table");
    }

    // what is to be mended stands where Excel shows it
    let findings = csv_rows(&out.join("findings.csv"));
    let column =
        |name: &str| findings[0].iter().position(|heading| heading.trim_start_matches('\u{feff}') == name).unwrap();
    let (code, sheet, line) = (column("code"), column("sheet"), column("line"));
    let said: Vec<String> =
        findings[1..].iter().map(|row| format!("{} {} {}", row[code], row[sheet], row[line])).collect();
    assert_eq!(said, ["nik.digit_count RT 02 8", "nik.birth_date_differs RT 02 9"]);
    let rows = &json(&out.join("summary.json"))["rows"];
    assert_eq!((&rows["read"], &rows["accepted"], &rows["quarantined"]), (&23.into(), &7.into(), &16.into()), "{rows}");
    let by = &rows["quarantined_by"];
    assert_eq!((&by["row.total"], &by["row.blank"]), (&2.into(), &8.into()), "the rest are who signed: {by}");
}
