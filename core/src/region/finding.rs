//! What can be said of a region code in a number or an address.

use super::{Level, RegionCode, RegionLaw, Status, succession};
use crate::Date;

codes! {
    /// Observations about a region code.
    #[derive(Copy)]
    pub enum RegionFinding {
        /// Given up; it has a successor. A NIK keeps it for life.
        Retired { successor: RegionCode, law: &'static str, since: Date } = "region.retired", Info,
            id: "kode wilayah ini diganti {successor} oleh {law} ({since}); NIK lama tetap berlaku",
            en: "this region code was replaced by {successor} under {law} ({since}); an old NIK stays in force";
        /// Given out and vacated before 2015.
        RetiredInferred = "region.retired_inferred", Info,
            id: "kode kecamatan ini dikosongkan waktu pemekaran sebelum 2015; NIK lama tetap berlaku",
            en: "this district number was vacated in a split before 2015; an old NIK stays in force";
        /// Cannot be judged with the lists known to us.
        Unverified = "region.unverified", Info,
            id: "kecamatan ini tidak ada dalam daftar yang kami punya, tetapi mungkin pernah dipakai",
            en: "this district is in no list known to us, but may have been in use";
        /// The regency exists, the district does not.
        UnknownDistrict { edition: &'static str } = "region.unknown_district", Error,
            id: "kabupaten/kotanya ada, kecamatannya tidak pernah ada sampai {edition}",
            en: "the regency exists, the district never did up to {edition}";
        /// The same, but above the highest number: about twelve districts are made in a year.
        MaybeNewer { edition: &'static str } = "region.maybe_newer", Error,
            id: "nomor kecamatan lebih besar daripada yang ada dalam {edition}; bila benar kecamatan baru, perbarui tabel",
            en: "the district number is above those of {edition}; if the district is new, update the table";
        /// The province exists, the regency does not.
        UnknownRegency = "region.unknown_regency", Error,
            id: "provinsinya ada, kabupaten/kotanya tidak pernah ada",
            en: "the province exists, the regency never did";
        /// There is no such province.
        UnknownProvince = "region.unknown_province", Error,
            id: "tidak pernah ada provinsi dengan nomor ini",
            en: "no province ever had this number";
        /// 54.
        TimorTimur = "region.timor_timur", Error,
            id: "54 nomor Timor Timur (sampai 1999), tidak pernah ada di SIAK",
            en: "54 was Timor Timur (until 1999), never part of SIAK";
        /// Not yet in force on the day of recording.
        NotYet { law: &'static str, since: Date } = "region.not_yet", Warning,
            id: "kode wilayah ini baru ada sejak {law} ({since}), setelah tanggal pencatatan",
            en: "this region code exists since {law} ({since}), after the day of recording";
        /// No longer in force on the day of recording.
        Ended { law: &'static str, since: Date } = "region.ended", Warning,
            id: "kode wilayah ini sudah diganti sejak {law} ({since}), sebelum tanggal pencatatan",
            en: "this region code was replaced under {law} ({since}), before the day of recording";
    }
}

/// What there is to say about a code by itself; nothing for one in force.
///
/// ```
/// use bansos::{Coded, region::{RegionCode, finding}};
/// assert_eq!(RegionCode::kemendagri(64_05).and_then(finding).map(|f| f.code()), Some("region.retired"));
/// assert_eq!(RegionCode::kemendagri(35_08).and_then(finding), None);
/// ```
pub fn finding(code: RegionCode) -> Option<RegionFinding> {
    of_status(super::status(code), code.at(Level::District).unwrap_or(code))
}

/// Whether no place ever had this code, as far as the tables reach: a district that may have been made since, or was in use
/// before, is not ruled out.
///
/// ```
/// use bansos::region::{RegionCode, never_was};
/// assert_eq!(RegionCode::kemendagri(99_99_99_9999).map(never_was), Some(true));
/// assert_eq!(RegionCode::kemendagri(35_08_16_2001).map(never_was), Some(false));
/// ```
pub fn never_was(code: RegionCode) -> bool {
    use RegionFinding::{TimorTimur, UnknownDistrict, UnknownProvince, UnknownRegency};
    matches!(finding(code), Some(UnknownDistrict { .. } | UnknownRegency | UnknownProvince | TimorTimur))
}

/// What the status of a district code means to the reader; nothing for one in force.
pub(crate) fn of_status(status: Status, district: RegionCode) -> Option<RegionFinding> {
    let edition = super::EDITION.decree;
    Some(match status {
        Status::Current => return None,
        Status::Retired => {
            let found = succession(district).or_else(|| district.at(Level::Regency).and_then(succession))?;
            let RegionLaw { law, on: since, .. } = found.basis;
            RegionFinding::Retired { successor: found.successor, law, since }
        }
        Status::RetiredInferred => RegionFinding::RetiredInferred,
        Status::Unverified => RegionFinding::Unverified,
        Status::UnknownDistrict if super::kemendagri::above_highest(district) => RegionFinding::MaybeNewer { edition },
        Status::UnknownDistrict => RegionFinding::UnknownDistrict { edition },
        Status::UnknownRegency => RegionFinding::UnknownRegency,
        Status::UnknownProvince => RegionFinding::UnknownProvince,
        Status::TimorTimur => RegionFinding::TimorTimur,
    })
}
