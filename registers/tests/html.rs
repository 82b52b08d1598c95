//! Tables of web pages, whatever the file is called: the shapes that portals, PHP programs, Excel and LibreOffice give them.

use bansos::{Date, FamilyCard, Nik};
use bansos_registers::table::{Options, Table};
use bansos_registers::{ReadError, ReadOptions, read_bytes};

type Rows = Vec<(u64, Vec<String>)>;

fn rows_of(options: Options, page: impl Into<Vec<u8>>) -> Result<(Vec<String>, Rows), ReadError> {
    let table = options.from_bytes("data.xls", page.into())?;
    let mut rows = Vec::new();
    for row in table.rows()? {
        let row = row?;
        rows.push((row.line(), row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()));
    }
    Ok((table.columns().to_vec(), rows))
}

/// The table with a NIK: its header, and its rows with their lines.
fn rows(page: impl Into<Vec<u8>>) -> (Vec<String>, Rows) {
    rows_of(Table::options().looking_for(["nik", "nama"]), page).unwrap()
}

fn texts(rows: &Rows) -> Vec<Vec<&str>> {
    rows.iter().map(|(_, row)| row.iter().map(String::as_str).collect()).collect()
}

const HEAD: &str = "<tr><th>NIK</th><th>NAMA</th></tr>";

#[test]
fn rows_and_cells_as_a_browser_shows_them() {
    let page = "<html><head><title>DTKS</title><style>td{a:'<td>'}</style></head><table border=1>\
        <tr><th>NIK</th><TH>NAMA\r\n  lengkap</th></tr><tr><td>3508161103659001&nbsp;<td> SITI &amp;&nbsp; <b>CO</b>\n \
        <tr><td>3508164507689002<td><p>LUMAJANG</p><br>11-03-1965</table>";
    let (header, rows) = rows(page);
    assert_eq!(header, ["NIK", "NAMA lengkap"]);
    assert_eq!(
        texts(&rows),
        [["3508161103659001", "SITI & CO"], ["3508164507689002", "LUMAJANG\n11-03-1965"]],
        "no row and no cell has to be closed"
    );
    assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn cells_over_several_columns_and_rows() {
    let page = "<table><tr><td rowspan=2>NIK</td><td colspan=2>LAHIR</td><td rowspan=\"2\">NAMA</td></tr>\
        <tr><td>TEMPAT</td><td>TANGGAL</td></tr><tr><td rowspan=2>1</td><td>A</td><td>B</td><td>L</td></tr>\
        <tr><td>C</td><td>D</td><td>M</td></tr><tr></tr><tr><td>2</td></tr>";
    let (header, rows) = rows(page);
    assert_eq!(header, ["NIK", "LAHIR", "", "NAMA"]);
    let wanted = [
        vec!["NIK", "TEMPAT", "TANGGAL", "NAMA"],
        vec!["1", "A", "B", "L"],
        vec!["1", "C", "D", "M"],
        vec!["2", "", "", ""],
    ];
    assert_eq!(texts(&rows), wanted, "a cell over two rows stands in both");
    assert_eq!(rows.last().map(|(line, _)| *line), Some(6));
}

#[test]
fn every_encoding() {
    let page = format!(
        "<meta charset=\"windows-1252\"><table>{HEAD}<tr><td>1</td><td>JOS\u{c9}&nbsp;D&Eacute;</td></tr></table>"
    );
    let utf16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        [mark, &page.encode_utf16().flat_map(bytes).collect::<Vec<_>>()].concat()
    };
    let plain: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for bytes in [
        page.clone().into_bytes(),
        ["\u{feff}".as_bytes(), page.as_bytes()].concat(),
        plain,
        utf16(b"\xff\xfe", u16::to_le_bytes),
        utf16(b"", u16::to_le_bytes),
        utf16(b"\xfe\xff", u16::to_be_bytes),
    ] {
        assert_eq!(texts(&rows(bytes).1), [["1", "JOS\u{c9} D\u{c9}"]]);
    }
}

#[test]
fn text_and_small_tables_above_a_table_are_its_title() {
    let page = format!(
        "<body><p>Menu</p><h3>DATA <b>DTKS</b></h3><table><tr><td>DESA TEMPURSARI</td></tr></table>\
        <table><tr><td>Kecamatan</td><td>:</td><td>KEDUNGJAJANG</td></tr><tr><td>Kabupaten</td><td>:</td><td>LUMAJANG</td></tr></table>\
        <table><caption>Tahun 2026</caption>{HEAD}<tr><td>1</td><td>A</td></tr><tr><td>2</td><td>B</td></tr></table>\
        <p>Lumajang, 1 Mei 2026</p>"
    );
    let (_, rows) = rows(page);
    assert_eq!(texts(&rows), [["1", "A"], ["2", "B"]]);
    assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [8, 9], "as Excel shows the page");
}

#[test]
fn a_header_in_a_table_of_its_own() {
    let page = format!(
        "<table>{HEAD}</table><div><table><tr><td>1</td><td>A</td></tr><tr><td>2</td><td>B</td></tr></table></div>"
    );
    assert_eq!(texts(&rows(page).1), [["1", "A"], ["2", "B"]]);
}

#[test]
fn several_tables_and_tables_within_cells() {
    let data = |nik: &str| {
        format!("<table>{HEAD}<tr><td>{nik}</td><td>A &amp; B</td></tr><tr><td>{nik}</td><td>C</td></tr></table>")
    };
    let page = format!(
        "<!-- &amp; --><table><tr><td>x</td><td>y</td></tr><tr><td>menu</td><td>&eacute;\r\n{}</td></tr></table>\r\n<p>&quot;</p>{}",
        data("1"),
        data("2")
    );
    let nik = |limit: &str| {
        let table = Table::options().looking_for(["nik"]).from_bytes("x.xls", page.replace(limit, "9")).unwrap();
        (table.sheet().map(str::to_owned), table.rows().unwrap().count())
    };
    assert_eq!(nik("no"), (Some("tabel 2".to_owned()), 2));
    let (_, read) = rows(page.replace(">NIK<", ">nik <").replacen(">nik <", "><", 1));
    assert_eq!(texts(&read), [["2", "A & B"], ["2", "C"]], "the third, below others with entities and line breaks");
}

#[test]
fn a_table_of_one_row_in_a_cell_only_gives_it_a_shape() {
    let cell = "<td><table><tr><td>SITI</td><td>AMINAH</td></tr></table></td>";
    let page = format!("<table>{HEAD}{}</table>", format!("<tr><td>1</td>{cell}</tr>").repeat(300));
    let (_, rows) = rows(page);
    assert_eq!(rows.len(), 300);
    assert_eq!(rows.last(), Some(&(301, vec!["1".to_owned(), "SITI AMINAH".to_owned()])));
}

#[test]
fn a_number_that_excel_shows_too_short() {
    let page = "<table><tr><td>NIK</td><td>NAMA</td></tr><tr><td x:num=\"350816110365\">3,50816E+11</td><td x:num>12</td></tr>\
        <tr><td sdval=\"350816110366\" sdnum=\"1057;\">350.816.110.366</td><td x:num=23812>11/03/1965</td></tr></table>";
    assert_eq!(texts(&rows(page).1), [["350816110365", "12"], ["350.816.110.366", "11/03/1965"]]);
}

/// What `read` has: accepted, set aside, and what is said of files.
fn read(page: &str) -> bansos_registers::Intake {
    read_bytes([("dtks.xls", page.as_bytes().to_vec())], &ReadOptions::new(Date::constant(2026, 11, 29))).unwrap()
}

#[test]
fn a_register_is_read_with_its_place_and_lines() {
    let page = "<h3>DATA TERPADU DESA TEMPURSARI KECAMATAN KEDUNGJAJANG</h3><table border='1'><thead>\
        <tr><th rowspan=2>NO</th><th rowspan=2>NO KK</th><th rowspan=2>NIK</th><th rowspan=2>NAMA</th><th colspan=2>LAHIR</th><th rowspan=2>JENIS KELAMIN</th></tr>\
        <tr><th>TEMPAT</th><th>TANGGAL</th></tr></thead>\
        <tr><td>1</td><td rowspan=2>3508160101209001</td><td style=\"mso-number-format:'\\@'\">3508161103659001</td><td>SUTRISNO</td><td>LUMAJANG</td><td>11/03/1965</td><td>L</td></tr>\
        <tr><td>2</td><td>3508164507689002</td><td>NGATINI</td><td>LUMAJANG</td><td>05/07/1968</td><td>P</td></tr>\
        <tr><td colspan=3>JUMLAH</td><td>2</td></tr></table>";
    let intake = read(page);
    assert!(intake.closes());
    let names: Vec<_> = intake.persons.iter().filter_map(|p| p.name.as_deref()).collect();
    assert_eq!(names, ["SUTRISNO", "NGATINI"]);
    let niks: Vec<_> = intake.persons.iter().map(|p| p.nik.value()).collect();
    assert_eq!(niks, [Nik::parse("3508161103659001").ok(), Nik::parse("3508164507689002").ok()]);
    assert!(
        intake.persons.iter().all(|p| p.family_card.value() == FamilyCard::parse("3508160101209001").ok()),
        "one card over two rows"
    );
    assert!(intake.persons.iter().all(|p| p.birth_date.is_some()));
    let report = &intake.files[0];
    assert_eq!((report.encoding, report.sheet.as_deref(), report.header_row, report.quarantined), ("html", None, 2, 1));
}

#[test]
fn a_page_without_a_table_is_refused_by_name() {
    let xml = "<?xml version=\"1.0\"?><Workbook><Worksheet><Table><Row><Cell><Data>NIK</Data></Cell></Row></Table></Worksheet></Workbook>";
    let parts = "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html><table><tr><td>=\nNIK</td></tr></table>";
    for page in ["<html><p>no table</p>", "<table><tr><td> </td></tr></table>", xml, parts] {
        let read = rows_of(Table::options(), page);
        assert!(matches!(read, Err(ReadError::WebPage { .. })), "{page}");
    }
}
