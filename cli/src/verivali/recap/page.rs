//! berita-acara.html: the recap as an annex to minutes, to print and sign. No person stands on it.

use super::tables::{all_proposals, days};
use super::{Round, kinds, place_name, undecided_note};
use crate::input::say;
use bansos::Lang;
use bansos::verivali::{Fate, Ledger, Recap, RecapTally, RemovalReason, SubjectKind};
use bansos_registers::write::{OutFolder, WriteError, write_whole};
use bansos_report::shell::Shell;
use bansos_report::words::{Both, Day, grouped};
use maud::{Markup, html};
use std::collections::BTreeMap;

const STYLE: &str = include_str!("page.css");

pub(super) fn write(round: &Round, recap: &Recap, ledger: &Ledger, out: &OutFolder) -> Result<(), WriteError> {
    let path = out.path("berita-acara.html");
    write_whole(&path, page(round, recap, ledger).into_string())
}

fn page(round: &Round, recap: &Recap, ledger: &Ledger) -> Markup {
    let lang = round.lang;
    let s = |id, en| say(lang, id, en);
    let title = s("Rekapitulasi hasil verifikasi dan validasi", "Recap of verification and validation");
    let workflow = round.state.standings().iter().find_map(|x| x.workflow.as_ref()).and_then(|w| round.rules.get(w));
    let body = html! {
        header {
            p.eyebrow { (s("Lampiran berita acara", "Annex to the minutes")) }
            h1 { (title) }
            p { (s("Keadaan per", "As of")) " " b { (Day(&round.at.to_string()).both().get(lang)) } @if let Some(w) = workflow { " · " (w.label.get(lang)) } }
        }
        section { (whole(recap, lang)) @if let Some(note) = undecided_note(&round.state, lang) { p.note { (note) } } }
        @if recap.places.len() > 1 { @for kind in kinds(recap) { section { (places(recap, kind, lang)) } } }
        section { (waiting(round)) }
        section.sign { (signatures(round, ledger)) }
    };
    Shell { lang: Some(lang), title, style: STYLE, script: "" }.around(&body)
}

fn count(n: u64, lang: Lang) -> String {
    if n == 0 { "–".to_owned() } else { grouped(n, if lang == Lang::Id { '.' } else { ',' }) }
}

/// The lines of the closing sum, whatever they hold first.
fn whole(recap: &Recap, lang: Lang) -> Markup {
    let s = |id, en| say(lang, id, en);
    let kinds: Vec<SubjectKind> = kinds(recap).collect();
    let line = |label: &str, class: &str, of: &dyn Fn(&RecapTally) -> u64| {
        html! { tr class=(class) {
            th scope="row" { (label) }
            @for kind in &kinds { @let t = recap.of_kind(*kind);
                td.n { (count(of(t), lang)) } td.n.soft { @if t.initial > 0 { (share(of(t), t.initial, lang)) } }
            }
        } }
    };
    let used = |r: &RemovalReason| kinds.iter().any(|k| recap.of_kind(*k).reason(*r) > 0);
    html! {
        div.wide { table {
            thead { tr { th {} @for kind in &kinds { th.n colspan="2" { (kind.label(lang)) } } } }
            tbody {
                (line(s("Daftar awal", "Initial list"), "sum", &|t| t.initial))
                (line(s("Masih layak", "Still eligible"), "good", &|t| t.eligible))
                @for reason in RemovalReason::ALL.iter().copied().filter(used) {
                    (line(reason.label(lang), "", &move |t| t.reason(reason)))
                }
                (line(s("Belum diputuskan", "Undecided"), "", &|t| t.undecided))
                (line(s("Jumlah (sama dengan daftar awal)", "Sum (equal to the initial list)"), "sum", &|t| t.eligible + t.left() + t.undecided))
                (line(s("Usulan baru yang layak", "New and eligible"), "", &|t| t.new))
                (line(s("Daftar akhir: masih layak dan baru", "Final list: still eligible and new"), "sum", &RecapTally::now))
            }
        } }
        p.note { @if recap.closes() { (s("Jumlah rekap ini cocok: daftar awal = masih layak + setiap alasan + belum diputuskan, di setiap wilayah.",
            "This recap closes: initial list = still eligible + each reason + undecided, in every place.")) }
            @else { (s("JUMLAH REKAP INI TIDAK COCOK.", "THE TOTALS OF THIS RECAP DO NOT AGREE.")) } }
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of people stay far below 2^52")]
fn share(n: u64, of: u64, lang: Lang) -> String {
    let text = format!("{:.1} %", n as f64 * 100.0 / of as f64);
    if lang == Lang::Id { text.replace('.', ",") } else { text }
}

fn places(recap: &Recap, kind: SubjectKind, lang: Lang) -> Markup {
    let s = |id, en| say(lang, id, en);
    let total = recap.of_kind(kind);
    let reasons: Vec<RemovalReason> = RemovalReason::ALL.iter().copied().filter(|r| total.reason(*r) > 0).collect();
    let cells = |t: &RecapTally| {
        html! {
            td.n { (count(t.initial, lang)) } td.n { (count(t.eligible, lang)) }
            @for r in &reasons { td.n { (count(t.reason(*r), lang)) } }
            td.n { (count(t.undecided, lang)) } td.n { (count(t.new, lang)) }
        }
    };
    html! {
        h2 { (s("Per wilayah:", "By place:")) " " (kind.label(lang)) }
        div.wide { table {
            thead { tr {
                th { (s("Wilayah", "Place")) } th.n { (s("Awal", "Initial")) } th.n { (s("Masih layak", "Eligible")) }
                @for r in &reasons { th.n { (r.label(lang)) } }
                th.n { (s("Belum diputuskan", "Undecided")) } th.n { (s("Baru", "New")) }
            } }
            tbody {
                @for (place, tallies) in &recap.places {
                    @if let Some(t) = tallies.get(kind as usize) { @if *t != RecapTally::default() {
                        tr { th scope="row" { (place_name(*place, lang)) } (cells(t)) }
                    } }
                }
                tr.sum { th scope="row" { (s("Jumlah", "Total")) } (cells(total)) }
            }
        } }
    }
}

/// Open proposals by the stage where they lie, and decisions without effect by system.
fn waiting(round: &Round) -> Markup {
    let lang = round.lang;
    let s = |id, en| say(lang, id, en);
    let mut stages: BTreeMap<String, (u64, u32)> = BTreeMap::new();
    for (standing, p) in all_proposals(round) {
        let Fate::Open { stage, .. } = &p.fate else { continue };
        let workflow = standing.workflow.as_ref().and_then(|w| round.rules.get(w));
        let label = workflow.map_or(stage.as_str(), |w| w.stage_label(stage.as_str(), lang)).to_owned();
        let (n, longest) = stages.entry(label).or_default();
        *n += 1;
        *longest = (*longest).max(days(p.on, round.at));
    }
    let mut systems: BTreeMap<&str, (u64, u32)> = BTreeMap::new();
    for standing in round.state.standings().iter().filter(|x| x.is_entered_without_effect()) {
        let Some((system, on)) = &standing.entered else { continue };
        let (n, longest) = systems.entry(system.as_str()).or_default();
        *n += 1;
        *longest = (*longest).max(days(*on, round.at));
    }
    let contradicted = round.state.standings().iter().filter(|x| x.conflict().is_some()).count() as u64;
    html! {
        h2 { (s("Yang masih menunggu", "What still waits")) }
        @if stages.is_empty() && systems.is_empty() && contradicted == 0 { p { (s("Tidak ada.", "Nothing.")) } }
        @else { div.wide { table {
            thead { tr { th {} th.n { (s("Jumlah", "Number")) } th.n { (s("Terlama (hari)", "Longest (days)")) } } }
            tbody {
                @for (stage, (n, longest)) in &stages { tr {
                    th scope="row" { (s("Usulan atau sanggahan di tahap", "Proposals or objections at")) " " (stage) }
                    td.n { (count(*n, lang)) } td.n { (longest) }
                } }
                @for (system, (n, longest)) in &systems { tr.alarm {
                    th scope="row" { (s("Sudah dientri, belum berlaku di", "Entered, without effect in")) " " (system) }
                    td.n { (count(*n, lang)) } td.n { (longest) }
                } }
                @if contradicted > 0 { tr.alarm {
                    th scope="row" { (s("Putusan yang bertentangan", "Contradictory decisions")) } td.n { (count(contradicted, lang)) } td {}
                } }
            }
        } } }
    }
}

fn signatures(round: &Round, ledger: &Ledger) -> Markup {
    let lang = round.lang;
    let s = |id, en| say(lang, id, en);
    html! {
        p.place { "……………………………, " (s("tanggal", "on")) " ……………………" }
        div.signatures {
            @for who in [s("Pimpinan musyawarah", "Chair"), s("Petugas verifikasi", "Verifier"), s("Saksi", "Witness")] {
                div { p { (who) } div.line {} p.soft { (s("nama terang", "name")) } }
            }
        }
        p.note { (s("Tanda ujung buku besar; catat agar pemotongan di kemudian hari ketahuan:", "Marks of the ledger; note them down, and a later cut is seen:")) }
        @for mark in ledger.marks() { p.mark { (mark.origin.as_str()) ":" (mark.number) ":" (mark.hash) } }
    }
}
