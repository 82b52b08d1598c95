//! The rungs that change a digit: candidates, each with its evidence. Nothing here is ever done by itself.

use super::{Candidate, DigitChange, Evidence, Reading};
use crate::Date;
use crate::nik::agree::{DateAgreement, RegionAgreement};
use crate::nik::{Declared, Nik, digits};

/// Sixteen or so digits as they are changed.
type Digits = Vec<u8>;

/// Candidates for what is left of a cell, valid in every facet, best first.
pub(super) fn candidates(
    changed: impl Iterator<Item = (u64, DigitChange)>,
    evidence: &Evidence,
    as_of: Date,
) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    for (number, change) in changed {
        if all.iter().any(|c| c.nik.to_u64() == number) {
            continue;
        }
        let Some(nik) = Nik::from_u64(number) else { continue };
        let found = nik.examine(&evidence.declared, as_of);
        if found.is_valid() {
            let weight = weight(nik, &found, evidence);
            all.push(Candidate {
                nik,
                change,
                birth_date: found.birth_date_agreement,
                sex_agrees: found.sex_agrees,
                region: found.region_agreement,
                family_card: family_card(nik, evidence),
                other_register: evidence.other.map(|other| other == nik),
                weight,
            });
        }
    }
    all.sort_by_key(|c| (std::cmp::Reverse(c.weight), c.nik));
    all
}

/// The evidence for a candidate, as a number to sort by: another register's value before the birth date, the birth date before the
/// place, the place before the sex. Only the order matters; it is no probability.
fn weight(nik: Nik, found: &crate::nik::Examination, evidence: &Evidence) -> i32 {
    let other = match evidence.other {
        Some(other) if other == nik => 1_000,
        _ => 0,
    };
    let date = match found.birth_date_agreement {
        Some(DateAgreement::Same) => 100,
        Some(DateAgreement::DeclaredDefault | DateAgreement::NikDefault) | None => 0,
        Some(_) => -100,
    };
    let sex = match found.sex_agrees {
        Some(true) => 10,
        Some(false) => -30,
        None => 0,
    };
    let place = |a: Option<RegionAgreement>| match a {
        Some(RegionAgreement::Same | RegionAgreement::Successor) => 30,
        Some(RegionAgreement::SameRegency) => 20,
        Some(RegionAgreement::Elsewhere) | None => 0,
    };
    other + date + sex + place(found.region_agreement).max(place(family_card(nik, evidence)) / 2)
}

/// How the family card's place of issue agrees.
fn family_card(nik: Nik, evidence: &Evidence) -> Option<RegionAgreement> {
    crate::nik::agree::region(evidence.family_card?.region()?, nik.region()?)
}

fn number(digits: &[u8]) -> Option<u64> {
    (digits.len() == 16).then(|| digits.iter().fold(0, |n, d| n * 10 + u64::from(*d)))
}

pub(super) fn split(number: u64) -> Digits {
    digits::write(number).map(|b| b - b'0').to_vec()
}

/// Letters that look like digits, all at once: there is one such number at most.
pub(super) fn letters(cell: Reading) -> impl Iterator<Item = (u64, DigitChange)> {
    cell.spelled().map(|n| (n, DigitChange::Letters)).into_iter()
}

/// One digit other, or two neighbours swapped.
pub(super) fn one_wrong(found: u64) -> impl Iterator<Item = (u64, DigitChange)> {
    let own = split(found);
    let replaced = {
        let own = own.clone();
        (0..16usize).flat_map(move |place| {
            let own = own.clone();
            (0..10u8).filter_map(move |digit| {
                let mut other = own.clone();
                *other.get_mut(place)? = digit;
                (other != own).then_some(())?;
                Some((number(&other)?, DigitChange::Replaced { position: place as u8 + 1 }))
            })
        })
    };
    let swapped = (0..15usize).filter_map(move |place| {
        let mut other = own.clone();
        other.swap(place, place + 1);
        (other != own).then_some(())?;
        Some((number(&other)?, DigitChange::Swapped { position: place as u8 + 1 }))
    });
    replaced.chain(swapped)
}

/// One digit missing from fifteen: put back where the evidence can tell, so in the first twelve digits. A digit lost from the
/// serial is not in the data, whatever is declared; so where the first twelve digits are whole, nothing is proposed.
pub(super) fn one_missing(shown: &[u8], declared: &Declared, as_of: Date) -> impl Iterator<Item = (u64, DigitChange)> {
    let own = shown.to_vec();
    let twelve = own.get(..12).map(|d| d.iter().fold(0, |n, d| n * 10 + u64::from(*d)));
    // with any serial in their place
    let whole = twelve.and_then(|n| Nik::from_u64(n * 10_000 + 1)).map(|nik| nik.examine(declared, as_of));
    let serial_lost = whole.is_some_and(|w| w.is_valid() && w.birth_date_agreement == Some(DateAgreement::Same));
    let places = if own.len() == 15 && !serial_lost { 0..12usize } else { 0..0 };
    places.flat_map(move |place| {
        let own = own.clone();
        (0..10u8).filter_map(move |digit| {
            let mut other = own.clone();
            other.insert(place, digit);
            Some((number(&other)?, DigitChange::Inserted { position: place as u8 + 1 }))
        })
    })
}

/// One digit too many in seventeen.
pub(super) fn one_too_many(shown: &[u8]) -> impl Iterator<Item = (u64, DigitChange)> {
    let own = shown.to_vec();
    (0..17usize).filter_map(move |place| {
        if own.len() != 17 {
            return None;
        }
        let mut other = own.clone();
        other.remove(place);
        Some((number(&other)?, DigitChange::Removed { position: place as u8 + 1 }))
    })
}

/// A double's neighbours: itself and the odd numbers beside it.
pub(super) fn neighbours(cell: Reading) -> impl Iterator<Item = (u64, DigitChange)> {
    cell.double().into_iter().flat_map(|n| [n.saturating_sub(1), n, n + 1]).map(|n| (n, DigitChange::Float))
}

/// The number of another register, where what is left here can be its remains: the same leading digits, the same but for a zeroed
/// end, or the same with a few digits missing.
pub(super) fn other_register(shown: &[u8], evidence: &Evidence) -> Option<(u64, DigitChange)> {
    let other = evidence.other?;
    let whole = split(other.to_u64());
    if shown.len() < 4 {
        return None;
    }
    let front = shown.len() - shown.iter().rev().take_while(|d| **d == 0).count();
    let rounded = rounds_to(other.to_u64(), shown);
    let cut = shown.len() <= 16 && front >= 4 && whole.get(..front) == shown.get(..front);
    let thinned = shown.len() >= 14 && is_subsequence(shown, &whole);
    (rounded || cut || thinned).then_some((other.to_u64(), DigitChange::OtherRegister))
}

/// Whether the leading digits are the number rounded to so many places.
fn rounds_to(number: u64, leading: &[u8]) -> bool {
    let Some(cut) = 16u32.checked_sub(u32::try_from(leading.len()).unwrap_or(u32::MAX)) else { return false };
    let unit = 10u64.pow(cut);
    let shown = leading.iter().fold(0u64, |n, d| n * 10 + u64::from(*d));
    (number + unit / 2) / unit == shown
}

fn is_subsequence(part: &[u8], whole: &[u8]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|b| rest.any(|w| w == b))
}

/// Whether there is anything that can tell candidates apart.
pub(super) const fn can_tell(declared: &Declared) -> bool {
    declared.birth_date.is_some()
}
