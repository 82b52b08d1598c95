//! What a job gives: everything known when all stages are through.

use crate::decide::Decisions;
use crate::people::People;
use crate::rank::Ranked;
use crate::{PipelineError, report, write};
use bansos::Date;
use bansos_linkage::register::Linkage;
use bansos_linkage::register::Settings;
use bansos_registers::Intake;
use bansos_registers::write::OutFolder;
use bansos_report::{ReportData, ReportOptions};

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

    /// Writes the files of the result, the report among them.
    ///
    /// # Errors
    /// `write.refused`; nothing then stands in the result's place.
    pub fn write(&self, out: OutFolder, options: &ReportOptions) -> Result<(), PipelineError> {
        write::all(self, &out, options)?;
        Ok(out.finish()?)
    }
}
