//! How the registers agree: who stands in which of them.

use super::register;
use crate::charts;
use crate::suppress::Shown;
use crate::view::{Agreement, View};
use crate::widgets::{count, drawer, legend, section, share, t, table, td, tdn, th_n, th_said, v, w};
use crate::words::{Share, say};
use bansos::Bilingual;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    let persons = &view.persons_in;
    if persons.sources.len() < 2 {
        return html! {};
    }
    let n = persons.sources.len();
    let heads = view.data.files.iter().find(|f| f.unit == "family_head").map(|f| register(&f.source));
    let lead = html! { p {
        @if let (Some(every), Some((widest, out))) = (persons.in_exactly(n), persons.outside_widest()) {
            (t(&say!(
                "{a} orang ada di semua register. {b} orang tidak ada di {widest}, register yang terluas: merekalah yang pertama-tama perlu dicari di lapangan.",
                "{a} of persons stand in every register. {b} persons are not in {widest}, the widest register: they are the first to be looked for in the field.",
                a = Share(every, persons.total()), b = out, widest = register(widest),
            )))
            @if let Some(heads) = heads { " " (t(&say!("{heads} hanya memuat kepala keluarga.", "{heads} holds heads of families only.", heads = heads))) }
        } @else { (w("Siapa tercatat di register mana.", "Who stands in which register.")) }
    } };
    section(
        "register",
        &Bilingual::new("Kesesuaian antar-register", "How the registers agree"),
        &lead,
        &html! {
            div.two {
                @if n == 3 { (venn(persons, view.k)) }
                div { (upset(persons, view.k, &Bilingual::new("Orang menurut gabungan register", "Persons by combination of registers"))) }
            }
            @if !view.families_in.combos.is_empty() {
                (upset(&view.families_in, view.k, &Bilingual::new("Keluarga menurut gabungan register", "Families by combination of registers")))
            }
            (by_kecamatan(view))
        },
    )
}

fn venn(a: &Agreement, k: u64) -> Markup {
    let field = |key: [bool; 3]| a.combos.iter().find(|c| c.0 == key).map_or(Shown::Exact(0), |c| c.2);
    let fields = [
        [true, false, false],
        [false, true, false],
        [true, true, false],
        [false, false, true],
        [true, false, true],
        [false, true, true],
        [true, true, true],
    ]
    .map(field);
    let names: Vec<String> = a.sources.iter().map(|s| register(s)).collect();
    let [x, y, z] = &names[..] else { return html! {} };
    html! { figure {
        (charts::venn("venn-c", [x, y, z], fields, k))
        figcaption id="venn-c" { (t(&say!(
            "Orang di {x}, {y} dan {z}; luas lingkaran tidak menurut jumlah. Angkanya ada di tabel.",
            "Persons in {x}, {y} and {z}; the areas are not to scale. The table has the numbers.",
            x = x, y = y, z = z,
        ))) }
    } }
}

/// Combinations as dots, their counts as bars (UpSet), in a table that can be read aloud.
fn upset(a: &Agreement, k: u64, title: &Bilingual) -> Markup {
    let most = a.combos.iter().filter_map(|c| c.2.exact()).max().unwrap_or(0);
    let head = html! { tr {
        @for (i, s) in a.sources.iter().enumerate() { th.dot scope="col" { (register(s)) @if let Some(n) = a.in_source(i) { br; span.soft { (v(&n)) } } } }
        (th_n("Jumlah", "Count")) (th_n("Bagian", "Share")) th.wide { span.vh { (w("Grafik", "Chart")) } }
    } };
    let body = html! {
        @for (key, _, shown) in &a.combos {
            tr {
                @for (i, on) in key.iter().enumerate() {
                    td.dot { @if *on { i.{ "dot set" (i) } aria-hidden="true" {} span.vh { (w("ada", "in")) } } @else { i.dot.off aria-hidden="true" {} span.vh { (w("tidak", "not in")) } } }
                }
                (td(*shown, k)) (share(*shown, a.total()))
                td.wide { (charts::bar("accent", 0, shown.exact().unwrap_or(0), most)) }
            }
        }
        tr.sum { td colspan=(a.sources.len()) { (w("Jumlah", "Total")) } (tdn(a.total())) td {} td.wide {} }
    };
    html! { div.upset { (table(title, &head, &body)) } }
}

fn by_kecamatan(view: &View) -> Markup {
    let Some(grid) = &view.in_how_many else { return html! {} };
    let n = view.families_in.sources.len();
    let classes: Vec<&str> = ["low", "mid", "high"]
        .into_iter()
        .skip(3_usize.saturating_sub(n))
        .chain(std::iter::repeat("high"))
        .take(n)
        .collect();
    let names: Vec<Bilingual> = (1..=n).map(|i| say!("di {i} register", "in {i} registers", i = i)).collect();
    let head = html! { tr { (th_said(&view.levels.top)) (th_n("Keluarga", "Families")) @for name in &names { th.n scope="col" { (t(name)) } } th.wide { span.vh { (w("Grafik", "Chart")) } } } };
    let body = html! { @for (i, kec) in view.places.iter().enumerate() { tr {
        th scope="row" { (t(&kec.name)) } (tdn(kec.sum.families))
        @for c in 0..n { td.n { (count(grid.at(i, c), view.k)) } }
        td.wide { (charts::stack(&classes.iter().enumerate().map(|(c, class)| (*class, grid.at(i, c))).collect::<Vec<_>>(), kec.sum.families)) }
    } } };
    drawer(
        &t(&say!("Per {per}", "By {per}", per = view.levels.per)),
        &html! {
            (legend(&classes.iter().zip(names.iter().cloned()).map(|(c, n)| (*c, n)).collect::<Vec<_>>()))
            (table(&say!("Keluarga menurut banyaknya register, per {per}", "Families by number of registers, by {per}", per = view.levels.per), &head, &body))
        },
    )
}
