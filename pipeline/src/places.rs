//! Where a family lives, in code and name, as the files and the report name it.

use bansos::region::Residence;
use bansos::region::{self, Level, RegionCode};

/// Kecamatan and desa of a residence; empty where unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub(crate) district_code: String,
    pub(crate) district: String,
    pub(crate) village_code: String,
    pub(crate) village: String,
}

impl Place {
    pub(crate) fn of(residence: Option<&Residence>) -> Self {
        let Some(residence) = residence else { return Self::default() };
        let at = |level: Level| residence.region.and_then(|r| r.at(level));
        let digits = |code: Option<RegionCode>| code.map(|c| c.digits()).unwrap_or_default();
        let name = |t: &Option<bansos::Text>| t.as_deref().map(title).unwrap_or_default();
        let district = at(Level::District);
        let official = district.and_then(region::name).map(str::to_owned);
        Self {
            district_code: digits(district),
            district: official.unwrap_or_else(|| name(&residence.district_name)),
            village_code: digits(at(Level::Village)),
            village: name(&residence.village_name),
        }
    }
}

/// `TEMPEH LOR` → `Tempeh Lor`: registers shout, reports do not.
fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for c in text.trim().chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric() && c != '\'';
    }
    out
}
