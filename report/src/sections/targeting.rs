//! Targeting: how far stated receipt follows the deciles, and both errors with the denominator of each.

use super::register;
use crate::charts;
use crate::suppress::Shown;
use crate::view::{Aimed, Decided, View};
use crate::widgets::{note, section, share, t, table, td, th, th_n, w};
use crate::words::{Both, Decimal, Share, say};
use bansos::Bilingual;
use maud::{Markup, html};

pub(crate) fn render(view: &View) -> Markup {
    let with: Vec<(&Decided, &Aimed)> = view.decided.iter().filter_map(|d| Some((d, d.aimed.as_ref()?))).collect();
    if with.is_empty() {
        return html! {};
    }
    let lead = html! { p { (w(
        "Penerimaan menurut data register, dibandingkan dengan desil keluarga. Desil adalah dugaan dari model, jadi kesalahan di dekat batas bisa berasal dari modelnya.",
        "Receipt as the registers state it, against the deciles of the families. A decile is a model's estimate, so errors near the ceiling may be the model's.",
    )) } };
    section(
        "sasaran",
        &Bilingual::new("Ketepatan sasaran", "Targeting"),
        &lead,
        &html! { @for (d, aimed) in with { (programme(view, d, aimed)) } },
    )
}

fn programme(view: &View, d: &Decided, aimed: &Aimed) -> Markup {
    let source = d.programme.stated.as_ref().map(|s| register(&s.source)).unwrap_or_default();
    let head = html! { tr {
        (th("Desil", "Decile")) (th_n("Menerima", "Receives")) (th_n("Tidak menerima", "Does not")) (th_n("Tidak ada keterangan", "Not stated")) (th_n("Cakupan", "Coverage"))
    } };
    let shares: [Option<f64>; 10] = std::array::from_fn(|i| {
        let [yes, no, _] = aimed.rows[i];
        let (yes, no) = (yes.exact()?, no.exact()?);
        (yes + no > 0).then(|| yes as f64 / (yes + no) as f64)
    });
    let body = html! { @for (i, [yes, no, unknown]) in aimed.rows.iter().enumerate() { tr.within[i < usize::from(aimed.meant)] {
        th scope="row" { (t(&(i + 1).both())) }
        (td(*yes, view.k)) (td(*no, view.k)) (td(*unknown, view.k))
        @match (yes.exact(), no.exact()) {
            (Some(n), Some(m)) if n + m > 0 => (share(Shown::Exact(n), n + m)),
            _ => td.n { "–" },
        }
    } } };
    let id = format!("cakupan-{}", d.programme.code);
    html! {
        div.programme {
            h3 { (t(&d.programme.name)) }
            (errors(aimed))
            div.two {
                div { (table(&say!("{name}: penerimaan per desil menurut {s}", "{name}: receipt by decile according to {s}", name = d.short(), s = source), &head, &body)) }
                @if shares.iter().filter(|s| s.is_some()).count() > 8 {
                    figure {
                        figcaption id=(id) { (t(&say!("Cakupan {name} per desil, dari 1 (termiskin) sampai 10", "Coverage of {name} by decile, 1 (poorest) to 10", name = d.short()))) }
                        (charts::ten(&id, &shares))
                    }
                }
            }
            @if aimed.sides.is_none() { (note(&Bilingual::new(
                "Kesalahan sasaran tidak ditampilkan karena akan mengungkap kelompok yang terlalu kecil.",
                "Targeting errors are not shown because they would tell a group that is too small.",
            ))) }
        }
    }
}

/// Both errors; papers differ in what they divide by, so each share says it.
fn errors(aimed: &Aimed) -> Markup {
    let Some([meant, other]) = aimed.sides else { return html! {} };
    let [[reached, missed, _], [leaked, spared, _]] = [meant, other];
    let to = aimed.meant;
    let one = |title: Bilingual, n: u64, of: &[(u64, Bilingual)]| {
        html! { div.figure {
            b { (t(&n.both())) } span { (t(&title)) }
            @for (whole, name) in of { @if *whole > 0 { small { (t(&say!("{s} {name}", "{s} {name}", s = Share(n, *whole), name = name))) } } }
        } }
    };
    let share = |n: u64, of: u64| if of == 0 { 0.0 } else { n as f64 / of as f64 };
    let differential = share(reached, reached + missed) - share(leaked, leaked + spared);
    html! {
        div.figures {
            (one(
                say!("keluarga desil 1–{to} yang tidak menerima (exclusion error)", "families of deciles 1–{to} that do not receive (exclusion error)", to = u64::from(to)),
                missed,
                &[(reached + missed, say!("dari desil 1–{to}", "of deciles 1–{to}", to = u64::from(to)))],
            ))
            (one(
                say!("keluarga di atas desil {to} yang menerima (inclusion error)", "families above decile {to} that receive (inclusion error)", to = u64::from(to)),
                leaked,
                &[
                    (reached + leaked, Bilingual::new("dari semua penerima", "of all recipients")),
                    (leaked + spared, say!("dari keluarga di atas desil {to}", "of families above decile {to}", to = u64::from(to))),
                ],
            ))
            div.figure {
                b { (t(&Decimal(differential * 100.0, 1).both())) }
                span { (w("selisih sasaran (Ravallion), dalam poin persen", "targeting differential (Ravallion), percentage points")) }
                small { (w("cakupan sasaran dikurangi cakupan yang lain; 100 sempurna, 0 tanpa pilihan", "coverage of those meant less coverage of others; 100 is perfect, 0 is no choice at all")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_shares_of_what_they_say() {
        let aimed = Aimed { meant: 4, rows: [[Shown::Exact(0); 3]; 10], sides: Some([[300, 100, 7], [60, 540, 9]]) };
        let page = errors(&aimed).into_string();
        // 100 of 400; 60 of 360 and of 600; 75 % less 10 %
        for figure in ["25 % dari desil", "17 % dari semua", "10 % dari keluarga", "65,0"] {
            assert!(page.contains(figure), "{figure}: {page}");
        }
        assert_eq!(errors(&Aimed { sides: None, ..aimed }).into_string(), "");
    }
}
