#![doc = include_str!("../README.md")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod former;
mod in_force;

use bansos::region::{Level, RegionCode, Scheme};
pub use former::Former;

/// The decree whose list is in force here.
pub const DECREE: &str = "Kepmendagri 300.2.2-2138/2025";

/// Desa and kelurahan in force.
pub const COUNT: u32 = 83_762;

/// What a number of a village is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VillageStatus {
    /// In force, with its name.
    InForce(&'static str),
    /// A number of before.
    Former(Former),
    /// In no list since 2015.
    Unknown,
}

/// What the number of a village is; any other code is unknown.
///
/// ```
/// use bansos::region::RegionCode;
/// use bansos_villages::{VillageStatus, status};
/// let of = |number| RegionCode::kemendagri(number).map(status);
/// assert_eq!(of(35_08_16_2001), Some(VillageStatus::InForce("Pandansari")));
/// assert_eq!(of(35_08_16_9999), Some(VillageStatus::Unknown));
/// let Some(VillageStatus::Former(vim)) = of(91_71_02_1004) else { unreachable!() };
/// assert_eq!((vim.name, vim.last_list), ("Vim", 2017));
/// assert_eq!(vim.successor.map(|code| code.to_string()).as_deref(), Some("91.71.03.1014"));
/// ```
pub fn status(code: RegionCode) -> VillageStatus {
    if (code.scheme(), code.level()) != (Scheme::Kemendagri, Level::Village) {
        return VillageStatus::Unknown;
    }
    let in_force = in_force::name(code).map(VillageStatus::InForce);
    in_force.or_else(|| former::of(code).map(VillageStatus::Former)).unwrap_or(VillageStatus::Unknown)
}

/// The name of a village, or the one it had in the last list that has its number.
pub fn name(code: RegionCode) -> Option<&'static str> {
    match status(code) {
        VillageStatus::InForce(name) => Some(name),
        VillageStatus::Former(former) => Some(former.name),
        VillageStatus::Unknown => None,
    }
}

/// The number in force: the village's own, or that of what took its place. `None` where neither is known.
pub fn current(code: RegionCode) -> Option<RegionCode> {
    match status(code) {
        VillageStatus::InForce(_) => Some(code),
        VillageStatus::Former(former) => former.successor,
        VillageStatus::Unknown => None,
    }
}

/// The village of that name in a kecamatan, by its letters and digits; words such as *desa* and *kelurahan* before it are no part of
/// the name. `None` where no village is called so, or two are (a desa and a kelurahan).
pub fn find(district: RegionCode, name: &str) -> Option<RegionCode> {
    let wanted = fold(name);
    let mut same = villages(district).filter(|(_, own)| fold(own) == wanted);
    let (code, _) = same.next()?;
    same.next().is_none().then_some(code)
}

/// The villages of a kecamatan in force, by their numbers.
pub fn villages(district: RegionCode) -> impl Iterator<Item = (RegionCode, &'static str)> {
    in_force::of(district)
}

/// Letters and digits in lower case, without what kind of village it is.
fn fold(name: &str) -> String {
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let kind = words().next().map(str::to_lowercase);
    let skipped = match kind.as_deref() {
        Some("desa" | "ds" | "kelurahan" | "kel" | "nagari" | "gampong" | "kampung" | "pekon")
            if words().count() > 1 =>
        {
            1
        }
        _ => 0,
    };
    words().skip(skipped).flat_map(|word| word.chars().flat_map(char::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::region;

    fn code(number: u64) -> RegionCode {
        RegionCode::kemendagri(number).unwrap()
    }

    #[test]
    fn every_village_lies_in_a_kecamatan_in_force_and_has_a_name() {
        let districts: Vec<RegionCode> = region::regencies().flat_map(region::children).collect();
        let all: Vec<_> = districts.iter().flat_map(|district| villages(*district)).collect();
        assert_eq!(all.len(), COUNT as usize);
        assert!(all.iter().all(|(code, name)| !name.is_empty() && super::name(*code) == Some(*name)));
        assert!(all.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn every_number_of_before_leads_to_one_in_force_or_nowhere() {
        let all: Vec<_> = former::all().collect();
        assert_eq!(all.len(), 6_914);
        for (code, former) in all {
            assert!(in_force::name(code).is_none(), "{code}");
            assert!(former.successor.is_none_or(|now| in_force::name(now).is_some()), "{code}");
            assert_eq!(current(code), former.successor);
        }
    }

    #[test]
    fn found_by_name_within_a_kecamatan() {
        let airputih = code(14_71_13_1005);
        for text in ["Airputih", "AIR PUTIH", "kel. air-putih", "Kelurahan Airputih"] {
            assert_eq!(find(code(14_71_13), text), Some(airputih), "{text}");
        }
        assert_eq!(find(code(14_71_08), "Airputih"), None, "it moved");
        assert_eq!(find(code(14_71_13), ""), None);
        assert_eq!(find(code(14_71), "Airputih"), None, "no kecamatan");
    }

    #[test]
    fn two_of_one_name_are_not_told_apart() {
        let twins = region::regencies()
            .flat_map(region::children)
            .filter(|district| {
                let mut names: Vec<String> = villages(*district).map(|(_, name)| fold(name)).collect();
                let all = names.len();
                names.sort_unstable();
                names.dedup();
                names.len() < all
            })
            .count();
        assert!(twins > 10, "{twins}");
        let bps = RegionCode::parse(Scheme::Bps, "3508160001").unwrap();
        assert_eq!(status(bps), VillageStatus::Unknown);
    }
}
