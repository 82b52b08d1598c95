//! What the tables must be: counts known from the decrees, and the codes of a second source.

use super::tables::Tables;
use crate::{Outcome, root};

/// Provinces, regencies, districts (Kepmendagri 300.2.2-2138/2025), retired regencies, retired districts, vacated numbers.
const EXPECTED: [usize; 6] = [38, 514, 7_285, 36, 632, 694];

pub(super) fn counts(t: &Tables) -> Outcome {
    let found = t.counts();
    if found != EXPECTED {
        return Err(format!("counts are {found:?}, expected {EXPECTED:?}").into());
    }
    if t.successors.len() != EXPECTED[4] {
        return Err(
            format!("{} retired districts have a successor, expected {}", t.successors.len(), EXPECTED[4]).into()
        );
    }
    eprintln!("region: 38/514/7,285 codes, 36 retired regencies, 632 retired districts with successors, 694 vacated");
    Ok(())
}

/// Every current code of three levels is in the second source, and the reverse.
pub(super) fn second_source(t: &Tables, codes: &[String]) -> Outcome {
    let current = t.regencies.iter().filter(|(_, r)| r.ended.is_none()).map(|(c, _)| c);
    let mut ours: Vec<&String> = t.provinces.keys().chain(current).chain(t.districts.keys()).collect();
    ours.sort();
    if ours.iter().copied().eq(codes) {
        eprintln!("region: the {} current codes equal those of a second source", ours.len());
        return Ok(());
    }
    let only_ours: Vec<_> = ours.iter().filter(|c| codes.binary_search(c).is_err()).take(5).collect();
    let only_theirs: Vec<_> = codes.iter().filter(|c| ours.binary_search(c).is_err()).take(5).collect();
    Err(format!("a second source differs: only ours {only_ours:?}, only theirs {only_theirs:?}").into())
}

/// Without the sources: the checked-in tables are at least complete.
pub(super) fn offline() -> Outcome {
    let file = std::fs::read_to_string(root().join(super::CODES))?;
    let names = std::fs::read_to_string(root().join(super::DISTRICTS))?;
    let rows = |start: &str| file.lines().filter(|l| l.trim_start().starts_with(start)).count();
    // the fourth and the sixth piece between quotes are the district numbers and the vacated ones
    let numbers = |start: &str, piece: usize| -> usize {
        let rows = file.lines().filter(|l| l.trim_start().starts_with(start));
        rows.filter_map(|l| l.split('"').nth(piece)).map(count).sum()
    };
    let districts: usize = names.lines().filter_map(|l| l.split('"').nth(1)).map(|l| l.split('|').count()).sum();
    let found = [
        rows("province("),
        rows("now("),
        numbers("now(", 3),
        rows("old("),
        numbers("old(", 3),
        numbers("now(", 5) + numbers("old(", 5),
    ];
    if found == EXPECTED && districts == EXPECTED[2] {
        eprintln!("region: offline, the checked-in tables have the right counts");
        Ok(())
    } else {
        Err(format!("checked-in tables: counts {found:?}, {districts} district names; expected {EXPECTED:?}").into())
    }
}

/// How many numbers `"1-9 12"` stands for.
fn count(ranges: &str) -> usize {
    let number = |s: &str| s.parse::<usize>().unwrap_or(0);
    ranges.split_whitespace().map(|p| p.split_once('-').map_or(1, |(a, b)| number(b) + 1 - number(a))).sum()
}
