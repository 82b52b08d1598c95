//! The list in force: a line for each kecamatan.

use bansos::region::{Level, RegionCode, Scheme};
use std::sync::OnceLock;

static TEXT: &str = include_str!("../data/in-force.txt");

/// Numbers of kecamatan in their order, with their villages as the file has them: `2001 Name|2002 Name`.
fn districts() -> &'static [(u64, &'static str)] {
    static ALL: OnceLock<Vec<(u64, &str)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let district = |line: &'static str| {
            let (number, villages) = line.split_once(' ')?;
            Some((number.parse().ok()?, villages))
        };
        TEXT.lines().filter_map(district).collect()
    })
}

/// The villages of a kecamatan; none for any other code.
pub(crate) fn of(district: RegionCode) -> impl Iterator<Item = (RegionCode, &'static str)> {
    let is_district = (district.scheme(), district.level()) == (Scheme::Kemendagri, Level::District);
    let all = districts();
    let at = all.binary_search_by_key(&district.number(), |(number, _)| *number).ok().filter(|_| is_district);
    let text = at.and_then(|at| all.get(at)).map_or("", |(_, villages)| villages);
    text.split('|').filter_map(move |village| {
        let (number, name) = village.split_once(' ')?;
        Some((RegionCode::kemendagri(district.number() * 10_000 + number.parse::<u64>().ok()?)?, name))
    })
}

/// The name of a village in force.
pub(crate) fn name(code: RegionCode) -> Option<&'static str> {
    of(code.at(Level::District)?).find(|(own, _)| *own == code).map(|(_, name)| name)
}
