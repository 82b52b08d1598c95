//! Where a family lives, as the files and the report name it: a place of the region tables, and never what somebody wrote into a
//! column of places. A column may be shifted, or hold the name of a person.

use bansos::household::Keluarga;
use bansos::region::{self, Level, RegionCode, Residence, status};
use bansos_registers::Intake;
use rustc_hash::FxHashMap;

/// Kecamatan and desa of a residence; empty where unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub(crate) district_code: String,
    pub(crate) district: String,
    pub(crate) village_code: String,
    pub(crate) village: String,
}

impl Place {
    /// With the names as the register writes them, for files that hold addresses.
    pub(crate) fn as_written(residence: Option<&Residence>) -> Self {
        let Some(residence) = residence else { return Self::default() };
        let code = |level| residence.region.and_then(|r| r.at(level)).map(RegionCode::digits).unwrap_or_default();
        let name = |t: &Option<bansos::Text>| t.as_deref().map(title).unwrap_or_default();
        let official = residence.region.and_then(|r| r.at(Level::District)).and_then(region::name);
        Self {
            district_code: code(Level::District),
            district: official.map_or_else(|| name(&residence.district_name), str::to_owned),
            village_code: code(Level::Village),
            village: name(&residence.village_name),
        }
    }
}

/// Families that have to give a name before it is shown.
const FEWEST: u64 = 5;
/// Of so many families that give a name as that of their desa, one person may bear it.
const BEARERS: u64 = 100;

/// The names of desa that may be shown. That of a number in the list of villages is the list's. Else a name is believed where its
/// kecamatan is known, many families give it, it looks like a place, and (nearly) nobody is called so.
#[derive(Default)]
pub(crate) struct Places {
    /// By code, the name that most families of the code give.
    coded: FxHashMap<RegionCode, String>,
    /// By kecamatan and folded name, of registers without codes.
    named: FxHashMap<(RegionCode, String), String>,
}

/// Families that give one name for a desa (or, without its code, within a kecamatan).
struct Given {
    at: RegionCode,
    folded: String,
    name: String,
    families: u64,
}

impl Places {
    pub(crate) fn learn(families: &[Keluarga<u32>], intake: &Intake) -> Self {
        let (given, all) = count(families);
        let candidates = given.iter().map(|g| (g.folded.as_str(), 0)).collect();
        let bearers = count_bearers(candidates, intake);
        let believed: Vec<_> =
            given.iter().filter(|g| bearers.get(g.folded.as_str()).is_none_or(|n| n * BEARERS <= g.families)).collect();
        let mut places = Self::default();
        for g in believed {
            let most = g.families * 2 > all.get(&g.at).copied().unwrap_or_default();
            if g.at.level() != Level::Village {
                places.named.insert((g.at, g.folded.clone()), g.name.clone());
            } else if most {
                places.coded.insert(g.at, g.name.clone());
            }
        }
        places
    }

    /// The place as it may be published.
    pub(crate) fn of(&self, residence: Option<&Residence>) -> Place {
        let Some((residence, district)) = residence.and_then(|r| Some((r, district(r)?))) else {
            return Place::default();
        };
        let village = residence.region.and_then(|r| r.at(Level::Village));
        let listed = village.and_then(bansos_villages::name);
        let given = match (village, &residence.village_name) {
            (Some(code), _) => self.coded.get(&code),
            (None, Some(name)) => self.named.get(&(district, fold(name))),
            (None, None) => None,
        };
        Place {
            district_code: district.digits(),
            district: region::name(district).unwrap_or_default().to_owned(),
            village_code: village.map(RegionCode::digits).unwrap_or_default(),
            village: listed.or(given.map(String::as_str)).unwrap_or_default().to_owned(),
        }
    }
}

/// The kecamatan, where the tables know it.
fn district(residence: &Residence) -> Option<RegionCode> {
    residence.region?.at(Level::District).filter(|code| status(*code).was_issued())
}

/// Names that enough families give and that look like places; and the families with any name, by the same place.
fn count(families: &[Keluarga<u32>]) -> (Vec<Given>, FxHashMap<RegionCode, u64>) {
    let mut given: FxHashMap<(RegionCode, String), Given> = FxHashMap::default();
    let mut all: FxHashMap<RegionCode, u64> = FxHashMap::default();
    for residence in families.iter().filter_map(|f| f.residence()).map(|kept| &*kept.value) {
        let (Some(district), Some(name)) = (district(residence), &residence.village_name) else { continue };
        let at = residence.region.and_then(|r| r.at(Level::Village)).unwrap_or(district);
        *all.entry(at).or_default() += 1;
        if looks_like_a_place(name) {
            let folded = fold(name);
            let new = || Given { at, folded: folded.clone(), name: title(name), families: 0 };
            given.entry((at, folded.clone())).or_insert_with(new).families += 1;
        }
    }
    let mut given: Vec<Given> = given.into_values().filter(|g| g.families >= FEWEST).collect();
    given.sort_by(|a, b| (a.at, &a.folded).cmp(&(b.at, &b.folded)));
    (given, all)
}

/// Rows in which a person, a mother or a head is called so.
fn count_bearers<'c>(mut candidates: FxHashMap<&'c str, u64>, intake: &Intake) -> FxHashMap<&'c str, u64> {
    let persons = intake.persons.iter().flat_map(|p| [&p.name, &p.mother_name]);
    let heads = intake.families.iter().map(|f| &f.head_name);
    for name in persons.chain(heads).flatten() {
        if let Some(bearers) = candidates.get_mut(fold(name).as_str()) {
            *bearers += 1;
        }
    }
    candidates
}

/// Words of names and titles of persons.
const OF_PERSONS: [&str; 12] =
    ["bin", "binti", "bte", "alm", "almh", "bpk", "bapak", "ibu", "kades", "lurah", "sdr", "sdri"];

/// Letters in few words, perhaps with a number of two digits behind them, and no word of a person.
fn looks_like_a_place(name: &str) -> bool {
    let name = name.trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let of_letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | '.' | '/'));
    let last = |i: usize| i > 0 && i + 1 == words.len();
    let small = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let personal = |word: &str| {
        let word = word.trim_matches('.');
        OF_PERSONS.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    (3..=40).contains(&name.chars().count())
        && words.len() <= 4
        && words.iter().enumerate().all(|(i, word)| of_letters(word) || (last(i) && small(word)))
        && !words.iter().any(|word| personal(word))
}

/// Letters and digits only, upper case.
fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// `TEMPEH LOR` → `Tempeh Lor`: registers shout, reports do not.
fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for c in text.trim().chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric() && c != '\'';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::person::PersonRecord;
    use bansos::source::{Origin, Source};

    const ORIGIN: Origin = Origin { source: Source::Dtks, file: 0, row: 1 };

    fn family(region: u64, village: &str) -> Keluarga<u32> {
        let residence = Residence {
            region: RegionCode::kemendagri(region),
            district_name: Some("SITI AMINAH".into()),
            village_name: Some(village.into()),
            ..Residence::default()
        };
        Keluarga::builder(ORIGIN).residence(residence).build().unwrap()
    }

    fn shown(region: u64, families: &[(&str, usize)], names: &[&str]) -> Place {
        let all: Vec<_> = families.iter().flat_map(|(name, n)| vec![family(region, name); *n]).collect();
        let mut intake = Intake::default();
        for name in names {
            let mut person = PersonRecord::blank(ORIGIN);
            person.name = Some((*name).into());
            intake.persons.push(person);
        }
        Places::learn(&all, &intake).of(all[0].residence().map(|kept| &*kept.value))
    }

    #[test]
    fn a_desa_is_named_where_families_agree() {
        let place = shown(35_08_16_2991, &[("TEMPEH LOR", 9), ("SITI AMINAH", 3)], &["BUDI"]);
        assert_eq!((&*place.district, &*place.village), ("Kedungjajang", "Tempeh Lor"));
        assert_eq!(shown(35_08_16_2001, &[("SITI AMINAH", 1)], &[]).village, "Pandansari", "the list's own name");
        assert_eq!(shown(35_08_16, &[("TEMPEH LOR", 5)], &[]).village, "Tempeh Lor");
        assert_eq!(shown(35_08_16_2991, &[("TEMPEH LOR", 4)], &[]).village, "", "too few");
        assert_eq!(shown(35_08_16_2991, &[("TEMPEH LOR", 9), ("KRAJAN", 9)], &[]).village, "", "no majority");
    }

    #[test]
    fn nothing_that_may_be_a_persons_is_shown() {
        for text in
            ["3508040509109777", "KRAJAN BIN SHIFT", "KRAJAN (KADES BUDI)", "JL MELATI 123", "35 08 04", "KADES BUDI"]
        {
            let place = shown(35_08_16_2991, &[(text, 50)], &[]);
            assert_eq!((&*place.village_code, &*place.village), ("3508162991", ""), "{text}");
        }
        assert_eq!(shown(35_08_16, &[("SITI AMINAH", 50)], &["Siti Aminah"]).village, "");
        assert_eq!(shown(35_08_16_2991, &[("MAKMUR", 120)], &["Makmur"]).village, "Makmur", "one of many");
        // an unknown kecamatan, and none
        assert_eq!(shown(35_08_99_2001, &[("KRAJAN", 9)], &[]), Place::default());
        assert_eq!(shown(35_08, &[("KRAJAN", 9)], &[]), Place::default());
    }
}
