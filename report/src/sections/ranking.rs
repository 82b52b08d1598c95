//! Deciles: the ranking's model and its worth, the sizes, what the deciles look like, who has none and why.

use crate::charts;
use crate::data::{Indicator, Ranking, StatedDeciles};
use crate::plain::within;
use crate::sections::register;
use crate::suppress::Shown;
use crate::view::View;
use crate::widgets::{count, drawer, note, section, share, t, table, td, tdn, th, th_n, th_said, tint, w};
use crate::words::{Both, Count, Decimal, Share, say};
use bansos::Bilingual;
use maud::{Markup, html};

/// A share is drawn only over at least this many families: below it, it would be noise.
const ENOUGH: u64 = 30;

pub(crate) fn render(view: &View) -> Markup {
    let Some(r) = &view.data.ranking else { return html! {} };
    let lead = html! {
        p { (w(
            "Desil 1 adalah sepersepuluh keluarga yang paling miskin menurut peringkat ini, desil 10 yang paling mampu.",
            "Decile 1 is the tenth of families that is poorest by this ranking, decile 10 the best off.",
        )) }
    };
    section(
        "desil",
        &Bilingual::new("Desil kesejahteraan", "Welfare deciles"),
        &lead,
        &html! {
            (model(r))
            div.two { (chart(view)) div { (sizes(view)) } }
            (profile(r))
            (stated(view, r))
            (by_kecamatan(view))
        },
    )
}

fn model(r: &Ranking) -> Markup {
    let by = match r.by.as_str() {
        "persons" => Bilingual::new("orang", "persons"),
        _ => Bilingual::new("keluarga", "families"),
    };
    html! {
        div.aside {
            p { b { (w("Model: ", "Model: ")) (r.model) } " " (t(&r.note)) }
            dl.facts {
                @if r.n > 0 { div { dt { (w("keluarga untuk menyusun model", "families it was fitted on")) } dd { (t(&r.n.both())) } } }
                @if r.terms > 0 { div { dt { (w("peubah", "terms")) } dd { (t(&r.terms.both())) } } }
                @if let Some(r2) = r.r2 { div { dt { "R²" } dd { (t(&Decimal(r2, 2).both())) } } }
                @if let Some(r2) = r.r2_out { div { dt { (w("R² pada data uji", "R² on held-out data")) } dd { (t(&Decimal(r2, 2).both())) } } }
                div { dt { (w("desil dibagi menurut", "deciles cut by")) } dd { (t(&by)) } }
            }
        }
    }
}

fn deciles() -> impl Iterator<Item = (usize, Bilingual)> {
    (0..10).map(|i| (i, (i + 1).both()))
}

fn chart(view: &View) -> Markup {
    let values: Vec<(Bilingual, Shown)> = deciles().map(|(i, name)| (name, view.deciles.total(i))).collect();
    html! { figure {
        (charts::columns("desil-c", |i| if i < 4 { "decile" } else { "decile rest" }, &values, view.k))
        figcaption id="desil-c" { (w("Keluarga per desil. Desil 1–4 lebih gelap.", "Families by decile. Deciles 1–4 are darker.")) }
    } }
}

fn sizes(view: &View) -> Markup {
    let ranking = view.data.ranking.as_ref();
    let persons_known = view.whole.decile_persons.iter().sum::<u64>() > 0;
    let head = html! { tr { (th("Desil", "Decile")) (th_n("Keluarga", "Families")) @if persons_known { (th_n("Orang", "Persons")) } (th_n("Bagian keluarga", "Share of families")) } };
    let row = |name: Markup, shown: Shown, persons: u64| {
        let persons = if shown.exact().is_some() { Shown::Exact(persons) } else { Shown::Withheld };
        html! { tr { th scope="row" { (name) } (td(shown, view.k)) @if persons_known { (td(persons, view.k)) } (share(shown, view.whole.families)) } }
    };
    let body = html! {
        @for (i, name) in deciles() { (row(t(&name), view.deciles.total(i), view.whole.decile_persons.get(i).copied().unwrap_or(0))) }
        (row(w("tanpa desil", "no decile"), view.deciles.total(10), view.whole.unranked_persons))
        tr.sum { th scope="row" { (w("Jumlah", "Total")) } (tdn(view.whole.families)) @if persons_known { (tdn(view.whole.persons)) } td {} }
    };
    html! {
        (table(&Bilingual::new("Ukuran desil", "Sizes of the deciles"), &head, &body))
        @if let Some(reasons) = ranking.map(|r| &r.unranked).filter(|u| !u.is_empty()) {
            @for r in reasons { (note(&say!("Tanpa desil: {n} keluarga, {why}.", "No decile: {n} families, {why}.",
                n = crate::words::Count(if view.deciles.total(10).exact().is_some() { view.alone(r.families) } else { Shown::Withheld }, view.k),
                why = within(&r.code, &r.message)))) }
        }
    }
}

fn shares(i: &Indicator) -> [Option<f64>; 10] {
    std::array::from_fn(|d| {
        let known = i.known.get(d).copied().unwrap_or(0);
        let yes = i.yes.get(d).copied().unwrap_or(0);
        (known >= ENOUGH).then(|| (yes as f64 / known as f64 * 100.0).round() / 100.0)
    })
}

fn profile(r: &Ranking) -> Markup {
    if r.profile.is_empty() {
        return html! {};
    }
    let head = html! { tr { (th("Ciri", "Trait")) @for (_, name) in deciles() { th.n scope="col" { (t(&name)) } } } };
    let percent = |s: Option<f64>| s.map_or_else(|| "–".both(), |s| Decimal(s * 100.0, 0).both());
    let body = html! { @for i in &r.profile { tr { th scope="row" { (t(&i.label)) } @for s in shares(i) { td.n { (t(&percent(s))) } } } } };
    html! {
        h3 { (w("Ciri keluarga tiap desil", "What the deciles look like")) }
        p.note { (w("Bagian keluarga dalam tiap desil, dari yang datanya ada; kiri desil 1, kanan desil 10.", "Share of the families of each decile where it is known; decile 1 on the left, 10 on the right.")) }
        div.minis {
            @for (n, i) in r.profile.iter().enumerate() {
                @let s = shares(i);
                figure {
                    figcaption id=(format!("profil-{n}")) { (t(&i.label)) }
                    (charts::ten(&format!("profil-{n}"), &s))
                    div.ends {
                        span { (t(&end(s.first().copied().flatten()))) }
                        span { (t(&end(s.last().copied().flatten()))) }
                    }
                }
            }
        }
        (drawer(&w("Angkanya dalam persen", "The numbers in percent"), &table(&Bilingual::new("Ciri keluarga per desil, persen", "Traits by decile, percent"), &head, &body)))
    }
}

fn end(share: Option<f64>) -> Bilingual {
    share.map_or_else(|| "–".both(), |s| say!("{p} %", "{p}%", p = Decimal(s * 100.0, 0)))
}

/// The deciles that registers state against ours.
fn stated(view: &View, r: &Ranking) -> Markup {
    let s = &r.stated_deciles;
    let by = s.by.iter().map(|name| register(name)).collect::<Vec<_>>().join(", ");
    let all = s.both();
    // with next to none of them stated, the others would tell how many
    let decides = s.decides && all + s.stated_only >= view.k;
    let said = || {
        say!(
            "Desil yang dinyatakan {by} menentukan lebih dahulu. {n} keluarga tidak mempunyainya dan memakai perkiraan di sini; di families.parquet decile_basis mereka pmt.",
            "The decile that {by} states decides first. {n} families have none and go by the estimate made here; in families.parquet their decile_basis is pmt.",
            by = by.clone(),
            n = Count(view.alone(s.estimated_only), view.k)
        )
    };
    html! {
        @if decides { p { (t(&said())) } }
        @if all >= ENOUGH { (stated_table(view, s, &by, all)) }
    }
}

fn stated_table(view: &View, s: &StatedDeciles, by: &str, all: u64) -> Markup {
    let most = s.table.iter().flatten().copied().max().unwrap_or(0);
    let corner = say!("{by} ↓ · di sini →", "{by} ↓ · here →", by = by);
    let head = html! { tr { (th_said(&corner)) @for (_, name) in deciles() { th.n scope="col" { (t(&name)) } } } };
    // No sums of this table are given, so each cell stands alone.
    let body = html! { @for (row, (_, name)) in s.table.iter().zip(deciles()) { tr { th scope="row" { (t(&name)) } @for n in row { (tint(view.alone(*n), view.k, most)) } } } };
    html! {
        h3 { (t(&say!("Desil {by} dibandingkan dengan peringkat ini", "Deciles of {by} against this ranking", by = by))) }
        p { (t(&say!("{a} keluarga berada di desil yang sama, {b} berselisih paling banyak satu desil.", "{a} of families are in the same decile, {b} within one.", a = Share(s.within(0), all), b = Share(s.within(1), all)))) }
        (drawer(&w("Tabel 10 × 10", "Table 10 × 10"), &table(&say!("Keluarga menurut desil {by} dan desil di sini", "Families by the decile of {by} and ours", by = by), &head, &body)))
    }
}

fn by_kecamatan(view: &View) -> Markup {
    let head = html! { tr { (th_said(&view.levels.top)) @for (_, name) in deciles() { th.n scope="col" { (t(&name)) } } (th_n("tanpa", "none")) (th_n("Keluarga", "Families")) } };
    let body = html! {
        @for (i, kec) in view.places.iter().enumerate() { tr {
            th scope="row" { (t(&kec.name)) }
            @for c in 0..10 { (tint(view.deciles.at(i, c), view.k, kec.sum.families / 5)) }
            (td(view.deciles.at(i, 10), view.k)) (tdn(kec.sum.families))
        } }
        tr.sum { th scope="row" { (w("Jumlah", "Total")) } @for c in 0..11 { td.n { (count(view.deciles.total(c), view.k)) } } (tdn(view.whole.families)) }
    };
    drawer(
        &t(&say!("Desil per {per}", "Deciles by {per}", per = view.levels.per)),
        &table(
            &say!("Keluarga per desil dan {per}", "Families by decile and {per}", per = view.levels.per),
            &head,
            &body,
        ),
    )
}
