//! Places by name: a register without codes learns them from the files beside it, which have both, and from the tables of regions and
//! villages. A village's number of before becomes the one in force, so that registers of different years name one place alike.

use crate::{FileNote, Intake};
use bansos::region::{Level, RegionCode, Residence, Scheme, locate, succession};
use bansos_villages::{VillageStatus, status};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// (district, village) names, folded, to the code that other rows give them; `None` where they disagree.
type Villages = FxHashMap<(String, String), Option<RegionCode>>;

/// Gives a code to every residence that has names only. What stays ambiguous keeps its names and the deepest sure code.
pub(super) fn resolve(intake: &mut Intake) {
    let villages = learn(intake);
    let mut districts: FxHashMap<&str, Option<RegionCode>> = FxHashMap::default();
    for ((district, _), code) in &villages {
        let Some(code) = code.and_then(|c| c.at(Level::District)) else { continue };
        districts.entry(district).and_modify(|known| *known = known.filter(|k| *k == code)).or_insert(Some(code));
    }
    // a residence is shared by the rows of a family: resolve it once
    let mut last: Option<(Arc<Residence>, Arc<Residence>)> = None;
    let mut known: FxHashMap<(String, String, String, String), Option<RegionCode>> = FxHashMap::default();
    let mut by_name: FxHashMap<(RegionCode, String), RegionCode> = FxHashMap::default();
    let mut mend = |residence: &mut Arc<Residence>| {
        if residence.region.is_some() {
            return in_force(residence, &mut by_name);
        }
        if let Some((old, new)) = &last
            && Arc::ptr_eq(old, residence)
        {
            *residence = new.clone();
            return;
        }
        let part = |name: &Option<bansos::Text>| name.as_deref().map(fold).unwrap_or_default();
        let key = (
            part(&residence.province_name),
            part(&residence.regency_name),
            part(&residence.district_name),
            part(&residence.village_name),
        );
        if key.1.is_empty() && key.2.is_empty() {
            return;
        }
        let found = match known.get(&key) {
            Some(found) => *found,
            None => {
                let learned = villages.get(&(key.2.clone(), key.3.clone())).copied().flatten();
                let found = learned
                    .or_else(|| districts.get(key.2.as_str()).copied().flatten())
                    .or_else(|| by_tables(residence))
                    .map(|code| village(code, residence.village_name.as_deref()).unwrap_or(code));
                known.insert(key, found);
                found
            }
        };
        if found.is_some() {
            let new = Arc::new(Residence { region: found, ..Residence::clone(residence) });
            last = Some((residence.clone(), new.clone()));
            *residence = new;
        }
    };
    say_former(intake);
    intake.persons.iter_mut().for_each(|p| mend(&mut p.residence));
    intake.families.iter_mut().for_each(|f| mend(&mut f.residence));
}

/// The number in force in place of one of before, and the village's number where only its kecamatan has one.
fn in_force(residence: &mut Arc<Residence>, by_name: &mut FxHashMap<(RegionCode, String), RegionCode>) {
    let Some(code) = residence.region else { return };
    let now = match code.level() {
        Level::Village => bansos_villages::current(code),
        Level::District => residence.village_name.as_deref().map(|name| {
            *by_name.entry((code, fold(name))).or_insert_with(|| village(code, Some(name)).unwrap_or(code))
        }),
        _ => None,
    };
    if let Some(now) = now.filter(|now| *now != code) {
        *residence = Arc::new(Residence { region: Some(now), ..Residence::clone(residence) });
    }
}

/// The village of a name in a kecamatan, or in the one that took its place.
fn village(district: RegionCode, name: Option<&str>) -> Option<RegionCode> {
    let now = succession(district).map_or(district, |s| s.successor);
    bansos_villages::find(now, name?)
}

/// Says of each file how many of its rows have a village's number of before.
fn say_former(intake: &mut Intake) {
    let former = |residence: &Residence| {
        residence.region.is_some_and(|code| matches!(status(code), VillageStatus::Former(f) if f.successor.is_some()))
    };
    let mut rows: FxHashMap<u16, u64> = FxHashMap::default();
    let persons = intake.persons.iter().map(|p| (p.origin.file, &p.residence));
    let families = intake.families.iter().map(|f| (f.origin.file, &f.residence));
    let mut last: Option<(*const Residence, bool)> = None;
    for (file, residence) in persons.chain(families) {
        // a residence is shared by the rows of a family
        let known = last.filter(|(at, _)| *at == Arc::as_ptr(residence)).map(|(_, known)| known);
        let former = known.unwrap_or_else(|| former(residence));
        last = Some((Arc::as_ptr(residence), former));
        if former {
            *rows.entry(file).or_default() += 1;
        }
    }
    for (file, rows) in rows {
        if let Some(report) = intake.files.get_mut(usize::from(file)) {
            report.notes.push(FileNote::FormerVillages { rows, decree: bansos_villages::DECREE.to_owned() });
        }
    }
}

fn learn(intake: &Intake) -> Villages {
    let mut villages = Villages::default();
    let mut last: *const Residence = std::ptr::null();
    for residence in intake.families.iter().map(|f| &f.residence).chain(intake.persons.iter().map(|p| &p.residence)) {
        if Arc::as_ptr(residence) == last {
            continue;
        }
        last = Arc::as_ptr(residence);
        let (Some(code), Some(district), Some(village)) =
            (residence.region, &residence.district_name, &residence.village_name)
        else {
            continue;
        };
        if code.scheme() == Scheme::Kemendagri && code.level() == Level::Village {
            villages
                .entry((fold(district), fold(village)))
                .and_modify(|known| *known = known.filter(|k| *k == code))
                .or_insert(Some(code));
        }
    }
    villages
}

/// Regency and district by the tables of the core. Only a name that is (nearly) the table's own is believed: one slip in ten
/// letters, and no other place as much like it. Where the district is none of the regency's, the regency is what is sure.
fn by_tables(residence: &Residence) -> Option<RegionCode> {
    let name = |text: &'_ Option<bansos::Text>| text.as_deref().unwrap_or_default().to_owned();
    let (province, regency) = (name(&residence.province_name), name(&residence.regency_name));
    let sure = |district: &str| locate(&province, &regency, district).filter(|found| found.score >= SURE);
    let found = sure(&name(&residence.district_name)).or_else(|| sure(""))?;
    (found.code.level() != Level::Province).then_some(found.code)
}

/// In thousandths.
const SURE: u16 = 900;

/// Letters and digits only, upper case.
fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
