//! Tests over one person, resolved for one date: ages become birth dates, parameters become numbers.

use super::{Fact, FamilyFacts, Truth};
use crate::Date;
use crate::person::{Attendance, Flag, PersonFacts, Relation, SchoolLevel, Sex};
use crate::programme::Assumption;

/// A test with its numbers filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Always,
    AgeAtLeast(Age),
    AgeAtMost(Age),
    Attendance(Attendance),
    SchoolLevel(Vec<SchoolLevel>),
    Pregnant,
    OrderAtMost(i64),
    SevereDisability,
    RightsVictim,
    Sex(Sex),
    Relation(Relation),
    Flag(Flag),
}

/// An age on the date, as years and as the last birth day that has reached it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Age {
    pub(super) years: i64,
    /// Born on or before this day means at least `years` old.
    pub(super) born_by: i32,
}

/// A date as one number that sorts like it: 20251231.
pub(super) fn packed(date: Date) -> i32 {
    i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day())
}

/// What every test of one date and programme needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) date: i32,
    pub(super) assume: u16,
    /// Ages at which registers ask for pregnancy.
    pub(super) pregnancy: Option<(Age, Age)>,
}

impl Setting {
    /// Whether somebody is no member on the date: died, moved, not found, or not born yet.
    pub(super) fn away(&self, p: &PersonFacts) -> bool {
        p.gone() || self.unborn(p)
    }

    pub(super) fn unborn(&self, p: &PersonFacts) -> bool {
        p.birth.is_some_and(|b| packed(b) > self.date)
    }

    pub(super) fn assumes(&self, a: Assumption) -> bool {
        self.assume & (1 << (a as u16)) != 0
    }
}

impl Test {
    /// Yes, no or unknown for one person.
    pub(super) fn of(&self, p: &PersonFacts, s: &Setting) -> Truth {
        match self {
            Self::All(tests) => {
                let mut t = Truth::Yes;
                for test in tests {
                    t = t.and(test.of(p, s));
                    if t == Truth::No {
                        break;
                    }
                }
                t
            }
            Self::Any(tests) => {
                let mut t = Truth::No;
                for test in tests {
                    t = t.or(test.of(p, s));
                    if t == Truth::Yes {
                        break;
                    }
                }
                t
            }
            Self::Not(test) => !test.of(p, s),
            Self::Always => Truth::Yes,
            Self::AgeAtLeast(age) => age_at_least(p, s, *age),
            Self::AgeAtMost(age) => {
                // Whoever is not born yet has no age: neither old enough nor young enough.
                if s.unborn(p) { Truth::No } else { !age_at_least(p, s, next(*age)) }
            }
            Self::Attendance(a) => Truth::from_fact(p.attendance.map(|b| b == *a)),
            Self::SchoolLevel(levels) => Truth::from_fact(p.school_level.map(|l| levels.contains(&l))),
            Self::Pregnant => pregnant(p, s),
            Self::OrderAtMost(n) => Truth::from_fact(p.pregnancy_order.map(|o| i64::from(o) <= *n)),
            Self::SevereDisability => Truth::from_fact(p.severe_disability),
            Self::RightsVictim => match p.rights_victim {
                None if s.assumes(Assumption::NotRightsVictim) => Truth::No,
                fact => Truth::from_fact(fact),
            },
            Self::Sex(sex) => Truth::from_fact(p.sex.map(|b| b == *sex)),
            Self::Relation(r) => Truth::from_fact(p.relation.map(|b| b == *r)),
            Self::Flag(flag) => match p.flags.get(*flag) {
                None if s.assumes(Assumption::NoFlags) => Truth::No,
                fact => Truth::from_fact(fact),
            },
        }
    }

    /// The missing facts because of which the test is unknown for this person.
    pub(super) fn missing(&self, p: &PersonFacts, s: &Setting, out: &mut Vec<Fact>) {
        if self.of(p, s) != Truth::Unknown {
            return;
        }
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().for_each(|t| t.missing(p, s, out)),
            Self::Not(test) => test.missing(p, s, out),
            Self::Always => {}
            Self::AgeAtLeast(_) | Self::AgeAtMost(_) => out.push(Fact::Birth),
            Self::Attendance(_) => out.push(Fact::Attendance),
            Self::SchoolLevel(_) => out.push(Fact::SchoolLevel),
            Self::Pregnant => out.push(Fact::Pregnant),
            Self::OrderAtMost(_) => out.push(Fact::PregnancyOrder),
            Self::SevereDisability => out.push(Fact::SevereDisability),
            Self::RightsVictim => out.push(Fact::RightsVictim),
            Self::Sex(_) => out.push(Fact::Sex),
            Self::Relation(_) => out.push(Fact::Relation),
            Self::Flag(_) => out.push(Fact::Flags),
        }
    }

    /// The assumptions without which the test would be unknown for this person.
    pub(super) fn assumed(&self, p: &PersonFacts, s: &Setting) -> u16 {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().fold(0, |m, t| m | t.assumed(p, s)),
            Self::Not(test) => test.assumed(p, s),
            Self::RightsVictim if p.rights_victim.is_none() => s.assume & (1 << (Assumption::NotRightsVictim as u16)),
            Self::Flag(f) if p.flags.get(*f).is_none() => s.assume & (1 << (Assumption::NoFlags as u16)),
            Self::Pregnant if p.pregnant.is_none() && p.sex != Some(Sex::Male) && pregnant(p, s) == Truth::No => {
                s.assume & (1 << (Assumption::PregnancyAges as u16))
            }
            _ => 0,
        }
    }
}

/// The age one year on, for "at most".
fn next(age: Age) -> Age {
    Age { years: age.years + 1, born_by: age.born_by - 10_000 }
}

fn age_at_least(p: &PersonFacts, _s: &Setting, age: Age) -> Truth {
    match (p.birth, p.age) {
        (Some(birth), _) => Truth::from_fact(Some(packed(birth) <= age.born_by)),
        (None, Some(years)) => Truth::from_fact(Some(i64::from(years) >= age.years)),
        (None, None) => Truth::Unknown,
    }
}

/// A man is not pregnant; outside the ages at which the registers ask, an unknown answer is taken as no. Where a row says
/// both that somebody is a man and pregnant, one of the two is wrong and nobody can tell which.
fn pregnant(p: &PersonFacts, s: &Setting) -> Truth {
    match (p.pregnant, p.sex) {
        (Some(true), Some(Sex::Male)) => Truth::Unknown,
        (Some(fact), _) => Truth::from_fact(Some(fact)),
        (None, Some(Sex::Male)) => Truth::No,
        (None, _) if s.assumes(Assumption::PregnancyAges) => {
            let Some((youngest, oldest)) = s.pregnancy else { return Truth::Unknown };
            let inside = age_at_least(p, s, youngest).and(!age_at_least(p, s, next(oldest)));
            if inside == Truth::No { Truth::No } else { Truth::Unknown }
        }
        (None, _) => Truth::Unknown,
    }
}

/// Whether a member is there and active, so that he can count at all.
pub(super) fn counts(p: &PersonFacts, s: &Setting) -> Truth {
    if s.unborn(p) {
        return Truth::No;
    }
    let present = match p.presence {
        Some(_) => Truth::from_fact(Some(!p.gone())),
        None if s.assumes(Assumption::MemberPresent) => Truth::Yes,
        None => Truth::Unknown,
    };
    let registered = match p.registered {
        None if s.assumes(Assumption::MemberRegistered) => Truth::Yes,
        fact => Truth::from_fact(fact),
    };
    present.and(registered)
}

/// Whether the family is in the register.
pub(super) fn registered(f: &FamilyFacts, s: &Setting) -> Truth {
    match f.registered {
        None if s.assumes(Assumption::FamilyRegistered) => Truth::Yes,
        fact => Truth::from_fact(fact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting() -> Setting {
        Setting { date: 20_250_701, assume: 0, pregnancy: None }
    }
    fn age(years: i64) -> Age {
        Age { years, born_by: 20_250_701 - i32::try_from(years).unwrap() * 10_000 }
    }
    fn born(y: i16, m: i8, d: i8) -> PersonFacts {
        PersonFacts { birth: Some(Date::constant(y, m, d)), ..PersonFacts::default() }
    }

    #[test]
    fn ages_on_the_very_birthday() {
        let s = setting();
        assert_eq!(Test::AgeAtLeast(age(60)).of(&born(1965, 7, 1), &s), Truth::Yes);
        assert_eq!(Test::AgeAtLeast(age(60)).of(&born(1965, 7, 2), &s), Truth::No);
        assert_eq!(Test::AgeAtMost(age(6)).of(&born(2018, 7, 2), &s), Truth::Yes); // seven tomorrow
        assert_eq!(Test::AgeAtMost(age(6)).of(&born(2018, 7, 1), &s), Truth::No); // seven today
        assert_eq!(Test::AgeAtMost(age(6)).of(&born(2025, 7, 1), &s), Truth::Yes); // born today
        assert_eq!(Test::AgeAtMost(age(6)).of(&born(2025, 7, 2), &s), Truth::No); // not born yet
        assert_eq!(Test::AgeAtMost(age(6)).of(&PersonFacts::default(), &s), Truth::Unknown);
        let by_age = PersonFacts { age: Some(60), ..PersonFacts::default() };
        assert_eq!(Test::AgeAtLeast(age(60)).of(&by_age, &s), Truth::Yes);
    }

    #[test]
    fn agrees_with_age_on_for_every_day_of_leap_years() {
        let on = Date::constant(2023, 2, 28);
        let s = Setting { date: packed(on), assume: 0, pregnancy: None };
        for y in [2016i16, 2017, 2019] {
            for m in 1..=12i8 {
                for d in 1..=28i8 {
                    let p = born(y, m, d);
                    let years = i64::from(crate::date::age_on(p.birth.unwrap(), on).unwrap());
                    let cut = |n: i64| Age { years: n, born_by: packed(on) - i32::try_from(n).unwrap() * 10_000 };
                    assert_eq!(Test::AgeAtLeast(cut(years)).of(&p, &s), Truth::Yes);
                    assert_eq!(Test::AgeAtLeast(cut(years + 1)).of(&p, &s), Truth::No);
                }
            }
        }
        // 29 February completes its year on 1 March of a common year
        let p = born(2016, 2, 29);
        assert_eq!(Test::AgeAtLeast(Age { years: 7, born_by: packed(on) - 70_000 }).of(&p, &s), Truth::No);
    }
}
