//! The reasons, missing facts and assumptions behind a verdict.

use super::assign::bits;
use super::rules::{Leaf, Node, Paid, Rules, Running, Used};
use super::test::{Test, counts};
use super::verdict::{Verdict, walk};
use super::{Determination, Fact, FamilyFacts, MissingFact, Outcome, OwnFact, Reason, Truth, Why};
use crate::Rupiah;
use crate::person::{Flag, PersonFacts};
use crate::programme::Assumption;

impl Used {
    fn reason(&self, why: Why, truth: Truth, decides: bool) -> Reason {
        Reason {
            why,
            truth,
            decides,
            parameter: self.parameter.clone(),
            value: self.value.clone(),
            unit: self.unit,
            basis: self.basis.clone(),
            confidence: self.confidence,
            alternative: self.alternative.clone(),
            overlay: self.overlay.clone(),
        }
    }
}

fn nth(i: usize) -> u32 {
    u32::try_from(i + 1).unwrap_or(u32::MAX)
}

impl Rules {
    /// The whole answer behind a verdict of this family.
    pub fn explain(&self, f: &FamilyFacts, verdict: &Verdict) -> Determination {
        let (counted, amounts) = self.paid(f, verdict);
        let mut answer = Determination {
            programme: self.programme.clone(),
            name: self.name.clone(),
            date: self.date,
            outcome: verdict.outcome,
            counted,
            amounts,
            reasons: Vec::new(),
            missing: Vec::new(),
            assumed: Vec::new(),
            edition: self.edition,
            overlays: self.overlays.clone(),
            alternatives: self.alternatives.clone(),
        };
        match self.running {
            Running::Yes => {}
            Running::From(from) => {
                answer.reasons.push(self.run_used.reason(Why::NotYet { from }, Truth::No, true));
                return answer;
            }
            Running::Ended(on) => {
                answer.reasons.push(self.run_used.reason(Why::Ended { on }, Truth::No, true));
                return answer;
            }
        }
        let outcome = walk(&self.tree, verdict.truths);
        let deciding = deciding(&self.tree, verdict.truths, outcome);
        for (i, (leaf, used)) in self.leaves.iter().enumerate() {
            let truth = Truth::from_bits(verdict.truths >> (2 * i));
            let decides = deciding & (1 << i) != 0;
            self.leaf_reasons(leaf, used, truth, decides, f, &mut answer.reasons);
            if truth == Truth::Unknown {
                let decides = decides && verdict.outcome == Outcome::Undetermined;
                self.leaf_missing(leaf, f, decides, &mut answer.missing);
            }
        }
        self.member_reasons(f, &mut answer);
        if verdict.outcome != Outcome::Ineligible && verdict.at_most != verdict.year {
            self.amount_missing(f, &mut answer.missing);
        }
        answer.missing.sort_by_key(|m| (!m.decides, m.member.map_or(0, |i| i + 1), m.fact));
        answer.missing.dedup_by(|b, a| (a.fact, a.member, &a.detail) == (b.fact, b.member, &b.detail));
        let used = self.assumed(f);
        answer.assumed = Assumption::ALL.iter().copied().filter(|a| used & (1 << (*a as u16)) != 0).collect();
        answer.reasons.sort_by_key(|r| !r.decides);
        answer
    }

    fn leaf_reasons(
        &self,
        leaf: &Leaf,
        used: &Used,
        truth: Truth,
        decides: bool,
        f: &FamilyFacts,
        out: &mut Vec<Reason>,
    ) {
        let pick = |yes: Why, no: Why, unknown: Why| match truth {
            Truth::Yes => yes,
            Truth::No => no,
            Truth::Unknown => unknown,
        };
        let why = match leaf {
            Leaf::Registered => pick(Why::Registered, Why::NotRegistered, Why::RegisteredUnknown),
            Leaf::Decile(None) => Why::NoCeiling,
            Leaf::Decile(Some(max)) => {
                let (decile, max) = (f.decile.map_or(0, crate::Decile::get), *max);
                pick(Why::DecileWithin { decile, max }, Why::DecileAbove { decile, max }, Why::DecileUnknown { max })
            }
            Leaf::Components(needed) => {
                let persons = nth(self.chosen(f).iter().flatten().count()) - 1;
                let needed = *needed;
                pick(
                    Why::Components { persons, needed },
                    Why::ComponentsMissing { persons, needed },
                    Why::ComponentsUnknown { persons, needed },
                )
            }
            Leaf::Members(test, needed) => {
                let (members, needed) = (self.passing(*test, f).0, *needed);
                pick(
                    Why::Members { members, needed },
                    Why::MembersTooFew { members, needed },
                    Why::MembersUnknown { members, needed },
                )
            }
            Leaf::NoFlag(n) => {
                let mask = self.mask(*n);
                for (i, p) in f.members.iter().enumerate().filter(|(_, p)| !self.setting.away(p)) {
                    for flag in p.flags.reported().filter(|flag| mask & (1 << (*flag as u32)) != 0) {
                        let why = Why::FlagBars { member: nth(i), flag };
                        out.push(used.reason(why, Truth::No, decides));
                    }
                }
                if truth == Truth::No {
                    return;
                }
                pick(Why::NoFlag, Why::NoFlag, Why::FlagUnknown)
            }
            Leaf::NothingExcluded(list) => {
                for (programme, basis, confidence) in list {
                    let used = Used { basis: basis.clone(), confidence: Some(*confidence), ..used.clone() };
                    let programme = programme.clone();
                    match f.receives(&programme) {
                        Some(true) => out.push(used.reason(Why::Excluded { programme }, Truth::No, decides)),
                        None if truth == Truth::Unknown => {
                            out.push(used.reason(Why::ExcludedUnknown { programme }, Truth::Unknown, decides));
                        }
                        _ => {}
                    }
                }
                if truth != Truth::Yes {
                    return;
                }
                Why::NotExcluded
            }
            Leaf::Receives(p) => pick(
                Why::Receives { programme: p.clone() },
                Why::ReceivesNot { programme: p.clone() },
                Why::ReceivesUnknown { programme: p.clone() },
            ),
            Leaf::Fact { name, .. } => {
                let (fact, value) = (OwnFact(name.clone()), f.extra(name).unwrap_or(0));
                pick(
                    Why::FactHolds { fact: fact.clone(), value },
                    Why::FactFails { fact: fact.clone(), value },
                    Why::FactUnknown { fact },
                )
            }
            Leaf::Region(_) => pick(Why::RegionInside, Why::RegionOutside, Why::RegionUnknown),
        };
        out.push(used.reason(why, truth, decides));
    }

    fn leaf_missing(&self, leaf: &Leaf, f: &FamilyFacts, decides: bool, out: &mut Vec<MissingFact>) {
        let mut family =
            |fact: Fact, detail: Option<String>| out.push(MissingFact { fact, detail, member: None, decides });
        match leaf {
            Leaf::Registered => family(Fact::Registered, None),
            Leaf::Decile(_) => family(Fact::Decile, None),
            Leaf::Receives(p) => family(Fact::Receives, Some(p.clone())),
            Leaf::Fact { name, .. } => family(Fact::Extra, Some(name.clone())),
            Leaf::Region(_) => family(Fact::Region, None),
            Leaf::NothingExcluded(list) => {
                for (p, ..) in list.iter().filter(|(p, ..)| f.receives(p).is_none()) {
                    family(Fact::Receives, Some(p.clone()));
                }
            }
            Leaf::NoFlag(n) => {
                let mask = self.mask(*n);
                for (i, p) in f.members.iter().enumerate().filter(|(_, p)| !self.setting.away(p)) {
                    if p.flags.bits().1 & mask != mask {
                        out.push(MissingFact { fact: Fact::Flags, detail: None, member: Some(i), decides });
                    }
                }
            }
            Leaf::Components(_) => {
                if f.members_missing() {
                    family(Fact::Members, None);
                }
                self.part_missing(f, decides, out);
            }
            Leaf::Members(test, _) => {
                if f.members_missing() {
                    family(Fact::Members, None);
                }
                let Some(test) = self.test(*test) else { return };
                for (i, p) in f.members.iter().enumerate() {
                    self.test_missing(test, i, p, decides, out);
                }
            }
        }
    }

    /// The facts that the components of each member still depend on.
    fn part_missing(&self, f: &FamilyFacts, decides: bool, out: &mut Vec<MissingFact>) {
        for (i, p) in f.members.iter().enumerate() {
            let mark = self.mark(p);
            let (yes, open) = (mark.fits, mark.open);
            for c in bits(open & !yes) {
                if let Some(part) = self.parts.get(usize::from(c)) {
                    self.test_missing(&part.test, i, p, decides, out);
                }
            }
        }
    }

    fn amount_missing(&self, f: &FamilyFacts, out: &mut Vec<MissingFact>) {
        match &self.paid {
            Paid::Components { family, .. } => {
                self.part_missing(f, false, out);
                if f.remote.is_none()
                    && family.iter().any(|s| s.remote.is_some())
                    && !self.setting.assumes(Assumption::NotRemote)
                {
                    out.push(MissingFact { fact: Fact::Remote, detail: None, member: None, decides: false });
                }
            }
            Paid::Monthly { per_person: Some(test), .. } => {
                let Some(test) = self.test(*test) else { return };
                for (i, p) in f.members.iter().enumerate() {
                    self.test_missing(test, i, p, false, out);
                }
            }
            Paid::Monthly { .. } => {}
        }
    }

    fn test_missing(&self, test: &Test, i: usize, p: &PersonFacts, decides: bool, out: &mut Vec<MissingFact>) {
        let mut facts = Vec::new();
        test.missing(p, &self.setting, &mut facts);
        if counts(p, &self.setting) == Truth::Unknown && test.of(p, &self.setting) != Truth::No {
            if p.presence.is_none() && !self.setting.assumes(Assumption::MemberPresent) {
                facts.push(Fact::Presence);
            }
            if p.registered.is_none() && !self.setting.assumes(Assumption::MemberRegistered) {
                facts.push(Fact::MemberRegistered);
            }
        }
        out.extend(facts.into_iter().map(|fact| MissingFact { fact, detail: None, member: Some(i), decides }));
    }

    /// Why each member counts or not; review flags; low school attendance.
    fn member_reasons(&self, f: &FamilyFacts, answer: &mut Determination) {
        // Nobody is counted in a family that gets nothing: then who would have counted is no reason.
        let refused = answer.outcome == Outcome::Ineligible;
        let chosen = if refused { Vec::new() } else { self.chosen(f) };
        let plain = Used { parameter: None, value: None, unit: None, ..self.run_used.clone() };
        let plain = Used { basis: self.basis.clone(), confidence: None, ..plain };
        let mut say = |used: &Used, why, truth| answer.reasons.push(used.reason(why, truth, false));
        for (i, p) in f.members.iter().enumerate() {
            let member = nth(i);
            if p.gone() {
                say(&plain, Why::MemberGone { member }, Truth::No);
                continue;
            }
            if self.setting.unborn(p) {
                say(&plain, Why::MemberUnborn { member }, Truth::No);
                continue;
            }
            if p.registered == Some(false) {
                say(&plain, Why::MemberUnregistered { member }, Truth::No);
                continue;
            }
            let mark = self.mark(p);
            let (yes, open) = if refused { (0, 0) } else { (mark.fits, mark.open) };
            match chosen.get(i).copied().flatten().and_then(|c| self.parts.get(usize::from(c))) {
                Some(part) => {
                    let why = Why::Counted { member, component: part.name(), year: Rupiah(part.amount) };
                    say(&part.used, why, Truth::Yes);
                }
                None => {
                    for c in bits(yes) {
                        let blocked = self.slots.blocking(&chosen, c);
                        let at = blocked.and_then(|cap| self.slots.caps.iter().position(|x| *x == cap));
                        if let (Some(part), Some(cap), Some(used)) =
                            (self.parts.get(usize::from(c)), blocked, at.and_then(|k| self.caps_used.get(k)))
                        {
                            let why = Why::OverCap { member, component: part.name(), cap: u32::from(cap.most) };
                            say(used, why, Truth::No);
                        }
                    }
                }
            }
            for c in bits(open & !yes) {
                if let Some(part) = self.parts.get(usize::from(c)) {
                    let why = Why::MemberOpen { member, component: part.name() };
                    say(&part.used, why, Truth::Unknown);
                }
            }
            for flag in Flag::ALL.iter().copied().filter(|x| self.review & (1 << (*x as u32)) != 0) {
                if p.flags.get(flag) == Some(true) {
                    say(&plain, Why::FlagReview { member, flag }, Truth::Unknown);
                }
            }
            if let (Some((min, used)), Some(percent)) = (&self.attendance_min, p.attendance_percent)
                && percent < *min
            {
                say(used, Why::AttendanceLow { member, percent, min: *min }, Truth::No);
            }
        }
    }

    /// The assumptions this family's answer rests on.
    fn assumed(&self, f: &FamilyFacts) -> u16 {
        let s = &self.setting;
        let on = |a: Assumption| s.assume & (1 << (a as u16));
        let mut used = 0;
        let asks_register = self.leaves.iter().any(|(l, _)| matches!(l, Leaf::Registered));
        if f.registered.is_none() && asks_register {
            used |= on(Assumption::FamilyRegistered);
        }
        if let Paid::Components { family, .. } = &self.paid
            && f.remote.is_none()
            && family.iter().any(|x| x.remote.is_some())
        {
            used |= on(Assumption::NotRemote);
        }
        for (leaf, _) in &self.leaves {
            let mask = if let Leaf::NoFlag(n) = leaf { self.mask(*n) } else { 0 };
            for p in f.members.iter().filter(|p| !self.setting.away(p)) {
                if p.flags.bits().1 & mask != mask {
                    used |= on(Assumption::NoFlags);
                }
                if let Leaf::Members(n, _) = leaf {
                    used |= self.test(*n).map_or(0, |t| t.assumed(p, s));
                }
            }
        }
        for p in f.members.iter().filter(|p| !self.setting.away(p)) {
            let matters = self.mark(p).open != 0 || matches!(self.paid, Paid::Monthly { .. });
            if p.presence.is_none() && matters {
                used |= on(Assumption::MemberPresent);
            }
            if p.registered.is_none() && matters {
                used |= on(Assumption::MemberRegistered);
            }
            for part in self.parts.iter().filter(|part| part.live) {
                used |= part.test.assumed(p, s);
            }
            if let Paid::Monthly { per_person: Some(n), .. } = &self.paid {
                used |= self.test(*n).map_or(0, |t| t.assumed(p, s));
            }
        }
        used
    }
}

/// The leaves that the outcome depends on: those that alone could have made it otherwise, or that carry it.
fn deciding(node: &Node, truths: u64, outcome: Truth) -> u32 {
    match node {
        Node::Leaf(i) => u32::from(Truth::from_bits(truths >> (2 * i)) == outcome) << i,
        Node::Not(n) => deciding(n, truths, !outcome),
        Node::All(all) | Node::Any(all) => {
            all.iter().filter(|n| walk(n, truths) == outcome).fold(0, |m, n| m | deciding(n, truths, outcome))
        }
    }
}
