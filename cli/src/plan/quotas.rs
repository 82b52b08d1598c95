//! Places by programme and area, as a planner writes them: a table of programme, Kemendagri code and number.

use crate::failure::Failure;
use crate::input::open_table;
use bansos::allocation::Quota;
use bansos::programme::all;
use bansos::region::{Level, RegionCode, Scheme};
use std::collections::BTreeMap;
use std::path::Path;

bansos::codes! {
    /// Why places by area cannot be read.
    pub enum QuotaError {
        /// A line that is not programme, area, number.
        BadQuota { path: String, line: u64 } = "cli.bad_quota", Error,
            id: "{path} baris {line}: harus berisi program, kode wilayah Kemendagri (2, 4, atau 6 digit), dan jumlah",
            en: "{path} line {line}: must hold a programme, a Kemendagri code (2, 4 or 6 digits) and a number";
        /// Some areas are provinces, others regencies or districts.
        QuotaLevels { path: String, line: u64 } = "cli.quota_levels", Error,
            id: "{path} baris {line}: semua wilayah harus setingkat (provinsi, kabupaten/kota, atau kecamatan)",
            en: "{path} line {line}: all areas must be of one level (province, regency or district)";
        /// An area stands twice for one programme.
        QuotaTwice { path: String, line: u64 } = "cli.quota_twice", Error,
            id: "{path} baris {line}: wilayah ini sudah tertulis untuk program itu",
            en: "{path} line {line}: this area is given already for that programme";
        /// The file gives places for a programme that is not filled, or that has a number of its own.
        QuotaIdle { programme: String } = "cli.quota_idle", Error,
            id: "kuota wilayah {programme} tidak terpakai; beri --place {programme} tanpa jumlah",
            en: "the places by area of {programme} go unused; give --place {programme} without a number";
    }
}

/// Places by programme and area.
#[derive(Debug, Default)]
pub(super) struct Quotas {
    /// By programme, by Kemendagri number of the area.
    by: BTreeMap<String, BTreeMap<u64, u64>>,
    /// Digits of those numbers; 6 where no file is given: the answer is then told by kecamatan.
    digits: u32,
}

const PROGRAMME: [&str; 2] = ["programme", "program"];
const AREA: [&str; 4] = ["area", "wilayah", "kode_wilayah", "region"];
const PLACES: [&str; 3] = ["places", "kuota", "quota"];

impl Quotas {
    pub(super) fn none() -> Self {
        Self { by: BTreeMap::new(), digits: 6 }
    }

    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let table = open_table(path, PROGRAMME.iter().chain(&AREA).chain(&PLACES))?;
        let column = |names: &[&str]| table.any_of(names).map_err(Failure::input);
        let at = [column(&PROGRAMME)?, column(&AREA)?, column(&PLACES)?];
        let name = table.label();
        let (mut by, mut digits) = (BTreeMap::<String, BTreeMap<u64, u64>>::new(), None);
        for row in table.rows().map_err(Failure::input)? {
            let row = row.map_err(Failure::input)?;
            let line = row.line();
            let [programme, area, places] = at.map(|column| row.text(column));
            let bad = || Failure::input(QuotaError::BadQuota { path: name.clone(), line });
            let area = RegionCode::parse(Scheme::Kemendagri, &area).map_err(|_| bad())?;
            let here = match area.level() {
                Level::Province => 2,
                Level::Regency => 4,
                Level::District => 6,
                Level::Village => return Err(bad()),
            };
            if *digits.get_or_insert(here) != here {
                return Err(Failure::input(QuotaError::QuotaLevels { path: name, line }));
            }
            let places = places.parse().map_err(|_| bad())?;
            if by.entry(programme.into_owned()).or_default().insert(area.number(), places).is_some() {
                return Err(Failure::input(QuotaError::QuotaTwice { path: name, line }));
            }
        }
        Ok(Self { by, digits: digits.unwrap_or(6) })
    }

    /// The area, at the level of the quotas, of a kecamatan's number.
    pub(super) fn area(&self, district: u64) -> u64 {
        district / 10u64.pow(6 - self.digits)
    }

    /// The places of a programme in these areas, and those of areas where the register has nobody.
    pub(super) fn of(&self, programme: &str, areas: &[u64]) -> Option<(Quota, u64)> {
        let named = self.by.get(programme)?;
        let here = areas.iter().map(|a| named.get(a).copied().unwrap_or(0)).collect();
        let idle = named.iter().filter(|(a, _)| !areas.contains(a)).map(|(_, n)| n).sum();
        Some((Quota::ByRegion(here), idle))
    }

    /// Every programme with places by area must be filled, and have no number of its own.
    pub(super) fn all_used(&self, filled: &[(String, bool)]) -> Result<(), Failure> {
        let used = |p: &str| filled.iter().any(|(id, number)| id == p && !number);
        match self.by.keys().find(|p| !used(p)) {
            // a cell of the table is named only where it is a programme
            Some(cell) => {
                let known = filled.iter().map(|(id, _)| id).chain(all().iter().map(|p| &p.id)).find(|id| *id == cell);
                let programme = known.cloned().unwrap_or_else(|| "–".to_owned());
                Err(Failure::usage(QuotaError::QuotaIdle { programme }))
            }
            None => Ok(()),
        }
    }

    /// Whether places are given by area at all.
    pub(super) fn any(&self) -> bool {
        !self.by.is_empty()
    }
}
