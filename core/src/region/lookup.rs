//! What a Kemendagri code is or was: in force, retired with its successor, vacated, or never given out.

use super::row::{Law, Province, Regency};
use super::table::{LATE, LAWS, MOVED, PROVINCES, REGENCIES};
use super::{EDITION, Level, RegionCode, Scheme};
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

/// A place of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its code.
    pub code: RegionCode,
    /// Its name without "Kabupaten" or "Kota"; of a retired code the last one known. `None` for villages, vacated and unverified
    /// numbers, and for districts where the feature `district-names` is off.
    pub name: Option<&'static str>,
    /// What the code is.
    pub status: Status,
    /// What took its place.
    pub succession: Option<Succession>,
    /// The law that made it, as far as known to us.
    pub formed: Option<RegionLaw>,
}

impl Region {
    /// The name with the word for its kind: `Kabupaten Lumajang`, `Kota Administrasi Jakarta Pusat`, `Kecamatan Senduro`.
    pub fn full_name(&self) -> Option<String> {
        let kind = match (self.code.level(), self.code.is_city()) {
            (Level::Province, _) => "Provinsi",
            (Level::Regency, Some(true)) => "Kota",
            (Level::Regency, _) => "Kabupaten",
            (Level::District, _) => "Kecamatan",
            (Level::Village, _) => "Desa/Kelurahan",
        };
        self.name.map(|name| format!("{kind} {name}"))
    }
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

fn basis(place: u8) -> Option<RegionLaw> {
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

/// What a code is. A village is judged by its district; BPS codes are no part of this table.
///
/// ```
/// use bansos::region::{RegionCode, Status, status};
/// let is = |n| RegionCode::kemendagri(n).map(status);
/// assert_eq!(is(35_08_16), Some(Status::Current));
/// assert_eq!(is(91_09), Some(Status::Retired)); // Mimika, now 94.04
/// assert_eq!(is(12_04_01), Some(Status::RetiredInferred)); // Nias, vacated before 2015
/// assert_eq!(is(31_71_99), Some(Status::UnknownDistrict));
/// assert_eq!(is(99), Some(Status::UnknownProvince));
/// ```
pub fn status(code: RegionCode) -> Status {
    let n = code.number();
    match (code.scheme(), code.level()) {
        (Scheme::Bps, _) => super::bps::status(code),
        (_, Level::Province) => match (n, province(n)) {
            (54, _) => Status::TimorTimur,
            (_, Some(_)) => Status::Current,
            _ => Status::UnknownProvince,
        },
        (_, Level::Regency) => match (n / 100, regency(n)) {
            (_, Some(r)) if r.successor == 0 => Status::Current,
            (_, Some(_)) => Status::Retired,
            (54, _) => Status::TimorTimur,
            (p, _) if province(p).is_some() => Status::UnknownRegency,
            _ => Status::UnknownProvince,
        },
        (_, Level::District | Level::Village) => {
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

/// The law that made a place, as far as known to us: provinces since 1999 and some regencies; a district has its regency's.
pub fn formed(code: RegionCode) -> Option<RegionLaw> {
    if code.scheme() == Scheme::Bps {
        return None;
    }
    match code.at(Level::Regency) {
        Some(r) => regency(r.number()).and_then(|r| basis(r.formed)),
        None => province(code.number()).and_then(|p| basis(p.formed)),
    }
}

/// The name of a place, without the word for its kind. See [`Region::name`].
///
/// ```
/// use bansos::region::{RegionCode, name};
/// assert_eq!(RegionCode::kemendagri(35_08).and_then(name), Some("Lumajang"));
/// ```
pub fn name(code: RegionCode) -> Option<&'static str> {
    let n = code.number();
    match (code.scheme(), code.level()) {
        (Scheme::Bps, _) => super::bps::name(code),
        (_, Level::Province) => province(n).map(|p| p.name),
        (_, Level::Regency) => regency(n).map(|r| r.name),
        (_, Level::District) => match succession(code) {
            Some(now) => district_name(now.successor.number()),
            None => district_name(n),
        },
        (_, Level::Village) => None,
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
fn district_names(regency: u16) -> Option<impl Iterator<Item = &'static str>> {
    use super::district_names::DISTRICT_NAMES;
    let at = DISTRICT_NAMES.binary_search_by_key(&regency, |(code, _)| *code).ok()?;
    DISTRICT_NAMES.get(at).map(|(_, names)| names.split('|'))
}

/// Everything the table knows of a code; `None` where it was never given out.
///
/// ```
/// use bansos::region::{RegionCode, Scheme, lookup};
/// let code = RegionCode::parse(Scheme::Kemendagri, "64.05")?;
/// let nunukan = lookup(code).unwrap();
/// assert_eq!(nunukan.full_name().as_deref(), Some("Kabupaten Nunukan"));
/// assert_eq!(nunukan.succession.unwrap().successor.to_string(), "65.03");
/// # Ok::<(), bansos::region::RegionError>(())
/// ```
pub fn lookup(code: RegionCode) -> Option<Region> {
    let status = status(code);
    status.was_issued().then(|| Region {
        code,
        name: name(code),
        status,
        succession: succession(code),
        formed: formed(code),
    })
}

/// What lies directly below a place: a province's regencies in force, a regency's districts (of a retired one the last known).
/// Villages are not embedded.
///
/// ```
/// use bansos::region::{RegionCode, children};
/// assert_eq!(RegionCode::kemendagri(65).map(|p| children(p).count()), Some(5));
/// assert_eq!(RegionCode::kemendagri(35_08).map(|r| children(r).count()), Some(21));
/// ```
pub fn children(code: RegionCode) -> impl Iterator<Item = RegionCode> {
    let ours = code.scheme() == Scheme::Kemendagri;
    let (level, n) = (code.level(), code.number());
    let regencies = REGENCIES
        .iter()
        .filter(move |r| ours && level == Level::Province && u64::from(r.code / 100) == n && r.successor == 0)
        .map(|r| u64::from(r.code));
    let listed = if ours && level == Level::Regency { regency(n).map_or(0, |r| r.listed) } else { 0 };
    let districts = (1..=99).filter(move |k| listed & 1 << k != 0).map(move |k| n * 100 + k);
    regencies.chain(districts).filter_map(RegionCode::kemendagri)
}

/// All provinces in force.
pub fn provinces() -> impl Iterator<Item = RegionCode> {
    PROVINCES.iter().filter_map(|p| RegionCode::kemendagri(p.code.into()))
}

/// All regencies, in force or retired.
pub fn regencies() -> impl Iterator<Item = RegionCode> {
    REGENCIES.iter().filter_map(|r| RegionCode::kemendagri(r.code.into()))
}

words! {
    /// Whether a code could be in use on a day, as far as known to us.
    pub enum CodeInForce {
        /// Nothing speaks against it.
        Yes = "yes", id: "berlaku", en: "in force";
        /// The law that made it came later.
        NotYet = "not_yet", id: "belum ada", en: "not yet made";
        /// The law that ended it came at least a year earlier.
        Ended = "ended", id: "sudah tidak berlaku", en: "already ended";
        /// It was never given out.
        Never = "never", id: "tidak pernah ada", en: "never given out";
    }
}

/// Whether a code could be in use on a day, and the law that says otherwise. For what is recorded on that day, such as a family
/// card or an address; a NIK keeps its code for life.
///
/// A year of grace follows the law that ended a code, because SIAK changes months after the law.
///
/// ```
/// use bansos::region::{CodeInForce, RegionCode, in_force};
/// use bansos::Date;
/// let bulungan = RegionCode::kemendagri(65_01).unwrap();
/// assert_eq!(in_force(bulungan, Date::constant(2009, 6, 1)).0, CodeInForce::NotYet);
/// assert_eq!(in_force(bulungan, Date::constant(2014, 6, 1)).0, CodeInForce::Yes);
/// ```
pub fn in_force(code: RegionCode, on: Date) -> (CodeInForce, Option<RegionLaw>) {
    if !status(code).was_issued() {
        return (CodeInForce::Never, None);
    }
    let district = code.at(Level::District).and_then(|d| u32::try_from(d.number()).ok());
    if on < LATE_SINCE.on && district.is_some_and(|d| LATE.binary_search(&d).is_ok()) {
        return (CodeInForce::NotYet, Some(LATE_SINCE));
    }
    let formed = formed(code);
    if formed.is_some_and(|b| on < b.on) {
        return (CodeInForce::NotYet, formed);
    }
    let ended = code.at(Level::Regency).and_then(|r| regency(r.number())).and_then(|r| basis(r.ended));
    let over = ended.is_some_and(|b| b.on.checked_add(jiff::Span::new().years(1)).is_ok_and(|end| end < on));
    if over { (CodeInForce::Ended, ended) } else { (CodeInForce::Yes, None) }
}

/// Districts that the list of 2022 (Kepmendagri 050-145/2022) does not have cannot be older than its year.
const LATE_SINCE: RegionLaw = RegionLaw { law: EDITION.decree, on: Date::constant(2022, 1, 1), exact: false };

#[cfg(test)]
mod tests;
