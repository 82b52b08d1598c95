//! Families by the million: the same rules over compact persons, each kind of person judged once.
//!
//! Millions of people differ in few ways that rules can see: an age between two thresholds, a school level, a flag. A
//! [`Batch`] gives each such kind a number, judges it once under every rule by the very code of the row path, and keeps
//! what it brings to a family as sums that add: rupiah, places under caps, tests passed. A family then costs a few
//! additions a member; only where a cap binds or a fact is open is the assignment worked out, once for each mixture.

use super::code::{DAYS, PersonCode};
use super::rules::Rules;
use super::ruling::{Ruling, plain};
use super::test::Test;
use super::{FamilyFacts, Verdict};
use crate::Date;
use crate::date::to_epoch_days;
use crate::person::{Flag, Flags};
use rustc_hash::FxHashMap;

/// Kinds met lately, found without the map: 2^12 entries of 16 bytes stay in the second cache.
const RECENT: usize = 1 << 12;
/// Kinds remembered before the memory is emptied.
const MOST: usize = 1 << 16;
/// Ages that fit the key of a kind; a key has places for as many birth days and as many stated ages.
const MOST_AGES: usize = 30;
/// No kind has this key: a school level has no such code.
const NO_KEY: u64 = u64::MAX;
// a key keeps sixteen bits of reports and sixteen of what was checked
const _: () = assert!(Flag::ALL.len() <= 16);

/// Rules of one or more programmes with the memory that makes millions of families quick. One per thread.
#[derive(Clone, Debug)]
pub struct Batch<'r> {
    rulings: Vec<Ruling<'r>>,
    /// Last birth days that have reached the ages some test asks for, in eights; nobody is born by the days that fill up.
    by_day: Vec<[i32; 8]>,
    days: usize,
    /// The same ages in years.
    by_age: Vec<u16>,
    /// Which flags any rule looks at.
    flag_bits: u32,
    recent: Vec<(u64, u32)>,
    numbers: FxHashMap<u64, u32>,
    kinds: usize,
}

impl<'r> Batch<'r> {
    /// Memory for many families under these rules.
    pub fn new(rules: &[&'r Rules]) -> Self {
        let (mut by_day, mut by_age, mut flag_bits) = (Vec::new(), Vec::new(), 0);
        for rules in rules {
            let mut ages = vec![0]; // who is not born yet has no age at all
            flag_bits |= rules.masks.iter().fold(0, |all, m| all | m);
            for test in rules.parts.iter().map(|p| &p.test).chain(&rules.tests) {
                collect(test, &mut ages, &mut flag_bits);
            }
            if let Some((low, high)) = rules.setting.pregnancy {
                ages.extend([low.years, high.years + 1]);
            }
            by_day.extend(ages.iter().map(|years| last_birth_day(rules.date, *years)));
            by_age.extend(ages.iter().map(|years| u16::try_from((*years).max(0)).unwrap_or(u16::MAX)));
        }
        by_day.sort_unstable();
        by_day.dedup();
        by_age.sort_unstable();
        by_age.dedup();
        let days = by_day.len();
        by_day.resize(days.next_multiple_of(8), i32::MIN);
        Self {
            rulings: rules.iter().map(|r| Ruling::new(r)).collect(),
            by_day: by_day.as_chunks().0.to_vec(),
            days,
            by_age,
            flag_bits,
            recent: vec![(NO_KEY, 0); RECENT],
            numbers: FxHashMap::default(),
            kinds: 0,
        }
    }

    /// Writes the kind of each person into `out`. The numbers hold until the next call.
    pub fn kinds(&mut self, people: &[PersonCode], out: &mut Vec<u32>) {
        let remember = self.days <= MOST_AGES && self.by_age.len() <= MOST_AGES;
        if self.kinds > MOST || !remember {
            self.forget();
        }
        out.clear();
        out.reserve(people.len());
        for p in people {
            let kind = if remember { self.kind(*p) } else { self.learn(*p) };
            out.push(kind);
        }
    }

    /// The answer of each rule on one family, in their order. `head.members` is not looked at: the members are `kinds`, as
    /// the last call of [`Batch::kinds`] numbered them.
    pub fn verdicts<'b>(
        &'b mut self,
        head: &'b FamilyFacts,
        kinds: &'b [u32],
    ) -> impl Iterator<Item = Verdict> + use<'b, 'r> {
        let plain = plain(head);
        self.rulings.iter_mut().map(move |r| r.verdict(head, plain, kinds))
    }

    #[inline]
    fn kind(&mut self, p: PersonCode) -> u32 {
        let (yes, known) = p.flags.bits();
        let flags = u64::from(yes & self.flag_bits) << 16 | u64::from(known & self.flag_bits);
        let key = self.age_class(p) << 58 | u64::from(p.attrs()) << 32 | flags;
        let place = usize::try_from(key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52).unwrap_or(0) % RECENT;
        if let Some((k, kind)) = self.recent.get(place)
            && *k == key
        {
            return *kind;
        }
        self.look_up(p, key, place)
    }

    #[cold]
    fn look_up(&mut self, p: PersonCode, key: u64, place: usize) -> u32 {
        let kind = match self.numbers.get(&key) {
            Some(kind) => *kind,
            None => {
                let kind = self.learn(p);
                self.numbers.insert(key, kind);
                kind
            }
        };
        if let Some(slot) = self.recent.get_mut(place) {
            *slot = (key, kind);
        }
        kind
    }

    /// Judges a new kind under every rule.
    fn learn(&mut self, p: PersonCode) -> u32 {
        let (kind, facts) = (self.kinds, p.facts());
        self.rulings.iter_mut().for_each(|r| r.learn(r.rules.mark(&facts)));
        self.kinds += 1;
        u32::try_from(kind).unwrap_or(u32::MAX)
    }

    fn forget(&mut self) {
        self.kinds = 0;
        self.numbers.clear();
        self.recent.fill((NO_KEY, 0));
        self.rulings.iter_mut().for_each(Ruling::forget);
    }

    /// How many of the asked ages a person has reached: by birth day from 0, by stated age from 31; 63 is unknown.
    #[inline]
    fn age_class(&self, p: PersonCode) -> u64 {
        if DAYS.contains(&p.birth_day) {
            let reached = |eight: &[i32; 8]| eight.iter().map(|d| u32::from(p.birth_day <= *d)).sum::<u32>();
            u64::from(self.by_day.iter().map(reached).sum::<u32>())
        } else if p.age != PersonCode::NO_AGE {
            31 + u64::from(self.by_age.iter().map(|a| u32::from(p.age >= *a)).sum::<u32>())
        } else {
            63
        }
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

/// The last birth day of whoever has completed so many years on a date. Who was born on 29 February completes a year on
/// 1 March of a common year, so on a 29 February the 28th is the last day that counts in a common year.
fn last_birth_day(date: Date, years: i64) -> i32 {
    let Ok(year) = i16::try_from(i64::from(date.year()) - years) else { return i32::MIN + 1 };
    let same = Date::new(year, date.month(), date.day());
    let last = same.or_else(|_| Date::new(year, date.month(), date.day() - 1));
    last.map_or(i32::MIN + 1, to_epoch_days)
}
