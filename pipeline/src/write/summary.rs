//! summary.json: all counts, closing.

use crate::Results;
use bansos::eligibility::Outcome;
use bansos::household::Keluarga;
use bansos::kpm::stated;
use bansos::{Coded, Decile};
use bansos_report::data::StatedDeciles;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Results {
    /// All counts, closing, as the JSON text of `summary.json`.
    #[must_use]
    pub fn summary(&self) -> String {
        serde_json::to_string_pretty(&counts(self)).unwrap_or_default()
    }
}

fn counts(results: &Results) -> Value {
    let Results { intake, linkage, people, ranking, decisions, .. } = results;
    let files: Vec<Value> = intake
        .files
        .iter()
        .map(|f| {
            json!({
                "file": f.path, "source": f.source.word(), "layout": f.layout, "kind": f.kind.word(),
                "read": f.rows_read, "accepted": f.accepted, "quarantined": f.quarantined,
                "closes": f.rows_read == f.accepted + f.quarantined,
                "encoding": f.encoding, "delimiter": f.delimiter, "sheet": f.sheet, "header_row": f.header_row,
                "notes": f.notes.iter().map(|n| json!({ "code": n.code(), "message": n.messages() })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let refused: Vec<Value> = intake
        .refused
        .iter()
        .map(|r| json!({ "file": r.file, "code": r.error.code(), "message": r.error.messages() }))
        .collect();

    let unread: Vec<Value> = intake
        .unread
        .iter()
        .map(|u| {
            let (code, message) = (u.reason.code(), u.reason.messages());
            json!({ "file": u.file, "sheet": u.sheet, "rows": u.rows, "code": code, "message": message })
        })
        .collect();
    let mut set_aside: BTreeMap<&str, u64> = BTreeMap::new();
    for q in &intake.quarantine {
        *set_aside.entry(q.reason.code()).or_default() += 1;
    }

    let mut by_code: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, noticed, _) in results.each_finding() {
        *by_code.entry(noticed.finding.code()).or_default() += 1;
    }
    let mut by_kind: BTreeMap<&str, u64> = BTreeMap::new();
    for d in &linkage.duplicates {
        *by_kind.entry(d.kind.word()).or_default() += 1;
    }
    let mut deciles = [0u64; 10];
    let mut unranked = 0u64;
    for d in &ranking.deciles {
        match d {
            Some(d) => deciles[usize::from(d.get()) - 1] += 1,
            None => unranked += 1,
        }
    }
    let official = (0..linkage.family_count).filter(|family| ranking.official(*family).is_some()).count() as u64;
    let programmes: BTreeMap<&str, Value> = decisions
        .programmes
        .iter()
        .filter(|d| d.in_force)
        .map(|d| {
            let count = |o: Outcome| d.families.iter().filter(|f| f.outcome == o).count();
            let (yes, no, open) = (count(Outcome::Eligible), count(Outcome::Ineligible), count(Outcome::Undetermined));
            let year: i64 = d.families.iter().filter(|f| f.outcome == Outcome::Eligible).map(|f| f.year.0).sum();
            let counts = json!({
                "eligible": yes, "ineligible": no, "undetermined": open, "amount_year": year,
                "closes": yes + no + open == people.families.len(),
            });
            (d.programme.id.as_str(), counts)
        })
        .collect();
    let rules: Vec<Value> = linkage
        .counts
        .rules
        .iter()
        .map(|r| json!({ "rule": r.rule, "rows": r.rows, "pairs": r.pairs, "split": r.split, "largest": r.largest }))
        .collect();

    json!({
        "made_by": concat!("bansos ", env!("CARGO_PKG_VERSION")),
        "as_of": results.as_of.to_string(),
        "ledger": people.rulings.counts.map(|c| json!({
            "persons_taken_off": c.persons, "families_taken_off": c.families, "eligible": c.eligible,
            "undecided": c.undecided, "elsewhere": c.elsewhere,
        })),
        "editions": {
            "regions": bansos::region::EDITION.decree,
            "policy": decisions.edition,
            "overlays": decisions.overlays,
        },
        "files": files,
        "refused": refused,
        "sheets_not_read": unread,
        "rows": {
            "read": intake.rows_read(), "accepted": intake.accepted(), "quarantined": intake.quarantined(),
            "closes": intake.closes(), "quarantined_by": set_aside,
        },
        "persons": {
            "rows": intake.persons.len(),
            "persons": linkage.person_count,
            "closes": linkage.persons.len() == intake.persons.len() && people.persons.len() == linkage.person_count as usize
                && people.persons.iter().map(|p| p.rows.len()).sum::<usize>() == intake.persons.len(),
        },
        "families": {
            "rows": intake.families.len(),
            "families": linkage.family_count,
            "deciles": (1..=10).filter_map(Decile::new).map(|d| (d.get().to_string(), deciles[usize::from(d.get()) - 1])).collect::<BTreeMap<_, _>>(),
            "unranked": unranked,
            "decile_basis": { "stated": official, "estimated": u64::from(linkage.family_count) - unranked - official, "none": unranked },
            "closes": deciles.iter().sum::<u64>() + unranked == u64::from(linkage.family_count),
        },
        "ruta": {
            "ruta": people.ruta.len(),
            "families": people.ruta.iter().map(|r| r.keluarga().len()).sum::<usize>(),
        },
        "kpm": kpm(&people.families),
        "recipients": recipients(results),
        "findings": by_code,
        "duplicates": by_kind,
        "review_pairs": linkage.review.len(),
        "linkage": { "compared": linkage.counts.compared, "edges": linkage.counts.edges,
            "held_apart": linkage.counts.held_apart, "rounds": linkage.counts.rounds, "rules": rules },
        "ranking": ranking.about(),
        "stated_deciles": stated_deciles(&ranking.against_stated(people, intake)),
        "programmes": programmes,
        "elapsed_ms": results.elapsed_ms,
    })
}

/// Deciles stated and estimated: rows are those stated, columns ours; every family is counted once.
fn stated_deciles(found: &StatedDeciles) -> Value {
    json!({
        "by": found.by, "decides": found.decides, "table": found.table, "both": found.both(),
        "same": found.within(0), "within_one": found.within(1), "stated_only": found.stated_only,
        "estimated_only": found.estimated_only, "neither": found.neither,
    })
}

/// Lists of recipients by programme, and how many families are in lists of several at once.
fn recipients(results: &Results) -> Value {
    let (programmes, together) = (results.recipients.by_programme(), results.recipients.together());
    json!({
        "programmes": programmes.iter().map(|(programme, n)| json!({
            "programme": programme, "rows": n.rows, "families": n.families, "paid": n.paid, "amount": n.amount.0,
            "unregistered": n.unregistered, "dead": n.dead, "twice": n.twice, "excluded": n.excluded,
        })).collect::<Vec<_>>(),
        "together": together.iter().map(|(programmes, families)| {
            json!({ "programmes": programmes, "families": families })
        }).collect::<Vec<_>>(),
    })
}

/// Families that the registers state to be in a programme, by programme.
fn kpm(families: &[Keluarga<u32>]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for kpm in (0u32..).zip(families).flat_map(|(number, family)| stated(number, family)) {
        *counts.entry(kpm.programme().to_owned()).or_default() += 1;
    }
    counts
}
