//! The report on standard output: for people, or as JSON.
#![allow(clippy::print_stdout, reason = "this is what the command answers")]

use super::RankArgs;
use super::explain::Explained;
use super::passes::{Done, Grouping};
use crate::answer::answer;
use crate::input::say;
use bansos::Lang;
use bansos::ranking::{RankStanding, RankTally, Transition};
use serde_json::json;

pub(super) fn ranking(done: &Done, args: &RankArgs, as_json: bool, lang: Lang) {
    if as_json {
        let groupings: Vec<_> = done
            .groupings
            .iter()
            .map(|g| json!({ "column": g.column, "groups": g.names, "report": g.report }))
            .collect();
        let explained: Vec<_> =
            done.explained.iter().map(|e| json!({ "score": e.score, "standing": e.standing })).collect();
        let answer = json!({
            "options": done.options, "model": done.model, "passes": done.passes,
            "groupings": groupings, "explained": explained,
        });
        answer!("{answer}");
        return;
    }
    if let Some(model) = &done.model {
        answer!("{}: {model}\n", say(lang, "model", "model"));
    }
    for grouping in &done.groupings {
        summary(grouping, done.options.near, lang);
    }
    for (grouping, explained) in done.groupings.iter().zip(&done.explained) {
        let name = grouping.column.as_deref().unwrap_or(say(lang, "nasional", "national"));
        standing(name, explained, args, lang);
    }
}

fn summary(grouping: &Grouping, margin: Option<f64>, lang: Lang) {
    let RankTally { families, ranked, unranked, size_unknown, cells, decided_by_key, near_cut } =
        &grouping.report.total;
    match &grouping.column {
        None => answer!("{}", say(lang, "Seluruh tabel", "Whole table")),
        Some(column) => answer!(
            "\n{} {column}: {} {}, {} {}",
            say(lang, "Per", "By"),
            grouping.report.groups.len(),
            say(lang, "kelompok", "groups"),
            grouping.report.small_groups,
            say(
                lang,
                "di antaranya kurang dari sepuluh keluarga berskor",
                "of them with fewer than ten scored families"
            ),
        ),
    }
    answer!("  {:<34}{families:>14}", say(lang, "keluarga", "families"));
    answer!("  {:<34}{ranked:>14}", say(lang, "diberi desil", "ranked"));
    let reasons = [
        (unranked.missing, say(lang, "tanpa skor", "without a score")),
        (unranked.not_finite, say(lang, "skor bukan angka terhingga", "score not a finite number")),
        (unranked.no_group, say(lang, "tanpa kelompok", "without a group")),
        (unranked.small_group, say(lang, "kelompok terlalu kecil", "group too small")),
        (unranked.no_weight, say(lang, "kelompok tanpa bobot", "group without weight")),
        (*size_unknown, say(lang, "berdesil, jumlah anggota tidak diketahui", "ranked, size unknown")),
        (*decided_by_key, say(lang, "ditentukan oleh kunci (skor sama)", "decided by key (equal scores)")),
    ];
    for (count, reason) in reasons.into_iter().filter(|(n, _)| *n > 0) {
        answer!("  {reason:<34}{count:>14}");
    }
    if let (Some(near), Some(margin)) = (near_cut, margin) {
        let reason = say(lang, "dalam jarak", "within");
        let share = *near as f64 * 100.0 / (*ranked).max(1) as f64;
        answer!(
            "  {:<34}{near:>14}  {share:.1} %",
            format!("{reason} ±{} {}", short(margin), say(lang, "dari batas", "of a cut"))
        );
    }
    answer!(
        "  {:>8}{:>14}{:>14}",
        say(lang, "desil", "part"),
        say(lang, "keluarga", "families"),
        say(lang, "jiwa", "persons")
    );
    for (part, cell) in (1..).zip(cells) {
        answer!("  {part:>8}{:>14}{:>14}", cell.families, cell.persons);
    }
}

/// A margin with as many digits as help.
fn short(margin: f64) -> String {
    if margin >= 100.0 {
        format!("{margin:.0}")
    } else {
        format!("{margin:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

fn standing(name: &str, explained: &Explained, args: &RankArgs, lang: Lang) {
    let score = explained.score.as_deref().unwrap_or("-");
    let Some(s) = &explained.standing else {
        answer!("\n{name}: {} ({} {score})", say(lang, "tidak diberi desil", "not ranked"), say(lang, "skor", "score"));
        return;
    };
    let RankStanding { part, rank, of, before, own, total, .. } = s;
    let word = if args.percentiles { say(lang, "persentil", "percentile") } else { say(lang, "desil", "decile") };
    answer!(
        "\n{name}: {word} {part}, {} {rank} {} {of}, {} {score}",
        say(lang, "urutan", "rank"),
        say(lang, "dari", "of"),
        say(lang, "skor", "score")
    );
    answer!(
        "  {}: {before} + {own} / {total}",
        say(lang, "bobot sebelum + sendiri / seluruhnya", "weight before + own / total")
    );
    if s.same_score > 1 {
        answer!("  {}: {}", say(lang, "keluarga berskor sama", "families with the same score"), s.same_score);
    }
    if s.decided_by_key {
        answer!("  {}", say(lang, "kunci keluarga yang menentukan", "the family key decided"));
    }
    let sides = [
        (&s.poorer, s.to_poorer, say(lang, "ke bagian yang lebih miskin", "to the poorer part")),
        (&s.richer, s.to_richer, say(lang, "ke bagian yang lebih mampu", "to the richer part")),
    ];
    for (at, distance, side) in sides {
        if let (Some(at), Some(distance)) = (at, distance) {
            answer!("  {side}: {distance} ({} {at})", say(lang, "skor terdekat", "nearest score"));
        }
    }
}

pub(super) fn moves(moves: &Transition, line: u8, as_json: bool, lang: Lang) {
    if as_json {
        answer!("{}", json!({ "line": line, "moves": moves }));
        return;
    }
    let counts = [
        (moves.stayed, say(lang, "tetap", "stayed")),
        (moves.poorer, say(lang, "ke desil lebih miskin", "to a poorer decile")),
        (moves.richer, say(lang, "ke desil lebih mampu", "to a richer decile")),
        (moves.far, say(lang, "berpindah lebih dari satu desil", "moved by more than one decile")),
        (moves.entered, say(lang, "baru berdesil", "newly ranked")),
        (moves.left, say(lang, "tidak lagi berdesil", "no longer ranked")),
        (moves.crossed_up, say(lang, "keluar dari batas program", "out of the programme's range")),
        (moves.crossed_down, say(lang, "masuk ke batas program", "into the programme's range")),
    ];
    let both: u64 = moves.stayed + moves.poorer + moves.richer;
    for (count, what) in counts {
        answer!("{what:<36}{count:>12}{:>9.1} %", count as f64 * 100.0 / both.max(1) as f64);
    }
    answer!(
        "\n{}",
        say(lang, "baris: sebelum, kolom: sesudah, -: tidak berdesil", "rows: before, columns: after, -: not ranked")
    );
    let name = |n: usize| if n == 0 { "-".to_owned() } else { n.to_string() };
    answer!("{:>4}{}", "", (0..11).map(|n| format!("{:>10}", name(n))).collect::<String>());
    for (from, row) in moves.matrix.iter().enumerate() {
        answer!("{:>4}{}", name(from), row.iter().map(|n| format!("{n:>10}")).collect::<String>());
    }
}
