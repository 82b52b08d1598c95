//! What a job gives: everything known when all stages are through.

use crate::decide;
use crate::decide::Decisions;
use crate::people::People;
use crate::places::Places;
use crate::rank::Ranked;
use crate::recipients::Recipients;
use bansos::Date;
use bansos::eligibility::FamilyFacts;
use bansos::region::Residence;
use bansos::source::{Noticed, Origin};
use bansos_linkage::register::Linkage;
use bansos_linkage::register::Settings;
use bansos_registers::Intake;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything known when all stages are through.
pub struct Results {
    pub(crate) as_of: Date,
    pub(crate) intake: Intake,
    pub(crate) settings: Settings,
    pub(crate) linkage: Linkage,
    pub(crate) people: People,
    pub(crate) ranking: Ranked,
    pub(crate) recipients: Recipients,
    pub(crate) decisions: Decisions,
    pub(crate) elapsed_ms: u64,
    /// Names of desa that may be shown.
    pub(crate) places: Places,
    /// Files and folders that were read; no result goes there.
    pub(crate) read_from: Vec<PathBuf>,
}

impl Results {
    /// The day to which ages and rules refer.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// What was read: rows with their findings, rows set aside, counts that close.
    #[must_use]
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// Who is who, and why: clusters, duplicates, pairs for review, the model.
    #[must_use]
    pub fn linkage(&self) -> &Linkage {
        &self.linkage
    }

    /// Persons and families.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Scores and deciles, and how they came about.
    #[must_use]
    pub fn ranking(&self) -> &Ranked {
        &self.ranking
    }

    /// Lists of recipients held against the registers.
    #[must_use]
    pub fn recipients(&self) -> &Recipients {
        &self.recipients
    }

    /// Who gets what.
    #[must_use]
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// What was noticed, by the row and field it stands in; never a person's value.
    pub fn findings(&self) -> impl Iterator<Item = (Origin, &Noticed)> {
        self.each_finding().map(|(origin, noticed, _)| (origin, noticed))
    }

    /// Which person and family each row stands for, by the ids of the files: one entry for every accepted row of a person.
    pub fn crosswalk(&self) -> impl Iterator<Item = (Origin, String, String)> {
        let linked = self.linkage.persons.iter().zip(&self.linkage.families);
        let named = |(person, family): (&u32, &u32)| (self.linkage.person_id(*person), self.linkage.family_id(*family));
        self.intake.persons.iter().map(|row| row.origin).zip(linked.map(named)).map(|(o, (p, f))| (o, p, f))
    }

    /// What is known of a family, as the rules see it: with it a programme can be asked again, for the whole explanation.
    #[must_use]
    pub fn facts(&self, family: u32) -> Option<FamilyFacts> {
        let known = (family as usize) < self.people.families.len();
        known.then(|| decide::facts(&self.people, &self.ranking, family))
    }

    /// Every finding of every accepted row, in the order of files and rows, with where the row's persons live.
    pub(crate) fn each_finding(&self) -> impl Iterator<Item = (Origin, &Noticed, &Arc<Residence>)> {
        let persons = self.intake.persons.iter().flat_map(|p| p.findings.iter().map(|n| (p.origin, n, &p.residence)));
        let families = self.intake.families.iter().flat_map(|f| f.findings.iter().map(|n| (f.origin, n, &f.residence)));
        persons.chain(families)
    }
}
