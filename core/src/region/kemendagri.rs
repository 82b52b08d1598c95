//! What a Kemendagri code is or was: in force, retired with its successor, vacated, or never given out.

use super::law::Law;
use super::laws::LAWS;
use super::row::{Province, Regency};
use super::table::{MOVED, PROVINCES, REGENCIES};
use super::{Level, RegionCode, Scheme};
use crate::Date;

words! {
    /// What a code is, by the table's edition. The first four mean that the code was given out, or may well have been:
    /// a NIK that carries it is genuine as far as its region goes.
    pub enum Status {
        /// In force.
        Current = "current", id: "berlaku", en: "in force";
        /// Given up; it has a successor. NIK keep it for life.
        Retired = "retired", id: "tidak berlaku lagi, ada penggantinya", en: "retired, with a successor";
        /// A number below the highest of its regency that no list since 2015 has: given out, and vacated when a regency
        /// was split.
        RetiredInferred = "retired_inferred", id: "nomor lama yang sudah dikosongkan", en: "a vacated number";
        /// A district we cannot judge: its retired regency's old list is not known to us, or it lies in provinces 93-96,
        /// where SIAK may have used provisional numbers before April 2025.
        Unverified = "unverified", id: "belum dapat dipastikan", en: "cannot be verified";
        /// A regency that exists, a district number that no list has; above the highest it may be newer than the table.
        UnknownDistrict = "unknown_district", id: "kecamatan tidak dikenal", en: "unknown district";
        /// A province that exists, a regency number that it never had.
        UnknownRegency = "unknown_regency", id: "kabupaten/kota tidak dikenal", en: "unknown regency";
        /// No province ever had this number.
        UnknownProvince = "unknown_province", id: "provinsi tidak dikenal", en: "unknown province";
        /// 54, the BPS number of Timor Timur (until 1999), never part of SIAK.
        TimorTimur = "timor_timur", id: "Timor Timur, tidak pernah ada di SIAK", en: "Timor Timur, never in SIAK";
    }
}

impl Status {
    /// Whether the code was given out, or may well have been.
    pub const fn was_issued(self) -> bool {
        matches!(self, Self::Current | Self::Retired | Self::RetiredInferred | Self::Unverified)
    }
}

/// A law that made or ended a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RegionLaw {
    /// As it is cited.
    pub law: &'static str,
    /// The day of the law, or the first day of its year. SIAK changed its codes some months later.
    pub on: Date,
    /// Whether `on` is the day; else only the year is known to us.
    pub exact: bool,
}

/// What took the place of a retired code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Succession {
    /// The code in force.
    pub successor: RegionCode,
    /// The law that moved the place.
    pub basis: RegionLaw,
}

/// Four digits → place in `REGENCIES`; one load instead of a search.
static PLACES: [u16; 10_000] = places();
const NOWHERE: u16 = u16::MAX;

#[allow(clippy::indexing_slicing, reason = "runs in the compiler only, where a wrong index is a compile error")]
const fn places() -> [u16; 10_000] {
    let mut all = [NOWHERE; 10_000];
    let mut i = 0;
    while i < REGENCIES.len() {
        all[REGENCIES[i].code as usize] = i as u16;
        i += 1;
    }
    all
}

pub(super) fn regency(code: u64) -> Option<&'static Regency> {
    let place = usize::try_from(code).ok().and_then(|c| PLACES.get(c)).copied().unwrap_or(NOWHERE);
    REGENCIES.get(usize::from(place))
}

pub(super) fn province(code: u64) -> Option<&'static Province> {
    PROVINCES.binary_search_by_key(&code, |p| u64::from(p.code)).ok().and_then(|i| PROVINCES.get(i))
}

pub(super) fn basis(place: u8) -> Option<RegionLaw> {
    let law: &Law = LAWS.get(usize::from(place.checked_sub(1)?))?;
    Some(RegionLaw { law: law.text, on: law.on, exact: law.exact })
}

/// What the first six digits of a NIK or family card are. The number must have six digits.
pub(crate) fn prefix_status(prefix: u32) -> Status {
    let Some(regency) = regency(u64::from(prefix / 100)) else {
        return match u64::from(prefix / 10_000) {
            54 => Status::TimorTimur,
            p if province(p).is_some() => Status::UnknownRegency,
            _ => Status::UnknownProvince,
        };
    };
    let bit = 1u128 << (prefix % 100);
    if regency.listed & bit != 0 {
        if regency.successor == 0 { Status::Current } else { Status::Retired }
    } else if regency.vacated & bit != 0 {
        Status::RetiredInferred
    } else if !prefix.is_multiple_of(100) && (regency.successor != 0 || regency.code >= 9_300) {
        Status::Unverified
    } else {
        Status::UnknownDistrict
    }
}

/// Whether a district number lies above every number its regency ever had.
pub(super) fn above_highest(district: RegionCode) -> bool {
    let n = district.number();
    regency(n / 100).is_some_and(|r| (r.listed | r.vacated) >> (n % 100) == 0)
}

/// What a Kemendagri code is; a village is judged by its district.
pub(super) fn status(code: RegionCode) -> Status {
    let n = code.number();
    match code.level() {
        Level::Province => match (n, province(n)) {
            (54, _) => Status::TimorTimur,
            (_, Some(_)) => Status::Current,
            _ => Status::UnknownProvince,
        },
        Level::Regency => match (n / 100, regency(n)) {
            (_, Some(r)) if r.successor == 0 => Status::Current,
            (_, Some(_)) => Status::Retired,
            (54, _) => Status::TimorTimur,
            (p, _) if province(p).is_some() => Status::UnknownRegency,
            _ => Status::UnknownProvince,
        },
        Level::District | Level::Village => {
            let prefix = if matches!(code.level(), Level::Village) { n / 10_000 } else { n };
            u32::try_from(prefix).map_or(Status::UnknownProvince, prefix_status)
        }
    }
}

/// What took the place of a retired regency or district. `None` for codes in force, and for districts whose own successor is
/// not known (ask for the regency's then).
///
/// ```
/// use bansos::region::{RegionCode, succession};
/// let old = RegionCode::kemendagri(91_09_01).and_then(succession).unwrap();
/// assert_eq!(old.successor.to_string(), "94.04.01");
/// assert_eq!(old.basis.law, "UU 15/2022");
/// ```
pub fn succession(code: RegionCode) -> Option<Succession> {
    let old = regency(code.at(Level::Regency)?.number()).filter(|_| code.scheme() == Scheme::Kemendagri)?;
    if old.successor == 0 {
        return None;
    }
    let number = match code.level() {
        Level::Regency => u64::from(old.successor),
        Level::District => district_successor(old, u32::try_from(code.number()).ok()?)?.into(),
        Level::Province | Level::Village => return None,
    };
    Some(Succession { successor: RegionCode::kemendagri(number)?, basis: basis(old.ended)? })
}

/// The k-th old district became the k-th new one, but for `MOVED`.
fn district_successor(old: &Regency, code: u32) -> Option<u32> {
    if let Some((_, to)) = MOVED.iter().find(|(from, _)| *from == code) {
        return Some(*to);
    }
    let bit = 1u128 << (code % 100);
    if old.listed & bit == 0 {
        return None;
    }
    let without = |mask: u128, regency: u16, moved: &dyn Fn(&(u32, u32)) -> u32| {
        let gone = MOVED.iter().map(moved).filter(|c| c / 100 == u32::from(regency));
        gone.fold(mask, |m, c| m & !(1 << (c % 100)))
    };
    let mine = without(old.listed, old.code, &|m| m.0);
    let mut theirs = without(regency(u64::from(old.successor))?.listed, old.successor, &|m| m.1);
    let place = (mine & (bit - 1)).count_ones();
    for _ in 0..place {
        theirs &= theirs.wrapping_sub(1);
    }
    (theirs != 0).then(|| u32::from(old.successor) * 100 + theirs.trailing_zeros())
}

/// The name of a place by its Kemendagri code, without the word for its kind.
pub(super) fn name(code: RegionCode) -> Option<&'static str> {
    let n = code.number();
    match code.level() {
        Level::Province => province(n).map(|p| p.name),
        Level::Regency => regency(n).map(|r| r.name),
        Level::District => match succession(code) {
            Some(now) => district_name(now.successor.number()),
            None => district_name(n),
        },
        Level::Village => None,
    }
}

#[cfg(feature = "district-names")]
fn district_name(code: u64) -> Option<&'static str> {
    let row = regency(code / 100)?;
    let bit = 1u128 << (code % 100);
    if row.listed & bit == 0 || row.successor != 0 {
        return None;
    }
    let place = (row.listed & (bit - 1)).count_ones();
    district_names(row.code)?.nth(usize::try_from(place).ok()?)
}

#[cfg(not(feature = "district-names"))]
fn district_name(_code: u64) -> Option<&'static str> {
    None
}

#[cfg(feature = "district-names")]
pub(super) fn district_names(regency: u16) -> Option<impl Iterator<Item = &'static str>> {
    use super::district_names::DISTRICT_NAMES;
    let at = DISTRICT_NAMES.binary_search_by_key(&regency, |(code, _)| *code).ok()?;
    DISTRICT_NAMES.get(at).map(|(_, names)| names.split('|'))
}
