//! What the rules make of one person, in bits: the same for a row and for a column.

use super::rules::Rules;
use super::test::{Test, counts};
use super::{FamilyFacts, Truth};
use crate::person::PersonFacts;
use crate::programme::Assumption;

/// One person before the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Components the person surely fits.
    pub(super) fits: u16,
    /// Components the person fits or may fit.
    pub(super) open: u16,
    /// Tests surely passed.
    pub(super) passes: u8,
    /// Tests passed or perhaps passed.
    pub(super) may_pass: u8,
    /// Flag masks of which a flag is reported.
    pub(super) barred: u8,
    /// Flag masks of which a flag was not checked.
    pub(super) unchecked: u8,
}

impl Rules {
    /// What the rules make of a person.
    pub(super) fn mark(&self, p: &PersonFacts) -> Mark {
        let mut m = Mark::default();
        if !self.setting.away(p) {
            let (yes, known) = p.flags.bits();
            for (i, mask) in self.masks.iter().enumerate() {
                m.barred |= u8::from(yes & mask != 0) << i;
                m.unchecked |= u8::from(known & mask != *mask) << i;
            }
        }
        let here = counts(p, &self.setting);
        if here == Truth::No {
            return m;
        }
        for (i, part) in self.parts.iter().enumerate().filter(|(_, part)| part.live) {
            let t = part.test.of(p, &self.setting).and(here);
            m.fits |= u16::from(t == Truth::Yes) << i;
            m.open |= u16::from(t != Truth::No) << i;
        }
        for (i, test) in self.tests.iter().enumerate() {
            let t = test.of(p, &self.setting).and(here);
            m.passes |= u8::from(t == Truth::Yes) << i;
            m.may_pass |= u8::from(t != Truth::No) << i;
        }
        m
    }

    /// Members who pass a test: (surely, perhaps or surely).
    pub(super) fn passing(&self, test: u8, f: &FamilyFacts) -> (u32, u32) {
        let mut tally = Tally::default();
        for p in &f.members {
            tally.add(self.mark(p));
        }
        tally.test(test)
    }

    /// A test by its number.
    pub(super) fn test(&self, n: u8) -> Option<&Test> {
        self.tests.get(usize::from(n))
    }

    /// A flag mask by its number.
    pub(super) fn mask(&self, n: u8) -> u32 {
        self.masks.get(usize::from(n)).copied().unwrap_or(0)
    }

    /// Whether flags that were not checked are taken as not there.
    pub(super) fn assumes_no_flags(&self) -> bool {
        self.setting.assumes(Assumption::NoFlags)
    }
}

/// The marks of a family's members added up, however they were.
pub(super) trait Counts {
    /// Members who pass a test: (surely, perhaps or surely).
    fn test(&self, n: u8) -> (u32, u32);
    /// Flag masks of which a flag is reported.
    fn barred(&self) -> u8;
    /// Flag masks of which a flag was not checked.
    fn unchecked(&self) -> u8;
    /// Members listed.
    fn members(&self) -> u32;
}

/// The marks of a family's members added up one by one: the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    passes: [u32; 8],
    may_pass: [u32; 8],
    barred: u8,
    unchecked: u8,
    members: u32,
}

impl Tally {
    pub(super) fn add(&mut self, m: Mark) {
        self.members += 1;
        self.barred |= m.barred;
        self.unchecked |= m.unchecked;
        if m.may_pass != 0 {
            for (i, (sure, open)) in self.passes.iter_mut().zip(&mut self.may_pass).enumerate() {
                *sure += u32::from(m.passes >> i & 1);
                *open += u32::from(m.may_pass >> i & 1);
            }
        }
    }
}

impl Counts for Tally {
    fn test(&self, n: u8) -> (u32, u32) {
        let at = |all: &[u32; 8]| all.get(usize::from(n)).copied().unwrap_or(0);
        (at(&self.passes), at(&self.may_pass))
    }
    fn barred(&self) -> u8 {
        self.barred
    }
    fn unchecked(&self) -> u8 {
        self.unchecked
    }
    fn members(&self) -> u32 {
        self.members
    }
}
