//! Places by name: a register without codes learns them from the files beside it, which have both, and from the tables of regions and
//! villages. A village's number of before becomes the one in force, so that registers of different years name one place alike.

use crate::{FileNote, Intake};
use bansos::Text;
use bansos::region::{self, Level, RegionCode, Residence, Scheme, locate, succession};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// (district, village) names, folded, to the code that other rows give them; `None` where they disagree.
type Villages = FxHashMap<(String, String), Option<RegionCode>>;

/// Gives a code to every residence that has names only. What stays ambiguous keeps its names and the deepest sure code. Of each file is
/// said how many of its rows have a village's number of before.
pub(super) fn resolve(intake: &mut Intake) {
    let villages = learn(intake);
    let mut resolver = Resolver::new(&villages);
    let persons = intake.persons.iter_mut().map(|p| (p.origin.file, &mut p.residence));
    let families = intake.families.iter_mut().map(|f| (f.origin.file, &mut f.residence));
    let mut former: FxHashMap<u16, u64> = FxHashMap::default();
    for (file, residence) in persons.chain(families) {
        if resolver.resolve(residence) {
            *former.entry(file).or_default() += 1;
        }
    }
    for (file, rows) in former {
        if let Some(report) = intake.files.get_mut(usize::from(file)) {
            report.notes.push(FileNote::FormerVillages { rows, decree: bansos_villages::DECREE.to_owned() });
        }
    }
}

/// A residence is shared by the rows of a family, and names and numbers repeat: each is looked up once.
struct Resolver<'v> {
    villages: &'v Villages,
    /// By the folded name; none where the files disagree.
    districts: FxHashMap<&'v str, Option<RegionCode>>,
    /// By the folded names of four levels.
    named: FxHashMap<[String; 4], Option<RegionCode>>,
    /// Villages by their kecamatan and folded name.
    within: FxHashMap<(RegionCode, String), Option<RegionCode>>,
    /// Numbers in force by any number of a village.
    current: FxHashMap<RegionCode, Option<RegionCode>>,
    /// The names of a code's kecamatan and village.
    names: FxHashMap<RegionCode, [Option<Text>; 2]>,
    last: Option<Resolved>,
}

struct Resolved {
    given: Arc<Residence>,
    now: Arc<Residence>,
    former: bool,
}

impl<'v> Resolver<'v> {
    fn new(villages: &'v Villages) -> Self {
        let mut districts: FxHashMap<&str, Option<RegionCode>> = FxHashMap::default();
        for ((district, _), code) in villages {
            let Some(code) = code.and_then(|c| c.at(Level::District)) else { continue };
            districts.entry(district).and_modify(|known| *known = known.filter(|k| *k == code)).or_insert(Some(code));
        }
        Self {
            villages,
            districts,
            named: FxHashMap::default(),
            within: FxHashMap::default(),
            current: FxHashMap::default(),
            names: FxHashMap::default(),
            last: None,
        }
    }

    /// Gives the residence its code; says whether that took the place of a village's number of before.
    fn resolve(&mut self, residence: &mut Arc<Residence>) -> bool {
        if let Some(last) = self.last.as_ref().filter(|last| Arc::ptr_eq(&last.given, residence)) {
            residence.clone_from(&last.now);
            return last.former;
        }
        let found = match residence.region {
            Some(code) => self.in_force(code, residence.village_name.as_deref()),
            None => self.by_names(residence),
        };
        let given = residence.clone();
        if found.is_some() && found != residence.region {
            *residence = Arc::new(Residence { region: found, ..Residence::clone(residence) });
        }
        self.name(residence);
        let of_village = given.region.is_some_and(|code| code.level() == Level::Village);
        let former = of_village && residence.region != given.region;
        self.last = Some(Resolved { given, now: residence.clone(), former });
        former
    }

    /// Gives district and village their names where the row has the code alone: other registers may have the names alone.
    fn name(&mut self, residence: &mut Arc<Residence>) {
        let Some(code) = residence.region.filter(|code| code.scheme() == Scheme::Kemendagri) else { return };
        let [district, village] = self.names.entry(code).or_insert_with(|| {
            let district = code.at(Level::District).and_then(region::name);
            [district.map(Text::from), bansos_villages::name(code).map(Text::from)]
        });
        let lacks = |own: &Option<Text>, known: &Option<Text>| own.is_none() && known.is_some();
        if lacks(&residence.district_name, district) || lacks(&residence.village_name, village) {
            let named = Arc::make_mut(residence);
            named.district_name = named.district_name.take().or_else(|| district.clone());
            named.village_name = named.village_name.take().or_else(|| village.clone());
        }
    }

    /// The number in force in place of one of before, and the village's number where only its kecamatan has one.
    fn in_force(&mut self, code: RegionCode, village_name: Option<&str>) -> Option<RegionCode> {
        match code.level() {
            Level::Village => *self.current.entry(code).or_insert_with(|| bansos_villages::current(code)),
            Level::District => {
                let name = village_name?;
                *self.within.entry((code, fold(name))).or_insert_with(|| village(code, Some(name)))
            }
            _ => None,
        }
    }

    fn by_names(&mut self, residence: &Residence) -> Option<RegionCode> {
        let part = |name: &Option<bansos::Text>| name.as_deref().map(fold).unwrap_or_default();
        let key = [
            part(&residence.province_name),
            part(&residence.regency_name),
            part(&residence.district_name),
            part(&residence.village_name),
        ];
        let [_, regency, district, village_name] = &key;
        if regency.is_empty() && district.is_empty() {
            return None;
        }
        if let Some(found) = self.named.get(&key) {
            return *found;
        }
        let learned = self.villages.get(&(district.clone(), village_name.clone())).copied().flatten();
        let found = learned
            .or_else(|| self.districts.get(district.as_str()).copied().flatten())
            .or_else(|| by_tables(residence))
            .map(|code| village(code, residence.village_name.as_deref()).unwrap_or(code));
        self.named.insert(key, found);
        found
    }
}

/// The village of a name in a kecamatan, or in the one that took its place.
fn village(district: RegionCode, name: Option<&str>) -> Option<RegionCode> {
    let now = succession(district).map_or(district, |s| s.successor);
    bansos_villages::find(now, name?)
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
