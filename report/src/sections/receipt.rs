//! Stated receipt against determination: who is said to receive but is not eligible, and who is passed over.

use super::programmes::OUTCOMES;
use super::register;
use super::summary::{listed_said, most};
use crate::suppress::Shown;
use crate::view::{Decided, View};
use crate::widgets::{count, drawer, section, t, table, td, th_n, th_said, tint, w};
use crate::words::{Both, Count, Share, say};
use bansos::Bilingual;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    let with: Vec<&Decided> = view.decided.iter().filter(|d| d.decides() && d.stated.is_some()).collect();
    if with.is_empty() {
        return html! {};
    }
    let lead = html! { p { (w(
        "Penerimaan menurut data register, dibandingkan dengan hasil aturan. Selisih bukan bukti kesalahan orang: data dapat usang. Selisih menunjukkan tempat yang perlu diperiksa lebih dulu.",
        "Receipt as the registers state it, against what the rules give. A difference proves nobody's fault: data grow old. It shows where to look first.",
    )) } };
    section(
        "penerimaan",
        &Bilingual::new("Penerima dibandingkan dengan kelayakan", "Receipt against eligibility"),
        &lead,
        &html! {
            @for d in with { (programme(view, d)) }
        },
    )
}

fn programme(view: &View, d: &Decided) -> Markup {
    let (Some(cells), Some(stated)) = (d.stated, &d.programme.stated) else { return html! {} };
    let rows =
        [("Menerima", "Receives"), ("Tidak menerima", "Does not receive"), ("Tidak ada keterangan", "Not stated")];
    let head = html! { tr {
        th scope="col" { (t(&say!("Menurut {s}", "According to {s}", s = register(&stated.source)))) }
        @for (_, id, en) in OUTCOMES { (th_n(id, en)) } (th_n("Jumlah", "Total"))
    } };
    let body = html! {
        @for (r, (id, en)) in rows.iter().enumerate() {
            tr {
                th scope="row" { (w(id, en)) }
                @for c in 0..3 { td.n.amiss[matches!((r, c), (0, 1) | (1, 0))] { (count(cells[r][c], view.k)) } }
                (td(d.stated_rows[r], view.k))
            }
        }
        tr.sum { th scope="row" { (w("Jumlah", "Total")) } @for c in 0..3 { (td(d.outcomes.total(c), view.k)) } (td(Shown::Exact(view.whole.families), view.k)) }
    };
    html! {
        div.programme {
            h3 { (t(&d.programme.name)) }
            (rates(d, view.k))
            (table(&say!("{name}: penerimaan menurut data dan kelayakan", "{name}: stated receipt and eligibility", name = d.short()), &head, &body))
            (by_kecamatan(view, d))
        }
    }
}

/// Inclusion and exclusion error with their denominators named: papers differ, so each says of what it is a share.
fn rates(d: &Decided, k: u64) -> Markup {
    let (Some(cells), Some(s)) = (d.stated, &d.programme.stated) else { return html! {} };
    let receives: u64 = s.yes.iter().take(2).sum();
    let eligible = s.yes[0] + s.no[0];
    let ineligible = s.yes[1] + s.no[1];
    let one = |title: Bilingual, n: Shown, of: &[(u64, Bilingual)]| {
        html! {
            div.figure {
                b { (t(&Count(n, k).both())) }
                span { (t(&title)) }
                @if let Some(n) = n.exact() { @for (whole, name) in of { @if *whole > 0 { small { (t(&say!("{s} {name}", "{s} {name}", s = Share(n, *whole), name = name))) } } } }
            }
        }
    };
    html! {
        div.figures {
            (one(
                Bilingual::new("keluarga tercatat menerima, tetapi tidak layak (inclusion error)", "families recorded as receiving but ineligible (inclusion error)"),
                cells[0][1],
                &[
                    (receives, Bilingual::new("dari penerima yang kelayakannya jelas", "of recipients whose eligibility is clear")),
                    (ineligible, Bilingual::new("dari keluarga tidak layak yang status penerimaannya diketahui", "of the ineligible families whose receipt is known")),
                ],
            ))
            (one(
                Bilingual::new("keluarga layak, tetapi tercatat tidak menerima (exclusion error)", "eligible families recorded as not receiving (exclusion error)"),
                cells[1][0],
                &[(eligible, Bilingual::new("dari keluarga layak yang status penerimaannya diketahui", "of the eligible families whose receipt is known"))],
            ))
        }
    }
}

fn by_kecamatan(view: &View, d: &Decided) -> Markup {
    let names = [0, 1].map(|c| most(view, |i| d.amiss.at(i, c).exact()));
    let head = html! { tr { (th_said(&view.levels.top)) (th_n("Menerima, tidak layak", "Receives, ineligible")) (th_n("Layak, tidak menerima", "Eligible, does not receive")) } };
    let body = html! {
        @for (i, kec) in view.places.iter().enumerate() { tr {
            th scope="row" { (t(&kec.name)) } @for c in 0..2 { (tint(d.amiss.at(i, c), view.k, d.amiss.greatest(c))) }
        } }
        tr.sum { th scope="row" { (w("Jumlah", "Total")) } @for c in 0..2 { (td(d.amiss.total(c), view.k)) } }
    };
    html! {
        @if names.iter().all(|n| n.len() == 3) {
            p { (t(&say!(
                "Penerima tidak layak terbanyak di {a}; keluarga layak yang terlewat terbanyak di {b}.",
                "Most ineligible recipients are in {a}; most eligible families passed over in {b}.",
                a = listed_said(&names[0]), b = listed_said(&names[1]),
            ))) }
        }
        (drawer(&t(&say!("Per {per}", "By {per}", per = view.levels.per)), &table(&say!("{name}: selisih per {per}", "{name}: differences by {per}", name = d.short(), per = view.levels.per), &head, &body)))
    }
}
