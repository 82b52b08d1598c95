//! From a programme, a date and a policy to rules: every parameter is looked up once.

use super::amounts::{StageAmount, empty};
use super::assign::{Cap, MAX_CAPS, Slots};
use super::rules::{FamilySum, Leaf, Limited, Node, Paid, Part, Rules, RulesError, Running, Used};
use super::test::{Age, Setting, Test, packed};
use crate::person::{Flag, Flags};
use crate::policy::{InForce, Installment, ParameterValue, Policy, PolicyError, Unit};
use crate::programme::{Assumption, Benefit, Criterion, Number, PersonTest, Programme};
use crate::{Bilingual, Date, Rupiah};

const MAX_LEAVES: usize = 32;
const MAX_PARTS: usize = 16;
/// Tests and flag masks of one programme: a person's mark has a bit for each.
const MAX_TESTS: usize = 8;

struct Builder<'p> {
    policy: &'p Policy,
    date: Date,
    programme: &'p Programme,
    leaves: Vec<(Leaf, Used)>,
    tests: Vec<Test>,
    masks: Vec<u32>,
}

impl Builder<'_> {
    fn plain(&self) -> Used {
        Used {
            parameter: None,
            value: None,
            unit: None,
            basis: self.programme.basis.clone(),
            confidence: None,
            alternative: None,
            overlay: None,
        }
    }

    /// The value in force, and what to say of it.
    fn value(&self, id: &str) -> Result<(Option<ParameterValue>, Used), RulesError> {
        let unit = self.policy.parameter(id)?.unit;
        let mut used = Used { parameter: Some(id.to_owned()), unit: Some(unit), ..self.plain() };
        used.basis.clear();
        if let InForce::Value(c) = self.policy.at(id, self.date)? {
            used.value = Some(c.value.clone());
            used.basis = crate::policy::owned(c.basis);
            used.confidence = c.confidence;
            used.alternative = c.alternative.map(str::to_owned);
            used.overlay = c.overlay.map(str::to_owned);
        }
        Ok((used.value.clone(), used))
    }

    fn wrong(&self, id: &str) -> RulesError {
        let unit = self.policy.parameter(id).map_or(Unit::Choice, |p| p.unit);
        PolicyError::WrongKind { parameter: id.to_owned(), unit }.into()
    }

    fn number(&self, n: &Number) -> Result<(Option<i64>, Used), RulesError> {
        match n {
            Number::Fixed(n) => Ok((Some(*n), Used { value: Some(ParameterValue::Int(*n)), ..self.plain() })),
            Number::Parameter(id) => {
                let (value, used) = self.value(id)?;
                match value {
                    None => Ok((None, used)),
                    Some(v) => Ok((Some(v.int().ok_or_else(|| self.wrong(id))?), used)),
                }
            }
        }
    }

    fn age(&self, years: i64) -> Age {
        let back = i32::try_from(years).unwrap_or(0) * 10_000;
        Age { years, born_by: packed(self.date) - back }
    }

    /// A test; a bound whose parameter is not in force bounds nothing.
    fn test(&self, t: &PersonTest) -> Result<Test, RulesError> {
        let each = |all: &[PersonTest]| all.iter().map(|t| self.test(t)).collect::<Result<Vec<_>, _>>();
        Ok(match t {
            PersonTest::All(all) => Test::All(each(all)?),
            PersonTest::Any(any) => Test::Any(each(any)?),
            PersonTest::Not(t) => Test::Not(Box::new(self.test(t)?)),
            PersonTest::Anyone => Test::Always,
            PersonTest::AgeAtLeast(n) => self.number(n)?.0.map_or(Test::Always, |y| Test::AgeAtLeast(self.age(y))),
            PersonTest::AgeAtMost(n) => self.number(n)?.0.map_or(Test::Always, |y| Test::AgeAtMost(self.age(y))),
            PersonTest::Attendance(a) => Test::Attendance(*a),
            PersonTest::SchoolLevel(l) => Test::SchoolLevel(l.clone()),
            PersonTest::Pregnant => Test::Pregnant,
            PersonTest::PregnancyOrderAtMost(n) => self.number(n)?.0.map_or(Test::Always, Test::OrderAtMost),
            PersonTest::SevereDisability => Test::SevereDisability,
            PersonTest::RightsVictim => Test::RightsVictim,
            PersonTest::Sex(s) => Test::Sex(*s),
            PersonTest::Relation(r) => Test::Relation(*r),
            PersonTest::Flag(f) => Test::Flag(*f),
        })
    }

    /// A test that members are counted by, under its number.
    fn numbered(&mut self, t: &PersonTest) -> Result<u8, RulesError> {
        let test = self.test(t)?;
        let at = place_in(self.tests.len())?;
        self.tests.push(test);
        Ok(at)
    }

    fn flags(&self, id: &str) -> Result<(u32, Used), RulesError> {
        let (value, used) = self.value(id)?;
        let Some(value) = value else { return Ok((0, used)) };
        let words = value.words().ok_or_else(|| self.wrong(id))?;
        Ok((Flags::mask(words.iter().filter_map(|w| Flag::from_word(w))), used))
    }

    fn leaf(&mut self, leaf: Leaf, used: Used) -> Result<Node, RulesError> {
        let n = u8::try_from(self.leaves.len()).ok().filter(|n| usize::from(*n) < MAX_LEAVES);
        let n = n.ok_or(RulesError::TooMany { what: Limited::Criteria, most: MAX_LEAVES as u32 })?;
        self.leaves.push((leaf, used));
        Ok(Node::Leaf(n))
    }

    fn node(&mut self, c: &Criterion) -> Result<Node, RulesError> {
        match c {
            Criterion::All(all) => Ok(Node::All(all.iter().map(|c| self.node(c)).collect::<Result<_, _>>()?)),
            Criterion::Any(any) => Ok(Node::Any(any.iter().map(|c| self.node(c)).collect::<Result<_, _>>()?)),
            Criterion::Not(c) => Ok(Node::Not(Box::new(self.node(c)?))),
            Criterion::Registered => {
                let used = self.plain();
                self.leaf(Leaf::Registered, used)
            }
            Criterion::DecileAtMost(n) => {
                let (max, used) = self.number(n)?;
                self.leaf(Leaf::Decile(max.and_then(|m| u8::try_from(m).ok())), used)
            }
            Criterion::ComponentsAtLeast(n) => {
                let (needed, used) = self.number(n)?;
                let basis = self.programme.basis.clone();
                let used = if used.parameter.is_none() { Used { basis, ..used } } else { used };
                self.leaf(Leaf::Components(small(needed)), used)
            }
            Criterion::MembersAtLeast { test, count } => {
                let test = self.numbered(test)?;
                let (needed, used) = self.number(count)?;
                self.leaf(Leaf::Members(test, small(needed)), used)
            }
            Criterion::NoFlag(id) => {
                let (mask, used) = self.flags(id)?;
                let at = place_in(self.masks.len())?;
                self.masks.push(mask);
                self.leaf(Leaf::NoFlag(at), used)
            }
            Criterion::NothingExcluded => {
                let all = self
                    .policy
                    .excludes(&self.programme.id, self.date)
                    .map(|(with, rule)| (with.to_owned(), crate::policy::owned(&rule.basis), rule.confidence))
                    .collect();
                let used = self.plain();
                self.leaf(Leaf::NothingExcluded(all), used)
            }
            Criterion::Receives(p) => {
                let used = self.plain();
                self.leaf(Leaf::Receives(p.clone()), used)
            }
            Criterion::Fact { name, compare, value } => {
                let (value, used) = self.number(value)?;
                self.leaf(Leaf::Fact { name: name.clone(), compare: *compare, value: value.unwrap_or(0) }, used)
            }
            Criterion::RegionIn(codes) => {
                let codes = codes.iter().map(|c| region_prefix(c)).collect::<Result<_, _>>()?;
                let used = self.plain();
                self.leaf(Leaf::Region(codes), used)
            }
        }
    }

    fn calendar(&self, id: &str) -> Result<Vec<Installment>, RulesError> {
        match self.value(id)?.0 {
            None => Ok(Vec::new()),
            Some(v) => Ok(v.calendar().ok_or_else(|| self.wrong(id))?.to_vec()),
        }
    }

    fn word(&self, id: &str) -> Result<String, RulesError> {
        match self.value(id)?.0 {
            None => Ok(String::new()),
            Some(v) => Ok(v.word().ok_or_else(|| self.wrong(id))?.to_owned()),
        }
    }

    /// A monthly amount in force on the first day of a month of the date's year.
    fn month(&self, id: &str, month: u8) -> Result<i64, RulesError> {
        let Some(day) = i8::try_from(month).ok().and_then(|m| Date::new(self.date.year(), m, 1).ok()) else {
            return Ok(0);
        };
        Ok(self.policy.at(id, day)?.int().unwrap_or(0))
    }

    fn monthly(&self, id: &str, calendar: &[Installment]) -> Result<Vec<StageAmount>, RulesError> {
        let mut stages = empty(calendar);
        for s in &mut stages {
            for m in s.first..s.first.saturating_add(s.months) {
                s.amount += Rupiah(self.month(id, m)?);
            }
        }
        stages.retain(|s| s.amount != Rupiah(0));
        for (n, s) in stages.iter_mut().enumerate() {
            s.stage = u8::try_from(n + 1).unwrap_or(u8::MAX);
        }
        Ok(stages)
    }
}

/// The next number of a test or flag mask.
fn place_in(len: usize) -> Result<u8, RulesError> {
    let n = u8::try_from(len).ok().filter(|n| usize::from(*n) < MAX_TESTS);
    n.ok_or(RulesError::TooMany { what: Limited::Tests, most: MAX_TESTS as u32 })
}

fn small(n: Option<i64>) -> u32 {
    n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0)
}

/// (number of digits, digits) of a Kemendagri region code.
fn region_prefix(code: &str) -> Result<(u32, u64), RulesError> {
    let bad = || RulesError::BadRegion { region: code.to_owned() };
    let digits: String = code.chars().filter(|c| *c != '.').collect();
    if !matches!(digits.len(), 2 | 4 | 6 | 10) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    Ok((u32::try_from(digits.len()).unwrap_or(0), digits.parse().map_err(|_| bad())?))
}

impl Rules {
    /// Resolves a programme for one date.
    ///
    /// # Errors
    /// A parameter that the policy does not have or that is of the wrong kind; a component that does not exist; more
    /// criteria than 32, components than 16 or caps than 16.
    pub fn new(programme: &Programme, date: Date, policy: &Policy) -> Result<Self, RulesError> {
        let mut b = Builder { policy, date, programme, leaves: Vec::new(), tests: Vec::new(), masks: Vec::new() };
        let tree = b.node(&programme.criteria)?;
        let mut rules = Self {
            programme: programme.id.clone(),
            name: programme.name_on(date).cloned().unwrap_or_else(|| Bilingual {
                id: crate::policy::text(&programme.id),
                en: crate::policy::text(&programme.id),
            }),
            date,
            running: running(programme, date),
            run_used: b.plain(),
            setting: Setting {
                date: packed(date),
                assume: programme.assume.iter().fold(0, |m, a| m | 1 << (*a as u16)),
                pregnancy: None,
            },
            all_of: all_of(&tree),
            tree,
            leaves: Vec::new(),
            parts: Vec::new(),
            tests: Vec::new(),
            masks: Vec::new(),
            slots: Slots::default(),
            caps_used: Vec::new(),
            paid: Paid::Monthly { year: Rupiah(0), stages: Vec::new(), topups: Vec::new(), month: 0, per_person: None },
            review: 0,
            attendance_min: None,
            basis: programme.basis.clone(),
            edition: policy.edition(),
            overlays: policy.overlay_names(),
            alternatives: policy.alternative_names(),
        };
        if let Some(period) = programme.period(date) {
            rules.run_used.basis.clone_from(&period.basis);
            rules.run_used.confidence = Some(period.confidence);
        }
        if programme.assume.contains(&Assumption::PregnancyAges) {
            let ages = [
                b.number(&Number::parameter("kpm.pregnancy_min_age"))?.0,
                b.number(&Number::parameter("kpm.pregnancy_max_age"))?.0,
            ];
            if let [Some(low), Some(high)] = ages {
                rules.setting.pregnancy = Some((b.age(low), b.age(high)));
            }
        }
        if let Some(id) = &programme.review_flags {
            rules.review = b.flags(id)?.0;
        }
        if let Some(id) = &programme.attendance_min {
            let (min, used) = b.number(&Number::parameter(id))?;
            rules.attendance_min = min.and_then(|m| u8::try_from(m).ok()).map(|m| (m, used));
        }
        rules.benefit(&mut b, &programme.benefit)?;
        rules.leaves = b.leaves;
        rules.tests = b.tests;
        rules.masks = b.masks;
        Ok(rules)
    }

    fn benefit(&mut self, b: &mut Builder<'_>, benefit: &Benefit) -> Result<(), RulesError> {
        match benefit {
            Benefit::Monthly { amount, topup, per_person, calendar } => {
                if self.running == Running::Yes {
                    // A monthly programme runs while its amount is in force.
                    self.running = match b.policy.at(amount, b.date)? {
                        InForce::Value(_) => Running::Yes,
                        InForce::NotYet(from) => Running::From(from),
                        InForce::Ended(on) => Running::Ended(on),
                    };
                }
                let calendar = b.calendar(calendar)?;
                let day = u8::try_from(b.date.month()).unwrap_or(1);
                let stages = b.monthly(amount, &calendar)?;
                self.paid = Paid::Monthly {
                    year: stages.iter().map(|s| s.amount).sum(),
                    stages,
                    topups: topup.as_ref().map_or(Ok(Vec::new()), |t| b.monthly(t, &calendar))?,
                    month: b.month(amount, day)?,
                    per_person: per_person.as_ref().map(|t| b.numbered(t)).transpose()?,
                };
            }
            Benefit::Components { components, groups, family, calendar, remainder, choice, order } => {
                if components.len() > MAX_PARTS {
                    return Err(RulesError::TooMany { what: Limited::Components, most: MAX_PARTS as u32 });
                }
                let place = |code: &str| {
                    let at = components.iter().position(|c| c.code == code).and_then(|i| u8::try_from(i).ok());
                    at.ok_or_else(|| RulesError::UnknownComponent { component: code.to_owned() })
                };
                for (i, c) in components.iter().enumerate() {
                    let (amount, used) = b.number(&c.amount)?;
                    self.parts.push(Part {
                        code: c.code.clone(),
                        label: c.label.clone(),
                        test: b.test(&c.test)?,
                        amount: amount.unwrap_or(0),
                        used,
                        live: amount.is_some(),
                    });
                    self.slots.amounts.push(amount.unwrap_or(0));
                    if let Some(cap) = &c.cap {
                        self.cap(b.number(cap)?, 1 << i);
                    }
                }
                for g in groups {
                    let mut mask = 0;
                    for code in &g.components {
                        mask |= 1u16 << place(code)?;
                    }
                    self.cap(b.number(&g.cap)?, if g.components.is_empty() { u16::MAX } else { mask });
                }
                if self.slots.caps.len() > MAX_CAPS {
                    return Err(RulesError::TooMany { what: Limited::Caps, most: MAX_CAPS as u32 });
                }
                if b.word(choice)? == "priority" {
                    let list = b.value(order)?.0;
                    for code in list.as_ref().and_then(ParameterValue::words).unwrap_or_default() {
                        self.slots.priority.push(place(code)?);
                    }
                }
                let mut sums = Vec::new();
                for f in family {
                    if let Some(amount) = b.number(&f.amount)?.0 {
                        sums.push(FamilySum { amount, remote: f.remote, placement: f.placement });
                    }
                }
                self.paid = Paid::Components {
                    family: sums,
                    calendar: b.calendar(calendar)?,
                    keep_remainder: b.word(remainder)? != "dropped",
                };
            }
        }
        Ok(())
    }

    fn cap(&mut self, (most, used): (Option<i64>, Used), mask: u16) {
        if let Some(most) = most {
            self.slots.caps.push(Cap { mask, most: u8::try_from(most).unwrap_or(u8::MAX) });
            self.caps_used.push(used);
        }
    }
}

/// The lower bit of each leaf's truth, where the tree asks for all of its leaves and nothing else.
fn all_of(tree: &Node) -> Option<u64> {
    let Node::All(all) = tree else { return None };
    let leaf = |n: &Node| if let Node::Leaf(i) = n { Some(1u64 << (2 * i)) } else { None };
    all.iter().map(leaf).try_fold(0, |mask, bit| Some(mask | bit?))
}

fn running(programme: &Programme, date: Date) -> Running {
    if programme.period(date).is_some() {
        return Running::Yes;
    }
    let ended = programme.runs.iter().filter_map(|p| p.to).filter(|to| *to < date).max();
    let next = programme.runs.iter().map(|p| p.from).filter(|from| *from > date).min();
    match (ended, next) {
        (Some(on), _) => Running::Ended(on),
        (None, Some(from)) => Running::From(from),
        (None, None) => Running::Ended(Date::MIN),
    }
}
