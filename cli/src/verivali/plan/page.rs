//! plan.html: each officer's days on one page, to print and hang up.

use super::scene::Scene;
use super::write::{PlanSummary, calendar, cell, dates, day, number, weekday};
use crate::input::say;
use bansos::verivali::plan::Plan;
use bansos::{Date, Lang};
use bansos_registers::write::{OutFolder, WriteError, write_whole};
use bansos_report::shell::Shell;
use maud::{Markup, html};

const STYLE: &str = include_str!("page.css");

pub(super) fn write(
    scene: &Scene,
    plan: &Plan,
    summary: &PlanSummary,
    out: &OutFolder,
    lang: Lang,
) -> Result<(), WriteError> {
    let path = out.path("plan.html");
    write_whole(&path, page(scene, plan, summary, lang).into_string())
}

fn page(scene: &Scene, plan: &Plan, summary: &PlanSummary, lang: Lang) -> Markup {
    let s = |id, en| say(lang, id, en);
    let title = s("Rencana kunjungan lapangan", "Ground-check plan");
    let body = html! {
        h1 { (title) }
        @for sentence in summary.sentences(lang) { p { (sentence) } }
        h2 { (s("Desa", "Desa")) }
        (by_place(scene, plan, lang))
        h2 { (s("Kalender petugas", "Officers' calendars")) }
        @for week in dates(plan).chunk_by(|a, b| monday(*a) == monday(*b)) { (one_week(scene, plan, week, lang)) }
    };
    Shell { lang: Some(lang), title, style: STYLE, script: "" }.around(&body)
}

fn monday(day: Date) -> (i16, i8) {
    let week = day.iso_week_date();
    (week.year(), week.week())
}

/// How many targets each desa has, who lives there, and when the last visit is.
fn by_place(scene: &Scene, plan: &Plan, lang: Lang) -> Markup {
    let s = |id, en| say(lang, id, en);
    let mut rows: Vec<(usize, usize, usize, Option<Date>)> = vec![Default::default(); scene.places.len()];
    scene.targets.iter().for_each(|t| rows[t.place as usize].0 += 1);
    scene.officers.iter().for_each(|o| rows[o.home as usize].1 += 1);
    for v in &plan.visits {
        let row = &mut rows[v.place as usize];
        row.2 += usize::from(scene.officers[v.officer as usize].home != v.place);
        row.3 = row.3.max(Some(v.day));
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|p| std::cmp::Reverse(rows[*p].0));
    html! {
        div.wide { table {
            thead { tr {
                th { (s("Desa", "Desa")) } th.n { (s("Sasaran", "Targets")) } th.n { (s("Petugas tinggal di sini", "Officers living here")) }
                th.n { (s("Kunjungan oleh petugas dari luar", "Visits by officers from elsewhere")) } th { (s("Selesai", "Done")) }
            } }
            tbody { @for p in order { @let (targets, live, outside, last) = rows[p]; tr {
                th scope="row" { (scene.place_label(p as u32)) }
                td.n { (number(targets, lang)) } td.n { (live) } td.n { (number(outside, lang)) }
                td { @if let Some(last) = last { (day(last, lang)) } @else { "–" } }
            } } }
        } }
    }
}

fn one_week(scene: &Scene, plan: &Plan, week: &[Date], lang: Lang) -> Markup {
    let calendar = calendar(plan);
    html! {
        div.wide { table.week {
            thead { tr {
                th { (say(lang, "Petugas", "Officer")) }
                @for d in week { th { (weekday(*d, lang)) br; (d.day()) "/" (d.month()) } }
            } }
            tbody { @for (id, k) in scene.officer_ids.iter().zip(0u32..) { tr {
                th scope="row" { (id) }
                @for d in week {
                    @match calendar.get(&(k, *d)) {
                        Some(places) => td.out[places.keys().any(|p| *p != scene.officers[k as usize].home)] { (cell(scene, places)) },
                        None => td.free { "–" },
                    }
                }
            } } }
        } }
    }
}
