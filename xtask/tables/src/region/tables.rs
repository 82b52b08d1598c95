//! From sources to tables: which district numbers are in force, retired, or vacated.

use super::input::Input;
use super::package::Names;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

/// One regency code, in force or retired.
pub(super) struct Regency {
    pub(super) name: String,
    /// Districts in force, or, where the regency is retired, the last ones known.
    pub(super) districts: BTreeSet<u8>,
    /// Numbers below the highest that no list has: given out and vacated before 2015.
    pub(super) vacated: BTreeSet<u8>,
    /// Successor and law, where retired.
    pub(super) ended: Option<(String, String)>,
}

/// All that is rendered.
pub(super) struct Tables {
    pub(super) provinces: BTreeMap<String, String>,
    pub(super) regencies: BTreeMap<String, Regency>,
    /// Names of the districts in force.
    pub(super) districts: BTreeMap<String, String>,
    /// Districts in force that the list of 2022 did not have, in regencies that it had.
    pub(super) late: Vec<String>,
    /// Retired district → successor.
    pub(super) successors: BTreeMap<String, String>,
}

impl Tables {
    /// Numbers of current provinces, regencies, districts; retired regencies and districts; vacated numbers.
    pub(super) fn counts(&self) -> [usize; 6] {
        let retired = || self.regencies.values().filter(|r| r.ended.is_some());
        [
            self.provinces.len(),
            self.regencies.len() - retired().count(),
            self.districts.len(),
            retired().count(),
            retired().map(|r| r.districts.len()).sum(),
            self.regencies.values().map(|r| r.vacated.len()).sum(),
        ]
    }
}

/// A district's number within its regency.
fn number(code: &str) -> Result<u8, Box<dyn Error>> {
    let n = code[4..].parse()?;
    if (1..=99).contains(&n) { Ok(n) } else { Err(format!("{code}: a district number is 01 to 99").into()) }
}

/// `"1-9 12"` as numbers.
fn ranges(text: &str) -> Result<BTreeSet<u8>, Box<dyn Error>> {
    let mut all = BTreeSet::new();
    for part in text.split_whitespace() {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        all.extend(from.parse::<u8>()?..=to.parse::<u8>()?);
    }
    Ok(all)
}

/// A name as we keep it: without the word for the kind, which the number says, and without double spaces.
fn tidy(input: &Input, code: &str, name: &str) -> String {
    if let Some(name) = input.names.replace.get(code) {
        return name.clone();
    }
    let words: Vec<&str> = name.trim().trim_end_matches('.').split_whitespace().collect();
    let skip = usize::from(code.len() == 4 && words.first().is_some_and(|w| ["Kabupaten", "Kab", "Kota"].contains(w)));
    words.get(skip..).unwrap_or_default().join(" ")
}

pub(super) fn build(input: &Input, current: &Names, before: &Names) -> Result<Tables, Box<dyn Error>> {
    for code in input.names.replace.keys().chain(input.names.aliases.keys()) {
        if !current.contains_key(code) {
            return Err(format!("names.toml: {code} is no current code").into());
        }
    }
    let of_length = |n: usize| current.iter().filter(move |(c, _)| c.len() == n);
    let tidied = |n| of_length(n).map(|(c, name)| (c.clone(), tidy(input, c, name))).collect::<BTreeMap<_, _>>();
    let (provinces, districts) = (tidied(2), tidied(6));
    let mut seen: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
    for code in current.keys().chain(before.keys()).filter(|c| c.len() == 6) {
        seen.entry(&code[..4]).or_default().insert(number(code)?);
    }

    let mut regencies = BTreeMap::new();
    for (code, name) in of_length(4) {
        let kota = code[2..].parse::<u8>()? > 70;
        if kota != name.starts_with("Kota ") {
            return Err(format!("{code} {name}: 01-69 is a kabupaten, 71-99 a kota").into());
        }
        let listed = |names: &Names| -> Result<BTreeSet<u8>, Box<dyn Error>> {
            names.keys().filter(|c| c.len() == 6 && c.starts_with(code.as_str())).map(|c| number(c)).collect()
        };
        let districts = listed(current)?;
        if let Some(gone) = listed(before)?.difference(&districts).next() {
            return Err(
                format!("{code}: district {gone} went while its regency stayed; that never happened before").into()
            );
        }
        let name = tidy(input, code, name);
        regencies
            .insert(code.clone(), Regency { name, vacated: holes(seen.get(code.as_str())), districts, ended: None });
    }
    for old in &input.retired {
        if current.contains_key(&old.code) || !current.contains_key(&old.successor) {
            return Err(format!("retired.toml: {} or its successor {} is wrong", old.code, old.successor).into());
        }
        let (districts, vacated) = match &old.districts {
            Some(text) => (ranges(text)?, BTreeSet::new()),
            None => {
                let known = seen.get(old.code.as_str());
                (known.cloned().ok_or(format!("{}: no old list has its districts", old.code))?, holes(known))
            }
        };
        let ended = Some((old.successor.clone(), old.law.clone()));
        regencies.insert(old.code.clone(), Regency { name: old.name.clone(), districts, vacated, ended });
    }
    if let Some(lost) = before.keys().find(|c| c.len() == 4 && !regencies.contains_key(*c)) {
        return Err(format!("{lost} is in the old list, not in the new one, and not in retired.toml").into());
    }

    let late = districts.keys().filter(|c| before.contains_key(&c[..4]) && !before.contains_key(*c)).cloned().collect();
    let successors = successors(input, &regencies)?;
    for (old, new) in &successors {
        if !districts.contains_key(new) {
            return Err(format!("{old} would become {new}, which does not exist").into());
        }
    }
    Ok(Tables { provinces, regencies, districts, late, successors })
}

/// What lies below the highest number and stands in no list.
fn holes(known: Option<&BTreeSet<u8>>) -> BTreeSet<u8> {
    let Some(known) = known else { return BTreeSet::new() };
    (1..known.last().copied().unwrap_or(0)).filter(|n| !known.contains(n)).collect()
}

/// The k-th old district became the k-th new one, but for the few that data/region/retired.toml names.
fn successors(
    input: &Input,
    regencies: &BTreeMap<String, Regency>,
) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut all = BTreeMap::new();
    for (code, old) in regencies {
        let Some((successor, _)) = &old.ended else { continue };
        let new = regencies.get(successor).ok_or(format!("{successor} is no regency"))?;
        let kept: Vec<u8> = new
            .districts
            .iter()
            .copied()
            .filter(|n| !input.moved.iter().any(|m| m.to == format!("{successor}{n:02}")))
            .collect();
        let stayed = old.districts.iter().filter(|n| !input.moved.iter().any(|m| m.from == format!("{code}{n:02}")));
        for (k, n) in stayed.enumerate() {
            let to = kept.get(k).ok_or(format!("{code}: more old districts than {successor} has"))?;
            all.insert(format!("{code}{n:02}"), format!("{successor}{to:02}"));
        }
    }
    all.extend(input.moved.iter().map(|m| (m.from.clone(), m.to.clone())));
    Ok(all)
}
