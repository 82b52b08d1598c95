//! The quick answer: outcome and amounts of one family, no text, nothing allocated.

use super::mark::{Counts, Tally};
use super::rules::{FamilySum, Leaf, Node, Paid, Rules, Running, Used};
use super::test::registered;
use super::{FamilyFacts, Outcome, Truth};
use crate::Rupiah;
use crate::programme::{Assumption, Compare};
use crate::region::{Level, RegionCode, Scheme};

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

/// Working memory reused from family to family.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    pub(super) sure: Vec<u16>,
    pub(super) open: Vec<u16>,
    pub(super) chosen: Vec<Option<u8>>,
}

/// What is counted: rupiah of the components or persons paid for, and persons; surely and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) sure: (i64, u32),
    pub(super) open: (i64, u32),
}

impl Rules {
    /// Outcome and amounts of one family, without words.
    pub fn verdict(&self, f: &FamilyFacts) -> Verdict {
        self.verdict_with(f, &mut Scratch::default())
    }

    /// The same, reusing working memory from family to family.
    pub fn verdict_with(&self, f: &FamilyFacts, scratch: &mut Scratch) -> Verdict {
        let mut tally = Tally::default();
        scratch.sure.clear();
        scratch.open.clear();
        for p in &f.members {
            let mark = self.mark(p);
            tally.add(mark);
            if mark.open != 0 {
                scratch.sure.push(mark.fits);
                scratch.open.push(mark.open);
            }
        }
        let totals = self.totals(&tally, scratch);
        self.classify(f, &tally, totals)
    }

    /// The totals of members whose components stand in `scratch`.
    pub(super) fn totals(&self, tally: &impl Counts, scratch: &mut Scratch) -> Totals {
        match &self.paid {
            Paid::Monthly { per_person: None, .. } => Totals { sure: (1, 0), open: (1, 0) },
            Paid::Monthly { per_person: Some(test), .. } => {
                let (sure, open) = tally.test(*test);
                Totals { sure: (i64::from(sure), sure), open: (i64::from(open), open) }
            }
            Paid::Components { .. } => {
                let sure = self.slots.total(&scratch.sure, &mut scratch.chosen);
                // under an order of priority more candidates can bring less, so what is open is bounded without it
                let open = if scratch.sure == scratch.open {
                    sure
                } else {
                    self.slots.most(&scratch.open, &mut scratch.chosen)
                };
                Totals { sure, open }
            }
        }
    }

    /// The verdict on a family whose members are added up. `f.members` is not looked at.
    #[inline]
    pub(super) fn classify(&self, f: &FamilyFacts, tally: &impl Counts, totals: Totals) -> Verdict {
        if self.running != Running::Yes {
            let outcome = Outcome::Ineligible;
            return Verdict { outcome, year: Rupiah(0), at_most: Rupiah(0), persons: 0, truths: 0 };
        }
        let one = |(i, (leaf, _)): (usize, &(Leaf, Used))| self.leaf(leaf, f, tally, totals).bits() << (2 * i);
        self.conclude(f, totals, self.leaves.iter().enumerate().fold(0, |truths, at| truths | one(at)))
    }

    /// The truths of the leaves that look at the family alone.
    pub(super) fn truths_of_family(&self, f: &FamilyFacts) -> u64 {
        let own = self.leaves.iter().enumerate().filter(|(_, (leaf, _))| !leaf.of_members());
        own.fold(0, |truths, (i, (leaf, _))| truths | self.leaf_of_family(leaf, f).bits() << (2 * i))
    }

    /// The verdict that follows from the truths of all leaves, while the programme runs.
    #[inline]
    pub(super) fn conclude(&self, f: &FamilyFacts, totals: Totals, truths: u64) -> Verdict {
        let (outcome, year, at_most, persons) = match self.truth(truths) {
            Truth::No => (Outcome::Ineligible, Rupiah(0), Rupiah(0), 0),
            Truth::Unknown => (Outcome::Undetermined, Rupiah(0), self.year(f, totals.open.0, true), 0),
            Truth::Yes => {
                let (year, most) = (self.year(f, totals.sure.0, false), self.year(f, totals.open.0, true));
                (Outcome::Eligible, year, most, totals.sure.1)
            }
        };
        Verdict { outcome, year, at_most, persons: u8::try_from(persons).unwrap_or(u8::MAX), truths }
    }

    /// The year's rupiah for a total of components (or persons paid for).
    fn year(&self, f: &FamilyFacts, total: i64, hopeful: bool) -> Rupiah {
        match &self.paid {
            Paid::Monthly { year, per_person, .. } => {
                if per_person.is_some() {
                    *year * total
                } else {
                    *year
                }
            }
            Paid::Components { family, .. } => {
                let sums = family.iter().filter(|s| self.family_sum_applies(s, f, hopeful));
                Rupiah(total + sums.map(|s| s.amount).sum::<i64>())
            }
        }
    }

    /// Whether a family amount is due. Where it is unknown if the area is hard to reach, it is taken as not; the hopeful
    /// reading takes the amount for such areas.
    pub(super) fn family_sum_applies(&self, s: &FamilySum, f: &FamilyFacts, hopeful: bool) -> bool {
        let assumed = self.setting.assumes(Assumption::NotRemote);
        match (s.remote, f.remote) {
            (None, _) => true,
            (Some(want), Some(is)) => want == is,
            (Some(want), None) => want == (hopeful && !assumed),
        }
    }

    #[inline]
    fn leaf(&self, leaf: &Leaf, f: &FamilyFacts, tally: &impl Counts, totals: Totals) -> Truth {
        if leaf.of_members() { self.leaf_of_members(leaf, f, tally, totals) } else { self.leaf_of_family(leaf, f) }
    }

    /// A leaf that looks at the family alone.
    fn leaf_of_family(&self, leaf: &Leaf, f: &FamilyFacts) -> Truth {
        match leaf {
            Leaf::Registered => registered(f, &self.setting),
            Leaf::Decile(Some(max)) => Truth::from_fact(f.decile.map(|d| d.get() <= *max)),
            Leaf::NothingExcluded(list) => {
                list.iter().fold(Truth::Yes, |t, (p, ..)| t.and(!Truth::from_fact(f.receives(p))))
            }
            Leaf::Receives(p) => Truth::from_fact(f.receives(p)),
            Leaf::Fact { name, compare, value } => Truth::from_fact(f.extra(name).map(|v| match compare {
                Compare::Equal => v == *value,
                Compare::AtLeast => v >= *value,
                Compare::AtMost => v <= *value,
            })),
            Leaf::Region(list) => region_truth(f.region, list),
            // no ceiling holds for everybody; the others look at members
            Leaf::Decile(None) | Leaf::Components(_) | Leaf::Members(..) | Leaf::NoFlag(_) => Truth::Yes,
        }
    }

    /// A leaf that looks at members.
    #[inline]
    pub(super) fn leaf_of_members(&self, leaf: &Leaf, f: &FamilyFacts, tally: &impl Counts, totals: Totals) -> Truth {
        let missing = tally.members() == 0 || f.size.is_some_and(|n| n > tally.members());
        if let Leaf::Components(needed) = leaf {
            enough(totals.sure.1, totals.open.1, *needed, missing)
        } else if let Leaf::Members(test, needed) = leaf {
            let (sure, open) = tally.test(*test);
            enough(sure, open, *needed, missing)
        } else if let Leaf::NoFlag(mask) = leaf {
            if tally.barred() >> mask & 1 != 0 {
                Truth::No
            } else if tally.unchecked() >> mask & 1 != 0 && !self.assumes_no_flags() {
                Truth::Unknown
            } else {
                Truth::Yes
            }
        } else {
            Truth::Yes
        }
    }

    /// Kleene's value of the tree. Most programmes ask for all of their criteria: then two bit masks tell it.
    pub(super) fn truth(&self, truths: u64) -> Truth {
        let Some(each) = self.all_of else { return walk(&self.tree, truths) };
        let (unknown, yes) = (truths & each, truths >> 1 & each);
        if unknown | yes != each {
            Truth::No
        } else if unknown != 0 {
            Truth::Unknown
        } else {
            Truth::Yes
        }
    }

    /// Where the programme does not run on the date, the code of that reason; it is then the only one.
    pub const fn not_running(&self) -> Option<&'static str> {
        match self.running {
            Running::Yes => None,
            Running::From(_) => Some("eligibility.programme_not_yet"),
            Running::Ended(_) => Some("eligibility.programme_ended"),
        }
    }

    /// The stable names of the criteria in the order of [`Verdict::truths`].
    pub fn leaf_codes(&self) -> Vec<&'static str> {
        self.leaves.iter().map(|(l, _)| l.word()).collect()
    }

    /// The criteria of a verdict, one by one: name and truth.
    pub fn truths(&self, verdict: &Verdict) -> impl Iterator<Item = (&'static str, Truth)> {
        let truths = verdict.truths;
        self.leaves.iter().enumerate().map(move |(i, (l, _))| (l.word(), Truth::from_bits(truths >> (2 * i))))
    }
}

impl Leaf {
    /// Whether the leaf looks at members, and not at the family alone.
    pub(super) const fn of_members(&self) -> bool {
        matches!(self, Self::Components(_) | Self::Members(..) | Self::NoFlag(_))
    }

    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Decile(None) => "no_ceiling",
            Self::Decile(Some(_)) => "decile",
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
            Truth::from_fact(Some(region.number() / 10u64.pow(digits - n) == *prefix))
        } else if prefix / 10u64.pow(n - digits) == region.number() {
            Truth::Unknown // the family's code is coarser than the programme's area
        } else {
            Truth::No
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use crate::programme;

    /// The masks of an all-of tree say what the walk over it says, for every combination of truths.
    #[test]
    fn masks_and_walk_agree() {
        let mut seen = 0;
        for p in programme::all() {
            let on = p.runs.first().unwrap().from;
            let rules = Rules::new(p, on, &Policy::builtin()).unwrap();
            assert!(rules.all_of.is_some(), "{}", p.id);
            let n = rules.leaves.len();
            for code in 0..3usize.pow(u32::try_from(n).unwrap()) {
                let truths = (0..n)
                    .fold(0u64, |t, i| t | ((code / 3usize.pow(u32::try_from(i).unwrap()) % 3) as u64) << (2 * i));
                assert_eq!(rules.truth(truths), walk(&rules.tree, truths));
                seen += 1;
            }
        }
        assert!(seen > 300);
    }
}
