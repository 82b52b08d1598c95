//! Reasons for verivali that the data already shows: whom the field has to look at, and the recap that closes.

use super::summary::{listed_said, most};
use crate::charts;
use crate::suppress::Shown;
use crate::view::View;
use crate::widgets::{drawer, section, share, t, table, td, tdn, th, th_n, th_said, tint, w};
use crate::words::say;
use bansos::Bilingual;
use bansos::message::capitalised;
use bansos::verivali::RemovalReason;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    if view.data.verivali.is_empty() {
        return html! {};
    }
    let top = most(view, |i| view.reasons.at(i, 0).exact());
    let lead = html! {
        p { (w(
            "Alasan ini terbaca dari data, belum diputuskan. Putusannya ada pada kunjungan dan musyawarah desa/kelurahan. Setiap orang dihitung sekali, pada alasan pertama yang berlaku.",
            "These reasons are read from the data; nothing is decided yet. The visit and the village meeting decide. Every person counts once, under the first reason that applies.",
        )) }
        @if top.len() == 3 { p { (t(&say!("Terbanyak di {before}{names}.", "Most in {before}{names}.", before = view.levels.before, names = listed_said(&top)))) } }
    };
    section(
        "verivali",
        &Bilingual::new("Perlu verifikasi dan validasi", "To be verified in the field"),
        &lead,
        &html! { (reasons(view)) (by_kecamatan(view)) },
    )
}

/// Persons without a reason: what is left of a known whole, shown when its complement is.
fn left(persons: u64, with: Shown, k: u64) -> Shown {
    match with.exact() {
        Some(n) => match Shown::alone(persons.saturating_sub(n), k) {
            Shown::Exact(n) => Shown::Exact(n),
            _ => Shown::Withheld,
        },
        None => Shown::Withheld,
    }
}

/// A reason at the beginning of a cell.
fn spoken(reason: RemovalReason) -> Bilingual {
    Bilingual::from_fn(|lang| capitalised(reason.label(lang)))
}

fn reasons(view: &View) -> Markup {
    let persons = view.whole.persons;
    let most = view.reason_codes.all.iter().filter_map(|s| s.exact()).max().unwrap_or(0);
    let head = html! { tr { (th("Alasan", "Reason")) (th_n("Orang", "Persons")) (th_n("Bagian", "Share")) th.wide { span.vh { (w("Grafik", "Chart")) } } } };
    let body = html! {
        @for (i, r) in view.data.verivali.iter().enumerate() {
            @let n = view.reason_codes.total(i);
            tr {
                th scope="row" { (t(&spoken(r.reason))) " " code { (r.reason.word()) } small { (t(&r.evidence)) } } (td(n, view.k)) (share(n, persons))
                td.wide { (charts::bar("warning", 0, n.exact().unwrap_or(0), most)) }
            }
        }
        @let rest = left(persons, view.reasons.total(0), view.k);
        tr { th scope="row" { (w("Tanpa alasan", "No reason")) } (td(rest, view.k)) (share(rest, persons)) td.wide {} }
        tr.sum { th scope="row" { (w("Orang", "Persons")) } (tdn(persons)) td {} td.wide {} }
    };
    table(&Bilingual::new("Orang menurut alasan verivali", "Persons by reason for verification"), &head, &body)
}

fn by_kecamatan(view: &View) -> Markup {
    let n = view.data.verivali.len();
    let head = html! { tr {
        (th_said(&view.levels.top)) (th_n("Orang", "Persons"))
        @for r in &view.data.verivali { th.n scope="col" { (t(&spoken(r.reason))) } }
        (th_n("Tanpa alasan", "No reason"))
    } };
    let body = html! {
        @for (i, kec) in view.places.iter().enumerate() { tr {
            th scope="row" { (t(&kec.name)) } (tdn(kec.sum.persons))
            @for c in 0..n { (tint(view.reason_codes.at(i, c), view.k, view.reason_codes.greatest(c))) }
            (td(left(kec.sum.persons, view.reasons.at(i, 0), view.k), view.k))
        } }
        tr.sum {
            th scope="row" { (w("Jumlah", "Total")) } (tdn(view.whole.persons))
            @for c in 0..n { (td(view.reason_codes.total(c), view.k)) }
            (td(left(view.whole.persons, view.reasons.total(0), view.k), view.k))
        }
    };
    drawer(
        &t(&say!("Rekap per {per}", "Recap by {per}", per = view.levels.per)),
        &table(
            &say!("Rekap alasan verivali per {per}", "Recap of reasons by {per}", per = view.levels.per),
            &head,
            &body,
        ),
    )
}
