//! What is sought, and how alike a name is.

use super::Via;
use super::spelling::{fold, words};
use crate::region::{Level, RegionCode};

/// A folded name, and which letters and digits it has.
pub(super) struct Folded {
    text: Vec<u8>,
    letters: u64,
}

impl Folded {
    pub(super) fn new(name: &str) -> Self {
        let text = fold(name).into_bytes();
        let bit = |b: &u8| 1 << if b.is_ascii_digit() { b - b'0' + 26 } else { b.saturating_sub(b'a') % 26 };
        let letters = text.iter().fold(0, |all: u64, b| all | bit(b));
        Self { text, letters }
    }
}

/// What is sought, and whether the words say kabupaten or kota.
pub(super) struct Query {
    /// Without the word for the kind.
    name: Folded,
    /// With it, where there is one: "Kota Baru" may be a kabupaten's name.
    whole: Option<Folded>,
    city: Option<bool>,
}

impl Query {
    pub(super) fn new(text: &str) -> Self {
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
        let mut skip = usize::from(all.len() > 1 && all.first().as_ref().is_some_and(is_kind));
        let whole = (skip == 1 && city == Some(true)).then(|| Folded::new(text));
        // "Daerah Tingkat II", until 1999 a part of every regency's name
        while skip > 0 && all.len() > skip + 1 && all.get(skip).is_some_and(|w| TINGKAT.contains(&w.as_str())) {
            skip += 1;
        }
        let name = Folded::new(&all.get(skip..).unwrap_or_default().join(" "));
        Self { name, whole, city }
    }

    /// How alike a folded name is, in thousandths, or `None` where it is another name. Short forms ("Muba", "Mura") are too near each
    /// other to forgive a slip.
    pub(super) fn score(&self, code: RegionCode, folded: &Folded, via: Via) -> Option<u16> {
        if via == Via::Alias && folded.text.len() < SHORT && self.name.text != folded.text {
            return None;
        }
        let plain = alike(&self.name, folded).map(|score| {
            let other_kind = self.city.is_some() && code.level() == Level::Regency && code.is_city() != self.city;
            if other_kind { score.saturating_sub(OTHER_KIND) } else { score }
        });
        plain.max(self.whole.as_ref().and_then(|whole| alike(whole, folded)))
    }
}

/// Words between the kind and the name.
const TINGKAT: [&str; 6] = ["daerah", "tingkat", "dati", "dt", "tk", "ii"];
/// Letters from which on an alias is a name, not a short form.
const SHORT: usize = 9;

/// What "Kota" for a kabupaten, or the reverse, costs.
const OTHER_KIND: u16 = 60;

/// How alike two folded names are, in thousandths. One slip is forgiven in four letters, two in eight, three in twelve.
fn alike(a: &Folded, b: &Folded) -> Option<u16> {
    let (a, b, differ) = (&a.text, &b.text, (a.letters ^ b.letters).count_ones() as usize);
    let limit = (a.len().min(b.len()) / 4).min(3);
    // a slip brings one letter in and takes one out at most, which rules nearly every other name out at once
    if a.is_empty() || b.is_empty() || differ > 2 * limit {
        return None;
    }
    let slips = slips(a, b, limit)?;
    u16::try_from(1_000 - 1_000 * slips / a.len().max(b.len())).ok()
}

/// Slips between two spellings (a letter more, less, other, or two neighbours swapped), where there are at most `limit`.
pub(super) fn slips(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
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

    proptest! {
        #[test]
        fn no_like_name_is_ruled_out_by_its_letters(a in "[a-e0-2]{1,14}", edits in prop::collection::vec((0usize..14, "[a-e0-2]?"), 0..3)) {
            let mut b = a.clone();
            for (at, with) in edits {
                let at = at % b.len().max(1);
                b.replace_range(at..(at + 1).min(b.len()), &with);
            }
            let limit = (a.len().min(b.len()) / 4).min(3);
            let found = alike(&Folded::new(&a), &Folded::new(&b)).is_some();
            prop_assert_eq!(found, !b.is_empty() && slips(a.as_bytes(), b.as_bytes(), limit).is_some());
        }
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
}
