//! What was wrong with it: kinds of finding, and where they are.

use crate::charts;
use crate::plain::plain;
use crate::view::View;
use crate::widgets::{code, count, drawer, legend, note, section, t, table, td, th, th_n, th_said, tint, w};
use crate::words::say;
use bansos::Bilingual;
use bansos::Severity;
use maud::{Markup, html};

/// Kinds that the first list shows; the rest opens on request.
const FIRST: usize = 10;

pub(crate) fn render(view: &View) -> Markup {
    let lead = html! { p { (w(
        "Masalah dihitung per temuan; satu baris dapat mempunyai beberapa. Tidak ada nilai yang diubah diam-diam: setiap temuan ada di findings.csv dengan berkas, baris dan kolomnya.",
        "Problems are counted by finding; a row may have several. No value is changed in silence: every finding is in findings.csv with file, row and column.",
    )) } };
    let title = Bilingual::new("Masalah dalam data", "Problems in the data");
    if view.kinds.is_empty() {
        return section("masalah", &title, &lead, &html! { p { (w("Tidak ada temuan.", "No findings.")) } });
    }
    section(
        "masalah",
        &title,
        &lead,
        &html! {
            (severities())
            (kinds(view))
            (by_kecamatan(view))
        },
    )
}

fn severities() -> Markup {
    legend(&[
        ("error", Bilingual::new("kesalahan: nilai tidak mungkin benar", "error: the value cannot be right")),
        ("warning", Bilingual::new("peringatan: periksa lagi", "warning: look again")),
        ("info", Bilingual::new("keterangan: tidak perlu tindakan", "information: nothing to do")),
    ])
}

/// The word of a grade, for those who do not see its colour.
pub(super) fn grade(severity: Severity) -> Bilingual {
    match severity {
        Severity::Error => Bilingual::new("Kesalahan", "Error"),
        Severity::Warning => Bilingual::new("Peringatan", "Warning"),
        Severity::Info => Bilingual::new("Keterangan", "Information"),
    }
}

fn kinds(view: &View) -> Markup {
    let most = view.codes.all.iter().filter_map(|s| s.exact()).max().unwrap_or(0);
    let row = |i: usize| {
        let kind = view.kinds.get(i);
        html! { @if let Some(kind) = kind { tr {
            th scope="row" {
                (t(&plain(&kind.code, &kind.message)))
                small { span.{ "grade " (kind.severity.word()) } { (t(&grade(kind.severity))) } (code(&kind.code)) }
            }
            (td(view.codes.total(i), view.k))
            td.wide { (charts::bar(kind.severity.word(), 0, view.codes.total(i).exact().unwrap_or(0), most)) }
        } } }
    };
    let head = html! { tr { (th("Masalah", "Problem")) (th_n("Jumlah", "Count")) th.wide { span.vh { (w("Grafik", "Chart")) } } } };
    // The most frequent that ask for action first, whatever their grade.
    let mut order: Vec<usize> = (0..view.kinds.len()).collect();
    let acts = |i: &usize| view.kinds.get(*i).is_some_and(|x| x.severity != Severity::Info);
    order.sort_by_key(|i| (!acts(i), std::cmp::Reverse(view.whole_of(*i)), *i));
    let (first, rest) = order.split_at(FIRST.min(order.len()));
    html! {
        (table(&Bilingual::new("Masalah terbanyak", "Most frequent problems"), &head, &html! { @for i in first { (row(*i)) } }))
        @if !rest.is_empty() {
            (drawer(&t(&say!("Jenis lainnya: {n}", "Further kinds: {n}", n = rest.len())),
                &table(&Bilingual::new("Masalah lainnya", "Further problems"), &head, &html! { @for i in rest { (row(*i)) } })))
        }
    }
}

fn by_kecamatan(view: &View) -> Markup {
    let most: Vec<u64> = (0..3).map(|c| view.severity.greatest(c)).collect();
    let top = most.iter().copied().max().unwrap_or(0);
    let head = html! { tr {
        (th_said(&view.levels.top)) (th_n("Kesalahan", "Errors")) (th_n("Peringatan", "Warnings")) (th_n("Keterangan", "Information")) th.wide { span.vh { (w("Grafik", "Chart")) } }
    } };
    let body = html! {
        @for (i, kec) in view.places.iter().enumerate() {
            @let [e, wn, inf] = [0, 1, 2].map(|c| view.severity.at(i, c));
            tr {
                th scope="row" { (t(&kec.name)) @if let Some(kind) = view.standing_out(&kec.sum) { small { (t(&plain(&kind.code, &kind.message))) } } }
                (tint(e, view.k, most.first().copied().unwrap_or(0))) (tint(wn, view.k, most.get(1).copied().unwrap_or(0))) (td(inf, view.k))
                td.wide { (charts::parts(&[("error", e.exact().unwrap_or(0)), ("warning", wn.exact().unwrap_or(0))], top * 2)) }
            }
        }
        tr.sum {
            th scope="row" { (w("Jumlah", "Total")) }
            @for c in 0..3 { (td(view.severity.total(c), view.k)) }
            td.wide {}
        }
    };
    html! {
        (table(&say!("Masalah per {per}", "Problems by {per}", per = view.levels.per), &head, &body))
        (matrix(view))
        (note(&say!(
            "Di bawah nama {per}: masalah yang di sana jauh lebih sering daripada umumnya. Rinciannya ada di bagian “Menurut wilayah”.",
            "Under the name of a {per}: the problem that is much more frequent there than elsewhere. More in the section “By place”.",
            per = view.levels.per,
        )))
    }
}

/// Kind × kecamatan, for those who want to know.
fn matrix(view: &View) -> Markup {
    let mut order: Vec<usize> =
        (0..view.kinds.len()).filter(|i| view.kinds.get(*i).is_some_and(|x| x.severity != Severity::Info)).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(view.whole_of(*i)), *i));
    order.truncate(8);
    let head = html! { tr { (th_said(&view.levels.top)) @for i in &order { th.n.tall scope="col" { (code(view.kinds.get(*i).map_or("", |x| x.code.as_str()))) } } } };
    let body = html! {
        @for (row, kec) in view.places.iter().enumerate() {
            tr { th scope="row" { (t(&kec.name)) } @for i in &order { (tint(view.codes.at(row, *i), view.k, view.codes.greatest(*i))) } }
        }
        tr.sum { th scope="row" { (w("Jumlah", "Total")) } @for i in &order { td.n { (count(view.codes.total(*i), view.k)) } } }
    };
    drawer(
        &t(&say!("Jenis masalah per {per}", "Kinds of problem by {per}", per = view.levels.per)),
        &table(
            &say!(
                "Delapan masalah terbanyak per {per}",
                "The eight most frequent problems by {per}",
                per = view.levels.per
            ),
            &head,
            &body,
        ),
    )
}
