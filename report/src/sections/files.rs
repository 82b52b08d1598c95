//! What came in: every file, row by row accounted for, and why rows were set aside.

use super::{register, unit};
use crate::charts;
use crate::plain::plain;
use crate::view::View;
use crate::widgets::{drawer, section, t, table, tdn, th, th_n, w};
use crate::words::say;
use bansos::Bilingual;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    let data = view.data;
    let most = data.files.iter().map(|f| f.rows_read).max().unwrap_or(0);
    let head = html! { tr {
        (th("Berkas", "File")) (th("Register", "Register"))
        (th_n("Dibaca", "Read")) (th_n("Diterima", "Accepted")) (th_n("Ditahan", "Quarantined")) th.wide { span.vh { (w("Grafik", "Chart")) } }
    } };
    let body = html! {
        @for f in &data.files {
            tr {
                th scope="row" { (f.name) small { (t(&unit(&f.unit))) } } td { (register(&f.source)) }
                (tdn(f.rows_read)) (tdn(f.rows_accepted)) (tdn(f.rows_quarantined))
                td.wide { (charts::parts(&[("good", f.rows_accepted), ("bad", f.rows_quarantined)], most)) }
            }
        }
        tr.sum {
            th scope="row" { (w("Jumlah", "Total")) } td {}
            (tdn(data.files.iter().map(|f| f.rows_read).sum())) (tdn(data.files.iter().map(|f| f.rows_accepted).sum()))
            (tdn(data.files.iter().map(|f| f.rows_quarantined).sum())) td.wide {}
        }
    };
    let lead = html! { p { (w(
        "Setiap baris berakhir di salah satu dari dua tempat: diterima, atau ditahan dengan alasan. Baris yang ditahan ada di quarantine.csv dengan berkas, nomor baris dan kolomnya.",
        "Every row ends in one of two places: accepted, or set aside with a reason. Rows set aside are in quarantine.csv with file, row and column.",
    )) } };
    section(
        "berkas",
        &Bilingual::new("Berkas yang masuk", "Files read"),
        &lead,
        &html! {
            (table(&Bilingual::new("Berkas dan barisnya", "Files and their rows"), &head, &body))
            (quarantine(view))
            @if !data.skipped.is_empty() {
                (drawer(&t(&say!("Berkas dan lembar yang tidak dibaca: {n}", "Files and sheets not read: {n}", n = data.skipped.len())), &html! {
                    ul { @for s in &data.skipped { li { (s.name) ": " (t(&s.reason)) } } }
                }))
            }
        },
    )
}

fn quarantine(view: &View) -> Markup {
    let mut rows: Vec<_> = view.data.quarantine.iter().collect();
    rows.sort_by_key(|q| std::cmp::Reverse(q.rows));
    if rows.is_empty() {
        return html! { p { (w("Tidak ada baris yang ditahan.", "No row was quarantined.")) } };
    }
    let head = html! { tr { (th("Alasan ditahan", "Why quarantined")) (th_n("Baris", "Rows")) } };
    let body = html! { @for q in &rows { tr {
        th scope="row" { (t(&plain(&q.code, &q.message))) small { (q.file) code { (q.code) } } } (tdn(q.rows))
    } } };
    table(&Bilingual::new("Baris yang ditahan, menurut alasan", "Rows quarantined, by reason"), &head, &body)
}
