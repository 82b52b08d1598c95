//! Every name a place in force is sought by, folded once.

use std::sync::OnceLock;

use super::Via;
use super::query::Folded;
use crate::region::table::ALIASES;
use crate::region::{Level, RegionCode, children, name, provinces, succession};

/// One name of one place in force.
pub(super) struct Entry {
    pub(super) code: RegionCode,
    pub(super) name: &'static str,
    pub(super) folded: Folded,
    pub(super) via: Via,
}

/// The names of one level, in the order of the codes; those of villages are not embedded.
///
/// Folding 7,285 names costs milliseconds, so it is done at the first search of the level, not at each.
pub(super) fn names(level: Level) -> &'static [Entry] {
    static PROVINCES: OnceLock<Vec<Entry>> = OnceLock::new();
    static REGENCIES: OnceLock<Vec<Entry>> = OnceLock::new();
    static DISTRICTS: OnceLock<Vec<Entry>> = OnceLock::new();
    let regencies = || provinces().flat_map(children);
    match level {
        Level::Province => PROVINCES.get_or_init(|| entries(level, provinces())),
        Level::Regency => REGENCIES.get_or_init(|| entries(level, regencies())),
        Level::District => DISTRICTS.get_or_init(|| entries(level, regencies().flat_map(children))),
        Level::Village => &[],
    }
}

fn entries(level: Level, places: impl Iterator<Item = RegionCode>) -> Vec<Entry> {
    let entry = |code, name, via| Entry { code, name, folded: Folded::new(name), via };
    let official = places.filter_map(|code| Some(entry(code, name(code)?, Via::Name)));
    let aliases = ALIASES.iter().filter_map(|(number, alias)| {
        let code = RegionCode::kemendagri((*number).into())?;
        let now = succession(code).map_or(code, |s| s.successor);
        (now.level() == level).then(|| entry(now, *alias, Via::Alias))
    });
    official.chain(aliases).collect()
}
