//! One programme's rules over kinds of persons: what each brings into a family, in sums, and what those sums come to.

use super::FamilyFacts;
use super::mark::{Counts, Mark, Tally};
use super::rules::{Leaf, Paid, Rules, Running};
use super::verdict::{Scratch, Totals, Verdict};
use rustc_hash::FxHashMap;

/// Mixtures of candidates remembered before the memory is emptied.
const MOST: usize = 1 << 16;
/// Places of the table of families: four bits of decile, two each of what is yes, no or unknown.
const HEADS: usize = 1 << 14;

/// What leaves that look at the family alone can see of it, as one number; none where it has more to look at.
pub(super) fn plain(f: &FamilyFacts) -> Option<usize> {
    if f.region.is_some() || !f.receives_other.is_empty() || !f.extra.is_empty() {
        return None;
    }
    let two = |fact: Option<bool>| fact.map_or(2, usize::from);
    let facts = [f.registered, f.remote, f.receives.pkh, f.receives.sembako, f.receives.bst];
    Some(facts.iter().fold(f.decile.map_or(0, |d| usize::from(d.get())), |key, fact| key << 2 | two(*fact)))
}

/// What one kind of person brings into a family under one programme's rules, in sums that add up over members.
#[derive(Clone, Copy, Debug, Default)]
struct KindEffect {
    /// The component that pays most among those that are open: its rupiah in 48 bits, then a byte that counts one
    /// candidate, then a byte that counts one of whom it is open which components fit.
    best: u64,
    /// The caps that component fills, one byte each.
    filled: u64,
    /// Tests surely passed, one byte each, and tests that may be passed.
    passes: u64,
    may_pass: u64,
    barred: u8,
    unchecked: u8,
}

/// Rupiah below this add up in 48 bits over the members of a family.
const RUPIAH: i64 = (1 << 48) / 128;

impl KindEffect {
    #[inline]
    fn add(&mut self, other: &Self) {
        self.best += other.best;
        self.filled += other.filled;
        self.passes += other.passes;
        self.may_pass += other.may_pass;
        self.barred |= other.barred;
        self.unchecked |= other.unchecked;
    }

    fn rupiah(&self) -> i64 {
        (self.best & ((1 << 48) - 1)).cast_signed()
    }

    fn candidates(&self) -> u32 {
        u32::from(self.best.to_le_bytes()[6])
    }

    fn unsure(&self) -> bool {
        self.best >> 56 != 0
    }
}

/// A function of its own, so that the sums stay in registers.
#[inline(never)]
fn added(effects: &[KindEffect], kinds: &[u32]) -> KindEffect {
    let mut all = KindEffect::default();
    for b in kinds.iter().filter_map(|kind| effects.get(*kind as usize)) {
        all.add(b);
    }
    all
}

/// A family's members added up: no byte has run over, since there are at most [`Sum::MEMBERS`].
struct Sum {
    all: KindEffect,
    members: u32,
}

impl Sum {
    const MEMBERS: usize = 127;
}

impl Counts for Sum {
    fn test(&self, n: u8) -> (u32, u32) {
        let at = |lanes: u64| u32::from(lanes.to_le_bytes().get(usize::from(n)).copied().unwrap_or(0));
        (at(self.all.passes), at(self.all.may_pass))
    }
    fn barred(&self) -> u8 {
        self.all.barred
    }
    fn unchecked(&self) -> u8 {
        self.all.unchecked
    }
    fn members(&self) -> u32 {
        self.members
    }
}

/// One programme's rules, what they make of each kind, and the mixtures of candidates worked out so far.
#[derive(Clone, Debug)]
pub(super) struct Ruling<'r> {
    pub(super) rules: &'r Rules,
    marks: Vec<Mark>,
    effects: Vec<KindEffect>,
    /// What each cap's byte lacks of 128 when the cap is just full: a sum beyond it sets the highest bit. None where the
    /// sums do not hold: under an order of priority, with more caps than bytes, or with sums of rupiah that are too large.
    slack: Option<u64>,
    /// Leaves that look at members, and the truths of the others for each family as [`plain`] numbers it.
    of_members: Vec<(usize, Leaf)>,
    heads: Vec<u64>,
    known: FxHashMap<(u128, bool), (i64, u32)>,
    scratch: Scratch,
}

/// No leaf has both bits set: not looked at yet.
const NOT_YET: u64 = u64::MAX;

/// The highest bit of each byte.
const FULL: u64 = u64::from_le_bytes([0x80; 8]);

impl<'r> Ruling<'r> {
    /// Forgets all kinds.
    pub(super) fn forget(&mut self) {
        self.marks.clear();
        self.effects.clear();
    }

    pub(super) fn new(rules: &'r Rules) -> Self {
        let numbered = rules.leaves.iter().enumerate().map(|(i, (leaf, _))| (i, leaf.clone()));
        Self {
            rules,
            marks: Vec::new(),
            effects: Vec::new(),
            slack: rules.slots.slack().filter(|_| rules.slots.amounts.iter().all(|a| (0..RUPIAH).contains(a))),
            of_members: numbered.filter(|(_, leaf)| leaf.of_members()).collect(),
            heads: vec![NOT_YET; HEADS],
            known: FxHashMap::default(),
            scratch: Scratch::default(),
        }
    }

    /// The truths of the leaves that look at the family alone.
    #[inline]
    fn head(&mut self, f: &FamilyFacts, plain: Option<usize>) -> u64 {
        match plain.and_then(|at| self.heads.get(at)) {
            Some(truths) if *truths != NOT_YET => *truths,
            _ => self.look_at(f, plain),
        }
    }

    #[cold]
    fn look_at(&mut self, f: &FamilyFacts, plain: Option<usize>) -> u64 {
        let truths = self.rules.truths_of_family(f);
        if let Some(place) = plain.and_then(|at| self.heads.get_mut(at)) {
            *place = truths;
        }
        truths
    }

    /// What a new kind brings into a family.
    pub(super) fn learn(&mut self, mark: Mark) {
        let lanes = |bits: u8| (0..8).fold(0u64, |all, i| all | u64::from(bits >> i & 1) << (8 * i));
        let best = self.slack.and_then(|_| self.rules.slots.best_entry(mark.open));
        let (rupiah, filled) = best.unwrap_or((0, 0));
        let counts = u64::from(best.is_some()) << 48 | u64::from(mark.fits != mark.open) << 56;
        self.effects.push(KindEffect {
            best: rupiah.cast_unsigned() | counts,
            filled,
            passes: lanes(mark.passes),
            may_pass: lanes(mark.may_pass),
            barred: mark.barred,
            unchecked: mark.unchecked,
        });
        self.marks.push(mark);
    }

    /// The verdict on a family of these kinds.
    #[inline]
    pub(super) fn verdict(&mut self, head: &FamilyFacts, plain: Option<usize>, kinds: &[u32]) -> Verdict {
        if kinds.len() > Sum::MEMBERS || self.rules.running != Running::Yes {
            return self.large(head, kinds);
        }
        let all = added(&self.effects, kinds);
        let sum = Sum { all, members: u32::try_from(kinds.len()).unwrap_or(u32::MAX) };
        let totals = if let Paid::Components { .. } = self.rules.paid {
            if self.slack.is_some_and(|slack| (all.filled + slack) & FULL == 0) && !all.unsure() {
                let total = (all.rupiah(), all.candidates());
                Totals { sure: total, open: total }
            } else {
                self.assigned(kinds, all.unsure())
            }
        } else {
            self.rules.totals(&sum, &mut self.scratch)
        };
        let rules = self.rules;
        let mut truths = self.head(head, plain);
        for (i, leaf) in &self.of_members {
            truths |= rules.leaf_of_members(leaf, head, &sum, totals).bits() << (2 * i);
        }
        rules.conclude(head, totals, truths)
    }

    /// The totals of a family in which a cap binds or a fact is open.
    fn assigned(&mut self, kinds: &[u32], unsure: bool) -> Totals {
        self.gather(kinds);
        let Self { rules, known, scratch: Scratch { sure, open, chosen }, .. } = self;
        let sure = best(sure, known, false, |fits| rules.slots.total(fits, chosen));
        let open = if unsure { best(open, known, true, |fits| rules.slots.most(fits, chosen)) } else { sure };
        Totals { sure, open }
    }

    fn gather(&mut self, kinds: &[u32]) {
        self.scratch.sure.clear();
        self.scratch.open.clear();
        let marks = &self.marks;
        for mark in kinds.iter().filter_map(|k| marks.get(*k as usize)).filter(|m| m.open != 0) {
            self.scratch.sure.push(mark.fits);
            self.scratch.open.push(mark.open);
        }
    }

    /// A family too large for sums in bytes, or a programme that does not run, as the row path does it.
    #[cold]
    fn large(&mut self, head: &FamilyFacts, kinds: &[u32]) -> Verdict {
        let mut tally = Tally::default();
        kinds.iter().filter_map(|k| self.marks.get(*k as usize)).for_each(|m| tally.add(*m));
        self.gather(kinds);
        let totals = self.rules.totals(&tally, &mut self.scratch);
        self.rules.classify(head, &tally, totals)
    }
}

/// Total and persons of an assignment, as `find` finds them. Neither depends on the order of the members, so that a mixture
/// of up to eight candidates is worked out once.
fn best(
    fits: &mut [u16],
    known: &mut FxHashMap<(u128, bool), (i64, u32)>,
    hopeful: bool,
    find: impl FnOnce(&[u16]) -> (i64, u32),
) -> (i64, u32) {
    if fits.len() > 8 {
        return find(fits);
    }
    fits.sort_unstable();
    let key = (fits.iter().fold(0u128, |key, set| key << 16 | u128::from(*set)), hopeful);
    if let Some(total) = known.get(&key) {
        return *total;
    }
    if known.len() >= MOST {
        known.clear();
    }
    let total = find(fits);
    known.insert(key, total);
    total
}
