//! The regency's real districts, with villages of an invented list: village codes of the right shape, no real village.

use super::SynthError;
use super::dice::Dice;
use bansos::region::{self, Level, RegionCode, Scheme};

pub(super) struct Village {
    pub(super) code: String,
    /// `3508162010`
    pub(super) digits: String,
    pub(super) name: String,
    pub(super) district: usize,
}

pub(super) struct District {
    /// Six digits.
    pub(super) number: u64,
    pub(super) name: String,
}

pub(super) struct Places {
    /// Four digits.
    pub(super) regency: u64,
    pub(super) province_name: String,
    /// `Kabupaten Lumajang`
    pub(super) regency_name: String,
    /// `LUMAJANG`, as birthplaces are written.
    pub(super) regency_short: String,
    /// The regency's own districts come first, then those elsewhere that people were born in.
    pub(super) districts: Vec<District>,
    pub(super) own: usize,
    pub(super) villages: Vec<Village>,
    /// Regencies people come from.
    pub(super) elsewhere: Vec<String>,
}

const FIRST: [&str; 36] = [
    "Sumber", "Karang", "Tanjung", "Sido", "Wono", "Banjar", "Kali", "Purwo", "Tegal", "Sari", "Mulyo", "Rejo", "Loa",
    "Muara", "Suka", "Mekar", "Batu", "Padang", "Rawa", "Gunung", "Pulau", "Kampung", "Ujung", "Lubuk", "Sungai",
    "Bukit", "Teluk", "Talang", "Jati", "Randu", "Kebon", "Ranu", "Pasir", "Cahaya", "Harapan", "Maju",
];
const SECOND: [&str; 24] = [
    "rejo", "sari", "anom", "wetan", "kulon", "lor", "kidul", "jaya", "mulya", "asri", "indah", "agung", "baru",
    "lama", "makmur", "tani", "raya", "tengah", "harjo", "tirta", "waras", "luhur", "bakti", "karya",
];

impl Places {
    pub(super) fn of(regency: RegionCode, dice: &mut Dice) -> Result<Self, SynthError> {
        let unknown = || SynthError::UnknownRegency { code: regency.to_string() };
        if regency.scheme() != Scheme::Kemendagri || regency.level() != Level::Regency {
            return Err(unknown());
        }
        let full = region::lookup(regency).and_then(|r| r.full_name()).ok_or_else(unknown)?;
        let short = region::name(regency).ok_or_else(unknown)?.to_owned();
        let province = regency.at(Level::Province).and_then(region::name).ok_or_else(unknown)?.to_owned();
        let named = |code: RegionCode| Some(District { number: code.number(), name: region::name(code)?.to_owned() });
        let mut districts: Vec<District> = region::children(regency).filter_map(named).collect();
        let own = districts.len();
        if own == 0 {
            return Err(unknown());
        }
        let all: Vec<RegionCode> = region::regencies().filter(|r| *r != regency).collect();
        let mut elsewhere = Vec::new();
        // most who come from elsewhere come from the same province
        let near: Vec<RegionCode> =
            all.iter().copied().filter(|r| r.at(Level::Province) == regency.at(Level::Province)).collect();
        for i in 0..16 {
            let from = dice.pick(if i % 4 == 0 || near.is_empty() { &all } else { &near });
            let inside: Vec<District> = region::children(*from).filter_map(named).collect();
            if inside.is_empty() {
                continue;
            }
            elsewhere.push(region::name(*from).unwrap_or_default().to_owned());
            let at = dice.below(inside.len());
            // a district has one lane of serials: twice the same would give one number to two people
            let fresh = |d: &District| districts.iter().all(|known| known.number != d.number);
            if let Some(district) = inside.into_iter().nth(at).filter(fresh) {
                districts.push(district);
            }
        }
        if elsewhere.is_empty() {
            elsewhere.push(short.clone());
        }
        let city = regency.is_city() == Some(true);
        let mut villages = Vec::new();
        for (district, of) in districts.iter().take(own).enumerate() {
            let count = 7 + dice.below(10);
            let shift = dice.below(FIRST.len() * SECOND.len());
            for i in 0..count {
                // steps of 67 through all 36 × 24 pairs meet each only once
                let pair = (shift + i * 67) % (FIRST.len() * SECOND.len());
                let name = format!("{}{}", FIRST[pair / SECOND.len()], SECOND[pair % SECOND.len()]);
                let urban = city || i == 0;
                let number = if urban { 1001 + i } else { 2001 + i };
                let digits = format!("{:06}{number:04}", of.number);
                let code = format!("{}.{}.{}.{}", &digits[..2], &digits[2..4], &digits[4..6], &digits[6..]);
                villages.push(Village { code, digits, name, district });
            }
        }
        Ok(Self {
            regency: regency.number(),
            province_name: province,
            regency_name: full,
            regency_short: short.to_uppercase(),
            districts,
            own,
            villages,
            elsewhere: elsewhere.into_iter().map(|n| n.to_uppercase()).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_district_and_no_village_stands_there_twice() {
        for seed in 0..200 {
            let regency = RegionCode::kemendagri([35_08, 64_02, 31_71, 92_71][seed as usize % 4]).unwrap();
            let places = Places::of(regency, &mut Dice::new(seed)).unwrap();
            let mut numbers: Vec<u64> = places.districts.iter().map(|d| d.number).collect();
            let all = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), all);
            let mut villages: Vec<(usize, &str)> =
                places.villages.iter().map(|v| (v.district, v.name.as_str())).collect();
            let all = villages.len();
            villages.sort_unstable();
            villages.dedup();
            assert_eq!(villages.len(), all);
        }
    }
}
