//! Numbers that are no longer in force.

use bansos::region::RegionCode;
use std::sync::OnceLock;

static TEXT: &str = include_str!("../data/former.txt");

/// A number that a village had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    /// Its name then.
    pub name: &'static str,
    /// The number in force that took its place, found by name; `None` where none was found.
    pub successor: Option<RegionCode>,
    /// Year of the last decree whose list has the number.
    pub last_list: u16,
}

fn table() -> &'static [(u64, Former)] {
    static ALL: OnceLock<Vec<(u64, Former)>> = OnceLock::new();
    ALL.get_or_init(|| TEXT.lines().filter_map(row).collect())
}

/// `1471081011 1471131005 2019 Airputih`; a successor that is not known is `-`.
fn row(line: &'static str) -> Option<(u64, Former)> {
    let mut words = line.splitn(4, ' ');
    let number = words.next()?.parse().ok()?;
    let successor = words.next()?.parse().ok().and_then(RegionCode::kemendagri);
    Some((number, Former { last_list: words.next()?.parse().ok()?, name: words.next()?, successor }))
}

pub(crate) fn of(code: RegionCode) -> Option<Former> {
    let all = table();
    let at = all.binary_search_by_key(&code.number(), |(number, _)| *number).ok()?;
    all.get(at).map(|(_, former)| *former)
}

#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = (RegionCode, Former)> {
    table().iter().filter_map(|(number, former)| Some((RegionCode::kemendagri(*number)?, *former)))
}
