//! Pages that lie.

use super::Case;

const HEAD: &str = "<table><tr><th>nik<th>nama<th>tgl</tr>";

/// Cells over very many others, texts and tags without end, and tables of very many tables.
pub fn cases(large: bool) -> Vec<Case> {
    let long = if large { 300 << 20 } else { 20 << 20 };
    let many = if large { 1_000_000 } else { 20_000 };
    let page = |rest: &str| [HEAD, rest].concat().into_bytes();
    let fill = |before: &str, part: &str, after: &str| {
        let mut bytes = page(before);
        bytes.extend(part.as_bytes().repeat(long / part.len()));
        bytes.extend(after.as_bytes());
        bytes
    };
    let row = "<tr><td>1<td>SITI<td>x";
    let table = format!("{HEAD}{row}</table>");
    let text = "A".repeat(1 << 20);
    let utf16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("html_colspan_1e9", page("<tr><td colspan=1000000000>1"), "beyond"),
        ("html_colspan_20_digits", page("<tr><td colspan=99999999999999999999>1"), "beyond"),
        ("html_colspan_16385", page("<tr><td>1<td colspan=16384>x"), "beyond"),
        ("html_colspan_of_nothing", page("<tr><td colspan=-4>1<td colspan=0>x<td colspan=x>x"), "ok"),
        ("html_rowspan_1e9", page("<tr><td rowspan=1000000000>1"), "beyond"),
        ("html_rowspan_over_the_end", page("<tr><td rowspan=1048576>1<td>SITI"), "ok"),
        (
            "html_wide_cell_over_rows",
            page(&format!("<tr><td colspan=16384 rowspan=1048576>x{}", "<tr><td>1".repeat(many))),
            "beyond",
        ),
        ("html_wide_rows", page(&"<tr><td colspan=16384>x".repeat(many)), "text"),
        (
            "html_text_in_a_million_rows",
            page(&format!("<tr><td rowspan=1048576>{text}{}", "<tr><td>1".repeat(many))),
            "text",
        ),
        ("html_one_cell", fill("<tr><td>", "BUDI SANTOSO ", ""), "long"),
        ("html_one_comment", fill("<!--", "BUDI\0", "-->"), "long"),
        ("html_one_tag", fill("<tr><td ", "A", ">1"), "long"),
        ("html_one_attribute", fill("<tr><td a=\"", "A", "\">1"), "long"),
        ("html_attributes", fill("<tr><td ", "a=1 ", ">1"), "ok"),
        ("html_one_script", fill("<script>", "<td>1", "</script>"), "long"),
        ("html_one_doctype", fill("<!doctype ", "A", ">"), "long"),
        ("html_one_entity", fill("<tr><td>&#", "9", ";"), "any"),
        ("html_line_outside_of_cells", fill("</table>", "A", ""), "long"),
        ("html_lines_outside_of_cells", fill(&format!("{row}</table>"), "<p>BUDI", &table), "ok"),
        ("html_one_row", fill("<tr>", "<td>BUDI</td>", ""), "beyond"),
        ("html_rows_of_nothing", fill(row, "<tr>", ""), "ok"),
        ("html_ends_of_nothing", fill(row, "</table>", ""), "ok"),
        ("html_within_each_other", page(&"<table><tr><td>".repeat(many)), "sheets"),
        ("html_texts_within_each_other", page(&format!("<table><tr><td>{text}{text}{text}{text}").repeat(40)), "long"),
        ("html_many_small_tables", "<table><tr><td>1</table>".repeat(many * 4).into_bytes(), "sheets"),
        ("html_300_tables", table.repeat(300).into_bytes(), "sheets"),
        ("html_200_tables", table.repeat(200).into_bytes(), "ok"),
        ("html_cut_in_a_comment", page("<tr><td>1<td>SITI<!-- "), "cut"),
        ("html_cut_in_an_attribute", page("<tr><td>1<td style=\"x"), "cut"),
        ("html_not_closed", page("<tr><td>1<td>SITI"), "ok"),
        ("html_cut_in_a_letter", utf16.get(..utf16.len() - 3).unwrap_or_default().to_vec(), "ok"),
        ("html_zeros", [HEAD.as_bytes(), &vec![0; long]].concat(), "long"),
        ("html_bytes_of_no_encoding", [HEAD.as_bytes(), &b"<tr><td>\xff\xfe\x80\xc3<td>x".repeat(many)].concat(), "ok"),
        (
            "html_numbers",
            page(&format!("<tr><td x:num=\"1e300\">1E+300<td x:num=\"{}\">1E9<td x:num=nan>1e9", "9".repeat(99))),
            "ok",
        ),
        ("html_no_table", "<html><body>BUDI SANTOSO".repeat(9).into_bytes(), "read.web_page"),
    ]
}
