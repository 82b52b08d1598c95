//! Files that lie about themselves, built here and never kept: name, bytes, and what reading must say (`ok` or a code and the
//! word of the damage).
#![allow(dead_code, unused_imports, unreachable_pub, reason = "the test and the example use different parts")]

pub mod build;
mod csv;
mod html;
mod parquet;

use build::*;
pub use csv::cases as csv_cases;
pub use html::cases as html_cases;
pub use parquet::{cases as parquet_cases, common as parquet_common};

pub const TITLES: [&str; 3] = ["nik", "nama", "tgl"];
/// A planted person: no error may show a part of it.
pub const PLANTED: [&str; 3] = ["3508200101909001", "BUDI SANTOSO", "LUMAJANG"];

pub type Case = (&'static str, Vec<u8>, &'static str);

fn head() -> String {
    row(1, &TITLES)
}

/// A cell of one kind.
fn cell(kind: &str, value: &str) -> String {
    format!("{}<row r=\"2\"><c r=\"A2\" {kind}><v>{value}</v></c></row>", head())
}

fn strings(part: Part) -> Vec<u8> {
    xlsx(&cell("t=\"s\"", "0"), vec![part])
}

pub fn xlsx_cases(large: bool) -> Vec<Case> {
    let mib = vec![b'A'; 1 << 20];
    let big = if large { 3072 } else { 40 };
    let at = |place: &str| format!("{}<row><c r=\"{place}\"><v>1</v></c></row>", head());
    let many = |n: usize| {
        let mut parts = xlsx_around(n, "");
        parts.extend((1..=n).map(|n| Part::stored(&format!("xl/worksheets/sheet{n}.xml"), "<w><sheetData/></w>")));
        zip(&parts)
    };
    let rows: String = (0..64).map(|_| "<row/>").collect();
    let million = format!("<row><c t=\"s\"><v>0</v></c>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(16_383));
    let shared = |text: &str| Part::stored("xl/sharedStrings.xml", format!("<sst><si><t>{text}</t></si></sst>"));
    let counts = |c: &str| Part::stored("xl/sharedStrings.xml", format!("<sst {c}><si><t>SITI</t></si></sst>"));
    vec![
        ("xlsx_row_4e9", xlsx(&(head() + "<row r=\"4000000000\"><c><v>1</v></c></row>"), vec![]), "beyond"),
        ("xlsx_row_1048577", xlsx(&(head() + "<row r=\"1048577\"><c><v>1</v></c></row>"), vec![]), "beyond"),
        ("xlsx_row_1048576", xlsx(&(head() + &row(1_048_576, &["1", "x", ""])), vec![]), "ok"),
        ("xlsx_row_20_digits", xlsx(&(head() + "<row r=\"99999999999999999999\"/>"), vec![]), "beyond"),
        ("xlsx_row_zero", xlsx(&(head() + "<row r=\"0\"><c><v>1</v></c></row>"), vec![]), "place"),
        ("xlsx_row_negative", xlsx(&(head() + "<row r=\"-4\"><c><v>1</v></c></row>"), vec![]), "place"),
        ("xlsx_col_zzzzzz", xlsx(&at("ZZZZZZ2"), vec![]), "beyond"),
        ("xlsx_col_xfe", xlsx(&at("XFE2"), vec![]), "beyond"),
        ("xlsx_col_xfd", xlsx(&at("XFD2"), vec![]), "ok"),
        ("xlsx_cell_row_4e9", xlsx(&at("A4000000000"), vec![]), "beyond"),
        ("xlsx_cell_in_another_row", xlsx(&(head() + "<row r=\"2\"><c r=\"A9\"><v>1</v></c></row>"), vec![]), "place"),
        ("xlsx_rows_backwards", xlsx(&(head() + &row(9, &["1"]) + &row(5, &["2"])), vec![]), "order"),
        ("xlsx_row_twice", xlsx(&(head() + &row(5, &["1"]) + &row(5, &["2"])), vec![]), "order"),
        (
            "xlsx_cells_backwards",
            xlsx(&(head() + "<row r=\"2\"><c r=\"C2\"><v>1</v></c><c r=\"A2\"><v>2</v></c></row>"), vec![]),
            "order",
        ),
        (
            "xlsx_dimension_lies",
            {
                let mut parts = xlsx_around(1, "");
                let rows = head() + &row(2, &["1", "x", ""]);
                parts.push(Part::stored(
                    "xl/worksheets/sheet1.xml",
                    format!("<w><dimension ref=\"A1:ZZZZZZ4000000000\"/><sheetData>{rows}</sheetData></w>"),
                ));
                zip(&parts)
            },
            "ok",
        ),
        ("xlsx_uniquecount_4e9", strings(counts("count=\"4000000000\" uniqueCount=\"4000000000\"")), "ok"),
        ("xlsx_uniquecount_20_digits", strings(counts("uniqueCount=\"99999999999999999999\"")), "ok"),
        (
            "xlsx_shared_one_string",
            strings(Part::bomb("xl/sharedStrings.xml", "<sst><si><t>", &mib, big, "</t></si></sst>")),
            "long",
        ),
        (
            "xlsx_shared_many_strings",
            strings(Part::bomb(
                "xl/sharedStrings.xml",
                "<sst>",
                "<si><t>ABCDEFGHIJKLM</t></si>".repeat(1 << 15).as_bytes(),
                big,
                "</sst>",
            )),
            "inflated",
        ),
        (
            "xlsx_shared_lying_size",
            strings(
                Part::bomb(
                    "xl/sharedStrings.xml",
                    "<sst>",
                    "<si><t>ABCDEFGHIJKLM</t></si>".repeat(1 << 15).as_bytes(),
                    big,
                    "</sst>",
                )
                .saying(100),
            ),
            "damaged",
        ),
        ("xlsx_shared_missing_index", xlsx(&cell("t=\"s\"", "4000000000"), vec![shared("SITI")]), "strings"),
        ("xlsx_string_in_every_cell", xlsx(&million.repeat(2), vec![shared(&"A".repeat(1 << 15))]), "long"),
        (
            "xlsx_string_in_a_million_rows",
            {
                let mut parts = xlsx_around(1, "");
                let rows = "<row><c t=\"s\"><v>0</v></c></row>".repeat(1 << 14);
                parts.push(Part::bomb(
                    "xl/worksheets/sheet1.xml",
                    "<w><sheetData>",
                    rows.as_bytes(),
                    63,
                    "</sheetData></w>",
                ));
                parts.push(shared(&"A".repeat(1 << 15)));
                zip(&parts)
            },
            "text",
        ),
        (
            "xlsx_rows_of_garbage",
            {
                let mut parts = xlsx_around(1, "");
                let block = rows.repeat(1 << 10);
                parts.push(Part::bomb(
                    "xl/worksheets/sheet1.xml",
                    &format!("<w><sheetData>{}", head()),
                    block.as_bytes(),
                    600,
                    "</sheetData></w>",
                ));
                zip(&parts)
            },
            "beyond",
        ),
        (
            "xlsx_inline_string_bomb",
            {
                let mut parts = xlsx_around(1, "");
                let before = format!("<w><sheetData>{}<row r=\"2\"><c t=\"inlineStr\"><is><t>", head());
                parts.push(Part::bomb(
                    "xl/worksheets/sheet1.xml",
                    &before,
                    &mib,
                    big,
                    "</t></is></c></row></sheetData></w>",
                ));
                zip(&parts)
            },
            "long",
        ),
        (
            "xlsx_attribute_bomb",
            {
                let mut parts = xlsx_around(1, "");
                parts.push(Part::bomb("xl/worksheets/sheet1.xml", "<w a=\"", &mib, 64, "\"><sheetData/></w>"));
                zip(&parts)
            },
            "long",
        ),
        (
            "xlsx_deep",
            {
                let mut parts = xlsx_around(1, "");
                parts.push(Part::bomb("xl/worksheets/sheet1.xml", "<w>", &b"<a>".repeat(1 << 18), 400, "</w>"));
                zip(&parts)
            },
            "xml",
        ),
        ("xlsx_entities", xlsx(&cell("t=\"str\"", "&lol9;"), vec![]), "entity"),
        (
            "xlsx_styles_bomb",
            xlsx(
                &cell("", "1"),
                vec![Part::bomb("xl/styles.xml", "<s><cellXfs>", &b"<xf/>".repeat(1 << 18), 100, "</cellXfs></s>")],
            ),
            "inflated",
        ),
        ("xlsx_many_sheets", many(5000), "sheets"),
        ("xlsx_1500_empty_sheets", many(1500), "read.empty"),
        (
            "xlsx_sixty_thousand_parts",
            zip(&(0..60_000).map(|n| Part::stored(&format!("xl/media/{n:060}"), "")).collect::<Vec<_>>()),
            "sheets",
        ),
        ("xlsx_error_with_text", xlsx(&cell("t=\"e\"", &PLANTED.join(" ")), vec![]), "ok"),
        ("xlsx_error_spill", xlsx(&cell("t=\"e\"", "#SPILL!"), vec![]), "ok"),
        ("xlsx_boolean_with_text", xlsx(&cell("t=\"b\"", PLANTED[1]), vec![]), "ok"),
        ("xlsx_unknown_kind", xlsx(&cell("t=\"BUDI\"", PLANTED[0]), vec![]), "ok"),
        ("xlsx_entity_with_text", xlsx(&cell("t=\"str\"", "&BUDI_SANTOSO;"), vec![]), "entity"),
        (
            "xlsx_cut_sheet",
            {
                let mut parts = xlsx_around(1, "");
                parts
                    .push(Part::stored("xl/worksheets/sheet1.xml", format!("<w><sheetData>{}<row r=\"2\"><c", head())));
                zip(&parts)
            },
            "damaged",
        ),
    ]
}

pub fn ods_cases(large: bool) -> Vec<Case> {
    let mib = vec![b'A'; 1 << 20];
    let big = if large { 3072 } else { 40 };
    let head = ods_row("", &TITLES);
    let data = ods_row("", &["1", "SITI", ""]);
    let after = |more: &str| ods(&format!("{head}{more}"));
    let cell = |attributes: &str, inside: &str| {
        after(&format!("<table:table-row><table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>"))
    };
    let text = "office:value-type=\"string\"";
    let blanks =
        |n: &str| format!("<table:table-row table:number-rows-repeated=\"{n}\"><table:table-cell/></table:table-row>");
    let bomb = |before: &str, block: &[u8], times, close: &str| {
        ods_of(Part::bomb("content.xml", &format!("{BEFORE}{head}{before}"), block, times, &format!("{close}{AFTER}")))
    };
    vec![
        (
            "ods_rows_repeated_2e9",
            after(&ods_row("table:number-rows-repeated=\"2000000000\"", &["1", "x", ""])),
            "beyond",
        ),
        (
            "ods_rows_repeated_20_digits",
            after(&ods_row("table:number-rows-repeated=\"99999999999999999999\"", &["1"])),
            "beyond",
        ),
        ("ods_rows_repeated_negative", after(&ods_row("table:number-rows-repeated=\"-1\"", &["1"])), "place"),
        ("ods_rows_repeated_text", after(&ods_row("table:number-rows-repeated=\"BUDI SANTOSO\"", &["1"])), "place"),
        ("ods_blank_rows_2e9_at_the_end", after(&(data.clone() + &blanks("2000000000"))), "ok"),
        ("ods_blank_rows_2e9_before_data", after(&(blanks("2000000000") + &data)), "beyond"),
        ("ods_blank_rows_twice", after(&(blanks("1048000") + &blanks("1048000") + &data)), "beyond"),
        ("ods_million_equal_rows", after(&ods_row("table:number-rows-repeated=\"1000000\"", &["1", "x", ""])), "ok"),
        (
            "ods_columns_repeated_2e9",
            cell(&format!("{text} table:number-columns-repeated=\"2000000000\""), "<text:p>x</text:p>"),
            "beyond",
        ),
        (
            "ods_columns_repeated_16385",
            cell(&format!("{text} table:number-columns-repeated=\"16385\""), "<text:p>x</text:p>"),
            "beyond",
        ),
        (
            "ods_columns_repeated_16384",
            cell(&format!("{text} table:number-columns-repeated=\"16384\""), "<text:p>x</text:p>"),
            "ok",
        ),
        ("ods_blank_columns_2e9_at_the_end", cell("table:number-columns-repeated=\"2000000000\"", ""), "ok"),
        (
            "ods_blank_columns_before_data",
            after(
                "<table:table-row><table:table-cell table:number-columns-repeated=\"2000000000\"/><table:table-cell office:value=\"1\"/></table:table-row>",
            ),
            "beyond",
        ),
        (
            "ods_wide_rows_repeated",
            after(&format!(
                "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell {text} table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>"
            )),
            "text",
        ),
        (
            "ods_wide_texts",
            cell(
                &format!("{text} table:number-columns-repeated=\"16384\""),
                &format!("<text:p>{}</text:p>", "x".repeat(1 << 15)),
            ),
            "long",
        ),
        ("ods_blanks_2e9", cell(text, "<text:p><text:s text:c=\"2000000000\"/></text:p>"), "long"),
        ("ods_blanks_20_digits", cell(text, "<text:p><text:s text:c=\"99999999999999999999\"/></text:p>"), "long"),
        ("ods_blanks_often", cell(text, &"<text:s text:c=\"10000000\"/>".repeat(1000)), "long"),
        (
            "ods_text_bomb",
            bomb(
                "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>",
                &mib,
                big,
                "</text:p></table:table-cell></table:table-row>",
            ),
            "long",
        ),
        (
            "ods_value_bomb",
            bomb("<table:table-row><table:table-cell office:string-value=\"", &mib, 64, "\"/></table:table-row>"),
            "long",
        ),
        (
            "ods_rows_of_garbage",
            bomb("", data.repeat(64).as_bytes(), if large { 200_000 } else { 20_000 }, ""),
            "damaged",
        ),
        ("ods_deep", bomb("", &b"<table:table>".repeat(1 << 16), 200, ""), "xml"),
        (
            "ods_many_sheets",
            {
                let tables = "<table:table table:name=\"L\"></table:table>".repeat(5000);
                ods_of(Part::stored("content.xml", format!("<d>{tables}</d>")))
            },
            "sheets",
        ),
        ("ods_lying_size", ods_of(Part::bomb("content.xml", BEFORE, &mib, 600, AFTER).saying(10)), "damaged"),
        ("ods_entity_with_text", cell(text, "<text:p>&BUDI_SANTOSO;</text:p>"), "entity"),
        ("ods_number_with_text", cell("office:value-type=\"float\" office:value=\"BUDI SANTOSO\"", ""), "ok"),
        (
            "ods_error_cell",
            cell(&format!("{text} office:string-value=\"\" calcext:value-type=\"error\""), "<text:p>#SPILL!</text:p>"),
            "ok",
        ),
        (
            "ods_encrypted",
            zip(&[
                Part::stored("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                Part::stored("content.xml", "3508200101909001"),
                Part::stored("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"),
            ]),
            "read.protected",
        ),
    ]
}

pub fn xls_cases() -> Vec<Case> {
    let titles: Vec<u8> = TITLES.iter().zip(0..).flat_map(|(title, column)| label(0, column, title)).collect();
    let with = |more: &[u8]| xls(&[], &[&titles[..], more].concat());
    let sst =
        |counts: u32, data: &[u8]| biff(0x00FC, &[&counts.to_le_bytes()[..], &counts.to_le_bytes(), data].concat());
    let ok = [label(1, 0, "1"), label(1, 1, "SITI")].concat();
    let dimension = |data: &[u8]| xls(&[], &[&biff(0x0200, data)[..], &titles, &ok].concat());
    let string = [5u8, 0, 0, b'S', b'I', b'T', b'I', b'X'];
    let shared = |at: u32| biff(0x00FD, &[&[1, 0, 0, 0, 0, 0][..], &at.to_le_bytes()].concat());
    let stream = workbook(&[], &[&titles[..], &ok].concat());
    let circle = |from: usize, to: u32| compound("Workbook", &stream, move |next| next[from] = to);
    let far: Vec<u8> = (0..65_535u16).step_by(9).flat_map(|row| label(row.max(1), 255, "x")).collect();
    vec![
        ("xls_dimension_lies", dimension(&[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0]), "ok"),
        ("xls_dimension_backwards", dimension(&[9, 0, 0, 0, 1, 0, 0, 0, 9, 0, 1, 0, 0, 0]), "ok"),
        ("xls_dimension_short", dimension(&[0, 0, 0]), "ok"),
        ("xls_sst_count_4e9", xls(&sst(u32::MAX, &string), &[&titles[..], &shared(0)].concat()), "ok"),
        ("xls_sst_runs_4e9", xls(&sst(1, &[1, 0, 4, 0xff, 0xff, 0xff, 0xff, b'S']), &titles), "cut"),
        ("xls_sst_letters_65535", xls(&sst(1, &[0xff, 0xff, 0, b'S']), &titles), "damaged"),
        ("xls_sst_empty", xls(&biff(0x00FC, &[1, 2]), &titles), "record"),
        ("xls_sst_missing_index", xls(&sst(1, &string), &[&titles[..], &shared(u32::MAX)].concat()), "strings"),
        ("xls_column_65535", with(&label(1, 65_535, "x")), "beyond"),
        ("xls_column_256", with(&label(1, 256, "x")), "beyond"),
        ("xls_row_65535", with(&label(65_535, 0, "x")), "ok"),
        ("xls_far_cells", with(&far), "ok"),
        ("xls_mulrk_wide", with(&biff(0x00BD, &[&[1, 0, 250, 0][..], &[0; 6 * 100], &[0, 0]].concat())), "beyond"),
        ("xls_mulrk_short", with(&biff(0x00BD, &[1, 0])), "record"),
        ("xls_number_short", with(&biff(0x0203, &[1, 0, 0, 0, 0, 0, 1])), "record"),
        ("xls_label_long", with(&biff(0x0204, &[1, 0, 0, 0, 0, 0, 0xff, 0xff, 0, b'B'])), "record"),
        ("xls_string_without_formula", with(&biff(0x0207, &[1, 0, 0, b'B'])), "order"),
        (
            "xls_record_cut",
            compound("Workbook", &[&stream[..stream.len() - 4], &[0xfd, 0, 0xff, 0xff, 1][..]].concat(), |_| {}),
            "damaged",
        ),
        ("xls_chain_in_a_circle", circle(4, 3), "any"),
        ("xls_directory_in_a_circle", circle(1, 1), "compound"),
        ("xls_chain_out_of_the_file", circle(4, 900_000_000), "cut"),
        (
            "xls_sheet_out_of_the_file",
            {
                let bound = biff(0x0085, &[&u32::MAX.to_le_bytes()[..], &[0, 0, 1, 0], b"Z"].concat());
                xls(&bound, &[&titles[..], &ok].concat())
            },
            "ok",
        ),
        (
            "xls_sheets_at_one_place",
            {
                let bound = biff(0x0085, &[&64u32.to_le_bytes()[..], &[0, 0, 1, 0], b"Z"].concat());
                xls(&bound.repeat(2), &titles)
            },
            "order",
        ),
        ("xls_error_cell", with(&biff(0x0205, &[1, 0, 0, 0, 0, 0, 0x2b, 1])), "ok"),
        ("xls_unknown_error_cell", with(&biff(0x0205, &[1, 0, 0, 0, 0, 0, 0xee, 1])), "ok"),
        ("xls_with_a_password", xls(&biff(0x002F, &[1, 0]), &titles), "read.protected"),
        ("xls_no_workbook", compound("Catatan", &stream, |_| {}), "missing"),
        ("xls_header_only", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 3508200101909001".to_vec(), "damaged"),
    ]
}

pub fn xlsb_cases(large: bool) -> Vec<Case> {
    let big = if large { 3072 } else { 40 };
    let titles: Vec<u8> = TITLES.iter().zip(0..).flat_map(|(title, column)| text_cell(column, title)).collect();
    let begin = |row: u32| record(0, &row.to_le_bytes());
    let with = |more: &[u8]| xlsb(&[], &[&begin(0)[..], &titles, more].concat(), vec![]);
    let data = [begin(1), text_cell(0, "1"), text_cell(1, "SITI")].concat();
    let isst = |at: u32| [begin(1), record(7, &[&[0; 8][..], &at.to_le_bytes()].concat())].concat();
    let item = record(19, &[&[0][..], &wide("SITI")].concat());
    let strings = |part: Part, at| xlsb(&[], &[&begin(0)[..], &titles, &isst(at)].concat(), vec![part]);
    let sst = |head: &[u8]| Part::stored("xl/sharedStrings.bin", [head, &item].concat());
    let long = |n: u32| [&[6][..], &length(n)].concat();
    let million =
        [begin(1), (0..16_384u32).flat_map(|c| record(7, &[&c.to_le_bytes()[..], &[0; 8]].concat())).collect()]
            .concat();
    let row_after_row: Vec<u8> = (1..100_000u32).flat_map(begin).collect();
    vec![
        ("xlsb_row_4e9", with(&[begin(4_000_000_000), text_cell(0, "1")].concat()), "beyond"),
        ("xlsb_row_1048576", with(&[begin(1_048_576), text_cell(0, "1")].concat()), "beyond"),
        ("xlsb_row_1048575", with(&[begin(1_048_575), text_cell(0, "1")].concat()), "ok"),
        ("xlsb_rows_backwards", with(&[begin(9), text_cell(0, "1"), begin(5), text_cell(0, "2")].concat()), "order"),
        ("xlsb_row_twice", with(&[begin(5), text_cell(0, "1"), begin(5), text_cell(0, "2")].concat()), "order"),
        ("xlsb_column_4e9", with(&[begin(1), text_cell(4_000_000_000, "1")].concat()), "beyond"),
        ("xlsb_column_16384", with(&[begin(1), text_cell(16_384, "1")].concat()), "beyond"),
        ("xlsb_column_16383", with(&[begin(1), text_cell(16_383, "1")].concat()), "ok"),
        ("xlsb_cells_backwards", with(&[begin(1), text_cell(2, "1"), text_cell(0, "2")].concat()), "order"),
        ("xlsb_record_268MB", with(&[long(0x0fff_ffff), vec![0; 20]].concat()), "long"),
        ("xlsb_record_16MB_cut", with(&[long(16 << 20), vec![0; 20]].concat()), "cut"),
        (
            "xlsb_text_of_4e9_letters",
            with(&[begin(1), record(6, &[&[0; 8][..], &u32::MAX.to_le_bytes(), &[1]].concat())].concat()),
            "record",
        ),
        ("xlsb_number_short", with(&[begin(1), record(5, &[0; 9])].concat()), "record"),
        ("xlsb_cell_without_anything", with(&[begin(1), record(2, &[])].concat()), "record"),
        (
            "xlsb_dimension_lies",
            xlsb(&[], &[&record(148, &[0xff; 16])[..], &begin(0), &titles, &data].concat(), vec![]),
            "ok",
        ),
        ("xlsb_sst_count_4e9", strings(sst(&record(159, &[0xff; 8])), 0), "ok"),
        ("xlsb_sst_missing_index", strings(sst(&[]), u32::MAX), "strings"),
        (
            "xlsb_sst_bomb",
            strings(Part::bomb("xl/sharedStrings.bin", "", &item.repeat(1 << 16), big, ""), 0),
            "inflated",
        ),
        (
            "xlsb_sst_lying_size",
            strings(Part::bomb("xl/sharedStrings.bin", "", &item.repeat(1 << 16), big, "").saying(20), 0),
            "damaged",
        ),
        (
            "xlsb_string_in_every_cell",
            xlsb(
                &[],
                &million,
                vec![Part::stored(
                    "xl/sharedStrings.bin",
                    record(19, &[&[0][..], &wide(&"A".repeat(1 << 15))].concat()),
                )],
            ),
            "long",
        ),
        ("xlsb_rows_without_cells", with(&row_after_row), "read.header_only"),
        (
            "xlsb_sheets_5000",
            xlsb(&record(156, &[&[0; 8][..], &wide("r1"), &wide("L")].concat()).repeat(5000), &titles, vec![]),
            "sheets",
        ),
        (
            "xlsb_sheet_without_part",
            xlsb(&record(156, &[&[0; 8][..], &wide("r9"), &wide("BUDI")].concat()), &titles, vec![]),
            "missing",
        ),
        ("xlsb_unknown_error_cell", with(&[begin(1), record(3, &[0, 0, 0, 0, 0, 0, 0, 0, 0xee])].concat()), "ok"),
    ]
}
