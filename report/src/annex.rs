//! The report's numbers by desa as tables for a spreadsheet: one for the whole, one for each kecamatan to be handed on. What the
//! page hides is hidden here too.

use super::data::{ReportData, ReportOptions};
use super::suppress::Shown;
use super::view::View;
use super::words::{Both, Count};

/// A table of text cells.
pub struct Sheet {
    /// File name.
    pub name: String,
    /// Column names.
    pub header: Vec<String>,
    /// One row for each desa.
    pub rows: Vec<Vec<String>>,
}

/// `per-desa.csv` and one sheet for each kecamatan.
#[must_use]
pub fn sheets(data: &ReportData, options: &ReportOptions) -> Vec<Sheet> {
    let view = View::new(data, *options);
    let header = header(&view);
    let mut all = Sheet {
        name: if view.levels.lifted { "per-kecamatan.csv" } else { "per-desa.csv" }.into(),
        header: header.clone(),
        rows: Vec::new(),
    };
    let mut each = Vec::new();
    for (i, kecamatan) in view.places.iter().enumerate() {
        let rows: Vec<Vec<String>> = (0..kecamatan.desa.len()).map(|j| row(&view, i, j)).collect();
        all.rows.extend(rows.iter().cloned());
        let name = file_name(&kecamatan.code, &kecamatan.name.id);
        each.push(Sheet { name, header: header.clone(), rows });
    }
    each.insert(0, all);
    each
}

fn header(view: &View) -> Vec<String> {
    let places = match view.levels.lifted {
        false => ["kode_kecamatan", "kecamatan", "kode_desa", "desa"],
        true => ["kode_kabupaten", "kabupaten", "kode_kecamatan", "kecamatan"],
    };
    let counts = ["keluarga", "orang", "kesalahan", "peringatan"];
    let mut header: Vec<String> = places.into_iter().chain(counts).map(str::to_owned).collect();
    if !view.data.verivali.is_empty() {
        header.push("perlu_verivali".into());
    }
    for d in view.decided.iter().filter(|d| d.decides()) {
        header.extend(["layak", "tidak_layak", "belum"].map(|o| format!("{}_{o}", d.programme.code)));
    }
    header
}

fn row(view: &View, i: usize, j: usize) -> Vec<String> {
    let Some((kecamatan, desa)) = view.places.get(i).and_then(|k| Some((k, k.desa.get(j)?))) else { return Vec::new() };
    let mut row = vec![
        kecamatan.code.clone(),
        kecamatan.name.id.to_string(),
        desa.code.clone(),
        desa.name.id.to_string(),
        desa.counts.families.to_string(),
        desa.counts.persons.to_string(),
    ];
    let mut cell = |shown: Shown| {
        row.push(match shown {
            Shown::Exact(n) => n.to_string(),
            hidden => Count(hidden, view.k).both().id.into_owned(),
        });
    };
    cell(view.severity.desa_at(i, j, 0));
    cell(view.severity.desa_at(i, j, 1));
    if !view.data.verivali.is_empty() {
        cell(view.reasons.desa_at(i, j, 0));
    }
    for d in view.decided.iter().filter(|d| d.decides()) {
        for outcome in 0..3 {
            cell(d.outcomes.desa_at(i, j, outcome));
        }
    }
    row
}

/// `350801-tempursari.csv`: letters, digits and hyphens only, so that it can be sent and saved anywhere.
fn file_name(code: &str, name: &str) -> String {
    let words = [code, name].into_iter().flat_map(|s| s.split(|c: char| !c.is_ascii_alphanumeric()));
    let words: Vec<String> = words.filter(|w| !w.is_empty()).map(str::to_ascii_lowercase).collect();
    if words.is_empty() { "tanpa-nama.csv".to_owned() } else { words.join("-") + ".csv" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::kabupaten;

    #[test]
    fn file_names_can_be_saved_anywhere() {
        assert_eq!(file_name("350801", "Tempursari"), "350801-tempursari.csv");
        assert_eq!(file_name("640201", "Muara / Jawa  (Ulu)"), "640201-muara-jawa-ulu.csv");
        assert_eq!(file_name("", "Wilayah tidak dikenal"), "wilayah-tidak-dikenal.csv");
        assert_eq!(file_name("", "../.."), "tanpa-nama.csv");
    }

    #[test]
    fn the_sheets_hold_every_desa_once_and_no_small_count() {
        let data = kabupaten(11, 10);
        let sheets = sheets(&data, &ReportOptions { small_cell: 5 });
        let (all, each) = sheets.split_first().unwrap();
        assert_eq!(all.rows.len(), each.iter().map(|s| s.rows.len()).sum::<usize>());
        let families: u64 = all.rows.iter().map(|r| r[4].parse::<u64>().unwrap()).sum();
        assert_eq!(families, data.totals.families);
        for row in &all.rows {
            assert_eq!(row.len(), all.header.len());
            for cell in &row[4..] {
                assert!(cell.parse::<u64>().map_or(cell == "<5" || cell == "•", |n| n == 0 || n >= 5), "{cell}");
            }
        }
        let mut names: Vec<&String> = sheets.iter().map(|s| &s.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), sheets.len());
    }
}
