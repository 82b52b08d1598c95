//! Which places the tables speak of: kecamatan and desa for a kabupaten; for a province or the nation, where a table of every
//! kecamatan helps nobody, kabupaten/kota and kecamatan.

use super::data::{AreaCounts, Place};
use bansos::Bilingual;
use bansos::region::{RegionCode, Scheme, lookup};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// No kabupaten comes near as many kecamatan (the most are about fifty).
const TOO_MANY: usize = 80;

/// What the two levels are called.
pub(crate) struct Levels {
    /// Upper level as a heading.
    pub(crate) top: Bilingual,
    /// Upper level inside a sentence.
    pub(crate) per: Bilingual,
    /// Lower level as a heading.
    pub(crate) leaf: Bilingual,
    /// Lower level inside a sentence, many of them.
    pub(crate) leaves: Bilingual,
    /// What stands before names of the upper level in a sentence.
    pub(crate) before: Bilingual,
    /// Kabupaten and kecamatan instead of kecamatan and desa.
    pub(crate) lifted: bool,
}

impl Levels {
    /// The levels fit for these places.
    pub(crate) fn of(areas: &[AreaCounts]) -> Self {
        let districts: BTreeSet<&str> = areas.iter().map(|a| a.kecamatan.code.as_str()).collect();
        if districts.len() <= TOO_MANY {
            Self {
                top: Bilingual::new("Kecamatan", "District"),
                per: Bilingual::new("kecamatan", "district"),
                leaf: Bilingual::new("Desa/kelurahan", "Village"),
                leaves: Bilingual::new("desa", "villages"),
                before: Bilingual::new("Kecamatan ", ""),
                lifted: false,
            }
        } else {
            Self {
                top: Bilingual::new("Kabupaten/kota", "Regency or city"),
                per: Bilingual::new("kabupaten/kota", "regency"),
                leaf: Bilingual::new("Kecamatan", "District"),
                leaves: Bilingual::new("kecamatan", "districts"),
                before: Bilingual::default(),
                lifted: true,
            }
        }
    }

    /// A place's counts under the names of these levels.
    pub(crate) fn place<'a>(&self, area: &'a AreaCounts) -> (Cow<'a, Place>, Cow<'a, Place>) {
        if !self.lifted {
            return (Cow::Borrowed(&area.kecamatan), Cow::Borrowed(&area.desa));
        }
        let code = area.kecamatan.code.get(..4).unwrap_or_default().to_owned();
        let name = RegionCode::parse(Scheme::Kemendagri, &code).ok().and_then(lookup).and_then(|r| r.full_name());
        (Cow::Owned(Place { name: name.unwrap_or_default(), code }), Cow::Borrowed(&area.kecamatan))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(districts: u32) -> Vec<AreaCounts> {
        let place = |code: String| Place { name: format!("n{code}"), code };
        (0..districts)
            .map(|i| AreaCounts {
                kecamatan: place(format!("3508{:02}", i % 100)),
                desa: place(format!("3508{:02}2001", i % 100)),
                ..AreaCounts::default()
            })
            .collect()
    }

    #[test]
    fn a_kabupaten_has_kecamatan_and_desa_a_province_kabupaten_and_kecamatan() {
        let few = areas(21);
        let levels = Levels::of(&few);
        assert_eq!(levels.place(&few[3]).0.code, "350803");
        let many = areas(99);
        let levels = Levels::of(&many);
        let (top, leaf) = levels.place(&many[3]);
        assert_eq!(
            (top.code.as_str(), top.name.as_str(), leaf.code.as_str()),
            ("3508", "Kabupaten Lumajang", "350803")
        );
        assert_eq!(levels.top.en, "Regency or city");
    }
}
