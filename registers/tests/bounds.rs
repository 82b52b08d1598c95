//! Files that lie about themselves are read within limits: to the end, or to a refusal that shows nothing of them.

mod hostile;

use bansos::message::{Coded as _, Lang};
use bansos_registers::ReadError;
use bansos_registers::table::{Damage, Limits, Table};
use hostile::build::*;
use hostile::{Case, PLANTED};

/// Reads all rows within small limits; gives how many, or the error.
fn read(name: &str, bytes: Vec<u8>) -> Result<u64, ReadError> {
    let mut limits = Limits::default();
    (limits.strings, limits.text) = (24 << 20, 64 << 20);
    let table = Table::options().limits(limits).from_bytes(name, bytes)?;
    let (mut rows, mut row, mut count) = (table.rows()?, bansos_registers::table::Row::new(), 0);
    while rows.read(&mut row)? {
        count += 1;
    }
    Ok(count)
}

fn word(read: &Result<u64, ReadError>) -> String {
    match read {
        Ok(_) => "ok".to_owned(),
        Err(ReadError::Damaged { reason, .. }) => reason.word().to_owned(),
        Err(e) => e.code().to_owned(),
    }
}

fn check(cases: Vec<Case>) {
    for (name, bytes, wanted) in cases {
        let read = read(name, bytes);
        let found = word(&read);
        let fits = match wanted {
            "any" => true,
            // which of several damages is met first is no promise
            "damaged" => matches!(read, Err(ReadError::Damaged { .. })),
            "ok" | "read.header_only" => read.is_ok(),
            wanted => found == wanted,
        };
        assert!(fits, "{name}: {found} instead of {wanted}");
        if let Err(e) = read {
            let shown = format!("{e} {e:?} {} {}", e.message(Lang::Id), e.message(Lang::En));
            for part in PLANTED.iter().flat_map(|planted| planted.split(' ')) {
                assert!(!shown.contains(part), "{name}: {part} is shown");
            }
        }
    }
}

#[test]
fn xlsx_that_lies_is_read_within_limits() {
    check(hostile::xlsx_cases(false));
}

#[test]
fn ods_that_lies_is_read_within_limits() {
    check(hostile::ods_cases(false));
}

#[test]
fn xls_that_lies_is_read_within_limits() {
    check(hostile::xls_cases());
}

#[test]
fn xlsb_that_lies_is_read_within_limits() {
    check(hostile::xlsb_cases(false));
}

#[test]
fn parquet_that_lies_is_read_within_limits() {
    check(hostile::parquet_cases(false));
}

#[test]
fn text_that_lies_is_read_within_limits() {
    check(hostile::csv_cases(false));
}

#[test]
fn pages_that_lie_are_read_within_limits() {
    check(hostile::html_cases(false));
}

#[test]
fn parquet_cut_or_changed_anywhere_is_answered() {
    let whole = hostile::parquet_common();
    assert_eq!(read("utuh", whole.clone()).unwrap(), 4);
    for at in 0..whole.len() {
        let _ = read("potong", whole[..at].to_vec());
        for change in [0x00, 0xff, 0x80, 0x01] {
            let mut other = whole.clone();
            other[at] ^= change;
            let read = read("ubah", other);
            assert!(matches!(read, Ok(_) | Err(ReadError::Damaged { .. } | ReadError::Empty { .. })), "{at} {change}");
        }
    }
}

#[test]
fn a_workbook_cut_or_changed_anywhere_is_answered() {
    let books = [
        xlsx(&(row(1, &["nik", "nama"]) + &row(2, &["1", "SITI"])), vec![]),
        ods(&(ods_row("", &["nik", "nama"]) + &ods_row("", &["1", "SITI"]))),
        xls(&[], &[label(0, 0, "nik"), label(0, 1, "nama"), label(1, 0, "1")].concat()),
        xlsb(&[], &[record(0, &[0; 4]), text_cell(0, "nik"), text_cell(1, "nama")].concat(), vec![]),
    ];
    for book in books {
        assert!(read("utuh", book.clone()).is_ok());
        for at in (0..book.len()).step_by(7) {
            let _ = read("potong", book[..at].to_vec());
            for change in [0x00, 0xff, 0x80] {
                let mut other = book.clone();
                other[at] = change;
                let _ = read("ubah", other);
            }
        }
    }
}

/// The text of the cell below a header of one column.
fn first(bytes: Vec<u8>) -> (String, bool) {
    let table = Table::from_bytes("x", bytes).unwrap();
    let column = table.column("tgl").unwrap();
    let row = table.rows().unwrap().next().unwrap().unwrap();
    (row.text(column).into_owned(), row.is_error(column))
}

#[test]
fn days_of_1904_workbooks_are_right_in_every_form() {
    let wanted = ("1978-09-05".to_owned(), false);
    let serial = 27276.0f64;
    let mut parts = xlsx_around(1, "<workbookPr date1904=\"1\"/>");
    parts.push(sheet(&(row(1, &["tgl"]) + "<row r=\"2\"><c s=\"0\"><v>27276</v></c></row>")));
    parts.push(Part::stored("xl/styles.xml", "<s><cellXfs><xf numFmtId=\"14\"/></cellXfs></s>"));
    assert_eq!(first(zip(&parts)), wanted);

    let number = biff(0x0203, &[&[1, 0, 0, 0, 0, 0][..], &serial.to_le_bytes()].concat());
    let globals = [biff(0x0022, &[1, 0]), biff(0x00E0, &[0, 0, 14, 0])].concat();
    assert_eq!(first(xls(&globals, &[label(0, 0, "tgl"), number].concat())), wanted);

    let cells = [
        record(0, &[0; 4]),
        text_cell(0, "tgl"),
        record(0, &[1, 0, 0, 0]),
        record(5, &[&[0; 8][..], &serial.to_le_bytes()].concat()),
    ];
    let styles = [record(617, &[1, 0, 0, 0]), record(47, &[0, 0, 14, 0]), record(618, &[])].concat();
    let styles = Part::stored("xl/styles.bin", styles);
    assert_eq!(first(xlsb(&record(153, &[1, 0, 0, 0]), &cells.concat(), vec![styles])), wanted);
}

#[test]
fn an_error_of_any_name_is_an_empty_cell_with_a_mark() {
    let names = ["#N/A", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!"];
    for name in names.iter().chain(&["#GETTING_DATA", "#PYTHON!", "BUDI SANTOSO"]) {
        let rows = row(1, &["tgl"]) + &format!("<row r=\"2\"><c t=\"e\"><v>{name}</v></c><c><v>1</v></c></row>");
        assert_eq!(first(xlsx(&rows, vec![])), (String::new(), true), "{name}");
    }
}

#[test]
fn the_place_of_damage_is_said() {
    let rows = row(1, &["tgl"]) + &row(2, &["x"]) + "<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>";
    let error = read("buku.xlsx", xlsx(&rows, vec![])).unwrap_err();
    assert_eq!(
        (error.message(Lang::Id), error.message(Lang::En)),
        (
            "buku.xlsx: berkas XLSX ini rusak atau terpotong (melampaui 1.048.576 baris atau 16.384 kolom; lembar 1, setelah baris 2)".to_owned(),
            "buku.xlsx: this XLSX file is damaged or cut off (beyond 1,048,576 rows or 16,384 columns; sheet 1, after row 2)".to_owned()
        )
    );
    for damage in Damage::ALL {
        assert!(!damage.label(Lang::Id).is_empty() && damage.label(Lang::Id) != damage.label(Lang::En));
    }
}

#[test]
fn open_quotes_take_time_that_grows_with_the_file() {
    let time = |lines: usize| {
        let text = "nik;nama;tgl\n".to_owned() + &"1;\"BUDI\n".repeat(lines);
        let begin = std::time::Instant::now();
        assert_eq!(read("x.csv", text.into_bytes()).unwrap(), lines as u64);
        begin.elapsed()
    };
    time(1000);
    let (small, large) = (time(80_000), time(640_000));
    // eight times as much; were it quadratic, 64 times
    assert!(large < small * 24, "{small:?} and {large:?}");
}

#[test]
fn a_wide_header_takes_time_that_grows_with_it() {
    let time = |columns: usize| {
        let names: String = (0..columns).map(|n| format!(";kolom {n}")).collect();
        let cells = ";x".repeat(columns);
        let text = format!("nik;nama;tgl{names}\n") + &format!("3508161103659001;BUDI;1965-03-11{cells}\n").repeat(3);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("x.csv"), text).unwrap();
        let begin = std::time::Instant::now();
        let options = bansos_registers::ReadOptions::new(bansos::Date::constant(2026, 11, 22));
        assert_eq!(bansos_registers::read_folder(folder.path(), &options).unwrap().persons.len(), 3);
        begin.elapsed()
    };
    time(500);
    let (small, large) = (time(2_000), time(16_000));
    // eight times as much; were it quadratic, 64 times
    assert!(large < small * 32, "{small:?} and {large:?}");
}
