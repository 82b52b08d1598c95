//! String metrics as record linkage knows them: Jaro, Jaro–Winkler, Levenshtein and optimal string alignment, over bytes.
//!
//! One side is prepared as a [`Pattern`] and then compared with many: one machine word holds where each byte stands, so
//! that a column of the edit table is one step (Hyyrö 2003) and a Jaro window one mask. Values of more than 64 bytes take
//! the textbook way.

/// The longest pattern that fits one machine word.
const WORD: usize = 64;

/// One side of a comparison, prepared.
///
/// ```
/// use bansos::text::metric::Pattern;
/// let mut p = Pattern::default();
/// p.set(b"MARTHA");
/// assert!((p.jaro_winkler(b"MARHTA") - 0.9611).abs() < 1e-4);
/// assert_eq!(p.levenshtein(b"MARHTA"), 2);
/// assert_eq!(p.osa(b"MARHTA"), 1);
/// ```
#[derive(Clone)]
pub struct Pattern {
    places: [u64; 256],
    text: Vec<u8>,
}

impl Default for Pattern {
    fn default() -> Self {
        Self { places: [0; 256], text: Vec::new() }
    }
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pattern({} bytes)", self.text.len())
    }
}

impl Pattern {
    /// Takes another text.
    pub fn set(&mut self, text: &[u8]) {
        for c in &self.text {
            if let Some(p) = self.places.get_mut(usize::from(*c)) {
                *p = 0;
            }
        }
        self.text.clear();
        self.text.extend_from_slice(text);
        for (i, c) in text.iter().take(WORD).enumerate() {
            if let Some(p) = self.places.get_mut(usize::from(*c)) {
                *p |= 1 << i;
            }
        }
    }

    #[inline]
    fn at(&self, c: u8) -> u64 {
        self.places.get(usize::from(c)).copied().unwrap_or(0)
    }

    /// Jaro similarity: 1 for equal texts, 0 where no letter agrees within half the longer length.
    pub fn jaro(&self, other: &[u8]) -> f64 {
        self.jaro_from(other, |_| true)
    }

    /// The same, if `worth` says so of what it would be were no letters crossed; else 0.
    #[inline]
    fn jaro_from(&self, other: &[u8], worth: impl FnOnce(f64) -> bool) -> f64 {
        let (m, n) = (self.text.len(), other.len());
        if m == 0 || n == 0 {
            return if m == n { 1.0 } else { 0.0 };
        }
        if m > WORD || n > WORD {
            return slow::jaro(&self.text, other);
        }
        let reach = (m.max(n) / 2).saturating_sub(1);
        let all = u64::MAX >> (WORD - m);
        // the window slides one place a step
        let mut window = if reach + 1 >= WORD { u64::MAX } else { (1u64 << (reach + 1)) - 1 };
        let (mut mine, mut theirs) = (0u64, 0u64);
        for (j, c) in other.iter().enumerate() {
            let free = self.at(*c) & window & all & !mine;
            mine |= free & free.wrapping_neg();
            theirs |= u64::from(free != 0) << j;
            window = if j < reach { window << 1 | 1 } else { window << 1 };
        }
        let common = mine.count_ones();
        if common == 0 || !worth(share(common, 0, m, n)) {
            return 0.0;
        }
        let mut crossed = 0u32;
        let mut rest = mine;
        while theirs != 0 {
            let c = other.get(theirs.trailing_zeros() as usize).copied().unwrap_or(0);
            let lowest = rest & rest.wrapping_neg();
            crossed += u32::from(self.at(c) & lowest == 0);
            rest ^= lowest;
            theirs &= theirs - 1;
        }
        share(common, crossed, m, n)
    }

    /// Jaro–Winkler: Jaro, raised by a tenth of what is missing for each of the first four letters that agree, where Jaro
    /// is above 0.7 (as in rapidfuzz and DuckDB).
    pub fn jaro_winkler(&self, other: &[u8]) -> f64 {
        self.jaro_winkler_from(other, 0.0)
    }

    /// The same where it is at least `least`; some number below `least` where it is not, which is faster.
    pub fn jaro_winkler_from(&self, other: &[u8], least: f64) -> f64 {
        let raised =
            |jaro: f64, prefix: usize| if jaro <= 0.7 { jaro } else { jaro + prefix as f64 * 0.1 * (1.0 - jaro) };
        let jaro = self.jaro_from(other, |most| raised(most, 4) >= least);
        raised(jaro, self.text.iter().zip(other).take(4).take_while(|(a, b)| a == b).count())
    }

    /// Insertions, deletions and substitutions between the two.
    pub fn levenshtein(&self, other: &[u8]) -> u32 {
        self.edits(other, false)
    }

    /// The same, neighbours exchanged being one edit (optimal string alignment, the restricted Damerau distance).
    pub fn osa(&self, other: &[u8]) -> u32 {
        self.edits(other, true)
    }

    fn edits(&self, other: &[u8], swaps: bool) -> u32 {
        if self.text.len() > WORD {
            return slow::edits(&self.text, other, swaps);
        }
        columns(self.text.len(), other, swaps, |c| self.at(c))
    }
}

/// Optimal string alignment distance of two texts without a [`Pattern`]: for short words compared once, where finding a
/// letter by looking is faster than a table of 256.
///
/// ```
/// use bansos::text::metric::osa;
/// assert_eq!(osa(b"SLAMET", b"SLMAET"), 1);
/// assert_eq!(osa(b"SUYATNO", b"SUYATNI"), 1);
/// assert_eq!(osa(b"SITI", b""), 4);
/// ```
pub fn osa(a: &[u8], b: &[u8]) -> u32 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() > WORD {
        return slow::edits(short, long, true);
    }
    columns(short.len(), long, true, |c| {
        short.iter().enumerate().fold(0, |bits, (i, x)| bits | u64::from(*x == c) << i)
    })
}

/// The edit table of a text of `m` bytes, at most [`WORD`], and another, one column a step; `at` says where a byte stands in
/// the first.
#[inline(always)]
fn columns(m: usize, other: &[u8], swaps: bool, at: impl Fn(u8) -> u64) -> u32 {
    if m == 0 {
        return other.len() as u32;
    }
    let last = 1u64 << (m - 1);
    let (mut vp, mut vn, mut d0, mut before) = (u64::MAX, 0u64, 0u64, 0u64);
    let mut distance = m as u32;
    for c in other {
        let here = at(*c);
        let swapped = if swaps { ((!d0 & here) << 1) & before } else { 0 };
        d0 = ((here & vp).wrapping_add(vp) ^ vp) | here | vn | swapped;
        let mut hp = vn | !(d0 | vp);
        let hn = vp & d0;
        distance += u32::from(hp & last != 0);
        distance -= u32::from(hn & last != 0);
        hp = hp << 1 | 1;
        vp = hn << 1 | !(d0 | hp);
        vn = hp & d0;
        before = here;
    }
    distance
}

fn share(common: u32, crossed: u32, m: usize, n: usize) -> f64 {
    let c = f64::from(common);
    (c / m as f64 + c / n as f64 + (c - f64::from(crossed / 2)) / c) / 3.0
}

mod slow {
    pub(super) fn jaro(a: &[u8], b: &[u8]) -> f64 {
        let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
        let mut taken = vec![false; a.len()];
        let mut theirs = Vec::new();
        for (j, c) in b.iter().enumerate() {
            let from = j.saturating_sub(reach);
            let found = a.iter().enumerate().zip(&mut taken).skip(from).take(j + reach + 1 - from);
            for ((_, x), t) in found {
                if !*t && x == c {
                    *t = true;
                    theirs.push(*c);
                    break;
                }
            }
        }
        if theirs.is_empty() {
            return 0.0;
        }
        let mine = a.iter().zip(&taken).filter(|(_, t)| **t).map(|(c, _)| c);
        let crossed = mine.zip(&theirs).filter(|(x, y)| x != y).count() as u32;
        super::share(theirs.len() as u32, crossed, a.len(), b.len())
    }

    pub(super) fn edits(a: &[u8], b: &[u8], swaps: bool) -> u32 {
        let mut before: Vec<u32> = Vec::new();
        let mut above: Vec<u32> = (0..=b.len() as u32).collect();
        let mut last = 0u8;
        for (i, x) in a.iter().enumerate() {
            let mut row = vec![i as u32 + 1];
            let mut left = i as u32 + 1;
            for (j, y) in b.iter().enumerate() {
                let get = |r: &[u32], k: usize| r.get(k).copied().unwrap_or(u32::MAX / 2);
                let mut d = (get(&above, j + 1) + 1).min(left + 1).min(get(&above, j) + u32::from(x != y));
                if swaps && i > 0 && j > 0 && *y == last && b.get(j - 1) == Some(x) {
                    d = d.min(get(&before, j - 1) + 1);
                }
                row.push(d);
                left = d;
            }
            before = std::mem::replace(&mut above, row);
            last = *x;
        }
        above.last().copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pattern(a: &str) -> Pattern {
        let mut p = Pattern::default();
        // a pattern that held something else before must not remember it
        p.set(b"SOMETHING ELSE ALTOGETHER");
        p.set(a.as_bytes());
        p
    }

    /// The textbook table, for comparison.
    fn textbook(a: &[u8], b: &[u8]) -> u32 {
        let mut d = vec![vec![0u32; b.len() + 1]; a.len() + 1];
        for (i, row) in d.iter_mut().enumerate() {
            row[0] = i as u32;
        }
        for (j, cell) in d[0].iter_mut().enumerate() {
            *cell = j as u32;
        }
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                let cost = u32::from(a[i - 1] != b[j - 1]);
                d[i][j] = (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + cost);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    d[i][j] = d[i][j].min(d[i - 2][j - 2] + 1);
                }
            }
        }
        d[a.len()][b.len()]
    }

    #[test]
    fn known_values() {
        for (a, b, jaro, jw, lev) in [
            ("MARTHA", "MARHTA", 0.9444, 0.9611, 2),
            ("DWAYNE", "DUANE", 0.8222, 0.84, 2),
            ("DIXON", "DICKSONX", 0.7667, 0.8133, 4),
            ("SITI", "BUDI", 0.5, 0.5, 3),
            ("", "ABC", 0.0, 0.0, 3),
            ("A", "A", 1.0, 1.0, 0),
        ] {
            let p = pattern(a);
            assert!((p.jaro(b.as_bytes()) - jaro).abs() < 1e-4, "{a} {b} {}", p.jaro(b.as_bytes()));
            assert!((p.jaro_winkler(b.as_bytes()) - jw).abs() < 1e-4, "{a} {b}");
            assert_eq!(p.levenshtein(b.as_bytes()), lev, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn one_word_agrees_with_the_textbook(a in "[ABC ]{1,20}", b in "[ABC ]{0,20}") {
            let p = pattern(&a);
            prop_assert_eq!(p.levenshtein(b.as_bytes()), slow::edits(a.as_bytes(), b.as_bytes(), false));
            prop_assert_eq!(p.osa(b.as_bytes()), slow::edits(a.as_bytes(), b.as_bytes(), true));
            if !b.is_empty() {
                prop_assert!((p.jaro(b.as_bytes()) - slow::jaro(a.as_bytes(), b.as_bytes())).abs() < 1e-12);
            }
        }

        #[test]
        fn a_floor_changes_nothing_above_it(a in "[A-E ]{0,20}", b in "[A-E ]{0,20}", least in 0.0..1.0f64) {
            let (p, exact) = (pattern(&a), pattern(&a).jaro_winkler(b.as_bytes()));
            let found = p.jaro_winkler_from(b.as_bytes(), least);
            let right = if exact >= least { found == exact } else { found < least };
            prop_assert!(right, "{} {} {}", found, exact, least);
            prop_assert_eq!(exact, pattern(&b).jaro_winkler(a.as_bytes()));
        }

        #[test]
        fn long_values_are_symmetric(a in "[ABC]{60,80}", b in "[ABC]{60,80}") {
            prop_assert_eq!(pattern(&a).levenshtein(b.as_bytes()), pattern(&b).levenshtein(a.as_bytes()));
            prop_assert_eq!(pattern(&a).osa(b.as_bytes()), pattern(&b).osa(a.as_bytes()));
        }

        /// Within a word and beyond it, on either side.
        #[test]
        fn one_distance_with_and_without_a_pattern(a in "[ABC]{0,90}", b in "[ABC]{0,90}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            let table = textbook(a, b);
            prop_assert_eq!(osa(a, b), table);
            prop_assert_eq!(osa(b, a), table);
            let mut p = Pattern::default();
            p.set(a);
            prop_assert_eq!(p.osa(b), table);
        }
    }
}
