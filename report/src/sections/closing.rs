//! The counts close: from rows to persons as a waterfall, and every equation written out.

use crate::charts;
use crate::closing::{Equation, equations};
use crate::view::View;
use crate::widgets::{count, section, t, table, tdn, th, th_n, v, w};
use crate::words::say;
use bansos::Bilingual;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    let all = equations(view);
    let open = all.iter().filter(|e| !e.holds()).count();
    let lead = if open == 0 {
        html! { p { (t(&say!("Semua {n} jumlah cocok.", "All {n} totals agree.", n = all.len()))) } }
    } else {
        html! { p.alarm role="alert" { (t(&say!(
        "{n} jumlah tidak cocok. Jangan pakai angka laporan ini sebelum sebabnya diketahui.",
        "{n} counts do not close. Do not use the numbers of this report before the cause is known.", n = open))) } }
    };
    section(
        "hitungan",
        &Bilingual::new("Pencocokan jumlah", "Totals checked"),
        &lead,
        &html! { (waterfall(view)) (written(view, &all)) },
    )
}

fn waterfall(view: &View) -> Markup {
    let data = view.data;
    let read: u64 = data.files.iter().map(|f| f.rows_read).sum();
    let held: u64 = data.files.iter().map(|f| f.rows_quarantined).sum();
    let accepted = read.saturating_sub(held);
    let rows = data.totals.person_rows;
    let persons = data.totals.persons;
    if rows == 0 || persons > rows || rows > accepted {
        return html! {};
    }
    let extra: u64 = data.duplicates.within.iter().map(|x| x.extra_rows).sum();
    let steps = if view.persons_in.open() && !view.persons_in.combos.is_empty() && persons + extra <= rows {
        vec![
            (Bilingual::new("baris berulang dalam register yang sama", "repeated rows within a register"), extra),
            (
                Bilingual::new("orang yang sama di register lain", "the same person in another register"),
                rows - persons - extra,
            ),
        ]
    } else {
        vec![(Bilingual::new("baris lain dari orang yang sama", "further rows of the same person"), rows - persons)]
    };
    let head = html! { tr { (th("Langkah", "Step")) (th_n("Jumlah", "Count")) th.wide { span.vh { (w("Grafik", "Chart")) } } } };
    let whole = |name: Bilingual, n: u64| html! { tr.sum { th scope="row" { (t(&name)) } (tdn(n)) td.wide { (charts::bar("accent", 0, n, read)) } } };
    let less = |name: &Bilingual, n: u64, left: u64| html! { tr { th scope="row" { (t(name)) } td.n { "−" (v(&n)) } td.wide { (charts::bar("less", left, n, read)) } } };
    let mut at = rows;
    let falling: Vec<(Bilingual, u64, u64)> = steps
        .into_iter()
        .map(|(name, n)| {
            at -= n;
            (name, n, at)
        })
        .collect();
    let body = html! {
        (whole(Bilingual::new("baris dibaca", "rows read"), read))
        (less(&Bilingual::new("ditahan", "quarantined"), held, accepted))
        @if accepted > rows { (less(&Bilingual::new("baris keluarga (rumah dan aset), bukan orang", "family rows (housing and assets), not persons"), accepted - rows, rows)) }
        (whole(Bilingual::new("baris data orang", "rows of persons"), rows))
        @for (name, n, left) in &falling { (less(name, *n, *left)) }
        (whole(Bilingual::new("orang", "persons"), persons))
    };
    table(&Bilingual::new("Dari baris menjadi orang", "From rows to persons"), &head, &body)
}

fn written(view: &View, all: &[Equation]) -> Markup {
    let head = html! { tr { (th("Yang dihitung", "What is counted")) (th_n("Seluruhnya", "Whole")) (th("Bagian-bagiannya", "Its parts")) (th("Cocok", "Agrees")) } };
    let body = html! { @for e in all { tr {
        th scope="row" { (t(&e.what)) } (tdn(e.whole))
        td.parts { "= " @for (i, (name, n)) in e.parts.iter().enumerate() { @if i > 0 { " + " } span { (count(*n, view.k)) " " span.soft { (t(name)) } } } }
        td { @if e.holds() { span.yes { (w("ya", "yes")) } } @else { span.alarm { (w("tidak", "no")) " (" (v(&e.sum)) ")" } } }
    } } };
    table(&Bilingual::new("Semua persamaan", "All equations"), &head, &body)
}
