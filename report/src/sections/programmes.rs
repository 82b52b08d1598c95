//! Decisions: who is eligible, ineligible, undetermined, and why.

use super::summary::listed_said;
use crate::charts;
use crate::data::Reason;
use crate::plain::{plain, within};
use crate::suppress::Shown;
use crate::view::{Decided, View};
use crate::widgets::{drawer, legend, note, section, share, t, table, td, tdn, th, th_n, th_said, w};
use crate::words::{Both, Day, Money, say};
use bansos::Bilingual;
use maud::{Markup, html};

/// Class and name of the three outcomes.
pub(super) const OUTCOMES: [(&str, &str, &str); 3] = [
    ("good", "Layak", "Eligible"),
    ("no", "Tidak layak", "Ineligible"),
    ("unsure", "Belum dapat ditentukan", "Undetermined"),
];

pub(crate) fn render(view: &View) -> Markup {
    if view.decided.is_empty() {
        return html! {};
    }
    let lead = html! { p { (w(
        "Hasil penerapan aturan program pada data yang ada. Ini bukan penetapan: penetapan tetap wewenang pejabat. “Belum dapat ditentukan” berarti ada keterangan yang hilang, dan keterangan itu disebut.",
        "The rules of the programmes applied to the data at hand. This is no official designation, which stays with those in charge. “Undetermined” means that a fact is missing, and it is named.",
    )) } };
    section(
        "program",
        &Bilingual::new("Kelayakan program", "Eligibility for programmes"),
        &lead,
        &html! {
            (legend(&OUTCOMES.map(|(class, id, en)| (class, Bilingual::new(id, en)))))
            @for d in view.decided.iter().filter(|d| d.decides()) { (programme(view, d)) }
        @for d in view.decided.iter().filter(|d| d.programme.in_force && d.all_open) { (open(d)) }
        @let past: Vec<Bilingual> = view.decided.iter().filter(|d| !d.programme.in_force).map(|d| d.programme.name.clone()).collect();
        @if !past.is_empty() { (note(&say!("Tidak berlaku pada {day}: {names}.", "Not in force on {day}: {names}.", day = Day(&view.data.about.as_of), names = listed_said(&past)))) }
        },
    )
}

/// A programme that could not be decided for anybody: what is missing, and no tables of nothing.
fn open(d: &Decided) -> Markup {
    let missing: Vec<Bilingual> = d.programme.missing.iter().take(3).map(|r| within(&r.code, &r.message)).collect();
    html! { div.programme {
        h3 { (t(&d.programme.name)) }
        p { (t(&say!(
            "Belum dapat ditentukan untuk semua keluarga. Data yang belum ada: {what}.",
            "Undetermined for every family. What is missing: {what}.",
            what = listed_said(&missing),
        ))) }
    } }
}

fn programme(view: &View, d: &Decided) -> Markup {
    let p = d.programme;
    let whole = view.whole.families;
    html! {
        div.programme {
            h3 { (t(&p.name)) }
            div.outcomes { (charts::stack(&std::array::from_fn::<_, 3, _>(|c| (OUTCOMES[c].0, d.outcomes.total(c))), whole)) }
            (outcomes(view, d))
            @if d.amount > 0 && d.tell_amounts() && d.outcomes.total(0).exact().is_some() {
                p { (t(&say!("Nilai bantuan bagi yang layak: {m} setahun (dibulatkan).", "Worth to the eligible: {m} a year (rounded).", m = Money(d.amount)))) }
            }
            div.two {
                (reasons(view, &Bilingual::new("Mengapa tidak layak", "Why ineligible"), &p.ineligible, "no", d.outcomes.total(1)))
                (reasons(view, &Bilingual::new("Keterangan yang hilang", "Facts that are missing"), &p.missing, "unsure", d.outcomes.total(2)))
            }
            (components(view, d))
            (by_kecamatan(view, d))
            p.note {
                (w("Dasar: ", "Basis: ")) @if p.basis.is_empty() { "–" } @else { (p.basis.join("; ")) }
                @if !p.edition.is_empty() { " · " (w("edisi aturan ", "policy edition ")) (p.edition) }
            }
        }
    }
}

fn outcomes(view: &View, d: &Decided) -> Markup {
    let head = html! { tr { (th("Keputusan", "Outcome")) (th_n("Keluarga", "Families")) (th_n("Bagian", "Share")) } };
    let body = html! {
        @for (c, (class, id, en)) in OUTCOMES.iter().enumerate() {
            tr { th scope="row" { i.{ "key " (class) } aria-hidden="true" {} (w(id, en)) } (td(d.outcomes.total(c), view.k)) (share(d.outcomes.total(c), view.whole.families)) }
        }
        tr.sum { th scope="row" { (w("Keluarga", "Families")) } (tdn(view.whole.families)) td {} }
    };
    table(&say!("Keputusan {name}", "Decisions on {name}", name = d.short()), &head, &body)
}

fn reasons(view: &View, title: &Bilingual, list: &[Reason], class: &str, of: Shown) -> Markup {
    let mut list: Vec<&Reason> = list.iter().filter(|r| r.families > 0).collect();
    if list.is_empty() {
        return html! {};
    }
    list.sort_by_key(|r| std::cmp::Reverse(r.families));
    // Where the outcome itself is not told, neither are its reasons' numbers.
    let shown = |r: &Reason| if of.exact().is_some() { view.alone(r.families) } else { Shown::Withheld };
    let most = list.first().map_or(0, |r| r.families);
    let head = html! { tr { (th("Alasan", "Reason")) (th_n("Keluarga", "Families")) } };
    let body = html! { @for r in &list { tr {
        th scope="row" { (t(&plain(&r.code, &r.message))) (charts::bar(class, 0, shown(r).exact().unwrap_or(0), most)) }
        (td(shown(r), view.k))
    } } };
    html! { div { (table(title, &head, &body)) } }
}

fn components(view: &View, d: &Decided) -> Markup {
    let list = &d.programme.components;
    if list.is_empty() {
        return html! {};
    }
    let money = d.tell_amounts();
    let head = html! { tr { (th("Komponen", "Component")) (th_n("Orang", "Persons")) @if money { (th_n("Rupiah setahun", "Rupiah a year")) } } };
    let body = html! { @for (c, shown) in list.iter().zip(&d.components) { tr {
        th scope="row" { (t(&c.name)) } (td(*shown, view.k)) @if money { td.n { (t(&Money(c.amount_year).both())) } }
    } } };
    html! {
        (table(&Bilingual::new("Komponen yang dihitung bagi keluarga layak", "Components counted for eligible families"), &head, &body))
        @if !money { (note(&Bilingual::new("Rupiah tidak ditampilkan karena ada komponen dengan sedikit orang.", "Rupiah are not shown because a component has few persons."))) }
    }
}

fn by_kecamatan(view: &View, d: &Decided) -> Markup {
    let money = d.tell_amounts() && d.amount > 0;
    let head = html! { tr {
        (th_said(&view.levels.top)) @for (_, id, en) in OUTCOMES { (th_n(id, en)) } @if money { (th_n("Rupiah setahun", "Rupiah a year")) } th.wide { span.vh { (w("Grafik", "Chart")) } }
    } };
    let body = html! {
        @for (i, kec) in view.places.iter().enumerate() {
            @let cells: [Shown; 3] = std::array::from_fn(|c| d.outcomes.at(i, c));
            tr {
                th scope="row" { (t(&kec.name)) } @for c in cells { (td(c, view.k)) }
                @if money { td.n { @match cells[0].exact() {
                    Some(_) => (t(&Money(kec.sum.decisions.get(&d.programme.code).map_or(0, |o| o.amount_year)).both())),
                    None => span.hid { "•" },
                } } }
                td.wide { (charts::stack(&std::array::from_fn::<_, 3, _>(|c| (OUTCOMES[c].0, cells[c])), kec.sum.families)) }
            }
        }
        tr.sum {
            th scope="row" { (w("Jumlah", "Total")) } @for c in 0..3 { (td(d.outcomes.total(c), view.k)) }
            @if money { td.n { @if d.outcomes.total(0).exact().is_some() { (t(&Money(d.amount).both())) } } } td.wide {}
        }
    };
    drawer(
        &t(&say!("Per {per}", "By {per}", per = view.levels.per)),
        &table(&say!("{name} per {per}", "{name} by {per}", name = d.short(), per = view.levels.per), &head, &body),
    )
}
