//! One little table in every form that offices send, from a path, from bytes and from a stream: the same cells.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use bansos_registers::ReadError;
use bansos_registers::table::{Row, Table};
use std::io::{Cursor, Write as _};
use std::sync::Arc;

const HEADER: [&str; 4] = ["No. KK", "Nama_Lengkap", "ALAMAT", "ket"];
const ROWS: [[&str; 4]; 4] = [
    ["3508161203909001", "SITI AMINAH", "Jl. Raya; RT 1, RW 2 | kiri", "pindah"],
    ["3508161203909002", "JOSÉ \"PEPE\"", "Blok A\nno. 3", ""],
    ["", "BUDI", "-", "tak ada KK"],
    ["3508161203909004", "WAGIYEM", "Dusun Krajan", "0"],
];

fn delimited(delimiter: u8) -> Vec<u8> {
    let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    csv.write_record(HEADER).unwrap();
    ROWS.iter().for_each(|row| csv.write_record(row).unwrap());
    csv.into_inner().unwrap()
}

fn utf_16(order: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let text = String::from_utf8(delimited(b';')).unwrap();
    let mark = if mark { "\u{feff}" } else { "" };
    format!("{mark}{text}").encode_utf16().flat_map(order).collect()
}

fn windows_1252() -> Vec<u8> {
    let text = String::from_utf8(delimited(b',')).unwrap();
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in std::iter::once(&HEADER).chain(&ROWS).enumerate() {
        for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(u32::try_from(r).unwrap(), u16::try_from(c).unwrap(), *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn ods() -> Vec<u8> {
    let text = |cell: &str| cell.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "</text:p><text:p>");
    let mut rows = String::new();
    for row in std::iter::once(&HEADER).chain(&ROWS) {
        let cell = |cell: &&str| match *cell {
            "" => "<table:table-cell/>".to_owned(),
            full => {
                let text = text(full);
                format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
            }
        };
        rows += &format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>());
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Lembar1\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [("mimetype", kind), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn parquet() -> Vec<u8> {
    let column =
        |at: usize| Arc::new(StringArray::from(ROWS.iter().map(|row| row[at]).collect::<Vec<_>>())) as ArrayRef;
    let batch = RecordBatch::try_from_iter((0..4).map(|at| (HEADER[at], column(at)))).unwrap();
    let mut out = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut out, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    out
}

/// The same table in every form; the names say nothing of what is in the files.
fn forms() -> Vec<(&'static str, Vec<u8>)> {
    let marked = [b"\xef\xbb\xbf".as_slice(), &delimited(b';')].concat();
    let lines = String::from_utf8(delimited(b';')).unwrap().replace("\nno.", "\u{1}").replace('\n', "\r\n");
    vec![
        ("comma.csv", delimited(b',')),
        ("semicolon.csv", delimited(b';')),
        ("tab.txt", delimited(b'\t')),
        ("bar.xlsx", delimited(b'|')),
        ("mark.csv", marked),
        ("crlf.csv", lines.replace('\u{1}', "\nno.").into_bytes()),
        ("latin.csv", windows_1252()),
        ("le.csv", utf_16(u16::to_le_bytes, true)),
        ("be.csv", utf_16(u16::to_be_bytes, true)),
        ("bare.csv", utf_16(u16::to_le_bytes, false)),
        ("book.xlsx", xlsx()),
        ("book.csv", xlsx()),
        ("book.ods", ods()),
        ("table.parquet", parquet()),
    ]
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    let columns = ["no_kk", "nama lengkap", "Alamat", "KET"].map(|name| table.column(name).unwrap());
    let read = |row: Result<Row, ReadError>| columns.map(|c| row.as_ref().unwrap().text(c).into_owned()).to_vec();
    table.rows().unwrap().map(read).collect()
}

#[test]
fn one_table_in_every_form_has_the_same_cells() {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in forms() {
        let path = dir.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let from_path = Table::open(&path).unwrap();
        assert_eq!(from_path.columns(), HEADER, "{name}");
        assert_eq!(cells(&from_path), ROWS, "{name} from a path");
        assert_eq!(cells(&from_path), ROWS, "{name} again");
        assert_eq!(cells(&Table::from_bytes(name, bytes.clone()).unwrap()), ROWS, "{name} from bytes");
        let stream = Table::options().from_reader(name, Cursor::new(bytes)).unwrap();
        assert_eq!(cells(&stream), ROWS, "{name} from a stream");
        // the same columns as Arrow batches, with empty cells null
        let wanted = [from_path.column("ket").unwrap(), from_path.column("no kk").unwrap()];
        let batches: Vec<RecordBatch> = from_path.batches(&wanted, 3).unwrap().map(|b| b.unwrap()).collect();
        assert_eq!(batches.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [3, 1], "{name}");
        assert_eq!(batches[0].column(0).as_any().downcast_ref::<StringArray>().unwrap().value(0), "pindah", "{name}");
    }
}

#[test]
fn titles_blank_rows_and_other_sheets_are_passed_and_lines_are_those_of_excel() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Sampul").unwrap().write_string(0, 0, "Rekap").unwrap();
    let sheet = book.add_worksheet().set_name("Data").unwrap();
    sheet.write_string(1, 0, "Daftar penerima").unwrap();
    for (row, cells) in [(4, ["NIK", "Nama"]), (5, ["a", "SITI"]), (8, ["b", "BUDI"])] {
        for (cell, column) in cells.iter().zip(0..) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let table = Table::options().looking_for(["nik", "nama"]).from_bytes("x.xlsx", bytes).unwrap();
    assert_eq!((table.sheet(), table.label().as_str()), (Some("Data"), "x.xlsx [Data]"));
    let nik = table.column("nik").unwrap();
    let rows: Vec<_> = table.rows().unwrap().map(|r| r.unwrap()).collect();
    let seen: Vec<_> = rows.iter().map(|r| (r.number(), r.line(), r.text(nik).into_owned())).collect();
    // the numbers are those that the main job gives: blank rows between data are counted
    assert_eq!(seen, [(1, 6, "a".to_owned()), (4, 9, "b".to_owned())]);
}

#[test]
fn an_absent_column_a_doubled_one_and_what_cannot_be_read_have_their_codes() {
    use bansos::Coded as _;
    let table = Table::from_bytes("x.csv", "nik;nama;NAMA \n1;2;3\n").unwrap();
    let absent = table.column("nama_ibu").unwrap_err();
    assert_eq!(absent.code(), "read.no_column");
    assert!(absent.to_string().contains("nama_ibu") && absent.to_string().contains("nama"), "{absent}");
    assert_eq!(table.column("Nama").unwrap_err().code(), "read.doubled_column");
    assert!(table.column("nama").is_ok() && table.column("2").is_ok(), "as it stands, or by its number");
    let twins = Table::from_bytes("x.csv", "nik;nama;nik\n1;2;3\n").unwrap();
    assert_eq!(twins.column("nik").unwrap_err().code(), "read.doubled_column");
    for (name, bytes, code) in [
        ("x.csv", b"".as_slice(), "read.empty"),
        ("x.csv", b"PK\x03\x04 and then nothing", "read.damaged"),
        ("x.xlsx", b"PAR1 and then nothing", "read.damaged"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing", "read.damaged"),
    ] {
        assert_eq!(Table::from_bytes(name, bytes).unwrap_err().code(), code, "{name}");
    }
    assert_eq!(Table::open(std::path::Path::new("no/such/file.csv")).unwrap_err().code(), "read.io");
}

#[test]
fn a_stream_is_read_once_and_a_list_keeps_its_empty_lines() {
    let long: String =
        std::iter::once("nik,nama\n".to_owned()).chain((0..9000).map(|n| format!("{n},SITI\n"))).collect();
    let table = Table::options().from_reader("-", Cursor::new(long)).unwrap();
    assert_eq!(table.rows().unwrap().count(), 9000);
    assert!(matches!(table.rows(), Err(ReadError::ReadOnce { .. })));
    let index = Table::from_bytes("x.csv", ",nama\n0,SITI\n").unwrap();
    assert_eq!((index.columns(), index.rows().unwrap().count()), (&[String::new(), "nama".to_owned()][..], 1));
    let list = Table::options().list().header_or_data().from_bytes("-", "3508161203909001\n\nx\n").unwrap();
    assert_eq!((list.delimiter(), list.columns().len(), list.width()), (None, 0, 1));
    assert_eq!(list.rows().unwrap().count(), 3);
}

#[test]
fn a_quote_that_is_never_closed_swallows_no_row() {
    let text = "id;nama;ket\n1;SITI;\"rusak\n2;BUDI;x\n3;ANI;y\n";
    let table = Table::from_bytes("x.csv", text).unwrap();
    let name = table.column("nama").unwrap();
    let seen: Vec<_> =
        table.rows().unwrap().map(|r| r.unwrap()).map(|r| (r.line(), r.text(name).into_owned())).collect();
    assert_eq!(seen, [(2, "SITI".to_owned()), (3, "BUDI".to_owned()), (4, "ANI".to_owned())]);
}

#[test]
fn a_text_that_changes_while_it_is_read_is_no_shorter_text() {
    use bansos::Coded as _;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.csv");
    let rows = format!("nik;nama\n{}", "1;SITI\n".repeat(2_000_000));
    // cut off, written anew, and added to
    for change in [&b""[..], b"nik;nama\n1;2\n", rows.as_bytes()] {
        std::fs::write(&path, &rows).unwrap();
        let table = Table::open(&path).unwrap();
        let mut read = table.rows().unwrap();
        read.next().unwrap().unwrap();
        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        if change.len() < rows.len() {
            file.set_len(0).unwrap();
        }
        std::io::Write::write_all(&mut file, change).unwrap();
        let error = read.find_map(Result::err).map(|e| e.code());
        assert_eq!(error, Some("read.changed"), "{}", change.len());
    }
}
