//! The three files as places, officers and targets.

use super::sheet::{Sheet, per_mille, read_date};
use super::{PlanError, PlanInputError};
use crate::failure::Failure;
use bansos::region::{Level, RegionCode, Scheme};
use bansos::verivali::plan::{Officer, PlanVillage, Target};
use bansos::{Date, Decile};
use std::collections::HashMap;
use std::path::Path;

#[derive(Default)]
pub(super) struct Scene {
    pub(super) places: Vec<PlanVillage>,
    pub(super) officers: Vec<Officer>,
    pub(super) targets: Vec<Target>,
    pub(super) place_keys: Vec<String>,
    pub(super) place_names: Vec<String>,
    pub(super) officer_ids: Vec<String>,
    pub(super) target_ids: Vec<String>,
    /// (file, data row, what it is).
    pub(super) quarantine: Vec<(String, usize, NotUsed)>,
    /// Targets that an earlier plan visits before this one begins.
    pub(super) done: usize,
    known: HashMap<String, u32>,
    districts: HashMap<String, u32>,
}

bansos::codes! {
    /// Why a row of targets was not used.
    #[derive(Copy)]
    pub enum NotUsed {
        /// No desa.
        NoPlace = "plan.row_without_place", Error,
            id: "baris sasaran tanpa desa",
            en: "a row of targets without a desa";
        /// The id stands twice.
        Twice = "plan.target_twice", Error,
            id: "id sasaran sudah ada di baris sebelumnya",
            en: "the target's id is in an earlier row";
    }
}

/// A number of targets costs nothing to write; this many cost about a gigabyte, and no round visits more.
const MOST_TARGETS: u32 = 5_000_000;

const PLACE: [&str; 5] = ["desa", "kode_desa", "kode_wilayah", "desa_kelurahan", "place"];
const HOME: [&str; 4] = ["desa", "kode_desa", "home", "place"];
const DISTRICT: [&str; 2] = ["kecamatan", "district"];

impl Scene {
    pub(super) fn read(targets: &Path, officers: &Path, places: Option<&Path>, per_day: u16) -> Result<Self, Failure> {
        let mut scene = Self::default();
        if let Some(path) = places {
            scene.read_places(&Sheet::read(path, &PLACE)?)?;
        }
        scene.read_targets(&Sheet::read(targets, &PLACE)?)?;
        scene.read_officers(&Sheet::read(officers, &HOME)?, per_day)?;
        Ok(scene)
    }

    fn read_places(&mut self, sheet: &Sheet) -> Result<(), Failure> {
        let (key, district) = (sheet.need(&PLACE)?, sheet.find(&DISTRICT));
        let name = sheet.find(&["nama", "nama_desa", "name"]);
        let (lat, lon) = (sheet.find(&["lintang", "latitude", "lat"]), sheet.find(&["bujur", "longitude", "lon"]));
        let degrees = |text: &str| text.replace(',', ".").parse::<f64>().ok();
        for row in 0..sheet.rows.len() {
            let Some(text) = sheet.cell(row, Some(key)) else { continue };
            let place = self.place(&text, sheet.cell(row, district).as_deref()) as usize;
            self.places[place].at = sheet.parsed(row, lat, degrees)?.zip(sheet.parsed(row, lon, degrees)?);
            if let Some(name) = sheet.cell(row, name) {
                self.place_names[place] = name;
            }
        }
        Ok(())
    }

    fn read_targets(&mut self, sheet: &Sheet) -> Result<(), Failure> {
        let (place, district) = (sheet.need(&PLACE)?, sheet.find(&DISTRICT));
        let id = sheet.find(&["id", "target", "id_keluarga", "family_id"]);
        let many = sheet.find(&["jumlah", "count"]);
        let decile = sheet.find(&["desil", "decile"]);
        let doubt = sheet.find(&["keraguan", "doubt"]);
        let recorded = sheet.find(&["tanggal_data", "recorded"]);
        let (mut seen, mut numbered) = (HashMap::new(), HashMap::new());
        let counted = |t: &str| t.parse::<u32>().ok();
        for row in 0..sheet.rows.len() {
            let Some(text) = sheet.cell(row, Some(place)) else {
                self.quarantine.push((sheet.file().to_owned(), row + 1, NotUsed::NoPlace));
                continue;
            };
            let target = Target {
                place: self.place(&text, sheet.cell(row, district).as_deref()),
                decile: sheet.parsed(row, decile, |t| t.parse().ok().and_then(Decile::new))?,
                doubt: sheet.parsed(row, doubt, per_mille)?.unwrap_or(0),
                recorded: sheet.parsed(row, recorded, read_date)?,
                keep: None,
            };
            match (sheet.cell(row, id), sheet.parsed(row, many, counted)?) {
                (Some(id), _) if seen.insert(id.clone(), row).is_some() => {
                    self.quarantine.push((sheet.file().to_owned(), row + 1, NotUsed::Twice));
                }
                (Some(id), _) => self.add(id, target),
                (None, Some(n)) => {
                    if self.targets.len() + n as usize > MOST_TARGETS as usize {
                        let (path, line) = (sheet.file().to_owned(), sheet.line(row));
                        return Err(Failure::input(PlanInputError::TooMany { path, line, most: MOST_TARGETS }));
                    }
                    // one desa may stand in several rows, one per decile
                    let last = numbered.entry(target.place).or_insert(0);
                    for k in *last + 1..=*last + n {
                        self.add(format!("{}/{k}", self.place_keys[target.place as usize]), target);
                    }
                    *last += n;
                }
                (None, None) => self.add(format!("{}", row + 1), target),
            }
        }
        Ok(())
    }

    fn add(&mut self, id: String, target: Target) {
        self.target_ids.push(id);
        self.targets.push(target);
    }

    fn read_officers(&mut self, sheet: &Sheet, usual: u16) -> Result<(), Failure> {
        let place = sheet.need(&HOME)?;
        let id = sheet.find(&["petugas", "id", "nama", "officer"]);
        let per_day = sheet.find(&["per_hari", "kapasitas", "per_day"]);
        let away = sheet.find(&["absen", "away"]);
        for row in 0..sheet.rows.len() {
            let Some(home) = sheet.parsed(row, Some(place), |text| Some(text.to_owned()))? else {
                let (path, line) = (sheet.file().to_owned(), sheet.line(row));
                return Err(Failure::input(PlanInputError::BadCell { path, line, name: "desa" }));
            };
            let officer = Officer {
                home: self.place(&home, sheet.cell(row, sheet.find(&DISTRICT)).as_deref()),
                per_day: sheet.parsed(row, per_day, |t| t.parse().ok())?.unwrap_or(usual),
                away: sheet.parsed(row, away, absences)?.unwrap_or_default(),
            };
            self.officers.push(officer);
            self.officer_ids.push(sheet.cell(row, id).unwrap_or_else(|| format!("{}", row + 1)));
        }
        Ok(())
    }

    /// The number of a place, new where it was not seen yet. Its kecamatan is the one given, or the one its code is in, or
    /// nobody's but its own.
    fn place(&mut self, text: &str, district: Option<&str>) -> u32 {
        let code = RegionCode::parse(Scheme::Kemendagri, text).ok().filter(|c| c.level() == Level::Village);
        let key = code.map_or_else(|| text.trim().to_uppercase(), |c| c.to_string());
        if let Some(place) = self.known.get(&key) {
            return *place;
        }
        let place = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let of_code = code.and_then(|c| c.parent()).map(|c| c.to_string());
        let district = of_code.or_else(|| district.map(str::to_uppercase)).unwrap_or_else(|| key.clone());
        let next = u32::try_from(self.districts.len()).unwrap_or(u32::MAX);
        self.places.push(PlanVillage::new(*self.districts.entry(district).or_insert(next)));
        self.place_keys.push(key.clone());
        self.place_names.push(String::new());
        self.known.insert(key, place);
        place
    }

    /// Takes an earlier plan's visits over: those before `from` are done, the others stay with their officer.
    pub(super) fn go_on_from(&mut self, path: &Path, from: Date) -> Result<(), Failure> {
        let sheet = Sheet::read(path, &["date", "officer", "target"])?;
        let day = sheet.need(&["date"])?;
        let (officer, target) = (sheet.need(&["officer"])?, sheet.need(&["target"])?);
        let officers: HashMap<&str, u32> = self.officer_ids.iter().map(String::as_str).zip(0..).collect();
        let mut earlier: HashMap<String, (Option<u32>, bool)> = HashMap::new();
        for row in 0..sheet.rows.len() {
            let done = sheet.parsed(row, Some(day), read_date)?.is_some_and(|d| d < from);
            let who = sheet.cell(row, Some(officer)).and_then(|o| officers.get(o.as_str()).copied());
            if let Some(target) = sheet.cell(row, Some(target)) {
                earlier.insert(target, (who, done));
            }
        }
        let before = self.targets.len();
        let (ids, targets) = std::mem::take(&mut self.target_ids)
            .into_iter()
            .zip(std::mem::take(&mut self.targets))
            .filter_map(|(id, target)| match earlier.get(id.as_str()) {
                Some((_, true)) => None,
                Some((keep, false)) => Some((id, Target { keep: *keep, ..target })),
                None => Some((id, target)),
            })
            .unzip();
        (self.target_ids, self.targets) = (ids, targets);
        self.done = before - self.targets.len();
        Ok(())
    }

    /// A place as people call it.
    pub(super) fn place_label(&self, place: u32) -> &str {
        let named = self.place_names.get(place as usize).map(String::as_str).filter(|n| !n.is_empty());
        named.or_else(|| self.place_keys.get(place as usize).map(String::as_str)).unwrap_or("")
    }

    /// The planner's error, with the place by its key instead of its number.
    pub(super) fn explain(&self, error: PlanError) -> Failure {
        match error {
            PlanError::NoCoordinates { place } => {
                Failure::input(PlaceError::NoCoordinates { place: self.place_label(place).to_owned() })
            }
            other => Failure::input(other),
        }
    }
}

bansos::codes! {
    /// The planner's errors in the words of the files.
    pub enum PlaceError {
        /// Kilometres were asked for.
        NoCoordinates { place: String } = "plan.place_without_coordinates", Error,
            id: "desa {place} tidak mempunyai lintang dan bujur dalam berkas --places, padahal perjalanan dihitung dalam kilometer",
            en: "desa {place} has no latitude and longitude in the --places file, though travel is counted in kilometres";
    }
}

/// `2025-03-10..2025-03-14; 2025-03-20` as first and last days.
fn absences(text: &str) -> Option<Vec<(Date, Date)>> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (from, to) = part.split_once("..").unwrap_or((part, part));
            Some((read_date(from)?, read_date(to)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absences_are_days_or_spans() {
        let day = |d| Date::constant(2025, 3, d);
        assert_eq!(absences("2025-03-10..2025-03-14; 20/03/2025"), Some(vec![(day(10), day(14)), (day(20), day(20))]));
        assert_eq!(absences("besok"), None);
    }

    #[test]
    fn one_desa_under_both_spellings_of_its_code() {
        let mut scene = Scene::default();
        assert_eq!(scene.place("3508162010", None), scene.place("35.08.16.2010", None));
        assert_ne!(scene.place("Tempeh Lor", Some("Tempeh")), scene.place("Tempeh Kidul", Some("TEMPEH")));
        assert_eq!(scene.places[1].district, scene.places[2].district);
    }
}
