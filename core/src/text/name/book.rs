//! The names of a register as numbers: each distinct name once, each distinct word once, with how often they occur.

use super::rank::{self, Likeness, WordLikeness, WordView};
use super::{Name, find, spell, table};
use crate::text::metric::osa;
use rustc_hash::FxHashMap;
use std::hash::{BuildHasher as _, Hasher as _};

/// A name in a [`NameBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u32);

/// Words of a name that are compared; the rest of a longer name is left out.
const MAX_WORDS: usize = 6;

#[derive(Clone, Copy)]
struct Word {
    start: u32,
    len: u8,
    order: u8,
    number: bool,
    canonical: u32,
    skeleton: u32,
    mask: u32,
    count: u32,
}

#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    len: u8,
    count: u32,
    /// Of the letters without spaces.
    joined: u64,
    /// Of the canonical words in sorted order.
    canonical: u64,
    /// Rarity of the canonical name in bits, set by [`NameBook::weigh`].
    bits: f32,
}

/// The distinct names of one column, comparable by number.
///
/// ```
/// use bansos::text::name::{Likeness, Name, NameBook};
/// let mut book = NameBook::default();
/// let a = book.add(&Name::read("SRI WAHYUNI"), 1);
/// let b = book.add(&Name::read("Hj. Sriwahyuni"), 1);
/// let c = book.add(&Name::read("SRI WAHYUNO"), 1);
/// book.weigh();
/// assert_eq!(book.compare(a, b).0, Likeness::Equal); // a title, and two words written as one
/// assert_ne!(book.compare(a, c).0, Likeness::Near); // the last vowel tells a woman from a man
/// ```
#[derive(Default)]
pub struct NameBook {
    letters: Vec<u8>,
    words: Vec<Word>,
    word_index: FxHashMap<String, u32>,
    canonical_index: FxHashMap<String, u32>,
    entries: Vec<Entry>,
    entry_words: Vec<u32>,
    entry_index: FxHashMap<Vec<u32>, u32>,
    mean_bits: f32,
    mean_word_bits: f32,
    word_total: f64,
    collision: (f64, f64),
}

impl std::fmt::Debug for NameBook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NameBook({} names, {} words)", self.entries.len(), self.words.len())
    }
}

impl NameBook {
    /// Adds `count` bearers of a name. A name without words cannot be added twice apart: all such are one entry.
    pub fn add(&mut self, name: &Name, count: u32) -> NameId {
        let ids: Vec<u32> = name.words.iter().take(MAX_WORDS).map(|w| self.word(w, count)).collect();
        if let Some(&at) = self.entry_index.get(&ids) {
            if let Some(e) = self.entries.get_mut(at as usize) {
                e.count = e.count.saturating_add(count);
            }
            return NameId(at);
        }
        let at = self.entries.len() as u32;
        let mut joined = rustc_hash::FxBuildHasher.build_hasher();
        let mut canonical: Vec<u32> = Vec::with_capacity(ids.len());
        for w in &ids {
            for c in self.word_letters(*w) {
                joined.write_u8(*c);
            }
            canonical.push(self.words.get(*w as usize).map_or(0, |w| w.canonical));
        }
        canonical.sort_unstable();
        let mut set = rustc_hash::FxBuildHasher.build_hasher();
        for c in &canonical {
            set.write_u32(*c);
        }
        self.entries.push(Entry {
            start: self.entry_words.len() as u32,
            len: ids.len() as u8,
            count,
            joined: joined.finish(),
            canonical: set.finish(),
            bits: 0.0,
        });
        self.entry_words.extend(&ids);
        self.entry_index.insert(ids, at);
        NameId(at)
    }

    /// Counts how common each name and word is. To be called once all names are in, before comparing; frees what only
    /// adding needs.
    pub fn weigh(&mut self) {
        self.entry_index = FxHashMap::default();
        self.word_index = FxHashMap::default();
        self.canonical_index = FxHashMap::default();
        let total: f64 = self.entries.iter().map(|e| f64::from(e.count)).sum::<f64>().max(1.0);
        let mut by_canonical: FxHashMap<u64, u64> = FxHashMap::default();
        let mut by_joined: FxHashMap<u64, u64> = FxHashMap::default();
        for e in &self.entries {
            *by_canonical.entry(e.canonical).or_default() += u64::from(e.count);
            *by_joined.entry(e.joined).or_default() += u64::from(e.count);
        }
        // Integers are summed, so that the order of the map does not matter.
        let square = |map: &FxHashMap<u64, u64>| -> f64 {
            map.values().map(|c| u128::from(*c) * u128::from(*c)).sum::<u128>() as f64 / (total * total)
        };
        let (canonical, joined) = (square(&by_canonical), square(&by_joined));
        self.collision = (joined, (canonical - joined).max(0.0));
        self.mean_bits = -canonical.max(1e-12).log2() as f32;
        for e in &mut self.entries {
            let count = by_canonical.get(&e.canonical).copied().unwrap_or(1).max(1);
            e.bits = (total / count as f64).log2() as f32;
        }
        let squares: u128 = self.words.iter().map(|w| u128::from(w.count) * u128::from(w.count)).sum();
        self.mean_word_bits = -(squares as f64 / (total * total)).clamp(1e-12, 1.0).log2() as f32;
        self.word_total = total;
    }

    /// How many distinct names there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How often two bearers drawn at random have names that are [`Likeness::Equal`], and that are
    /// [`Likeness::Variant`]: exact, from the counts.
    pub fn collision(&self) -> (f64, f64) {
        self.collision
    }

    /// Block keys of a name: all words' skeletons in sorted order hashed together, the first word's, the last word's.
    /// Zero where there is none.
    pub fn keys(&self, id: NameId) -> [u32; 3] {
        let words = self.words_of(id);
        let mut all: [u32; MAX_WORDS] = [0; MAX_WORDS];
        for (slot, w) in all.iter_mut().zip(words) {
            *slot = self.words.get(*w as usize).map_or(0, |w| w.skeleton);
        }
        let first = all.first().copied().unwrap_or(0);
        let last = all.get(words.len().saturating_sub(1)).copied().unwrap_or(0);
        all.sort_unstable();
        let mut h = rustc_hash::FxBuildHasher.build_hasher();
        for s in all.iter().filter(|s| **s != 0) {
            h.write_u32(*s);
        }
        let hash = h.finish();
        let whole = if words.is_empty() { 0 } else { ((hash >> 32) as u32 ^ hash as u32).max(1) };
        [whole, first, last]
    }

    /// A fingerprint of the name that does not depend on the order of adding.
    pub fn fingerprint(&self, id: NameId) -> u64 {
        self.entries.get(id.0 as usize).map_or(0, |e| e.joined)
    }

    /// How alike two names are, and how many bits more (or less, negative) the agreement says than agreement on a name
    /// of average frequency: agreement on a rare name says more.
    pub fn compare(&self, a: NameId, b: NameId) -> (Likeness, f32) {
        let (Some(x), Some(y)) = (self.entries.get(a.0 as usize), self.entries.get(b.0 as usize)) else {
            return (Likeness::Missing, 0.0);
        };
        if x.len == 0 || y.len == 0 {
            return (Likeness::Missing, 0.0);
        }
        let whole = x.bits.min(y.bits) - self.mean_bits;
        if x.joined == y.joined {
            return (Likeness::Equal, whole);
        }
        if x.canonical == y.canonical {
            return (Likeness::Variant, whole);
        }
        self.by_words(a, b, whole)
    }

    fn by_words(&self, a: NameId, b: NameId, whole: f32) -> (Likeness, f32) {
        let (wa, wb) = (self.words_of(a), self.words_of(b));
        if self.numbers_differ(wa, wb) {
            return (Likeness::Different, 0.0);
        }
        let m = self.align(wa, wb);
        if m.contradicts {
            return (Likeness::Different, 0.0);
        }
        let many = wa.len().max(wb.len());
        let bits = m.bits - self.mean_word_bits;
        if m.left == [0, 0] && m.initial == 0 {
            // all words found: in another order, or with typing errors
            return match m.near {
                0 => (Likeness::Variant, whole),
                1 => (Likeness::Near, whole),
                n if n * 2 <= many || many == 2 => (Likeness::Near, whole - 3.0),
                _ => (Likeness::Some, bits),
            };
        }
        if wa.len() != wb.len() {
            // joined or split words
            if let Some(level) = self.joined(wa, wb) {
                return (level, whole);
            }
        }
        if m.left.contains(&0) && m.matched > m.initial {
            // a typing error besides the missing word is a second fault
            return if m.near == 0 { (Likeness::Part, bits) } else { (Likeness::Part, bits - 2.0) };
        }
        if m.matched > m.initial { (Likeness::Some, bits) } else { (Likeness::Different, 0.0) }
    }

    /// The best one-to-one assignment of words, greedily from the best agreement down.
    fn align(&self, wa: &[u32], wb: &[u32]) -> Alignment {
        let mut out = Alignment::default();
        let (mut used_a, mut used_b) = (0u32, 0u32);
        let mut grid = [[WordLikeness::None; MAX_WORDS]; MAX_WORDS];
        for (row, a) in grid.iter_mut().zip(wa) {
            for (cell, b) in row.iter_mut().zip(wb) {
                *cell = match (a == b, self.view(*a), self.view(*b)) {
                    (true, ..) => WordLikeness::Equal,
                    (false, Some(x), Some(y)) => rank::words(x, y),
                    _ => WordLikeness::None,
                };
                out.contradicts |= *cell == WordLikeness::Contradicts;
            }
        }
        for wanted in [WordLikeness::Equal, WordLikeness::Variant, WordLikeness::Near, WordLikeness::Initial] {
            if wanted == WordLikeness::Initial {
                self.split_words(wa, wb, &mut used_a, &mut used_b, &mut out);
                self.split_words(wb, wa, &mut used_b, &mut used_a, &mut out);
            }
            for (i, (row, a)) in grid.iter().zip(wa).enumerate() {
                for (j, (cell, b)) in row.iter().zip(wb).enumerate() {
                    if *cell != wanted || used_a >> i & 1 == 1 || used_b >> j & 1 == 1 {
                        continue;
                    }
                    used_a |= 1 << i;
                    used_b |= 1 << j;
                    out.matched += 1;
                    out.near += usize::from(wanted == WordLikeness::Near);
                    out.initial += usize::from(wanted == WordLikeness::Initial);
                    out.bits +=
                        if wanted == WordLikeness::Initial { 2.0 } else { self.word_bits(*a).min(self.word_bits(*b)) };
                }
            }
        }
        let unused = |words: &[u32], used: u32| words.len().saturating_sub(used.count_ones() as usize);
        out.left = [unused(wa, used_a), unused(wb, used_b)];
        out
    }

    /// A word of one side that is two of the other written together: SRIYANTI against SRI YANTI LESTARI.
    fn split_words(&self, wa: &[u32], wb: &[u32], used_a: &mut u32, used_b: &mut u32, out: &mut Alignment) {
        for (i, a) in wa.iter().enumerate() {
            let whole = self.word_letters(*a);
            if *used_a >> i & 1 == 1 || whole.len() < 6 {
                continue;
            }
            'pairs: for (j, b) in wb.iter().enumerate() {
                for (k, c) in wb.iter().enumerate() {
                    if j == k || (*used_b >> j | *used_b >> k) & 1 == 1 {
                        continue;
                    }
                    let mut buffer = [0u8; 64];
                    let both = self.concat(&[*b, *c], &mut buffer);
                    let slips = if whole.len() >= 9 { 2 } else { 1 };
                    if both.len().abs_diff(whole.len()) > slips {
                        continue;
                    }
                    let distance = osa(whole, both);
                    if distance as usize <= slips {
                        *used_a |= 1 << i;
                        *used_b |= 1 << j | 1 << k;
                        out.matched += 1;
                        out.near += usize::from(distance > 0);
                        out.bits += self.word_bits(*b) + self.word_bits(*c);
                        break 'pairs;
                    }
                }
            }
        }
    }

    /// Words written together on one side: SRIWAHYUNI, SRI WAHYUNI.
    fn joined(&self, wa: &[u32], wb: &[u32]) -> Option<Likeness> {
        let (mut a, mut b) = ([0u8; 64], [0u8; 64]);
        let (x, y) = (self.concat(wa, &mut a), self.concat(wb, &mut b));
        if x.len().abs_diff(y.len()) > 2 || x.len().min(y.len()) < 6 {
            return None;
        }
        match osa(x, y) {
            0 | 1 => Some(Likeness::Near),
            2 if self.spelled(x) == self.spelled(y) => Some(Likeness::Variant),
            _ => None,
        }
        .map(|level| if self.spelled(x) == self.spelled(y) { Likeness::Variant } else { level })
    }

    fn spelled(&self, letters: &[u8]) -> String {
        spell::canonical(&String::from_utf8_lossy(letters))
    }

    fn concat<'b>(&self, words: &[u32], out: &'b mut [u8; 64]) -> &'b [u8] {
        let mut n = 0;
        for w in words {
            for c in self.word_letters(*w) {
                if let Some(slot) = out.get_mut(n) {
                    *slot = *c;
                    n += 1;
                }
            }
        }
        out.get(..n).unwrap_or(&[])
    }

    /// SLAMET I and SLAMET II are two persons; SLAMET and SLAMET II may be one.
    fn numbers_differ(&self, wa: &[u32], wb: &[u32]) -> bool {
        let last = |words: &[u32]| -> Option<u32> {
            let w = *words.get(1..)?.last()?;
            self.words.get(w as usize).filter(|i| i.number).map(|_| w)
        };
        matches!((last(wa), last(wb)), (Some(x), Some(y)) if x != y)
    }

    fn word(&mut self, text: &str, count: u32) -> u32 {
        if let Some(&at) = self.word_index.get(text) {
            if let Some(w) = self.words.get_mut(at as usize) {
                w.count = w.count.saturating_add(count);
            }
            return at;
        }
        let number = super::listed(table::NUMBER, text);
        // II is not I written twice
        let spelled = if number { format!("#{text}") } else { spell::canonical(text) };
        let skeleton = spell::skeleton(&spelled);
        let next = self.canonical_index.len() as u32;
        let canonical = *self.canonical_index.entry(spelled).or_insert(next);
        let letters = text.as_bytes().get(..60).unwrap_or(text.as_bytes());
        let at = self.words.len() as u32;
        self.words.push(Word {
            start: self.letters.len() as u32,
            len: letters.len() as u8,
            order: match find(table::ORDER, text) {
                Some("WAYAN") => 1,
                Some("MADE") => 2,
                Some("NYOMAN") => 3,
                Some(_) => 4,
                None => 0,
            },
            number,
            canonical,
            skeleton,
            mask: letters.iter().fold(0, |m, c| m | 1 << (c.wrapping_sub(b'A') & 31)),
            count,
        });
        self.letters.extend_from_slice(letters);
        self.word_index.insert(text.to_owned(), at);
        at
    }

    fn words_of(&self, id: NameId) -> &[u32] {
        let Some(e) = self.entries.get(id.0 as usize) else { return &[] };
        self.entry_words.get(e.start as usize..e.start as usize + usize::from(e.len)).unwrap_or(&[])
    }

    fn word_letters(&self, word: u32) -> &[u8] {
        let Some(w) = self.words.get(word as usize) else { return &[] };
        self.letters.get(w.start as usize..w.start as usize + usize::from(w.len)).unwrap_or(&[])
    }

    fn view(&self, word: u32) -> Option<WordView<'_>> {
        let w = self.words.get(word as usize)?;
        Some(WordView {
            letters: self.word_letters(word),
            canonical: w.canonical,
            mask: w.mask,
            count: w.count,
            order: w.order,
        })
    }

    fn word_bits(&self, word: u32) -> f32 {
        let count = self.words.get(word as usize).map_or(1, |w| w.count.max(1));
        (self.word_total / f64::from(count)).log2().max(0.0) as f32
    }
}

#[derive(Default)]
struct Alignment {
    matched: usize,
    near: usize,
    initial: usize,
    /// Words of either side that found no partner.
    left: [usize; 2],
    contradicts: bool,
    bits: f32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn level(a: &str, b: &str) -> Likeness {
        let mut book = NameBook::default();
        let (a, b) = (book.add(&Name::read(a), 1), book.add(&Name::read(b), 1));
        book.weigh();
        book.compare(a, b).0
    }

    #[test]
    fn levels() {
        use Likeness::*;
        for (a, b, want) in [
            ("SRI WAHYUNI", "SRIWAHYUNI", Equal),
            ("H. MOCH. SOLEH", "MUHAMMAD SHOLEH", Equal),
            ("SOEPARDJO", "SUPARJO", Variant),
            ("WAHYUNI SULIS", "SULIS WAHYUNI", Variant),
            ("SLAMET WIBOWO", "SLMAET WIBOWO", Near),
            ("SITI AMINAH", "SITI", Part),
            ("AGUS SALIM", "AGUS S.", Part),
            ("M. ALI", "MUHAMMAD ALI", Part),
            ("SITI AMINAH", "SITI KHOTIMAH", Some),
            ("SRIYANTI", "SRI YANTI LESTARI", Part),
            ("SANTOSOSUMARNO", "SUMARNO SANTOSO", Variant),
            ("SUYATNO", "SUYATNI", Different),
            ("SUKINI", "SUKINEM", Different),
            ("SLAMET I", "SLAMET II", Different),
            ("SLAMET", "SLAMET II", Part),
            ("I WAYAN SUDANA", "I MADE SUDANA", Different),
            ("I WAYAN SUDANA", "I PUTU SUDANA", Variant),
            ("BUDI", "JOKO", Different),
            ("", "JOKO", Missing),
        ] {
            assert_eq!(level(a, b), want, "{a} | {b}");
            assert_eq!(level(b, a), want, "{b} | {a}");
        }
    }

    #[test]
    fn two_usual_words_are_two_names() {
        let mut book = NameBook::default();
        let a = book.add(&Name::read("RISNA"), 50);
        let b = book.add(&Name::read("RISMA"), 40);
        let typo = book.add(&Name::read("RISNAA"), 1);
        book.weigh();
        assert_eq!(book.compare(a, b).0, Likeness::Different);
        assert_ne!(book.compare(a, typo).0, Likeness::Different);
    }

    #[test]
    fn a_rare_name_says_more() {
        let mut book = NameBook::default();
        let common = book.add(&Name::read("SITI"), 1000);
        let rare = book.add(&Name::read("WAGIYEM"), 2);
        book.weigh();
        assert!(book.compare(rare, rare).1 > book.compare(common, common).1 + 5.0);
    }

    proptest! {
        #[test]
        fn symmetric_and_reflexive(a in "[ABDEIMNRSTU ]{1,14}", b in "[ABDEIMNRSTU ]{1,14}") {
            let mut book = NameBook::default();
            let (x, y) = (book.add(&Name::read(&a), 3), book.add(&Name::read(&b), 2));
            book.weigh();
            prop_assert_eq!(book.compare(x, y), book.compare(y, x));
            if !Name::read(&a).is_empty() {
                prop_assert_eq!(book.compare(x, x).0, Likeness::Equal);
            }
        }
    }
}
