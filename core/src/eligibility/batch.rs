//! Families by the million: the same rules over compact persons, each kind of person judged once.
//!
//! Millions of people differ in few ways that a programme's rules can see: an age between two thresholds, a school level,
//! a flag. A [`Batch`] packs those into 64 bits and remembers what the rules make of each pattern, so that a person costs
//! a look-up. What is remembered is computed by the very code of the row path.

use super::mark::{Mark, Tally};
use super::rules::{Paid, Rules};
use super::test::Test;
use super::verdict::{Scratch, Totals, Verdict};
use super::{FamilyFacts, Flags, PersonFacts, Truth};
use crate::Date;
use crate::date::{from_epoch_days, to_epoch_days};
use crate::person::{Attendance, Presence, Relation, SchoolLevel, Sex};

/// One person in 20 bytes. Unknown is a value of its own in every part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonCode {
    /// Birth day in days since 1970-01-01; [`PersonCode::NO_DAY`] where unknown.
    pub birth_day: i32,
    /// Completed years on the date, used where the birth day is unknown; [`PersonCode::NO_AGE`] where unknown.
    pub age: u16,
    /// The other facts, packed; built with the `with_…` methods.
    attrs: u32,
    /// Flags.
    pub flags: Flags,
}

impl Default for PersonCode {
    fn default() -> Self {
        Self { birth_day: Self::NO_DAY, age: Self::NO_AGE, attrs: 0, flags: Flags::UNCHECKED }
    }
}

// Places of the packed facts; 0 is unknown in each.
const ATTENDANCE: (u32, u32) = (0, 2);
const LEVEL: (u32, u32) = (2, 3);
const PREGNANT: (u32, u32) = (5, 2);
const DISABLED: (u32, u32) = (7, 2);
const VICTIM: (u32, u32) = (9, 2);
const PRESENCE: (u32, u32) = (11, 3);
const REGISTERED: (u32, u32) = (14, 2);
const SEX: (u32, u32) = (16, 2);
const RELATION: (u32, u32) = (18, 4);
const ORDER: (u32, u32) = (22, 4);

const fn truth(fact: Option<bool>) -> u32 {
    match fact {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    }
}

const fn untruth(code: u32) -> Option<bool> {
    match code {
        1 => Some(false),
        2 => Some(true),
        _ => None,
    }
}

macro_rules! word_codes {
    ($($with:ident, $get:ident, $at:ident, $word:ty, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[must_use]
        pub fn $with(self, fact: Option<$word>) -> Self {
            self.put($at, fact.map_or(0, |w| w as u32 + 1))
        }
        fn $get(self) -> Option<$word> {
            let code = usize::try_from(self.read($at)).unwrap_or(0);
            code.checked_sub(1).and_then(|i| <$word>::ALL.get(i).copied())
        }
    )*};
}

macro_rules! truth_codes {
    ($($with:ident, $get:ident, $at:ident, $doc:literal;)*) => {$(
        #[doc = $doc]
        #[must_use]
        pub const fn $with(self, fact: Option<bool>) -> Self {
            self.put($at, truth(fact))
        }
        const fn $get(self) -> Option<bool> {
            untruth(self.read($at))
        }
    )*};
}

impl PersonCode {
    /// The birth day of somebody whose birth date is unknown.
    pub const NO_DAY: i32 = i32::MIN;
    /// The age of somebody whose age is unknown.
    pub const NO_AGE: u16 = u16::MAX;

    /// Somebody born on a day since 1970-01-01, nothing else known.
    pub const fn born(birth_day: i32) -> Self {
        Self { birth_day, age: Self::NO_AGE, attrs: 0, flags: Flags::UNCHECKED }
    }

    /// What data matching reported.
    #[must_use]
    pub const fn with_flags(self, flags: Flags) -> Self {
        Self { flags, ..self }
    }

    const fn put(mut self, (at, bits): (u32, u32), value: u32) -> Self {
        let mask = (1 << bits) - 1;
        self.attrs = (self.attrs & !(mask << at)) | ((value & mask) << at);
        self
    }

    const fn read(self, (at, bits): (u32, u32)) -> u32 {
        (self.attrs >> at) & ((1 << bits) - 1)
    }

    word_codes! {
        with_attendance, attendance, ATTENDANCE, Attendance, "Whether the person goes to school.";
        with_school_level, school_level, LEVEL, SchoolLevel, "The school level.";
        with_presence, presence, PRESENCE, Presence, "Whether the person is there.";
        with_sex, sex, SEX, Sex, "Sex.";
        with_relation, relation, RELATION, Relation, "Relation to the head.";
    }

    truth_codes! {
        with_pregnant, pregnant, PREGNANT, "Pregnant or postpartum.";
        with_severe_disability, severe_disability, DISABLED, "Severe disability.";
        with_rights_victim, rights_victim, VICTIM, "On the list of rights victims.";
        with_registered, registered, REGISTERED, "Active in the register.";
    }

    /// Which pregnancy; a fifteenth and any later one are told alike.
    #[must_use]
    pub fn with_pregnancy_order(self, order: Option<u8>) -> Self {
        self.put(ORDER, order.map_or(0, |o| u32::from(o.clamp(1, 15))))
    }

    /// The packed facts, for keys and hashes.
    pub const fn attrs(self) -> u32 {
        self.attrs
    }

    /// The facts this code stands for, with the birth date as a civil date.
    pub fn facts(self) -> PersonFacts {
        PersonFacts {
            birth: civil(self.birth_day),
            age: (self.age != Self::NO_AGE).then_some(self.age),
            sex: self.sex(),
            relation: self.relation(),
            presence: self.presence(),
            registered: self.registered(),
            attendance: self.attendance(),
            school_level: self.school_level(),
            attendance_percent: None,
            pregnant: self.pregnant(),
            pregnancy_order: u8::try_from(self.read(ORDER)).ok().filter(|o| *o > 0),
            severe_disability: self.severe_disability(),
            rights_victim: self.rights_victim(),
            flags: self.flags,
        }
    }
}

impl From<&PersonFacts> for PersonCode {
    /// School attendance in percent, which decides nothing, is left behind.
    fn from(p: &PersonFacts) -> Self {
        Self {
            birth_day: p.birth.map_or(Self::NO_DAY, to_epoch_days),
            age: p.age.unwrap_or(Self::NO_AGE),
            attrs: 0,
            flags: p.flags,
        }
        .with_sex(p.sex)
        .with_relation(p.relation)
        .with_presence(p.presence)
        .with_registered(p.registered)
        .with_attendance(p.attendance)
        .with_school_level(p.school_level)
        .with_pregnant(p.pregnant)
        .with_pregnancy_order(p.pregnancy_order)
        .with_severe_disability(p.severe_disability)
        .with_rights_victim(p.rights_victim)
    }
}

/// The days that are dates here: the years 1 to 9999. Others are unknown.
const DAYS: std::ops::RangeInclusive<i32> = -719_162..=2_932_896;

fn civil(day: i32) -> Option<Date> {
    if DAYS.contains(&day) { from_epoch_days(day) } else { None }
}

/// Places of the table of remembered persons: 2^12 entries of 24 bytes stay in the second cache.
const PLACES: usize = 1 << 12;

/// A programme's rules with the memory that makes millions of families quick. One per thread.
#[derive(Clone, Debug)]
pub struct Batch<'r> {
    rules: &'r Rules,
    /// Last birth day that has reached each age some test asks for, the youngest age first.
    by_day: Vec<i32>,
    /// The same ages in years.
    by_age: Vec<u16>,
    today: i32,
    known: Vec<(u64, Mark)>,
    /// Which flags any rule looks at.
    flag_bits: u32,
    /// For each set of components the one that brings most, with its amount; empty where there are too many.
    best: Vec<(i64, u128, u8)>,
    scratch: Scratch,
}

impl Rules {
    /// Memory for many families.
    pub fn batch(&self) -> Batch<'_> {
        let mut ages = Vec::new();
        let tests = self.parts.iter().map(|p| &p.test).chain(&self.tests);
        let mut flag_bits = self.masks.iter().fold(0, |all, m| all | m);
        for test in tests {
            collect(test, &mut ages, &mut flag_bits);
        }
        if let Some((low, high)) = self.setting.pregnancy {
            ages.push(low.years);
            ages.push(high.years + 1);
        }
        ages.sort_unstable();
        ages.dedup();
        let by_day = ages.iter().map(|years| self.last_birth_day(*years)).collect();
        let by_age = ages.iter().map(|years| u16::try_from((*years).max(0)).unwrap_or(u16::MAX)).collect();
        let best = if self.parts.len() <= 10 && self.slots.priority.is_empty() {
            (0..1u16 << self.parts.len()).map(|set| self.slots.best_entry(set)).collect()
        } else {
            Vec::new()
        };
        Batch {
            rules: self,
            by_day,
            by_age,
            today: to_epoch_days(self.date),
            known: vec![(u64::MAX, Mark::default()); PLACES],
            flag_bits,
            best,
            scratch: Scratch::default(),
        }
    }

    /// The last birth day of whoever has completed so many years on the date. Who was born on 29 February completes a
    /// year on 1 March of a common year, so on a 29 February the 28th is the last day that counts in a common year.
    fn last_birth_day(&self, years: i64) -> i32 {
        let Ok(year) = i16::try_from(i64::from(self.date.year()) - years) else { return i32::MIN + 1 };
        let same = Date::new(year, self.date.month(), self.date.day());
        let last = same.or_else(|_| Date::new(year, self.date.month(), self.date.day() - 1));
        last.map_or(i32::MIN + 1, to_epoch_days)
    }
}

/// The ages at which a test changes its mind, and the flags it looks at.
fn collect(test: &Test, ages: &mut Vec<i64>, flags: &mut u32) {
    match test {
        Test::All(all) | Test::Any(all) => all.iter().for_each(|t| collect(t, ages, flags)),
        Test::Not(t) => collect(t, ages, flags),
        Test::AgeAtLeast(a) => ages.push(a.years),
        Test::AgeAtMost(a) => ages.push(a.years + 1),
        Test::Flag(f) => *flags |= Flags::mask([*f].into_iter()),
        _ => {}
    }
}

impl Batch<'_> {
    /// The rules.
    pub fn rules(&self) -> &Rules {
        self.rules
    }

    /// How many of the asked ages a person has reached; 62 is not born yet, 63 is unknown.
    fn age_class(&self, p: PersonCode) -> u64 {
        if DAYS.contains(&p.birth_day) {
            if p.birth_day > self.today {
                return 62;
            }
            self.by_day.iter().map(|d| u64::from(p.birth_day <= *d)).sum()
        } else if p.age != PersonCode::NO_AGE {
            self.by_age.iter().map(|a| u64::from(p.age >= *a)).sum()
        } else {
            63
        }
    }

    fn mark(&mut self, p: PersonCode) -> Mark {
        let (yes, known) = p.flags.bits();
        let flags = u64::from(yes & self.flag_bits & 0xffff) << 16 | u64::from(known & self.flag_bits & 0xffff);
        let key = self.age_class(p) << 58 | u64::from(p.attrs) << 32 | flags;
        let place = usize::try_from(key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52).unwrap_or(0) % PLACES;
        let Some(slot) = self.known.get_mut(place) else { return self.rules.mark(&p.facts()) };
        if slot.0 != key {
            // Too many ages for the six bits would make classes meet; then nothing is remembered.
            let mark = self.rules.mark(&p.facts());
            if self.by_day.len() > 61 {
                return mark;
            }
            *slot = (key, mark);
        }
        slot.1
    }

    /// Outcome and amounts of one family. `head.members` is not looked at: the members are `people`.
    pub fn verdict(&mut self, head: &FamilyFacts, people: &[PersonCode]) -> Verdict {
        let mut tally = Tally::default();
        self.scratch.sure.clear();
        self.scratch.open.clear();
        let (mut total, mut filled, mut persons) = (0i64, 0u128, 0u32);
        let mut certain = true;
        for p in people {
            let mark = self.mark(*p);
            tally.add(mark);
            if mark.open != 0 {
                self.scratch.sure.push(mark.fits);
                self.scratch.open.push(mark.open);
                certain &= mark.fits == mark.open;
                if let Some((amount, step, one)) = self.best.get(usize::from(mark.open)) {
                    total += amount;
                    filled += step;
                    persons += u32::from(*one);
                }
            }
        }
        let quick = certain && !self.best.is_empty() && persons < 256 && self.rules.slots.filled_within(filled);
        let totals = if quick && matches!(self.rules.paid, Paid::Components { .. }) {
            Totals { sure: (total, persons), open: (total, persons) }
        } else {
            self.rules.totals(&tally, &mut self.scratch)
        };
        self.rules.settle(head, &tally, totals)
    }
}

/// The stable code of the reason that a criterion gives in a verdict.
pub fn criterion_code(criterion: &str, truth: Truth) -> &'static str {
    match (criterion, truth) {
        ("registered", Truth::Yes) => "eligibility.registered",
        ("registered", Truth::No) => "eligibility.not_registered",
        ("registered", Truth::Unknown) => "eligibility.registered_unknown",
        ("decile", Truth::Yes) => "eligibility.decile_within",
        ("decile", Truth::No) => "eligibility.decile_above",
        ("decile", Truth::Unknown) => "eligibility.decile_unknown",
        ("no_ceiling", _) => "eligibility.no_decile_ceiling",
        ("components", Truth::Yes) => "eligibility.components",
        ("components", Truth::No) => "eligibility.components_missing",
        ("components", Truth::Unknown) => "eligibility.components_unknown",
        ("members", Truth::Yes) => "eligibility.members",
        ("members", Truth::No) => "eligibility.members_too_few",
        ("members", Truth::Unknown) => "eligibility.members_unknown",
        ("flags", Truth::Yes) => "eligibility.no_flag",
        ("flags", Truth::No) => "eligibility.flag_bars",
        ("flags", Truth::Unknown) => "eligibility.flag_unknown",
        ("excluded", Truth::Yes) => "eligibility.not_excluded",
        ("excluded", Truth::No) => "eligibility.excluded",
        ("excluded", Truth::Unknown) => "eligibility.excluded_unknown",
        ("receives", Truth::Yes) => "eligibility.receives",
        ("receives", Truth::No) => "eligibility.receives_not",
        ("receives", Truth::Unknown) => "eligibility.receives_unknown",
        ("fact", Truth::Yes) => "eligibility.fact_holds",
        ("fact", Truth::No) => "eligibility.fact_fails",
        ("fact", Truth::Unknown) => "eligibility.fact_unknown",
        ("region", Truth::Yes) => "eligibility.region_inside",
        ("region", Truth::No) => "eligibility.region_outside",
        _ => "eligibility.region_unknown",
    }
}
