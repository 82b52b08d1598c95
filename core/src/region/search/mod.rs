//! Places by name: spelling slips, "Kab." and "Kota", short forms and old names.

mod index;
mod locate;
mod query;
mod spelling;

use super::{Level, RegionCode, Scheme};
use index::names;
pub use locate::{Located, locate};
use query::Query;
pub use spelling::fold;

words! {
    /// By which of its names a place was found.
    pub enum Via {
        /// The name of the decree.
        Name = "name", id: "nama resmi", en: "official name";
        /// An older name or a short form.
        Alias = "alias", id: "nama lama atau singkatan", en: "old or short name";
    }
}

/// A place found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its code, in force.
    pub code: RegionCode,
    /// The name it was found by.
    pub matched: &'static str,
    /// What kind of name that is.
    pub via: Via,
    /// How alike, in thousandths; 1000: the same but for case, blanks and punctuation.
    pub score: u16,
}

/// Places of one level whose name is like `text`, best first, equal ones in the order of their codes; at most ten.
///
/// Case, blanks, punctuation and accents do not count; one slip in four letters is forgiven (letter missing, doubled, wrong, two
/// swapped). "Kab." or "Kota" in front prefers that kind. `within` narrows to a place above. Old names of
/// regencies give the code in force. Districts need the feature `district-names`; villages are not embedded.
///
/// ```
/// use bansos::region::{Level, search};
/// let first = |text| search(text, Level::Regency, None).first().map(|m| m.code.to_string());
/// assert_eq!(first("KAB. LUMAJNG").as_deref(), Some("35.08"));
/// assert_eq!(first("kota sorong").as_deref(), Some("96.71"));
/// assert_eq!(first("Mamuju Utara").as_deref(), Some("76.01"));
/// ```
pub fn search(text: &str, level: Level, within: Option<RegionCode>) -> Vec<Match> {
    let query = Query::new(text);
    let mut found: Vec<Match> = names(level)
        .iter()
        .filter(|e| within.is_none_or(|w| e.code.is_within(w)))
        .filter_map(|e| {
            let score = query.score(e.code, &e.folded, e.via)?;
            Some(Match { code: e.code, matched: e.name, via: e.via, score })
        })
        .collect();
    found.sort_by_key(|m| (std::cmp::Reverse(m.score), m.via, m.code));
    let mut seen = Vec::new();
    found.retain(|m| {
        !seen.contains(&m.code) && {
            seen.push(m.code);
            true
        }
    });
    found.truncate(10);
    found
}

/// Districts of a regency in force that have exactly this name (but for case, blanks and punctuation), or, where there is none,
/// those most like it. More than one where two districts share a name. A retired regency is read as its successor.
///
/// ```
/// use bansos::region::{RegionCode, districts_named};
/// let lumajang = RegionCode::kemendagri(35_08).unwrap();
/// let found: Vec<String> = districts_named(lumajang, "KEDUNG JAJANG").iter().map(|c| c.to_string()).collect();
/// assert_eq!(found, ["35.08.16"]);
/// ```
pub fn districts_named(regency: RegionCode, name: &str) -> Vec<RegionCode> {
    let regency = super::succession(regency).map_or(regency, |s| s.successor);
    if regency.scheme() != Scheme::Kemendagri || regency.level() != Level::Regency {
        return Vec::new();
    }
    let found = search(name, Level::District, Some(regency));
    let best = found.first().map_or(0, |m| m.score);
    found.iter().filter(|m| m.score == best).map(|m| m.code).collect()
}

#[cfg(test)]
mod tests {
    use super::super::table::REGENCIES;
    use super::*;
    use proptest::prelude::*;

    fn regency(text: &str) -> Option<u64> {
        search(text, Level::Regency, None).first().map(|m| m.code.number())
    }

    #[test]
    fn regencies_as_registers_write_them() {
        for (text, code) in [
            ("KABUPATEN KUTAI KARTANEGARA", 64_02),
            ("Kab. Kutai Kertanegara", 64_02),
            ("kutaikartanegara", 64_02),
            ("Sorong", 96_01),
            ("Kab. Sorong", 96_01),
            ("KOTA SORONG", 96_71),
            ("Kodya Bandung", 32_73),
            ("Kab Bandung", 32_04),
            ("Kotabaru", 63_02),
            ("Kota Baru", 63_02),
            ("Kab. Kota Baru", 63_02),
            ("Kotawaringin Barat", 62_01),
            ("Maluku Tenggara Barat", 81_03),
            ("Polewali Mamasa", 76_04),
            ("Kep. Seribu", 31_01),
            ("Jakarta Selatan", 31_74),
            ("KOTA ADM. JAKARTA SELATAN", 31_74),
            ("Kab. Pontianak", 61_02),
            ("Kota Pontianak", 61_71),
            ("Kab. Dati II Kutai", 64_02),
            ("Kotamadya Daerah Tingkat II Bandung", 32_73),
            ("Sawahlunto Sijunjung", 13_03),
            ("Solo", 33_72),
            ("Solok", 13_02),
            ("Kota Solok", 13_72),
            ("Muba", 16_06),
            ("Mura", 16_05),
            ("Palu", 72_71),
            ("PALI", 16_12),
        ] {
            assert_eq!(regency(text), Some(code), "{text}");
        }
        assert_eq!(regency("Atlantis"), None);
        assert_eq!(regency(""), None);
        assert_eq!(regency("Kota"), None);
    }

    #[test]
    fn provinces_by_their_many_names() {
        let province = |t: &str| search(t, Level::Province, None).first().map(|m| m.code.number());
        for (text, code) in [
            ("JAWA TIMUR", 35),
            ("Prov. Jawa Timur", 35),
            ("DKI Jakarta", 31),
            ("D.I. Yogyakarta", 34),
            ("NTT", 53),
            ("Nanggroe Aceh Darussalam", 11),
            ("Kep. Riau", 21),
            ("Kalimantan Utra", 65),
        ] {
            assert_eq!(province(text), Some(code), "{text}");
        }
    }

    #[test]
    #[cfg(feature = "district-names")]
    fn districts_in_their_regency() {
        let in_regency = |n, t: &str| {
            districts_named(RegionCode::kemendagri(n).unwrap(), t).iter().map(|c| c.number()).collect::<Vec<_>>()
        };
        assert_eq!(in_regency(64_02, "TENGGARONG"), [64_02_06]);
        assert_eq!(in_regency(64_02, "Kec. Tenggarong Seberang"), [64_02_16]);
        assert_eq!(in_regency(35_08, "SENDURO"), in_regency(35_08, "Senduru"));
        assert_eq!(in_regency(91_09, "Mimika Baru"), in_regency(94_04, "MIMIKA BARU"));
        assert!(in_regency(35_08, "Gambir").is_empty());
        assert!(search("Sukamaju", Level::District, None).len() > 1);
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,60}") {
            for level in Level::ALL {
                let _ = search(&text, *level, RegionCode::kemendagri(35_08));
            }
        }

        #[test]
        fn finds_itself_in_any_case_and_spacing(i in 0usize..550, upper: bool, kind: bool) {
            let row = &REGENCIES[i];
            let code = RegionCode::kemendagri(row.code.into()).unwrap();
            let now = super::super::succession(code).map_or(code, |s| s.successor);
            let kind = match (kind, code.is_city()) { (false, _) => "", (_, Some(true)) => "Kota ", _ => "Kab. " };
            let text = format!("{kind}{}", row.name);
            let text = if upper { text.to_uppercase() } else { text.replace(' ', "  ") };
            let found = search(&text, Level::Regency, now.parent());
            let best = found.first().map(|m| m.score);
            prop_assert!(found.iter().any(|m| m.code == now && Some(m.score) == best), "{} {:?}", text, found);
        }
    }
}
