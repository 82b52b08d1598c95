//! Delimited text that lies.

use super::Case;

const TITLES: &[u8] = b"nik;nama;tgl\n";

fn below(rest: &[u8]) -> Vec<u8> {
    [TITLES, rest].concat()
}

/// Lines and quotes without end, encodings that are none, and rows of very many cells or very many rows of none.
pub fn cases(large: bool) -> Vec<Case> {
    let long = if large { 300 << 20 } else { 20 << 20 };
    let many = if large { 1_000_000 } else { 20_000 };
    let (line, cells) = ([&vec![b'A'; 15 << 20][..], b"\n"].concat(), [&vec![b';'; 15 << 20][..], b"\n"].concat());
    let times = if large { 20 } else { 2 };
    let utf16 = |text: &[u8]| [&[0xff, 0xfe][..], text].concat();
    let short = b"\"1\nBUDI\"\n".repeat(many / 20);
    vec![
        ("csv_one_line", below(&vec![b'A'; long]), "read.line_too_long"),
        ("csv_one_line_without_header", vec![b'A'; long], "read.line_too_long"),
        ("csv_open_quote", below(&[b"1;\"", &b"BUDI SANTOSO\n".repeat(long / 13)[..]].concat()), "read.line_too_long"),
        ("csv_delimiters", vec![b';'; long], "read.line_too_long"),
        ("csv_quotes", below(&vec![b'"'; long]), "read.line_too_long"),
        ("csv_open_quotes", below(&b"1;\"BUDI\n".repeat(60_000)), "ok"),
        (
            "csv_open_quote_over_16MB_of_lines",
            below(&[b"1;\"", &b"12345678\n".repeat(2_000_000)[..]].concat()),
            "read.line_too_long",
        ),
        ("csv_open_quote_over_15MB_of_lines", below(&[b"1;\"", &b"1234567\n".repeat(1_900_000)[..]].concat()), "ok"),
        ("csv_quotes_over_two_lines_with_too_few_cells", below(&short), "ok"),
        ("csv_escaped_quotes", below(&[b"1;\"", &b"\"\"".repeat(7 << 20)[..], b"\";x\n"].concat()), "ok"),
        ("csv_zeros", vec![0; long], "read.line_too_long"),
        ("csv_records_of_15MB", below(&line.repeat(times)), "ok"),
        ("csv_records_of_15_million_cells", below(&cells.repeat(times)), "read.line_too_long"),
        ("csv_header_of_15MB", [&vec![b'n'; 15 << 20][..], b";nama\n1;x\n"].concat(), "any"),
        ("csv_million_columns", "a;".repeat(many).into_bytes(), "any"),
        ("csv_million_blank_lines", below(&b"\n".repeat(many)), "any"),
        ("csv_million_carriage_returns", below(&b"\r".repeat(many)), "any"),
        ("csv_million_headers", TITLES.repeat(many), "ok"),
        ("csv_utf16_one_line", utf16(&b"A\0".repeat(long)), "read.line_too_long"),
        ("csv_utf16_cut_in_a_letter", utf16(&[&b"n\0i\0k\0\n\0"[..], &b"1\0\n\0".repeat(many), b"1"].concat()), "ok"),
        ("csv_utf32", [&[0xff, 0xfe, 0, 0][..], &b"A\0\0\0".repeat(many)].concat(), "any"),
        ("csv_bytes_of_no_encoding", below(&b"1;\xff\xfe\x80\xc3;x\n".repeat(many)), "ok"),
        ("csv_marks_of_order_everywhere", below(&b"\xef\xbb\xbf1;\xef\xbb\xbfSITI;x\n".repeat(many)), "ok"),
    ]
}
