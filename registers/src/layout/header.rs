//! A header of one row or several: what each column goes by, the surest name first. Hints in brackets, stars and line breaks are
//! no part of a name, and a word over several columns belongs to each of them.

use super::normal;
use crate::read::block::card_in;

/// Rows that a header may have.
pub(super) const ROWS: usize = 3;

/// What a column goes by.
pub(crate) struct Heading {
    /// As the file has it, row by row.
    pub(crate) shown: String,
    /// Names in the order they are tried: whole, without hints, without the words over it.
    pub(crate) names: [Vec<String>; 3],
}

/// Words over columns that are about somebody else than the row: `AYAH` over `NAMA` is not the name.
const OTHERS: [&str; 14] = [
    "ayah",
    "ibu",
    "bapak",
    "orangtua",
    "tua",
    "ortu",
    "wali",
    "saksi",
    "petugas",
    "pendamping",
    "pendata",
    "rekening",
    "bank",
    "dukcapil",
];

/// Hints of how to fill a column, behind or below its name.
const HINTS: [&str; 36] = [
    "16 digit",
    "16 angka",
    "dd/mm/yyyy",
    "dd-mm-yyyy",
    "dd.mm.yyyy",
    "mm/dd/yyyy",
    "yyyy-mm-dd",
    "yyyy/mm/dd",
    "dd/mm/yy",
    "hh/bb/tttt",
    "hh-bb-tttt",
    "tgl/bln/thn",
    "tgl-bln-thn",
    "tanggal/bulan/tahun",
    "hari/bulan/tahun",
    "laki-laki/perempuan",
    "laki/perempuan",
    "lk/pr",
    "lk/p",
    "l/p",
    "p/l",
    "ya/tidak",
    "y/t",
    "y/n",
    "wajib diisi",
    "harus diisi",
    "wajib",
    "opsional",
    "sesuai ktp/kk",
    "sesuai kk/ktp",
    "sesuai ktp-el",
    "sesuai e-ktp",
    "sesuai ktp",
    "sesuai kartu keluarga",
    "sesuai kk",
    "required",
];

/// The names of the columns under these rows.
pub(crate) fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let spread: Vec<Vec<Option<&str>>> = rows.iter().map(|row| spread(row, width)).collect();
    (0..width).map(|column| heading(&stack(rows, &spread, column))).collect()
}

/// The words of a row, each up to the next.
fn spread(row: &[String], width: usize) -> Vec<Option<&str>> {
    let mut last = None;
    let word = |column| {
        last = cell(row, column).or(last);
        last
    };
    (0..width).map(word).collect()
}

/// What stands over a column and in it, top down. A word spreads to the right over columns that have words below it.
fn stack<'r>(rows: &'r [Vec<String>], spread: &[Vec<Option<&'r str>>], column: usize) -> Vec<&'r str> {
    let mut words: Vec<&str> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let below = rows.iter().skip(at + 1).any(|row| cell(row, column).is_some());
        let own = cell(row, column);
        let over = || spread.get(at)?.get(column).copied().flatten().filter(|_| below);
        if let Some(word) = own.or_else(over)
            && words.last() != Some(&word)
        {
            words.push(word);
        }
    }
    words
}

fn cell(row: &[String], at: usize) -> Option<&str> {
    row.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty() && !is_card(cell))
}

/// A family's card beside the names of the columns is no name.
fn is_card(cell: &str) -> bool {
    cell.len() > 18 && card_in(cell).is_some()
}

fn heading(stack: &[&str]) -> Heading {
    let whole: Vec<String> = stack.iter().map(|word| normal(word)).collect();
    let bare: Vec<String> = stack.iter().map(|word| normal(&without_hints(word))).collect();
    let own = |words: &[String]| words.last().cloned().into_iter().collect::<Vec<_>>();
    let about_others = |over: &&str| {
        let lower = over.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| OTHERS.contains(&word))
    };
    let others = stack.iter().rev().skip(1).any(about_others);
    // under a word of birth, a place or a day is that of birth
    let of_birth =
        stack.iter().rev().skip(1).any(|over| ["lahir", "lhr", "ttl"].iter().any(|w| normal(over).contains(w)));
    let born = own(&bare).into_iter().filter(|own| of_birth && !own.contains("lahir")).map(|own| format!("{own}lahir"));
    // what is under a word about somebody else is about them
    let alone = match stack.len() < 2 || others {
        true => Vec::new(),
        false => born.chain(own(&whole)).chain(own(&bare)).collect(),
    };
    Heading { shown: stack.join(" "), names: [joined(&whole), joined(&bare), alone] }
}

/// The words over a column and its own in the orders that a name may have them: `LAHIR`, `TANGGAL` is `TANGGAL LAHIR`.
fn joined(words: &[String]) -> Vec<String> {
    match words {
        [] => Vec::new(),
        [own] => vec![own.clone()],
        [over, own] => vec![format!("{over}{own}"), format!("{own}{over}")],
        [top, over, own, ..] => vec![
            format!("{top}{over}{own}"),
            format!("{over}{own}"),
            format!("{own}{over}"),
            format!("{top}{own}"),
            format!("{own}{top}"),
        ],
    }
}

/// `NIK (16 digit) *` is `NIK`; where nothing would be left, the text stays.
fn without_hints(text: &str) -> String {
    let mut bare = without_brackets(without_number(text.trim())).to_lowercase();
    // `Jenis Kelamin : 1 = L, 2 = P`
    if let Some(at) = bare.find([':', '='])
        && bare.get(..at).is_some_and(|front| front.chars().any(char::is_alphabetic))
    {
        bare.truncate(at);
        bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_owned();
    }
    for hint in HINTS {
        if let Some(at) = bare.find(hint)
            && (at == 0 || bare.get(..at).is_some_and(|front| front.ends_with(|c: char| !c.is_alphanumeric())))
        {
            bare.replace_range(at..at + hint.len(), " ");
        }
    }
    if bare.chars().any(char::is_alphanumeric) { bare } else { text.to_owned() }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut outside = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// `2. NIK` and `b) NIK` are `NIK`.
fn without_number(text: &str) -> &str {
    let Some((number, rest)) = text.split_once(['.', ')']) else { return text };
    let digits = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_alphabetic());
    if (digits || letter) && rest.chars().any(char::is_alphabetic) { rest.trim_start() } else { text }
}

/// Whether a row may be a header, or one of the rows of one: words, and no value.
pub(super) fn is_words(row: &[String], one_of_several: bool) -> bool {
    let filled = || row.iter().filter(|cell| !cell.trim().is_empty() && !is_card(cell.trim()));
    let digits = |cell: &str| cell.bytes().filter(u8::is_ascii_digit).count();
    let number = |cell: &str| digits(cell) >= 10 || (digits(cell) >= 6 && !cell.contains(char::is_alphabetic));
    let value = |cell: &String| {
        if one_of_several { number(cell) || bansos::date::read(cell).date.is_some() } else { digits(cell) >= 10 }
    };
    filled().count() > 0 && !filled().any(value)
}

/// Whether the last of these rows only parts what stands over several columns: all its cells are below a word that spreads over
/// empty ones. `JENIS KELAMIN` over `L | P`.
pub(super) fn parts_spans(rows: &[Vec<String>]) -> bool {
    let [.., over, last] = rows else { return false };
    let filled = || (0..last.len()).filter(|at| cell(last, *at).is_some());
    let spread = |at: usize| cell(over, at).is_none() || cell(over, at + 1).is_none();
    // a title stands over the whole table
    let alone = (0..over.len()).filter(|at| cell(over, *at).is_some() && cell(last, *at).is_none()).count();
    alone > 1 && filled().count() > 1 && filled().all(spread) && filled().any(|at| cell(over, at).is_none())
}

/// Whether a row below the header only says how to fill the columns: `(16 digit)`, `DD/MM/YYYY`, `L/P`.
pub(crate) fn is_hints(row: &[String]) -> bool {
    let said: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let hint = |cell: &&str| {
        let lower = cell.to_lowercase();
        (cell.starts_with('(') && cell.ends_with(')')) || HINTS.iter().any(|hint| lower == *hint)
    };
    said.len() >= 2 && said.iter().all(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn hints_are_no_part_of_a_name() {
        for text in [
            "NIK (16 digit) *",
            "NIK*",
            "NIK\n[wajib]",
            "=\"NIK\"",
            "'NIK",
            "2. NIK",
            "NIK : 16 angka",
            "NIK 16 digit",
            "NIK (16 digit",
            "b) NIK sesuai KTP",
        ] {
            assert_eq!(normal(&without_hints(text)), "nik", "{text}");
        }
        assert_eq!(normal(&without_hints("TGL LAHIR DD/MM/YYYY")), "tgllahir");
        assert_eq!(normal(&without_hints("Jenis Kelamin 1=L 2=P")), "jeniskelamin");
        assert_eq!(normal(&without_hints("(NIK)")), "nik");
        assert_eq!(normal(&without_hints("301a")), "301a");
    }

    #[test]
    fn words_spread_over_the_columns_below_them() {
        let header = rows(&[&["NO", "NAMA", "LAHIR", "", "AYAH", ""], &["", "", "TEMPAT", "TANGGAL", "NAMA", "NIK"]]);
        let all = headings(&header);
        assert_eq!(all[1].names[0], ["nama"]);
        assert!(all[3].names[0].contains(&"tanggallahir".to_owned()));
        assert!(all[3].names[2].contains(&"tanggal".to_owned()));
        assert!(all[5].names[2].is_empty(), "the father's");
        assert_eq!(all[2].shown, "LAHIR TEMPAT");
    }

    #[test]
    fn rows_of_values_are_no_header() {
        for row in [vec!["1", "3508161103659001"], vec!["SITI", "11 Maret 1965"], vec!["", ""]] {
            assert!(!is_words(&rows(&[&row])[0], true), "{row:?}");
        }
        assert!(is_words(&rows(&[&["NIK (16 digit)", "Desil per 10 Juli 2026"]])[0], true));
        assert!(is_hints(&rows(&[&["(16 digit)", "", "L/P"]])[0]) && !is_hints(&rows(&[&["SITI", "L/P"]])[0]));
    }
}
