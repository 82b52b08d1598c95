//! How alike two words and two names are.

words! {
    /// How alike two names are, strongest first.
    pub enum Likeness {
        /// Letter for letter after folding; titles, degrees and spaces set aside.
        Equal = "equal", id: "sama", en: "equal";
        /// Equal when spellings are folded, or the words stand in another order.
        Variant = "variant", id: "sama dalam ejaan atau urutan lain", en: "equal in another spelling or order";
        /// A typing error apart.
        Near = "near", id: "beda satu ketikan", en: "a typing error apart";
        /// All words of one are in the other, or initials stand for words.
        Part = "part", id: "yang satu bagian dari yang lain", en: "one is part of the other";
        /// Some words agree and some do not.
        Some = "some", id: "sebagian kata sama", en: "some words agree";
        /// Nothing agrees, or something contradicts: another birth-order word, another number behind the name.
        Different = "different", id: "beda", en: "different";
        /// One is missing.
        Missing = "missing", id: "kosong", en: "missing";
    }
}

/// How two words agree, weakest first so that a better one compares greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordLikeness {
    /// Two birth-order words of different place.
    Contradicts,
    None,
    /// One is the other's first letter, or its beginning where a field ended.
    Initial,
    Near,
    Variant,
    Equal,
}

/// What comparing needs to know of a word.
#[derive(Clone, Copy)]
pub(super) struct WordView<'a> {
    pub(super) letters: &'a [u8],
    pub(super) canonical: u32,
    pub(super) mask: u32,
    pub(super) count: u32,
    pub(super) order: u8,
}

/// Compares two different words.
pub(super) fn words(a: WordView<'_>, b: WordView<'_>) -> WordLikeness {
    if a.order != 0 && b.order != 0 {
        return if a.order == b.order { WordLikeness::Variant } else { WordLikeness::Contradicts };
    }
    if a.canonical == b.canonical {
        return WordLikeness::Variant;
    }
    let (short, long) = if a.letters.len() <= b.letters.len() { (a, b) } else { (b, a) };
    if short.letters.len() == 1 {
        return if long.letters.first() == short.letters.first() { WordLikeness::Initial } else { WordLikeness::None };
    }
    if near(short, long) { WordLikeness::Near } else { WordLikeness::None }
}

/// One typing error between two words, or two between long ones, unless the difference is one that tells persons
/// apart: the vowel at the end (SUYATNO, SUYATNI), or two words that are both usual in the register (RINA, DINA).
fn near(short: WordView<'_>, long: WordView<'_>) -> bool {
    let (s, l) = (short.letters.len(), long.letters.len());
    let allowed = if s >= 8 { 2 } else { 1 };
    if l < 3 || l - s > allowed || (short.mask ^ long.mask).count_ones() > 2 * allowed as u32 {
        return false;
    }
    let distance = crate::text::metric::osa(short.letters, long.letters);
    if distance as usize > allowed {
        return false;
    }
    if s == l && distance == 1 {
        let (x, y) = (short.letters.last(), long.letters.last());
        let vowel = |c: Option<&u8>| c.is_some_and(|c| b"AEIOU".contains(c));
        // O and A at the end are one Javanese sound; any other exchange is another name, often another sex
        if x != y && vowel(x) && vowel(y) && !(matches!(x, Some(b'A' | b'O')) && matches!(y, Some(b'A' | b'O'))) {
            return false;
        }
        let substituted = short.mask != long.mask;
        if substituted && l <= 4 {
            return !both_usual(short.count, long.count) && l == 4;
        }
    }
    !both_usual(short.count, long.count)
}

/// A typing error of a usual word is rare beside it; two words that are both usual are two names.
fn both_usual(a: u32, b: u32) -> bool {
    let (few, many) = (a.min(b), a.max(b));
    few >= 4 && u64::from(few) * 20 >= u64::from(many)
}
