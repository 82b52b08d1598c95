//! Distinct texts of a column: each once, numbered in order of appearance, found again by its hash.

use bansos::plumbing::mix;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher as _;

/// A text in one place of 32 bytes, so that looking at it is one step into memory. What is longer, or has letters beyond
/// ASCII, lies elsewhere.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot {
    /// How often each of sixteen classes of bytes occurs, four bits each.
    classes: u64,
    len: u8,
    inline: [u8; INLINE],
}

const INLINE: usize = 23;
/// The length of what lies elsewhere.
const ELSEWHERE: u8 = u8::MAX;

impl Slot {
    fn number(&self, at: usize) -> usize {
        let mut b = [0u8; 8];
        b.copy_from_slice(&self.inline[at..at + 8]);
        u64::from_le_bytes(b) as usize
    }
}

/// How often each class of bytes occurs. A class that would not fit makes all of them full, which rules nothing out.
fn classes(bytes: &[u8]) -> u64 {
    let mut all = 0u64;
    for c in bytes {
        let shift = 4 * u32::from(c & 15);
        if all >> shift & 15 == 15 {
            return u64::MAX;
        }
        all += 1 << shift;
    }
    all
}

/// The most bytes that two texts can have in common, whatever their order.
#[inline]
fn common(a: u64, b: u64) -> u32 {
    const LOW: u64 = 0x0f0f_0f0f_0f0f_0f0f;
    const TOP: u64 = 0x8080_8080_8080_8080;
    let half = |a: u64, b: u64| {
        // bytes hold at most 15: the top bit stays set where a >= b
        let ge = ((a | TOP) - b) & TOP;
        let mask = (ge >> 7) * 0xff;
        ((b & mask) | (a & !mask)).wrapping_mul(0x0101_0101_0101_0101) >> 56
    };
    (half(a & LOW, b & LOW) + half(a >> 4 & LOW, b >> 4 & LOW)) as u32
}

pub(in crate::table) fn hash(bytes: &[u8]) -> u64 {
    mix(FxBuildHasher.hash_one(bytes))
}

/// Distinct texts, numbered from 0.
#[derive(Clone, Default)]
pub(in crate::table) struct Texts {
    slots: Vec<Slot>,
    /// Of each text.
    pub(in crate::table) hashes: Vec<u64>,
    /// Rows that have it.
    pub(in crate::table) counts: Vec<u32>,
    /// What no slot holds: as written, then one byte a character where that is another thing.
    long: Vec<u8>,
    /// Letters beyond ASCII and the byte each is given.
    letters: FxHashMap<char, u8>,
}

bansos::reticent! { Texts {} }

impl Texts {
    pub(in crate::table) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Adds a text that is not there yet, without rows.
    pub(in crate::table) fn add(&mut self, text: &str, hash: u64) {
        let bytes = text.as_bytes();
        let mut slot = Slot { classes: 0, len: ELSEWHERE, inline: [0; INLINE] };
        if text.is_ascii() {
            slot.classes = classes(bytes);
            if bytes.len() <= INLINE {
                slot.len = bytes.len() as u8;
                slot.inline[..bytes.len()].copy_from_slice(bytes);
            }
        }
        if slot.len == ELSEWHERE {
            let at = self.long.len();
            self.long.extend_from_slice(bytes);
            let compared = if text.is_ascii() {
                at
            } else {
                // one byte a character: edits are counted in characters, and a column has few beyond ASCII
                let at = self.long.len();
                for c in text.chars() {
                    let byte = match u8::try_from(c) {
                        Ok(b) if b < 128 => b,
                        _ => {
                            let next = 128 + (self.letters.len() % 128) as u8;
                            *self.letters.entry(c).or_insert(next)
                        }
                    };
                    self.long.push(byte);
                }
                slot.classes = classes(&self.long[at..]);
                at
            };
            let end = self.long.len();
            // two offsets in 16 bytes, the end of the second in the seven left: 2^56 bytes are enough
            slot.inline[..8].copy_from_slice(&(at as u64).to_le_bytes());
            slot.inline[8..16].copy_from_slice(&(compared as u64).to_le_bytes());
            slot.inline[16..].copy_from_slice(&(end as u64).to_le_bytes()[..7]);
        }
        self.slots.push(slot);
        self.hashes.push(hash);
        self.counts.push(0);
    }

    fn end(slot: &Slot) -> usize {
        let mut b = [0u8; 8];
        b[..7].copy_from_slice(&slot.inline[16..]);
        u64::from_le_bytes(b) as usize
    }

    fn written(&self, i: u32) -> &[u8] {
        let slot = &self.slots[i as usize];
        if slot.len != ELSEWHERE {
            return &slot.inline[..usize::from(slot.len)];
        }
        let (at, compared) = (slot.number(0), slot.number(8));
        &self.long[at..if compared > at { compared } else { Self::end(slot) }]
    }

    /// A text as it was written.
    pub(in crate::table) fn text(&self, i: u32) -> &str {
        std::str::from_utf8(self.written(i)).unwrap_or("")
    }

    /// Its bytes for comparing: one a character.
    #[inline]
    pub(in crate::table) fn bytes(&self, i: u32) -> &[u8] {
        let slot = &self.slots[i as usize];
        if slot.len != ELSEWHERE {
            return &slot.inline[..usize::from(slot.len)];
        }
        &self.long[slot.number(8)..Self::end(slot)]
    }

    #[inline]
    fn is(&self, i: u32, text: &[u8]) -> bool {
        let slot = &self.slots[i as usize];
        if slot.len != ELSEWHERE {
            return slot.inline[..usize::from(slot.len)] == *text;
        }
        self.written(i) == text
    }

    /// The lengths of two texts and the most bytes they can have in common; `None` where one lies elsewhere.
    #[inline]
    pub(in crate::table) fn common(&self, a: u32, b: u32) -> Option<(usize, usize, u32)> {
        let (x, y) = (&self.slots[a as usize], &self.slots[b as usize]);
        if x.len == ELSEWHERE || y.len == ELSEWHERE {
            return None;
        }
        Some((usize::from(x.len), usize::from(y.len), common(x.classes, y.classes)))
    }
}

/// Finds a text's number by its hash: an open table of half hashes and numbers, one step into memory for most.
#[derive(Debug, Default)]
pub(super) struct Index {
    cells: Vec<u64>,
}

/// Nothing found yet.
pub(super) const UNKNOWN: u32 = u32::MAX;

impl Index {
    fn at(&self, hash: u64) -> usize {
        hash as usize & (self.cells.len() - 1)
    }

    fn cell(hash: u64, number: u32) -> u64 {
        hash >> 32 << 32 | (u64::from(number) + 1)
    }

    /// Makes room for so many texts, at most three cells in five taken.
    pub(super) fn reserve(&mut self, texts: usize, hashes: &[u64]) {
        let mut size = self.cells.len().max(256);
        while texts * 5 > size * 3 {
            size *= 2;
        }
        if size > self.cells.len() {
            self.cells = vec![0; size];
            for (i, h) in hashes.iter().enumerate() {
                self.put(*h, i as u32);
            }
        }
    }

    fn put(&mut self, hash: u64, number: u32) {
        let mut at = self.at(hash);
        while self.cells[at] != 0 {
            at = (at + 1) & (self.cells.len() - 1);
        }
        self.cells[at] = Self::cell(hash, number);
    }

    /// The numbers of many texts, those that the first look finds; the others are [`UNKNOWN`]. Looking at many places at
    /// once hides the time that each takes to come from memory.
    pub(super) fn peek<'t>(
        &self,
        texts: &Texts,
        hashes: &[u64],
        text: impl Fn(usize) -> &'t [u8],
        cells: &mut Vec<u64>,
        out: &mut Vec<u32>,
    ) {
        cells.clear();
        cells.extend(hashes.iter().map(|h| self.cells[self.at(*h)]));
        out.clear();
        out.extend(hashes.iter().zip(cells.iter()).enumerate().map(|(i, (h, cell))| {
            let number = (*cell as u32).wrapping_sub(1);
            if *cell != 0 && cell >> 32 == h >> 32 && texts.is(number, text(i)) { number } else { UNKNOWN }
        }));
    }

    /// The number of a text, which is added where it is new; there must be room.
    pub(super) fn find(&mut self, texts: &mut Texts, text: &str, hash: u64) -> u32 {
        let mut at = self.at(hash);
        loop {
            let cell = self.cells[at];
            if cell == 0 {
                break;
            }
            let number = cell as u32 - 1;
            if cell >> 32 == hash >> 32 && texts.is(number, text.as_bytes()) {
                return number;
            }
            at = (at + 1) & (self.cells.len() - 1);
        }
        let number = texts.len() as u32;
        texts.add(text, hash);
        self.cells[at] = Self::cell(hash, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_fewer_in_common_than_there_are(a in "[A-F0-9é]{0,22}", b in "[A-F0-9é]{0,22}") {
            let count = |t: &str| t.bytes().fold([0u32; 256], |mut n, c| { n[usize::from(c)] += 1; n });
            let (x, y) = (count(&a), count(&b));
            let exact: u32 = x.iter().zip(&y).map(|(m, n)| m.min(n)).sum();
            prop_assert!(common(classes(a.as_bytes()), classes(b.as_bytes())) >= exact);
        }

        #[test]
        fn every_text_is_found_again(all in proptest::collection::vec("[A-Cé]{1,40}", 1..300)) {
            let (mut texts, mut index) = (Texts::default(), Index::default());
            let mut known: FxHashMap<String, u32> = FxHashMap::default();
            for t in &all {
                index.reserve(texts.len() + 1, &texts.hashes);
                let next = known.len() as u32;
                let number = index.find(&mut texts, t, hash(t.as_bytes()));
                prop_assert_eq!(number, *known.entry(t.clone()).or_insert(next));
                prop_assert_eq!(texts.text(number), t.as_str());
                prop_assert_eq!(texts.bytes(number).len(), t.chars().count());
            }
        }
    }

    #[test]
    fn equal_hashes_are_told_apart() {
        let (mut texts, mut index) = (Texts::default(), Index::default());
        index.reserve(3, &[]);
        let numbers =
            ["A", "B", "A TEXT THAT NO SLOT OF THIRTY-TWO BYTES CAN HOLD"].map(|t| index.find(&mut texts, t, 7));
        assert_eq!(numbers, [0, 1, 2]);
        assert_eq!(index.find(&mut texts, "B", 7), 1);
    }
}
