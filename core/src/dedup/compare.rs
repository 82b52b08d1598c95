//! Two rows side by side: the level reached on each field.

use super::digits::Digits;
use super::level::*;
use crate::person::{Relation, Sex};
use crate::text::name::{Likeness, NameBook, NameId};
use crate::{Date, Text};
use std::hash::{BuildHasher as _, Hasher as _};

/// A birth date as linkage keeps it: year, month and day in one number; zero is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Birth(u32);

impl Birth {
    /// Nothing known.
    pub const NONE: Self = Self(0);

    /// From a date.
    pub fn new(date: Date) -> Self {
        Self::from_parts(
            date.year().unsigned_abs().into(),
            date.month().unsigned_abs().into(),
            date.day().unsigned_abs().into(),
        )
    }

    const fn from_parts(year: u32, month: u32, day: u32) -> Self {
        Self(year << 9 | month << 5 | day)
    }

    /// The date a NIK carries. Two digits of the year are read as the latest year that is not after `latest`.
    pub fn of_nik(nik: Digits, latest: u32) -> Self {
        let Some((y, m, d)) = nik.birth() else { return Self::NONE };
        let century = latest / 100 * 100;
        let year = century + u32::from(y);
        Self::from_parts(if year > latest { year.saturating_sub(100) } else { year }, m.into(), d.into())
    }

    /// Whether it is missing.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Year.
    pub const fn year(self) -> u32 {
        self.0 >> 9
    }

    /// Month.
    pub const fn month(self) -> u32 {
        self.0 >> 5 & 15
    }

    /// Day.
    pub const fn day(self) -> u32 {
        self.0 & 31
    }

    /// The bits, for keys.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The same date with day and month in ascending order, so that exchanged dates share it.
    pub const fn unordered(self) -> u32 {
        let (m, d) = (self.month(), self.day());
        if d < m { self.year() << 10 | d << 5 | m } else { self.year() << 10 | m << 5 | d }
    }

    const fn is_default(self) -> bool {
        (self.month() == 1 && self.day() == 1) || (self.month() == 12 && self.day() == 31)
    }

    const fn number(self) -> u32 {
        self.year() * 10_000 + self.month() * 100 + self.day()
    }

    /// The level of agreement of two dates, both present.
    pub fn level(self, other: Self) -> BirthLevel {
        if self == other {
            return BirthLevel::Equal;
        }
        let (same_year, same_day) = (self.year() == other.year(), self.0 & 511 == other.0 & 511);
        if same_year && self.month() == other.day() && self.day() == other.month() {
            return BirthLevel::Swapped;
        }
        if same_year && (self.is_default() || other.is_default()) {
            return BirthLevel::YearDefault;
        }
        let one_slip = one_slip(self.number(), other.number());
        if same_day && (matches!(self.year().abs_diff(other.year()), 1 | 10) || one_slip) {
            return BirthLevel::NearYear;
        }
        if one_slip {
            return BirthLevel::Slip;
        }
        if same_year { BirthLevel::Year } else { BirthLevel::Different }
    }

    /// Whether a declared date and the one its NIK carries are of one person: equal, or differing the way dates are
    /// usually damaged. Centuries are not compared: a NIK has two digits of the year.
    pub fn fits_nik(self, nik: Self) -> bool {
        let century = Self(self.0 & 511 | (self.year() % 100) << 9);
        let nik = Self(nik.0 & 511 | (nik.year() % 100) << 9);
        matches!(
            century.level(nik),
            BirthLevel::Equal | BirthLevel::Swapped | BirthLevel::YearDefault | BirthLevel::NearYear | BirthLevel::Slip
        )
    }
}

impl std::fmt::Debug for Birth {
    /// Says whether there is a date, never which.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_none() { "Birth(missing)" } else { "Birth(known)" })
    }
}

/// One digit, or two neighbours exchanged.
fn one_slip(a: u32, b: u32) -> bool {
    let (mut a, mut b) = (a, b);
    let (mut differ, mut first, mut pair) = (0, None, None);
    for place in 0..8 {
        let (x, y) = (a % 10, b % 10);
        if x != y {
            differ += 1;
            match first {
                None => first = Some((place, x, y)),
                Some((p, fx, fy)) => pair = Some(place == p + 1 && x == fy && y == fx),
            }
        }
        a /= 10;
        b /= 10;
    }
    differ == 1 || (differ == 2 && pair == Some(true))
}

/// A row as linkage keeps it: fixed size, values as numbers. Zero is missing throughout.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// NIK, as far as its digits are known.
    pub nik: Digits,
    /// Family card, as far as its digits are known.
    pub card: Digits,
    /// Birth date: declared, or else the NIK's.
    pub birth: Birth,
    /// The NIK's birth date.
    pub nik_birth: Birth,
    /// Name in the book of names.
    pub name: NameId,
    /// Mother's name in the book of mothers' names.
    pub mother: NameId,
    /// Village and district.
    pub village: u32,
    /// District.
    pub district: u32,
    /// Street, hamlet, RT, RW.
    pub address: u32,
    /// Birthplace.
    pub birth_place: u32,
    /// The listing (one family in one source) the row stands in.
    pub listing: u32,
    /// 1 male, 2 female, 0 missing.
    pub sex: u8,
    /// What the NIK says of the sex.
    pub nik_sex: u8,
    /// 1 + the relation's place in [`Relation::ALL`].
    pub relation: u8,
    /// The source's place in [`crate::source::Source::ALL`].
    pub source: u8,
    /// The NIK has all digits and fits the row's own birth date.
    pub sound: bool,
    /// The NIK's region, date and sex are known and fit the row's own birth date, whatever became of the serial.
    pub fits: bool,
}

/// A text's number in keys and comparisons: equal after folding, and the same in every run. Zero is missing.
pub fn text_key(text: &Option<Text>) -> u32 {
    let Some(text) = text else { return 0 };
    let mut h = rustc_hash::FxBuildHasher.build_hasher();
    let mut any = false;
    for c in text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase) {
        h.write_u32(c as u32);
        any = true;
    }
    let x = h.finish();
    if any { ((x >> 32) as u32 ^ x as u32).max(1) } else { 0 }
}

/// A sex's number in [`Traits`].
pub const fn sex_code(sex: Option<Sex>) -> u8 {
    match sex {
        None => 0,
        Some(Sex::Male) => 1,
        Some(Sex::Female) => 2,
    }
}

/// Level on the NIK.
#[inline]
pub fn nik_level(a: &Traits, b: &Traits) -> NikLevel {
    let x = a.nik.compare(b.nik);
    if x.common < 4 {
        return NikLevel::Missing;
    }
    if x.differ == 0 {
        return match x.common {
            16 => NikLevel::Equal,
            14.. => NikLevel::Worn,
            13 if x.common == a.nik.known_in(0, 13).min(b.nik.known_in(0, 13)) => NikLevel::Worn,
            _ => NikLevel::Stub,
        };
    }
    if x.common >= 12 {
        if x.only_in(12, 16) {
            return NikLevel::Serial;
        }
        if x.slip {
            return if x.only_in(0, 6) { NikLevel::Region } else { NikLevel::Slip };
        }
    }
    if a.sound && b.sound { NikLevel::Different } else { NikLevel::Unsound }
}

/// Level on the birth date, given the level on the NIK.
#[inline]
pub fn birth_level(a: &Traits, b: &Traits, nik: NikLevel) -> BirthLevel {
    if a.birth.is_none() || b.birth.is_none() {
        return BirthLevel::Missing;
    }
    let level = a.birth.level(b.birth);
    if nik == NikLevel::Equal && level == BirthLevel::Equal {
        return BirthLevel::Implied;
    }
    if matches!(level, BirthLevel::Year | BirthLevel::Different)
        && matches!(nik, NikLevel::Missing | NikLevel::Stub)
        && (a.nik_birth == b.birth || b.nik_birth == a.birth)
    {
        return BirthLevel::ByNik;
    }
    level
}

/// Level on sex. Two rows differ for certain only where no NIK takes the other side.
#[inline]
pub fn sex_level(a: &Traits, b: &Traits) -> SexLevel {
    let (x, y) = (if a.sex == 0 { a.nik_sex } else { a.sex }, if b.sex == 0 { b.nik_sex } else { b.sex });
    if x == 0 || y == 0 {
        SexLevel::Missing
    } else if x == y {
        SexLevel::Equal
    } else if a.nik_sex == y || b.nik_sex == x {
        SexLevel::Doubtful
    } else {
        SexLevel::Different
    }
}

/// Level on the family card.
#[inline]
pub fn card_level(a: &Traits, b: &Traits) -> CardLevel {
    let x = a.card.compare(b.card);
    match (x.common, x.differ) {
        (0..=9, _) => CardLevel::Missing,
        (16, 0) => CardLevel::Equal,
        (13.., 0) => CardLevel::Slip,
        _ if x.slip && x.common >= 14 => CardLevel::Slip,
        _ => CardLevel::Different,
    }
}

/// Level on the place of residence.
#[inline]
pub fn place_level(a: &Traits, b: &Traits) -> PlaceLevel {
    if a.village != 0 && b.village != 0 {
        if a.village == b.village {
            return if a.address != 0 && a.address == b.address { PlaceLevel::Address } else { PlaceLevel::Village };
        }
        return if a.district != 0 && a.district == b.district { PlaceLevel::District } else { PlaceLevel::Different };
    }
    // one district without villages may be one village: that is no evidence against, as another village of it is
    if a.district == 0 || b.district == 0 || a.district == b.district {
        PlaceLevel::Missing
    } else {
        PlaceLevel::Different
    }
}

fn birth_place_level(a: &Traits, b: &Traits) -> BirthPlaceLevel {
    match (a.birth_place, b.birth_place) {
        (0, _) | (_, 0) => BirthPlaceLevel::Missing,
        (x, y) if x == y => BirthPlaceLevel::Equal,
        _ => BirthPlaceLevel::Different,
    }
}

fn relation_level(a: &Traits, b: &Traits) -> RelationLevel {
    let of = |code: u8| code.checked_sub(1).and_then(|i| Relation::ALL.get(usize::from(i))).copied();
    match (of(a.relation), of(b.relation)) {
        (None, _) | (_, None) => RelationLevel::Missing,
        (Some(Relation::Head), Some(Relation::Head)) | (Some(Relation::Spouse), Some(Relation::Spouse)) => {
            RelationLevel::Unique
        }
        (Some(x), Some(y)) if x == y => RelationLevel::Equal,
        (Some(x), Some(y)) => {
            let pair = |p: Relation, q: Relation| (x, y) == (p, q) || (x, y) == (q, p);
            // a parent of the head is never the head's child, and so on; the rest changes with marriage, death, a new card
            if pair(Relation::Parent, Relation::Child)
                || pair(Relation::Parent, Relation::Grandchild)
                || pair(Relation::Parent, Relation::ChildInLaw)
                || pair(Relation::Spouse, Relation::Grandchild)
                || pair(Relation::Head, Relation::Grandchild)
            {
                RelationLevel::Different
            } else {
                RelationLevel::Changed
            }
        }
    }
}

/// All fields but names and household, which cost more: names and mother are left missing.
#[inline]
pub fn quick(a: &Traits, b: &Traits) -> Levels {
    let nik = nik_level(a, b);
    let mut v: Levels = [0; super::FIELDS];
    for (slot, level) in v.iter_mut().zip([
        nik as u8,
        birth_level(a, b, nik) as u8,
        Likeness::Missing as u8,
        Likeness::Missing as u8,
        sex_level(a, b) as u8,
        card_level(a, b) as u8,
        place_level(a, b) as u8,
        birth_place_level(a, b) as u8,
        relation_level(a, b) as u8,
        HouseholdLevel::Missing as u8,
    ]) {
        *slot = level;
    }
    v
}

/// Adds the names' levels. Returns the adjustment for how common the names are, in bits.
#[inline]
pub fn with_names(v: &mut Levels, a: &Traits, b: &Traits, names: &NameBook, mothers: &NameBook) -> f32 {
    let (name, bits) = names.compare(a.name, b.name);
    let (mother, mother_bits) = mothers.compare(a.mother, b.mother);
    let [_, _, n, m, ..] = v;
    *n = name as u8;
    *m = mother as u8;
    // a mother's name is often one common word: half her bits, so that she never outweighs the name
    bits.clamp(-6.0, 8.0) + (0.5 * mother_bits).clamp(-3.0, 3.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_registers_damage_them() {
        let d = |y, m, d| Birth::from_parts(y, m, d);
        let a = d(1971, 1, 6);
        for (b, want) in [
            (d(1971, 1, 6), BirthLevel::Equal),
            (d(1971, 6, 1), BirthLevel::Swapped),
            (d(1971, 1, 1), BirthLevel::YearDefault),
            (d(1970, 1, 6), BirthLevel::NearYear),
            (d(1981, 1, 6), BirthLevel::NearYear),
            (d(1961, 1, 6), BirthLevel::NearYear),
            (d(1971, 1, 8), BirthLevel::Slip),
            (d(1971, 5, 20), BirthLevel::Year),
            (d(1990, 5, 20), BirthLevel::Different),
        ] {
            assert_eq!(a.level(b), want);
            assert_eq!(b.level(a), want);
        }
        assert!(d(2012, 9, 30).fits_nik(d(1912, 9, 30)));
    }

    #[test]
    fn a_nik_year_is_the_latest_possible() {
        let nik = Digits::from_number(3_508_201_204_569_001);
        assert_eq!(Birth::of_nik(nik, 2026), Birth::from_parts(1956, 4, 12));
        assert_eq!(Birth::of_nik(nik, 2056), Birth::from_parts(2056, 4, 12));
    }

    #[test]
    fn text_keys_ignore_case_and_marks() {
        let key = |t: &str| text_key(&Some(t.into()));
        assert_eq!(key("Dsn. Krajan RT 08"), key("DSN KRAJAN RT08"));
        assert_ne!(key("KRAJAN"), key("KIDUL"));
        assert_eq!(key(" - "), 0);
    }
}
