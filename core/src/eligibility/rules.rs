//! A programme's rules resolved for one date and policy: every parameter looked up once, then families by the million.

use super::amounts::{Amounts, StageAmount, empty, spread};
use super::assign::{Cap, MAX_CAPS, Slots};
use super::test::{Age, Setting, Test, counts, packed, registered};
use super::{Counted, Determination, FamilyFacts, Flag, Flags, Outcome, PersonFacts, Truth};
use crate::policy::{Basis, Confidence, InForce, Installment, Label, ParameterValue, Policy, PolicyError, Unit};
use crate::programme::{Assumption, Benefit, Compare, Criterion, Number, PersonTest, Placement, Programme};
use crate::region::{Level, RegionCode, Scheme};
use crate::{Date, Rupiah};

codes! {
    /// Why a programme's rules cannot be resolved.
    pub enum RulesError {
        /// The policy cannot answer.
        Policy { why: PolicyError } = "eligibility.policy", Error,
            id: "{why}",
            en: "{why}";
        /// More criteria, components or caps than the engine holds.
        TooMany { what: &'static str, most: u32 } = "eligibility.too_many", Error,
            id: "program ini mempunyai terlalu banyak {what}; paling banyak {most}",
            en: "this programme has too many {what}; at most {most}";
        /// A group or an order names a component that the programme does not have.
        UnknownComponent { component: String } = "eligibility.unknown_component", Error,
            id: "program ini tidak mempunyai komponen {component}",
            en: "this programme has no component {component}";
        /// A region code that is no digits.
        BadRegion { region: String } = "eligibility.bad_region", Error,
            id: "kode wilayah {region} bukan angka 2, 4, 6, atau 10 digit",
            en: "the region code {region} is not 2, 4, 6 or 10 digits";
    }
}

impl std::error::Error for RulesError {}

impl From<PolicyError> for RulesError {
    fn from(why: PolicyError) -> Self {
        Self::Policy { why }
    }
}

impl crate::message::Value for PolicyError {
    fn param(&self) -> crate::message::Param {
        crate::message::Param::Text(crate::Coded::code(self).to_owned())
    }
    fn show(&self, lang: crate::Lang) -> String {
        crate::Coded::message(self, lang)
    }
}

/// A parameter as used: for the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) parameter: Option<String>,
    pub(super) value: Option<ParameterValue>,
    pub(super) unit: Option<Unit>,
    pub(super) basis: Vec<Basis>,
    pub(super) confidence: Option<Confidence>,
    pub(super) alternative: Option<String>,
    pub(super) overlay: Option<String>,
}

/// A criterion with its numbers filled in. Every leaf has a number, in the order of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Leaf(u8),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Registered,
    Decile(Option<u8>),
    Components(u32),
    Members { test: Test, needed: u32 },
    NoFlag(u32),
    NothingExcluded(Vec<(String, Vec<Basis>, Confidence)>),
    Receives(String),
    Fact { name: String, compare: Compare, value: i64 },
    Region(Vec<(u32, u64)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) code: String,
    pub(super) label: Label,
    pub(super) test: Test,
    pub(super) amount: i64,
    pub(super) used: Used,
    pub(super) live: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FamilySum {
    pub(super) amount: i64,
    pub(super) remote: Option<bool>,
    pub(super) placement: Placement,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Paid {
    Components { family: Vec<FamilySum>, calendar: Vec<Installment>, keep_remainder: bool },
    Monthly { stages: Vec<StageAmount>, topups: Vec<StageAmount>, month: i64, per_person: Option<Test> },
}

/// A quick answer: no text, no allocation kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How it comes out.
    pub outcome: Outcome,
    /// Rupiah of the year; zero unless eligible.
    pub year: Rupiah,
    /// Rupiah of the year if every unknown fact turned out in the family's favour.
    pub at_most: Rupiah,
    /// Persons counted for a component.
    pub persons: u8,
    /// Truth of each criterion, two bits each, in the order of [`Rules::leaf_codes`].
    pub truths: u64,
}

/// Whether the programme runs on the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Running {
    Yes,
    From(Date),
    Ended(Date),
}

/// A programme's rules for one date under one policy.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(super) programme: String,
    pub(super) name: Label,
    pub(super) date: Date,
    pub(super) running: Running,
    pub(super) run_used: Used,
    pub(super) setting: Setting,
    pub(super) tree: Node,
    pub(super) leaves: Vec<(Leaf, Used)>,
    pub(super) parts: Vec<Part>,
    pub(super) slots: Slots,
    pub(super) caps_used: Vec<Used>,
    pub(super) paid: Paid,
    pub(super) review: u32,
    pub(super) attendance_min: Option<(u8, Used)>,
    pub(super) basis: Vec<Basis>,
    pub(super) edition: &'static str,
    pub(super) overlays: Vec<String>,
    pub(super) alternatives: Vec<String>,
}

const MAX_LEAVES: usize = 32;
const MAX_PARTS: usize = 16;

struct Builder<'p> {
    policy: &'p Policy,
    date: Date,
    programme: &'p Programme,
    leaves: Vec<(Leaf, Used)>,
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

    fn flags(&self, id: &str) -> Result<(u32, Used), RulesError> {
        let (value, used) = self.value(id)?;
        let Some(value) = value else { return Ok((0, used)) };
        let words = value.words().ok_or_else(|| self.wrong(id))?;
        Ok((Flags::mask(words.iter().filter_map(|w| Flag::from_word(w))), used))
    }

    fn leaf(&mut self, leaf: Leaf, used: Used) -> Result<Node, RulesError> {
        let n = u8::try_from(self.leaves.len()).ok().filter(|n| usize::from(*n) < MAX_LEAVES);
        let n = n.ok_or(RulesError::TooMany { what: "kriteria", most: MAX_LEAVES as u32 })?;
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
                let test = self.test(test)?;
                let (needed, used) = self.number(count)?;
                self.leaf(Leaf::Members { test, needed: small(needed) }, used)
            }
            Criterion::NoFlag(id) => {
                let (mask, used) = self.flags(id)?;
                self.leaf(Leaf::NoFlag(mask), used)
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
        let mut b = Builder { policy, date, programme, leaves: Vec::new() };
        let tree = b.node(&programme.criteria)?;
        let mut rules = Self {
            programme: programme.id.clone(),
            name: programme.name_on(date).cloned().unwrap_or_else(|| Label {
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
            tree,
            leaves: Vec::new(),
            parts: Vec::new(),
            slots: Slots::default(),
            caps_used: Vec::new(),
            paid: Paid::Monthly { stages: Vec::new(), topups: Vec::new(), month: 0, per_person: None },
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
        rules.benefit(&b, &programme.benefit)?;
        rules.leaves = b.leaves;
        Ok(rules)
    }

    fn benefit(&mut self, b: &Builder<'_>, benefit: &Benefit) -> Result<(), RulesError> {
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
                self.paid = Paid::Monthly {
                    stages: b.monthly(amount, &calendar)?,
                    topups: topup.as_ref().map_or(Ok(Vec::new()), |t| b.monthly(t, &calendar))?,
                    month: b.month(amount, day)?,
                    per_person: per_person.as_ref().map(|t| b.test(t)).transpose()?,
                };
            }
            Benefit::Components { components, groups, family, calendar, remainder, choice, order } => {
                if components.len() > MAX_PARTS {
                    return Err(RulesError::TooMany { what: "komponen", most: MAX_PARTS as u32 });
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
                    return Err(RulesError::TooMany { what: "batas", most: MAX_CAPS as u32 });
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

    /// The components a member fits: (surely, perhaps or surely).
    pub(super) fn fits(&self, p: &PersonFacts) -> (u16, u16) {
        let here = counts(p, &self.setting);
        if here == Truth::No {
            return (0, 0);
        }
        let (mut yes, mut open) = (0, 0);
        for (i, part) in self.parts.iter().enumerate() {
            if part.live {
                match part.test.of(p, &self.setting).and(here) {
                    Truth::Yes => {
                        yes |= 1 << i;
                        open |= 1 << i;
                    }
                    Truth::Unknown => open |= 1 << i,
                    Truth::No => {}
                }
            }
        }
        (yes, open)
    }

    /// The stable names of the criteria in the order of [`Verdict::truths`].
    pub fn leaf_codes(&self) -> Vec<&'static str> {
        self.leaves.iter().map(|(l, _)| l.word()).collect()
    }

    /// The programme.
    pub fn programme(&self) -> &str {
        &self.programme
    }

    /// Outcome and amounts of one family, without words.
    pub fn verdict(&self, f: &FamilyFacts) -> Verdict {
        self.verdict_with(f, &mut Scratch::default())
    }

    /// The same, reusing working memory from family to family.
    pub fn verdict_with(&self, f: &FamilyFacts, scratch: &mut Scratch) -> Verdict {
        if self.running != Running::Yes {
            let outcome = Outcome::Ineligible;
            return Verdict { outcome, year: Rupiah(0), at_most: Rupiah(0), persons: 0, truths: 0 };
        }
        let (sure, open) = self.totals(f, scratch);
        let (truth, truths) = self.tree(f, u32::from(sure.1), u32::from(open.1));
        let outcome = match truth {
            Truth::Yes => Outcome::Eligible,
            Truth::No => Outcome::Ineligible,
            Truth::Unknown => Outcome::Undetermined,
        };
        let year = if outcome == Outcome::Eligible { self.year(f, sure.0, false) } else { Rupiah(0) };
        let at_most = if outcome == Outcome::Ineligible { Rupiah(0) } else { self.year(f, open.0, true) };
        let persons = if outcome == Outcome::Eligible { sure.1 } else { 0 };
        Verdict { outcome, year, at_most, persons, truths }
    }

    /// (rupiah or persons paid for, persons counted), surely and at most.
    fn totals(&self, f: &FamilyFacts, scratch: &mut Scratch) -> ((i64, u8), (i64, u8)) {
        match &self.paid {
            Paid::Monthly { per_person: None, .. } => ((1, 0), (1, 0)),
            Paid::Monthly { per_person: Some(test), .. } => {
                let (mut sure, mut open) = (0i64, 0i64);
                for p in &f.members {
                    match test.of(p, &self.setting).and(counts(p, &self.setting)) {
                        Truth::Yes => {
                            sure += 1;
                            open += 1;
                        }
                        Truth::Unknown => open += 1,
                        Truth::No => {}
                    }
                }
                let n = |n: i64| u8::try_from(n).unwrap_or(u8::MAX);
                ((sure, n(sure)), (open, n(open)))
            }
            Paid::Components { .. } => {
                scratch.sure.clear();
                scratch.open.clear();
                for p in &f.members {
                    let (yes, open) = self.fits(p);
                    if open != 0 {
                        scratch.sure.push(yes);
                        scratch.open.push(open);
                    }
                }
                let sure = self.slots.total(&scratch.sure, &mut scratch.chosen);
                let open = if scratch.sure == scratch.open {
                    sure
                } else {
                    self.slots.total(&scratch.open, &mut scratch.chosen)
                };
                (sure, open)
            }
        }
    }

    /// The year's rupiah for a total of components (or persons paid for).
    fn year(&self, f: &FamilyFacts, total: i64, hopeful: bool) -> Rupiah {
        match &self.paid {
            Paid::Monthly { stages, per_person, .. } => {
                let one: Rupiah = stages.iter().map(|s| s.amount).sum();
                if per_person.is_some() { one * total } else { one }
            }
            Paid::Components { family, .. } => {
                let sums = family.iter().filter(|s| self.family_sum_applies(s, f, hopeful));
                Rupiah(total + sums.map(|s| s.amount).sum::<i64>())
            }
        }
    }

    /// Whether a family amount is due. Where it is unknown if the area is hard to reach, it is taken as not; the hopeful
    /// reading takes what pays more, which is the amount for such areas alone.
    fn family_sum_applies(&self, s: &FamilySum, f: &FamilyFacts, hopeful: bool) -> bool {
        let assumed = self.setting.assumes(Assumption::NotRemote);
        match (s.remote, f.remote) {
            (None, _) => true,
            (Some(want), Some(is)) => want == is,
            (Some(want), None) => want == (hopeful && !assumed),
        }
    }

    fn tree(&self, f: &FamilyFacts, sure: u32, open: u32) -> (Truth, u64) {
        let mut truths = 0;
        for (i, (leaf, _)) in self.leaves.iter().enumerate() {
            truths |= self.leaf(leaf, f, sure, open).bits() << (2 * i);
        }
        (walk(&self.tree, truths), truths)
    }

    fn leaf(&self, leaf: &Leaf, f: &FamilyFacts, sure: u32, open: u32) -> Truth {
        match leaf {
            Leaf::Registered => registered(f, &self.setting),
            Leaf::Decile(None) => Truth::Yes,
            Leaf::Decile(Some(max)) => Truth::of(f.decile.map(|d| d.get() <= *max)),
            Leaf::Components(needed) => enough(sure, open, *needed, f.members_missing()),
            Leaf::Members { test, needed } => {
                let (sure, open) = self.passing(test, f);
                enough(sure, open, *needed, f.members_missing())
            }
            Leaf::NoFlag(mask) => self.no_flag(*mask, f),
            Leaf::NothingExcluded(list) => list.iter().fold(Truth::Yes, |t, (p, ..)| t.and(!Truth::of(f.receives(p)))),
            Leaf::Receives(p) => Truth::of(f.receives(p)),
            Leaf::Fact { name, compare, value } => Truth::of(f.extra(name).map(|v| match compare {
                Compare::Equal => v == *value,
                Compare::AtLeast => v >= *value,
                Compare::AtMost => v <= *value,
            })),
            Leaf::Region(list) => region_truth(f.region, list),
        }
    }

    /// Members who pass a test: (surely, perhaps or surely).
    pub(super) fn passing(&self, test: &Test, f: &FamilyFacts) -> (u32, u32) {
        let (mut sure, mut open) = (0, 0);
        for p in &f.members {
            match test.of(p, &self.setting).and(counts(p, &self.setting)) {
                Truth::Yes => {
                    sure += 1;
                    open += 1;
                }
                Truth::Unknown => open += 1,
                Truth::No => {}
            }
        }
        (sure, open)
    }

    fn no_flag(&self, mask: u32, f: &FamilyFacts) -> Truth {
        let mut t = Truth::Yes;
        for p in f.members.iter().filter(|p| !p.gone()) {
            let (yes, known) = p.flags.bits();
            if yes & mask != 0 {
                return Truth::No;
            }
            if known & mask != mask && !self.setting.assumes(Assumption::NoFlags) {
                t = Truth::Unknown;
            }
        }
        t
    }

    /// The whole answer for one family.
    pub fn determine(&self, f: &FamilyFacts) -> Determination {
        let verdict = self.verdict(f);
        self.explain(f, &verdict)
    }

    /// The members counted, and the amounts, of an eligible family.
    pub(super) fn paid(&self, f: &FamilyFacts, verdict: &Verdict) -> (Vec<Counted>, Amounts) {
        let mut amounts = Amounts { at_most: verdict.at_most, ..Amounts::default() };
        if verdict.outcome != Outcome::Eligible {
            return (Vec::new(), amounts);
        }
        amounts.year = verdict.year;
        match &self.paid {
            Paid::Monthly { stages, topups, month, per_person } => {
                let times = per_person.as_ref().map_or(1, |t| i64::from(self.passing(t, f).0));
                let scale = |all: &[StageAmount]| {
                    all.iter().map(|s| StageAmount { amount: s.amount * times, ..*s }).collect::<Vec<_>>()
                };
                amounts.month = Some(Rupiah(*month) * times);
                amounts.stages = scale(stages);
                amounts.topups = scale(topups);
                amounts.topup_year = amounts.topups.iter().map(|s| s.amount).sum();
                (Vec::new(), amounts)
            }
            Paid::Components { family, calendar, keep_remainder } => {
                let mut stages = empty(calendar);
                let chosen = self.chosen(f);
                let mut counted = Vec::new();
                for (member, c) in chosen.iter().enumerate() {
                    if let Some(part) = c.and_then(|c| self.parts.get(usize::from(c))) {
                        spread(&mut stages, part.amount, *keep_remainder);
                        counted.push(Counted {
                            member,
                            component: part.code.clone(),
                            label: part.label.clone(),
                            year: Rupiah(part.amount),
                        });
                    }
                }
                for s in family.iter().filter(|s| self.family_sum_applies(s, f, false)) {
                    match s.placement {
                        Placement::Spread => spread(&mut stages, s.amount, *keep_remainder),
                        Placement::FirstStage => {
                            if let Some(first) = stages.first_mut() {
                                first.amount += Rupiah(s.amount);
                            }
                        }
                    }
                }
                amounts.stages = stages;
                (counted, amounts)
            }
        }
    }

    /// Each member's component for certain.
    pub(super) fn chosen(&self, f: &FamilyFacts) -> Vec<Option<u8>> {
        let fits: Vec<u16> = f.members.iter().map(|p| self.fits(p).0).collect();
        let mut chosen = Vec::new();
        self.slots.assign(&fits, &mut chosen);
        chosen
    }
}

/// Working memory reused from family to family.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    sure: Vec<u16>,
    open: Vec<u16>,
    chosen: Vec<Option<u8>>,
}

impl Leaf {
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Decile(_) => "decile",
            Self::Components(_) => "components",
            Self::Members { .. } => "members",
            Self::NoFlag(_) => "flags",
            Self::NothingExcluded(_) => "excluded",
            Self::Receives(_) => "receives",
            Self::Fact { .. } => "fact",
            Self::Region(_) => "region",
        }
    }
}

/// Kleene's value of a tree whose leaves are known.
pub(super) fn walk(node: &Node, truths: u64) -> Truth {
    match node {
        Node::All(all) => all.iter().fold(Truth::Yes, |t, n| t.and(walk(n, truths))),
        Node::Any(any) => any.iter().fold(Truth::No, |t, n| t.or(walk(n, truths))),
        Node::Not(n) => !walk(n, truths),
        Node::Leaf(i) => Truth::from_bits(truths >> (2 * i)),
    }
}

/// Whether enough persons are found, where some are open and some may not be listed at all.
pub(super) fn enough(sure: u32, open: u32, needed: u32, missing: bool) -> Truth {
    if sure >= needed {
        Truth::Yes
    } else if open >= needed || missing {
        Truth::Unknown
    } else {
        Truth::No
    }
}

fn region_truth(region: Option<RegionCode>, list: &[(u32, u64)]) -> Truth {
    let Some(region) = region else { return Truth::Unknown };
    if region.scheme() != Scheme::Kemendagri {
        return Truth::Unknown;
    }
    let digits: u32 = match region.level() {
        Level::Province => 2,
        Level::Regency => 4,
        Level::District => 6,
        Level::Village => 10,
    };
    list.iter().fold(Truth::No, |t, (n, prefix)| {
        t.or(if *n <= digits {
            Truth::of(Some(region.number() / 10u64.pow(digits - n) == *prefix))
        } else if prefix / 10u64.pow(n - digits) == region.number() {
            Truth::Unknown // the family's code is coarser than the programme's area
        } else {
            Truth::No
        })
    })
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
