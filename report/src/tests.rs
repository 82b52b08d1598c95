//! The whole page: well formed, by itself, safe, and adding up.

use super::data::*;
use super::sample::kabupaten;
use super::*;
use bansos::Bilingual;
use proptest::prelude::*;

fn page(data: &ReportData, small_cell: u32) -> String {
    html(data, &ReportOptions { small_cell })
}

/// Walks the tags of the page; every open tag must be closed in order.
fn well_formed(html: &str) -> Vec<String> {
    const VOID: [&str; 6] = ["meta", "br", "wbr", "link", "img", "input"];
    let mut open: Vec<String> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!DOCTYPE html>") {
            rest = after;
            continue;
        }
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closing tag");
            continue;
        }
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        assert!(!name.is_empty(), "a bare < in the text: {tag}");
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes of {tag}");
        if let Some(id) = tag.split(" id=\"").nth(1).and_then(|x| x.split('"').next()) {
            assert!(!ids.contains(&id.to_owned()), "id {id} twice");
            ids.push(id.to_owned());
        }
        if name == "style" || name == "script" {
            let close = format!("</{name}>");
            rest = &rest[rest.find(&close).expect("closed") + close.len()..];
        } else if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    ids
}

#[test]
fn the_page_is_well_formed_and_its_links_lead_somewhere() {
    for data in [kabupaten(1, 10), ReportData::default()] {
        let html = page(&data, 5);
        let ids = well_formed(&html);
        for attribute in ["href=\"#", "aria-labelledby=\""] {
            for link in html.split(attribute).skip(1) {
                let to = link.split('"').next().unwrap();
                assert!(ids.iter().any(|id| id == to), "{attribute}{to} leads nowhere");
            }
        }
        if std::env::var("BANSOS_REPORT_OUT").is_ok() && !data.files.is_empty() {
            std::fs::write(std::env::var("BANSOS_REPORT_OUT").unwrap(), html).unwrap();
        }
    }
}

#[test]
fn nothing_is_fetched_from_anywhere() {
    let html = page(&kabupaten(2, 10), 5);
    for bad in
        ["http:", "https:", "//cdn", "@import", "url(", " src=", "<link", "fetch(", "XMLHttp", "<iframe", "<form"]
    {
        assert!(!html.contains(bad), "{bad}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn names_are_escaped() {
    let mut data = kabupaten(3, 10);
    data.about.region = "Kab. <b>A</b> & \"B\"".into();
    data.areas[0].desa.name = "Desa <script>alert(1)</script>".into();
    data.files[0].name = "a\"><img onerror=x>.csv".into();
    data.findings[0].message = Bilingual::new("a < b & c", "a > b \"c\"");
    let html = page(&data, 5);
    well_formed(&html);
    assert!(html.contains("Kab. &lt;b&gt;A&lt;/b&gt; &amp; &quot;B&quot;"));
    assert!(!html.contains("alert(1)</script>") && !html.contains("<img"));
}

#[test]
fn every_section_is_there_in_both_languages() {
    let html = page(&kabupaten(1, 10), 5);
    for id in [
        "ringkas",
        "berkas",
        "masalah",
        "ganda",
        "register",
        "verivali",
        "desil",
        "program",
        "penerimaan",
        "wilayah",
        "hitungan",
        "cara",
    ] {
        assert!(html.contains(&format!("<section id=\"{id}\"")) || html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    // The root names its language twice (`lang`, `data-lang`); everything else is said in pairs.
    assert_eq!(html.matches("lang=\"id\"").count() - 2, html.matches("lang=\"en\"").count());
}

#[test]
fn a_report_of_nothing_says_so_without_falling_over() {
    let html = page(&ReportData::default(), 5);
    assert!(html.contains("Wilayah tidak dikenal"));
    assert!(html.contains("Tidak ada temuan."));
}

#[test]
fn the_sample_closes_and_a_wrong_count_is_cried_out() {
    let mut data = kabupaten(5, 10);
    let html = page(&data, 5);
    assert!(!html.contains("role=\"alert\""), "the made-up kabupaten must close");
    data.totals.families += 1;
    assert!(page(&data, 5).contains("role=\"alert\""));
    let mut data = kabupaten(5, 10);
    data.files[0].rows_read += 1;
    assert!(page(&data, 5).contains("role=\"alert\""));
}

/// A table read back from the page: its caption, and its rows of numbers (`None`: hidden), the last of them the sum.
fn tables(html: &str) -> Vec<(String, Vec<Vec<Option<u64>>>)> {
    let text = |cell: &str| {
        let cell = cell.split("<span lang=\"en\"").next().unwrap_or("");
        let mut out = String::new();
        let mut inside = false;
        for c in cell.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out
    };
    html.split("<caption>")
        .skip(1)
        .map(|table| {
            let table = table.split("</table>").next().unwrap();
            let (caption, body) = table.split_once("</caption>").unwrap();
            let body = body.split("<tbody>").nth(1).unwrap();
            let rows = body
                .split("<tr")
                .skip(1)
                .map(|row| {
                    row.split("<td")
                        .skip(1)
                        .filter(|c| c.starts_with(" class=\"n"))
                        .filter_map(|cell| {
                            let cell = text(&cell[cell.find('>').unwrap() + 1..]);
                            if cell.contains('%') || cell.contains("Rp") {
                                return None;
                            }
                            Some(cell.replace('.', "").parse().ok())
                        })
                        .collect()
                })
                .collect();
            (text(caption), rows)
        })
        .collect()
}

#[test]
fn every_table_with_a_sum_adds_up() {
    let html = page(&kabupaten(7, 30), 0);
    let summed = [
        "Berkas dan barisnya",
        "Masalah per kecamatan",
        "Orang menurut gabungan register",
        "Keluarga menurut gabungan register",
        "Orang menurut alasan verivali",
        "Rekap alasan verivali per kecamatan",
        "Ukuran desil",
        "Keluarga per desil dan kecamatan",
        "Keputusan PKH",
        "PKH per kecamatan",
        "PKH: penerimaan menurut data dan kelayakan",
        "PKH: selisih per kecamatan",
    ];
    let all = tables(&html);
    let mut seen = 0;
    for (caption, rows) in
        all.iter().filter(|(c, _)| summed.contains(&c.as_str()) || c.starts_with("Desa/kelurahan di "))
    {
        seen += 1;
        let (sum, parts) = rows.split_last().unwrap();
        for c in 0..sum.len() {
            let added: u64 = parts.iter().map(|r| r[c].expect("nothing is hidden here")).sum();
            assert_eq!(Some(added), sum[c], "{caption}, column {c}");
        }
    }
    assert!(seen >= summed.len() + 20, "only {seen} tables seen");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// No small number stands anywhere in a table of people or families, and no column with one hidden cell beside its sum.
    #[test]
    fn no_small_count_is_printed(seed in 0_u64..5000, k in 3_u32..8) {
        let data = kabupaten(seed, 3);
        let html = page(&data, k);
        let of_rows = ["Berkas dan barisnya", "Baris yang ditahan, menurut alasan", "Dari baris menjadi orang", "Semua persamaan", "Ciri keluarga per desil, persen"];
        for (caption, rows) in tables(&html).into_iter().filter(|(c, _)| !of_rows.contains(&c.as_str())) {
            for n in rows.iter().flatten().flatten() {
                prop_assert!(*n == 0 || *n >= u64::from(k), "{} shows {}", caption, n);
            }
            let summed = caption.contains("per kecamatan") || caption.starts_with("Desa/kelurahan di ") || caption.starts_with("Keputusan");
            if let Some((sum, parts)) = rows.split_last().filter(|_| summed) {
                for (c, total) in sum.iter().enumerate() {
                    let hidden = parts.iter().filter(|r| r.get(c).is_some_and(Option::is_none)).count();
                    if total.is_some() {
                        prop_assert!(hidden != 1, "{}: column {} gives its one hidden count away", caption, c);
                    }
                }
            }
        }
    }
}
