//! The data of `bansos-villages`: every desa and kelurahan in force, and the numbers that desa had before, out of six editions of the
//! list that one project keeps (github.com/cahyadsn/wilayah, MIT). Its files are too large to be fetched in every test: they are made
//! from a checkout (`BANSOS_WILAYAH`), trusted by their hash, and in every test counted and held against a second source.

use super::package::Names;
use super::tables::Tables;
use crate::{Outcome, root};
use sha2::Digest as _;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use xtask::Mode;

const IN_FORCE: &str = "villages/data/in-force.txt";
const FORMER: &str = "villages/data/former.txt";

/// File, edition (the year of its last change, as `former.txt` names it) and sha256.
const EDITIONS: [(&str, &str, &str); 6] = [
    ("db/archive/wilayah_2016.sql", "2015", "e08c1447f05bc5d0bd408efc6ab85c4c5d9cea1256f89a513d22ca239357d666"),
    ("db/archive/wilayah_2018.sql", "2017", "9b9a3c3addb9daa22ed6fa9a48f2342866aecb52ac94649eb1e85946776ad9a9"),
    ("db/archive/wilayah_2020.sql", "2019", "1ca9557e3cede8f9b6702c3a125865bc64985c876bbbf5521e1fae32ac3ed05e"),
    ("db/archive/wilayah_2022.sql", "2021", "c8849883ccaeda1e82b78adf8786123ad9789b61039d141895ef8633ab1b3227"),
    ("db/archive/wilayah_2023.sql", "2022", "dc105d79c39430da9eb3666e62f18818df3ed4a308121d1c219b2e697bfc2978"),
    ("db/wilayah.sql", "2025", "c4c3396d9380d4edee072af1d9dff83573b574d7cd00a6562cf82e200e954031"),
];

/// Villages in force; numbers of before, and those of them whose successor is known.
const EXPECTED: [usize; 3] = [83_762, 6_914, 6_615];

/// Makes the files from a checkout, or counts those that are checked in.
pub(super) fn run(mode: Mode, tables: &Tables) -> Outcome {
    if let Some(checkout) = std::env::var_os("BANSOS_WILAYAH") {
        let editions =
            EDITIONS.iter().map(|edition| read(Path::new(&checkout), edition)).collect::<Result<Vec<_>, _>>()?;
        mode.put(IN_FORCE, &in_force(editions.last().ok_or("no edition")?)?)?;
        mode.put(FORMER, &former(&editions, tables)?)?;
    } else if mode == Mode::Write {
        eprintln!("region: villages stay as they are; BANSOS_WILAYAH names no checkout of their source");
    }
    count()
}

/// The codes in force equal those of a second source.
pub(super) fn second_source(codes: &BTreeSet<String>) -> Outcome {
    let ours: BTreeSet<String> = villages(&std::fs::read_to_string(root().join(IN_FORCE))?).collect();
    if ours == *codes {
        eprintln!("region: the {} villages equal those of a second source", ours.len());
        return Ok(());
    }
    let differ: Vec<_> = ours.symmetric_difference(codes).take(5).collect();
    Err(format!("a second source of villages differs: {differ:?}").into())
}

fn villages(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let (district, of) = line.split_once(' ').unwrap_or_default();
        of.split('|').map(move |village| format!("{district}{}", village.get(..4).unwrap_or_default()))
    })
}

fn count() -> Outcome {
    let former = std::fs::read_to_string(root().join(FORMER))?;
    let rows = || former.lines().filter(|line| !line.starts_with('#'));
    let found = [
        villages(&std::fs::read_to_string(root().join(IN_FORCE))?).count(),
        rows().count(),
        rows().filter(|row| !row.contains(" - ")).count(),
    ];
    match found == EXPECTED {
        true => Ok(()),
        false => Err(format!("villages: counts are {found:?}, expected {EXPECTED:?}").into()),
    }
}

/// Code without dots → name, of the villages of an edition.
fn read(checkout: &Path, (file, _, sha256): &(&str, &str, &str)) -> Result<Names, Box<dyn Error>> {
    let bytes = std::fs::read(checkout.join(file))?;
    let hash: String = sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if hash != *sha256 {
        return Err(format!("{file} has another hash than the pinned one: {hash}").into());
    }
    let text = String::from_utf8(bytes)?;
    let mut names = Names::new();
    // ('11.01.01.2001','Keude Bakongan'), or with double quotes
    let tuples = text.match_indices('(').filter_map(|(at, _)| text.get(at + 1..));
    for tuple in tuples.filter(|tuple| tuple.starts_with(['\'', '"'])) {
        let mut parts = tuple.splitn(3, ['\'', '"']);
        let (_, code, rest) = (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if code.len() != "11.01.01.2001".len() {
            continue;
        }
        let name = quoted(rest.trim_start_matches([',', ' '])).ok_or_else(|| format!("{file}: {code} has no name"))?;
        if name.contains('|') || name.is_empty() {
            return Err(format!("{file}: {code} has a name that cannot be kept").into());
        }
        if names.insert(code.replace('.', ""), name).is_some() {
            return Err(format!("{file}: {code} stands twice").into());
        }
    }
    Ok(names)
}

/// A text of SQL, in either quotes, with its escapes undone.
fn quoted(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let (mut name, mut letters) = (String::new(), text.chars().skip(1).peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => name.extend(letters.next()),
            _ if letter == quote && letters.peek() == Some(&quote) => name.extend(letters.next()),
            _ if letter == quote => return Some(name.split_whitespace().collect::<Vec<_>>().join(" ")),
            _ => name.push(letter),
        }
    }
    None
}

fn in_force(names: &Names) -> Result<String, Box<dyn Error>> {
    let mut out = String::from(
        "# @generated by `cargo xtask generate region`; do not edit. Desa and kelurahan of Kepmendagri 300.2.2-2138/2025, by kecamatan.\n\
         # Source: github.com/cahyadsn/wilayah, db/wilayah.sql, copyright (c) 2017-2025 Cahya DSN, MIT licence (LICENSE-DATA).\n",
    );
    let mut last = "";
    for (code, name) in names {
        let (district, village) = code.split_at(6);
        match district == last {
            true => out.push('|'),
            false => write!(out, "{}{district} ", if last.is_empty() { "" } else { "\n" })?,
        }
        last = district;
        write!(out, "{village} {name}")?;
    }
    out.push('\n');
    Ok(out)
}

/// The numbers that were given up, each with what took its place. A successor is the one new number of the same name within the
/// regency, or where the regency or the kecamatan itself was given a new number, within that.
fn former(editions: &[Names], tables: &Tables) -> Result<String, Box<dyn Error>> {
    let mut out = String::from(
        "# @generated by `cargo xtask generate region`; do not edit. Numbers of desa and kelurahan that are no longer in force: number, the one that\n\
         # took its place (- unknown), the year of the last decree that has it, its name there. Successors are found by name.\n\
         # Source: github.com/cahyadsn/wilayah, db/archive, copyright (c) 2017-2025 Cahya DSN, MIT licence (LICENSE-DATA).\n",
    );
    let mut last_seen: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (at, edition) in editions.iter().enumerate() {
        last_seen.extend(edition.iter().map(|(code, name)| (code.as_str(), (at, name.as_str()))));
    }
    let steps: Vec<BTreeMap<&str, &str>> =
        editions.windows(2).map(|pair| successors(&pair[0], &pair[1], tables)).collect();
    let newest = editions.len() - 1;
    for (code, (at, name)) in last_seen.iter().filter(|(_, (at, _))| *at < newest) {
        // a number may have been passed on more than once
        let (mut now, mut step) = (Some(*code), *at);
        while let Some(number) = now.filter(|_| step < newest) {
            if !editions[step + 1].contains_key(number) {
                now = steps[step].get(number).copied();
            }
            step += 1;
        }
        writeln!(out, "{code} {} {} {name}", now.unwrap_or("-"), EDITIONS[*at].1)?;
    }
    Ok(out)
}

/// Numbers that the next edition has no more, with the new number of the same name.
fn successors<'e>(old: &'e Names, new: &'e Names, tables: &'e Tables) -> BTreeMap<&'e str, &'e str> {
    let fold = |name: &str| -> String { name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect() };
    let mut given: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    for (code, name) in new.iter().filter(|(code, _)| !old.contains_key(*code)) {
        for parent in [&code[..4], &code[..6]] {
            given.entry((parent, fold(name))).or_default().push(code);
        }
    }
    let one = |parent: &str, name: &str| {
        // keys borrow from the editions; a parent of the tables is as good
        match given.get(&(parent, fold(name))).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        }
    };
    let find = |(code, name): (&'e String, &'e String)| {
        let moved = tables.successors.get(&code[..6]).map(String::as_str);
        let regency = moved.map_or(&code[..4], |district| &district[..4]);
        let found = moved.and_then(|district| one(district, name)).or_else(|| one(&code[..4], name));
        Some((code.as_str(), found.or_else(|| one(regency, name))?))
    };
    old.iter().filter(|(code, _)| !new.contains_key(*code)).filter_map(find).collect()
}
