//! The page around the sections: title, way-finding, foot.

use super::sections;
use super::view::View;
use super::widgets::{t, w};
use super::words::{Both, Day, say};
use crate::shell::Shell;
use bansos::Bilingual;
use maud::{Markup, html};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

pub(crate) fn page(view: &View) -> Markup {
    let about = &view.data.about;
    let region = if about.region.is_empty() {
        Bilingual::new("Wilayah tidak dikenal", "Region not known")
    } else {
        about.region.both()
    };
    let parts = [
        ("berkas", Bilingual::new("Berkas", "Files"), sections::files::render(view)),
        ("masalah", Bilingual::new("Masalah", "Problems"), sections::findings::render(view)),
        ("ganda", Bilingual::new("Ganda", "Duplicates"), sections::duplicates::render(view)),
        ("register", Bilingual::new("Register", "Registers"), sections::registers::render(view)),
        ("verivali", Bilingual::new("Verivali", "Verification"), sections::verivali::render(view)),
        ("desil", Bilingual::new("Desil", "Deciles"), sections::ranking::render(view)),
        ("program", Bilingual::new("Program", "Programmes"), sections::programmes::render(view)),
        ("penerimaan", Bilingual::new("Penerimaan", "Receipt"), sections::receipt::render(view)),
        ("sasaran", Bilingual::new("Sasaran", "Targeting"), sections::targeting::render(view)),
        ("wilayah", Bilingual::new("Wilayah", "Places"), sections::places::render(view)),
        ("hitungan", Bilingual::new("Pencocokan", "Totals"), sections::closing::render(view)),
        ("cara", Bilingual::new("Cara kerja", "Method"), sections::method::render(view)),
    ];
    let title = format!("Laporan register – {}", region.id);
    let body = html! {
        a.skip href="#ringkas" { (w("Langsung ke ringkasan", "Skip to the summary")) }
        header {
            div.tools {
                div.switch role="group" aria-label="Bahasa / Language" hidden {
                    button type="button" data-to="id" aria-pressed="true" { "Indonesia" }
                    button type="button" data-to="en" aria-pressed="false" { "English" }
                }
                button.print type="button" hidden { (w("Cetak", "Print")) }
            }
            p.eyebrow { (w("Laporan register kesejahteraan sosial", "Social register report")) }
            h1 { (t(&region)) @if !about.province.is_empty() { span { (about.province) } } }
            p.when { (t(&say!("Keadaan per {day}", "As of {day}", day = Day(&about.as_of)))) }
            @if about.synthetic { p.demo { (w("Contoh: semua orang dan nomor dalam data ini rekaan.", "Demonstration: all persons and numbers in these data are invented.")) } }
        }
        main {
            (sections::summary::render(view))
            nav aria-label="Isi / Contents" {
                ul { @for (id, name, body) in &parts { @if !body.0.is_empty() { li { a href=(format!("#{id}")) { (t(name)) } } } } }
            }
            @for (_, _, body) in &parts { (body) }
        }
        footer { p { (t(&say!("Dibuat dengan bansos {version}. Tidak ada data pribadi di halaman ini.", "Made with bansos {version}. No personal data on this page.", version = about.version))) } }
    };
    Shell { lang: None, title: &title, style: STYLE, script: SCRIPT }.around(&body)
}
