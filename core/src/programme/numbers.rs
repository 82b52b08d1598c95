//! The numbers that are fixed in a programme's rules, and the parameters that only its reports ask for.

use super::{Benefit, Criterion, Number, PersonTest, Programme};
use crate::policy::Unit;

type Numbers = Vec<(i64, Unit)>;

impl Programme {
    /// Every fixed number with what it counts, in the order of the file.
    pub(crate) fn fixed_numbers(&self) -> Numbers {
        let mut all = Vec::new();
        criterion(&self.criteria, &mut all);
        benefit(&self.benefit, &mut all);
        all
    }

    /// Parameters that no determination looks up, or not each: nobody would miss them.
    pub(crate) fn rarely_asked(&self) -> impl Iterator<Item = &str> {
        let order = match &self.benefit {
            Benefit::Components { order, .. } => Some(order),
            Benefit::Monthly { .. } => None,
        };
        self.quota.iter().chain(order).map(String::as_str)
    }
}

fn number(n: &Number, unit: Unit, all: &mut Numbers) {
    if let Number::Fixed(n) = n {
        all.push((*n, unit));
    }
}

fn criterion(c: &Criterion, all: &mut Numbers) {
    match c {
        Criterion::All(of) | Criterion::Any(of) => of.iter().for_each(|c| criterion(c, all)),
        Criterion::Not(c) => criterion(c, all),
        Criterion::DecileAtMost(n) => number(n, Unit::Decile, all),
        Criterion::ComponentsAtLeast(n) => number(n, Unit::Persons, all),
        Criterion::MembersAtLeast { test: of, count } => {
            test(of, all);
            number(count, Unit::Persons, all);
        }
        // what a fact counts, its source knows
        Criterion::Fact { .. }
        | Criterion::Registered
        | Criterion::NoFlag(_)
        | Criterion::NothingExcluded
        | Criterion::Receives(_)
        | Criterion::RegionIn(_) => {}
    }
}

fn test(t: &PersonTest, all: &mut Numbers) {
    match t {
        PersonTest::All(of) | PersonTest::Any(of) => of.iter().for_each(|t| test(t, all)),
        PersonTest::Not(t) => test(t, all),
        PersonTest::AgeAtLeast(n) | PersonTest::AgeAtMost(n) => number(n, Unit::Years, all),
        PersonTest::PregnancyOrderAtMost(n) => number(n, Unit::Order, all),
        PersonTest::Anyone
        | PersonTest::Attendance(_)
        | PersonTest::SchoolLevel(_)
        | PersonTest::Pregnant
        | PersonTest::SevereDisability
        | PersonTest::RightsVictim
        | PersonTest::Sex(_)
        | PersonTest::Relation(_)
        | PersonTest::Flag(_) => {}
    }
}

fn benefit(b: &Benefit, all: &mut Numbers) {
    match b {
        Benefit::Components { components, groups, family, .. } => {
            for c in components {
                test(&c.test, all);
                number(&c.amount, Unit::RupiahPerYear, all);
                c.cap.iter().for_each(|cap| number(cap, Unit::Persons, all));
            }
            groups.iter().for_each(|g| number(&g.cap, Unit::Persons, all));
            family.iter().for_each(|f| number(&f.amount, Unit::RupiahPerYear, all));
        }
        Benefit::Monthly { per_person, .. } => per_person.iter().for_each(|t| test(t, all)),
    }
}
