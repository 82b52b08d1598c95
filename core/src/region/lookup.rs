//! What the table knows of a code, whichever of the two schemes it is of.

use super::kemendagri::{RegionLaw, Status, Succession, basis, province, regency, succession};
use super::row::Regency;
use super::table::{LATE, PROVINCES, REGENCIES};
use super::{EDITION, Level, RegionCode, Scheme, bps, kemendagri};
use crate::Date;

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

/// What a code is. A village is judged by its district; of BPS codes, see [`super::bridge`].
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
    match code.scheme() {
        Scheme::Bps => bps::status(code),
        Scheme::Kemendagri => kemendagri::status(code),
    }
}

/// The name of a place, without the word for its kind. See [`Region::name`].
///
/// ```
/// use bansos::region::{RegionCode, name};
/// assert_eq!(RegionCode::kemendagri(35_08).and_then(name), Some("Lumajang"));
/// ```
pub fn name(code: RegionCode) -> Option<&'static str> {
    match code.scheme() {
        Scheme::Bps => bps::name(code),
        Scheme::Kemendagri => kemendagri::name(code),
    }
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

/// Whether a regency in force had another number in that province before.
pub(super) fn was_in(regency: RegionCode, province: RegionCode) -> bool {
    let before =
        |r: &Regency| u64::from(r.successor) == regency.number() && u64::from(r.code / 100) == province.number();
    regency.level() == Level::Regency && REGENCIES.iter().any(before)
}

words! {
    /// Whether a code could be in use on a day, as far as known to us.
    pub enum CodeInForce {
        /// Nothing contradicts it.
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
