//! Every kecamatan with its desa on one sheet: what a camat or a village head asks for.

use super::programmes::OUTCOMES;
use crate::plain::plain;
use crate::view::View;
use crate::widgets::{drawer, section, t, table, td, tdn, th_n, v, w};
use crate::words::say;
use bansos::Bilingual;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    let lead = html! { p { (t(&say!(
        "Buka satu {per} untuk melihat {leaves} di dalamnya. Saat dicetak, semuanya terbuka.",
        "Open a {per} to see its {leaves}. In print all are open.",
        per = view.levels.per,
        leaves = view.levels.leaves,
    ))) } };
    section(
        "wilayah",
        &Bilingual::new("Menurut wilayah", "By place"),
        &lead,
        &html! {
            div.sheets { @for (i, _) in view.places.iter().enumerate() { (sheet(view, i)) } }
        },
    )
}

fn sheet(view: &View, i: usize) -> Markup {
    let Some(kec) = view.places.get(i) else { return html! {} };
    let title = html! {
        b { (t(&kec.name)) } span.soft { (t(&say!("{d} {leaves} · {f} keluarga · {p} orang", "{d} {leaves} · {f} families · {p} persons",
            d = kec.desa.len(), leaves = view.levels.leaves, f = kec.sum.families, p = kec.sum.persons))) }
    };
    // A sheet has room for two programmes; the others are in the section on programmes and in the annex.
    let programmes: Vec<_> = view.decided.iter().filter(|d| d.decides()).take(2).collect();
    let verivali = !view.data.verivali.is_empty();
    let head = html! {
        tr {
            th scope="col" rowspan="2" { (t(&view.levels.leaf)) }
            th.n scope="col" rowspan="2" { (w("Keluarga", "Families")) } th.n scope="col" rowspan="2" { (w("Orang", "Persons")) }
            th.group scope="colgroup" colspan="2" { (w("Masalah data", "Data problems")) }
            @if verivali { th.n scope="col" rowspan="2" { (w("Perlu verivali", "To verify")) } }
            @for d in &programmes { th.group scope="colgroup" colspan="3" { (t(&d.short())) } }
        }
        tr {
            (th_n("salah", "errors")) (th_n("periksa", "warnings"))
            @for _ in &programmes { (th_n("layak", "eligible")) (th_n("tidak", "not")) (th_n("belum", "open")) }
        }
    };
    let body = html! {
        @for (j, desa) in kec.desa.iter().enumerate() {
            tr {
                th scope="row" { (t(&desa.name)) @if let Some(kind) = view.standing_out(&desa.counts) { small { (t(&plain(&kind.code, &kind.message))) } } } (tdn(desa.counts.families)) (tdn(desa.counts.persons))
                (td(view.severity.desa_at(i, j, 0), view.k)) (td(view.severity.desa_at(i, j, 1), view.k))
                @if verivali { (td(view.reasons.desa_at(i, j, 0), view.k)) }
                @for d in &programmes { @for c in 0..OUTCOMES.len() { (td(d.outcomes.desa_at(i, j, c), view.k)) } }
            }
        }
        tr.sum {
            th scope="row" { (w("Jumlah", "Total")) } td.n { (v(&kec.sum.families)) } td.n { (v(&kec.sum.persons)) }
            (td(view.severity.at(i, 0), view.k)) (td(view.severity.at(i, 1), view.k))
            @if verivali { (td(view.reasons.at(i, 0), view.k)) }
            @for d in &programmes { @for c in 0..OUTCOMES.len() { (td(d.outcomes.at(i, c), view.k)) } }
        }
    };
    drawer(
        &title,
        &table(&say!("{leaf} di {name}", "{leaf} in {name}", leaf = view.levels.leaf, name = kec.name), &head, &body),
    )
}
