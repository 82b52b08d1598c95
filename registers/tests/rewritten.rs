//! Files that went through another program on their way: lines that a spreadsheet took for one cell each, a header that pandas took
//! for a row, pages of print.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use bansos::{Coded, Date};
use bansos_registers::table::Table;
use bansos_registers::{FileNote, Intake, ReadOptions, read_bytes};
use std::sync::Arc;

const HEADER: &str = "NO;NO KK;NIK;NAMA;TEMPAT LAHIR;TGL LAHIR;JK;ALAMAT";
const PEOPLE: [&str; 3] = [
    "1;3508160101209001;3508161103659001;SUTRISNO;LUMAJANG;11-03-1965;L;\"JL. RAYA; RT 01\"",
    "2;3508160101209001;3508164507689002;NGATINI \"TINI\";LUMAJANG;05-07-1968;P;KRAJAN",
    "3;3508160101209001;3508162001959003;BUDI, SANTOSO;LUMAJANG;20-01-1995;L;KRAJAN",
];

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Intake {
    let intake = read_bytes([(name, bytes.into())], &ReadOptions::new(Date::constant(2026, 11, 22))).unwrap();
    assert!(intake.closes());
    intake
}

fn names(intake: &Intake) -> Vec<&str> {
    intake.persons.iter().filter_map(|p| p.name.as_deref()).collect()
}

fn set_aside(intake: &Intake) -> Vec<(u64, &'static str)> {
    let line = |q: &bansos_registers::Quarantined| intake.files[usize::from(q.file)].lines.of(q.row);
    intake.quarantine.iter().map(|q| (line(q), q.reason.code())).collect()
}

fn in_quotes(line: &str) -> String {
    format!("\"{}\"", line.replace('"', "\"\""))
}

#[test]
fn lines_that_are_one_quoted_cell_are_read_cell_by_cell() {
    for (delimiter, end) in [(";", "\n"), (",", "\r\n"), ("|", "\n"), ("\t", "\r\n")] {
        let line = |text: &str| match delimiter {
            "," => text.replace(", ", " ").replace("; ", "\u{1}").replace(';', ",").replace('\u{1}', "; "),
            other => text.replace("; ", "\u{1}").replace(';', other).replace('\u{1}', "; "),
        };
        let all = [HEADER].into_iter().chain(PEOPLE).map(line);
        // what has no comma and no quote needs none of the quotes
        for head in [in_quotes(&line(HEADER)), line(HEADER)] {
            let rows: String = all.clone().skip(1).map(|l| in_quotes(&l) + end).collect();
            let text = format!("{head}{end}{rows}");
            let intake = read("dtks.csv", text);
            let plain = names(&intake).iter().map(|name| name.replace([',', '"'], "")).collect::<Vec<_>>();
            assert_eq!(plain, ["SUTRISNO", "NGATINI TINI", "BUDI SANTOSO"], "{delimiter}");
            assert!(intake.persons.iter().all(|p| p.nik.value().is_some() && p.birth_date.is_some()));
            let said = intake.files[0].notes.iter().filter(|n| matches!(n, FileNote::QuotedLines)).count();
            assert_eq!((said, intake.quarantine.len()), (1, 0), "said once of the file");
        }
    }
}

#[test]
fn a_list_of_one_quoted_column_and_plain_files_stay_as_they_are() {
    let places = "\"Tempursari, Kedungjajang, Lumajang\"\n\"Jokarto, Tempeh, Lumajang\"\n";
    let table = Table::options().list().header_or_data().from_bytes("x.csv", places).unwrap();
    assert_eq!(table.width(), 1, "no column shows that a line is more than one text");
    let every_cell: String =
        [HEADER, PEOPLE[1]].iter().map(|l| l.split(';').map(in_quotes).collect::<Vec<_>>().join(";") + "\n").collect();
    let intake = read("dtks.csv", every_cell);
    assert!(!intake.files[0].notes.contains(&FileNote::QuotedLines));
    assert_eq!(intake.persons.len(), 1);
}

fn parquet(names: &[&str], rows: &[Vec<&str>]) -> Vec<u8> {
    let column = |at: usize| Arc::new(StringArray::from_iter(rows.iter().map(|row| row.get(at).copied()))) as ArrayRef;
    let batch = RecordBatch::try_from_iter(names.iter().enumerate().map(|(at, name)| (*name, column(at)))).unwrap();
    let mut out = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut out, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    out
}

#[test]
fn a_header_among_the_rows_of_parquet_is_the_header() {
    let cells = |line: &'static str| line.split(';').collect::<Vec<_>>();
    let rows: Vec<Vec<&str>> = [HEADER, PEOPLE[1], PEOPLE[2]].into_iter().map(cells).collect();
    let unnamed: Vec<String> = (0..8).map(|n| format!("Unnamed: {n}")).collect();
    let numbers: Vec<String> = (0..8).map(|n| n.to_string()).collect();
    let titled: Vec<String> =
        ["DATA DTKS DESA TEMPURSARI".to_owned()].into_iter().chain(unnamed.iter().skip(1).cloned()).collect();
    for names_of_it in [unnamed, numbers, titled] {
        let columns: Vec<&str> = names_of_it.iter().map(String::as_str).collect();
        let bytes = parquet(&columns, &rows);
        let intake = read("dtks.parquet", bytes.clone());
        assert_eq!(names(&intake), ["NGATINI \"TINI\"", "BUDI, SANTOSO"]);
        assert!(intake.persons.iter().all(|p| p.nik.value().is_some() && p.birth_date.is_some()));
        assert_eq!((intake.files[0].header_row, intake.quarantine.len()), (1, 0));
        assert!(!intake.files[0].notes.iter().any(|n| matches!(n, FileNote::TitleRows { .. })));
        let table = Table::options().looking_for(["nik"]).from_bytes("dtks.parquet", bytes).unwrap();
        let nik = table.column("nik").unwrap();
        let read: Vec<String> = table.rows().unwrap().map(|row| row.unwrap().text(nik).into_owned()).collect();
        assert_eq!(read, ["3508164507689002", "3508162001959003"]);
        assert_eq!(table.row_count(), Some(2));
        let batches: usize = table.batches(&[nik], 100).unwrap().map(|batch| batch.unwrap().num_rows()).sum();
        assert_eq!(batches, 2);
    }
}

#[test]
fn a_header_of_two_rows_repeated_on_every_page_is_no_row() {
    let top = "DAFTAR PENERIMA DESA TEMPURSARI;;;;;;;\n";
    let header = "NO;NO KK;NIK;NAMA;LAHIR;;JK;ALAMAT\n;;;;TEMPAT;TANGGAL;;\n(1);(2);(3);(4);(5);(6);(7);(8)\n";
    let row = |at: usize| format!("{}\n", PEOPLE[at].replace('"', "").replace("JL. RAYA; ", ""));
    let page = format!("{top}{header}{}{}{top}{header}{}", row(0), row(1), row(2));
    let intake = read("dtks.csv", page);
    assert_eq!(names(&intake), ["SUTRISNO", "NGATINI TINI", "BUDI, SANTOSO"]);
    let wanted =
        [(7, "row.repeated_header"), (8, "row.repeated_header"), (9, "row.repeated_header"), (10, "row.numbering")];
    assert_eq!(set_aside(&intake), wanted);
}

#[test]
fn a_line_that_an_open_quote_swallowed_keeps_its_own_quotes() {
    let open = "1;3508160101209001;3508161103659001;\"SUTRISNO;LUMAJANG;11-03-1965;L;KRAJAN";
    let own = "2;3508160101209001;3508164507689002;\"NGATINI; SRI\";LUMAJANG;05-07-1968;P;KRAJAN";
    let intake = read("dtks.csv", format!("{HEADER}\n{open}\n{own}\n{}\n", PEOPLE[2]));
    assert_eq!(names(&intake)[1..], ["NGATINI; SRI", "BUDI, SANTOSO"]);
}
