//! The first screen: what came in, what was found, what to do next, in whole sentences.

use super::register;
use crate::closing::equations;
use crate::plain::within;
use crate::view::{Decided, View};
use crate::widgets::{t, w};
use crate::words::{Both, Count, Money, Share, say};
use bansos::Bilingual;
use maud::{Markup, html};

/// Visits a day per officer that field work has been planned with in public (Lumajang, March 2025: "minimal 12 verifikasi per
/// hari"); only used to say how much work a number means.
const VISITS_A_DAY: u64 = 12;

pub(crate) fn render(view: &View) -> Markup {
    html! {
        section.summary id="ringkas" aria-labelledby="ringkas-h" {
            h2.vh id="ringkas-h" { (w("Ringkasan", "Summary")) }
            div.tiles { (tiles(view)) }
            div.three {
                div.card { h3 { (w("Apa yang masuk", "What came in")) } @for s in came_in(view) { p { (t(&s)) } } }
                div.card { h3 { (w("Apa yang ditemukan", "What was found")) } @for s in found(view) { p { (t(&s)) } } }
                div.card.todo {
                    h3 { (w("Apa yang perlu dilakukan", "What to do next")) }
                    @let list = todo(view);
                    @if list.is_empty() { p { (w("Tidak ada yang mendesak.", "Nothing is pressing.")) } }
                    @else { ol { @for (link, s) in list { li { (t(&s)) " " a href=(format!("#{link}")) { (w("Lihat", "See")) } } } } }
                }
            }
        }
    }
}

fn tiles(view: &View) -> Markup {
    let totals = &view.data.totals;
    let read: u64 = view.data.files.iter().map(|f| f.rows_read).sum();
    let tile = |n: Markup, name: Bilingual, more: Option<Bilingual>| {
        html! { div.tile { b { (n) } span { (t(&name)) } @if let Some(more) = more { small { (t(&more)) } } } }
    };
    html! {
        (tile(t(&read.both()), Bilingual::new("baris dibaca", "rows read"), None))
        (tile(t(&totals.persons.both()), Bilingual::new("orang", "persons"), None))
        (tile(t(&totals.families.both()), Bilingual::new("keluarga", "families"), None))
        @for d in first(view) {
            @let n = d.outcomes.total(0);
            @let more = n.exact().map(|n| say!("{s} dari keluarga", "{s} of families", s = Share(n, totals.families)));
            (tile(t(&Count(n, view.k).both()), say!("keluarga layak {p}", "families eligible for {p}", p = d.short()), more))
        }
    }
}

fn came_in(view: &View) -> Vec<Bilingual> {
    let data = view.data;
    let read: u64 = data.files.iter().map(|f| f.rows_read).sum();
    let accepted: u64 = data.files.iter().map(|f| f.rows_accepted).sum();
    let held: u64 = data.files.iter().map(|f| f.rows_quarantined).sum();
    let mut names: Vec<String> = Vec::new();
    for f in &data.files {
        let name = register(&f.source);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let end = if held == 0 {
        Bilingual::new("semuanya diterima.", "all of them accepted.")
    } else {
        say!(
            "{accepted} diterima, {held} ditahan untuk diperbaiki. Tidak ada baris yang hilang.",
            "{accepted} accepted, {held} set aside to be mended. No row is lost.",
            accepted = accepted,
            held = held,
        )
    };
    let mut all = vec![say!(
        "{files} berkas dari {names}: {read} baris dibaca, {end}",
        "{files} files from {names}: {read} rows read, {end}",
        files = data.files.len(),
        names = listed(&names),
        read = read,
        end = end,
    )];
    if data.totals.persons > 0 {
        all.push(say!(
            "Setelah disatukan: {persons} orang dalam {families} keluarga.",
            "Brought together: {persons} persons in {families} families.",
            persons = data.totals.persons,
            families = data.totals.families,
        ));
    }
    let agree = &view.persons_in;
    if agree.sources.len() > 1
        && let (Some(every), Some((widest, out))) = (agree.in_exactly(agree.sources.len()), agree.outside_widest())
    {
        all.push(say!(
            "{every} orang ada di semua {n} register. {out} orang tidak ada di {widest}, register yang terluas.",
            "{every} persons stand in all {n} registers. {out} persons are not in {widest}, the widest register.",
            every = every,
            n = agree.sources.len(),
            out = out,
            widest = register(widest),
        ));
    }
    let open = equations(view).iter().filter(|e| !e.holds()).count();
    all.push(if open == 0 {
        Bilingual::new("Semua jumlah dalam laporan ini cocok.", "All totals in this report agree.")
    } else {
        say!("PERHATIAN: {n} jumlah tidak cocok.", "CAUTION: {n} totals do not agree.", n = open)
    });
    if !data.skipped.is_empty() {
        all.push(say!(
            "Berkas di folder itu yang tidak dibaca: {n}.",
            "Files of the folder that were not read: {n}.",
            n = data.skipped.len(),
        ));
    }
    all
}

fn found(view: &View) -> Vec<Bilingual> {
    let data = view.data;
    let mut all = Vec::new();
    let accepted: u64 = data.files.iter().map(|f| f.rows_accepted).sum();
    let flawed: u64 = data.files.iter().map(|f| f.rows_with_findings).sum();
    if flawed > 0 {
        all.push(say!(
            "{share} baris mempunyai masalah yang perlu dilihat lagi.",
            "{share} of rows have a problem that should be looked at again.",
            share = Share(flawed, accepted),
        ));
    }
    let twice: u64 = data.duplicates.within.iter().map(|x| x.persons).sum();
    if twice > 0 || data.duplicates.shared_niks > 0 {
        all.push(say!(
            "{twice} orang tercatat lebih dari sekali dalam register yang sama; {niks} NIK dipakai lebih dari satu orang.",
            "{twice} persons are entered more than once in one register; {niks} NIK are carried by more than one person.",
            twice = Count(view.alone(twice), view.k),
            niks = Count(view.alone(data.duplicates.shared_niks), view.k),
        ));
    }
    for d in first(view) {
        all.push(decision(view, d));
    }
    all
}

/// The first screen has room for three programmes.
fn first<'v>(view: &'v View) -> impl Iterator<Item = &'v Decided<'v>> {
    view.decided.iter().filter(|d| d.decides()).take(3)
}

fn decision(view: &View, d: &Decided) -> Bilingual {
    let name = d.short();
    let [e, i, u] = [0, 1, 2].map(|c| Count(d.outcomes.total(c), view.k));
    let said = say!(
        "{name}: {e} keluarga layak, {i} tidak layak, {u} belum dapat ditentukan.",
        "{name}: {e} families eligible, {i} ineligible, {u} undetermined.",
        name = name,
        e = e,
        i = i,
        u = u,
    );
    if d.amount > 0 && d.tell_amounts() && d.outcomes.total(0).exact().is_some() {
        say!("{said} Nilainya {m} setahun.", "{said} Worth {m} a year.", said = said, m = Money(d.amount))
    } else {
        said
    }
}

fn todo(view: &View) -> Vec<(&'static str, Bilingual)> {
    let data = view.data;
    let mut all = Vec::new();
    let held: u64 = data.files.iter().map(|f| f.rows_quarantined).sum();
    if held > 0 {
        all.push((
            "berkas",
            say!(
                "Perbaiki {held} baris yang ditahan, lalu jalankan lagi.",
                "Mend the {held} rows set aside, then run again.",
                held = held,
            ),
        ));
    }
    if data.duplicates.shared_niks > 0 {
        all.push((
            "ganda",
            say!(
                "Padankan {n} NIK ganda dengan Dukcapil.",
                "Have Dukcapil settle the {n} shared NIK.",
                n = Count(view.alone(data.duplicates.shared_niks), view.k),
            ),
        ));
    }
    if let Some(n) = view.reasons.total(0).exact().filter(|n| *n > 0) {
        let days = n.div_ceil(VISITS_A_DAY);
        let most = most(view, |i| view.reasons.at(i, 0).exact());
        let first = if most.len() > 1 {
            say!(
                " Mulai dari {before}{names}.",
                " Begin with {before}{names}.",
                before = view.levels.before,
                names = listed_said(&most),
            )
        } else {
            Bilingual::default()
        };
        all.push((
            "verivali",
            say!(
                "Bawa {n} orang ke verivali dan musyawarah desa: sekitar {days} hari kerja petugas, dengan {per} kunjungan sehari.{first}",
                "Take {n} persons to field verification and the village meeting: about {days} officer days at {per} visits a day.{first}",
                n = n,
                days = days,
                per = VISITS_A_DAY,
                first = first,
            ),
        ));
    }
    for d in first(view) {
        let Some(s) = d.stated else { continue };
        if let (Some(a), Some(b)) = (s[0][1].exact(), s[1][0].exact())
            && a + b > 0
        {
            all.push((
                "penerimaan",
                say!(
                    "Tinjau {name}: {a} keluarga penerima yang tidak layak, {b} keluarga layak yang terlewat.",
                    "Review {name}: {a} receiving families not eligible, {b} eligible families passed over.",
                    name = d.short(),
                    a = a,
                    b = b,
                ),
            ));
        }
    }
    let missing = view.decided.iter().filter(|d| d.decides()).flat_map(|d| d.programme.missing.iter());
    if let Some(m) = missing.max_by_key(|r| r.families).filter(|m| m.families >= view.k.max(1)) {
        all.push((
            "program",
            say!(
                "Lengkapi data {n} keluarga yang keputusannya tertunda; yang paling sering hilang: {what}.",
                "Complete the data of {n} families whose decision is open; most often missing: {what}.",
                n = m.families,
                what = within(&m.code, &m.message),
            ),
        ));
    }
    if data.duplicates.review_pairs > 0 {
        all.push((
            "ganda",
            say!(
                "Putuskan {n} pasangan data yang meragukan: orang yang sama atau bukan.",
                "Decide {n} doubtful pairs: the same person or not.",
                n = data.duplicates.review_pairs,
            ),
        ));
    }
    all
}

/// The three kecamatan with the most, by what may be shown.
pub(super) fn most(view: &View, of: impl Fn(usize) -> Option<u64>) -> Vec<Bilingual> {
    let mut list: Vec<(u64, usize)> = (0..view.places.len())
        .filter(|i| view.places.get(*i).is_some_and(|p| !p.code.is_empty()))
        .filter_map(|i| Some((of(i).filter(|n| *n > 0)?, i)))
        .collect();
    list.sort_by_key(|(n, i)| (std::cmp::Reverse(*n), *i));
    list.into_iter().take(3).filter_map(|(_, i)| Some(view.places.get(i)?.name.clone())).collect()
}

/// `a, b dan c` / `a, b and c`.
pub(super) fn listed_said(names: &[Bilingual]) -> Bilingual {
    let join = |of: fn(&Bilingual) -> &str, and: &str| match names {
        [] => String::new(),
        [one] => of(one).to_owned(),
        [rest @ .., last] => format!("{} {and} {}", rest.iter().map(of).collect::<Vec<_>>().join(", "), of(last)),
    };
    Bilingual::from_texts(join(|s| &s.id, "dan"), join(|s| &s.en, "and"))
}

fn listed(names: &[String]) -> Bilingual {
    listed_said(&names.iter().map(|n| n.both()).collect::<Vec<_>>())
}
