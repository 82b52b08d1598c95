//! Why a job has no result. The causes are those of the stages, kept with their codes and sentences.

use bansos::eligibility::RulesError;
use bansos::household::HouseholdError;
use bansos::message::Param;
use bansos::policy::PolicyError;
use bansos::ranking::RankError;
use bansos::ranking::pmt::PmtError;
use bansos::{Coded, Lang, Severity};
use bansos_linkage::register::LinkError;
use bansos_registers::ReadError;
use bansos_registers::ledger::LedgerError;
use bansos_registers::write::WriteError;

bansos::codes! {
    /// Failures of the job as a whole.
    #[derive(thiserror::Error)]
    pub enum JobError {
        /// Whoever started it stopped it.
        Cancelled = "pipeline.cancelled", Error,
            id: "pekerjaan dihentikan sebelum selesai",
            en: "the job was stopped before its end";
        /// A line of a review file that names no row read here, or whose answer is neither yes nor no.
        BadDecision { path: String, line: u64 } = "cli.bad_decision", Error,
            id: "{path} baris {line}: barisnya tidak ada dalam register ini, atau isian same bukan ya/tidak",
            en: "{path} line {line}: the rows are not in these registers, or `same` is neither yes nor no";
        /// A ledger that is damaged decides nothing.
        DamagedLedger { path: String } = "pipeline.damaged_ledger", Error,
            id: "{path}: buku verivali ini rusak; periksa dengan `bansos verivali verify`",
            en: "{path}: this verivali ledger is damaged; look with `bansos verivali verify`";
    }
}

/// Why a job has no result.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PipelineError {
    /// The job as a whole.
    #[error(transparent)]
    Job(#[from] JobError),
    /// The registers cannot be read.
    #[error(transparent)]
    Read(ReadError),
    /// The rows cannot be linked.
    #[error(transparent)]
    Link(LinkError),
    /// Rows cannot be one family.
    #[error(transparent)]
    Household(#[from] HouseholdError),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The families cannot be scored.
    #[error(transparent)]
    Score(#[from] PmtError),
    /// The scores cannot be ranked.
    #[error(transparent)]
    Rank(#[from] RankError),
    /// An overlay does not fit the policy.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A programme's rules cannot be resolved.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// The result cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl PipelineError {
    /// Whether the job was stopped by whoever started it.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Job(JobError::Cancelled))
    }

    fn cause(&self) -> &dyn Coded {
        match self {
            Self::Job(e) => e,
            Self::Read(e) => e,
            Self::Link(e) => e,
            Self::Household(e) => e,
            Self::Ledger(e) => e,
            Self::Score(e) => e,
            Self::Rank(e) => e,
            Self::Policy(e) => e,
            Self::Rules(e) => e,
            Self::Write(e) => e,
        }
    }
}

/// One code for a stopped job, wherever it was.
impl From<LinkError> for PipelineError {
    fn from(e: LinkError) -> Self {
        match e {
            LinkError::Cancelled => JobError::Cancelled.into(),
            e => Self::Link(e),
        }
    }
}

impl From<ReadError> for PipelineError {
    fn from(e: ReadError) -> Self {
        match e {
            ReadError::Cancelled => JobError::Cancelled.into(),
            e => Self::Read(e),
        }
    }
}

impl Coded for PipelineError {
    fn code(&self) -> &'static str {
        self.cause().code()
    }
    fn severity(&self) -> Severity {
        self.cause().severity()
    }
    fn params(&self) -> Vec<(&'static str, Param)> {
        self.cause().params()
    }
    fn message(&self, lang: Lang) -> String {
        self.cause().message(lang)
    }
    fn begins_with_value(&self, lang: Lang) -> bool {
        self.cause().begins_with_value(lang)
    }
}
