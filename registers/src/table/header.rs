//! Where the header stands, and which of its cells is the column that somebody asks for.

use super::Reading;
use crate::ReadError;
use crate::layout::normal;
use bansos::text::metric::Pattern;

/// The place of a column of a [`Table`](super::Table).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Column(usize);

impl Column {
    /// 0-based place among the header's cells.
    pub const fn place(self) -> usize {
        self.0
    }
}

/// Which row of which reading is the header.
pub(super) struct Header {
    pub(super) reading: usize,
    pub(super) row: usize,
    /// That row is no header but the first data.
    pub(super) data: bool,
}

/// The row that has most of the wanted names; where none is wanted or found, the first row that is filled like the others,
/// under the reading whose rows are even.
pub(super) fn choose(all: &[Reading], wanted: &[String], header_or_data: bool) -> Option<Header> {
    // a column asked for by its number says nothing of the header
    let named = |name: &String| name.chars().any(char::is_alphabetic);
    let wanted: Vec<String> = wanted.iter().map(|name| normal(name)).filter(named).collect();
    // a hidden sheet only where no visible one has any of them
    let mut best: Option<((bool, usize), Header)> = None;
    for (reading, candidate) in all.iter().enumerate() {
        for (row, cells) in candidate.top.iter().enumerate() {
            let names: Vec<String> = cells.iter().map(|c| normal(c)).collect();
            let has = wanted.iter().filter(|name| names.contains(name)).count();
            let has = (has > 0 && !candidate.form.is_hidden(), has);
            if has > best.as_ref().map_or((false, 0), |(most, _)| *most) {
                best = Some((has, Header { reading, row, data: false }));
            }
        }
    }
    best.map(|(_, header)| header).or_else(|| plain(all, header_or_data))
}

fn plain(all: &[Reading], header_or_data: bool) -> Option<Header> {
    let (mut best, mut found) = ((0, 0), None);
    for (reading, candidate) in all.iter().enumerate() {
        let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let most = candidate.top.iter().map(filled).max().unwrap_or(0);
        let Some(row) = candidate.top.iter().position(|row| filled(row) * 2 >= most.max(1)) else { continue };
        let width = candidate.top.get(row).map_or(0, Vec::len);
        let even = candidate.top.iter().filter(|row| row.len() == width).count();
        let worth = if width > 1 { (even, width) } else { (0, width) };
        // the first reading wins a draw; another sheet is no better reading of the file than the first
        let hidden = candidate.form.is_hidden() && all.iter().any(|other| !other.form.is_hidden());
        if (found.is_none() && !hidden) || (worth > best && matches!(candidate.form, super::Form::Delimited { .. })) {
            let data = header_or_data && candidate.top.get(row).is_some_and(|row| is_data(row));
            (best, found) = (worth, Some(Header { reading, row, data }));
        }
    }
    found
}

/// A row is data where a cell has ten digits or more, or no cell has a letter.
fn is_data(row: &[String]) -> bool {
    let digits = |cell: &String| cell.bytes().filter(u8::is_ascii_digit).count();
    row.iter().any(|cell| digits(cell) >= 10) || !row.iter().any(|cell| cell.chars().any(char::is_alphabetic))
}

/// The column as its name stands, else by its name without case, spaces, `_` and punctuation, else by its number from 1.
/// `Err`: two columns have that name.
pub(super) fn find(columns: &[String], width: usize, name: &str) -> Result<Option<Column>, String> {
    let asked = normal(name);
    let exact = |column: &String| column == name.trim();
    let alike = |column: &String| !asked.is_empty() && normal(column) == asked;
    // of two equal names the second would pass by unseen: `nik mask` would mask one of them
    for fits in [&exact as &dyn Fn(&String) -> bool, &alike] {
        let mut found = columns.iter().enumerate().filter(|(_, column)| fits(column));
        if let Some((at, column)) = found.next() {
            return if found.next().is_some() { Err(column.clone()) } else { Ok(Some(Column(at))) };
        }
    }
    let number = name.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    Ok(number.filter(|at| *at < width).map(Column))
}

/// Whether the cells are surely names of columns: none is a number or a day, and either one of them was asked for, or some
/// column has letters at the top and below them numbers and days alone. A file without a header would show somebody's data.
pub(crate) fn has_names(header: &[String], below: &[Vec<String>], wanted: &[String]) -> bool {
    let asked = |cell: &String| {
        let name = normal(cell);
        !name.is_empty() && wanted.iter().any(|wanted| normal(wanted) == name)
    };
    let blank = |cell: &str| cell.trim().is_empty();
    let differs = |at: usize| {
        let mut cells = below.iter().filter_map(|row| row.get(at)).filter(|cell| !blank(cell)).peekable();
        cells.peek().is_some() && cells.all(|cell| is_value(cell))
    };
    let named = |(at, cell): (usize, &String)| asked(cell) || (!blank(cell) && differs(at));
    !header.iter().any(|cell| is_value(cell)) && header.iter().enumerate().any(named)
}

/// A number, a day, or a cell with as many digits as an identifier has.
pub(crate) fn is_value(cell: &str) -> bool {
    let digits = cell.chars().filter(|c| c.is_numeric()).count();
    let number = || cell.trim().replace(',', ".").parse::<f64>().is_ok();
    digits >= 8 || (digits > 0 && (number() || bansos::date::read(cell).date.is_some()))
}

/// A column less like the name asked for than this is no help.
const ALIKE: f64 = 0.7;

/// What is said of a column that is not there, with the nearest of those that may be shown.
pub(super) fn absent(file: String, columns: &[String], names: &[&str]) -> ReadError {
    let column = names.join(" / ");
    let asked: Vec<String> = names.iter().map(|name| normal(name)).collect();
    let mut near: Vec<(f64, &String)> = columns
        .iter()
        .filter(|column| !column.is_empty() && column.chars().count() <= 40)
        .map(|column| {
            let own = normal(column);
            let alike = |name: &String| {
                let mut pattern = Pattern::default();
                pattern.set(name.as_bytes());
                let part = !own.is_empty() && (own.contains(name.as_str()) || name.contains(own.as_str()));
                pattern.jaro_winkler(own.as_bytes()).max(f64::from(u8::from(part)) * 0.9)
            };
            (asked.iter().map(alike).fold(0.0, f64::max), column)
        })
        .collect();
    near.retain(|(alike, _)| *alike >= ALIKE);
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let nearest: Vec<&str> = near.iter().take(3).map(|(_, column)| column.as_str()).collect();
    let nearest = if nearest.is_empty() { "–".to_owned() } else { nearest.join(", ") };
    ReadError::NoColumn { file, column, nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn one_rule_finds_a_column() {
        let header = columns(&["No. KK", "Nama_Lengkap", "NIK", "nik", "Kab/Kota", "Desa", "DESA "]);
        let at = |name: &str| find(&header, header.len(), name).map(|c| c.map(Column::place));
        assert_eq!(at("no_kk"), Ok(Some(0)));
        assert_eq!(at("NAMA LENGKAP"), Ok(Some(1)));
        assert_eq!((at("NIK"), at("nik")), (Ok(Some(2)), Ok(Some(3))), "as it stands goes first");
        assert_eq!(at("kab kota"), Ok(Some(4)));
        assert_eq!(at("dEsa"), Err("Desa".to_owned()), "two columns of that name");
        assert_eq!((at("2"), at("8"), at("0"), at("")), (Ok(Some(1)), Ok(None), Ok(None), Ok(None)));
    }

    #[test]
    fn the_nearest_columns_are_named_and_no_data() {
        let said = |names: &[&str]| absent("x.csv".to_owned(), &columns(names), &["no_kk"]).to_string();
        let text = said(&["Nama", "No Kartu Keluarga", "Nomor KK", "Umur"]);
        assert!(text.contains("no_kk") && text.contains("Nomor KK"), "{text}");
        assert!(said(&[]).contains('–'));
        let named = |top: &[&str], below: &[&[&str]]| {
            has_names(&columns(top), &below.iter().map(|row| columns(row)).collect::<Vec<_>>(), &columns(&["no_kk"]))
        };
        assert!(named(&["Nama", "Umur"], &[&["SITI", "44"], &["BUDI", ""]]));
        assert!(!named(&["SITI", "3508126801809001"], &[&["BUDI", "3508126801809002"]]));
        assert!(!named(&["SITI AMINAH", "12 Mei 1980"], &[&["BUDI", "13 Mei 1980"]]));
        assert!(!named(&["SITI", "JL MELATI"], &[&["BUDI", "JL MAWAR"]]), "nothing tells the top from the rest");
        assert!(!named(&["SITI", "tidak ada"], &[&["BUDI", "3508126801809002"], &["TONO", "tidak ada"]]));
        assert!(!named(&["Nama"], &[]));
        assert!(named(&["Nama", "No. KK"], &[]), "one was asked for");
    }
}
