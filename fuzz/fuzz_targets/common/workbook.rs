//! Workbooks made of the words and records of their form, packed with right checksums and sizes.

use super::build::{
    AFTER, BEFORE, Part, biff, compound, label, length, ods_row, record, row, text_cell, workbook, xlsb as xlsb_of,
    xlsx_around, zip,
};
use super::{TITLES, parts, read_book, spell};

const XLSX_WORDS: &[&str] = &[
    "<row>",
    "<row r=\"",
    "</row>",
    "<c>",
    "<c r=\"",
    "</c>",
    "<c t=\"s\"><v>",
    "</v></c>",
    "<c t=\"inlineStr\"><is><t>",
    "</t></is></c>",
    "\">",
    "\"/>",
    "\" t=\"",
    "\" s=\"",
    "<v>",
    "</v>",
    "<is>",
    "</is>",
    "<t xml:space=\"preserve\">",
    "</t>",
    "<r>",
    "</r>",
    "<si>",
    "</si>",
    "<si><t>",
    "</t></si>",
    "<rPh>",
    "</rPh>",
    "<f>",
    "</f>",
    "<xf numFmtId=\"14\"/>",
    "<xf numFmtId=\"",
    "<numFmt numFmtId=\"",
    "\" formatCode=\"",
    "<cellXfs>",
    "</cellXfs>",
    "<cellStyleXfs>",
    "</sheetData>",
    "<sheetData>",
    "4294967296",
    "1048576",
    "XFD",
    "A2",
    "&amp;",
    "&#x",
    "<![CDATA[",
    "]]>",
    "3508120101809001",
];

/// Sheet, shared texts, styles, workbook.
pub fn xlsx(data: &[u8]) {
    let [cells, strings, styles, book] = parts(data).map(|part| spell(part, XLSX_WORDS));
    let mut parts = xlsx_around(1, &book);
    let rows = row(1, &TITLES) + &cells;
    parts.push(Part::stored(
        "xl/worksheets/sheet1.xml",
        format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
    ));
    parts.push(Part::stored("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")));
    parts.push(Part::stored("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>")));
    read_book("x.xlsx", zip(&parts));
}

const ODS_WORDS: &[&str] = &[
    "<table:table-row>",
    "<table:table-row table:number-rows-repeated=\"",
    "</table:table-row>",
    "<table:table-cell>",
    "</table:table-cell>",
    "<table:table-cell office:value-type=\"",
    "<table:table-cell table:number-columns-repeated=\"",
    "<table:covered-table-cell/>",
    "\">",
    "\"/>",
    "\" office:value=\"",
    "\" office:date-value=\"",
    "\" office:boolean-value=\"",
    "\" office:time-value=\"",
    "string",
    "float",
    "date",
    "boolean",
    "percentage",
    "error",
    "<text:p>",
    "</text:p>",
    "<text:s text:c=\"",
    "<text:s/>",
    "<text:tab/>",
    "<text:line-break/>",
    "<text:span>",
    "</text:span>",
    "<office:annotation>",
    "</office:annotation>",
    "<table:table-header-rows>",
    "</table:table-header-rows>",
    "</table:table>",
    "<table:table table:name=\"",
    "<table:shapes>",
    "</table:shapes>",
    "4294967296",
    "1048576",
    "16384",
    "1978-09-05",
    "&amp;",
    "&#x",
    "<![CDATA[",
    "]]>",
];

/// Rows, manifest.
pub fn ods(data: &[u8]) {
    let [rows, manifest] = parts(data).map(|part| spell(part, ODS_WORDS));
    let rows = ods_row("", &TITLES) + &rows;
    read_book(
        "x.ods",
        zip(&[
            Part::stored("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            Part::stored("content.xml", format!("{BEFORE}{rows}{AFTER}")),
            Part::stored("META-INF/manifest.xml", format!("<manifest:manifest>{manifest}</manifest:manifest>")),
        ]),
    );
}

/// The kinds that the reader knows, and some that it passes over.
const XLSB_KINDS: [u16; 24] =
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62, 19, 44, 47, 145, 146, 153, 156, 159, 617, 618, 2000];

/// A byte for the kind, one for how long the record is (from 250 on: what it states is a lie), then its data.
fn xlsb_records(mut bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let [kind, long, rest @ ..] = bytes {
        let kind = XLSB_KINDS[usize::from(*kind) % XLSB_KINDS.len()];
        let (data, after) = rest.split_at(usize::from(*long % 64).min(rest.len()));
        let mut one = record(kind, data);
        if *long >= 250 {
            one.truncate(if kind < 128 { 1 } else { 2 });
            one.extend(length(1 << (long - 230)));
            one.extend(data);
        }
        all.extend(one);
        bytes = after;
    }
    all
}

/// Sheet, shared texts, styles, workbook.
pub fn xlsb(data: &[u8]) {
    let [cells, strings, styles, book] = parts(data).map(xlsb_records);
    let titles: Vec<u8> = (0..).zip(TITLES).flat_map(|(column, title)| text_cell(column, title)).collect();
    let rows = [&record(0, &[0; 12])[..], &titles, &cells].concat();
    let more = vec![Part::stored("xl/sharedStrings.bin", strings), Part::stored("xl/styles.bin", styles)];
    read_book("x.xlsb", xlsb_of(&book, &rows, more));
}

const XLS_KINDS: [u16; 26] = [
    0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x00D6, 0x0205, 0x0006, 0x0207, 0x0809, 0x000A, 0x00FC, 0x003C, 0x041E,
    0x00E0, 0x0022, 0x002F, 0x0085, 0x0208, 0x0201, 0x00BE, 0x0200, 0x0042, 0x00EC, 0x0004, 0x0002,
];

/// A byte for the kind, one for how long the record is, then its data.
fn xls_records(mut bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let [kind, long, rest @ ..] = bytes {
        let (data, after) = rest.split_at(usize::from(*long).min(rest.len()));
        all.extend(biff(XLS_KINDS[usize::from(*kind) % XLS_KINDS.len()], data));
        bytes = after;
    }
    all
}

/// Cells, workbook, changes to the chains of the compound file, bytes behind.
pub fn xls(data: &[u8]) {
    let [cells, globals, chains, tail] = parts(data);
    let titles: Vec<u8> = (0..).zip(TITLES).flat_map(|(column, title)| label(0, column, title)).collect();
    let stream = [workbook(&xls_records(globals), &[titles, xls_records(cells)].concat()), tail.to_vec()].concat();
    let bytes = compound("Workbook", &stream, |table| {
        for edit in chains.chunks_exact(3) {
            let at = usize::from(edit[0]) % table.len();
            table[at] = i32::from(i16::from_le_bytes([edit[1], edit[2]])).cast_unsigned();
        }
    });
    read_book("x.xls", bytes);
}
