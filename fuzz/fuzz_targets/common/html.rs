//! Web pages, from bytes.

use super::{TITLES, read_book, spell};

const WORDS: [&str; 48] = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<td colspan=",
    "<td rowspan=",
    "<td x:num=\"",
    "<td a='",
    "\">",
    "'>",
    ">",
    "<",
    "2",
    "16384",
    "1000000000",
    "-1",
    "1048576",
    "3508161103659001",
    "3.50816E+15",
    "11/03/1965",
    "SITI AMINAH",
    "L",
    "<br>",
    "<p>",
    "</p>",
    "<caption>",
    "<script>",
    "</script>",
    "<style>",
    "<title>",
    "</title>",
    "<!--",
    "-->",
    "&nbsp;",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "<thead>",
    "</tbody>",
    " ",
    "\r\n",
    "\0",
    "\u{feff}",
    "<plaintext>",
    "<xml>",
];

/// A register below a known header, and the words by themselves.
pub fn page(data: &[u8]) {
    let words = spell(data, &WORDS);
    let head: String = TITLES.iter().map(|title| format!("<th>{title}")).collect();
    for page in [format!("<table><tr>{head}<tr>{words}"), format!("<html>{words}")] {
        read_book("x.xls", page.into_bytes());
    }
}
