//! Duplicates and conflicts: what a Dinsos team has to look at, each with its evidence.

use super::columns::Columns;
use super::household::Links;
use super::score::Scorer;
use super::{Duplicate, DuplicateKind, Pair};
use bansos::dedup::{ComparedField, NikLevel};
use bansos::household::FamilyRecord;
use bansos::person::PersonRecord;
use rayon::prelude::*;

pub(super) fn find(
    persons: &[PersonRecord],
    families: &[FamilyRecord],
    columns: &Columns,
    scorer: &Scorer<'_>,
    links: &Links,
    person: &[u32],
) -> Vec<Duplicate> {
    let mut out = same_person(columns, scorer, links, person);
    out.extend(nik_shared(columns, scorer, links, person));
    out.extend(card_twice(families, columns));
    for d in &mut out {
        if d.kind == DuplicateKind::CardTwice {
            d.rows.sort_unstable_by_key(|r| families[*r as usize].origin);
        } else {
            d.rows.sort_unstable_by_key(|r| persons[*r as usize].origin);
        }
    }
    out.sort_unstable_by_key(|d| {
        let first = d.rows.first().copied().unwrap_or(0) as usize;
        let origin = if d.kind == DuplicateKind::CardTwice { families[first].origin } else { persons[first].origin };
        (d.kind, origin)
    });
    out
}

fn all_pairs(rows: &[u32], scorer: &Scorer<'_>, links: &Links) -> Vec<Pair> {
    // evidence for a reader: a dozen rows make 66 pairs
    let rows = rows.get(..12).unwrap_or(rows);
    rows.iter()
        .enumerate()
        .flat_map(|(i, a)| rows[i + 1..].iter().map(move |b| (*a, *b)))
        .map(|(a, b)| scorer.pair(a, b, links))
        .collect()
}

/// Rows of one person in one source, and one person under two sound numbers.
fn same_person(columns: &Columns, scorer: &Scorer<'_>, links: &Links, person: &[u32]) -> Vec<Duplicate> {
    let mut rows: Vec<(u32, u8, u32)> =
        columns.traits.iter().enumerate().map(|(i, t)| (person[i], t.source, i as u32)).collect();
    rows.par_sort_unstable();
    let mut out = Vec::new();
    for all in rows.chunk_by(|x, y| x.0 == y.0).filter(|g| g.len() > 1) {
        for group in all.chunk_by(|x, y| x.1 == y.1).filter(|g| g.len() > 1) {
            let rows: Vec<u32> = group.iter().map(|x| x.2).collect();
            let mut listings: Vec<u32> = rows.iter().map(|r| columns.traits[*r as usize].listing).collect();
            listings.sort_unstable();
            let before = listings.len();
            listings.dedup();
            let kind = match (listings.len(), before) {
                (1, _) => DuplicateKind::EnteredTwice,
                // a row that names no family is in no second one
                (n, m) if n == m && !rows.iter().any(|r| columns.is_loose(*r)) => DuplicateKind::TwoFamilies,
                _ => DuplicateKind::SamePerson,
            };
            let pairs = all_pairs(&rows, scorer, links);
            out.push(Duplicate { kind, rows, pairs });
        }
        let sound: Vec<u32> = all.iter().map(|x| x.2).filter(|r| columns.traits[*r as usize].sound).collect();
        let pairs: Vec<Pair> = all_pairs(&sound, scorer, links)
            .into_iter()
            .filter(|p| p.vector[ComparedField::Nik as usize] == NikLevel::Different as u8)
            .collect();
        if !pairs.is_empty() {
            let mut rows: Vec<u32> = pairs.iter().flat_map(|p| [p.a, p.b]).collect();
            rows.sort_unstable();
            rows.dedup();
            out.push(Duplicate { kind: DuplicateKind::TwoNiks, rows, pairs });
        }
    }
    out
}

/// One whole NIK on rows of different persons.
fn nik_shared(columns: &Columns, scorer: &Scorer<'_>, links: &Links, person: &[u32]) -> Vec<Duplicate> {
    let mut rows: Vec<(u64, u32, u32)> = columns
        .traits
        .iter()
        .enumerate()
        .filter(|(_, t)| t.nik.whole())
        .map(|(i, t)| (t.nik.bits(), person[i], i as u32))
        .collect();
    rows.par_sort_unstable();
    rows.chunk_by(|x, y| x.0 == y.0)
        .filter(|g| g.first().map(|x| x.1) != g.last().map(|x| x.1))
        .map(|g| {
            let rows: Vec<u32> = g.iter().map(|x| x.2).collect();
            let pairs = all_pairs(&rows, scorer, links)
                .into_iter()
                .filter(|p| person[p.a as usize] != person[p.b as usize])
                .collect();
            Duplicate { kind: DuplicateKind::NikShared, rows, pairs }
        })
        .collect()
}

/// One card on several family rows of one source.
fn card_twice(families: &[FamilyRecord], columns: &Columns) -> Vec<Duplicate> {
    let mut rows: Vec<(u8, u64, u32)> = families
        .iter()
        .enumerate()
        .filter_map(|(i, f)| {
            let card = columns.listings.card[columns.family_listing[i] as usize];
            (card.whole() && f.family_card.value().is_some()).then_some((f.origin.source as u8, card.bits(), i as u32))
        })
        .collect();
    rows.sort_unstable();
    rows.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1))
        .filter(|g| g.len() > 1)
        .map(|g| Duplicate { kind: DuplicateKind::CardTwice, rows: g.iter().map(|x| x.2).collect(), pairs: Vec::new() })
        .collect()
}
