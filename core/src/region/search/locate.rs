//! A place by the names of all its levels together.

use super::{Match, search};
use crate::region::lookup::was_in;
use crate::region::{Level, RegionCode};

/// A place found by the names of its levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// The deepest place that the names agree on.
    pub code: RegionCode,
    /// How alike the names are, the least of them, in thousandths. Never 1000 where a name that was given has no place in
    /// `code`.
    pub score: u16,
    /// The level whose name was given and was found nowhere below `code`.
    pub unplaced: Option<Level>,
}

/// What a name that is found nowhere leaves of the score.
const UNPLACED: u16 = 500;

/// The place that a province, a regency and a district name together; empty names say nothing. A district decides between a
/// kabupaten and a kota of one name, and is never dropped without a lower score. `None` where no place stands alone at the
/// top.
///
/// Districts need the feature `district-names`.
///
/// ```
/// use bansos::region::{Level, locate};
/// let found = |regency, district| locate("", regency, district).map(|l| (l.code.to_string(), l.score == 1000));
/// # if cfg!(feature = "district-names") {
/// assert_eq!(found("MALANG", "LOWOKWARU"), Some(("35.73.05".to_owned(), true)));
/// // the kecamatan is one of the kabupaten's
/// assert_eq!(found("KOTA SUKABUMI", "CIKAKAK"), Some(("32.02.03".to_owned(), false)));
/// # }
/// let nowhere = locate("", "KAB. LUMAJANG", "XYZXYZ").unwrap();
/// assert_eq!((nowhere.code.to_string().as_str(), nowhere.unplaced), ("35.08", Some(Level::District)));
/// ```
pub fn locate(province: &str, regency: &str, district: &str) -> Option<Located> {
    let above = alone(&search(province, Level::Province, None));
    let mut regencies = search(regency, Level::Regency, above.map(|m| m.code));
    if let (true, Some(above)) = (regencies.is_empty(), above) {
        regencies = given_up(regency, above.code);
    }
    let Some(best) = regencies.first().copied() else {
        let given = if nothing(regency) { None } else { Some(Level::Regency) };
        return above.map(|m| unplaced(m, given));
    };
    if nothing(district) {
        return alone(&regencies).map(|m| unplaced(m, None));
    }
    // another place of that name, kabupaten or kota, may be the one that has the district
    regencies.retain(|m| m.score + SLIP >= best.score);
    let mut found: Vec<Located> = regencies.iter().filter_map(|m| below(*m, district)).collect();
    found.sort_by_key(|l| std::cmp::Reverse(l.score));
    match found.as_slice() {
        [] => alone(&regencies).map(|m| unplaced(m, Some(Level::District))),
        [first, rest @ ..] => rest.iter().all(|l| l.score < first.score).then_some(*first),
    }
}

/// What the name of a province that was right once leaves of the score.
const ONCE: u16 = 940;

/// Regencies of that name that the province gave up: `PAPUA, MERAUKE` was right until 2022.
fn given_up(regency: &str, province: RegionCode) -> Vec<Match> {
    let mut found = search(regency, Level::Regency, None);
    found.retain(|m| was_in(m.code, province));
    found.iter_mut().for_each(|m| m.score = m.score.min(ONCE));
    found
}

/// How much less alike a name may be and still be looked below.
const SLIP: u16 = 100;

fn below(regency: Match, district: &str) -> Option<Located> {
    let found = alone(&search(district, Level::District, Some(regency.code)))?;
    Some(Located { code: found.code, score: found.score.min(regency.score), unplaced: None })
}

fn alone(found: &[Match]) -> Option<Match> {
    let (first, rest) = found.split_first()?;
    rest.iter().all(|m| m.score < first.score).then_some(*first)
}

fn unplaced(m: Match, level: Option<Level>) -> Located {
    let score = if level.is_some() { m.score.min(UNPLACED) } else { m.score };
    Located { code: m.code, score, unplaced: level }
}

fn nothing(name: &str) -> bool {
    crate::text::is_empty_like(name)
}

#[cfg(all(test, feature = "district-names"))]
mod tests {
    use super::*;

    fn found(province: &str, regency: &str, district: &str) -> Option<(u64, u16, Option<Level>)> {
        locate(province, regency, district).map(|l| (l.code.number(), l.score, l.unplaced))
    }

    #[test]
    fn the_district_decides_between_two_of_a_name() {
        for (regency, district, code) in [
            ("MALANG", "LOWOKWARU", 35_73_05),
            ("SUKABUMI", "CIKAKAK", 32_02_03),
            ("SORONG", "SORONG BARAT", 96_71_03),
            ("Kab. Lumajang", "Kec. Kedungjajang", 35_08_16),
        ] {
            assert_eq!(found("", regency, district), Some((code, 1000, None)), "{regency} {district}");
        }
        assert_eq!(found("", "MALANG", ""), None, "kabupaten or kota");
    }

    #[test]
    fn a_name_that_has_no_place_is_never_dropped_at_full_score() {
        assert_eq!(found("JAWA BARAT", "KOTA SUKABUMI", "CIKAKAK"), Some((32_02_03, 940, None)));
        assert_eq!(found("PAPUA", "MERAUKE", "MERAUKE"), Some((93_01_01, ONCE, None)), "Papua Selatan since 2022");
        assert_eq!(found("SULAWESI SELATAN", "MAMUJU", ""), Some((76_02, ONCE, None)), "Sulawesi Barat since 2004");
        assert_eq!(found("JAWA BARAT", "MERAUKE", ""), Some((32, UNPLACED, Some(Level::Regency))), "never there");
        assert_eq!(found("JAWA BARAT", "KOTA BOGOR", "CIGOMBONG"), Some((32_01_38, 940, None)));
        assert_eq!(found("", "KAB. LUMAJANG", "XYZXYZ"), Some((35_08, UNPLACED, Some(Level::District))));
        assert_eq!(found("JAWA TIMUR", "XYZXYZ", ""), Some((35, UNPLACED, Some(Level::Regency))));
        assert_eq!(found("JAWA TIMUR", "KAB. LUMAJANG", ""), Some((35_08, 1000, None)));
        assert_eq!(found("", "", ""), None);
    }
}
