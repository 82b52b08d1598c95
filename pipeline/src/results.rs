//! What a job gives: everything known when all stages are through.

use crate::decide::Decisions;
use crate::people::People;
use crate::rank::Ranked;
use crate::{PipelineError, decide, report, write};
use bansos::Date;
use bansos::eligibility::FamilyFacts;
use bansos::source::{Noticed, Origin};
use bansos_linkage::register::Linkage;
use bansos_linkage::register::Settings;
use bansos_registers::Intake;
use bansos_registers::write::OutFolder;
use bansos_report::{ReportData, ReportOptions};
use std::path::Path;

/// Everything known when all stages are through.
pub struct Results {
    pub(crate) as_of: Date,
    pub(crate) intake: Intake,
    pub(crate) settings: Settings,
    pub(crate) linkage: Linkage,
    pub(crate) people: People,
    pub(crate) ranking: Ranked,
    pub(crate) decisions: Decisions,
    pub(crate) elapsed_ms: u64,
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

    /// Who gets what.
    #[must_use]
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// What was noticed, by the row and field it stands in; never a person's value.
    pub fn findings(&self) -> impl Iterator<Item = (Origin, &Noticed)> {
        write::each_finding(self).map(|(origin, noticed, _)| (origin, noticed))
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

    /// All counts, closing, as the JSON text of `summary.json`.
    #[must_use]
    pub fn summary(&self) -> String {
        write::summary(self)
    }

    /// The counts of the report, for [`bansos_report::html`].
    #[must_use]
    pub fn report_data(&self) -> ReportData {
        report::data(self)
    }

    /// Writes the files of the result into a folder that is absent, empty or an earlier result, whole or not at all.
    ///
    /// # Errors
    /// `write.exists` where the folder holds anything else; `write.refused` where the system refuses.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<(), PipelineError> {
        self.write_to(OutFolder::begin(folder.as_ref())?, &ReportOptions::default())
    }

    /// As [`Results::write`], into a folder begun before the work.
    ///
    /// # Errors
    /// `write.refused`; nothing then stands in the result's place.
    pub fn write_to(&self, out: OutFolder, options: &ReportOptions) -> Result<(), PipelineError> {
        write::all(self, &out, options)?;
        Ok(out.finish()?)
    }
}
