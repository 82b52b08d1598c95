//! Properties of reading: nothing panics, every row is counted, and the form of a file does not change what is read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use bansos::Date;
use bansos::person::PersonRecord;
use bansos::source::Origin;
use bansos_registers::{Intake, ReadOptions, read_file};
use parquet::arrow::ArrowWriter;
use proptest::prelude::*;
use std::path::Path;
use std::sync::Arc;

const COLUMNS: [&str; 18] = [
    "IDDTKS",
    "PROVINSI",
    "KABUPATEN",
    "KECAMATAN",
    "KELURAHAN",
    "ALAMAT",
    "NOKK",
    "NIK",
    "NAMA",
    "TEMPAT_LAHIR",
    "TGL_LAHIR",
    "JENIS_KELAMIN",
    "NAMA_IBU_KANDUNG",
    "HUB_KELUARGA",
    "PEKERJAAN",
    "PKH",
    "BPNT",
    "BST",
];

fn read(path: &Path) -> Intake {
    let intake = read_file(path, &ReadOptions::new(Date::constant(2025, 12, 31))).unwrap_or_else(|e| panic!("{e}"));
    assert!(intake.closes());
    intake
}

fn write_csv(path: &Path, delimiter: u8, rows: &[Vec<String>]) {
    let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_path(path).unwrap();
    csv.write_record(COLUMNS).unwrap();
    rows.iter().for_each(|row| csv.write_record(row).unwrap());
    csv.flush().unwrap();
}

fn write_xlsx(path: &Path, rows: &[Vec<String>]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, COLUMNS).unwrap();
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(r as u32 + 1, c as u16, cell).unwrap();
        }
    }
    book.save(path).unwrap();
}

fn write_parquet(path: &Path, rows: &[Vec<String>]) {
    let columns = COLUMNS.iter().enumerate().map(|(c, name)| {
        let cells = rows.iter().map(|row| Some(row[c].as_str()).filter(|s| !s.is_empty()));
        (*name, Arc::new(StringArray::from_iter(cells)) as ArrayRef, true)
    });
    let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let mut writer = ArrowWriter::try_new(std::fs::File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

/// A row as a register might have it, worn in every column.
fn row() -> impl Strategy<Value = Vec<String>> {
    let id = prop_oneof![
        "35081[0-9]{7}9[0-9]{3}",
        "'35081[0-9]{7}9[0-9]{3}",
        "3508 [0-9]{4} [0-9]{4} 9[0-9]{3}",
        "[0-9]{15}",
        Just("3.50811E+15".to_owned()),
        Just(String::new()),
        "[A-Z0-9]{0,18}",
    ];
    let date = prop_oneof![
        "[0-3][0-9]/[01][0-9]/(19|20)[0-9]{2}",
        "[12][0-9]{3}-[01][0-9]-[0-3][0-9]",
        "[0-9]{5}",
        "[a-z/]{0,8}"
    ];
    let word = prop_oneof!["YA|TIDAK|KEPALA KELUARGA|ISTRI|PEREMPUAN|L|P|1|2|9", "[A-Z]{0,6}"];
    let text = "[A-Za-z'éñ.;,|\" ]{0,12}";
    (id.clone(), id, "[A-Z][A-Z'é.;,\" ]{1,11}", date, word.clone(), word, text, "[0-9]{0,11}").prop_map(
        |(card, nik, name, date, sex, relation, text, key)| {
            COLUMNS
                .iter()
                .map(|column| match *column {
                    "IDDTKS" => key.clone(),
                    "NOKK" => card.clone(),
                    "NIK" => nik.clone(),
                    "NAMA" => name.clone(),
                    "TGL_LAHIR" => date.clone(),
                    "JENIS_KELAMIN" => sex.clone(),
                    "HUB_KELUARGA" | "PKH" => relation.clone(),
                    _ => text.clone(),
                })
                .collect()
        },
    )
}

/// Without the place it came from.
fn bare(intake: Intake) -> Vec<PersonRecord> {
    let place = |p: &PersonRecord| Origin { file: 0, ..p.origin };
    intake.persons.into_iter().map(|p| PersonRecord { origin: place(&p), ..p }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_form_of_a_file_changes_nothing(rows in prop::collection::vec(row(), 1..12)) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("dtks.csv");
        write_csv(&path, b',', &rows);
        let want = bare(read(&path));
        prop_assert_eq!(want.len(), rows.len());
        for delimiter in *b";\t|" {
            write_csv(&path, delimiter, &rows);
            prop_assert_eq!(&bare(read(&path)), &want);
        }
        let path = dir.path().join("dtks.xlsx");
        write_xlsx(&path, &rows);
        prop_assert_eq!(&bare(read(&path)), &want);
        let path = dir.path().join("dtks.parquet");
        write_parquet(&path, &rows);
        prop_assert_eq!(&bare(read(&path)), &want);
    }

    #[test]
    fn no_cell_is_lost(rows in prop::collection::vec(row(), 1..12)) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("dtks.csv");
        write_csv(&path, b';', &rows);
        let intake = read(&path);
        for (i, (person, row)) in intake.persons.iter().zip(&rows).enumerate() {
            prop_assert_eq!(person.origin.row as usize, i + 1);
            let name = Some(row[8].trim()).filter(|n| !bansos::text::is_empty_like(n));
            prop_assert_eq!(person.name.as_deref(), name);
            // an identifier is its digits, its raw text, or nothing was there
            match (person.nik.value(), person.nik.raw()) {
                (Some(nik), None) => prop_assert_eq!(&nik.to_digits(), row[7].trim()),
                (_, Some(raw)) => prop_assert_eq!(raw, row[7].trim()),
                (None, None) => prop_assert!(bansos::text::is_empty_like(&row[7]) || row[7].bytes().all(|b| b == b'0')),
            }
            // a date that is there and not read is said
            let silent = person.findings.iter().all(|n| n.field.word() != "birth_date");
            prop_assert!(person.birth_date.is_some() || !silent || bansos::date::read(&row[10]).finding.is_none());
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..600), name in "x\\.(csv|xlsx|parquet|ods)") {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        if let Ok(intake) = read_file(&path, &ReadOptions::new(Date::constant(2025, 12, 31))) {
            prop_assert!(intake.closes());
        }
    }

    #[test]
    fn a_worn_file_is_counted_whole(
        rows in prop::collection::vec(row(), 1..12),
        worn in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"\"\n\r;,\x00\xff\xe9 '".to_vec())), 0..6),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("dtks.csv");
        write_csv(&path, b';', &rows);
        let mut bytes = std::fs::read(&path).unwrap();
        // below the header
        let start = bytes.iter().position(|b| *b == b'\n').unwrap() + 1;
        for (at, byte) in worn {
            let i = start + at.index(bytes.len() - start);
            bytes[i] = byte;
        }
        std::fs::write(&path, bytes).unwrap();
        if let Ok(intake) = read_file(&path, &ReadOptions::new(Date::constant(2025, 12, 31))) {
            prop_assert!(intake.closes());
        }
    }
}
