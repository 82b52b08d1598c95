//! Places by name: spelling slips, "Kab." and "Kota", short forms and old names.

use super::table::{ALIASES, PROVINCES, REGENCIES};
use super::{Level, RegionCode, Scheme, children, name};

words! {
    /// By which of its names a place was found.
    pub enum Via {
        /// The name of the decree.
        Name = "name", id: "nama resmi", en: "official name";
        /// An older name or a short form.
        Alias = "alias", id: "nama lama atau singkatan", en: "old or short name";
    }
}

/// A place found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its code, in force.
    pub code: RegionCode,
    /// The name it was found by.
    pub matched: &'static str,
    /// What kind of name that is.
    pub via: Via,
    /// How alike, in thousandths; 1000: the same but for case, blanks and punctuation.
    pub score: u16,
}

/// A name as names are compared: Latin letters without accents, lower case, and digits; short forms written out ("Kep.",
/// "Gn.", "Adm."), nothing else.
///
/// ```
/// use bansos::region::fold;
/// assert_eq!(fold("Kep. Siau-Tagulandang Biaro"), "kepulauansiautagulandangbiaro");
/// assert_eq!(fold("RA'AS"), "raas");
/// ```
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    for word in words(name) {
        out.push_str(match word.as_str() {
            "kep" => "kepulauan",
            "gn" | "gng" => "gunung",
            "tj" | "tg" => "tanjung",
            "sei" => "sungai",
            "adm" | "administrasi" => "",
            "btg" => "batang",
            word => word,
        });
    }
    out
}

/// Lower-case words; an apostrophe does not divide one.
fn words(name: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    for c in name.chars().map(plain) {
        match c {
            c if c.is_ascii_alphanumeric() => word.push(c.to_ascii_lowercase()),
            '\'' | '\u{2019}' | '\u{2018}' | '`' | '"' => {}
            // accents that stand behind their letter
            '\u{300}'..='\u{36f}' => {}
            _ => {
                if !word.is_empty() {
                    all.push(std::mem::take(&mut word));
                }
            }
        }
    }
    if !word.is_empty() {
        all.push(word);
    }
    all
}

/// Base letters of U+00C0 to U+017F (é, ū, ñ …); `?` where there is none.
const LATIN: &[u8; 192] = b"aaaaaa?ceeeeiiii?nooooo??uuuuy??aaaaaa?ceeeeiiii?nooooo??uuuuy?y\
    aaaaaaccccccccdd??eeeeeeeeeegggggggghh??iiiiiiiii???jjkk?llllll?\
    ???nnnnnn???oooooo??rrrrrrsssssssstttt??uuuuuuuuuuuuwwyyyzzzzzzs";

/// An accented or full-width letter as the plain one; other characters as they are. Names of Indonesian places need no
/// more, and the whole of Unicode would be a third of what a browser loads.
fn plain(c: char) -> char {
    match u32::from(c) {
        n @ 0xc0..=0x17f => match LATIN.get(n as usize - 0xc0) {
            Some(b'?') | None => c,
            Some(base) => char::from(*base),
        },
        n @ 0xff01..=0xff5e => char::from_u32(n - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// What is sought, and whether the words say kabupaten or kota.
struct Query {
    /// Without the word for the kind.
    name: Vec<u8>,
    /// With it, where there is one: "Kota Baru" may be a kabupaten's name.
    whole: Option<Vec<u8>>,
    city: Option<bool>,
}

impl Query {
    fn new(text: &str) -> Self {
        let all = words(text);
        let city = match all.first().map(String::as_str) {
            Some("kabupaten" | "kab") => Some(false),
            Some("kota" | "kotamadya" | "kodya" | "kotamadia") => Some(true),
            _ => None,
        };
        let is_kind = |w: &&String| {
            matches!(
                w.as_str(),
                "kabupaten" | "kab" | "kodya" | "kotamadya" | "kotamadia" | "provinsi" | "propinsi" | "prov"
            ) || matches!(w.as_str(), "kecamatan" | "kec")
                || (city == Some(true) && w.as_str() == "kota")
        };
        let skip = usize::from(all.len() > 1 && all.first().as_ref().is_some_and(is_kind));
        let name = fold(&all.get(skip..).unwrap_or_default().join(" ")).into_bytes();
        let whole = (skip == 1 && city == Some(true)).then(|| fold(text).into_bytes());
        Self { name, whole, city }
    }

    /// How alike a name is, in thousandths, or `None` where it is another name.
    fn score(&self, code: RegionCode, name: &str) -> Option<u16> {
        let other = fold(name).into_bytes();
        let plain = alike(&self.name, &other).map(|score| {
            let other_kind = self.city.is_some() && code.level() == Level::Regency && code.is_city() != self.city;
            if other_kind { score.saturating_sub(OTHER_KIND) } else { score }
        });
        plain.max(self.whole.as_ref().and_then(|whole| alike(whole, &other)))
    }
}

/// What "Kota" for a kabupaten, or the reverse, costs.
const OTHER_KIND: u16 = 60;

/// How alike two folded names are, in thousandths. One slip is forgiven in four letters, two in eight, three in twelve.
fn alike(a: &[u8], b: &[u8]) -> Option<u16> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let limit = (a.len().min(b.len()) / 4).min(3);
    let slips = slips(a, b, limit)?;
    u16::try_from(1_000 - 1_000 * slips / a.len().max(b.len())).ok()
}

/// Places of one level whose name is like `text`, best first, equal ones in the order of their codes; at most ten.
///
/// Case, blanks, punctuation and accents do not count; one slip in four letters is forgiven (letter missing, doubled, wrong, two
/// swapped). "Kab." or "Kota" in front prefers that kind. `within` narrows to a place above. Old names of
/// regencies give the code in force. Districts need the feature `district-names`; villages are not embedded.
///
/// ```
/// use bansos::region::{Level, search};
/// let first = |text| search(text, Level::Regency, None).first().map(|m| m.code.to_string());
/// assert_eq!(first("KAB. LUMAJNG").as_deref(), Some("35.08"));
/// assert_eq!(first("kota sorong").as_deref(), Some("96.71"));
/// assert_eq!(first("Mamuju Utara").as_deref(), Some("76.01"));
/// ```
pub fn search(text: &str, level: Level, within: Option<RegionCode>) -> Vec<Match> {
    let query = Query::new(text);
    let inside = |code: RegionCode| within.is_none_or(|w| code.is_within(w));
    let mut found: Vec<Match> = Vec::new();
    let mut look = |code: RegionCode, name: &'static str, via: Via| {
        if let Some(score) = query.score(code, name) {
            found.push(Match { code, matched: name, via, score });
        }
    };
    match level {
        Level::Province => {
            for p in &PROVINCES {
                if let Some(code) = RegionCode::kemendagri(p.code.into()).filter(|c| inside(*c)) {
                    look(code, p.name, Via::Name);
                }
            }
        }
        Level::Regency => {
            for r in REGENCIES.iter().filter(|r| r.successor == 0) {
                if let Some(code) = RegionCode::kemendagri(r.code.into()).filter(|c| inside(*c)) {
                    look(code, r.name, Via::Name);
                }
            }
        }
        Level::District => {
            for r in REGENCIES.iter().filter(|r| r.successor == 0) {
                let Some(regency) = RegionCode::kemendagri(r.code.into()) else { continue };
                if within.is_none_or(|w| regency.is_within(w) || w.is_within(regency)) {
                    for (code, name) in children(regency).filter(|c| inside(*c)).filter_map(|c| Some((c, name(c)?))) {
                        look(code, name, Via::Name);
                    }
                }
            }
        }
        Level::Village => {}
    }
    for (number, alias) in &ALIASES {
        let code = RegionCode::kemendagri((*number).into());
        let current = code.map(|c| super::succession(c).map_or(c, |s| s.successor));
        if let Some(code) = current.filter(|c| c.level() == level && inside(*c)) {
            look(code, alias, Via::Alias);
        }
    }
    found.sort_by_key(|m| (std::cmp::Reverse(m.score), m.via, m.code));
    let mut seen = Vec::new();
    found.retain(|m| {
        !seen.contains(&m.code) && {
            seen.push(m.code);
            true
        }
    });
    found.truncate(10);
    found
}

/// Districts of a regency in force that have exactly this name (but for case, blanks and punctuation), or, where there is none,
/// those most like it. More than one where two districts share a name. A retired regency is read as its successor.
///
/// ```
/// use bansos::region::{RegionCode, districts_named};
/// let lumajang = RegionCode::kemendagri(35_08).unwrap();
/// let found: Vec<String> = districts_named(lumajang, "KEDUNG JAJANG").iter().map(|c| c.to_string()).collect();
/// assert_eq!(found, ["35.08.16"]);
/// ```
pub fn districts_named(regency: RegionCode, name: &str) -> Vec<RegionCode> {
    let regency = super::succession(regency).map_or(regency, |s| s.successor);
    if regency.scheme() != Scheme::Kemendagri || regency.level() != Level::Regency {
        return Vec::new();
    }
    let found = search(name, Level::District, Some(regency));
    let best = found.first().map_or(0, |m| m.score);
    found.iter().filter(|m| m.score == best).map(|m| m.code).collect()
}

/// Slips between two spellings (a letter more, less, other, or two neighbours swapped), where there are at most `limit`.
fn slips(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    if limit == 0 || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut last_a = None;
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        let mut last_b = None;
        for (j, y) in b.iter().enumerate() {
            let get = |r: &[usize], k: usize| r.get(k).copied().unwrap_or(usize::MAX / 2);
            let mut best = (get(&above, j) + usize::from(x != y)).min(get(&above, j + 1) + 1).min(get(&row, j) + 1);
            if last_a == Some(y) && last_b == Some(x) && j > 0 {
                best = best.min(get(&before, j - 1) + 1);
            }
            row.push(best);
            last_b = Some(y);
        }
        if row.iter().min().is_none_or(|m| *m > limit) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
        last_a = Some(x);
    }
    above.last().copied().filter(|n| *n <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn regency(text: &str) -> Option<u64> {
        search(text, Level::Regency, None).first().map(|m| m.code.number())
    }

    #[test]
    fn regencies_as_registers_write_them() {
        for (text, code) in [
            ("KABUPATEN KUTAI KARTANEGARA", 64_02),
            ("Kab. Kutai Kertanegara", 64_02),
            ("kutaikartanegara", 64_02),
            ("Sorong", 96_01),
            ("Kab. Sorong", 96_01),
            ("KOTA SORONG", 96_71),
            ("Kodya Bandung", 32_73),
            ("Kab Bandung", 32_04),
            ("Kotabaru", 63_02),
            ("Kota Baru", 63_02),
            ("Kab. Kota Baru", 63_02),
            ("Kotawaringin Barat", 62_01),
            ("Maluku Tenggara Barat", 81_03),
            ("Polewali Mamasa", 76_04),
            ("Kep. Seribu", 31_01),
            ("Jakarta Selatan", 31_74),
            ("KOTA ADM. JAKARTA SELATAN", 31_74),
            ("Kab. Pontianak", 61_02),
            ("Kota Pontianak", 61_71),
        ] {
            assert_eq!(regency(text), Some(code), "{text}");
        }
        assert_eq!(regency("Atlantis"), None);
        assert_eq!(regency(""), None);
        assert_eq!(regency("Kota"), None);
    }

    #[test]
    fn provinces_by_their_many_names() {
        let province = |t: &str| search(t, Level::Province, None).first().map(|m| m.code.number());
        for (text, code) in [
            ("JAWA TIMUR", 35),
            ("Prov. Jawa Timur", 35),
            ("DKI Jakarta", 31),
            ("D.I. Yogyakarta", 34),
            ("NTT", 53),
            ("Nanggroe Aceh Darussalam", 11),
            ("Kep. Riau", 21),
            ("Kalimantan Utra", 65),
        ] {
            assert_eq!(province(text), Some(code), "{text}");
        }
    }

    #[test]
    #[cfg(feature = "district-names")]
    fn districts_in_their_regency() {
        let in_regency = |n, t: &str| {
            districts_named(RegionCode::kemendagri(n).unwrap(), t).iter().map(|c| c.number()).collect::<Vec<_>>()
        };
        assert_eq!(in_regency(64_02, "TENGGARONG"), [64_02_06]);
        assert_eq!(in_regency(64_02, "Kec. Tenggarong Seberang"), [64_02_16]);
        assert_eq!(in_regency(35_08, "SENDURO"), in_regency(35_08, "Senduru"));
        assert_eq!(in_regency(91_09, "Mimika Baru"), in_regency(94_04, "MIMIKA BARU"));
        assert_eq!(in_regency(35_08, "Gambir"), []);
        assert!(search("Sukamaju", Level::District, None).len() > 1);
    }

    #[test]
    fn slips_are_counted() {
        for (a, b, n) in
            [("lumajang", "lumajng", 1), ("lumajang", "lumjaang", 1), ("abc", "abd", 1), ("abcd", "badc", 2)]
        {
            assert_eq!(slips(a.as_bytes(), b.as_bytes(), 3), Some(n), "{a} {b}");
            assert_eq!(slips(b.as_bytes(), a.as_bytes(), 3), Some(n), "{b} {a}");
        }
        assert_eq!(slips(b"abcdef", b"ghijkl", 3), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,60}") {
            for level in Level::ALL {
                let _ = search(&text, *level, RegionCode::kemendagri(35_08));
            }
        }

        #[test]
        fn finds_itself_in_any_case_and_spacing(i in 0usize..550, upper: bool, kind: bool) {
            let row = &REGENCIES[i];
            let code = RegionCode::kemendagri(row.code.into()).unwrap();
            let now = super::super::succession(code).map_or(code, |s| s.successor);
            let kind = match (kind, code.is_city()) { (false, _) => "", (_, Some(true)) => "Kota ", _ => "Kab. " };
            let text = format!("{kind}{}", row.name);
            let text = if upper { text.to_uppercase() } else { text.replace(' ', "  ") };
            let found = search(&text, Level::Regency, now.parent());
            let best = found.first().map(|m| m.score);
            prop_assert!(found.iter().any(|m| m.code == now && Some(m.score) == best), "{} {:?}", text, found);
        }
    }
}
